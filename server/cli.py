"""The operator's commands: the same actions as the sockets, through another door."""

import argparse
import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, cast

import msgspec

from server import drill, dry_run, embedded, files, pager, policy
from server.actions import accounts, background, doing, limits, training
from server.actions.policy_book import NotNow, Word
from server.actions.services import Desk
from server.config import BadSetting, Settings, from_environment
from server.data_folder import NoStore
from server.domain.channels import DESK, LISTENING
from server.domain.labels import agreements
from server.domain.moderation import AuditRow
from server.domain.verification import STALE_DAYS, Due
from server.files import BadContent
from server.paging.build import BadPager
from server.protocol.people import STAFF, Role
from server.protocol.refusals import Code, Refused
from server.screeners import BadPolicy
from server.store.store import Store, opened

POLICY_STEPS = {
    "check": "whether files can be used",
    "diff": "how they differ from what is in force",
    "propose": "show that at the desk",
    "withdraw": "what was proposed",
    "apply": "put what was proposed in force, in every process",
    "rollback": "to the version before, or to that number",
    "history": "the versions, and by which each process judges",
}


class Unwell(Exception):
    """What a command found is told like any answer, and its exit code says that it is not well."""


@dataclass(frozen=True)
class OnDuty:
    """A command knows of nobody."""

    names: tuple[str, ...] = ()


NOBODY = OnDuty()
OPERATOR = "operator"  # by what name the operator stands in the audit


def main(words: list[str]) -> None:
    """Runs one command; a mistake of the operator's ends it with one sentence."""
    given = _parser().parse_args(words)
    try:
        settings = from_environment()
        print(asyncio.run(given.run(settings, given)))
    except Unwell as found:
        print(found)
        sys.exit(1)
    except (BadSetting, BadContent, BadPager, BadPolicy, NotNow, NoStore, OSError, Refused) as mistake:
        sys.exit(f"Porchlight can't do that: {mistake}")


def link(settings: Settings, token: str) -> str:
    """Where an invitation is taken up; what stands after `#` never reaches a server's log."""
    return f"{settings.url}/console#invite={token}"


async def _lines(settings: Settings, given: argparse.Namespace) -> str:
    """Needs no running server. Country, name, when it was checked, and where to look."""
    lines = files.load(settings).lines
    count, todo = len(lines.every_line()), files.lines_to_check(lines, datetime.now(UTC).date())
    if not todo:
        return f"Every crisis line was checked in the last {STALE_DAYS} days: {count} of {count}."
    rows = ("\t".join((each.country or "world", each.line.name, _checked(each), _last_way(each))) for each in todo)
    raise Unwell("\n".join((*rows, f"{len(todo)} of {count} crisis lines are to be checked.")))


def _checked(due: Due) -> str:
    return f"checked {due.line.verified_on}" if due.line.verified_on else "never checked"


def _last_way(due: Due) -> str:
    """Where to look: the web page, where there is one."""
    return due.line.channels[-1].to


async def _invite(settings: Settings, given: argparse.Namespace) -> str:
    async with _store(settings) as store:
        return link(settings, await accounts.invite(cast(Any, Desk(settings, store, doing.do)), Role(given.role)))


async def _trained(settings: Settings, given: argparse.Namespace) -> str:
    """Whoever trained elsewhere need not do so here; it is on record."""
    async with _store(settings) as store:
        desk = cast(Any, Desk(settings, store, doing.do, files.load(settings)))
        name = await training.trained_elsewhere(desk, given.name)
        if name is None:
            raise Unwell(f"No listener and no supervisor is called {given.name}.")
        now = store.clock.now()
        await store.moderation.note(LISTENING, AuditRow(OPERATOR, "trained_elsewhere", name, "", now))
        await background.finished()
    return f"{name} is on record as trained."


async def _audit(settings: Settings, given: argparse.Namespace) -> str:
    """What the team did, oldest first: when (UTC), who, what, which, why. Never what anyone wrote."""
    channels = [*(room.channel for room in files.load(settings).rooms.values()), DESK, LISTENING]
    async with _store(settings) as store:
        rows = await store.moderation.audit_rows(channels)
    return "\n".join("\t".join((_moment(row.at), row.who, row.what, row.which, row.why)) for row in rows)


async def _lift(settings: Settings, given: argparse.Namespace) -> str:
    """The operator's word is one of the two that it takes: in a house of one supervisor nobody else has the other."""
    async with _store(settings) as store:
        desk, now = cast(Any, Desk(settings, store, doing.do)), store.clock.now()
        try:
            until = await limits.lift(desk, given.name, OPERATOR)
        except Refused as no:
            if no.code is not Code.GONE:
                raise
            raise Unwell(f"Nobody called {given.name} has listened lately.") from None
        await store.moderation.note(LISTENING, AuditRow(OPERATOR, "lift_limit", given.name, "", now))
        await background.finished()
    if until:
        return f"The limit of {given.name}'s shift does not count until {_moment(until)} UTC."
    minutes = settings.second_ms // 60_000
    return f"That is one word of two: it counts once a supervisor says so as well, within {minutes} minutes."


async def _agreement(settings: Settings, given: argparse.Namespace) -> str:
    """By rule and version: how often moderators allowed what it held, sent it back, refused it, and agreed with it.

    As JSON it is what `make screen-report` reads.
    """
    rooms = [room.channel for room in files.load(settings).rooms.values()]
    async with _store(settings) as store:
        found = agreements(await store.moderation.labels(rooms))
    if given.json:
        return msgspec.json.encode(found).decode()
    if not found:
        return "No moderator has decided about a held message yet."
    rows = [
        (each.rule, each.version, str(each.allowed), str(each.returned), str(each.refused), f"{each.agreed:.2f}")
        for each in found
    ]
    heads = ("rule", "version", "allowed", "sent back", "refused", "agreed")
    return "\n".join("\t".join(row) for row in (heads, *rows))


async def _restored(settings: Settings, given: argparse.Namespace) -> str:
    private = None if settings.redis_url else embedded.start(settings)
    store = await opened(settings, private.url if private is not None else settings.redis_url)
    await store.was_restored()
    await store.close()
    if private is not None:
        private.stop()
    return "Everyone who comes back reads again what is there now."


async def _page_test(settings: Settings, given: argparse.Namespace) -> str:
    """By every route at once; a line for each, and no success where one failed."""
    async with _store(settings) as store:
        secret = settings.secret.encode() or await store.secret()
        calls = pager.made(settings, files.load(settings), store, NOBODY, secret)
        told = await calls.test()
        calls.close()
    if not told:
        raise BadPager("pager.toml names no route: nobody would be called.")
    said = "\n".join(f"{route}: {what}" for route, what in told.items())
    if any(what != "told" for what in told.values()):
        raise Unwell(said)
    return said


async def _drill(settings: Settings, given: argparse.Namespace) -> str:
    result = await drill.drill(settings)
    if not result.passed:
        raise Unwell(drill.told(result))
    return drill.told(result)


async def _policy(settings: Settings, given: argparse.Namespace) -> str:
    """Who does it is a name of the operator's choice; it stands in the audit, and at the desk."""
    if given.what == "check":
        return policy.check(settings, given.place)
    word = Word(given.by, given.why)
    async with _store(settings) as store:
        match given.what:
            case "diff":
                return await policy.diff(settings, store, given.place)
            case "propose":
                return await policy.propose(settings, store, given.place, word)
            case "withdraw":
                return await policy.withdraw(settings, store, word)
            case "apply":
                said = await policy.apply(settings, store, word)
            case "rollback":
                said = await policy.roll_back(settings, store, given.place, word)
            case _:
                said = await policy.history(settings, store)
    if not said.well:
        raise Unwell(said.words)
    return said.words


async def _screen(settings: Settings, given: argparse.Namespace) -> str:
    async with _store(settings) as store:
        return await dry_run.dry_run(settings, store, given.policy, given.rooms, given.by)


@asynccontextmanager
async def _store(settings: Settings) -> AsyncIterator[Store]:
    store = await opened(settings, embedded.attach(settings))
    try:
        yield store
    finally:
        await store.close()


def _moment(at: int) -> str:
    return datetime.fromtimestamp(at / 1000, UTC).strftime("%Y-%m-%d %H:%M:%S")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m server", description="Without a command: runs the server.")
    commands = parser.add_subparsers(required=True, metavar="command")
    invite = commands.add_parser("invite", help="print a link that makes one staff account, once, within two days")
    invite.add_argument("--role", choices=sorted(STAFF), default=Role.MODERATOR.value)
    invite.set_defaults(run=_invite)
    trained = commands.add_parser("trained", help="put on record that a listener was trained elsewhere")
    trained.add_argument("name", help="the name by which they sign in")
    trained.set_defaults(run=_trained)
    lines = commands.add_parser("lines", help="look after the crisis lines")
    lines.add_argument("what", choices=["check"], help=f"check: list what nobody checked in the last {STALE_DAYS} days")
    lines.set_defaults(run=_lines)
    audit = commands.add_parser("audit", help="print what the team did, without what anyone wrote")
    audit.set_defaults(run=_audit)
    lift = commands.add_parser("lift", help="say, as the second of two, that a listener may go on beyond their limits")
    lift.add_argument("name", help="the listener's name, as the desk shows it")
    lift.set_defaults(run=_lift)
    agreement = commands.add_parser("agreement", help="print how far moderators agreed with each rule that held")
    agreement.add_argument("--json", action="store_true", help="as a file for LABELS=file make screen-report")
    agreement.set_defaults(run=_agreement)
    restored = commands.add_parser("restored", help="say that an older copy of the store was put back")
    restored.set_defaults(run=_restored)
    page = commands.add_parser("page", help="try the pager")
    page.add_argument("what", choices=["test"], help="test: a labelled test by every route")
    page.set_defaults(run=_page_test)
    screening = commands.add_parser("policy", help="look after the screening policy")
    screening.add_argument("what", choices=POLICY_STEPS, help="; ".join(map(": ".join, POLICY_STEPS.items())))
    screening.add_argument("place", nargs="?", default="", help="a folder like CONTENT_DIR, or one file; or a number")
    screening.add_argument("--why", default="", help="a reason, for the desk and the audit")
    screening.add_argument("--by", default="operator", help="who decides it, as the desk shall read it")
    screening.set_defaults(run=_policy)
    trying = commands.add_parser("screen", help="try other rules on what was said in rooms; never on a one-to-one")
    trying.add_argument(
        "--dry-run", action="store_true", required=True, help="nothing changes by it, and it is on record"
    )
    trying.add_argument("--policy", default="", help="a folder like CONTENT_DIR, or one file")
    trying.add_argument("--rooms", nargs="*", default=(), help="only these")
    trying.add_argument("--by", default="operator", help="who reads the rooms, for the audit")
    trying.set_defaults(run=_screen)
    exercise = commands.add_parser("drill", help="send a labelled crisis of nobody's through the running service")
    exercise.set_defaults(run=_drill)
    return parser
