"""The listeners' desk in a browser, by keyboard alone; the person who waits speaks the wire."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Opened
from tests.browser.listeners import AtTheDesk, Listeners, Someone
from tests.browser.test_views import NARROW, is_sound
from tests.walks.house import House
from tests.walks.people import Peer


@pytest.fixture
def listeners(house: House) -> Iterator[Listeners]:
    with Listeners(house) as listeners:
        yield listeners


@pytest.fixture
def someone(house: House, listeners: Listeners) -> Iterator[Callable[[], Someone]]:
    came: list[Peer] = []

    def comes() -> Someone:
        came.append(listeners.run(house.peer()))
        return Someone(listeners, came[-1])

    yield comes
    for peer in came:
        listeners.run(peer.client.close())


@pytest.fixture
def at_the_desk(house: House, opened: Opened) -> Callable[..., AtTheDesk]:
    def invited(name: str, **options: Any) -> AtTheDesk:
        listener = AtTheDesk(opened(**options), house.servers[0].url, name)
        listener.accepts(house.invitation("listener"))
        return listener

    return invited


def test_from_check_in_to_goodbye_by_keyboard(
    someone: Callable[[], Someone], at_the_desk: Callable[..., AtTheDesk]
) -> None:
    wren = at_the_desk("Desk Wren")
    is_sound(wren.page, "the listeners' desk, off")
    wren.is_available()
    is_sound(wren.page, "the listeners' desk, available")
    ana = someone()
    ana.waits(draft="it has been a long week", wish={"topic": "grief", "style": "listen", "avoid": []})
    offer = wren.page.get_by_role("region", name="Someone is waiting")
    expect(offer.get_by_role("heading")).to_be_focused()
    expect(offer).to_contain_text("Grief and missing")
    expect(offer).not_to_contain_text("it has been a long week")
    is_sound(wren.page, "an offer")
    wren.presses("Say hello")
    wren.hears("it has been a long week")
    ana.goes_in()
    wren.field.fill("I am Wren. I have read it.")
    wren.page.keyboard.press("Enter")
    ana.hears("I am Wren. I have read it.")
    is_sound(wren.page, "a one-to-one")
    what_is_at_hand_becomes_their_own(wren, ana)
    a_supervisor_is_asked_by_one_chord(wren)
    wren.presses("I’m worried")
    wren.chooses(2, "Ask our team")
    wren.sees(re.compile("Our team has been asked. Please stay"))
    ana.says("I am still here.")
    wren.hears("I am still here.")
    wren.presses("Say goodbye")
    wren.presses("End it now")
    wren.sees("You have said goodbye. Thank you for listening.")
    ana.is_told("one_ended", why="goodbye")
    expect(wren.bar).to_contain_text(re.compile(r"Time to breathe\. [89]:\d\d"))
    is_sound(wren.page, "wrap-up")
    wren.rests()


def what_is_at_hand_becomes_their_own(wren: AtTheDesk, ana: Someone) -> None:
    """A phrase goes into the field and is never sent by itself; a question is marked, and the marks suggest a route."""
    wren.unfolds("Words to begin from")
    wren.presses("That sounds heavy. I am with you.")
    expect(wren.field).to_be_focused()
    expect(wren.field).to_have_value("That sounds heavy. I am with you.")
    wren.page.keyboard.press("End")
    wren.page.keyboard.type(" Sleep is hard to come by.")
    wren.page.keyboard.press("Enter")
    ana.hears("That sounds heavy. I am with you. Sleep is hard to come by.")
    wren.unfolds("If you are unsure whether they are safe")
    wren.presses("I have asked this")
    wren.page.get_by_role("radio", name="It worries me").focus()
    wren.page.keyboard.press("Space")
    wren.sees(re.compile("suggests bringing someone in. Serious: within a minute"))
    is_sound(wren.page, "a one-to-one with what is at hand")


def a_supervisor_is_asked_by_one_chord(wren: AtTheDesk) -> None:
    """With nobody there it is said so, with what to do meanwhile; the question is kept."""
    wren.field.focus()
    wren.page.keyboard.press("Control+.")
    expect(wren.thread).to_contain_text("Nobody supervises right now")
    expect(wren.thread).to_contain_text("You are not expected to solve this.")
    expect(wren.thread.get_by_role("textbox")).to_be_focused()
    wren.page.keyboard.type("How do I ask about a plan?")
    wren.page.keyboard.press("Enter")
    expect(wren.thread.get_by_role("log")).to_contain_text("How do I ask about a plan?")
    is_sound(wren.page, "a one-to-one with a question to a supervisor")


def test_who_takes_what_worries_a_listener_is_named_on_a_phone_and_after_a_reload(
    house: House, someone: Callable[[], Someone], at_the_desk: Callable[..., AtTheDesk], listeners: Listeners
) -> None:
    mona = listeners.run(house.moderator("Desk Mona", at=0))
    listeners.run(mona.opens_the_desk())
    lark, ana = at_the_desk("Desk Lark", viewport=NARROW), someone()
    ana.waits(draft="I can not sleep", wish={"topic": None, "style": None, "avoid": []})
    lark.is_available()
    lark.presses("Say hello")
    ana.goes_in()
    is_sound(lark.page, "a one-to-one on a phone")
    lark.unfolds("What they chose, and what you can do")
    lark.presses("I’m worried")
    lark.chooses(3, "Ask our team")
    ticket = listeners.run(mona.finds_ticket(source="listener", text=""))
    listeners.run(mona.goes_on_duty())
    listeners.run(mona.takes(ticket["ticket"]))
    lark.sees("Desk Mona from our team has taken this. Please stay until they are with them.")
    lark.page.reload()
    lark.sees("Desk Mona from our team has taken this. Please stay until they are with them.")
    lark.hears("I can not sleep")
    lark.presses("At hand")
    is_sound(lark.page, "what is at hand on a phone")
    lark.presses("Back to the talk")
    ana.asks("goodbye", channel=ticket["channel"])
    lark.sees("You have said goodbye. Thank you for listening.")
    lark.rests()
    listeners.run(mona.client.close())


def test_who_would_like_to_talk_is_heard_also_after_a_reload_and_lets_the_words_go(
    house: House, someone: Callable[[], Someone], at_the_desk: Callable[..., AtTheDesk], listeners: Listeners
) -> None:
    sue = listeners.run(listeners.invited("Desk Sue", 0, "supervisor"))
    listeners.run(sue.client.ask("duty", state="on"))
    listeners.run(sue.client.follow_supervision())
    wren, ana = at_the_desk("Desk Ibis"), someone()
    ana.asks("give_return_words")
    ana.asks("keep_summary", text="My sister died in May.", share=True)
    ana.waits()
    wren.is_available()
    wren.presses("Say hello")
    wren.sees("My sister died in May.")
    is_sound(wren.page, "a one-to-one with what the peer shares")
    ana.asks("goodbye", channel=ana.is_told("one_began")["one"]["channel"])
    wren.sees("You have said goodbye. Thank you for listening.")
    expect(wren.page.get_by_text("My sister died in May.")).to_have_count(0)
    wren.unfolds("Three questions for you")
    wren.page.get_by_label("A word with someone").focus()
    wren.page.keyboard.press("Space")
    wren.presses("I would like to talk")
    own = wren.page.get_by_role("region", name="About you, with a supervisor")
    expect(own).to_contain_text("Desk Sue was asked and should answer within a minute.")
    is_sound(wren.page, "a listener's own thread")
    thread = listeners.run(sue.client.ask("supervise"))["asks"][0]["channel"]
    listeners.run(sue.joins(thread))
    listeners.run(sue.says("I have time. What stays with you?"))
    expect(own.get_by_role("log")).to_contain_text("I have time. What stays with you?")
    wren.presses("Take a break")
    wren.sees("1 break taken. That is part of listening well.")
    wren.page.reload()
    expect(own).to_contain_text("Desk Sue is with you in this thread.")
    expect(own.get_by_role("log")).to_contain_text("I have time. What stays with you?")
    wren.presses("Close this, and let its words go")
    expect(own).to_have_count(0)
    listeners.run(sue.no_longer_sees("I have time. What stays with you?"))
    wren.rests()
    listeners.run(sue.client.ask("duty", state="off"))
    listeners.run(sue.client.close())


def test_who_has_come_in_for_a_transfer_sees_whose_it_is_also_after_a_reload(
    someone: Callable[[], Someone], at_the_desk: Callable[..., AtTheDesk], listeners: Listeners
) -> None:
    ana, wren = someone(), listeners.arrives("Desk Knot")
    ana.waits()
    wren.accepts()
    ana.goes_in()
    lark = at_the_desk("Desk Ruff", viewport=NARROW)
    lark.is_available()
    wren.asks("transfer", channel=wren.channel, summary="likes to be asked")
    ana.is_told("transfer_asked")
    ana.asks("answer_transfer", channel=wren.channel, says="yes")
    lark.sees("Desk Knot asks you to go on with someone")
    lark.page.reload()
    lark.sees("likes to be asked")
    lark.presses("I can go on with them")
    coming = "You have come in. Desk Knot is still their listener until they hand on to you, two minutes at most."
    lark.sees(coming)
    lark.page.reload()
    lark.sees(coming)
    is_sound(lark.page, "a one-to-one that is about to be handed on")
    wren.asks("withdraw_transfer", channel=wren.channel)
    lark.sees("It was not handed on, so they go on with their listener. Thank you for coming.")
    wren.says_goodbye()
    lark.rests()
