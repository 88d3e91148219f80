import asyncio

import pytest

from loadtests.client import Refused
from tests.walks.house import Build, House
from tests.walks.people import Moderator, Peer


async def together(house: House, room: str) -> tuple[Peer, Peer, Moderator]:
    ana, ben, mo = await house.peer(0), await house.peer(1), await house.moderator(at=1)
    for person in (ana, ben, mo):
        await person.joins(room)
    return ana, ben, mo


async def test_a_removed_message_is_gone_for_everyone_and_its_author_knows_why(house: House, room: str) -> None:
    ana, ben, mo = await together(house, room)
    await ana.says("a mistake")
    await ana.says("goes on")
    for person in (ana, ben):
        await person.hears("goes on")
    seq = await mo.number_of("a mistake")
    await mo.removes(seq, "unkind", "Please be kind to each other.")
    for person in (ana, ben, mo):
        await person.no_longer_sees("a mistake")
    told = await ana.is_told("yours_removed", gone=seq)
    assert (told["reason"], told["note"], told["text"]) == ("unkind", "Please be kind to each other.", "a mistake")
    late = await house.peer(0)
    await late.joins(room)
    await late.hears("goes on")
    assert late.sees == ["goes on"]


async def test_a_removal_can_be_undone_in_its_place(house: House, room: str) -> None:
    ana, ben, mo = await together(house, room)
    for text in ("one", "two", "three"):
        await ana.says(text)
    await ben.hears("three")
    seq = await mo.number_of("two")
    await mo.removes(seq)
    await ben.no_longer_sees("two")
    await mo.restores(seq)
    await ben.hears("two")
    assert ben.sees == ["one", "two", "three"]
    late = await house.peer(0)
    await late.joins(room)
    await late.hears("two")
    assert late.sees == ["one", "two", "three"]


async def test_a_removal_is_undone_by_who_made_it(house: House, room: str) -> None:
    ana, _, mo = await together(house, room)
    await ana.says("one")
    seq = await mo.number_of("one")
    await mo.removes(seq)
    zoe = await house.moderator("Zoe")
    await zoe.joins(room)
    with pytest.raises(Refused):
        await zoe.restores(seq)
    await mo.restores(seq)
    await ana.hears("one")


async def test_a_removal_is_final_after_a_while(build: Build) -> None:
    house = build(servers=1, undo_ms="200")
    ana, _, mo = await together_in_one(house)
    await ana.says("one")
    seq = await mo.number_of("one")
    await mo.removes(seq)
    await asyncio.sleep(0.4)
    with pytest.raises(Refused) as no:
        await mo.restores(seq)
    assert no.value.code == "gone"


async def together_in_one(house: House) -> tuple[Peer, Peer, Moderator]:
    room = house.fresh_room()
    ana, ben, mo = await house.peer(), await house.peer(), await house.moderator()
    for person in (ana, ben, mo):
        await person.joins(room)
    return ana, ben, mo


async def test_a_message_can_be_removed_once(house: House, room: str) -> None:
    ana, _, mo = await together(house, room)
    await ana.says("one")
    seq = await mo.number_of("one")
    await mo.removes(seq)
    with pytest.raises(Refused) as no:
        await mo.removes(seq)
    assert no.value.code == "no_message"


async def test_a_muted_peer_is_told_how_long_and_reads_on(house: House, room: str) -> None:
    ana, ben, mo = await together(house, room)
    await ana.says("something unkind")
    await mo.mutes(await mo.number_of("something unkind"), minutes=3, note="Take a little time.")
    told = await ana.is_told("muted", channel=ana.channel)
    assert (told["reason"], told["note"]) == ("unkind", "Take a little time.")
    no = await ana.is_refused("but")
    assert no.code == "muted"
    assert no.retry_ms is not None
    assert 170_000 < no.retry_ms <= 180_000
    await ben.says("We go on.")
    await ana.hears("We go on.")
    assert (await ana.asks_for_help())["type"] == "help_received"


async def test_a_mute_holds_in_every_tab_and_process_and_in_this_room_only(house: House, room: str) -> None:
    ana, _, mo = await together(house, room)
    await ana.says("something unkind")
    await mo.mutes(await mo.number_of("something unkind"))
    await ana.is_told("muted")
    other_tab = await house.peer(1, session=ana.client.session)
    assert (await other_tab.joins(room))["muted_until"] > 0
    assert (await other_tab.is_refused("but")).code == "muted"
    await other_tab.joins(house.fresh_room())
    assert (await other_tab.says("hello"))["type"] == "posted"


async def test_a_mute_everywhere_holds_everywhere(house: House, room: str) -> None:
    ana, _, mo = await together(house, room)
    await ana.says("something unkind")
    await mo.mutes(await mo.number_of("something unkind"), scope="everywhere")
    assert (await ana.is_told("muted"))["channel"] is None
    await ana.joins(house.fresh_room())
    assert (await ana.is_refused("hello")).code == "muted"


async def test_a_mute_can_be_ended_early(house: House, room: str) -> None:
    ana, ben, mo = await together(house, room)
    await mo.opens_the_desk()
    await ana.says("something unkind")
    await mo.mutes(await mo.number_of("something unkind"))
    mute = await mo.finds_mute()
    assert (await ana.is_refused("but")).code == "muted"
    await mo.unmutes(mute["mute"])
    await ana.is_told("unmuted")
    await ana.says("I am sorry.")
    await ben.hears("I am sorry.")


async def test_who_moderates_cannot_be_muted(house: House, room: str) -> None:
    _, _, mo = await together(house, room)
    await mo.says("Good evening.")
    with pytest.raises(Refused) as no:
        await mo.mutes(await mo.number_of("Good evening."))
    assert no.value.code == "forbidden"


async def test_who_is_banned_is_out_and_told_until_it_ends(house: House, room: str) -> None:
    ana, _, mo = await together(house, room)
    await mo.opens_the_desk()
    await ana.says("something that goes too far")
    await mo.bans(await mo.number_of("something that goes too far"))
    assert (await ana.is_told("banned", channel=ana.channel))["reason"] == "unkind"
    with pytest.raises(Refused) as no:
        await ana.joins(room)
    assert no.value.code == "removed"
    await mo.unbans((await mo.finds_ban())["ban"])
    await ana.is_told("unbanned")
    await ana.joins(room)


async def test_a_closed_room_takes_no_words_but_keeps_its_people(house: House, room: str) -> None:
    ana, ben, mo = await together(house, room)
    await mo.turns_the_door("closed")
    assert (await ana.is_refused("hello")).code == "closed"
    await mo.turns_the_door("open")
    await ana.says("hello again")
    await ben.hears("hello again")


async def test_a_report_reaches_the_desk_with_what_stood_around_it(house: House, room: str) -> None:
    ana, ben, mo = await together(house, room)
    await mo.opens_the_desk()
    for text in ("before", "the one", "after"):
        await ana.says(text)
    await ben.hears("after")
    answer = await ben.reports(await ben.number_of("the one"), "unkind", "That hurt.")
    assert answer == answer | {"type": "reported", "worried": False}
    arrived = await mo.finds_report()
    assert (arrived["text"], arrived["reason"], arrived["note"]) == ("the one", "unkind", "That hurt.")
    assert [event["text"] for _, event in arrived["context"]] == ["before", "the one", "after"]
    assert not ana.was_told("report_arrived")
    await mo.client.ask("settle_report", report=arrived["report"], outcome="acted")
    await mo.sees_at_the_desk("report_settled", report=arrived["report"])
    await ben.is_told("report_handled")


@pytest.mark.parametrize(
    "command",
    [
        {"kind": "remove", "seq": 1, "reason": "other"},
        {"kind": "restore", "seq": 1},
        {"kind": "mute", "seq": 1, "minutes": 1, "reason": "other"},
        {"kind": "slow_mode", "seconds": 1},
        {"kind": "gate", "state": "closed"},
        {"kind": "escalate", "seq": 1, "urgency": "serious"},
    ],
    ids=lambda command: command["kind"],
)
async def test_a_peer_moderates_nobody(house: House, room: str, command: dict[str, object]) -> None:
    ana = await house.peer()
    await ana.joins(room)
    await ana.says("hello")
    kind = str(command["kind"])
    fields = {name: value for name, value in command.items() if name != "kind"}
    with pytest.raises(Refused) as no:
        await ana.client.ask(kind, channel=ana.channel, **fields)
    assert no.value.code == "forbidden"
