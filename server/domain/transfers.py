"""A warm transfer: the peer's word first, then someone who accepts, then both are there, and one holds it throughout.

The first listener holds the one-to-one until it is handed on. In that step the fence rises: nobody ever holds it with
another.
"""

from collections.abc import Mapping

from msgspec import structs

from server.domain import matching
from server.domain.channels import SUPERVISION
from server.domain.errands import Errand, OpenOne, Tell
from server.domain.listening import (
    Listener,
    Record,
    Step,
    Talk,
    Terms,
    Waiting,
    as_one,
    key,
    told,
    told_duties,
)
from server.domain.one_to_one import rests
from server.domain.receivers import as_offer, can_come, comes_in, told_change
from server.domain.supervised import Handing
from server.protocol.codec import UNSTAMPED, encode
from server.protocol.fields import NO_CLIENT_ID
from server.protocol.listening import TalkEnd
from server.protocol.refusals import Code, Refused
from server.protocol.standing import TransferSide, TransferState
from server.protocol.transfers import (
    Consent,
    HandedOn,
    OneHanded,
    TransferAsked,
    TransferEnd,
    TransferEnded,
    TransferStep,
    TransferTo,
    TransferWanted,
)


def proposed(talk: Talk, who: str, kind: TransferTo, summary: str, transfer: str, now: int, terms: Terms) -> Step:
    """The peer is asked before anyone else hears of it."""
    _may_begin(talk)
    if talk.listener != who:
        raise Refused(Code.NO_ROOM)
    return _asks(
        talk, Handing(id=transfer, kind=kind, summary=summary, step=TransferStep.PEER, until=now + terms.consent)
    )


def offered_by(talk: Talk, supervisor: Listener, transfer: str, now: int, terms: Terms) -> Step:
    """A supervisor offers to go on; the peer is asked first here, too."""
    _may_begin(talk)
    if not can_come(talk, supervisor, now):
        raise Refused(Code.CONFLICT)
    handing = Handing(
        id=transfer,
        kind=TransferTo.SUPERVISOR,
        summary="",
        step=TransferStep.PEER,
        until=now + terms.consent,
        to=supervisor.person,
        name=supervisor.name,
        is_offered=True,
    )
    return _asks(talk, handing)


def withdrawn(talk: Talk, who: str) -> Step | None:
    if talk.listener != who:
        raise Refused(Code.NO_ROOM)
    return _ends(talk, TransferEnd.WITHDRAWN) if talk.handing is not None else None


def answered(
    talk: Talk, who: str, says: Consent, waiting: Waiting | None, receiver: Listener | None, now: int, terms: Terms
) -> Step:
    """With a no nothing has changed; with a yes someone is asked to come."""
    handing = talk.handing
    if talk.person != who:
        raise Refused(Code.NO_ROOM)
    if handing is None or handing.step is not TransferStep.PEER:
        raise Refused(Code.GONE)
    if says is Consent.NO:
        return _ends(talk, TransferEnd.DECLINED)
    if handing.is_offered:
        is_free = receiver is not None and can_come(talk, receiver, now)
        return comes_in(talk, receiver, now, terms) if is_free and receiver else _ends(talk, TransferEnd.NOBODY)
    talk = structs.replace(
        talk, handing=structs.replace(handing, step=TransferStep.RECEIVER, until=now + terms.receive)
    )
    if handing.kind is TransferTo.SUPERVISOR:
        wanted = TransferWanted(offer=as_offer(talk, waiting), at=UNSTAMPED)
        return Step({talk.channel: talk}, (Tell(SUPERVISION, encode(wanted)), told_change(talk)))
    return Step({talk.channel: talk}, (told_change(talk),))


def finished(
    talk: Talk, who: str, listener: Listener | None, receiver: Listener | None, now: int, terms: Terms
) -> Step:
    """By the first listener, once the other one is there."""
    if talk.listener != who:
        raise Refused(Code.NO_ROOM)
    if talk.handing is None or talk.handing.step is not TransferStep.BOTH or receiver is None:
        raise Refused(Code.GONE)
    return _handed(talk, listener, receiver, now, terms)


def looked_at(
    talk: Talk, listener: Listener | None, receiver: Listener | None, seen: Mapping[str, int], now: int, terms: Terms
) -> Step | None:
    """What time does to it: nobody waits longer than was said, and nobody is handed to who is not there."""
    handing = talk.handing
    if handing is None or talk.over:
        return None
    if handing.step is not TransferStep.BOTH:
        why = TransferEnd.LAPSED if handing.step is TransferStep.PEER else TransferEnd.NOBODY
        return _ends(talk, why) if handing.until <= now else None
    is_alone = not matching.is_here(talk.listener, seen, now, terms)
    if handing.until > now and not is_alone:
        return None
    if receiver is not None and matching.is_here(receiver.person, seen, now, terms):
        return _handed(talk, listener, receiver, now, terms)
    return _ends(talk, TransferEnd.NOBODY) if handing.until <= now else None


def as_state(talk: Talk, who: str) -> TransferState | None:
    """Who was asked and has not said so yet is nobody's to know."""
    handing = talk.handing
    if handing is None or talk.over:
        return None
    sides = {talk.person: TransferSide.PEER, talk.listener: TransferSide.LISTENER}
    is_known = handing.is_offered or handing.step is TransferStep.BOTH
    return TransferState(
        channel=talk.channel,
        side=sides.get(who, TransferSide.RECEIVER),
        to=handing.kind,
        step=handing.step,
        name=handing.name if is_known else "",
        summary=handing.summary,
        until=handing.until,
    )


def _may_begin(talk: Talk) -> None:
    if talk.over:
        raise Refused(Code.GONE)
    if talk.handing is not None:
        raise Refused(Code.CONFLICT)


def _asks(talk: Talk, handing: Handing) -> Step:
    talk = structs.replace(talk, handing=handing)
    asked = TransferAsked(
        channel=talk.channel,
        to=handing.kind,
        name=handing.name,
        summary=handing.summary,
        until=handing.until,
        at=UNSTAMPED,
    )
    return Step({talk.channel: talk}, (told(talk.person, asked), told_change(talk)))


def _handed(talk: Talk, listener: Listener | None, receiver: Listener, now: int, terms: Terms) -> Step:
    """The fence rises: the receiver's seat takes the place of the first one's, in one step of the channel."""
    over = structs.replace(talk, handing=None)
    talk = structs.replace(
        over,
        listener=receiver.person,
        name=receiver.name,
        fence=talk.fence + 1,
        agreed=(),
        watched=talk.handing is not None and talk.handing.is_watched,
        watcher="",
    )
    seat = OpenOne(talk.channel, talk.person, talk.handle, talk.listener, talk.fence, NO_CLIENT_ID, b"")
    handed = OneHanded(channel=talk.channel, name=receiver.name, watched=talk.watched, at=UNSTAMPED)
    left: tuple[Errand, ...] = (seat, Tell(talk.channel, encode(handed)))
    records: dict[str, Record | None] = {talk.channel: talk}
    if listener is not None:
        rested = rests(listener, over, TalkEnd.GOODBYE, now, terms)
        records[key(rested)] = rested
        on = HandedOn(one=as_one(over), name=receiver.name, at=UNSTAMPED)
        left = (*left, told(listener.person, on), told_duties(rested, now, terms))
    return Step(records, left)


def _ends(talk: Talk, why: TransferEnd) -> Step:
    """The first listener stays; whoever had heard of it hears that, and the peer only what concerns them."""
    assert talk.handing is not None
    ended = TransferEnded(channel=talk.channel, why=why, at=UNSTAMPED)
    left: tuple[Errand, ...] = (told(talk.listener, ended),)
    if why is not TransferEnd.DECLINED:
        left = (*left, told(talk.person, ended))
    return Step({talk.channel: structs.replace(talk, handing=None)}, left)
