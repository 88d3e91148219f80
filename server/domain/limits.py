"""The limits of a listener's shift: lifted for an hour by two who agree, and how many people at a time."""

from msgspec import structs

from server.domain.channels import SUPERVISION
from server.domain.errands import Tell
from server.domain.listening import Listener, Step, Terms, key, told, told_duties
from server.protocol.codec import UNSTAMPED, encode
from server.protocol.refusals import Code, Refused
from server.protocol.supervising import AtOnceChanged, LiftChanged, LiftItem


def lifted(listener: Listener, by: str, now: int, terms: Terms) -> Step | None:
    """One wants it, a second one makes it so; nobody has a word in their own."""
    if by == listener.name:
        raise Refused(Code.FORBIDDEN)
    wants = waits_for_second(listener, now, terms)
    if listener.lifted > now or (wants and listener.lift_by == by):
        return None
    if not wants:
        listener = structs.replace(listener, lift_by=by, lift_at=now)
        return Step({key(listener): listener}, (_told(listener, listener.lift_by),))
    first, listener = listener.lift_by, structs.replace(listener, lifted=now + terms.lift, lift_by="", lift_at=0)
    return Step({key(listener): listener}, (_told(listener, first), told_duties(listener, now, terms)))


def waits_for_second(listener: Listener, now: int, terms: Terms) -> bool:
    return bool(listener.lift_by) and now - listener.lift_at < terms.second


def as_lift(listener: Listener, by: str) -> LiftItem:
    return LiftItem(name=listener.name, by=by, since=listener.lift_at, until=listener.lifted)


def at_once(listener: Listener, many: int, by: str, now: int, terms: Terms) -> Step | None:
    """What goes on is not touched: fewer at a time counts from the next one on."""
    if listener.at_once == many:
        return None
    listener = structs.replace(listener, at_once=many)
    changed = told(listener.person, AtOnceChanged(at_once=many, by=by, at=UNSTAMPED))
    return Step({key(listener): listener}, (changed, told_duties(listener, now, terms)))


def _told(listener: Listener, by: str) -> Tell:
    return Tell(SUPERVISION, encode(LiftChanged(lift=as_lift(listener, by), at=UNSTAMPED)))
