"""What a listener asks of supervisors, about a one-to-one or about themselves: asked, answered, and called for by the
pager while nobody answers."""

from msgspec import structs

from server.domain import channels
from server.domain.channels import SUPERVISION
from server.domain.errands import CallFor, Errand, Tell
from server.domain.listening import Step, Talk, Terms, told
from server.domain.supervised import Ask
from server.protocol.codec import UNSTAMPED, encode
from server.protocol.refusals import Code, Refused
from server.protocol.supervising import AskCalled, AskChanged, AskClosed, AskStep, SupervisorWrote

STEPS = tuple(AskStep)  # one further whenever the time for a first reply has passed again


def asked(before: Ask | None, talk: Talk, who: str, is_anyone_on: bool, now: int, terms: Terms) -> Step | None:
    """About a one-to-one, by its listener."""
    if talk.listener != who:
        raise Refused(Code.NO_ROOM)
    ask = Ask(channel=thread(talk.channel), one=talk.channel, person=who, name=talk.name, since=now, due=0)
    return _waits(before, ask, is_anyone_on, now, terms)


def asked_for_oneself(
    before: Ask | None, channel: str, who: str, name: str, is_anyone_on: bool, now: int, terms: Terms
) -> Step | None:
    """A listener would like to talk about how they are; no one-to-one is the beginning or the end of it."""
    ask = Ask(channel=channel, one="", person=who, name=name, since=now, due=0)
    return _waits(before, ask, is_anyone_on, now, terms)


def answered(before: Ask | None, talk: Talk | None, who: str, name: str, now: int) -> Step | None:
    """A supervisor has written in the thread, asked or not: the listener is told where to read it.

    Nobody answers themselves; and about themselves each word is noted, for it goes on until a day after the last.
    """
    ask = before if before is not None and not before.one else _about(talk, before, now)
    if ask is None or ask.person == who:
        return None
    if before is not None and not before.waits and before.person == ask.person:
        return None if ask.one else Step({ask.channel: structs.replace(ask, at=now)})
    ask = structs.replace(ask, answered=name, at=now, due=0)
    wrote = SupervisorWrote(channel=ask.channel, one=ask.one or None, name=name, at=UNSTAMPED)
    return _step(ask, told(ask.person, wrote))


def closed(before: Ask | None, who: str) -> Step | None:
    """By whoever asked."""
    if before is None:
        return None
    if before.person != who:
        raise Refused(Code.NO_ROOM)
    return _closed(before)


def looked_at(ask: Ask, talk: Talk | None, now: int, terms: Terms) -> Step | None:
    """Until it is over, nobody's silence is the end of it."""
    if _is_over(ask, talk, now, terms):
        return _closed(ask)
    if not ask.waits or now < ask.due or ask.called is STEPS[-1]:
        return None
    return _called(ask, now, terms)


def thread(one: str) -> str:
    return channels.ask(channels.name(one))


def _is_over(ask: Ask, talk: Talk | None, now: int, terms: Terms) -> bool:
    """With the one-to-one; or about oneself a day after a supervisor's last word."""
    if ask.one:
        return talk is None or bool(talk.over)
    return not ask.waits and now - ask.at >= terms.again


def _about(talk: Talk | None, before: Ask | None, now: int) -> Ask | None:
    """In a one-to-one the listener may have changed since, and may not have asked at all."""
    if talk is None:
        return None
    if before is not None:
        return structs.replace(before, person=talk.listener, name=talk.name)
    return Ask(channel=thread(talk.channel), one=talk.channel, person=talk.listener, name=talk.name, since=now, due=0)


def _waits(before: Ask | None, ask: Ask, is_anyone_on: bool, now: int, terms: Terms) -> Step | None:
    """For a supervisor from now on; asked again while it waits it is the same question."""
    if before is not None and before.waits:
        return None
    ask = structs.replace(ask, due=now + terms.reply, calls=before.calls if before else 0)
    return _step(ask) if is_anyone_on else _called(ask, now, terms)


def _called(ask: Ask, now: int, terms: Terms) -> Step:
    """The next is called, and the listener knows it."""
    step = STEPS[0] if ask.called is None else STEPS[STEPS.index(ask.called) + 1]
    ask = structs.replace(ask, called=step, calls=ask.calls + 1, due=now + terms.reply)
    called = AskCalled(channel=ask.channel, step=step, at=UNSTAMPED)
    return _step(ask, told(ask.person, called), CallFor(ask.channel, step, ask.since, ask.calls))


def _closed(ask: Ask) -> Step:
    """What goes on about a listener themselves is known to supervisors as long as it does."""
    closed = Tell(SUPERVISION, encode(AskClosed(channel=ask.channel, at=UNSTAMPED)))
    return Step({ask.channel: None}, (closed,) if ask.waits or not ask.one else ())


def _step(ask: Ask, *left: Errand) -> Step:
    return Step({ask.channel: ask}, (Tell(SUPERVISION, encode(AskChanged(ask=ask.as_item(), at=UNSTAMPED))), *left))
