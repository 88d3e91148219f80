"""A listener's question to a supervisor: asked, answered, and called for by the pager while nobody answers."""

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
    """Waits for a supervisor from now on; asked again while it waits it is the same question."""
    if talk.listener != who:
        raise Refused(Code.NO_ROOM)
    if before is not None and before.waits:
        return None
    ask = Ask(
        channel=thread(talk.channel),
        one=talk.channel,
        person=who,
        name=talk.name,
        since=now,
        due=now + terms.reply,
        calls=before.calls if before else 0,
    )
    return _step(ask) if is_anyone_on else _called(ask, now, terms)


def answered(before: Ask | None, talk: Talk, name: str, now: int) -> Step | None:
    """A supervisor has written in the thread, asked or not: the listener is told where to read it."""
    if before is not None and not before.waits and before.person == talk.listener:
        return None
    ask = before or Ask(
        channel=thread(talk.channel), one=talk.channel, person=talk.listener, name=talk.name, since=now, due=0
    )
    ask = structs.replace(ask, person=talk.listener, name=talk.name, answered=name, at=now, due=0)
    wrote = SupervisorWrote(channel=ask.channel, one=talk.channel, name=name, at=UNSTAMPED)
    return _step(ask, told(talk.listener, wrote))


def looked_at(ask: Ask, talk: Talk | None, now: int, terms: Terms) -> Step | None:
    """It ends with the one-to-one; until then nobody's silence is the end of it."""
    if talk is None or talk.over:
        closed = AskClosed(channel=ask.channel, at=UNSTAMPED)
        return Step({ask.channel: None}, (Tell(SUPERVISION, encode(closed)),) if ask.waits else ())
    if not ask.waits or now < ask.due or ask.called is STEPS[-1]:
        return None
    return _called(ask, now, terms)


def thread(one: str) -> str:
    return channels.ask(channels.name(one))


def _called(ask: Ask, now: int, terms: Terms) -> Step:
    """The next is called, and the listener knows it."""
    step = STEPS[0] if ask.called is None else STEPS[STEPS.index(ask.called) + 1]
    ask = structs.replace(ask, called=step, calls=ask.calls + 1, due=now + terms.reply)
    called = AskCalled(channel=ask.channel, step=step, at=UNSTAMPED)
    return _step(ask, told(ask.person, called), CallFor(ask.channel, step, ask.since, ask.calls))


def _step(ask: Ask, *left: Errand) -> Step:
    return Step({ask.channel: ask}, (Tell(SUPERVISION, encode(AskChanged(ask=ask.as_item(), at=UNSTAMPED))), *left))
