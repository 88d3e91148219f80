"""The whole evening over real sockets and two processes: the queue, the one-to-one, worry, and goodbye."""

import os

import pytest

from loadtests.client import Refused
from loadtests.following import SUPERVISION
from loadtests.session import Denied, Session
from tests.walks.house import PASSPHRASE, Build, House
from tests.walks.people import Peer


async def at_the_desk(house: House, name: str, at: int = 0, role: str = "listener") -> Peer:
    session = Session()
    await session.accept(house.servers[at].url, house.invitation(role), name, PASSPHRASE)
    peer = Peer(house.client(at, session=session))
    await peer.client.open()
    return peer


async def listener(house: House, name: str, at: int = 0, role: str = "listener") -> Peer:
    peer = await at_the_desk(house, name, at, role)
    await peer.client.ask("listen", availability="available")
    return peer


async def waits(peer: Peer, **more: object) -> dict[str, object]:
    queued = await peer.client.ask("queue", client_id=os.urandom(16), **more)
    place = queued["place"]
    assert isinstance(place, dict)
    return place


async def they_talk(house: House, name: str, draft: str = "it has been a long week") -> tuple[Peer, Peer, str]:
    ana = await house.peer(0)
    await waits(ana, draft=draft, wish={"topic": "work", "style": "listen", "avoid": ["advice"]})
    wren = await listener(house, name, at=1)
    offer = (await wren.is_told("offered"))["offer"]
    assert (offer["wish"]["topic"], offer["wish"]["avoid"]) == ("work", ["advice"])
    await wren.client.ask("accept", offer=offer["offer"])
    channel = (await ana.is_told("one_began"))["one"]["channel"]
    for person in (ana, wren):
        await person.joins(channel)
    return ana, wren, channel


async def rests(wren: Peer) -> None:
    """The house is shared: nobody of this test may be offered anyone of the next."""
    await wren.client.ask("listen", availability="off")


async def test_an_evening_from_the_queue_to_goodbye(house: House) -> None:
    ana, wren, channel = await they_talk(house, "Wren")
    await wren.hears("it has been a long week")
    await wren.says("I am Wren. I have read it.")
    await ana.hears("I am Wren. I have read it.")
    await ana.client.ask("type_slowly", channel=channel)
    await ana.client.ask("extend", channel=channel)
    await wren.client.ask("extend", channel=channel)
    await ana.client.until(lambda: list(ana.client.of(channel).of("one_extended")))
    mo = await house.moderator(at=0)
    await mo.opens_the_desk()
    await wren.client.ask("worried", channel=channel, urgency="serious")
    ticket = await mo.finds_ticket(channel=channel)
    assert ticket["source"] == "listener"
    await ana.says("I am still here.")
    await wren.hears("I am still here.")
    await ana.client.ask("goodbye", channel=channel)
    for person in (ana, wren):
        ended = await person.is_told("one_ended")
        assert (ended["why"], ended["waits"]) == ("goodbye", False)
    state = await wren.client.ask("listening")
    assert (state["duties"]["state"], state["ones"]) == ("wrap_up", [])
    await rests(wren)


async def test_nobody_on_duty_is_said_outright_and_a_place_survives_a_reload(house: House) -> None:
    ana = await house.peer(0)
    place = await waits(ana, draft="nobody has read this yet")
    assert (place["listeners"], place["free"]) == (0, 0)
    await ana.client.ask("queue_draft", draft="nor this")
    again = await house.peer(1, session=ana.client.session)
    state = await again.client.ask("listening")
    assert (state["draft"], state["place"]["since"]) == ("nor this", place["since"])
    await again.notices("queue_place")
    await again.client.ask("leave_queue")
    await again.is_told("queue_ended", why="left")


async def test_a_skipped_person_waits_on(house: House) -> None:
    ana = await house.peer(0)
    await waits(ana)
    lark = await listener(house, "Lark", at=1)
    offer = (await lark.is_told("offered"))["offer"]["offer"]
    await lark.client.ask("skip", offer=offer, reason="too_close")
    await lark.is_told("offer_ended", offer=offer, why="skipped")
    assert (await ana.client.ask("listening"))["place"] is not None
    await rests(lark)
    await ana.client.ask("leave_queue")


async def test_who_is_never_to_be_met_again_is_not_offered_until_it_is_taken_back(house: House) -> None:
    ana, wren, channel = await they_talk(house, "Avocet")
    await ana.client.ask("goodbye", channel=channel, apart=True)
    await wren.is_told("one_ended")
    (block,) = await ana.has_blocked()
    assert (block["channel"], block["handle"]) == (channel, "Avocet")
    lark = await listener(house, "Dotterel", at=0)
    await waits(ana)
    await lark.is_told("offered")
    assert len(wren.was_told("offered")) == 1
    assert not wren.was_told("blocked")
    await ana.unblocks(block["block"])
    assert await ana.has_blocked() == []
    await ana.client.ask("leave_queue")
    for each in (wren, lark):
        await rests(each)


async def test_abuse_is_stopped_at_once_and_moderators_see_what_was_said(house: House) -> None:
    mo = await house.moderator(at=0)
    await mo.opens_the_desk()
    ana, ibis, channel = await they_talk(house, "Ibis", draft="something vile")
    mo.channel = channel
    await ibis.hears("something vile")
    await ibis.client.ask("abusive", channel=channel, abuse="sexual")
    assert (await ana.is_told("one_ended"))["why"] == "stopped"
    report = await mo.finds_report()
    assert (report["reason"], report["text"]) == ("sexual", "something vile")
    assert (await ana.is_refused("what")).code in ("closed", "not_joined")
    assert (await ibis.client.ask("listening"))["duties"]["state"] == "break"
    await rests(ibis)


async def test_a_worried_listener_hears_who_has_taken_it_and_what_they_asked_is_on_record(house: House) -> None:
    mo = await house.moderator(at=0)
    await mo.opens_the_desk()
    _, lark, channel = await they_talk(house, "Handbook Lark")
    book = await lark.client.ask("open_handbook", lang="es")
    assert book["questions"][0]["text"].startswith("¿")
    await lark.client.ask("risk_asked", channel=channel, question=book["questions"][0]["id"])
    await lark.client.ask("worried", channel=channel, urgency="serious")
    await mo.goes_on_duty()
    await mo.takes((await mo.finds_ticket(channel=channel))["ticket"])
    await lark.is_told("worry_taken", channel=channel, name="Mona")
    await lark.client.ask("goodbye", channel=channel)
    await rests(lark)


async def test_a_stranger_finds_no_one_to_one(house: House) -> None:
    _, heron, channel = await they_talk(house, "Heron")
    ben = await house.peer(0)
    with pytest.raises(Refused) as no:
        await ben.joins(channel)
    assert no.value.code == "no_room"
    await heron.client.ask("goodbye", channel=channel)
    await rests(heron)


async def test_what_was_felt_is_counted_and_what_was_written_goes_to_a_supervisor_first(house: House) -> None:
    ana, finch, channel = await they_talk(house, "Finch")
    await ana.client.ask("goodbye", channel=channel)
    await ana.client.ask("felt_heard", channel=channel, felt="yes", words="Thank you for staying.")
    await ana.client.ask("rate_again", channel=channel, how_hard=2)
    sue = await listener(house, "Sue", role="supervisor")
    told = (await sue.client.ask("feedbacks"))["feedbacks"]
    mine = next(each for each in told if each["name"] == "Finch")
    await sue.client.ask("settle_feedback", feedback=mine["feedback"], pass_on=True)
    await finch.is_told("feedback_passed", feedback=mine["feedback"])
    numbers = await finch.client.ask("own_numbers")
    assert (numbers["yes"], [each["words"] for each in numbers["words"]]) == (0, ["Thank you for staying."])
    await rests(finch)
    await rests(sue)


async def test_a_supervisor_comes_in_openly_and_both_are_told(house: House) -> None:
    ana, robin, channel = await they_talk(house, "Robin")
    vera = await listener(house, "Vera", role="supervisor")
    await rests(vera)
    await vera.joins(channel)
    for person in (ana, robin):
        await person.client.until(lambda person=person: list(person.client.of(channel).of("one_entered")))  # type: ignore[misc]
        assert next(person.client.of(channel).of("one_entered"))["name"] == "Vera"
    await robin.client.ask("goodbye", channel=channel)
    await rests(robin)


async def test_someone_who_says_late_that_they_are_under_18_is_told_what_is_so_and_waits_for_nobody_in_vain(
    build: Build,
) -> None:
    house = build(1, under_18="open", safeguarding_contact="Sister Irene", wait_minute_ms="400")
    sue, wren = await listener(house, "Smew", role="supervisor"), await listener(house, "Wren")
    for each in (sue, wren):
        await rests(each)
    await sue.client.ask("duty", state="on")
    await sue.client.follow_supervision()
    ana = await house.peer()
    assert not (await waits(ana))["under_18"]
    await ana.client.session.enter(house.servers[0].url, age="minor")
    assert (await ana.client.ask("listening"))["place"]["under_18"]
    await wren.client.ask("listen", availability="available")
    assert (await ana.is_told("queue_ended"))["why"] == "in_vain"
    await sue.client.until(lambda: list(sue.client.of(SUPERVISION).of("age_untaken")))
    assert not wren.was_told("offered"), "never an adult with a minor"


async def test_where_young_people_are_not_let_in_a_late_word_of_age_ends_the_wait(house: House) -> None:
    ana = await house.peer(0)
    await waits(ana)
    with pytest.raises(Denied):
        await ana.client.session.enter(house.servers[0].url, age="minor")
    await ana.is_told("queue_ended", why="left")
