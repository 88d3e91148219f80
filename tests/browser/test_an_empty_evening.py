"""What time does to who waits and who talks, seen by the person themselves: a house whose minutes are short."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import LightHouse, Opened
from tests.browser.listeners import Listeners, Looking, Someone
from tests.browser.test_views import NARROW, is_sound
from tests.walks.house import House


@pytest.fixture(scope="module")
def quick() -> Iterator[House]:
    with LightHouse(
        1,
        default_country="GB",
        doors_ms="200",
        wait_minute_ms="700",
        place_told_ms="400",
        attend_ms="500",
        attend_lapse_ms="6000",
        look_ms="300",
        soft_check_ms="2500",
        second_check_ms="4500",
        peer_silent_ms="6500",
        one_length_ms="603000",
    ) as house:
        yield house


@pytest.fixture
def listeners(quick: House) -> Iterator[Listeners]:
    with Listeners(quick) as listeners:
        yield listeners


@pytest.fixture
def ana(quick: House, opened: Opened) -> Looking:
    ana = Looking(opened(viewport=NARROW), quick.servers[0].url)
    ana.comes_to_the_door()
    return ana


@pytest.fixture
def someone(quick: House, listeners: Listeners) -> Iterator[Callable[[], Someone]]:
    came: list[Someone] = []

    def comes() -> Someone:
        came.append(Someone(listeners, listeners.run(quick.peer())))
        return came[-1]

    yield comes
    for each in came:
        listeners.run(each.peer.client.close())


def test_nobody_is_on_duty_and_that_is_said_before_a_word_is_typed(ana: Looking) -> None:
    expect(ana.page.get_by_role("button", name="One listener")).to_contain_text("No listener is on duty right now")
    ana.opens_the_door()
    ana.sees("We can’t say when someone comes, so please don’t wait only for us.")
    ana.waits()
    expect(ana.page.get_by_role("heading", name="No listener is on duty right now", level=1)).to_be_visible()
    ana.sees("Your place is kept, and whoever comes on duty finds it.")
    expect(ana.page.get_by_role("heading", name="A line, while you wait")).to_be_visible()
    expect(ana.page.get_by_role("link", name=re.compile("^Call 116 123"))).to_be_visible()
    expect(ana.page.get_by_role("heading", name="A room, while you wait")).to_be_visible()
    sorry = ana.page.get_by_role("heading", name="This is taking longer than it should, and we are sorry.")
    expect(sorry).to_have_count(0)
    expect(sorry).to_be_visible(timeout=15_000)
    is_sound(ana.page, "an empty evening")
    ana.page.get_by_role("button", name="Stop waiting").click()
    ana.sees("You are no longer waiting.")


def test_other_ways_come_one_after_the_other_while_a_listener_is_with_someone(
    ana: Looking, listeners: Listeners, someone: Callable[[], Someone]
) -> None:
    ben = someone()
    ben.waits()
    wren = listeners.arrives("Wren")
    wren.accepts()
    ana.page.reload()
    expect(ana.page.get_by_role("button", name="One listener")).to_contain_text("1 listener on duty, with someone now")
    ana.opens_the_door()
    ana.waits()
    ana.sees("Nobody is ahead of you, and 1 listener is on.")
    ways = ana.page.locator(".wait__way > h2")
    expect(ways).to_have_text(["A room, while you wait"])
    expect(ways).to_have_text(["A room, while you wait", "A line, while you wait"], timeout=10_000)
    sorry = "This is taking longer than it should, and we are sorry."
    expect(ways).to_have_text(["A room, while you wait", "A line, while you wait", sorry], timeout=15_000)
    ana.page.get_by_role("button", name="Stop waiting").click()
    ana.sees("You are no longer waiting.")


def test_a_lost_listener_is_told_plainly_and_the_person_comes_first(ana: Looking, listeners: Listeners) -> None:
    ana.opens_the_door()
    ana.waits()
    wren = listeners.arrives("Wren the Lost")
    wren.accepts()
    ana.is_with(wren.name)
    wren.vanishes()
    expect(ana.page.get_by_text("Your listener lost their connection.")).to_be_visible(timeout=20_000)
    ana.sees("You did nothing wrong, and we are sorry.")
    lark = listeners.arrives("Lark")
    ana.sees(re.compile("You come first for the next listener who is free|Lark, your listener"))
    lark.accepts()
    ana.is_with("Lark")
    lark.says("I am here now.")
    ana.hears("I am here now.")
    lark.says_goodbye()
    ana.sees("Your talk with Lark has ended.")


def test_a_quiet_person_is_asked_softly_and_can_come_back_first(ana: Looking, listeners: Listeners) -> None:
    ana.opens_the_door()
    ana.waits()
    ibis = listeners.arrives("Ibis")
    ibis.accepts()
    ana.is_with("Ibis")
    ibis.says("Take your time.")
    asked = ana.page.get_by_text("Are you still there? There is no hurry.")
    expect(asked.first).to_be_visible(timeout=10_000)
    expect(ana.page.get_by_role("log").get_by_role("button", name="I type slowly").first).to_be_visible()
    expect(ana.page.get_by_role("heading", name="It was quiet, so this talk ended gently.")).to_be_visible(
        timeout=30_000
    )
    ana.sees(re.compile("Until .* you come first in line"))
    is_sound(ana.page, "a gentle end")
    ana.page.get_by_role("button", name="Come back, first in line").click()
    ana.sees(re.compile("You come first for the next listener|Your place is kept"))
    ana.page.get_by_role("button", name="Stop waiting").click()


def test_time_is_told_and_there_is_more_when_both_agree(ana: Looking, listeners: Listeners) -> None:
    ana.opens_the_door()
    ana.waits()
    owl = listeners.arrives("Owl")
    owl.accepts()
    ana.is_with("Owl")
    ana.says("There is so much.")
    ana.page.get_by_role("button", name="About this room").click()
    ana.page.get_by_role("button", name="I type slowly").click()
    ana.sees("You have twice the time to answer.")
    ana.page.get_by_role("button", name="About this room").click()
    expect(ana.page.get_by_text("10 minutes are left of the time you agreed on.").first).to_be_visible(timeout=15_000)
    ana.page.get_by_role("button", name="Go on for 15 minutes more").click()
    ana.sees("There is more time when Owl says yes, too.")
    is_sound(ana.page, "more time")
    owl.agrees_to_go_on()
    ana.sees(re.compile("There is time until .* now."))
    expect(ana.page.get_by_role("button", name="Go on for 15 minutes more")).to_have_count(0)
    owl.says_goodbye()
    ana.sees("Your talk with Owl has ended.")


def test_someone_else_goes_on_only_after_the_person_was_asked(ana: Looking, listeners: Listeners) -> None:
    ana.opens_the_door()
    ana.waits()
    robin = listeners.arrives("Robin")
    robin.accepts()
    ana.is_with("Robin")
    ana.says("I would rather talk about work.")
    robin.asks("transfer", channel=robin.channel, summary="They would like to talk about work.")
    ana.sees("Robin would like someone else to go on with you.")
    ana.sees("They would like to talk about work.")
    is_sound(ana.page, "asked about someone else")
    swift = listeners.arrives("Swift")
    ana.page.get_by_role("button", name="Yes, that is all right").click()
    ana.sees("You said yes. Robin stays until someone is here.")
    swift.is_told("transfer_offered")
    swift.asks("accept_transfer", channel=robin.channel)
    swift.is_told("one_began")
    robin.asks("finish_transfer", channel=robin.channel)
    ana.sees("From here on Swift is your listener.")
    ana.is_with("Swift")
    ana.page.get_by_role("button", name="About this room").click()
    ana.page.get_by_role("button", name="Say goodbye").click()
    ana.page.get_by_role("dialog").get_by_role("button", name="Say goodbye", exact=True).click()
    ana.sees("Your talk with Swift has ended.")
