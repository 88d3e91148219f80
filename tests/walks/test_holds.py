import os

import pytest

from loadtests.client import Refused
from tests.walks.house import House
from tests.walks.people import Moderator, Peer

NUMBER = "you can call me on +44 20 7946 0018 any time"


async def at_the_desk(house: House, room: str) -> tuple[Peer, Peer, Moderator]:
    ana, ben, mo = await house.peer(0), await house.peer(1), await house.moderator(at=1)
    for person in (ana, ben, mo):
        await person.joins(room)
    await mo.opens_the_desk()
    return ana, ben, mo


async def only_sees_the_marker(ana: Peer, ben: Peer) -> None:
    await ana.says("marker")
    await ben.hears("marker")
    assert ben.sees == ["marker"]


async def test_a_held_message_is_shown_to_nobody_and_its_author_knows(house: House, room: str) -> None:
    ana, ben, mo = await at_the_desk(house, room)
    held = await ana.says(NUMBER)
    assert (held["type"], held["why"], held["care"]) == ("held", "contact", False)
    assert held["text"] == NUMBER
    hold = await mo.finds_held(NUMBER)
    assert (hold["hold"], hold["why"], hold["channel"]) == (held["hold"], "contact", ana.channel)
    assert (await ana.is_told("held", hold=held["hold"]))["why"] == "contact"
    await only_sees_the_marker(ana, ben)


async def test_a_held_message_that_is_allowed_is_heard_by_everyone(house: House, room: str) -> None:
    ana, ben, mo = await at_the_desk(house, room)
    held = await ana.says(NUMBER)
    await mo.decides(await mo.finds_held(NUMBER), "allow")
    heard = await ben.hears(NUMBER)
    assert heard["client_id"] == held["client_id"]
    assert (await ana.is_told("hold_ended", hold=held["hold"]))["decision"] == "allow"
    assert (await mo.sees_at_the_desk("hold_settled", hold=held["hold"]))["by"] == "Mona"


async def test_a_held_message_that_is_refused_stays_with_its_author_with_the_reason(house: House, room: str) -> None:
    ana, ben, mo = await at_the_desk(house, room)
    held = await ana.says(NUMBER)
    await mo.decides(
        await mo.finds_held(NUMBER), "refuse", "contact", "Numbers stay out of the room, to keep you safe."
    )
    ended = await ana.is_told("hold_ended", hold=held["hold"])
    assert (ended["decision"], ended["reason"], ended["text"]) == ("refuse", "contact", NUMBER)
    assert ended["note"] == "Numbers stay out of the room, to keep you safe."
    await only_sees_the_marker(ana, ben)
    with pytest.raises(Refused):
        await ana.says(NUMBER, held["client_id"])


async def test_a_held_message_can_be_taken_back(house: House, room: str) -> None:
    ana, ben, mo = await at_the_desk(house, room)
    held = await ana.says(NUMBER)
    hold = await mo.finds_held(NUMBER)
    await ana.withdraws(held["client_id"])
    assert (await ana.is_told("hold_ended", hold=held["hold"]))["decision"] is None
    assert (await mo.sees_at_the_desk("hold_settled", hold=held["hold"]))["decision"] is None
    with pytest.raises(Refused) as no:
        await mo.decides(hold, "allow")
    assert no.value.code == "conflict"
    await only_sees_the_marker(ana, ben)


async def test_a_held_message_can_be_put_in_other_words(house: House, room: str) -> None:
    ana, ben, mo = await at_the_desk(house, room)
    held = await ana.says(NUMBER)
    await mo.finds_held(NUMBER)
    await ana.says("you can write to me here any time", replaces=held["client_id"])
    await ben.hears("you can write to me here any time")
    await mo.sees_at_the_desk("hold_settled", hold=held["hold"])
    assert ben.sees == ["you can write to me here any time"]


async def test_someone_else_cannot_take_it_back(house: House, room: str) -> None:
    ana, ben, mo = await at_the_desk(house, room)
    held = await ana.says(NUMBER)
    with pytest.raises(Refused) as no:
        await ben.withdraws(held["client_id"])
    assert no.value.code == "gone"
    await mo.decides(await mo.finds_held(NUMBER), "allow")
    await ben.hears(NUMBER)


async def test_of_two_moderators_the_first_decides(house: House, room: str) -> None:
    ana, _, mo = await at_the_desk(house, room)
    await ana.says(NUMBER)
    hold = await mo.finds_held(NUMBER)
    await mo.decides(hold, "allow")
    zoe = await house.moderator("Zoe")
    with pytest.raises(Refused) as no:
        await zoe.decides(hold, "refuse", "contact")
    assert no.value.code == "conflict"


async def test_a_held_message_that_is_sent_again_is_still_the_same(house: House, room: str) -> None:
    ana, ben, mo = await at_the_desk(house, room)
    client_id = os.urandom(16)
    held = await ana.says(NUMBER, client_id)
    assert (await ana.says(NUMBER, client_id))["hold"] == held["hold"]
    await mo.decides(await mo.finds_held(NUMBER), "allow")
    await ben.hears(NUMBER)
    await ana.is_told("hold_ended", hold=held["hold"])
    assert (await ana.says(NUMBER, client_id))["type"] == "posted"
    await ana.says("marker")
    await ben.hears("marker")
    assert ben.sees == [NUMBER, "marker"]


async def test_what_waits_is_there_for_who_opens_the_desk_later_and_for_its_author_after_a_reload(
    house: House, room: str
) -> None:
    ana, _, _ = await at_the_desk(house, room)
    held = await ana.says(NUMBER)
    await ana.loses_the_network()
    assert [each["hold"] for each in (await ana.comes_back())["held"]] == [held["hold"]]
    zoe = await house.moderator("Zoe")
    assert held["hold"] in [hold["hold"] for hold in (await zoe.opens_the_desk())["holds"]]


async def test_a_held_message_blocks_nothing_else(house: House, room: str) -> None:
    ana, ben, _ = await at_the_desk(house, room)
    await ana.says(NUMBER)
    await ana.says("still here")
    await ben.hears("still here")


async def test_a_peer_decides_nothing(house: House, room: str) -> None:
    ana, ben, mo = await at_the_desk(house, room)
    await ana.says(NUMBER)
    hold = await mo.finds_held(NUMBER)
    for command in ("desk", "hand"):
        with pytest.raises(Refused) as no:
            await ben.client.ask(command)
        assert no.value.code == "forbidden"
    with pytest.raises(Refused) as no:
        await ben.client.ask("decide", channel=hold["channel"], hold=hold["hold"], decision="allow")
    assert no.value.code == "forbidden"
