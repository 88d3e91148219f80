"""A one-to-one: two people and nobody else, worry that closes nothing, abuse that is stopped at once."""

import asyncio

from msgspec import msgpack, structs

from server import files
from server.actions import looks
from server.actions.services import Services
from server.domain.channels import DESK, LISTENING
from server.domain.listening import Talk, key
from server.domain.screening import Opinion, Policy, Runs, Screened
from server.protocol.blocking import Blocked, Blocks, Unblock
from server.protocol.commands import Desk, Join, Report
from server.protocol.events import Done, Joined, Posted, ReportArrived, Reported, Said, TicketChanged, Unscreened
from server.protocol.fields import ReportReason, RoomState, TicketSource, Unread, Urgency
from server.protocol.listening import (
    Abuse,
    Abusive,
    Availability,
    Extend,
    Goodbye,
    Listen,
    Offered,
    OneEnded,
    OneEntered,
    OneExtended,
    Queue,
    TalkEnd,
    TypeSlowly,
    Worried,
)
from server.protocol.people import Role, Voice
from server.protocol.refusals import Code
from server.protocol.standing import Listening
from tests.actions.conftest import Arrive
from tests.actions.talking import ONCE, a_listener, kept, listener_of, two_who_talk, waiting_of
from tests.waiting import until


async def test_the_draft_is_the_first_that_both_see(arrive: Arrive) -> None:
    ana, wren, channel = await two_who_talk(arrive, draft="it has been a long week")
    await until(lambda: ana.heard(Said) and wren.heard(Said))
    said = wren.heard(Said)[0]
    assert (said.text, said.voice, said.client_id) == ("it has been a long week", Voice.PEER, ONCE)
    assert isinstance(await wren.says("I am here. Tell me.", channel=channel), Posted)
    assert isinstance(await ana.says("thank you", channel=channel), Posted)
    await until(lambda: [each.text for each in ana.heard(Said)][1:] == ["I am here. Tell me.", "thank you"])
    assert [each.voice for each in ana.heard(Said)][1:] == [Voice.LISTENER, Voice.PEER]


async def test_nobody_else_comes_in_hears_or_writes(arrive: Arrive) -> None:
    _, _, channel = await two_who_talk(arrive)
    for name, role in (
        ("ben", Role.PEER),
        ("lark", Role.LISTENER),
        ("mo", Role.MODERATOR),
        ("pat", Role.PROFESSIONAL),
        ("olga", Role.OPERATOR),
    ):
        other = arrive(name, role)
        assert (await other.does(Join, channel=channel)).code == Code.NO_ROOM
        assert (await other.says("hello", channel=channel)).code == Code.NOT_JOINED
    assert (await arrive("ben").does(Join, channel="one:nothing")).code == Code.NO_ROOM


async def test_a_supervisor_comes_in_openly(arrive: Arrive, services: Services) -> None:
    ana, wren, channel = await two_who_talk(arrive)
    sue = arrive("sue", Role.SUPERVISOR)
    assert isinstance(await sue.does(Join, channel=channel), Joined)
    await until(lambda: ana.heard(OneEntered) and wren.heard(OneEntered))
    assert (ana.heard(OneEntered)[0].name, ana.heard(OneEntered)[0].voice) == ("sue", Voice.SUPERVISOR)
    assert isinstance(await sue.says("Hello both.", channel=channel), Posted)
    rows = await services.store.moderation.audit_rows([LISTENING])
    assert [(row.who, row.what, row.which) for row in rows] == [("sue", "enter", channel)]


async def test_contact_details_are_masked_from_either_side(arrive: Arrive) -> None:
    ana, wren, channel = await two_who_talk(arrive)
    for someone in (ana, wren):
        posted = await someone.says("write to me at someone@example.com", channel=channel)
        assert isinstance(posted, Posted)
        assert posted.text is not None
        assert "someone@example.com" not in posted.text


async def test_a_disclosure_is_delivered_and_opens_a_ticket(arrive: Arrive) -> None:
    ana, wren, channel = await two_who_talk(arrive)
    mo = arrive("mo", Role.MODERATOR)
    await mo.does(Desk)
    assert isinstance(await ana.says("I want to kill myself", channel=channel), Posted)
    await until(lambda: mo.heard(TicketChanged))
    assert mo.heard(TicketChanged)[0].ticket.channel == channel
    await until(lambda: [each.text for each in wren.heard(Said)][-1] == "I want to kill myself")


async def test_worry_opens_a_ticket_and_closes_nothing(arrive: Arrive, services: Services) -> None:
    ana, wren, channel = await two_who_talk(arrive)
    mo = arrive("mo", Role.MODERATOR)
    await mo.does(Desk)
    assert (await ana.does(Worried, channel=channel)).code == Code.FORBIDDEN
    assert (await arrive("lark", Role.LISTENER).does(Worried, channel=channel)).code == Code.NO_ROOM
    for _ in range(2):
        assert isinstance(await wren.does(Worried, channel=channel, urgency=Urgency.IMMINENT), Done)
    await until(lambda: mo.heard(TicketChanged))
    ticket = mo.heard(TicketChanged)[-1].ticket
    assert (ticket.source, ticket.urgency, ticket.times) == (TicketSource.LISTENER, Urgency.IMMINENT, 1)
    talk = await kept(services, channel)
    assert isinstance(talk, Talk)
    assert (talk.flagged, talk.over) == (True, 0)
    assert isinstance(await ana.says("still here", channel=channel), Posted)
    assert "worried" in [row.what for row in await services.store.moderation.audit_rows([DESK])]


async def test_goodbye_ends_it_for_both_and_the_peer_can_read_on(arrive: Arrive, services: Services) -> None:
    ana, wren, channel = await two_who_talk(arrive)
    assert (await arrive("ben").does(Goodbye, channel=channel)).code == Code.NO_ROOM
    assert isinstance(await ana.does(Goodbye, channel=channel), Done)
    assert isinstance(await ana.does(Goodbye, channel=channel), Done), "asked again it is over all the same"
    await until(lambda: ana.heard(OneEnded) and wren.heard(OneEnded))
    ended = ana.heard(OneEnded)[0]
    assert (ended.why, ended.waits, ended.one.over) == (TalkEnd.GOODBYE, False, True)

    async def is_closed() -> bool:
        answers = [await ana.says("one more", channel=channel), await wren.says("one more", channel=channel)]
        return all(not isinstance(answer, Posted) and answer.code == Code.CLOSED for answer in answers)

    for _ in range(50):
        if await is_closed():
            break
    assert await is_closed()
    assert (await arrive("ana").does(Join, channel=channel)).state is RoomState.CLOSED
    assert (await arrive("wren", Role.LISTENER).does(Join, channel=channel)).code == Code.NO_ROOM
    assert (await ana.does(Listening)).ones == ()


async def test_a_peer_may_part_for_good_at_goodbye_or_later_and_the_listener_hears_nothing_of_it(
    arrive: Arrive, services: Services
) -> None:
    ana, wren, channel = await two_who_talk(arrive)
    await wren.does(Goodbye, channel=channel, apart=True)
    me, other = "ana".ljust(32, "0"), "wren".ljust(32, "0")
    assert await services.store.blocks.never_meet(me) == frozenset(), "a listener has other words for it"
    await until(lambda: ana.heard(OneEnded) and wren.heard(OneEnded))
    heard = len(wren.heard(OneEnded))
    assert isinstance(await ana.does(Goodbye, channel=channel, apart=True), Done)
    assert await services.store.blocks.never_meet(me) == {other}
    assert await services.store.blocks.never_meet(other) == {me}, "either of them is asked when they might be matched"
    assert len(wren.heard(OneEnded)) == heard
    (item,) = (await ana.does(Blocks)).blocks
    assert (item.channel, item.handle) == (channel, "wren")
    before = len(wren.wire.heard)
    await ana.does(Queue, client_id=b"2" * 16)
    await wren.does(Listen, availability=Availability.AVAILABLE)
    lark = await a_listener(arrive, "lark")
    await until(lambda: lark.heard(Offered))
    assert [event for _, event in wren.wire.heard[before:] if isinstance(event, Offered | Blocked)] == []


async def test_who_parted_for_good_may_think_better_of_it(arrive: Arrive, services: Services) -> None:
    ana, wren, channel = await two_who_talk(arrive)
    await ana.does(Goodbye, channel=channel, apart=True)
    listener = await listener_of(services, "wren")
    rested = structs.replace(listener, wrap_until=0)
    await services.store.scripts.ask("HSET", "{listening}:records", key(rested), msgpack.encode(rested))
    await ana.does(Queue, client_id=b"2" * 16)
    await asyncio.sleep(0.1)
    assert len(wren.heard(Offered)) == 1, "they are kept apart"
    (item,) = (await ana.does(Blocks)).blocks
    assert isinstance(await ana.does(Unblock, block=item.block), Done)
    await looks.look(services)
    await until(lambda: len(wren.heard(Offered)) == 2)


async def test_words_of_a_one_to_one_stay_readable_after_parting(arrive: Arrive) -> None:
    ana, wren, channel = await two_who_talk(arrive)
    await wren.says("I am Wren.", channel=channel)
    await ana.does(Goodbye, channel=channel, apart=True)
    again = arrive("ana")
    await again.greets()
    await again.does(Join, channel=channel)
    await until(lambda: [said.text for said in again.heard(Said)] == ["it has been a long week", "I am Wren."])


async def test_abuse_is_stopped_reported_and_they_never_meet_again(arrive: Arrive, services: Services) -> None:
    ana, wren, channel = await two_who_talk(arrive)
    mo = arrive("mo", Role.MODERATOR)
    await mo.does(Desk)
    await ana.says("something vile", channel=channel)
    assert isinstance(await wren.does(Abusive, channel=channel, abuse=Abuse.SEXUAL), Done)
    await until(lambda: mo.heard(ReportArrived) and ana.heard(OneEnded))
    report = mo.heard(ReportArrived)[0].report
    assert (report.text, report.reason, report.channel) == ("something vile", ReportReason.SEXUAL, channel)
    texts = [msgpack.decode(frame)[1].get("text") for frame in report.context]
    assert texts == ["it has been a long week", "something vile"]
    ended = ana.heard(OneEnded)[0]
    assert (ended.why, ended.waits) == (TalkEnd.STOPPED, False)
    listener = await listener_of(services, "wren")
    assert (listener.availability, listener.ones) == (Availability.BREAK, ())
    assert await services.store.listening.apart() == {f"{'ana'.ljust(32, '0')}\t{'wren'.ljust(32, '0')}"}
    assert isinstance(await wren.does(Abusive, channel=channel, abuse=Abuse.SEXUAL), Done)


async def test_a_message_can_be_reported_by_either(arrive: Arrive) -> None:
    ana, wren, channel = await two_who_talk(arrive)
    posted = await wren.says("you should just cheer up", channel=channel)
    reported = await ana.does(Report, channel=channel, seq=posted.seq, reason=ReportReason.UNKIND)
    assert isinstance(reported, Reported)


async def test_time_is_extended_when_both_agree(arrive: Arrive) -> None:
    ana, wren, channel = await two_who_talk(arrive)
    await ana.does(Extend, channel=channel)
    assert isinstance(await wren.does(Extend, channel=channel), Done)
    await until(lambda: ana.heard(OneExtended) and wren.heard(OneExtended))
    assert (await arrive("ben").does(Extend, channel=channel)).code == Code.GONE


async def test_only_the_peer_says_that_they_type_slowly(arrive: Arrive, services: Services) -> None:
    ana, _, channel = await two_who_talk(arrive)
    assert isinstance(await ana.does(TypeSlowly, channel=channel), Done)
    talk = await kept(services, channel)
    assert isinstance(talk, Talk)
    assert talk.slowly
    assert (await arrive("ben").does(TypeSlowly, channel=channel)).code == Code.GONE


async def test_who_has_a_listener_does_not_wait_for_another(arrive: Arrive, services: Services) -> None:
    ana, _, channel = await two_who_talk(arrive)
    assert (await ana.does(Queue, client_id=ONCE)).code == Code.CONFLICT
    assert (await waiting_of(services, "ana")).one == channel
    assert [one.channel for one in (await ana.does(Listening)).ones] == [channel]


async def test_what_no_screener_has_seen_is_delivered_and_staff_know(arrive: Arrive, services: Services) -> None:
    class Broken:
        name, runs = "broken", Runs.INLINE

        def screen(self, screened: Screened) -> tuple[Opinion, ...]:
            raise ValueError

    _, wren, channel = await two_who_talk(arrive)
    mo = arrive("mo", Role.MODERATOR)
    await mo.does(Desk)
    services.screening.convene(files.read("policy.toml", Policy, services.settings), [Broken()])
    posted = await wren.says("I am here", channel=channel)
    assert isinstance(posted, Posted)
    await until(lambda: mo.heard(Unscreened))
    (told,) = mo.heard(Unscreened)
    assert (told.channel, told.id, told.why) == (channel, posted.id, Unread.FAILED)
