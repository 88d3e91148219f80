"""Coming back on another device by a few words; and what someone keeps beside them for their next listener."""

import secrets

from msgspec import structs

from server.actions import accounts, listening
from server.actions.caller import Caller
from server.actions.reading import read
from server.actions.services import Services
from server.domain import identity, returning
from server.protocol.events import Done
from server.protocol.own_data import (
    ForgetReturnWords,
    GiveReturnWords,
    KeepSummary,
    ReturnWords,
    SharedSummary,
    SummaryShared,
)
from server.protocol.people import Role
from server.protocol.refusals import Code, Refused
from server.store.returning import Summary

TRIED = "return"  # what tries are counted under, for everyone's words together and for each network
NEW_PER_HOUR = 10
HOUR_MS = 3_600_000


async def give_words(services: Services, caller: Caller, command: GiveReturnWords) -> ReturnWords:
    if wait := await services.store.duty.allowed(caller.person.id, "words", NEW_PER_HOUR, HOUR_MS):
        raise Refused(Code.RATE, retry_ms=wait)
    words = await _given(services, caller.person.id, command.language)
    until = services.store.clock.now() + services.settings.return_words_ms
    return ReturnWords(ref=command.ref, words=words, until=until)


async def forget_words(services: Services, caller: Caller, command: ForgetReturnWords) -> Done:
    await services.store.returning.forget(caller.person.id)
    return Done(ref=command.ref)


async def come_back(
    services: Services, words: str, attempt: str, language: str, prefix: bytes = b""
) -> tuple[str, tuple[str, ...]]:
    """The same person again, with a sign-in of its own and new words.

    Every failure is `Refused(FORBIDDEN)`; tries are counted by network. `attempt` is random: the same one may be
    answered twice, for an answer can be lost.
    """
    accounting, key = services.store.accounts, TRIED
    if not await accounting.may_try(key, prefix.hex()):
        raise Refused(Code.FORBIDDEN)
    person = await services.store.returning.take(returning.digest(services.secret, words), attempt)
    if not person or not await services.store.people.is_peer(person):
        raise Refused(Code.FORBIDDEN)
    await accounting.forget_tries(key, prefix.hex())
    return await accounts.begin(services, person, Role.PEER, ""), await _given(services, person, language)


async def keep_summary(services: Services, caller: Caller, command: KeepSummary) -> Done:
    person = caller.person.id
    if not await services.store.returning.left_ms(person):
        raise Refused(Code.CONFLICT)
    words = await read(services, caller, identity.digest(person) * 2, command.text)
    await services.store.returning.keep_summary(person, Summary(words.text, command.share))
    return Done(ref=command.ref)


async def shared_summary(services: Services, caller: Caller, command: SharedSummary) -> SummaryShared:
    """Once: for the one-to-one in which it is first asked for. The next time it is for the peer to say so again."""
    talk = await listening.talk(services, command.channel)
    if talk.listener != caller.person.id or talk.over:
        raise Refused(Code.NO_ROOM)
    summary = await services.store.returning.summary(talk.person)
    if summary.share:
        summary = structs.replace(summary, share=False, shown=talk.channel)
        await services.store.returning.keep_summary(talk.person, summary)
    return SummaryShared(ref=command.ref, text=summary.text if summary.shown == talk.channel else "")


async def shares(services: Services, person: str, channel: str) -> str:
    """What the next listener may read of this person, or in a one-to-one what theirs may read there."""
    summary = await services.store.returning.summary(person)
    return summary.text if summary.share or (channel and summary.shown == channel) else ""


async def _given(services: Services, person: str, language: str) -> tuple[str, ...]:
    words = returning.drawn(services.return_words.of(language), secrets.randbelow)
    await services.store.returning.give(person, returning.digest(services.secret, " ".join(words)))
    return words
