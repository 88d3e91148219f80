"""A one-to-one from its beginning to goodbye: what its two people may do, and what time does to it.

Nobody is left with a listener who is not there: a listener who vanishes or falls silent gives the person back to the
head of the queue, whichever process dies.
"""

from collections.abc import Sequence

from msgspec import Struct, structs

from server.domain.errands import CloseOne, Errand, Tell
from server.domain.listening import (
    Listener,
    Record,
    Step,
    Talk,
    Terms,
    Waiting,
    as_one,
    key,
    pair,
    told,
    told_duties,
)
from server.protocol.codec import UNSTAMPED, encode
from server.protocol.events import Numbered
from server.protocol.listening import Availability, OneEnded, OneExtended, OneNudged, OneTime, TalkEnd, WorryTaken
from server.protocol.refusals import Code, Refused

MINUTE_MS = 60_000
THEIR_FAULT = frozenset({TalkEnd.LISTENER_GONE, TalkEnd.LISTENER_SILENT})  # then the person comes first again
NOTICES = (10, 5, 0)  # minutes before the agreed time is over


class Heard(Struct, frozen=True):
    """Who owes the next word and since when; when the listener was last connected, and when they last said something;
    and if a care ticket is open."""

    owes: str
    since: int
    listener: int
    spoke: int
    cared_for: bool


def owed(talk: Talk, said: Sequence[tuple[str, int]]) -> tuple[str, int]:
    """By what was said, oldest first, as (person, when): who has not answered yet, and since when.

    Whoever begins is the listener; and who listened before, or came in from the team, speaks for them.
    """
    owes, since = talk.listener, talk.since
    for person, at in said:
        who = talk.person if person == talk.person else talk.listener
        if who == owes or not person:
            owes, since = (talk.person if who == talk.listener else talk.listener), at
    return owes, since


def heard_of(talk: Talk, said: Sequence[tuple[str, int]], listener: int, cared_for: bool) -> Heard:
    owes, since = owed(talk, said)
    spoke = max((at for person, at in said if person not in ("", talk.person)), default=0)
    return Heard(owes, since, listener, spoke, cared_for)


def ended(talk: Talk, waiting: Waiting | None, listener: Listener | None, why: TalkEnd, now: int, terms: Terms) -> Step:
    """Goodbye, whoever said it: the listener has time to breathe, and a person who was left comes first again."""
    if talk.over:
        raise Refused(Code.GONE)
    over = structs.replace(talk, over=now, handing=None)
    records: dict[str, Record | None] = {talk.channel: over}
    waits, again = False, 0
    if waiting is not None and waiting.one == talk.channel:
        waits = why in THEIR_FAULT
        again = now + terms.again if why is TalkEnd.PEER_SILENT else 0
        back = structs.replace(waiting, one="", first=waits, again=again)
        records[key(waiting)] = back if waits or again else None
    event = OneEnded(one=as_one(over), why=why, waits=waits, again=again, at=UNSTAMPED)
    tells: tuple[Errand, ...] = (CloseOne(talk.channel, talk.listener), told(talk.person, event))
    tells = (*tells, told(talk.listener, structs.replace(event, waits=False, again=0)))
    if listener is not None:
        rested = rests(listener, talk, why, now, terms)
        records[key(rested)] = rested
        tells = (*tells, told_duties(rested, now, terms))
    apart = pair(talk.person, talk.listener) if why is TalkEnd.STOPPED else ""
    return Step(records, tells, apart)


def looked_at(
    talk: Talk, waiting: Waiting | None, listener: Listener | None, heard: Heard, now: int, terms: Terms
) -> Step | None:
    """What time does to a one-to-one; one thing at a time, the gravest first."""
    if talk.over:
        return Step({talk.channel: None}) if now - talk.over >= terms.again else None
    if now - max(heard.listener, talk.since) >= terms.lease:
        return ended(talk, waiting, listener, TalkEnd.LISTENER_GONE, now, terms)
    if heard.cared_for and not talk.flagged:
        return flagged(talk)
    before, talk = talk, structs.replace(talk, alone=_alone(talk, heard, now, terms))
    if heard.owes == talk.listener:
        quiet = now - max(min(heard.since, talk.alone or heard.since), talk.since)
        step = _listener_silent(talk, waiting, listener, quiet, now, terms)
    else:
        quiet = now - max(heard.since, talk.since)
        step = _peer_silent(talk, waiting, listener, quiet, now, terms) or _time(talk, now, terms)
    return step or (Step({talk.channel: talk}) if talk.alone != before.alone else None)


def extended(talk: Talk, who: str, terms: Terms) -> Step:
    """With the consent of both."""
    _who_talks(talk, who)
    agreed = tuple({*talk.agreed, who})
    if len(agreed) < 2:
        return Step({talk.channel: structs.replace(talk, agreed=agreed)})
    return _longer(talk, terms)


def slowed(talk: Talk, who: str) -> Step:
    if who != talk.person or talk.over:
        raise Refused(Code.GONE)
    return Step({talk.channel: structs.replace(talk, slowly=True)})


def flagged(talk: Talk) -> Step:
    """Someone is worried: from here on no clock ends it."""
    return Step({talk.channel: structs.replace(talk, flagged=True)})


def worried(talk: Talk, name: str) -> Step:
    """Its listener is; `name`: who of the team has them in mind already, or nobody yet."""
    worried = structs.replace(talk, flagged=True, worried=True, minded_by=name)
    return Step({talk.channel: worried}, _told_minded(worried) if name else ())


def minded(talk: Talk, name: str) -> Step | None:
    """Someone of the team has it, or nobody has it any more; who is not worried hears of nothing."""
    if talk.over or not talk.worried or talk.minded_by == name:
        return None
    minded = structs.replace(talk, minded_by=name)
    return Step({talk.channel: minded}, _told_minded(minded))


def _alone(talk: Talk, heard: Heard, now: int, terms: Terms) -> int:
    """Since when the person has had nobody: the listener is away, or came back to a word that they owe since then.

    A wait that began while the listener was away does not begin anew with their return.
    """
    alone = talk.alone if heard.spoke <= talk.alone else 0
    if now - heard.listener > terms.beat:
        return alone or max(heard.listener, heard.spoke)
    return alone if heard.owes == talk.listener else 0


def _listener_silent(
    talk: Talk, waiting: Waiting | None, listener: Listener | None, quiet: int, now: int, terms: Terms
) -> Step | None:
    if quiet >= terms.silent:
        return ended(talk, waiting, listener, TalkEnd.LISTENER_SILENT, now, terms)
    if quiet >= terms.nudge and not talk.nudged:
        return _nudge(structs.replace(talk, nudged=True), is_listener=True, quiet=quiet)
    if quiet < terms.nudge and talk.nudged:  # they have spoken since
        return Step({talk.channel: structs.replace(talk, nudged=False)})
    return _time(talk, now, terms)


def _peer_silent(
    talk: Talk, waiting: Waiting | None, listener: Listener | None, quiet: int, now: int, terms: Terms
) -> Step | None:
    first, second, last = (each * (2 if talk.slowly else 1) for each in terms.checks)
    if quiet >= last and not talk.flagged and not talk.alone:  # nobody is let go while nobody is there for them
        return ended(talk, waiting, listener, TalkEnd.PEER_SILENT, now, terms)
    due = (quiet >= first) + (quiet >= second)
    if due > talk.checked:
        return _nudge(structs.replace(talk, checked=due), is_listener=False, quiet=quiet)
    return Step({talk.channel: structs.replace(talk, checked=due)}) if due < talk.checked else None


def _time(talk: Talk, now: int, terms: Terms) -> Step | None:
    """Notices before the agreed time is over; while someone is worried there simply is more."""
    left = talk.ends - now
    minutes = min((each for each in NOTICES if left <= each * MINUTE_MS), default=NOTICES[0] + 1)
    if minutes >= talk.left:
        return None
    if talk.flagged:
        return _longer(talk, terms)
    event = OneTime(channel=talk.channel, minutes=minutes, at=UNSTAMPED)
    return Step({talk.channel: structs.replace(talk, left=minutes)}, (_said(event, talk.channel),))


def _longer(talk: Talk, terms: Terms) -> Step:
    talk = structs.replace(talk, ends=talk.ends + terms.extension, agreed=(), left=NOTICES[0] + 1)
    event = OneExtended(channel=talk.channel, ends=talk.ends, at=UNSTAMPED)
    return Step({talk.channel: talk}, (_said(event, talk.channel),))


def _nudge(talk: Talk, is_listener: bool, quiet: int) -> Step:
    event = OneNudged(channel=talk.channel, listener=is_listener, minutes=quiet // MINUTE_MS, at=UNSTAMPED)
    return Step({talk.channel: talk}, (_said(event, talk.channel),))


def rests(listener: Listener, talk: Talk, why: TalkEnd, now: int, terms: Terms) -> Listener:
    """Time to breathe after each one-to-one, more after a hard one; a break after abuse, or for who vanished."""
    is_hard = talk.flagged or why is TalkEnd.STOPPED
    wrap_until = now + (terms.long_wrap if is_hard else terms.wrap)
    ones = tuple(each for each in listener.ones if each != talk.channel)
    rested = structs.replace(listener, ones=ones, wrap_until=max(wrap_until, listener.wrap_until), idle=now)
    if why in {*THEIR_FAULT, TalkEnd.STOPPED} and rested.availability is Availability.AVAILABLE:
        return structs.replace(rested, availability=Availability.BREAK, paused=now)
    return rested


def _told_minded(talk: Talk) -> tuple[Errand, ...]:
    return (told(talk.listener, WorryTaken(channel=talk.channel, name=talk.minded_by, at=UNSTAMPED)),)


def _who_talks(talk: Talk, who: str) -> None:
    if talk.over or who not in (talk.person, talk.listener):
        raise Refused(Code.GONE)


def _said(event: Numbered, channel: str) -> Tell:
    return Tell(channel, encode(event))
