"""The operator's commands, as a program of their own beside a running store."""

import json
import os
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from msgspec import msgpack, structs

from server.actions import limits, listening
from server.actions.accounts import accept
from server.config import Settings
from server.domain.accounts import Account, name_key
from server.domain.channels import SUPERVISION
from server.domain.labels import Label
from server.domain.listening import Step, key
from server.domain.moderation import AuditRow
from server.protocol.codec import UNSTAMPED, inside
from server.protocol.events import RoomChanged
from server.protocol.fields import Decision, RoomState
from server.protocol.people import Role
from server.protocol.supervising import LiftChanged
from server.store import keys
from server.store.store import opened
from tests.actions.test_accounts import PASSPHRASE, Desk
from tests.domain.listening_people import who_listens

ROOT = Path(__file__).parent.parent


def command(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "server", *words],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


async def test_an_invitation_is_a_link_that_makes_an_account_of_its_role(store_url: str, settings: Settings) -> None:
    done = command("invite", "--role", "professional", REDIS_URL=store_url, PUBLIC_URL="https://chat.example")
    found = re.fullmatch(r"https://chat\.example/console#invite=([\w-]{22})\n", done.stdout)
    assert found, done.stderr
    store = await opened(settings, store_url)
    desk = Desk(settings, store)
    await accept(desk, found[1], "Moira", PASSPHRASE)  # type: ignore[arg-type]
    (key,) = await store.link.ask(("KEYS", "{a:*"))
    assert await store.link.client.hget(key, "role") == Role.PROFESSIONAL.value.encode()
    await store.close()


def test_without_a_running_server_it_says_so_in_one_sentence(tmp_path: Path) -> None:
    done = command("invite", DATA_DIR=str(tmp_path))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("Porchlight can't do that: No server is running on ")
    assert "Traceback" not in done.stderr


def test_a_role_that_is_not_staff_is_refused() -> None:
    assert command("invite", "--role", "peer").returncode == 2
    assert command("nonsense").returncode == 2


async def test_training_elsewhere_is_put_on_record_for_who_may_listen(store_url: str, settings: Settings) -> None:
    store = await opened(settings, store_url)
    for role, name in ((Role.LISTENER, "Wren"), (Role.MODERATOR, "Moira")):
        account = Account(name.lower().ljust(32, "0"), name, role, "kept elsewhere")
        await store.accounts.take_name(name_key(name), account)
        await store.accounts.open_account(name_key(name), account.person)
    await store.close()
    done = command("trained", "wren", REDIS_URL=store_url)
    assert done.stdout == "Wren is on record as trained.\n", done.stderr
    for nobody in ("Moira", "Lark"):
        done = command("trained", nobody, REDIS_URL=store_url)
        assert (done.returncode, done.stdout) == (1, f"No listener and no supervisor is called {nobody}.\n")
    rows = [row.split("\t")[1:] for row in command("audit", REDIS_URL=store_url).stdout.splitlines()]
    assert rows == [["operator", "trained_elsewhere", "Wren", ""]]


async def test_the_audit_says_who_did_what_and_when(store_url: str, settings: Settings) -> None:
    store = await opened(settings, store_url)
    row = AuditRow(who="Wren", what="slow_mode", which="room:evening", why="30 s", at=1_700_000_000_000)
    changed = RoomChanged(channel="room:evening", state=RoomState.OPEN, slow_seconds=30, at=UNSTAMPED)
    await store.moderation.change_room(changed, row)
    await store.close()
    done = command("audit", REDIS_URL=store_url)
    assert done.stdout == "2023-11-14 22:13:20\tWren\tslow_mode\troom:evening\t30 s\n", done.stderr


async def test_the_operator_is_the_second_of_two_in_a_house_of_one_supervisor(
    store_url: str, settings: Settings
) -> None:
    store = await opened(settings, store_url)
    assert command("lift", "Wren", REDIS_URL=store_url).stdout == "Nobody called Wren has listened lately.\n"
    wren = who_listens(person="w" * 32, name="Wren")
    services: Any = Desk(settings, store)
    assert await listening.apply(services, {key(wren): b""}, Step({key(wren): wren}))
    alone = command("lift", "Wren", REDIS_URL=store_url)
    assert alone.stdout.startswith("That is one word of two"), alone.stderr
    again = command("lift", "Wren", REDIS_URL=store_url)
    assert again.stdout == alone.stdout, "whoever says it twice is not two"
    await limits.lift(services, "Wren", "Sue")
    listener = await listening.listener_of(services, "w" * 32)
    assert listener is not None
    assert listener.lifted > store.clock.now()
    wren = structs.replace(listener, lifted=0, lift_by="Sue", lift_at=store.clock.now())
    kept = await store.listening.kept([key(wren)])
    assert await listening.apply(services, kept, Step({key(wren): wren}))
    assert "does not count until" in command("lift", "Wren", REDIS_URL=store_url).stdout
    rows = [row.split("\t")[1:4] for row in command("audit", REDIS_URL=store_url).stdout.splitlines()]
    assert rows == [["operator", "lift_limit", "Wren"]] * 3
    told = [inside(entry.frame) for entry in await store.channels.after(SUPERVISION, 0)]
    assert next(event.lift.by for event in told if isinstance(event, LiftChanged)) == "operator"
    await store.close()


async def test_what_moderators_thought_of_each_rule_is_printed(store_url: str, settings: Settings) -> None:
    assert command("agreement", REDIS_URL=store_url).stdout == "No moderator has decided about a held message yet.\n"
    store = await opened(settings, store_url)
    for decision, times in ((Decision.ALLOW, 1), (Decision.REFUSE, 3)):
        kept = msgpack.encode(Label("contact.phone", "1/2", decision))
        await store.link.client.hset(keys.labels("room:evening"), kept, times)
    await store.close()
    done = command("agreement", REDIS_URL=store_url)
    assert [row.split("\t") for row in done.stdout.splitlines()] == [
        ["rule", "version", "allowed", "sent back", "refused", "agreed"],
        ["contact.phone", "1/2", "1", "0", "3", "0.75"],
    ], done.stderr


async def test_what_moderators_thought_of_each_rule_is_written_for_the_report(
    store_url: str, settings: Settings
) -> None:
    assert json.loads(command("agreement", "--json", REDIS_URL=store_url).stdout) == []
    store = await opened(settings, store_url)
    kept = msgpack.encode(Label("contact.phone", "1/2", Decision.REFUSE))
    await store.link.client.hset(keys.labels("room:evening"), kept, 3)
    await store.close()
    done = command("agreement", "--json", REDIS_URL=store_url)
    (told,) = json.loads(done.stdout)
    assert told == {"rule": "contact.phone", "version": "1/2", "allowed": 0, "returned": 0, "refused": 3}, done.stderr


async def test_an_older_copy_put_back_raises_the_epoch_of_every_channel(store_url: str, settings: Settings) -> None:
    before = await opened(settings, store_url)
    standing = await before.channels.standing("room:night")
    await before.close()
    done = command("restored", REDIS_URL=store_url)
    assert done.stdout == "Everyone who comes back reads again what is there now.\n", done.stderr
    after = await opened(settings, store_url)
    assert (await after.channels.standing("room:night")).epoch > standing.epoch
    await after.close()


def test_the_lines_that_nobody_checked_are_listed_and_the_exit_code_says_so() -> None:
    done = command("lines", "check")
    rows = done.stdout.splitlines()
    assert done.returncode == 1
    assert "GB\tShout\tnever checked\thttps://giveusashout.org" in rows
    assert rows[-1] == f"{len(rows) - 1} of {len(rows) - 1} crisis lines are to be checked."


def test_an_operators_own_lines_are_the_ones_that_are_looked_at(tmp_path: Path) -> None:
    today = datetime.now(UTC).date()
    for days, code in ((0, 0), (181, 1)):
        checked = str(today - timedelta(days=days))
        said = f"world\tNight Ear\tchecked {checked}\t1" if code else "Every crisis line was checked"
        world = [{"name": "Night Ear", "channels": [{"way": "phone", "to": "1"}], "verified_on": checked}]
        (tmp_path / "lines.json").write_text(json.dumps({"review": "", "world": world, "countries": {}}))
        done = command("lines", "check", CONTENT_DIR=str(tmp_path))
        assert (done.returncode, said in done.stdout) == (code, True), done.stderr
