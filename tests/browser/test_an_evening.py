"""The main job, whole: two peers and a moderator through an evening, across two processes."""

import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.people import Moderator, Visitor
from tests.walks.house import House

ROOM, TITLE = "evening", "The evening room"
NUMBER = "you can call me on +44 20 7946 0018 any time"
WORRYING = "i want to die and i don't know what to do"


def test_an_evening(house: House, visitor: Callable[..., Visitor], moderator: Callable[..., Moderator]) -> None:
    mona = moderator("Mona", at=1)
    mona.starts_duty()
    ana, ben = visitor(at=0), visitor(at=1)
    ana.goes_into(ROOM)
    ben.goes_into(ROOM)
    mona.opens_room(TITLE)

    they_talk_across_processes(ana, ben)
    slow_mode_counts_down_and_keeps_the_draft(ana, ben, mona)
    a_held_message_is_released(ana, ben, mona)
    a_message_is_removed(ana, ben, mona)
    a_worrying_message_brings_a_card_and_a_ticket(ana, ben, mona)
    a_lost_connection_is_resumed(house, ana, ben, mona)
    a_mute_is_told_with_its_end(ana, ben, mona)


def they_talk_across_processes(ana: Visitor, ben: Visitor) -> None:
    ana.says("Is anyone awake?")
    ben.hears("Is anyone awake?")
    ben.says("I am. Hello.")
    ana.hears("I am. Hello.")
    ana.sees(re.compile("1 moderator on duty"))
    assert ana.name != ben.name


def slow_mode_counts_down_and_keeps_the_draft(ana: Visitor, ben: Visitor, mona: Moderator) -> None:
    mona.sets_slow_mode(TITLE, "10 s")
    ana.sees("Slow mode: one message every 10 s")
    ana.says("The first one.")
    ana.sees(re.compile(r"You can send again in \d+ s\. Your draft is kept\."))
    ana.field.fill("The second one.")
    expect(ana.page.get_by_role("button", name="Send")).to_have_attribute("aria-disabled", "true")
    expect(ana.page.get_by_text("You can send again in")).to_have_count(0, timeout=15_000)
    expect(ana.field).to_have_value("The second one.")
    ana.page.get_by_role("button", name="Send").click()
    ben.hears("The second one.")
    mona.sets_slow_mode(TITLE, "Off")
    expect(ana.page.get_by_text("Slow mode: one message every 10 s")).to_have_count(0)


def a_held_message_is_released(ana: Visitor, ben: Visitor, mona: Moderator) -> None:
    ana.writes(NUMBER)
    expect(ana.own(NUMBER)).to_contain_text("Held, not in the room yet")
    ben.does_not_hear(NUMBER)
    mona.page.get_by_role("button", name="Back to what is to be decided").click()
    mona.turns_to_what_is_held(NUMBER)
    mona.page.get_by_role("button", name=re.compile("^Allow")).click()
    ben.hears(NUMBER)
    expect(ana.own(NUMBER)).to_contain_text("In the room")
    mona.opens_room(TITLE)


def a_message_is_removed(ana: Visitor, ben: Visitor, mona: Moderator) -> None:
    ben.says("Second-hand bicycle, nearly new, ask me.")
    ana.hears("Second-hand bicycle, nearly new, ask me.")
    mona.removes("Second-hand bicycle, nearly new, ask me.", "Something else")
    ana.sees("A moderator removed this message.")
    ana.does_not_hear("Second-hand bicycle, nearly new, ask me.")
    ben.sees(re.compile("A moderator took your message down because"))


def a_worrying_message_brings_a_card_and_a_ticket(ana: Visitor, ben: Visitor, mona: Moderator) -> None:
    ana.writes(WORRYING)
    card = ana.page.get_by_role("region", name="Private help card")
    expect(card).to_be_visible()
    expect(card).to_contain_text("Only you can see this card.")
    ben.hears(WORRYING)
    expect(ben.page.get_by_role("region", name="Private help card")).to_have_count(0)
    ticket = mona.page.get_by_role("listitem").filter(has=mona.page.get_by_role("heading", name=ana.name, exact=True))
    ticket.get_by_role("button", name=re.compile("^I’ll take this")).click()
    ana.sees(re.compile("Mona"))
    card.get_by_role("button", name="Go to the private talk").click()
    mona.says("Hello. I have read what you wrote. Are you safe right now?")
    ana.hears("Hello. I have read what you wrote. Are you safe right now?")
    ana.says("I think so.")
    mona.hears("I think so.")
    ana.goes_to(f"/rooms/{ROOM}")
    expect(ana.field).to_be_visible()


def a_lost_connection_is_resumed(house: House, ana: Visitor, ben: Visitor, mona: Moderator) -> None:
    house.servers[0].kill()
    ben.says("Said while Ana was away.")
    ana.writes("Written while away.")
    expect(ana.own("Written while away.")).to_contain_text("Not sent yet")
    house.servers[0].start()
    house.servers[0].await_ready()
    ana.hears("Said while Ana was away.")
    expect(ana.own("Written while away.")).to_contain_text("In the room")
    ben.hears("Written while away.")
    expect(ben.message("Written while away.")).to_have_count(1)
    expect(ana.message("Said while Ana was away.")).to_have_count(1)


def a_mute_is_told_with_its_end(ana: Visitor, ben: Visitor, mona: Moderator) -> None:
    ben.says("Something unkind.")
    mona.opens_room(TITLE)
    mona.mutes("Something unkind.", "Unkind to someone")
    ben.sees(re.compile(r"You can’t write here until \d?\d:\d\d"))
    ben.sees(re.compile("You can still read, get help and write to a moderator"))
    ana.says("We go on.")
    ben.hears("We go on.")
