"""The operator's commands: the same actions as the sockets, through another door."""

import argparse
import asyncio
import sys
from dataclasses import dataclass
from typing import Any, cast

from server import embedded
from server.actions import accounts
from server.config import BadSetting, Settings, from_environment
from server.data_folder import NoStore
from server.protocol.people import STAFF, Role
from server.protocol.refusals import Refused
from server.store.store import Store, opened


@dataclass(frozen=True)
class Desk:
    """What these commands need of the services: the store, without sockets or screening."""

    settings: Settings
    store: Store


def main(words: list[str]) -> None:
    """Runs one command; a mistake of the operator's ends it with one sentence."""
    given = _parser().parse_args(words)
    try:
        settings = from_environment()
        print(asyncio.run(_invite(settings, Role(given.role))))
    except (BadSetting, NoStore, OSError, Refused) as mistake:
        sys.exit(f"Porchlight can't do that: {mistake}")


def link(settings: Settings, token: str) -> str:
    """Where an invitation is taken up; what stands after `#` never reaches a server's log."""
    return f"{settings.url}/console#invite={token}"


async def _invite(settings: Settings, role: Role) -> str:
    store = await opened(settings, embedded.attach(settings))
    try:
        token = await accounts.invite(cast(Any, Desk(settings, store)), role)
    finally:
        await store.close()
    return link(settings, token)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m server", description="Without a command: runs the server.")
    commands = parser.add_subparsers(required=True, metavar="command")
    invite = commands.add_parser("invite", help="print a link that makes one staff account, once, within two days")
    invite.add_argument("--role", choices=sorted(STAFF), default=Role.MODERATOR.value)
    return parser
