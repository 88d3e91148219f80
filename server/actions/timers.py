"""What happens by itself, in every process: what must happen once is made so by the scripts."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from functools import partial

from server.actions import clocks, errands, looks, matching, naming, retention, watch
from server.actions.faults import where
from server.actions.services import Services
from server.protocol.refusals import Refused
from server.store.duty import PROCESS_MS

log = logging.getLogger("porchlight.timers")

PRESENCE_S = 0.5  # presence and typing are batched this finely
CLOCK_S = 60.0
RETENTION_S = 60.0
NAMES_S = 6 * 3600.0  # a name is kept for thirty days from the last of these
HURRY_S = 5.0


def start(services: Services, process: str) -> list[asyncio.Task[None]]:
    """One task each, to be cancelled at a stop."""
    settings = services.settings
    every: list[tuple[float, Callable[[], Awaitable[object]]]] = [
        (PRESENCE_S, services.presence.tell),
        (settings.presence_ms / 1000, services.presence.confirm),
        (settings.duty_check_ms / 1000, services.roster.beat),
        (settings.condition_ms / 1000, services.condition.look),
        (settings.policy_ms / 1000, services.policies.look),
        (PROCESS_MS / 3000, lambda: services.store.duty.alive(process)),
        (CLOCK_S, services.store.read_clock),
        (settings.attend_ms / 1000, services.attendance.beat),
        (settings.look_ms / 1000, lambda: looks.look(services)),
        (settings.place_told_ms / 1000, lambda: matching.tell_places(services)),
        (settings.errand_ms / 1000, lambda: errands.sweep(services)),
        (settings.care_check_ms / 1000, lambda: clocks.strike(services)),
        (settings.watch_ms / 1000, lambda: watch.watch(services)),
        *((settings.page_check_ms / 1000, partial(services.pager.deliver, route)) for route in services.pager.routes),
        (RETENTION_S, lambda: retention.sweep(services)),
        (NAMES_S, lambda: naming.keep(services)),
        (RETENTION_S, services.here.forget_unfollowed),
        (RETENTION_S, services.store.rewrite),
        (HURRY_S, services.here.hurry),
    ]
    return [asyncio.create_task(_repeat(seconds, work)) for seconds, work in every]


async def _repeat(seconds: float, work: Callable[[], Awaitable[object]]) -> None:
    while True:
        try:
            await work()
        except Refused:
            pass  # the store is away: next time
        except Exception as bug:
            log.error("a timer failed: %s", where(bug))
        await asyncio.sleep(seconds)
