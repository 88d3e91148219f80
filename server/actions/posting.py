"""Posting: every message is cleaned, screened, and then said, held or refused in one step of the store."""

import logging
from collections.abc import Awaitable
from contextlib import suppress
from time import perf_counter

from msgspec import structs

from server import metrics
from server.actions import asks, errands, holds, worry
from server.actions.caller import Caller
from server.actions.draft import Draft
from server.actions.membership import name_in
from server.actions.services import Services
from server.domain import channels, identity
from server.domain.errands import Errands, Reached, Tell
from server.domain.moderation import HeldRecord
from server.domain.screening import LANGUAGE, Ruling, Surface, Verdict
from server.domain.text import clean
from server.protocol.codec import UNSTAMPED, encode
from server.protocol.commands import Post, Withdraw
from server.protocol.events import Held, Hold, HoldArrived, Posted, Said, Unscreened
from server.protocol.fields import NO_CLIENT_ID, Unread
from server.protocol.people import MODERATORS, Role, Voice
from server.protocol.refusals import Code, Refused
from server.store.channels import Outcome, Utterance

NO_SEAT = "-"
VOICES = {role: Voice(role.value) for role in Role}
SURFACES = {"room": Surface.MESSAGE, "ticket": Surface.THREAD, "one": Surface.ONE_TO_ONE, "ask": Surface.THREAD}

log = logging.getLogger("porchlight.screening")


async def post(services: Services, caller: Caller, command: Post) -> Posted | Held:
    if command.client_id == NO_CLIENT_ID:
        raise Refused(Code.BAD_FRAME)
    name_in(caller, command.channel)
    text = clean(command.text, services.settings)
    if caller.accepted != services.content.rules.version:
        await _agree(services, caller, command)
    began = perf_counter()
    ruling = _ruling(services, caller, command, text)
    if not isinstance(ruling, Ruling):  # a screener outside this thread was asked
        ruling = await ruling
    metrics.screening.observe(perf_counter() - began)
    _note(ruling)
    draft = _draft(services, caller, command, text, ruling)
    left: Errands = {}
    if ruling.care is not None:
        card = worry.card(services, caller, draft)
        if card is not None:  # help comes before anything that waits
            services.here.tell(caller.person.id, structs.replace(card, at=services.store.clock.now()))
        left = worry.errands(services, draft, card)
    kind = channels.kind(command.channel)
    if kind == "ticket":
        left |= _reached(draft)
    try:
        if command.replaces is not None:
            await _take_back(services, caller, draft, command.replaces)
        if ruling.why or ruling.unscreened:
            left |= _unscreened(draft)
        answer = await _say_or_hold(services, caller, draft, left)
    except Refused:
        # Too soon, muted or the room closed: the words stay with their author, and the worry does not.
        await worry.look_after(services, left)
        raise
    if kind == "ask":  # and again where it is sent again: nobody's question is left open
        await asks.written(services, caller, command.channel)
    return answer


def _unscreened(draft: Draft) -> Errands:
    """What is delivered although it could not be screened as others are; nobody is kept waiting, and the desk knows."""
    channel, ruling = draft.command.channel, draft.ruling
    if channels.kind(channel) == "one" and ruling.unscreened:
        why = Unread.FAILED
    elif channels.kind(channel) in ("room", "one") and (ruling.verdict, ruling.why) == (Verdict.NOTE, LANGUAGE):
        why = Unread.LANGUAGE
    else:
        return {}
    event = Unscreened(channel=channel, id=draft.message, why=why, at=UNSTAMPED)
    return {f"unscreened:{draft.message}": Tell(channels.DESK, encode(event))}


def _reached(draft: Draft) -> Errands:
    """The first line of someone of the team in a ticket's thread is contact; of the later ones nothing follows."""
    if draft.voice is Voice.PEER:
        return {}
    return {f"reached:{draft.message}": Reached(channels.name(draft.command.channel), draft.name)}


async def _take_back(services: Services, caller: Caller, draft: Draft, replaced: bytes) -> None:
    """An edit takes the place of a held message; where that is decided already, the new words stand alone."""
    if draft.ruling.verdict is not Verdict.BLOCK:
        command = Withdraw(ref=draft.command.ref, channel=draft.command.channel, client_id=replaced)
        with suppress(Refused):
            await holds.withdraw(services, caller, command)


async def _agree(services: Services, caller: Caller, command: Post) -> None:
    """Writing is agreeing to the rules that were on screen; the version is recorded with the first message."""
    current = services.content.rules.version
    if caller.person.role is not Role.PEER or channels.kind(command.channel) != "room":
        return
    if command.rules != current:
        raise Refused(Code.RULES)
    await services.store.people.accept_rules(caller.person.id, current)
    caller.accepted = current


def _ruling(services: Services, caller: Caller, command: Post, text: str) -> Ruling | Awaitable[Ruling]:
    channel, country = command.channel, services.settings.default_country
    kind = channels.kind(channel)
    room = services.content.rooms.get(channels.name(channel)) if kind == "room" else None
    return services.screening.screen_message(
        caller.person.id,
        channel,
        text,
        level=room.screening if room else "standard",
        surface=SURFACES[kind],
        languages=room.languages if room else (),
        region=(room.region if room else "") or country,
        room=room.id if room else "",
    )


def _draft(services: Services, caller: Caller, command: Post, text: str, ruling: Ruling) -> Draft:
    return Draft(
        command=command,
        text=text,
        person=caller.person.id,
        name=caller.names[command.channel],
        voice=VOICES[caller.person.role],
        message=identity.message_id(services.secret, caller.person.id, command.channel, command.client_id),
        ruling=ruling,
    )


def _note(ruling: Ruling) -> None:
    """Which rule, of which version, and what followed; never the text, the person or the room."""
    metrics.rulings.inc("unscreened" if ruling.unscreened else ruling.verdict)
    if ruling.rule or ruling.unscreened:
        level = logging.INFO if ruling.verdict.weight >= Verdict.MASK.weight else logging.DEBUG
        log.log(level, "screened: %s by %s %s", ruling.verdict.value, ruling.rule or ruling.why, ruling.version)


async def _say_or_hold(services: Services, caller: Caller, draft: Draft, left: Errands) -> Posted | Held:
    match draft.ruling.verdict:
        case Verdict.BLOCK:
            raise Refused(Code.BLOCKED)
        # A moderator could allow it at once; what they write is noted and not held, where it was screened.
        case Verdict.HOLD if caller.person.role not in MODERATORS or draft.ruling.unscreened:
            return await _hold(services, caller, draft, left)
        case _:
            return await _say(services, caller, draft, left)


async def _say(services: Services, caller: Caller, draft: Draft, left: Errands) -> Posted | Held:
    event = Said(
        channel=draft.command.channel,
        id=draft.message,
        client_id=draft.command.client_id,
        handle=draft.name,
        voice=draft.voice,
        text=draft.ruling.text,
        at=UNSTAMPED,
    )
    tag = identity.author_tag(services.secret, draft.person, draft.command.channel)
    outcome = await services.store.channels.post(_utterance(caller, draft), event, tag, left)
    if outcome.word == "name":
        renamed = _renamed(caller, draft, outcome)
        return await _say(services, caller, renamed, left)
    if outcome.word != "posted":
        return await _not_said(services, draft, outcome)
    services.presence.posted(draft.command.channel, draft.name)
    errands.carry_soon(services, draft.command.channel, left)
    return _posted(draft, outcome.number, outcome.turn_ms)


async def _hold(services: Services, caller: Caller, draft: Draft, left: Errands) -> Posted | Held:
    record = await _record(services, draft)
    told: Errands = {
        f"held:{record.hold.hold}": Tell(channels.inbox(draft.person), encode(record.as_held())),
        f"desk:{record.hold.hold}": Tell(channels.DESK, encode(HoldArrived(hold=record.hold, at=UNSTAMPED))),
        **left,
    }
    outcome = await services.store.channels.hold(_utterance(caller, draft), record.hold.hold, encode(record), told)
    if outcome.word == "name":
        return await _hold(services, caller, _renamed(caller, draft, outcome), left)
    if outcome.word != "held":
        return await _not_said(services, draft, outcome)
    errands.carry_soon(services, draft.command.channel, told)
    return record.as_held(draft.command.ref, outcome.turn_ms, at=record.hold.since)


async def _record(services: Services, draft: Draft) -> HeldRecord:
    """What waits; a time by when someone looks is promised only while someone is there."""
    command, ruling = draft.command, draft.ruling
    now = services.store.clock.now()
    standing = await services.store.channels.standing(command.channel)
    hold = Hold(
        hold=identity.hold_id(services.secret, draft.person, command.channel, command.client_id),
        channel=command.channel,
        handle=draft.name,
        text=draft.text,
        why=ruling.why,
        rule=ruling.rule,
        care=ruling.care is not None and ruling.care.hold,
        urgency=ruling.care.urgency if ruling.care else None,
        seq=standing.seq,
        since=now,
        due=now + services.settings.hold_ms if services.roster.names else 0,
    )
    tag = identity.author_tag(services.secret, draft.person, command.channel)
    digest = identity.digest(draft.text)
    return HeldRecord(hold, draft.person, draft.voice, command.client_id, digest, tag, ruling.version)


async def _not_said(services: Services, draft: Draft, outcome: Outcome) -> Posted | Held:
    """The step said no, or that it has seen this client id: then the first answer is given again."""
    match outcome.word:
        case "again":
            return await _again(services, draft, outcome.value)
        case "slow_mode":
            raise Refused(Code.SLOW_MODE, retry_ms=outcome.number)
        case "rate":
            raise Refused(Code.RATE, retry_ms=outcome.number)
        case "muted":
            raise Refused(Code.MUTED, retry_ms=outcome.number)
        case "removed":
            services.here.send_out(draft.person, draft.command.channel)
            raise Refused(Code.REMOVED, retry_ms=outcome.number)
        case "closed":
            raise Refused(Code.CLOSED)
        case _:
            raise Refused(Code.INTERNAL)


async def _again(services: Services, draft: Draft, before: bytes) -> Posted | Held:
    command, mine = draft.command, identity.digest(draft.text)
    match before[:1]:
        case b"P":
            seq, digest = int.from_bytes(before[1:9]), before[9:17]
            return structs.replace(_posted(draft, seq, 0), dup=digest != mine)
        case b"H":
            hold = identity.hold_id(services.secret, draft.person, command.channel, command.client_id)
            record = await services.store.moderation.held(command.channel, hold)
            if record is not None:
                return record.as_held(command.ref, at=record.hold.since)
            raise Refused(Code.GONE)
        case b"R":
            raise Refused(Code.BLOCKED)
        case _:  # withdrawn, or edited since
            raise Refused(Code.GONE)


def _posted(draft: Draft, seq: int, turn_ms: int) -> Posted:
    return Posted(
        ref=draft.command.ref,
        channel=draft.command.channel,
        client_id=draft.command.client_id,
        seq=seq,
        id=draft.message,
        text=draft.ruling.text if draft.ruling.text != draft.command.text else None,
        turn_ms=turn_ms,
    )


def _renamed(caller: Caller, draft: Draft, outcome: Outcome) -> Draft:
    """Another tab took another name meanwhile, or a one-to-one was handed to them and their seat is another.

    A name that has lapsed is asked for anew by joining; without a seat, someone else is in their place.
    """
    channel, name = draft.command.channel, outcome.value.decode()
    if not name:
        caller.names.pop(channel, None)
        raise Refused(Code.NOT_JOINED)
    if channels.kind(channel) == "one":
        caller.seats = {**caller.seats, channel: name}
        return draft
    caller.names[channel] = name
    return structs.replace(draft, name=name)


def _utterance(caller: Caller, draft: Draft) -> Utterance:
    channel = draft.command.channel
    kind = channels.kind(channel)
    is_peer_in_room = draft.voice is Voice.PEER and kind == "room"
    return Utterance(
        channel=channel,
        person=draft.person,
        client_id=draft.command.client_id,
        replaces=draft.command.replaces or b"",
        digest=identity.digest(draft.text),
        # In a one-to-one the seat is asked for: it holds a fence, and one from before is refused.
        handle=draft.name if is_peer_in_room else caller.seats.get(channel, NO_SEAT) if kind == "one" else "",
        exempt=kind in ("ticket", "ask") or (kind == "room" and caller.person.role in MODERATORS),
    )
