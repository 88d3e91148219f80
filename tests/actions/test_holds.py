"""Held messages: decided by one, told to their author, taken back."""

import re

from server.actions.services import Services
from server.protocol.commands import Decide, Desk, Join, Withdraw
from server.protocol.events import Done, Held, HoldArrived, HoldEnded, HoldSettled, Posted, Said
from server.protocol.fields import Decision, StaffReason
from server.protocol.people import Role
from server.protocol.refusals import Code
from tests.actions.conftest import NIGHT, Arrive, Someone
from tests.waiting import until

PHONE = "ring me on 07700 900123"


async def waiting(arrive: Arrive) -> tuple[Someone, Someone, Held]:
    ana, wren = arrive("ana"), arrive("wren", Role.MODERATOR)
    await ana.does(Join, channel=NIGHT)
    await wren.does(Desk)
    held = await ana.says(PHONE, client_id=b"h" * 16)
    await until(lambda: wren.heard(HoldArrived))
    return ana, wren, held


async def test_an_allowed_message_is_in_the_room_under_its_author(arrive: Arrive) -> None:
    ana, wren, held = await waiting(arrive)
    assert isinstance(await wren.does(Decide, channel=NIGHT, hold=held.hold, decision=Decision.ALLOW), Done)
    await until(lambda: ana.heard(Said) and wren.heard(HoldSettled))
    assert ana.heard(Said)[0].client_id == b"h" * 16
    again = await ana.says(PHONE, client_id=b"h" * 16)
    assert isinstance(again, Posted)


async def test_a_refused_message_goes_back_with_its_reason(arrive: Arrive) -> None:
    ana, wren, held = await waiting(arrive)
    ana_inbox = arrive("ana")
    await ana_inbox.greets()
    refusal = {"decision": Decision.REFUSE, "reason": StaffReason.CONTACT, "note": "Numbers stay out of rooms."}
    await wren.does(Decide, channel=NIGHT, hold=held.hold, **refusal)
    await until(lambda: ana_inbox.heard(HoldEnded))
    ended = ana_inbox.heard(HoldEnded)[0]
    assert (ended.decision, ended.reason, ended.text) == (Decision.REFUSE, StaffReason.CONTACT, PHONE)
    assert (await ana.says(PHONE, client_id=b"h" * 16)).code == Code.BLOCKED


async def test_the_second_to_decide_is_told_that_someone_was_first_94(arrive: Arrive) -> None:
    _, wren, held = await waiting(arrive)
    await wren.does(Decide, channel=NIGHT, hold=held.hold, decision=Decision.ALLOW)
    late = await arrive("ibis", Role.MODERATOR).does(Decide, channel=NIGHT, hold=held.hold, decision=Decision.REFUSE)
    assert late.code == Code.CONFLICT


async def test_an_author_takes_a_message_back_and_the_desk_knows(arrive: Arrive) -> None:
    ana, wren, _ = await waiting(arrive)
    assert isinstance(await ana.does(Withdraw, channel=NIGHT, client_id=b"h" * 16), Done)
    await until(lambda: wren.heard(HoldSettled))
    assert wren.heard(HoldSettled)[0].decision is None
    assert (await ana.does(Withdraw, channel=NIGHT, client_id=b"h" * 16)).code == Code.GONE


async def test_nobody_takes_back_what_is_not_theirs(arrive: Arrive) -> None:
    await waiting(arrive)
    assert (await arrive("ben").does(Withdraw, channel=NIGHT, client_id=b"h" * 16)).code == Code.GONE


async def test_a_peer_does_not_decide_91(arrive: Arrive) -> None:
    ana, _, held = await waiting(arrive)
    assert (await ana.does(Decide, channel=NIGHT, hold=held.hold, decision=Decision.ALLOW)).code == Code.FORBIDDEN


async def test_what_waits_is_told_again_on_coming_back(arrive: Arrive) -> None:
    await waiting(arrive)
    joined = await arrive("ana").does(Join, channel=NIGHT)
    assert [held.text for held in joined.held] == [PHONE]
    assert (await arrive("ben").does(Join, channel=NIGHT)).held == ()


async def test_a_decision_is_counted_for_the_rule_that_held_it(services: Services, arrive: Arrive) -> None:
    _, wren, held = await waiting(arrive)
    await wren.does(Decide, channel=NIGHT, hold=held.hold, decision=Decision.REFUSE)
    await wren.does(Decide, channel=NIGHT, hold=held.hold, decision=Decision.ALLOW)
    ((counted, times),) = await services.store.moderation.labels([NIGHT])
    assert (counted.rule, counted.decision, times) == ("contact.phone", Decision.REFUSE, 1)
    assert re.fullmatch(r"[^/]+/[^/]+", counted.version)


async def test_who_takes_a_message_back_decides_nothing_about_the_rule(services: Services, arrive: Arrive) -> None:
    ana, _, _ = await waiting(arrive)
    await ana.does(Withdraw, channel=NIGHT, client_id=b"h" * 16)
    assert await services.store.moderation.labels([NIGHT]) == []
