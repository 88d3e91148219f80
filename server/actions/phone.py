"""Acknowledging a call from the phone it came to: a link shows what it is, and a press says that it was seen."""

from enum import StrEnum

from msgspec import Struct

from server.actions.services import Services
from server.domain import paging
from server.domain.paging import Kind, Link
from server.protocol.fields import Urgency


class State(StrEnum):
    """What there is to say about a link."""

    WAITING = "waiting"
    SEEN = "seen"  # by this press
    USED = "used"  # before
    OVER = "over"
    GONE = "gone"  # too old, or none of ours


class View(Struct, frozen=True):
    """What the page behind a link shows; nothing more is in it than in the alert. `ago_ms`: how long it waits."""

    state: State
    kind: Kind = Kind.TICKET
    urgency: Urgency = Urgency.CONCERN
    ago_ms: int = 0


async def look(services: Services, token: str) -> View:
    """Changes nothing: programs that check letters open every link."""
    link = _link(services, token)
    return await _view(services, link) if link is not None else View(State.GONE)


async def see(services: Services, token: str) -> View:
    """Someone says that they have seen it: it counts once, is told at the desk, and takes nothing."""
    link = _link(services, token)
    if link is None:
        return View(State.GONE)
    view = await _view(services, link)
    if view.state is not State.WAITING:
        return view
    now, mark = services.store.clock.now(), paging.mark(services.secret, link)
    if link.call.kind is not Kind.TEST and not await services.store.paging.seen(link, mark, link.expires - now):
        return _as(view, State.USED)
    return _as(view, State.SEEN)


def _link(services: Services, token: str) -> Link | None:
    link = paging.carried(services.secret, token)
    return link if link is not None and link.expires > services.store.clock.now() else None


async def _view(services: Services, link: Link) -> View:
    call = link.call
    view = View(State.WAITING, call.kind, call.urgency, max(services.store.clock.now() - call.since, 0))
    if call.kind is Kind.TEST:
        return view
    if await services.store.paging.was_seen(paging.mark(services.secret, link)):
        return _as(view, State.USED)
    return view if await services.pager.is_waiting(call) else _as(view, State.OVER)


def _as(view: View, state: State) -> View:
    return View(state, view.kind, view.urgency, view.ago_ms)
