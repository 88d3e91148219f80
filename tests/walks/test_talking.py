import asyncio

import pytest

from loadtests.client import Refused
from tests.walks.house import House
from tests.walks.people import Peer


async def in_the_room(house: House, room: str, places: tuple[int, ...]) -> list[Peer]:
    peers = [await house.peer(at) for at in places]
    for peer in peers:
        await peer.joins(room)
    return peers


async def test_people_in_different_processes_hear_each_other(house: House, room: str) -> None:
    ana, ben = await in_the_room(house, room, (0, 1))
    await ana.says("Is anyone awake?")
    heard = await ben.hears("Is anyone awake?")
    assert (heard["voice"], heard["handle"]) == ("peer", ana.client.rooms[ana.channel]["handle"])
    await ben.says("I am.")
    await ana.hears("I am.")


async def test_everyone_hears_everything_in_the_same_order(house: House, room: str) -> None:
    peers = await in_the_room(house, room, (0, 1, 0, 1))
    said = [f"{place}:{turn}" for turn in range(25) for place in range(len(peers))]
    await asyncio.gather(*(peers[int(text[0])].says(text) for text in said))
    for peer in peers:
        await peer.hears_in_all(len(said))
    assert sorted(peers[0].sees) == sorted(said)
    assert all(peer.sees == peers[0].sees for peer in peers)
    for place in range(len(peers)):
        own = [text for text in peers[0].sees if text.startswith(f"{place}:")]
        assert own == [f"{place}:{turn}" for turn in range(25)], "one person's words keep their order"


async def test_an_answer_and_the_echo_are_the_same_message(house: House, room: str) -> None:
    (ana,) = await in_the_room(house, room, (0,))
    posted = await ana.says("Hello.")
    heard = await ana.hears("Hello.")
    assert (posted["id"], posted["client_id"]) == (heard["id"], heard["client_id"])
    assert ana.client.of(ana.channel).events[posted["seq"]] == heard


async def test_who_comes_later_sees_what_was_said(house: House, room: str) -> None:
    (ana,) = await in_the_room(house, room, (0,))
    for turn in range(5):
        await ana.says(f"line {turn}")
    ben = await house.peer(1)
    joined = await ben.joins(room)
    assert joined["resumed"] == "fresh"
    await ben.hears("line 4")
    assert ben.sees == [f"line {turn}" for turn in range(5)]


async def test_earlier_messages_come_page_by_page(house: House, room: str) -> None:
    (ana,) = await in_the_room(house, room, (0,))
    for turn in range(6):
        last = await ana.says(f"line {turn}")
    newest = await ana.client.ask("history", channel=ana.channel, before=last["seq"], limit=3)
    assert [event["text"] for _, event in newest["frames"]] == ["line 2", "line 3", "line 4"]
    assert newest["more"] is True
    oldest = await ana.client.ask("history", channel=ana.channel, before=newest["frames"][0][0], limit=3)
    assert [event["text"] for _, event in oldest["frames"]] == ["line 0", "line 1"]
    assert oldest["more"] is False


async def test_names_are_given_kept_and_never_shared(house: House, room: str) -> None:
    ana, ben = await in_the_room(house, room, (0, 1))
    names = [peer.client.rooms[peer.channel]["handle"] for peer in (ana, ben)]
    assert len(set(names)) == 2
    assert (await ana.joins(room))["handle"] == names[0], "joining twice changes nothing"
    elsewhere = house.fresh_room()
    assert (await ana.joins(elsewhere))["handle"] != names[0], "nobody is known from room to room"


async def test_a_name_of_ones_own_is_used_from_then_on_and_not_given_twice(house: House, room: str) -> None:
    ana, ben = await in_the_room(house, room, (0, 1))
    named = await ana.client.ask("rename", channel=ana.channel, handle="Little Fern")
    assert named["handle"] == "Little Fern"
    await ana.says("It is me.")
    assert (await ben.hears("It is me."))["handle"] == "Little Fern"
    with pytest.raises(Refused) as no:
        await ben.client.ask("rename", channel=ben.channel, handle="little fern")
    assert no.value.code == "bad_handle"
    assert len(no.value.offers) == 3


async def test_who_is_here_is_told_to_those_who_are(house: House, room: str) -> None:
    ana, ben = await in_the_room(house, room, (0, 1))
    await ana.notices("here", channel=ana.channel, people=2)
    await ben.leaves()
    await ana.notices("here", channel=ana.channel, people=1)


async def test_writing_is_a_count_without_names(house: House, room: str) -> None:
    ana, ben = await in_the_room(house, room, (0, 1))
    await ben.client.tell("typing", channel=ben.channel)
    noticed = await ana.notices("writing", channel=ana.channel, people=1)
    assert set(noticed) == {"type", "channel", "people"}
    await ben.says("There.")
    await ana.hears("There.")


async def test_who_has_left_hears_nothing_more(house: House, room: str) -> None:
    ana, ben = await in_the_room(house, room, (0, 1))
    await ben.leaves()
    await ana.says("Are you there?")
    other = house.fresh_room()
    await ben.joins(other)
    await ben.says("marker")
    await ben.hears("marker")
    assert "Are you there?" not in ben.client.texts(ana.channel)


async def test_two_tabs_of_one_person_are_one_person(house: House, room: str) -> None:
    (ana,) = await in_the_room(house, room, (0,))
    other_tab = await house.peer(1, session=ana.client.session)
    joined = await other_tab.joins(room)
    assert joined["handle"] == ana.client.rooms[ana.channel]["handle"]
    await ana.says("From the first tab.")
    await other_tab.hears("From the first tab.")
    await ana.notices("here", channel=ana.channel, people=1)


async def test_the_fourth_connection_of_a_person_takes_the_place_of_the_oldest(house: House, room: str) -> None:
    (ana,) = await in_the_room(house, room, (0,))
    others = [await house.peer(place % 2, session=ana.client.session) for place in range(1, 4)]
    await ana.client.until(lambda: ana.client.close_code)
    assert ana.client.close_code == 4409
    assert all(other.client.is_open for other in others)


async def test_what_shows_as_code_is_shown_as_it_was_written(house: House, room: str) -> None:
    ana, ben = await in_the_room(house, room, (0, 1))
    for text in (
        "<script>alert(1)</script>",
        '<img src=x onerror="alert(1)">',
        "{{7*7}} ${7*7} **bold** <svg/onload=alert(1)>",
        "*3\r\n$3\r\nSET".replace("\r", ""),
        "room:{night}:*",
    ):
        await ana.says(text)
        await ben.hears(text)


async def test_marks_that_turn_the_page_around_are_taken_out(house: House, room: str) -> None:
    ana, ben = await in_the_room(house, room, (0, 1))
    posted = await ana.says("abc\u202edef\x00\x1b[31m")
    assert posted["text"] is not None
    assert not set("\u202e\x00\x1b") & set(posted["text"])
    await ben.hears(posted["text"])


async def test_letters_of_every_script_arrive_as_they_were(house: House, room: str) -> None:
    ana, ben = await in_the_room(house, room, (0, 1))
    long_word = "Donaudampfschifffahrtsgesellschaftskapitän" * 3
    for text in ("שלום לכולם", "مرحبا", "👩‍👩‍👧 ok", "क्षत्रिय", "日本語", "hm" + "m" * 40, long_word):
        await ana.says(text)
        await ben.hears(text)
