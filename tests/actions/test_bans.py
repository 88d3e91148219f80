"""Bans: out at once and everywhere, told why, never for care, and never before someone looks after them."""

import asyncio
import os

import pytest

from server.actions import desk
from server.actions.services import Services
from server.protocol.care import Contact
from server.protocol.commands import Ban, Desk, Help, History, Join, Leave, Report, Settle, Take, Unban
from server.protocol.events import BanChanged, Banned, Done, HelpReceived, HoldArrived, Joined, Said, Unbanned
from server.protocol.fields import ReportReason, StaffReason, TicketOutcome, TicketState
from server.protocol.people import Role
from server.protocol.refusals import Code
from tests.actions.conftest import NIGHT, Arrive
from tests.actions.test_moderation import scene
from tests.waiting import until

UNKIND = StaffReason.UNKIND
DAY = "room:carers"


async def test_a_banned_person_leaves_hears_nothing_more_and_is_told_why(arrive: Arrive) -> None:
    ana, ben, wren, seq = await scene(arrive)
    await wren.does(Ban, channel=NIGHT, seq=seq, minutes=60, reason=UNKIND, note="Rule 2.")
    await until(lambda: ana.heard(Banned))
    banned = ana.heard(Banned)[0]
    assert (banned.channel, banned.reason, banned.note) == (NIGHT, UNKIND, "Rule 2.")
    before = len(ana.heard(Said))
    await ben.says("We go on.")
    await until(lambda: any(said.text == "We go on." for said in ben.heard(Said)))
    assert len(ana.heard(Said)) == before
    assert NIGHT not in ana.connection.names


async def test_everything_in_that_room_is_refused_and_nothing_elsewhere(arrive: Arrive) -> None:
    ana, _, wren, seq = await scene(arrive)
    await wren.does(Ban, channel=NIGHT, seq=seq, minutes=60, reason=UNKIND)
    await until(lambda: ana.heard(Banned))
    refused = [
        await ana.says("but"),
        await ana.does(Join, channel=NIGHT),
        await ana.does(History, channel=NIGHT, before=100),
        await ana.does(Report, channel=NIGHT, seq=seq, reason=ReportReason.UNKIND),
    ]
    assert {no.code for no in refused} == {Code.REMOVED}
    assert 0 < refused[1].retry_ms <= 3_600_000
    assert isinstance(await ana.does(Leave, channel=NIGHT), Done)
    assert isinstance(await ana.does(Join, channel=DAY), Joined)
    assert isinstance(await ana.does(Help, client_id=os.urandom(16), channel=NIGHT), HelpReceived)


async def test_where_the_news_is_late_the_store_says_no(arrive: Arrive, services: Services) -> None:
    """As on a process whose pub/sub link is down: every command that reads or writes asks."""
    ana, _, _, seq = await scene(arrive)
    await services.store.moderation.ban(NIGHT, ana.connection.person.id, "b1", 60_000, {}, None)
    history = await ana.does(History, channel=NIGHT, before=100)
    report = await ana.does(Report, channel=NIGHT, seq=seq, reason=ReportReason.UNKIND)
    post = await ana.says("but")
    assert [no.code for no in (history, report, post)] == [Code.REMOVED] * 3
    assert NIGHT not in ana.connection.names, "and what was found is acted on"


async def test_a_ban_that_is_heard_while_someone_comes_in_keeps_them_out(
    arrive: Arrive, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana, reached, go = arrive("ana"), asyncio.Event(), asyncio.Event()
    claim = type(services.store.rooms).claim_name

    async def slowly(*args: object) -> str:
        reached.set()
        await go.wait()
        return str(await claim(*args))  # type: ignore[arg-type]

    monkeypatch.setattr(type(services.store.rooms), "claim_name", slowly)
    joining = asyncio.create_task(ana.does(Join, channel=NIGHT))
    await reached.wait()
    await services.store.moderation.ban(NIGHT, ana.connection.person.id, "b1", 60_000, {}, None)
    services.here.send_out(ana.connection.person.id, NIGHT)
    go.set()
    assert (await joining).code == Code.REMOVED
    assert isinstance(await ana.does(Join, channel=DAY), Joined)
    assert NIGHT not in ana.connection.following


async def test_a_ban_can_be_ended_early_and_leaves_the_desk(arrive: Arrive) -> None:
    ana, _, wren, seq = await scene(arrive)
    await wren.does(Desk)
    await wren.does(Ban, channel=NIGHT, seq=seq, reason=UNKIND)
    await until(lambda: wren.heard(BanChanged))
    item = wren.heard(BanChanged)[0].ban
    assert (await wren.does(Desk)).bans == (item,)
    assert isinstance(await wren.does(Unban, ban=item.ban), Done)
    await until(lambda: ana.heard(Unbanned))
    assert isinstance(await ana.does(Join, channel=NIGHT), Joined)
    assert (await wren.does(Desk)).bans == ()
    assert (await wren.does(Unban, ban=item.ban)).code == Code.GONE


async def test_a_day_is_the_length_unless_another_is_given(arrive: Arrive, services: Services) -> None:
    ana, _, wren, seq = await scene(arrive)
    await wren.does(Ban, channel=NIGHT, seq=seq, reason=UNKIND)
    left = await services.store.rooms.banned_ms(NIGHT, ana.connection.person.id)
    assert 23 * 3_600_000 < left <= 24 * 3_600_000


async def test_an_ended_ban_leaves_the_desk_by_itself(arrive: Arrive, services: Services) -> None:
    _, _, wren, seq = await scene(arrive)
    await wren.does(Desk)
    await wren.does(Ban, channel=NIGHT, seq=seq, minutes=60, reason=UNKIND)
    await until(lambda: wren.heard(BanChanged))
    services.store.clock._ahead_ms += 3_601_000
    await desk.clear(services)
    await until(lambda: len(wren.heard(BanChanged)) == 2)


async def test_of_two_bans_of_one_person_the_first_stands(arrive: Arrive) -> None:
    _, _, wren, seq = await scene(arrive)
    ibis = arrive("ibis", Role.MODERATOR)
    assert isinstance(await wren.does(Ban, channel=NIGHT, seq=seq, reason=UNKIND), Done)
    assert (await ibis.does(Ban, channel=NIGHT, seq=seq, minutes=60, reason=UNKIND)).code == Code.CONFLICT


async def test_who_moderates_is_not_banned(arrive: Arrive) -> None:
    _, _, wren, _ = await scene(arrive)
    posted = await wren.says("I am here until midnight.")
    ibis = arrive("ibis", Role.MODERATOR)
    assert (await ibis.does(Ban, channel=NIGHT, seq=posted.seq, reason=UNKIND)).code == Code.FORBIDDEN


async def test_nobody_is_banned_for_care(arrive: Arrive) -> None:
    ana, _, wren, seq = await scene(arrive)
    assert (await wren.does(Ban, channel=NIGHT, seq=seq, reason=StaffReason.CARE)).code == Code.FORBIDDEN
    held = await ana.says("I want to end my life tonight")
    assert held.care
    assert (await wren.does(Ban, channel=NIGHT, seq=0, hold=held.hold, reason=UNKIND)).code == Code.FORBIDDEN


async def test_nobody_is_banned_before_their_care_ticket_has_someone(arrive: Arrive, services: Services) -> None:
    ana, _, wren, seq = await scene(arrive)
    received = await ana.does(Help, client_id=os.urandom(16), channel=NIGHT)
    assert (await wren.does(Ban, channel=NIGHT, seq=seq, reason=UNKIND)).code == Code.CARE_FIRST
    assert await services.store.rooms.banned_ms(NIGHT, ana.connection.person.id) == 0
    await wren.does(Take, ticket=received.ticket)
    assert isinstance(await wren.does(Ban, channel=NIGHT, seq=seq, reason=UNKIND), Done)
    await until(lambda: ana.heard(Banned))
    thread = f"ticket:{received.ticket}"
    assert isinstance(await ana.does(Join, channel=thread), Joined)
    assert (await ana.says("I am still here.", channel=thread)).channel == thread


async def test_a_worry_of_the_last_day_opens_a_ticket_before_a_ban(arrive: Arrive, services: Services) -> None:
    ana, _, wren, seq = await scene(arrive)
    received = await ana.does(Help, client_id=os.urandom(16), channel=NIGHT)
    fence = (await wren.does(Take, ticket=received.ticket)).fence
    await wren.does(Contact, ticket=received.ticket, fence=fence)
    settle = {"ticket": received.ticket, "fence": fence, "outcome": TicketOutcome.SAFE_FOR_NOW}
    assert isinstance(await wren.does(Settle, **settle), Done)
    for _ in range(2):  # asked again it is the same ticket
        assert (await wren.does(Ban, channel=NIGHT, seq=seq, reason=UNKIND)).code == Code.CARE_FIRST
    tickets = (await wren.does(Desk)).tickets
    assert [(each.state, each.times) for each in tickets] == [(TicketState.OPEN, 1)]
    assert await services.store.rooms.banned_ms(NIGHT, ana.connection.person.id) == 0
    await wren.does(Take, ticket=tickets[0].ticket)
    assert isinstance(await wren.does(Ban, channel=NIGHT, seq=seq, reason=UNKIND), Done)


async def test_the_author_of_a_held_message_can_be_banned_and_it_is_not_released(arrive: Arrive) -> None:
    ana, _, wren, _ = await scene(arrive)
    await wren.does(Desk)
    await ana.says("ring me on 07700 900123")
    await until(lambda: wren.heard(HoldArrived))
    hold = wren.heard(HoldArrived)[0].hold.hold
    assert isinstance(await wren.does(Ban, channel=NIGHT, seq=0, hold=hold, reason=StaffReason.CONTACT), Done)
    await until(lambda: ana.heard(Banned))


async def test_a_ban_is_in_the_audit(arrive: Arrive, services: Services) -> None:
    _, _, wren, seq = await scene(arrive)
    await wren.does(Ban, channel=NIGHT, seq=seq, reason=UNKIND)
    rows = await services.store.moderation.audit_rows([NIGHT])
    assert [(row.who, row.what, row.why) for row in rows] == [("wren", "ban", "unkind")]
