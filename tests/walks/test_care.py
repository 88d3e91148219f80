import os

import pytest

from loadtests.client import Refused
from tests.walks.house import House
from tests.walks.people import Moderator, Peer

WORRYING = "i want to die and i don't know what to do"


async def with_someone_on_duty(house: House, room: str) -> tuple[Peer, Peer, Moderator]:
    ana, ben, mo = await house.peer(0), await house.peer(1), await house.moderator(at=1)
    for person in (ana, ben, mo):
        await person.joins(room)
    await mo.opens_the_desk()
    await mo.goes_on_duty()
    await ana.knows_on_duty("Mona")
    return ana, ben, mo


async def test_a_worrying_message_brings_a_card_to_its_author_and_a_ticket_to_the_desk(house: House, room: str) -> None:
    ana, ben, mo = await with_someone_on_duty(house, room)
    await ana.says(WORRYING)
    card = await ana.is_told("help_card")
    assert (card["kind"], card["channel"], card["asked"]) == ("worry", ana.channel, True)
    ticket = await mo.finds_ticket(channel=ana.channel)
    assert (ticket["source"], ticket["state"], ticket["text"]) == ("screening", "open", WORRYING)
    assert ticket["ticket"] == card["ticket"]
    await ben.hears(WORRYING)
    await ana.says("marker")
    await ben.hears("marker")
    assert not ben.was_told("help_card"), "nobody else learns of it"


async def test_the_card_comes_before_the_answer(house: House, room: str) -> None:
    ana, _, mo = await with_someone_on_duty(house, room)
    await ana.says(WORRYING)
    heard = [event["type"] for event in ana.client.heard]
    assert "help_card" in heard or ana.was_told("help_card")
    await mo.finds_ticket(channel=ana.channel)


async def test_who_takes_a_ticket_talks_with_that_person_alone(house: House, room: str) -> None:
    ana, ben, mo = await with_someone_on_duty(house, room)
    await ana.says(WORRYING)
    ticket = await mo.finds_ticket(channel=ana.channel)
    held = await mo.takes(ticket["ticket"])
    told = await ana.is_told("ticket_taken", ticket=ticket["ticket"])
    assert (told["name"], told["voice"]) == ("Mona", "moderator")
    thread = f"ticket:{ticket['ticket']}"
    await ana.joins(thread)
    await mo.joins(thread)
    await mo.says("Hello. I have read what you wrote. Are you safe right now?")
    await ana.hears("Hello. I have read what you wrote. Are you safe right now?")
    await ana.says("I think so.")
    await mo.hears("I think so.")
    with pytest.raises(Refused) as no:
        await ben.joins(thread)
    assert no.value.code == "no_room"
    await mo.finds_ticket(ticket=ticket["ticket"], state="in_contact")
    await mo.settles(held)
    await ana.is_told("ticket_settled", ticket=ticket["ticket"])


async def test_one_person_takes_a_ticket(house: House, room: str) -> None:
    ana, _, mo = await with_someone_on_duty(house, room)
    await ana.asks_for_help()
    ticket = await mo.finds_ticket(channel=ana.channel)
    await mo.takes(ticket["ticket"])
    zoe = await house.moderator("Zoe")
    with pytest.raises(Refused) as no:
        await zoe.takes(ticket["ticket"])
    assert no.value.code == "conflict"


async def test_help_that_is_asked_for_is_at_the_desk(house: House, room: str) -> None:
    ana, _, mo = await with_someone_on_duty(house, room)
    received = await ana.asks_for_help()
    assert received["staff"] >= 1
    ticket = await mo.finds_ticket(ticket=received["ticket"])
    assert (ticket["source"], ticket["urgency"]) == ("help_button", "serious")


async def test_help_that_is_asked_for_twice_is_one_ticket(house: House, room: str) -> None:
    ana, _, _ = await with_someone_on_duty(house, room)
    client_id = os.urandom(16)
    first = await ana.asks_for_help(client_id)
    again = await ana.asks_for_help(client_id)
    third = await ana.asks_for_help()
    assert first["ticket"] == again["ticket"] == third["ticket"]


async def test_help_needs_no_room(house: House) -> None:
    ana = await house.peer()
    assert (await ana.asks_for_help())["type"] == "help_received"


async def test_worry_about_someone_goes_to_care_and_not_to_discipline(house: House, room: str) -> None:
    ana, ben, mo = await with_someone_on_duty(house, room)
    await ana.says("I have not slept for days.")
    answer = await ben.reports(await ben.number_of("I have not slept for days."), "worried")
    assert answer["worried"] is True
    ticket = await mo.finds_ticket(channel=ana.channel)
    assert (ticket["source"], ticket["urgency"]) == ("report", "concern")


async def test_an_answered_card_rests(house: House, room: str) -> None:
    ana, _, mo = await with_someone_on_duty(house, room)
    await ana.says(WORRYING)
    card = await ana.is_told("help_card")
    await mo.finds_ticket(channel=ana.channel)
    await ana.client.ask("answer", card=card["card"], says="mistake")
    ticket = await mo.finds_ticket(channel=ana.channel, says="mistake")
    assert ticket["state"] == "open", "neither answer has a consequence"
    await ana.says(f"{WORRYING} again")
    await ana.hears(f"{WORRYING} again")
    assert len(ana.was_told("help_card")) == 1


async def test_doors_tell_truly_who_is_on_duty(house: House, room: str) -> None:
    ana, _, mo = await with_someone_on_duty(house, room)
    await ana.knows_on_duty("Mona")
    late = await house.peer(0)
    await late.knows_on_duty("Mona")
    await mo.client.close()
    await ana.knows_on_duty()
    await late.knows_on_duty()
