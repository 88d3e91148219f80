"""Opens the store: its nodes, and every part of the memory by its noun."""

import asyncio
import itertools
import logging
import secrets
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from server.config import Settings
from server.protocol.refusals import Refused
from server.store import checkup, keys
from server.store.accounts import Accounts
from server.store.address import reached
from server.store.announced import Announced
from server.store.blocks import Blocks
from server.store.bus import Bus, Listener
from server.store.call import ReplyError
from server.store.channels import Channels
from server.store.checkup import UnfitStore
from server.store.clock import Clock
from server.store.desk import Desk
from server.store.duty import Duty
from server.store.erasing import Erasing
from server.store.feedback import Feedback
from server.store.link import Link
from server.store.listening import Listening
from server.store.moderation import Moderation
from server.store.nodes import Nodes
from server.store.outbox import Outbox
from server.store.paging import Paging
from server.store.people import People
from server.store.policies import Policies
from server.store.returning import Returning
from server.store.rooms import Rooms
from server.store.script import Scripts

log = logging.getLogger("porchlight.store")

T = TypeVar("T")

PATIENCE_S = 30  # a store that is started beside us may need a moment


@dataclass(frozen=True, slots=True)
class Store:
    nodes: Nodes
    scripts: Scripts
    settings: Settings
    clock: Clock
    outbox: Outbox
    channels: Channels
    rooms: Rooms
    moderation: Moderation
    desk: Desk
    duty: Duty
    accounts: Accounts
    people: People
    paging: Paging
    blocks: Blocks
    listening: Listening
    feedback: Feedback
    erasing: Erasing
    returning: Returning
    policies: Policies

    @property
    def link(self) -> Link:
        """To the only node, or to any one of a cluster."""
        return next(iter(self.nodes.links))

    def bus(self, listener: Listener) -> Bus:
        return Bus(self.channels, self.settings, listener)

    async def secret(self) -> bytes:
        """Made once and the same for every process: it names handles, messages and tags."""
        await self.scripts.ask("SET", keys.secret(), secrets.token_bytes(32), "NX")
        return cast(bytes, await self.scripts.ask("GET", keys.secret()))

    async def read_clock(self) -> None:
        with suppress(Refused):  # else the last comparison serves
            await self.clock.read(self.link)

    async def rewrite(self) -> None:
        """Writes the store's files anew without what was deleted; one process does it, where the store allows it."""
        with suppress(Refused, ReplyError):
            if await self.scripts.ask("SET", keys.rewritten(), b"1", "NX", "PX", self.settings.rewrite_ms):
                await asyncio.gather(*(link.ask(("BGREWRITEAOF",)) for link in self.nodes.links))

    async def was_restored(self) -> None:
        """An older copy was put back: every channel begins a new epoch, and every process looks at the store anew."""
        await self.scripts.ask("DEL", keys.lineage())
        for link in self.nodes.links:
            for kind in ("PUBSUB", "NORMAL"):
                await link.ask(("CLIENT", "KILL", "TYPE", kind, "SKIPME", "yes"))

    def check(self) -> None:
        """Raises `UnfitStore` where it may lose what was acknowledged; with STORE_CHECK=warn it is only said."""
        nodes = [link.node for link in self.nodes.links if link.node is not None]
        unfit = sorted({fault for node in nodes for fault in checkup.unfit(node, self.settings)})
        if unfit and self.settings.store_check != "warn":
            raise UnfitStore(f"The store can't be trusted. {' '.join(unfit)} STORE_CHECK=warn starts all the same.")
        for sentence in [*unfit, *sorted({note for node in nodes for note in checkup.noted(node, self.settings)})]:
            log.warning("the store: %s", sentence)

    async def ready(self) -> bool:
        """True where every node answers; asked with a read, for a full one may refuse even a PING."""
        return await self._all(link.ask(("TIME",)) for link in self.nodes.links)

    async def keeps(self) -> bool:
        """True where something new would be kept on every node; the writes that ask change nothing."""
        return await self._all(link.ask(("SETRANGE", self._nothing_on(link), 0, b"")) for link in self.nodes.links)

    def _nothing_on(self, link: Link) -> str:
        return next(key for key in map(keys.nothing, itertools.count()) if self.nodes.of(key) is link)

    async def _all(self, asked: Iterable[asyncio.Future[Any]]) -> bool:
        with suppress(Refused, ReplyError):
            await asyncio.gather(*asked)
            return True
        return False

    async def close(self) -> None:
        await self.nodes.close()


async def opened(settings: Settings, url: str) -> Store:
    """The store at that address, once it answers; OSError when it does not within half a minute."""
    nodes, clock = await _answering(settings, url)
    scripts = Scripts(nodes)
    outbox = Outbox(scripts, Announced(scripts, clock, keys.outboxes(), keys.out))
    holding = Announced(scripts, clock, keys.holding(), keys.held)
    channels = Channels(scripts, settings, clock, outbox, holding)
    desk = Desk(scripts, settings, channels)
    return Store(
        nodes=nodes,
        scripts=scripts,
        settings=settings,
        clock=clock,
        outbox=outbox,
        channels=channels,
        rooms=Rooms(scripts, settings),
        moderation=Moderation(scripts, settings, clock, channels),
        desk=desk,
        duty=Duty(scripts, settings),
        accounts=Accounts(scripts, settings, channels),
        people=People(scripts, settings, channels),
        paging=Paging(scripts, settings, channels),
        blocks=Blocks(scripts, settings, outbox),
        listening=Listening(scripts, settings, channels),
        feedback=Feedback(scripts, settings, clock),
        erasing=Erasing(scripts, settings, channels),
        returning=Returning(scripts, settings),
        policies=Policies(scripts, desk),
    )


async def patiently(ask: Callable[[], Awaitable[T]]) -> T:
    """For the start, when nobody waits yet: asks again until there is an answer; OSError after half a minute."""
    for _ in range(PATIENCE_S * 4):
        with suppress(Refused, OSError):
            return await ask()
        await asyncio.sleep(0.25)
    raise OSError(f"The store does not answer; tried for {PATIENCE_S} s.")


async def _answering(settings: Settings, url: str) -> tuple[Nodes, Clock]:
    clock, nodes = Clock(), await patiently(lambda: reached(url, settings))
    try:
        for link in nodes.links:
            await patiently(lambda link=link: clock.read(link))  # type: ignore[misc]
    except OSError as away:
        trouble = max(link.trouble for link in nodes.links)
        await nodes.close()
        raise OSError(f"{away} {trouble or 'Is REDIS_URL right, and is it running?'}") from None
    return nodes, clock
