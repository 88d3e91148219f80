"""What a listener asks of supervisors: asked, read and answered in a thread of staff alone."""

from collections.abc import Callable

from server.actions import erasing, following, listening, supervisors
from server.actions.caller import Caller
from server.actions.messages import audit_row
from server.actions.services import Services
from server.actions.terms import terms_of
from server.domain import asks, channels, identity
from server.domain.channels import LISTENING
from server.domain.listening import Step, Talk, Terms
from server.domain.supervised import Ask
from server.protocol.commands import Join
from server.protocol.events import Done, Joined
from server.protocol.people import Role
from server.protocol.refusals import Code, Refused
from server.protocol.supervising import AskSupervisor, CloseAsk, SupervisorAsked
from server.store.listening import decoded


async def ask_supervisor(services: Services, caller: Caller, command: AskSupervisor) -> SupervisorAsked:
    """With nobody on duty it is said at once, and the pager calls at once. Nobody is there for themselves.

    That someone would like to talk about themselves is on no record.
    """
    me = caller.person
    there = tuple(name for name in await supervisors.on_duty(services) if name != me.name)
    thread = own_thread(services, me.id) if command.channel is None else asks.thread(command.channel)

    def rule(before: Ask | None, talk: Talk | None, terms: Terms, now: int) -> Step | None:
        if command.channel is None:
            return asks.asked_for_oneself(before, thread, me.id, me.name, bool(there), now, terms)
        return asks.asked(before, _goes_on(talk), me.id, bool(there), now, terms)

    ask = await _change(services, thread, rule)
    if command.channel is not None:
        row = audit_row(services, caller, "ask_supervisor", command.channel, "")
        await services.store.moderation.note(LISTENING, row)
    return SupervisorAsked(
        ref=command.ref,
        channel=thread,
        supervisors=there,
        due=ask.due if ask else 0,
        called=ask is not None and ask.called is not None,
    )


async def close_ask(services: Services, caller: Caller, command: CloseAsk) -> Done:
    thread = command.channel
    await _change(services, thread, lambda before, *_: asks.closed(before, caller.person.id))
    if thread == own_thread(services, caller.person.id):
        await _forget(services, thread)
    return Done(ref=command.ref)


async def join(services: Services, caller: Caller, command: Join) -> Joined:
    """For the listener who asks or whose one-to-one it is, and for supervisors; of the peer's side nobody comes in."""
    ask = await listening.ask_of(services, command.channel)
    whose = ask.person if ask is not None and not ask.one else await _listener_of(services, command.channel)
    if caller.person.role is not Role.SUPERVISOR and caller.person.id != whose:
        raise Refused(Code.NO_ROOM)
    await supervisors.note(services, caller)
    followed = await following.follow(services, caller, command.channel, command.since)
    caller.names[command.channel] = caller.person.name
    return following.entered(command.ref, caller.person.name, followed, is_over=False)


async def written(services: Services, caller: Caller, channel: str) -> None:
    """A supervisor's words are an answer, also where nobody had asked: the listener is told where to read them."""
    me = caller.person
    if me.role is Role.SUPERVISOR:
        await _change(
            services, channel, lambda before, talk, terms, now: asks.answered(before, talk, me.id, me.name, now)
        )


async def look(services: Services, ask: Ask) -> None:
    after = await _change(
        services,
        ask.channel,
        lambda before, talk, terms, now: asks.looked_at(before, talk, now, terms) if before else None,
    )
    if after is None and not ask.one:
        await _forget(services, ask.channel)


def own_thread(services: Services, person: str) -> str:
    return channels.ask(identity.own_thread_id(services.secret, person))


async def _change(
    services: Services, thread: str, rule: Callable[[Ask | None, Talk | None, Terms, int], Step | None]
) -> Ask | None:
    """A rule on what was asked in a thread, and on the one-to-one beside it; as it is then."""
    one = channels.one(channels.name(thread))
    for _ in range(listening.TRIES):
        kept = await services.store.listening.kept([thread, one])
        before, talk = decoded(kept[thread]), decoded(kept[one])
        asked = before if isinstance(before, Ask) else None
        step = rule(
            asked,
            talk if isinstance(talk, Talk) else None,
            terms_of(services.settings),
            services.store.clock.now(),
        )
        after = step.records[thread] if step is not None else asked
        if step is None or await listening.apply(services, kept, step):
            return after if isinstance(after, Ask) else None
    raise Refused(Code.CONFLICT)


async def _forget(services: Services, thread: str) -> None:
    """What a listener said of themselves is for that talk alone; what dies before this goes with its time."""
    await erasing.messages(services, thread, await erasing.said_by(services, thread))


async def _listener_of(services: Services, thread: str) -> str:
    return (await listening.talk(services, channels.one(channels.name(thread)))).listener


def _goes_on(talk: Talk | None) -> Talk:
    if talk is None or talk.over:
        raise Refused(Code.NO_ROOM)
    return talk
