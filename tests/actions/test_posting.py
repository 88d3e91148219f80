"""Posting, from the words to the answer, against a real store."""

import logging
import re

import pytest

from server.actions.services import Services
from server.domain.screening import Opinion, Policy, Runs, Screened
from server.files import read
from server.protocol.commands import Decide, Desk, Gate, Join, Mute, Post, SlowMode, Withdraw
from server.protocol.events import Held, HelpCard, HoldArrived, Posted, Refused, Said, TicketChanged, Unscreened
from server.protocol.fields import Decision, RoomState, StaffReason, Unread, Urgency
from server.protocol.people import Role, Voice
from server.protocol.refusals import Code
from tests.actions.conftest import NIGHT, Arrive
from tests.waiting import until

PHONE = "ring me on 07700 900123"


async def test_what_is_said_is_heard_by_everyone_with_one_number(arrive: Arrive) -> None:
    ana, ben = arrive("ana"), arrive("ben")
    for someone in (ana, ben):
        await someone.does(Join, channel=NIGHT)
    posted = await ana.says("evening, all")
    assert isinstance(posted, Posted)
    await until(lambda: ben.heard(Said))
    (said,) = ben.heard(Said)
    assert (said.text, said.voice, said.id) == ("evening, all", Voice.PEER, posted.id)


async def test_who_has_not_joined_is_told_so_64_76(arrive: Arrive) -> None:
    answer = await arrive("ana").says("hello")
    assert answer.code == Code.NOT_JOINED


async def test_the_rules_on_screen_must_be_the_rules(arrive: Arrive) -> None:
    ana = arrive("ana")
    await ana.does(Join, channel=NIGHT)
    old = await ana.does(Post, channel=NIGHT, client_id=b"1" * 16, text="hello", rules=0)
    assert old.code == Code.RULES
    assert isinstance(await ana.says("hello"), Posted)
    later = await ana.does(Post, channel=NIGHT, client_id=b"2" * 16, text="hello", rules=0)
    assert isinstance(later, Posted), "agreed once"


async def test_a_contact_detail_waits_for_a_moderator_and_nobody_else_sees_it(arrive: Arrive) -> None:
    ana, ben, wren = arrive("ana"), arrive("ben"), arrive("wren", Role.MODERATOR)
    for someone in (ana, ben, wren):
        await someone.does(Join, channel=NIGHT)
    held = await ana.says(PHONE)
    assert isinstance(held, Held)
    assert (held.why, held.care, held.text) == ("contact", False, PHONE)
    await ana.says("another line")
    await until(lambda: ben.heard(Said))
    assert [said.text for said in ben.heard(Said)] == ["another line"]


async def test_what_no_screener_has_seen_is_shown_in_no_room_whoever_wrote_it(
    arrive: Arrive, services: Services
) -> None:
    class Broken:
        name, runs = "broken", Runs.INLINE

        def screen(self, screened: Screened) -> tuple[Opinion, ...]:
            raise ValueError

    ana, wren = arrive("ana"), arrive("wren", Role.MODERATOR)
    for someone in (ana, wren):
        await someone.does(Join, channel=NIGHT)
    services.screening.convene(read("policy.toml", Policy, services.settings), [Broken()])
    mine, hers = await ana.says("hello"), await wren.says("hello all")
    assert isinstance(mine, Held)
    assert isinstance(hers, Held)
    await wren.does(Decide, channel=NIGHT, hold=hers.hold, decision=Decision.ALLOW)
    await until(lambda: ana.heard(Said))
    assert [said.text for said in ana.heard(Said)] == ["hello all"], "which she looked at herself"


async def test_a_message_in_a_language_that_is_not_screened_is_delivered_and_the_desk_knows(arrive: Arrive) -> None:
    ana, mo = arrive("ana"), arrive("mo", Role.MODERATOR)
    await ana.does(Join, channel=NIGHT)
    await mo.does(Desk)
    await ana.says("evening, all")
    posted = await ana.says("ich weiß heute nicht mehr, was ich noch machen soll")
    assert isinstance(posted, Posted)
    await until(lambda: mo.heard(Unscreened))
    (told,) = mo.heard(Unscreened)
    assert (told.channel, told.id, told.why) == (NIGHT, posted.id, Unread.LANGUAGE)
    later = await arrive("wren", Role.MODERATOR).does(Desk)
    assert [each.id for each in later.unscreened] == [posted.id]


async def test_a_resend_of_a_held_message_answers_held(arrive: Arrive) -> None:
    ana = arrive("ana")
    await ana.does(Join, channel=NIGHT)
    first = await ana.says(PHONE, client_id=b"h" * 16)
    again = await ana.says(PHONE, client_id=b"h" * 16)
    assert (again.hold, isinstance(again, Held)) == (first.hold, True)


async def test_an_edit_takes_the_place_of_what_was_held_and_needs_no_second_turn(arrive: Arrive) -> None:
    ana, wren = arrive("ana"), arrive("wren", Role.MODERATOR)
    await ana.does(Join, channel=NIGHT)
    await wren.does(Join, channel=NIGHT)
    await wren.does(SlowMode, channel=NIGHT, seconds=60)
    await ana.says(PHONE, client_id=b"h" * 16)
    assert (await ana.says("too soon")).code == Code.SLOW_MODE
    await ana.does(Withdraw, channel=NIGHT, client_id=b"h" * 16)
    assert isinstance(await ana.says("see you on Tuesday", replaces=b"h" * 16), Posted)


async def test_the_same_client_id_gets_the_same_answer_61_62(arrive: Arrive) -> None:
    ana = arrive("ana")
    await ana.does(Join, channel=NIGHT)
    first = await ana.says("hello", client_id=b"x" * 16)
    again = await ana.says("hello", client_id=b"x" * 16)
    other = await ana.says("other words", client_id=b"x" * 16)
    assert (again.seq, again.id, again.dup) == (first.seq, first.id, False)
    assert (other.seq, other.id, other.dup) == (first.seq, first.id, True)


async def test_the_same_client_id_of_two_people_is_two_messages_63(arrive: Arrive) -> None:
    ana, ben = arrive("ana"), arrive("ben")
    for someone in (ana, ben):
        await someone.does(Join, channel=NIGHT)
    first, second = [await someone.says("hello", client_id=b"x" * 16) for someone in (ana, ben)]
    assert first.id != second.id


async def test_a_client_id_of_nothing_but_zeros_is_refused_60(arrive: Arrive) -> None:
    ana = arrive("ana")
    await ana.does(Join, channel=NIGHT)
    assert (await ana.says("hello", client_id=bytes(16))).code == Code.BAD_FRAME


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", Code.EMPTY),
        ("   \n ", Code.EMPTY),
        ("\u200b\u200d", Code.EMPTY),
        ("\u202e\u2066", Code.EMPTY),
        ("a" * 2_001, Code.TOO_LONG),
        ("\U0001f600" * 2_000 + "a", Code.TOO_LONG),
        ("\ufdfa" * 2_000, Code.TOO_LONG),
    ],
    ids=["nothing", "spaces", "zero width", "bidi", "2001 characters", "8001 bytes", "grows when folded"],
)
async def test_what_can_not_be_a_message_is_refused_64_to_67(arrive: Arrive, text: str, code: Code) -> None:
    ana = arrive("ana")
    await ana.does(Join, channel=NIGHT)
    answer = await ana.says(text)
    assert isinstance(answer, Refused)
    assert answer.code in (code, Code.BAD_CHARS if code is Code.EMPTY else code)


async def test_a_muted_peer_is_told_how_long(arrive: Arrive) -> None:
    ana, wren = arrive("ana"), arrive("wren", Role.MODERATOR)
    await ana.does(Join, channel=NIGHT)
    posted = await ana.says("hello")
    await wren.does(Mute, channel=NIGHT, seq=posted.seq, minutes=5, reason=StaffReason.UNKIND)
    refused = await ana.says("hello again")
    assert refused.code == Code.MUTED
    assert 290_000 < refused.retry_ms <= 300_000


async def test_a_closed_room_takes_nothing_but_from_its_moderators(arrive: Arrive) -> None:
    ana, wren = arrive("ana"), arrive("wren", Role.MODERATOR)
    for someone in (ana, wren):
        await someone.does(Join, channel=NIGHT)
    await wren.does(Gate, channel=NIGHT, state=RoomState.CLOSED)
    assert (await ana.says("hello")).code == Code.CLOSED
    assert isinstance(await wren.says("We open again at six."), Posted)


async def test_a_disclosure_is_delivered_with_a_card_for_its_author_and_a_ticket_for_staff(arrive: Arrive) -> None:
    ana, ben, wren = arrive("ana"), arrive("ben"), arrive("wren", Role.MODERATOR)
    for someone in (ana, ben):
        await someone.does(Join, channel=NIGHT)
    await wren.does(Desk)
    posted = await ana.says("I want to kill myself")
    assert isinstance(posted, Posted)
    assert ana.heard(HelpCard), "the card is there before the answer"
    await until(lambda: wren.heard(TicketChanged) and ben.heard(Said))
    ticket = wren.heard(TicketChanged)[0].ticket
    assert ticket.urgency in (Urgency.CONCERN, Urgency.SERIOUS, Urgency.IMMINENT)
    assert ticket.text == "I want to kill myself"
    assert ben.heard(HelpCard) == []


async def test_worry_about_someone_who_may_not_write_is_not_lost(arrive: Arrive) -> None:
    ana, wren = arrive("ana"), arrive("wren", Role.MODERATOR)
    await ana.does(Join, channel=NIGHT)
    posted = await ana.says("hello")
    await wren.does(Mute, channel=NIGHT, seq=posted.seq, minutes=5, reason=StaffReason.UNKIND)
    await wren.does(Desk)
    refused = await ana.says("I want to kill myself")
    assert refused.code == Code.MUTED
    assert ana.heard(HelpCard)
    await until(lambda: wren.heard(TicketChanged))


async def test_a_ruling_is_logged_by_rule_and_version_and_without_what_was_said(
    arrive: Arrive, caplog: pytest.LogCaptureFixture
) -> None:
    ana = arrive("ana")
    joined = await ana.does(Join, channel=NIGHT)
    with caplog.at_level(logging.DEBUG):
        await ana.says(PHONE)
    assert re.search(r"screened: hold by contact\.phone \S+", caplog.text)
    assert not any(secret in caplog.text for secret in ("07700", joined.handle, ana.connection.person.id))


async def test_what_an_author_hears_of_care_no_peer_hears(arrive: Arrive, services: Services) -> None:
    ana, ben, wren = arrive("ana"), arrive("ben"), arrive("wren", Role.MODERATOR)
    for someone in (ana, ben):
        await someone.does(Join, channel=NIGHT)
    await wren.does(Desk)
    await ana.says("I want to kill myself")
    await ana.says(PHONE)
    await until(lambda: wren.heard(HoldArrived) and ben.heard(Said))
    assert {type(event).__name__ for _, event in ben.wire.heard} <= {"Joined", "Said", "Here", "OnDuty", "Writing"}
