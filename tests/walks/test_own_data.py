"""Own data over real sockets and two processes: what is kept, taken back, wiped, and found again by return words."""

import pytest

from loadtests.session import Denied, Session
from tests.walks.house import House
from tests.walks.test_listening import rests, they_talk


async def test_what_is_kept_is_told_and_a_message_is_taken_back(house: House, room: str) -> None:
    ana, ben = await house.peer(0), await house.peer(1)
    for person in (ana, ben):
        await person.joins(room)
    await ana.says("said too much")
    await ben.hears("said too much")
    kept = await ana.client.ask("my_data")
    assert [each["messages"] for each in kept["rooms"]] == [1]
    await ana.client.ask("delete_mine", channel=ana.channel, seq=await ana.number_of("said too much"))
    for person in (ana, ben):
        await person.no_longer_sees("said too much")


async def test_a_wipe_is_done_and_told(house: House, room: str) -> None:
    ana, stork, _ = await they_talk(house, "Stork", draft="only for Stork")
    await stork.hears("only for Stork")
    await ana.client.ask("wipe")
    await ana.is_told("wiped")
    await stork.is_told("one_ended")
    await stork.no_longer_sees("only for Stork")
    assert (await ana.client.ask("my_data"))["ones"] == []
    await rests(stork)


async def test_on_another_device_the_same_names_and_blocks_are_there(house: House, room: str) -> None:
    ana, ben = await house.peer(0), await house.peer(1)
    handle = (await ana.joins(room))["handle"]
    await ben.joins(room)
    await ben.says("from ben")
    await ana.blocks(await ana.number_of("from ben"))
    words = (await ana.client.ask("give_return_words", language="es"))["words"]
    await ana.client.ask("keep_summary", text="Work has been hard.")
    elsewhere = Session()
    given = await elsewhere.come_back(house.servers[1].url, " ".join(words))
    again = await house.peer(1, session=elsewhere)
    assert (await again.joins(room))["handle"] == handle
    assert len(await again.has_blocked()) == 1
    assert (await again.client.ask("my_data"))["summary"] == "Work has been hard."
    with pytest.raises(Denied) as no:
        await Session().come_back(house.servers[0].url, " ".join(words))
    assert (no.value.status, no.value.code) == (403, "forbidden")
    await again.client.ask("forget_return_words")
    with pytest.raises(Denied):
        await Session().come_back(house.servers[0].url, " ".join(given))


async def test_a_listener_reads_what_the_peer_wants_them_to_know(house: House) -> None:
    ana, heron, channel = await they_talk(house, "Hobby")
    await ana.client.ask("give_return_words")
    await ana.client.ask("keep_summary", text="I have told this before.", share=True)
    assert (await heron.client.ask("shared_summary", channel=channel))["text"] == "I have told this before."
    await ana.client.ask("goodbye", channel=channel)
    await rests(heron)
