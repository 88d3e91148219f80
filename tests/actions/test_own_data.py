"""What is kept of someone is told as facts and times, and to nobody else."""

from server.actions import accounts
from server.actions.services import Services
from server.domain.accounts import person_of
from server.protocol.blocking import Block
from server.protocol.commands import Help, Join, Mute, Report
from server.protocol.fields import ReportReason, StaffReason, TicketState
from server.protocol.own_data import GiveReturnWords, KeepSummary, MyData, Wipe, Wiped
from server.protocol.people import Role
from server.protocol.refusals import Code
from tests.actions.conftest import NIGHT, Arrive
from tests.actions.talking import two_who_talk
from tests.waiting import until

DAY_MS = 24 * 3_600_000


async def test_who_is_new_has_nothing_but_a_sign_in(arrive: Arrive) -> None:
    ana = arrive("ana")
    await ana.greets()
    kept = await ana.does(MyData)
    assert (kept.rooms, kept.ones, kept.tickets, kept.sanctions) == ((), (), (), ())
    assert (kept.blocks, kept.reports, kept.feedback, kept.told, kept.waits, kept.age) == (0, 0, 0, 0, False, False)
    assert kept.sign_ins == 1


async def test_everything_is_told_with_its_time(arrive: Arrive, services: Services) -> None:
    ana, _, channel = await two_who_talk(arrive)
    ben, mo = arrive("ben"), arrive("mo", Role.MODERATOR)
    for someone in (ana, ben, mo):
        await someone.does(Join, channel=NIGHT)
    await ana.says("one")
    await ana.says("two")
    await ben.says("three")
    await ana.does(Block, channel=NIGHT, seq=3)
    await ana.does(Report, channel=NIGHT, seq=3, reason=ReportReason.SPAM)
    await ana.does(Help, client_id=b"3" * 16)
    await mo.does(Mute, channel=NIGHT, seq=1, minutes=5, reason=StaffReason.OTHER)
    await ana.does(GiveReturnWords)
    await ana.does(KeepSummary, text="Work has been hard.", share=True)
    kept = await ana.does(MyData)
    now = services.store.clock.now()
    (room,) = kept.rooms
    assert (room.channel, room.messages, room.held, bool(room.handle)) == (NIGHT, 2, 0, True)
    assert 0 < room.until - now <= DAY_MS
    (one,) = kept.ones
    assert (one.channel, one.name, one.over, one.messages) == (channel, "wren", False, 1)
    (ticket,) = kept.tickets
    assert (ticket.state, ticket.until) == (TicketState.OPEN, 0)
    assert [sanction.channel for sanction in kept.sanctions] == [NIGHT]
    assert (kept.blocks, kept.reports) == (1, 1)
    assert (kept.summary, kept.shares) == ("Work has been hard.", True)
    assert 29 * DAY_MS < kept.words_until - now <= 30 * DAY_MS
    assert 29 * DAY_MS < kept.until - now <= 30 * DAY_MS
    assert kept.told > 0


async def test_each_sign_in_counts(arrive: Arrive, services: Services) -> None:
    entry = await accounts.enter(services, None)
    person = person_of(entry.token)
    await accounts.begin(services, person, Role.PEER, "")
    known = await services.store.people.known(person)
    assert known.sign_ins == 2
    await accounts.leave(services, entry.token)
    assert (await services.store.people.known(person)).sign_ins == 1


async def test_a_wipe_and_a_look_have_a_bound(arrive: Arrive, services: Services) -> None:
    ana = arrive("ana")
    await ana.greets()
    answers = [await ana.does(Wipe) for _ in range(services.settings.wipes_per_hour + 1)]
    assert answers[-1].code == Code.RATE
    await until(lambda: len(ana.heard(Wiped)) == services.settings.wipes_per_hour)
    looks = [await ana.does(MyData) for _ in range(services.settings.looks_per_hour + 1)]
    assert looks[-1].code == Code.RATE


async def test_staff_have_no_such_page(arrive: Arrive) -> None:
    assert (await arrive("mo", Role.MODERATOR).does(MyData)).code == Code.FORBIDDEN
