"""Who is to go on in a transfer: found, asked, come in beside the first listener, or free again."""

from collections.abc import Container, Iterable, Mapping

from msgspec import structs

from server.domain import matching
from server.domain.channels import SUPERVISION
from server.domain.errands import Errand, Tell
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
from server.protocol.codec import UNSTAMPED, encode
from server.protocol.listening import OneBegan, TalkEnd
from server.protocol.refusals import Code, Refused
from server.protocol.transfers import (
    TransferChanged,
    TransferEnd,
    TransferEnded,
    TransferOffer,
    TransferOffered,
    TransferSettled,
    TransferStep,
    TransferTo,
)


def who_could_come(
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
    talk = structs.replace(talk, handing=structs.replace(handing, to=receiver.person, name=receiver.name))
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
    if not can_come(talk, receiver, now):
        raise Refused(Code.CONFLICT)
    return comes_in(talk, receiver, now, terms)


def declined(talk: Talk, receiver: Listener) -> Step | None:
    """The next is asked, while there is time."""
    handing = talk.handing
    if handing is None or handing.step is not TransferStep.RECEIVER or handing.to != receiver.person:
        return None
    passed = structs.replace(handing, to="", name="", passed=(*handing.passed, receiver.person))
    return Step({talk.channel: structs.replace(talk, handing=passed)})


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
        receiver = _unwatched(rests(receiver, before, TalkEnd.GOODBYE, now, terms), before)
    elif before.handing is not None and receiver.offer == before.handing.id:
        receiver = structs.replace(receiver, offer="", offered="")
    why = TransferEnd.OVER if after.over else TransferEnd.NOBODY
    ended = told(receiver.person, TransferEnded(channel=before.channel, why=why, at=UNSTAMPED))
    return structs.replace(
        step,
        records={**step.records, key(receiver): receiver},
        told=(*step.told, ended, told_duties(receiver, now, terms)),
    )


def comes_in(talk: Talk, receiver: Listener, now: int, terms: Terms) -> Step:
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
    talk = structs.replace(talk, handing=handing)
    receiver = with_one(receiver, talk.channel, talk.person, now)
    theirs = as_one(structs.replace(talk, name=receiver.name, watched=watched))
    left: tuple[Errand, ...] = (
        told(receiver.person, OneBegan(one=theirs, at=UNSTAMPED)),
        told_duties(receiver, now, terms),
        told_change(talk),
    )
    return Step({talk.channel: talk, key(receiver): receiver}, left)


def can_come(talk: Talk, receiver: Listener, now: int) -> bool:
    """Nobody in wrap-up, supervisors neither, and nobody who has someone already."""
    is_busy = len(receiver.ones) >= receiver.at_once or receiver.wrap_until > now
    is_asked = receiver.offer and (talk.handing is None or receiver.offer != talk.handing.id)
    return not is_busy and not is_asked and receiver.person not in (talk.person, talk.listener)


def may_come_in(talk: Talk, who: str) -> bool:
    """Beside the first listener, who holds it still."""
    return talk.handing is not None and talk.handing.step is TransferStep.BOTH and talk.handing.to == who


def is_wanted(talk: Talk) -> bool:
    """Any supervisor may accept it."""
    handing = talk.handing
    is_open = handing is not None and not talk.over and handing.step is TransferStep.RECEIVER
    return handing is not None and is_open and handing.kind is TransferTo.SUPERVISOR


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


def told_change(talk: Talk) -> Tell:
    assert talk.handing is not None
    handing = talk.handing
    changed = TransferChanged(
        channel=talk.channel, step=handing.step, name=handing.name, until=handing.until, at=UNSTAMPED
    )
    return told(talk.listener, changed)


def _unwatched(receiver: Listener, talk: Talk) -> Listener:
    """What did not become theirs was none of their first."""
    was_watched = talk.handing is not None and talk.handing.is_watched
    return structs.replace(receiver, to_watch=receiver.to_watch + was_watched)


def _has_lost(before: Talk, after: Talk, receiver: Listener) -> bool:
    if before.handing is None or before.handing.to != receiver.person or after.listener == receiver.person:
        return False
    return bool(after.over) or after.handing is None or after.handing.to != receiver.person
