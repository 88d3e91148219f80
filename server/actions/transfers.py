"""A warm transfer: proposed, put to the peer, offered to who could go on, and handed on."""

import asyncio
import secrets
from collections.abc import Mapping

from server.actions import listening
from server.actions.caller import Caller
from server.actions.listening import Between
from server.actions.matching import match_soon
from server.actions.messages import audit_row
from server.actions.reading import looked_over
from server.actions.services import Services
from server.actions.terms import terms_of
from server.domain import receivers
from server.domain import transfers as rules
from server.domain.channels import LISTENING
from server.domain.listening import Listener, Step, Terms
from server.protocol.events import Done
from server.protocol.people import Role
from server.protocol.refusals import Code, Refused
from server.protocol.transfers import (
    AcceptTransfer,
    AnswerTransfer,
    DeclineTransfer,
    FinishTransfer,
    TakeOver,
    Transfer,
    TransferStep,
    TransferTo,
    WithdrawTransfer,
)


async def transfer(services: Services, caller: Caller, command: Transfer) -> Done:
    me, summary, name = caller.person.id, await looked_over(services, command.summary), secrets.token_hex(10)
    await listening.change_between(
        services,
        command.channel,
        lambda held, terms, now: rules.proposed(held.talk, me, command.to, summary, name, now, terms),
    )
    await _note(services, caller, "transfer", command.channel)
    return Done(ref=command.ref)


async def take_over(services: Services, caller: Caller, command: TakeOver) -> Done:
    """Without the peer's consent nothing follows from it."""
    me, name = caller.person, secrets.token_hex(10)
    await services.attendance.join(caller)
    await listening.change_between(
        services,
        command.channel,
        lambda held, terms, now: rules.offered_by(held.talk, held.receiver or _new(caller), name, now, terms),
        receiver=me.id,
    )
    await _note(services, caller, "take_over", command.channel)
    return Done(ref=command.ref)


async def withdraw_transfer(services: Services, caller: Caller, command: WithdrawTransfer) -> Done:
    await listening.change_between(
        services, command.channel, lambda held, terms, now: rules.withdrawn(held.talk, caller.person.id)
    )
    match_soon(services)
    return Done(ref=command.ref)


async def answer_transfer(services: Services, caller: Caller, command: AnswerTransfer) -> Done:
    me = caller.person.id
    await listening.change_between(
        services,
        command.channel,
        lambda held, terms, now: rules.answered(held.talk, me, command.says, held.waiting, held.receiver, now, terms),
    )
    await _find(services, command.channel, await services.store.listening.seen())
    return Done(ref=command.ref)


async def accept_transfer(services: Services, caller: Caller, command: AcceptTransfer) -> Done:
    """One of all who could has it; asked again, it is theirs still."""
    await services.attendance.join(caller)

    def rule(held: Between, terms: Terms, now: int) -> Step | None:
        handing = held.talk.handing
        if handing is not None and handing.kind is TransferTo.SUPERVISOR and caller.person.role is not Role.SUPERVISOR:
            raise Refused(Code.CONFLICT)
        return receivers.accepted(held.talk, held.receiver or _new(caller), now, terms)

    await listening.change_between(services, command.channel, rule, receiver=caller.person.id)
    await _note(services, caller, "accept_transfer", command.channel)
    return Done(ref=command.ref)


async def decline_transfer(services: Services, caller: Caller, command: DeclineTransfer) -> Done:
    me = caller.person.id

    def rule(held: Between, terms: Terms, now: int) -> Step | None:
        return receivers.declined(held.talk, held.receiver) if held.receiver and held.receiver.person == me else None

    await listening.change_between(services, command.channel, rule)
    await _find(services, command.channel, await services.store.listening.seen())
    match_soon(services)
    return Done(ref=command.ref)


async def finish_transfer(services: Services, caller: Caller, command: FinishTransfer) -> Done:
    await listening.change_between(
        services,
        command.channel,
        lambda held, terms, now: rules.finished(held.talk, caller.person.id, held.listener, held.receiver, now, terms),
    )
    return Done(ref=command.ref)


async def look(services: Services, channel: str, seen: Mapping[str, int]) -> None:
    """What time does to it; and whoever has become free meanwhile is asked."""
    await listening.change_between(
        services,
        channel,
        lambda held, terms, now: rules.looked_at(held.talk, held.listener, held.receiver, seen, now, terms),
    )
    await _find(services, channel, seen)


async def _find(services: Services, channel: str, seen: Mapping[str, int]) -> None:
    """Offers it to who could go on, one after the other."""
    talk = await listening.talk(services, channel)
    handing, waiting = talk.handing, await listening.waiting_of(services, talk.person)
    if handing is None or waiting is None or handing.step is not TransferStep.RECEIVER or handing.to:
        return
    if handing.kind is not TransferTo.LISTENER:
        return
    store, terms, now = services.store.listening, terms_of(services.settings), services.store.clock.now()
    kept, apart = await asyncio.gather(store.everything(), store.apart())
    records = listening.records(kept.values())
    for receiver in receivers.who_could_come(talk, waiting, records, seen, apart, now, terms):
        step = await listening.change_between(
            services,
            channel,
            lambda held, terms, now: receivers.offered(held.talk, held.waiting, held.receiver, now, terms),
            receiver=receiver.person,
        )
        if step is not None:
            return


async def _note(services: Services, caller: Caller, what: str, channel: str) -> None:
    await services.store.moderation.note(LISTENING, audit_row(services, caller, what, channel, ""))


def _new(caller: Caller) -> Listener:
    """A supervisor who has never said that they listen."""
    return Listener(person=caller.person.id, name=caller.person.name)
