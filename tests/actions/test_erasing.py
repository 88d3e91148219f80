"""A message of one's own is taken away: its words are gone at once, wherever they lay."""

from server.actions import background
from server.actions.services import Services
from server.protocol.commands import Decide, Desk, Join
from server.protocol.events import Done, Held, HoldArrived, HoldEnded, HoldSettled, Removed, Said
from server.protocol.fields import Decision
from server.protocol.own_data import DeleteMine
from server.protocol.people import Role
from server.protocol.refusals import Code
from server.transport.hub import Hub
from tests.actions.conftest import NIGHT, Arrive, Someone
from tests.actions.erased import traces
from tests.actions.talking import two_who_talk
from tests.waiting import until

CANARY = "canary7741"


async def one_in_the_room_and_one_at_the_desk(arrive: Arrive) -> tuple[Someone, Someone]:
    ana, wren = arrive("ana"), arrive("wren", Role.MODERATOR)
    await ana.greets()
    await ana.does(Join, channel=NIGHT)
    await wren.does(Desk)
    return ana, wren


async def test_everyone_hears_that_its_author_took_it_away_and_nothing_of_it_is_left(
    arrive: Arrive, house: tuple[Services, Hub]
) -> None:
    ana, ben = arrive("ana"), arrive("ben")
    for someone in (ana, ben):
        await someone.does(Join, channel=NIGHT)
    for text in ("before", f"my {CANARY}", "after"):
        await ana.says(text)
    await until(lambda: len(ben.heard(Said)) == 3)
    assert await traces(*house, CANARY)
    assert (await ben.does(DeleteMine, channel=NIGHT, seq=2)).code == Code.NO_MESSAGE
    assert isinstance(await ana.does(DeleteMine, channel=NIGHT, seq=2), Done)
    await until(lambda: ana.heard(Removed) and ben.heard(Removed))
    (removed,) = ben.heard(Removed)
    assert (removed.gone, removed.own) == (2, True)
    assert await traces(*house, CANARY) == set()
    assert (await ana.does(DeleteMine, channel=NIGHT, seq=2)).code == Code.NO_MESSAGE


async def test_in_a_one_to_one_too(arrive: Arrive, house: tuple[Services, Hub]) -> None:
    ana, wren, channel = await two_who_talk(arrive, draft=f"my {CANARY}")
    await until(lambda: wren.heard(Said))
    assert isinstance(await ana.does(DeleteMine, channel=channel, seq=1), Done)
    await until(lambda: wren.heard(Removed))
    left = await traces(*house, CANARY)
    assert left <= {"{listening}:records"}, "the draft stays with the wish until goodbye"


async def test_a_message_that_waits_is_taken_away_with_all_that_was_told_of_it(
    arrive: Arrive, house: tuple[Services, Hub]
) -> None:
    ana, wren = await one_in_the_room_and_one_at_the_desk(arrive)
    held = await ana.says(f"I will take all the pills tonight at ten {CANARY}")
    assert isinstance(held, Held)
    await until(lambda: wren.heard(HoldArrived) and ana.heard(Held))
    assert (await arrive("ben").does(DeleteMine, channel=NIGHT, seq=0, hold=held.hold)).code == Code.NO_MESSAGE
    assert isinstance(await ana.does(DeleteMine, channel=NIGHT, seq=0, hold=held.hold), Done)
    await until(lambda: wren.heard(HoldSettled) and ana.heard(HoldEnded))
    assert ana.heard(HoldEnded)[0].text == ""
    await background.finished()
    left = await traces(*house, CANARY)
    assert not {key for key in left if "ticket" not in key and "{desk}" not in key and "desk" not in key}


async def test_what_was_held_and_then_allowed_leaves_the_inbox_with_its_message(
    arrive: Arrive, house: tuple[Services, Hub]
) -> None:
    ana, wren = await one_in_the_room_and_one_at_the_desk(arrive)
    held = await ana.says(f"you are a worthless piece of shit {CANARY}")
    assert isinstance(held, Held)
    await wren.does(Decide, channel=NIGHT, hold=held.hold, decision=Decision.ALLOW)
    await until(lambda: ana.heard(Said) and ana.heard(HoldEnded))
    assert isinstance(await ana.does(DeleteMine, channel=NIGHT, seq=1), Done)
    await background.finished()
    assert await traces(*house, CANARY) == set()


async def test_a_private_thread_is_not_taken_apart_while_someone_is_cared_for(arrive: Arrive) -> None:
    assert (await arrive("ana").does(DeleteMine, channel="ticket:abc", seq=1)).code == Code.FORBIDDEN
