"""A warm transfer: the peer's word first, then someone who accepts, then both are there, and one holds it throughout.

The first listener holds the one-to-one until it is handed on. In that step the fence rises: nobody ever holds it with
another.
"""

from collections.abc import Container, Iterable, Mapping

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
    with_one,
)
from server.domain.one_to_one import rests
from server.domain.supervised import Handing
from server.protocol.codec import UNSTAMPED, encode
from server.protocol.fields import NO_CLIENT_ID
from server.protocol.listening import OneBegan, TalkEnd
from server.protocol.refusals import Code, Refused
from server.protocol.transfers import (
    Consent,
    HandedOn,
    OneHanded,
    TransferAsked,
    TransferChanged,
    TransferEnd,
    TransferEnded,
    TransferOffer,
    TransferOffered,
    TransferSettled,
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
    if not _can_come(talk, supervisor, now):
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
        can_come = receiver is not None and _can_come(talk, receiver, now)
        return _both(talk, receiver, now, terms) if can_come and receiver else _ends(talk, TransferEnd.NOBODY)
    talk = _with(talk, structs.replace(handing, step=TransferStep.RECEIVER, until=now + terms.receive))
    if handing.kind is TransferTo.SUPERVISOR:
        wanted = TransferWanted(offer=as_offer(talk, waiting), at=UNSTAMPED)
        return Step({talk.channel: talk}, (Tell(SUPERVISION, encode(wanted)), _changed(talk)))
    return Step({talk.channel: talk}, (_changed(talk),))


def receivers(
    talk: Talk,
    waiting: Waiting,
    records: Iterable[Record],
    seen: Mapping[str, int],
    apart: Container[str],
    now: int,
    terms: Terms,
) -> list[Listener]:
    """Who could go on, whoever has rested longest first; nobody who let it pass is asked again."""
    passed = talk.handing.passed if talk.handing else ()
    free = (
        each
        for each in records
        if isinstance(each, Listener)
        and each.person not in (talk.listener, *passed)
        and matching.is_free(each, seen, now, terms)
        and matching.may_meet(waiting, each, apart, now, terms)
    )
    return sorted(free, key=lambda listener: listener.idle)


def offered(talk: Talk, waiting: Waiting | None, receiver: Listener | None, now: int, terms: Terms) -> Step | None:
    """One of those who are free; nobody else is offered to them while it lasts."""
    handing = talk.handing
    if talk.over or handing is None or handing.step is not TransferStep.RECEIVER or handing.to:
        return None
    if receiver is None or not matching.may_be_offered(receiver, now, terms):
        return None
    talk = _with(talk, structs.replace(handing, to=receiver.person, name=receiver.name))
    receiver = structs.replace(receiver, offer=handing.id)
    card = told(receiver.person, TransferOffered(offer=as_offer(talk, waiting), at=UNSTAMPED))
    return Step({talk.channel: talk, key(receiver): receiver}, (card, told_duties(receiver, now, terms)))


def accepted(talk: Talk, receiver: Listener, now: int, terms: Terms) -> Step | None:
    """In time, and by who was asked; of several supervisors it is the first."""
    handing = talk.handing
    if handing is None or talk.over:
        raise Refused(Code.CONFLICT)
    if handing.step is TransferStep.BOTH and handing.to == receiver.person:
        return None
    is_asked = handing.to == receiver.person or (handing.kind is TransferTo.SUPERVISOR and not handing.to)
    if handing.step is not TransferStep.RECEIVER or handing.until <= now or not is_asked:
        raise Refused(Code.CONFLICT)
    if not _can_come(talk, receiver, now):
        raise Refused(Code.CONFLICT)
    return _both(talk, receiver, now, terms)


def declined(talk: Talk, receiver: Listener) -> Step | None:
    """The next is asked, while there is time."""
    handing = talk.handing
    if handing is None or handing.step is not TransferStep.RECEIVER or handing.to != receiver.person:
        return None
    passed = structs.replace(handing, to="", name="", passed=(*handing.passed, receiver.person))
    return Step({talk.channel: _with(talk, passed)})


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


def let_go(before: Talk, step: Step, receiver: Listener | None, now: int, terms: Terms) -> Step:
    """By the step that ended it, whichever that was: who was to receive it is free again, and nobody is wanted."""
    after = step.records.get(before.channel, before)
    assert isinstance(after, Talk)
    if is_wanted(before) and not is_wanted(after):
        settled = TransferSettled(channel=before.channel, at=UNSTAMPED)
        step = structs.replace(step, told=(*step.told, Tell(SUPERVISION, encode(settled))))
    if receiver is None or not _has_lost(before, after, receiver):
        return step
    if before.channel in receiver.ones:
        receiver = rests(receiver, before, TalkEnd.GOODBYE, now, terms)
    elif before.handing is not None and receiver.offer == before.handing.id:
        receiver = structs.replace(receiver, offer="", offered="")
    why = TransferEnd.OVER if after.over else TransferEnd.NOBODY
    ended = told(receiver.person, TransferEnded(channel=before.channel, why=why, at=UNSTAMPED))
    return structs.replace(
        step,
        records={**step.records, key(receiver): receiver},
        told=(*step.told, ended, told_duties(receiver, now, terms)),
    )


def is_wanted(talk: Talk) -> bool:
    """Any supervisor may accept it."""
    handing = talk.handing
    is_open = handing is not None and not talk.over and handing.step is TransferStep.RECEIVER
    return handing is not None and is_open and handing.kind is TransferTo.SUPERVISOR


def may_come_in(talk: Talk, who: str) -> bool:
    """Beside the first listener, who holds it still."""
    return talk.handing is not None and talk.handing.step is TransferStep.BOTH and talk.handing.to == who


def _has_lost(before: Talk, after: Talk, receiver: Listener) -> bool:
    if before.handing is None or before.handing.to != receiver.person or after.listener == receiver.person:
        return False
    return bool(after.over) or after.handing is None or after.handing.to != receiver.person


def as_offer(talk: Talk, waiting: Waiting | None) -> TransferOffer:
    assert talk.handing is not None
    return TransferOffer(
        channel=talk.channel,
        by=talk.name,
        to=talk.handing.kind,
        wish=talk.wish,
        urgency=waiting.urgency if waiting else None,
        summary=talk.handing.summary,
        until=talk.handing.until,
    )


def _may_begin(talk: Talk) -> None:
    if talk.over:
        raise Refused(Code.GONE)
    if talk.handing is not None:
        raise Refused(Code.CONFLICT)


def _can_come(talk: Talk, receiver: Listener, now: int) -> bool:
    """Nobody in wrap-up, supervisors neither, and nobody who has someone already."""
    is_busy = len(receiver.ones) >= receiver.at_once or receiver.wrap_until > now
    is_asked = receiver.offer and (talk.handing is None or receiver.offer != talk.handing.id)
    return not is_busy and not is_asked and receiver.person not in (talk.person, talk.listener)


def _asks(talk: Talk, handing: Handing) -> Step:
    talk = _with(talk, handing)
    asked = TransferAsked(
        channel=talk.channel,
        to=handing.kind,
        name=handing.name,
        summary=handing.summary,
        until=handing.until,
        at=UNSTAMPED,
    )
    return Step({talk.channel: talk}, (told(talk.person, asked), _changed(talk)))


def _both(talk: Talk, receiver: Listener, now: int, terms: Terms) -> Step:
    """The receiver may come in; until it is handed on, the first listener holds it."""
    assert talk.handing is not None
    watched = receiver.to_watch > 0
    handing = structs.replace(
        talk.handing,
        step=TransferStep.BOTH,
        to=receiver.person,
        name=receiver.name,
        until=now + terms.both,
        is_watched=watched,
    )
    talk = _with(talk, handing)
    receiver = with_one(receiver, talk.channel, talk.person, now)
    theirs = as_one(structs.replace(talk, name=receiver.name, watched=watched))
    left: tuple[Errand, ...] = (
        told(receiver.person, OneBegan(one=theirs, at=UNSTAMPED)),
        told_duties(receiver, now, terms),
        _changed(talk),
    )
    return Step({talk.channel: talk, key(receiver): receiver}, left)


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
    return Step({talk.channel: _with(talk, None)}, left)


def _changed(talk: Talk) -> Tell:
    assert talk.handing is not None
    handing = talk.handing
    changed = TransferChanged(
        channel=talk.channel, step=handing.step, name=handing.name, until=handing.until, at=UNSTAMPED
    )
    return told(talk.listener, changed)


def _with(talk: Talk, handing: Handing | None) -> Talk:
    return structs.replace(talk, handing=handing)
