"""Going in and out, names, history and what is seen from outside."""

from dataclasses import replace

import pytest
from msgspec import msgpack

from server import app
from server.actions import rooms
from server.actions.services import Services
from server.config import Settings
from server.domain import handles
from server.domain.accounts import Person
from server.protocol.commands import History, Join, Leave, Rename, Typing
from server.protocol.events import Done, Here, Joined, Named, Page, Said, Writing
from server.protocol.fields import Resumption
from server.protocol.people import Role
from server.protocol.refusals import Code, Refused
from server.store import keys
from tests.actions.conftest import NIGHT, Arrive, Someone
from tests.waiting import until


async def test_a_peer_is_given_a_gentle_name_and_keeps_it(arrive: Arrive) -> None:
    first = await arrive("ana").does(Join, channel=NIGHT)
    again = await arrive("ana").does(Join, channel=NIGHT)
    other = await arrive("ben").does(Join, channel=NIGHT)
    assert isinstance(first, Joined)
    assert first.handle.count("-") == 2
    assert again.handle == first.handle != other.handle


@pytest.mark.parametrize("channel", ["room:no-such-room", "ticket:aaaa"])
async def test_what_is_not_there_and_what_is_not_yours_are_one_answer_75(arrive: Arrive, channel: str) -> None:
    assert (await arrive("ana").does(Join, channel=channel)).code == Code.NO_ROOM


async def test_who_was_removed_from_a_room_does_not_come_in(arrive: Arrive, services: Services) -> None:
    await services.store.link.client.set(keys.ban(NIGHT, "ana".ljust(32, "0")), "b", px=60_000)
    assert (await arrive("ana").does(Join, channel=NIGHT)).code == Code.REMOVED


async def test_the_eleventh_room_is_one_too_many_77(arrive: Arrive) -> None:
    ana = arrive("ana")
    ana.connection.names.update({f"room:{number}": "x" for number in range(10)})
    assert (await ana.does(Join, channel=NIGHT)).code == Code.LIMIT


async def test_joining_twice_is_joining_once_78(arrive: Arrive) -> None:
    ana, ben = arrive("ana"), arrive("ben")
    for someone in (ana, ana, ben):
        assert isinstance(await someone.does(Join, channel=NIGHT), Joined)
    await ben.says("hello")
    await until(lambda: ana.heard(Said))
    assert len(ana.heard(Said)) == 1


async def test_who_left_hears_nothing_more(arrive: Arrive) -> None:
    ana, ben = arrive("ana"), arrive("ben")
    for someone in (ana, ben):
        await someone.does(Join, channel=NIGHT)
    assert isinstance(await ana.does(Leave, channel=NIGHT), Done)
    await ben.says("hello")
    await until(lambda: ben.heard(Said))
    assert ana.heard(Said) == []


async def test_a_name_of_ones_own_is_taken_and_seen(arrive: Arrive) -> None:
    ana = arrive("ana")
    await ana.does(Join, channel=NIGHT)
    named = await ana.does(Rename, channel=NIGHT, handle="Kitchen Radio")
    assert isinstance(named, Named)
    assert named.handle == "Kitchen Radio"
    await ana.says("hello")
    await until(lambda: ana.heard(Said))
    assert ana.heard(Said)[0].handle == "Kitchen Radio"


@pytest.mark.parametrize("handle", ["Moderator", "07700 900123", "ana@example.org", "x", "\u0430dmin", "insta kate99"])
async def test_a_name_that_leads_to_someone_or_pretends_is_refused_with_three_others(
    arrive: Arrive, services: Services, handle: str
) -> None:
    ana = arrive("ana")
    await ana.does(Join, channel=NIGHT)
    refused = await ana.does(Rename, channel=NIGHT, handle=handle)
    assert refused.code == Code.BAD_HANDLE
    assert len(set(refused.offers)) == 3
    assert all(handles.check(offer, services.handle_words) for offer in refused.offers)


async def test_a_name_in_use_and_one_not_allowed_are_one_answer_99(arrive: Arrive) -> None:
    ana, ben = arrive("ana"), arrive("ben")
    for someone in (ana, ben):
        await someone.does(Join, channel=NIGHT)
    await ana.does(Rename, channel=NIGHT, handle="Kitchen Radio")
    taken = await ben.does(Rename, channel=NIGHT, handle="kitchen-radio")
    assert taken.code == Code.BAD_HANDLE


async def test_another_name_is_another(arrive: Arrive) -> None:
    ana = arrive("ana")
    joined = await ana.does(Join, channel=NIGHT)
    assert (await ana.does(Rename, channel=NIGHT)).handle != joined.handle


async def test_a_second_tab_speaks_under_the_name_that_the_first_one_took(arrive: Arrive) -> None:
    one, other = arrive("ana"), arrive("ana")
    for tab in (one, other):
        await tab.does(Join, channel=NIGHT)
    named = await one.does(Rename, channel=NIGHT)
    await other.says("hello")
    await until(lambda: one.heard(Said))
    assert one.heard(Said)[0].handle == named.handle


async def test_history_comes_in_pages_and_ends(arrive: Arrive) -> None:
    ana = arrive("ana")
    await ana.does(Join, channel=NIGHT)
    for number in range(5):
        await ana.says(f"line {number}")
    page = await ana.does(History, channel=NIGHT, before=5, limit=3)
    assert isinstance(page, Page)
    assert (len(page.frames), page.more) == (3, True)
    page = await ana.does(History, channel=NIGHT, before=2, limit=3)
    assert (len(page.frames), page.more) == (1, False)


async def test_a_position_is_resumed_after_what_was_seen(arrive: Arrive) -> None:
    ana, ben = arrive("ana"), arrive("ben")
    joined = await ana.does(Join, channel=NIGHT)
    await ben.does(Join, channel=NIGHT)
    for number in range(4):
        await ben.says(f"line {number}")
    back = arrive("ana")
    seen = joined.position.__class__(epoch=joined.position.epoch, seq=2)
    resumed = await back.does(Join, channel=NIGHT, since=seen)
    assert resumed.resumed is Resumption.RESUMED
    assert [said.text for said in back.heard(Said)] == ["line 2", "line 3"]


@pytest.mark.parametrize(
    ("epoch", "seq", "resumed"),
    [(0, 99, Resumption.AHEAD), (1, 0, Resumption.EPOCH)],
    ids=["84 ahead of the top", "85 another epoch"],
)
async def test_a_position_that_can_not_be_resumed_is_said_so_with_recent_history(
    arrive: Arrive, epoch: int, seq: int, resumed: Resumption
) -> None:
    ben = arrive("ben")
    joined = await ben.does(Join, channel=NIGHT)
    await ben.says("hello")
    await until(lambda: ben.heard(Said))
    ana = arrive("ana")
    since = joined.position.__class__(epoch=joined.position.epoch + epoch, seq=seq)
    assert (await ana.does(Join, channel=NIGHT, since=since)).resumed is resumed
    assert [said.text for said in ana.heard(Said)] == ["hello"]


async def test_presence_lists_peers_and_staff_apart(arrive: Arrive) -> None:
    ana, wren = arrive("ana"), arrive("wren", Role.MODERATOR)
    joined = await ana.does(Join, channel=NIGHT)
    await wren.does(Join, channel=NIGHT)
    await until(lambda: ana.heard(Here) and ana.heard(Here)[-1].staff)
    assert ana.heard(Here)[-1].handles == (joined.handle,)
    assert ana.heard(Here)[-1].staff == ("wren",)


async def test_writing_is_a_count_without_names(arrive: Arrive) -> None:
    ana, ben = arrive("ana"), arrive("ben")
    for someone in (ana, ben):
        await someone.does(Join, channel=NIGHT)
    for _ in range(5):
        assert await ana.does(Typing, channel=NIGHT) is None
    await until(lambda: ben.heard(Writing))
    assert ben.heard(Writing)[0].people == 1


async def test_a_preview_shows_the_last_messages_and_no_names(arrive: Arrive, services: Services) -> None:
    ana = arrive("ana")
    await ana.does(Join, channel=NIGHT)
    await ana.says("hello")
    preview = await rooms.preview(services, "evening")
    assert [glimpse.text for glimpse in preview.messages] == ["hello"]
    with pytest.raises(Refused):
        await rooms.preview(services, "no-such-room")


async def test_moderators_read_what_stands_around_a_message_without_being_shown_as_here(arrive: Arrive) -> None:
    ana, wren = arrive("ana"), arrive("wren", Role.MODERATOR)
    await ana.does(Join, channel=NIGHT)
    await ana.says("hello")
    page = await wren.does(History, channel=NIGHT, before=5, limit=3)
    assert len(page.frames) == 1
    assert NIGHT not in wren.connection.names
    assert (await wren.does(History, channel="room:no-such-room", before=5)).code == Code.NO_ROOM
    assert (await arrive("ben").does(History, channel=NIGHT, before=5)).code == Code.NOT_JOINED


async def test_a_page_of_long_messages_is_cut_before_it_makes_its_reader_too_slow(settings: Settings) -> None:
    small = replace(settings, message_burst=100, unsent_bytes=8_192)
    async with app.house(small, settings.redis_url) as (services, hub):
        ana = Someone(services, hub, Person(id="a" * 32, role=Role.PEER, name="", session="a"))
        await ana.does(Join, channel=NIGHT)
        words = "amber birch cedar dusk ember fern grove hazel".split()
        texts = [" ".join(words[(first + place) % 8] for place in range(180)) for first in range(8)]
        for text in texts:
            await ana.says(text)
        read: list[str] = []
        before, pages = len(texts) + 1, 0
        while True:
            page = await ana.does(History, channel=NIGHT, before=before, limit=100)
            assert 0 < sum(len(bytes(frame)) for frame in page.frames) <= 4_096
            numbered = [msgpack.decode(frame) for frame in page.frames]
            read = [event["text"] for _, event in numbered] + read
            before, pages = numbered[0][0], pages + 1
            if not page.more:
                break
        assert read == texts
        assert pages > 1
