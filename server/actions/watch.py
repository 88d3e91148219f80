"""The watch: counts what waits, and raises the red alarm when nobody is on duty in opening hours."""

from msgspec import json

from server import metrics
from server.actions import overview
from server.actions.services import Services
from server.domain.drill import Result
from server.domain.overview import numbers
from server.domain.paging import NOBODY_ON_DUTY, Call, Kind
from server.protocol.fields import Urgency

_results = json.Decoder(Result)


async def watch(services: Services) -> None:
    """In every process: each counts for its own metrics, and the alarm is one, however many raise it."""
    await alarm(services)
    if services.settings.metrics_port:
        await count(services)


async def alarm(services: Services) -> None:
    """Calls by the alarm's routes once nobody was on duty for a while, and again while that lasts."""
    if services.pager.file.hours is None:
        return
    settings, now, is_red = services.settings, services.store.clock.now(), services.pager.is_red()
    since = await services.store.paging.red_since(is_red=is_red)
    lasts = max(now - since, 0) if since else 0  # the store's moment may be a little after ours
    metrics.red.set(int(is_red))
    if is_red and lasts >= settings.alarm_ms:
        times = 1 + (lasts - settings.alarm_ms) // settings.alarm_again_ms
        call = Call(Kind.ALARM, NOBODY_ON_DUTY, Urgency.SERIOUS, "alarm", since, since + times)
        await services.pager.leave(call, services.pager.file.steps.alarm)


async def count(services: Services) -> None:
    """What waits, for who watches the metrics."""
    now = services.store.clock.now()
    waiting = [record.ticket for record in await services.pager.waiting()]
    for urgency in Urgency:
        metrics.unacknowledged.set(sum(ticket.urgency is urgency for ticket in waiting), urgency.value)
    metrics.oldest_ticket.set(_seconds(now, [ticket.since for ticket in waiting]))
    held = await services.store.moderation.all_held()
    metrics.oldest_hold.set(_seconds(now, [record.hold.since for record in held]))
    await _count_listening(services)
    for route in services.pager.routes:
        metrics.pages_waiting.set(await services.store.paging.waiting(route), route)
    metrics.routes_failing.set(len(await services.pager.failing()))
    await _count_drill(services)


async def _count_listening(services: Services) -> None:
    """The numbers that supervisors see."""
    seen = numbers(await overview.look(services))
    metrics.talks.set(seen.active)
    metrics.listeners.set(seen.listeners, "there")
    metrics.listeners.set(seen.free, "free")
    metrics.waiting.set(seen.waiting)
    metrics.oldest_wait.set(seen.longest_ms / 1000)
    metrics.supervising.set(len(seen.supervisors))
    metrics.high_risk.set(seen.high_risk)


async def _count_drill(services: Services) -> None:
    kept = await services.store.paging.last_drill()
    if kept is None:
        return
    result = _results.decode(kept)
    metrics.drill_passed.set(int(result.passed))
    metrics.drill_at.set(result.at / 1000)
    for step in result.steps:
        metrics.drill_step.set(step.ms / 1000, step.name)


def _seconds(now: int, since: list[int]) -> float:
    return max(now - min(since, default=now), 0) / 1000
