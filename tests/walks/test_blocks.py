import pytest

from loadtests.client import Refused
from tests.walks.house import House


async def test_two_people_no_longer_meet_in_a_room_and_a_third_hears_both(house: House, room: str) -> None:
    ana, ben, cleo = await house.peer(0), await house.peer(1), await house.peer(1)
    for person in (ana, ben, cleo):
        await person.joins(room)
    await ben.says("from ben")
    await ana.blocks(await ana.number_of("from ben"))
    await ana.is_told("blocked", channel=ana.channel)
    await cleo.says("goes on")
    for person in (ana, ben):
        await person.hears("goes on")
    await ana.says("from ana")
    await ben.says("ben again")
    for text in ("from ana", "ben again"):
        await cleo.hears(text)
    await cleo.says("and on")
    for person in (ana, ben):
        await person.hears("and on")
    assert "ben again" not in ana.sees
    assert "from ana" not in ben.sees
    assert not ben.was_told("blocked")
    await ben.loses_the_network()
    await ben.comes_back()
    await cleo.says("to the end")
    await ben.hears("to the end")
    assert "from ana" not in ben.sees


async def test_a_block_is_found_again_and_ended(house: House, room: str) -> None:
    ana, ben = await house.peer(0), await house.peer(1)
    for person in (ana, ben):
        await person.joins(room)
    await ben.says("from ben")
    await ana.blocks(await ana.number_of("from ben"), "everywhere")
    (block,) = await ana.has_blocked()
    assert (block["channel"], block["scope"]) == (ana.channel, "everywhere")
    await ana.unblocks(block["block"])
    assert await ana.has_blocked() == []
    assert await ben.has_blocked() == []
    await ben.says("ben again")
    await ana.hears("ben again")


async def test_the_team_blocks_nobody(house: House, room: str) -> None:
    mo, ben = await house.moderator(), await house.peer()
    for person in (mo, ben):
        await person.joins(room)
    await ben.says("from ben")
    with pytest.raises(Refused) as no:
        await mo.blocks(await mo.number_of("from ben"))
    assert no.value.code == "forbidden"
