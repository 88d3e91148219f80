"""Builds the whole house once, runs it, and takes it down in order; the only file that knows all rings."""

import asyncio
import gc
import hashlib
import logging
import os
import resource
import secrets
import signal
import socket
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import uvicorn
import uvloop

from server import embedded, files, metrics, pager
from server.actions import accounts, apart, background, doing, greeting, policies, timers
from server.actions.attendance import Attendance
from server.actions.condition import Condition
from server.actions.doors import Doorway
from server.actions.presence import Presence
from server.actions.roster import Roster
from server.actions.services import Services
from server.config import BadSetting, Settings, from_environment
from server.data_folder import NoStore
from server.domain.handles import HandleWords
from server.domain.lines import Directory
from server.files import BadContent
from server.judging import built
from server.paging.build import BadPager
from server.protocol import codec, events
from server.protocol.people import Role
from server.screeners import BadPolicy
from server.store.checkup import UnfitStore
from server.store.lineage import LAST_WORDS
from server.store.store import Store, opened, patiently
from server.transport.admission import Admission
from server.transport.draining import Stop, drain
from server.transport.guard import STOP_SECONDS, limit_kernel_buffer, serving
from server.transport.http import create_app
from server.transport.hub import Hub
from server.transport.pages import Pages
from server.transport.reception import Reception
from server.transport.websocket import bound

log = logging.getLogger("porchlight")

POLL_S = 0.01
SPARE_DESCRIPTORS = 100  # the store, the log, files that are read
FAREWELL_S = 3.0  # for the last words to the store, at a stop
COLLECTED = (20_000, 20, 20)  # objects made between two looks for cycles; then every 20th look is deeper
DIST = Path(__file__).parent.parent / "client_web" / "dist"


def run() -> None:
    """Runs until it is told to stop; a mistake of the operator's ends it with one sentence."""
    try:
        settings = from_environment()
        logging.basicConfig(level=settings.log_level.upper(), format="%(asctime)s %(levelname)s %(name)s: %(message)s")
        private = None if settings.redis_url else embedded.start(settings)
        try:
            uvloop.run(_serve(settings, private))
        finally:
            if private is not None:
                private.stop(LAST_WORDS)
    except (BadSetting, BadContent, BadPolicy, BadPager, NoStore, UnfitStore, OSError) as mistake:
        sys.exit(f"Porchlight can't start: {mistake}")


async def _serve(settings: Settings, private: embedded.Store | None) -> None:
    stop = Stop()
    for word in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(word, stop.told)
    _allow_descriptors(settings)
    listening = _listening(settings)
    settings = replace(settings, port=listening.getsockname()[1])  # PORT=0 takes any that is free
    keeping = asyncio.create_task(private.keep()) if private is not None else None
    url = private.url if private is not None else settings.redis_url
    async with house(settings, url) as (services, hub):
        services.store.check()
        reception = Reception(services, hub)
        admission = Admission(settings, time.monotonic)
        sockets = bound(reception, settings, admission)
        pages = Pages(services.content, settings, DIST)
        server = Server(serving(create_app(services, pages, DIST, admission), sockets, settings))
        _collect_seldom()
        serving_on = await _opened(server, listening, services)
        await asyncio.wait({serving_on, stop.asked}, return_when=asyncio.FIRST_COMPLETED)
        admission.is_open = False
        server.close_the_door()
        await drain(hub, settings, stop.at_once, leaving_s=STOP_SECONDS + FAREWELL_S)
        server.should_exit = True
        await serving_on
    if keeping is not None:
        keeping.cancel()


def _allow_descriptors(settings: Settings) -> None:
    """As many as the bounds allow connections; the usual limit of a shell or a service is far below."""
    wanted = settings.connections + settings.half_open + SPARE_DESCRIPTORS
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    allowed = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < allowed:
        resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, hard))
    if allowed < wanted:
        log.warning(
            "CONNECTIONS=%d needs %d descriptors, and this process may have %d", settings.connections, wanted, allowed
        )


def _collect_seldom() -> None:
    """What is built now stays. Cycles are rare here, and a storm of newcomers is not searched again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECTED)


class Server(uvicorn.Server):
    """Told to stop by us alone: uvicorn would raise the signal again and end the program with the house still open."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    def close_the_door(self) -> None:
        """Nobody new: a proxy that tries is refused at once, and asks another process."""
        for server in self.servers:
            server.close()


async def _opened(server: Server, listening: socket.socket, services: Services) -> asyncio.Task[None]:
    """What serves, once it can be reached and has said where it is."""
    serving_on = asyncio.create_task(server.serve(sockets=[listening]))
    while not server.started and not serving_on.done():
        await asyncio.sleep(POLL_S)
    await _announce(services)
    return serving_on


def _listening(settings: Settings) -> socket.socket:
    """The door is taken before anything is said of it."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        listening = socket.create_server((settings.host, settings.port), family=family, backlog=2048)
        limit_kernel_buffer(listening, settings)
        return listening
    except OSError as fault:
        place = f"{settings.host}:{settings.port}"
        reason = os.strerror(fault.errno or 0)
        raise OSError(f"{place} can't be listened on: {reason}. PORT and HOST choose another.") from None


@asynccontextmanager
async def house(settings: Settings, url: str) -> AsyncIterator[tuple[Services, Hub]]:
    """Everything below the front door, running; taken down in order at the end."""
    store = await opened(settings, url)
    process = secrets.token_hex(4)
    hub = Hub(process, settings)
    services = await _services(settings, store, hub, process)
    hub.bus = store.bus(hub)
    hub.bus.start()
    await patiently(services.roster.beat)
    await patiently(lambda: apart.listen(services))
    ticking = timers.start(services, process)
    if settings.metrics_port:
        metrics.serve(settings.metrics_host, settings.metrics_port)
    try:
        yield services, hub
    finally:
        for timer in ticking:
            timer.cancel()
        with suppress(TimeoutError):  # what matters was left as an errand, and is found by others
            async with asyncio.timeout(FAREWELL_S):
                await services.presence.leave()
                await services.policies.leave()
                await services.roster.beat()
                await background.finished()
        await hub.bus.stop()
        services.screening.close()
        services.pager.close()
        await store.close()


async def _services(settings: Settings, store: Store, hub: Hub, process: str) -> Services:
    content = files.load(settings)
    _warn_of_lines(content.lines)
    roster = Roster(
        store.duty, settings, changed=lambda names: hub.passing("", codec.unnumbered(events.OnDuty(staff=names)))
    )
    build = partial(built, rooms={room.id: room.screening for room in content.rooms.values()})
    folder = files.own(settings.content_dir)
    judges = await patiently(
        lambda: policies.begin(store.policies, store.clock, settings, build, folder, process),
    )
    condition = Condition(
        store, judges.screening, changed=lambda away: hub.passing("", codec.unnumbered(events.Condition(away=away)))
    )
    secret = settings.secret.encode() or await patiently(store.secret)
    slow = {room.channel: room.slow_seconds for room in content.rooms.values()}
    await patiently(lambda: store.rooms.prepare(slow))
    await patiently(lambda: store.moderation.look_for_held(list(slow)))
    return Services(
        settings=settings,
        limits=greeting.limits(settings),
        content=content,
        store=store,
        screening=judges.screening,
        policies=judges,
        here=hub,
        presence=Presence(store.rooms, settings, process),
        roster=roster,
        pager=pager.made(settings, content, store, roster, secret),
        attendance=Attendance(store.listening),
        condition=condition,
        doorway=Doorway(store, content, settings, roster, condition),
        do=doing.do,
        handle_words=files.read("handles.toml", HandleWords, settings),
        return_words=files.return_words(settings),
        secret=secret,
        build=_build(),
    )


def _warn_of_lines(lines: Directory) -> None:
    """People see that a line is unchecked; whoever runs this should know it too, and no number is named in a log."""
    if todo := files.lines_to_check(lines, datetime.now(UTC).date()):
        count, all_of_them = len(todo), len(lines.every_line())
        log.warning("%d of %d crisis lines are to be checked: `python -m server lines check`", count, all_of_them)


def _build() -> str:
    """Which client we serve, so that a page from before can tell."""
    manifest = DIST / ".vite" / "manifest.json"
    return hashlib.sha256(manifest.read_bytes()).hexdigest()[:12] if manifest.exists() else ""


async def _announce(services: Services) -> None:
    print(f"Porchlight is at {services.settings.url}", flush=True)
    if not await patiently(lambda: accounts.any_staff(services)):
        token = await patiently(lambda: accounts.invite(services, Role.MODERATOR))
        print(f"Invitation for the first moderator: {services.settings.url}/console#invite={token}", flush=True)
