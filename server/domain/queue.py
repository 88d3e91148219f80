"""The queue for a listener: every step until two people have each other.

A step is a function from records as they are to records as they shall be, with what is told; the store makes it one
change, or none where another was first. So a person has one listener at most, whoever dies when.
"""

from collections.abc import Mapping

from msgspec import structs

from server.domain import ages, channels
from server.domain.ages import Band
from server.domain.channels import SUPERVISION
from server.domain.errands import OpenOne, Tell
from server.domain.listening import (
    HOUR_MS,
    Listener,
    Step,
    Talk,
    Terms,
    Waiting,
    as_offer,
    as_one,
    graver,
    key,
    told,
    told_duties,
    unoffered,
    with_one,
)
from server.protocol.codec import UNSTAMPED, encode
from server.protocol.events import Numbered, Said
from server.protocol.fields import Urgency
from server.protocol.listening import (
    Availability,
    Offered,
    OfferEnd,
    OfferEnded,
    OneBegan,
    QueueEnd,
    QueueEnded,
    QueueWait,
)
from server.protocol.people import Voice
from server.protocol.refusals import Code, Refused
from server.protocol.supervising import AgeUntaken, TopicUntaken

WAITS = (2, 5, 10)  # minutes after which other ways are offered


def queued(before: Waiting | None, wanted: Waiting, now: int) -> Step:
    """Waits from now on; who waits already keeps their place, and who fell silent comes back to the head."""
    if before is None or (before.again and before.again <= now):
        return Step({key(wanted): wanted})
    if before.one:
        raise Refused(Code.CONFLICT)
    urgency = graver(before.urgency, wanted.urgency)
    if before.again:
        return Step({key(wanted): structs.replace(wanted, since=before.since, first=True, urgency=urgency)})
    untaken = before.untaken and before.wish.topic == wanted.wish.topic
    kept = structs.replace(
        before,
        untaken=untaken,
        wish=wanted.wish,
        how_hard=wanted.how_hard,
        slowly=wanted.slowly,
        draft=wanted.draft,
        urgency=urgency,
    )
    return Step({key(wanted): kept})


def drafted(waiting: Waiting | None, draft: str, urgency: Urgency | None) -> Step:
    waiting = _who_waits(waiting)
    return Step({key(waiting): structs.replace(waiting, draft=draft, urgency=graver(waiting.urgency, urgency))})


def now_known(
    waiting: Waiting | None, listener: Listener | None, avoids: tuple[str, ...], band: Band, now: int, terms: Terms
) -> Step | None:
    """Whom they must not meet, or their age, is known since they began to wait; an offer it forbids is withdrawn."""
    if waiting is None or not waiting.waits or (waiting.avoids, waiting.band) == (avoids, band):
        return None
    known = structs.replace(waiting, avoids=avoids, band=band)
    if listener is None or (listener.person not in avoids and ages.may_meet(band, listener.band)):
        return Step({key(waiting): known})
    step = withdrawn(listener, waiting, OfferEnd.WITHDRAWN, now, terms)
    return Step({**step.records, key(waiting): unoffered(known)}, step.told)


def untaken(waiting: Waiting | None, is_anyone: bool) -> Step | None:
    """Nobody who is there takes the topic: supervisors are told at once, and the peer is not told why they wait.

    Where nobody is there whom someone under 18 may meet (`is_anyone`), they know it by their place.
    """
    if waiting is None or not waiting.waits or waiting.untaken:
        return None
    topic = waiting.wish.topic
    if waiting.band is Band.MINOR and not is_anyone:
        event: Numbered = AgeUntaken(at=UNSTAMPED)
    elif topic is not None:
        event = TopicUntaken(topic=topic, at=UNSTAMPED)
    else:
        return None
    return Step({key(waiting): structs.replace(waiting, untaken=True)}, (Tell(SUPERVISION, encode(event)),))


def left(waiting: Waiting | None, listener: Listener | None, why: QueueEnd, now: int, terms: Terms) -> Step:
    """Waits no longer; an offer of them is withdrawn."""
    waiting = _who_waits(waiting)
    ended = told(waiting.person, QueueEnded(why=why, at=UNSTAMPED))
    step = withdrawn(listener, waiting, OfferEnd.WITHDRAWN, now, terms)
    return Step({key(waiting): None, **step.records}, (ended, *step.told))


def offered(waiting: Waiting, listener: Listener, offer: str, now: int, terms: Terms) -> Step:
    waiting = structs.replace(waiting, offer=offer, to=listener.person, until=now + terms.offer)
    listener = structs.replace(listener, offer=offer, offered=waiting.person)
    card = told(listener.person, Offered(offer=as_offer(waiting, now), at=UNSTAMPED))
    return Step({key(waiting): waiting, key(listener): listener}, (card, told_duties(listener, now, terms)))


def accepted(waiting: Waiting | None, listener: Listener, offer: str, now: int, terms: Terms) -> Step:
    """Both are free, it was this listener who was asked, and in time: the one-to-one begins."""
    if waiting is None or not waiting.waits or waiting.offer != offer or waiting.to != listener.person:
        raise Refused(Code.CONFLICT)
    if waiting.until <= now or listener.offer != offer:
        raise Refused(Code.CONFLICT)
    channel = channels.one(offer)
    talk = Talk(
        channel=channel,
        person=waiting.person,
        listener=listener.person,
        handle=waiting.handle,
        name=listener.name,
        wish=waiting.wish,
        since=now,
        ends=now + terms.length,
        slowly=waiting.slowly,
        flagged=waiting.urgency in (Urgency.SERIOUS, Urgency.IMMINENT),
        watched=listener.to_watch > 0,
        how_hard=waiting.how_hard,
    )
    listener = with_one(listener, channel, waiting.person, now)
    waiting = structs.replace(unoffered(waiting), one=channel, first=False)
    began = OneBegan(one=as_one(talk), at=UNSTAMPED)
    return Step(
        {key(waiting): waiting, key(listener): listener, channel: talk},
        (
            _opening(talk, waiting),
            told(listener.person, OfferEnded(offer=offer, why=OfferEnd.ACCEPTED, at=UNSTAMPED)),
            told(listener.person, began),
            told_duties(listener, now, terms),
            told(waiting.person, began),
        ),
    )


def skipped(waiting: Waiting | None, listener: Listener, offer: str, now: int, terms: Terms) -> Step:
    """Twice an hour; the person goes to the next listener, and never comes back to this one from the same wait."""
    if waiting is None or listener.offer != offer or waiting.offer != offer:
        raise Refused(Code.CONFLICT)
    lately = tuple(at for at in listener.skips if at > now - HOUR_MS)
    if len(lately) >= terms.skips:
        raise Refused(Code.RATE, retry_ms=lately[0] + HOUR_MS - now)
    listener = structs.replace(listener, skips=(*lately, now))
    step = withdrawn(listener, waiting, OfferEnd.SKIPPED, now, terms)
    passed = structs.replace(unoffered(waiting), passed=(*waiting.passed, listener.person))
    return Step({**step.records, key(waiting): passed}, step.told)


def lapsed(waiting: Waiting, listener: Listener | None, now: int, terms: Terms) -> Step:
    """Nobody answered: the person goes on to the next, and nobody rings at an empty chair again."""
    if listener is not None:
        listener = structs.replace(listener, availability=Availability.BREAK, paused=now)
    step = withdrawn(listener, waiting, OfferEnd.LAPSED, now, terms)
    return Step({**step.records, key(waiting): unoffered(waiting)}, step.told)


def looked_at(
    waiting: Waiting, listener: Listener | None, seen: Mapping[str, int], now: int, terms: Terms
) -> Step | None:
    """What time does to who waits: an offer lapses, a place is lost, other ways are offered."""
    if waiting.again:
        return Step({key(waiting): None}) if waiting.again <= now else None
    if waiting.one:
        return None
    if now - max(seen.get(waiting.person, 0), waiting.since) >= terms.place:
        return left(waiting, listener, QueueEnd.LAPSED, now, terms)
    if waiting.offer and waiting.until <= now:
        return lapsed(waiting, listener, now, terms)
    minutes = max((each for each in WAITS if now - waiting.since >= each * terms.minute), default=0)
    if minutes <= waiting.told:
        return None
    return Step(
        {key(waiting): structs.replace(waiting, told=minutes)},
        (told(waiting.person, QueueWait(minutes=minutes, at=UNSTAMPED)),),
    )


def withdrawn(listener: Listener | None, waiting: Waiting, why: OfferEnd, now: int, terms: Terms) -> Step:
    """The listener's side of an offer that is over."""
    if listener is None or not waiting.offer or listener.offer != waiting.offer:
        return Step({})
    listener = structs.replace(listener, offer="", offered="")
    over = told(listener.person, OfferEnded(offer=waiting.offer, why=why, at=UNSTAMPED))
    return Step({key(listener): listener}, (over, told_duties(listener, now, terms)))


def _who_waits(waiting: Waiting | None) -> Waiting:
    if waiting is None or not waiting.waits:
        raise Refused(Code.GONE)
    return waiting


def _opening(talk: Talk, waiting: Waiting) -> OpenOne:
    """The draft is the peer's first message; its client id is that of the wish, so it is said once."""
    said = Said(
        channel=talk.channel,
        id=waiting.message,
        client_id=waiting.client_id,
        handle=talk.handle,
        voice=Voice.PEER,
        text=waiting.draft,
        at=UNSTAMPED,
    )
    draft = encode(said) if waiting.draft else b""
    return OpenOne(talk.channel, talk.person, talk.handle, talk.listener, talk.fence, waiting.client_id, draft)
