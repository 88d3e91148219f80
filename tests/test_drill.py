"""The drill through a real house: what it goes through, what it says, and that no peer learns of it."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from loadtests.following import DESK, INBOX, Event
from tests.outside.others import Endpoint
from tests.paging.conftest import Keeper, other
from tests.walks.house import HOUSE, House

__all__ = ["other"]

PAGER = """
[[routes]]
name = "bell"
kind = "command"
program = "cat"

[[routes]]
name = "hook"
kind = "webhook"
url = "{url}"
secret = "HOOK"

[steps]
team = {team}
deputy = ["bell"]
everyone = ["bell"]
operator = ["bell", "hook"]
"""


class Paged(House):
    """A house whose pager has a bell that gives back what it is told, and a webhook."""

    rooms = 2
    without = ("care", "conduct")
    pager = ""

    def _write_rooms(self) -> None:
        super()._write_rooms()
        if self.pager:
            (self.folder / "content" / "pager.toml").write_text(self.pager)


@pytest.fixture
def endpoint(other: Keeper) -> Endpoint:
    return other(Endpoint())


@pytest.fixture
def paged(endpoint: Endpoint) -> Iterator[Paged]:
    Paged.pager = PAGER.format(url=endpoint.url, team='["bell", "hook"]')
    with Paged(1, HOOK="secret") as house:
        yield house


def command(house: House, *words: str) -> subprocess.CompletedProcess[str]:
    """The operator's, beside the first server of a house."""
    environment = house._environment | {"PORT": str(house.servers[0].port)}
    return subprocess.run(
        [sys.executable, "-m", "server", *words],
        cwd=HOUSE,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


async def test_a_drill_goes_from_the_socket_to_the_phone_and_no_peer_hears_of_it(
    paged: Paged, endpoint: Endpoint
) -> None:
    ana, mo = await paged.peer(), await paged.moderator()
    await ana.joins("walk-0")
    await mo.opens_the_desk()
    done = await asyncio.to_thread(command, paged, "drill")
    assert done.returncode == 0, done.stdout + done.stderr
    steps = [line[7:35].strip() for line in done.stdout.splitlines()[:-1]]
    assert steps[:3] == ["socket is greeted", "ticket is kept", "desk is told"]
    assert sorted(steps[3:5]) == ["page by bell", "page by hook"]
    assert steps[5:] == ["seen by phone", "ticket is closed again"]
    assert all(line.startswith("ok") for line in done.stdout.splitlines()[:-1])
    assert done.stdout.splitlines()[-1] == "PASS"
    assert b'"kind":"drill"' in endpoint.heard[0][1]

    def of_tickets() -> list[Event]:
        heard = [event for event in mo.client.of(DESK).events.values() if event["type"] == "ticket_changed"]
        return [event["ticket"] for event in heard]

    await mo.client.until(lambda: [ticket for ticket in of_tickets() if ticket["state"] == "settled"])
    assert all(ticket["drill"] for ticket in of_tickets()), "the team sees what it is"
    await ana.says("marker")
    await ana.hears("marker")
    assert ana.sees == ["marker"]
    assert {event["type"] for event in ana.client.heard} <= {"here", "writing", "on_duty", "condition"}
    assert not ana.client.of(INBOX).events
    await paged.see_everyone_out()


def test_a_drill_whose_route_is_down_fails_and_says_which(endpoint: Endpoint) -> None:
    endpoint.close()
    Paged.pager = PAGER.format(url=endpoint.url, team='["bell", "hook"]')
    with Paged(1, HOOK="secret") as house:
        done = command(house, "drill")
    assert done.returncode == 1
    assert "FAILED page by hook" in done.stdout
    assert "ok     page by bell" in done.stdout
    assert "ok     ticket is closed again" in done.stdout
    assert done.stdout.splitlines()[-1] == "FAIL"


def test_without_a_route_a_drill_fails_for_nobody_would_be_called() -> None:
    Paged.pager = ""
    with Paged(1) as house:
        done = command(house, "drill")
        tested = command(house, "page", "test")
    assert done.returncode == 1
    assert "no route calls the team" in done.stdout
    assert (tested.returncode, tested.stdout) == (1, "")
    assert tested.stderr.startswith("Porchlight can't do that: pager.toml names no route")


def test_a_test_page_goes_by_every_route_and_says_what_happened(paged: Paged, endpoint: Endpoint) -> None:
    done = command(paged, "page", "test")
    assert (done.returncode, sorted(done.stdout.split("\n"))) == (0, ["", "bell: told", "hook: told"]), done.stderr
    assert b'"kind":"test"' in endpoint.heard[0][1]
    endpoint.close()
    done = command(paged, "page", "test")
    assert done.returncode == 1
    assert "hook: connection" in done.stdout
    assert "bell: told" in done.stdout


def test_a_drill_without_a_service_fails_in_a_sentence(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "server", "drill"],
        cwd=HOUSE,
        env={"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("Porchlight can't do that: No server is running on ")
