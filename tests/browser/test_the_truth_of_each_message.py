"""Network, server and store are cut at every point of a send: what the page says is so, and no word is lost."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PATIENCE_MS, Opened
from tests.browser.fragile import SLOW, FragileHouse
from tests.browser.moody import NEVER
from tests.browser.network import Cut, Place, Way
from tests.browser.people import Visitor
from tests.browser.truth import Claim, Told

CUT_S = 20.0

Writes = Callable[..., Told]


@pytest.fixture
def ana(hurt: FragileHouse, opened: Opened) -> Visitor:
    return Visitor(opened(), hurt.network.url)


@pytest.fixture
def room(hurt: FragileHouse, ana: Visitor) -> str:
    """One of her own, and she is in it."""
    room = hurt.fresh_room()
    ana.goes_into(room)
    return room


@pytest.fixture
def writes(hurt: FragileHouse, ana: Visitor, room: str) -> Writes:
    def said(text: str, at: str = room) -> Told:
        ana.writes(text)
        return Told(hurt, ana, at, text)

    return said


def in_the_room_once(told: Told) -> None:
    """On her screen, in the store, and for everyone who looks in."""
    told.becomes(Claim.IN_THE_ROOM)
    assert told.is_said() == 1
    assert told.house.seen_from_outside(told.room).count(told.text) == 1


def test_1_cut_before_the_frame_leaves(hurt: FragileHouse, ana: Visitor, writes: Writes) -> None:
    hurt.network.cut()
    expect(ana.page.locator(".composer__note, .banner--wait").first).to_be_visible()
    told = writes("one, before it leaves")
    told.becomes(Claim.WAITING)
    hurt.network.heal()
    in_the_room_once(told)


def test_2_cut_in_the_middle_of_the_frame(hurt: FragileHouse, writes: Writes) -> None:
    hurt.network.cut_at(Cut(Way.UP, "post", Place.HALF))
    told = writes("two, half of it went")
    told.becomes(Claim.ASKING)
    assert told.is_said() == 0
    hurt.network.heal()
    in_the_room_once(told)


def test_3_cut_when_it_has_arrived_and_its_answer_has_not(hurt: FragileHouse, writes: Writes) -> None:
    hurt.network.cut_at(Cut(Way.DOWN, "posted", Place.BEFORE, without=("said",)))
    told = writes("three, and no answer came")
    told.becomes(Claim.ASKING)
    assert told.is_said() == 1
    hurt.network.heal()
    in_the_room_once(told)


def test_4_cut_between_the_acknowledgement_and_the_echo(hurt: FragileHouse, writes: Writes) -> None:
    hurt.network.cut_at(Cut(Way.DOWN, "posted", Place.AFTER, without=("said",)))
    told = writes("four, acknowledged")
    told.becomes(Claim.IN_THE_ROOM)
    assert hurt.network.was_cut.wait(CUT_S)
    hurt.network.heal()
    in_the_room_once(told)


def test_5_cut_between_the_echo_and_the_acknowledgement(hurt: FragileHouse, writes: Writes) -> None:
    hurt.network.cut_at(Cut(Way.DOWN, "said", Place.AFTER, without=("posted",)))
    told = writes("five, the echo was first")
    told.becomes(Claim.ASKING)
    hurt.network.heal()
    in_the_room_once(told)


@pytest.mark.parametrize("after", [False, True], ids=["6_before_the_store_has_it", "7_after_the_store_has_it"])
def test_the_server_is_killed(hurt: FragileHouse, writes: Writes, after: bool) -> None:
    strike = hurt.line.strike(f"the server dies, {after}", hurt.servers[0].kill, after=after)
    told = writes(strike.words.decode())
    assert strike.done.wait(CUT_S)
    told.becomes(Claim.ASKING)
    assert told.is_said() == int(after)
    hurt.restart()
    in_the_room_once(told)


@pytest.mark.parametrize("after", [False, True], ids=["8_before_it_has_it", "9_after_it_has_it"])
def test_the_store_is_killed(hurt: FragileHouse, writes: Writes, after: bool) -> None:
    strike = hurt.line.strike(f"the store dies, {after}", hurt.kill_store, after=after)
    told = writes(strike.words.decode())
    assert strike.done.wait(CUT_S)
    told.becomes(Claim.ASKING)
    hurt.start_store()
    in_the_room_once(told)


def test_10_held_and_cut_before_that_is_told(hurt: FragileHouse, writes: Writes, room: str) -> None:
    hurt.network.cut_at(Cut(Way.DOWN, "held", Place.BEFORE))
    told = writes("my number is +44 20 7946 0018, call me")
    told.becomes(Claim.ASKING)
    assert (told.is_said(), hurt.waiting(room)) == (0, 1)
    hurt.network.heal()
    told.becomes(Claim.HELD)
    assert (told.is_said(), hurt.waiting(room)) == (0, 1)


def test_11_refused_for_its_words_and_cut_before_that_is_told(hurt: FragileHouse, writes: Writes) -> None:
    hurt.network.cut_at(Cut(Way.DOWN, "refused", Place.BEFORE))
    told = writes(f"eleven, {NEVER}")
    told.becomes(Claim.ASKING)
    hurt.network.heal()
    told.becomes(Claim.RETURNED)
    assert told.is_said() == 0


def test_12_refused_for_its_moment_and_cut_before_that_is_told(
    hurt: FragileHouse, ana: Visitor, writes: Writes
) -> None:
    ana.goes_into(SLOW)
    other = Visitor(ana.page.context.new_page(), hurt.servers[0].url)
    other.goes_into(SLOW)
    other.says("From the other tab.")
    hurt.network.cut_at(Cut(Way.DOWN, "refused", Place.BEFORE))
    told = writes("twelve, too soon", at=SLOW)
    told.becomes(Claim.ASKING)
    hurt.network.heal()
    told.becomes(Claim.IN_THE_BOX)
    ana.sees("You can send again in")
    assert told.is_said() == 0


def test_13_the_page_is_loaded_anew_while_it_is_sent(hurt: FragileHouse, ana: Visitor, writes: Writes) -> None:
    hurt.network.cut_at(Cut(Way.DOWN, "posted", Place.BEFORE, without=("said",)))
    told = writes("thirteen, and then a reload")
    assert hurt.network.was_cut.wait(CUT_S)
    hurt.network.heal()
    ana.page.reload()
    expect(ana.field).to_be_visible()
    in_the_room_once(told)


def test_14_the_device_is_offline(hurt: FragileHouse, ana: Visitor, writes: Writes) -> None:
    ana.page.context.set_offline(True)
    hurt.network.cut()
    ana.sees("You’re offline.")
    told = writes("fourteen, offline")
    told.becomes(Claim.WAITING)
    hurt.network.heal()
    ana.page.context.set_offline(False)
    in_the_room_once(told)


@pytest.mark.parametrize(
    ("cut", "said"),
    [(Cut(Way.DOWN, "posted", Place.BEFORE, without=("said",)), 1), (Cut(Way.UP, "post", Place.BEFORE), 0)],
    ids=["15_when_it_has_arrived", "16_when_it_has_not"],
)
def test_she_leaves_the_room_while_it_is_sent(
    hurt: FragileHouse, ana: Visitor, writes: Writes, room: str, cut: Cut, said: int
) -> None:
    hurt.network.cut_at(cut)
    told = writes(f"she leaves, {said}")
    told.becomes(Claim.ASKING)
    ana.page.get_by_role("button", name="Leave this room").click()
    ana.page.get_by_role("dialog").get_by_role("button", name="Leave this room").click()
    hurt.network.heal()
    ana.goes_into(room)
    assert told.is_said() == said
    if said:
        ana.hears(told.text)  # she is new here: the room's history brings it
    told.becomes(Claim.IN_THE_ROOM if said else Claim.NOWHERE)


def test_17_it_waited_for_half_an_hour(hurt: FragileHouse, ana: Visitor) -> None:
    """Nobody shall speak half an hour late unasked."""
    room = hurt.fresh_room()
    ana.page.clock.install()
    ana.goes_into(room)
    hurt.network.cut()
    expect(ana.page.locator(".composer__note, .banner--wait").first).to_be_visible()
    ana.writes("seventeen, late")
    told = Told(hurt, ana, room, "seventeen, late")
    told.becomes(Claim.WAITING)
    ana.page.clock.fast_forward("31:00")
    told.becomes(Claim.NOT_SENT)
    hurt.network.heal()
    expect(ana.page.locator(".banner--wait")).to_have_count(0)
    assert (told.claim(), told.is_said()) == (Claim.NOT_SENT, 0)
    ana.page.get_by_role("button", name="Try again").click()
    in_the_room_once(told)


def test_18_it_had_arrived_and_nobody_could_tell_for_half_an_hour(hurt: FragileHouse, ana: Visitor) -> None:
    room = hurt.fresh_room()
    ana.page.clock.install()
    ana.goes_into(room)
    hurt.network.cut_at(Cut(Way.DOWN, "posted", Place.BEFORE, without=("said",)))
    ana.writes("eighteen, unsure")
    told = Told(hurt, ana, room, "eighteen, unsure")
    told.becomes(Claim.ASKING)
    ana.page.clock.fast_forward("31:00")
    told.becomes(Claim.UNSURE)
    hurt.network.heal()
    in_the_room_once(told)


def test_19_it_was_in_the_room_and_the_store_came_back_without_it(
    hurt: FragileHouse, ana: Visitor, writes: Writes, room: str
) -> None:
    """As after a failover or the restore of an older copy: told truly, with a gap, and sent again only when asked."""
    writes("nineteen, kept").becomes(Claim.IN_THE_ROOM)
    told = writes("nineteen, lost")
    told.becomes(Claim.IN_THE_ROOM)
    hurt.lose_the_last_message(room)
    expect(ana.own(told.text)).to_contain_text("No longer in the room")
    told.becomes(Claim.LOST)
    ana.sees("Some messages could not be loaded.")
    ana.hears("nineteen, kept")
    ana.page.get_by_role("button", name="Send again").click()
    in_the_room_once(told)


def test_20_two_tabs_have_it(hurt: FragileHouse, ana: Visitor, writes: Writes, room: str) -> None:
    """A duplicated tab has the words, too, and sends them under the same id."""
    hurt.network.cut()
    expect(ana.page.locator(".composer__note, .banner--wait").first).to_be_visible()
    told = writes("twenty, in two tabs")
    told.becomes(Claim.WAITING)
    other = Visitor(ana.page.context.new_page(), hurt.servers[0].url)
    other.goes_to("/goodbye")
    other.page.evaluate("kept => { sessionStorage.porchlight = kept }", ana.page.evaluate("sessionStorage.porchlight"))
    other.goes_to(f"/rooms/{room}")
    expect(other.field).to_be_visible()
    in_the_room_once(Told(hurt, other, room, told.text))
    hurt.network.heal()
    expect(ana.own(told.text)).to_contain_text(
        "In the room", timeout=PATIENCE_MS
    )  # what the other tab did it learns now
    in_the_room_once(told)
