"""Two people no longer meet: what each of them hears, and does not."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from server import app
from server.actions.services import Services
from server.config import Settings
from server.protocol.blocking import Block, Blocked, BlockList, Blocks, Unblock
from server.protocol.commands import History, Join, Remove, Rename, Report, Typing
from server.protocol.events import Done, Here, Joined, Page, Posted, Removed, Reported, Said, Writing
from server.protocol.fields import ReportReason, Scope, StaffReason
from server.protocol.people import Role
from server.protocol.refusals import Code
from server.transport.hub import Hub
from tests.actions.conftest import NIGHT, Arrive, Someone
from tests.waiting import until

DAY = "room:grief"


async def together(arrive: Arrive, *names: str, channel: str = NIGHT) -> list[Someone]:
    people = [arrive(name) for name in names]
    for someone in people:
        await someone.greets()
        await someone.does(Join, channel=channel)
    return people


def words(someone: Someone, since: int = 0) -> list[str]:
    return [event.text for _, event in someone.wire.heard[since:] if isinstance(event, Said)]


async def hears(someone: Someone, text: str) -> None:
    await until(lambda: text in words(someone))


async def blocks(someone: Someone, seq: int, *others: Someone, scope: Scope = Scope.HERE) -> None:
    """Until it holds for the other one, too: a process reads of it when it hears of it."""
    before = {other: other.connection.hidden for other in others}
    assert isinstance(await someone.does(Block, channel=NIGHT, seq=seq, scope=scope), Done)
    await until(lambda: all(other.connection.hidden != was for other, was in before.items()))


async def test_it_hides_both_ways_and_a_third_hears_everything(arrive: Arrive) -> None:
    ana, ben, cleo = await together(arrive, "ana", "ben", "cleo")
    said = await ben.says("from ben")
    await hears(ana, "from ben")
    await blocks(ana, said.seq, ben)
    posted = [await ana.says("ana again"), await ben.says("ben again"), await cleo.says("cleo")]
    assert all(isinstance(answer, Posted) for answer in posted), "to both it is as ever"
    for someone in (ana, ben, cleo):
        await hears(someone, "cleo")
    assert words(ana) == ["from ben", "ana again", "cleo"]
    assert words(ben) == ["from ben", "ben again", "cleo"]
    assert words(cleo) == ["from ben", "ana again", "ben again", "cleo"]


async def test_history_and_coming_in_anew_leave_them_out(arrive: Arrive) -> None:
    ana, ben = await together(arrive, "ana", "ben")
    seq = (await ben.says("from ben")).seq
    await ana.says("from ana")
    await blocks(ana, seq, ben)
    for someone, kept in ((ana, "from ana"), (ben, "from ben")):
        page = await someone.does(History, channel=NIGHT, before=1_000)
        assert isinstance(page, Page)
        assert (len(page.frames), page.more) == (1, False)
        heard = len(someone.wire.heard)
        joined = await someone.does(Join, channel=NIGHT)
        assert isinstance(joined, Joined)
        assert words(someone, heard) == [kept]


async def test_a_short_page_skips_what_is_hidden_and_is_never_empty_before_the_end(arrive: Arrive) -> None:
    ana, ben = await together(arrive, "ana", "ben")
    await ana.says("one")
    for place in range(5):
        seq = (await ben.says(f"ben {place}")).seq
    await blocks(ana, seq, ben)
    page = await ana.does(History, channel=NIGHT, before=1_000, limit=2)
    assert (len(page.frames), page.more) == (1, False)


async def test_who_comes_with_a_new_connection_is_still_kept_apart(arrive: Arrive) -> None:
    ana, ben = await together(arrive, "ana", "ben")
    await blocks(ana, (await ben.says("from ben")).seq, ben)
    await ana.says("from ana")
    again, other = await together(arrive, "ben", "cleo")
    await other.says("hello")
    await hears(again, "hello")
    assert words(again) == ["from ben", "hello"]


async def test_the_other_one_hears_no_frame_of_it(arrive: Arrive) -> None:
    ana, ben = await together(arrive, "ana", "ben")
    seq = (await ben.says("from ben")).seq
    await hears(ben, "from ben")
    before = [type(event) for _, event in ben.wire.heard if not isinstance(event, Here)]
    await blocks(ana, seq, ben)
    assert ana.heard(Blocked)
    await ana.says("from ana")
    await ana.does(Typing, channel=NIGHT)
    await asyncio.sleep(0.2)
    assert [type(event) for _, event in ben.wire.heard if not isinstance(event, Here | Writing)] == before
    assert ben.heard(Writing) == [] or ben.heard(Writing)[-1].people == 0
    reported = await ben.does(Report, channel=NIGHT, seq=seq + 1, reason=ReportReason.UNKIND)
    assert isinstance(reported, Reported), "as ever"


async def test_presence_and_writing_leave_them_out_and_the_number_agrees(arrive: Arrive) -> None:
    ana, ben, cleo = await together(arrive, "ana", "ben", "cleo")
    names = {someone: someone.connection.names[NIGHT] for someone in (ana, ben, cleo)}
    await blocks(ana, (await ben.says("from ben")).seq, ben)

    def sees(someone: Someone, *others: Someone) -> bool:
        expected = tuple(sorted(names[each] for each in others))
        here = someone.heard(Here)
        return bool(here) and (here[-1].handles, here[-1].people) == (expected, len(expected))

    await until(lambda: sees(ana, ana, cleo) and sees(ben, ben, cleo) and sees(cleo, ana, ben, cleo))
    await ben.does(Typing, channel=NIGHT)
    await until(lambda: cleo.heard(Writing))
    assert (cleo.heard(Writing)[-1].people, ana.heard(Writing)[-1].people) == (1, 0)


async def test_a_message_taken_down_is_no_news_to_who_never_saw_it(arrive: Arrive) -> None:
    ana, ben, cleo = await together(arrive, "ana", "ben", "cleo")
    mo = arrive("mo", Role.MODERATOR)
    await mo.does(Join, channel=NIGHT)
    await blocks(ana, (await ben.says("from ben")).seq, ben)
    seq = (await ben.says("to be taken down")).seq
    await mo.does(Remove, channel=NIGHT, seq=seq, reason=StaffReason.UNKIND)
    await until(lambda: cleo.heard(Removed) and ben.heard(Removed) and mo.heard(Removed))
    await cleo.says("goes on")
    await hears(ana, "goes on")
    assert ana.heard(Removed) == []


async def test_it_holds_here_only_unless_everywhere_was_said(arrive: Arrive) -> None:
    ana, ben = await together(arrive, "ana", "ben")
    for someone in (ana, ben):
        await someone.does(Join, channel=DAY)
    seq = (await ben.says("from ben")).seq
    await blocks(ana, seq, ben)
    await ben.says("by day", channel=DAY)
    await hears(ana, "by day")
    await blocks(ana, seq, ben, scope=Scope.EVERYWHERE)
    await ben.says("by day again", channel=DAY)
    await hears(ben, "by day again")
    assert "by day again" not in words(ana)


async def test_it_follows_the_person_and_not_the_name(arrive: Arrive) -> None:
    ana, ben, cleo = await together(arrive, "ana", "ben", "cleo")
    await blocks(ana, (await ben.says("from ben")).seq, ben)
    await ben.does(Rename, channel=NIGHT)
    await ben.says("under another name")
    await hears(cleo, "under another name")
    await cleo.says("goes on")
    await hears(ana, "goes on")
    assert "under another name" not in words(ana)


async def test_it_is_listed_by_the_name_that_was_known_and_can_be_ended(arrive: Arrive) -> None:
    ana, ben = await together(arrive, "ana", "ben")
    seq = (await ben.says("from ben")).seq
    await blocks(ana, seq, ben)
    listed = await ana.does(Blocks)
    assert isinstance(listed, BlockList)
    assert [(each.handle, each.channel) for each in listed.blocks] == [(ben.connection.names[NIGHT], NIGHT)]
    assert (await ben.does(Blocks)).blocks == ()
    assert isinstance(await ana.does(Unblock, block=listed.blocks[0].block), Done)
    assert (await ana.does(Blocks)).blocks == ()
    await asyncio.sleep(0.1)
    await ben.says("ben again")
    await hears(ana, "ben again")
    assert isinstance(await ana.does(Unblock, block=listed.blocks[0].block), Done), "said again it is still so"


@pytest.mark.parametrize("whose", ["mine", "the team's"])
async def test_nobody_blocks_themselves_or_the_team(arrive: Arrive, whose: str) -> None:
    (ana,) = await together(arrive, "ana")
    author = ana if whose == "mine" else arrive("wren", Role.MODERATOR)
    if author is not ana:
        await author.does(Join, channel=NIGHT)
    seq = (await author.says("hello")).seq
    assert (await ana.does(Block, channel=NIGHT, seq=seq)).code == Code.FORBIDDEN


async def test_who_is_not_in_the_room_blocks_nobody_there(arrive: Arrive) -> None:
    assert (await arrive("ana").does(Block, channel=NIGHT, seq=1)).code == Code.NOT_JOINED


async def test_blocking_one_after_another_has_an_end(house: tuple[Services, Hub], arrive: Arrive) -> None:
    ana, ben = await together(arrive, "ana", "ben")
    seq = (await ben.says("from ben")).seq
    answers: list[Any] = [await ana.does(Block, channel=NIGHT, seq=seq) for _ in range(31)]
    assert [type(answer) for answer in answers[:30]] == [Done] * 30
    assert answers[30].code == Code.RATE


async def test_it_holds_in_every_process_at_once(settings: Settings, arrive: Arrive, services: Services) -> None:
    ana, cleo = await together(arrive, "ana", "cleo")
    quick = replace(settings, presence_jitter_ms=0, message_burst=100, default_country="GB")
    async with app.house(quick, settings.redis_url) as (others, hub):
        ben = Someone(others, hub, arrive("ben").connection.person)
        await ben.greets()
        await ben.does(Join, channel=NIGHT)
        await blocks(ana, (await ben.says("from ben")).seq, ben)
        await ana.says("from ana")
        await cleo.says("hello")
        await hears(ben, "hello")
        assert words(ben) == ["from ben", "hello"]
