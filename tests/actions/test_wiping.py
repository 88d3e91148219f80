"""A wipe takes everything that is a person's, from every key and from memory, whichever process dies meanwhile."""

import pytest

from server.actions import background, errands
from server.actions.services import Services
from server.domain import handles
from server.protocol.commands import Desk, Help, Join, Take
from server.protocol.events import Done, Held, Removed, TicketChanged
from server.protocol.feedback import Felt, FeltHeard
from server.protocol.listening import Goodbye, OneEnded
from server.protocol.own_data import GiveReturnWords, KeepSummary, MyData, Wipe, Wiped
from server.protocol.people import Role
from server.protocol.supervising import AskSupervisor
from server.transport.hub import Hub
from tests.actions.conftest import NIGHT, Arrive, Someone
from tests.actions.erased import traces
from tests.actions.talking import two_who_talk
from tests.waiting import until

CANARY, DISCLOSED = "canary7741", "I want to kill myself canary7742"


async def a_whole_evening(arrive: Arrive) -> tuple[Someone, Someone, str, str]:
    """Ana has said things in every place where one can say things; what she is called, and her one-to-one."""
    ana, wren, channel = await two_who_talk(arrive, draft=f"draft {CANARY}")
    joined = await ana.does(Join, channel=NIGHT)
    await ana.says(f"in the room {CANARY}")
    await ana.says(f"to wren {CANARY}", channel=channel)
    await wren.says(f"to ana {CANARY}", channel=channel)
    asked = await wren.does(AskSupervisor, channel=channel)
    await wren.does(Join, channel=asked.channel)
    await wren.says(f"about ana {CANARY}", channel=asked.channel)
    assert isinstance(await ana.says(f"you are a worthless piece of shit {CANARY}"), Held)
    await ana.does(GiveReturnWords)
    await ana.does(KeepSummary, text=f"summary {CANARY}", share=True)
    return ana, wren, channel, joined.handle


async def test_no_trace_of_name_or_text_is_left_in_the_store_or_in_memory(
    arrive: Arrive, house: tuple[Services, Hub]
) -> None:
    ana, wren, channel, handle = await a_whole_evening(arrive)
    mo = arrive("mo", Role.MODERATOR)
    await mo.does(Desk)
    await ana.does(Goodbye, channel=channel)
    await until(lambda: wren.heard(OneEnded))
    peer_name = wren.heard(OneEnded)[0].one.handle
    await ana.does(FeltHeard, channel=channel, felt=Felt.YES, words=f"thank you {CANARY}")
    await background.finished()
    assert await traces(*house, CANARY, handle, peer_name)
    assert isinstance(await ana.does(Wipe), Done)
    await until(lambda: ana.heard(Wiped))
    await background.finished()
    # The name itself stays taken for its time, so that nobody is mistaken for her; it leads to nobody.
    reserved = {key for key in await traces(*house, CANARY, handle, peer_name) if ":handle:" not in key}
    assert {key for key in reserved if not key.endswith(":here")} == set()
    assert await traces(*house, CANARY) == set()
    kept = await ana.does(MyData)
    assert (kept.rooms, kept.ones, kept.feedback, kept.words_until, kept.summary) == ((), (), 0, 0, "")


async def test_a_wipe_that_a_dying_process_began_is_done_by_another(
    arrive: Arrive, house: tuple[Services, Hub], monkeypatch: pytest.MonkeyPatch
) -> None:
    ana, wren, _, _ = await a_whole_evening(arrive)
    with monkeypatch.context() as death:
        death.setattr(background, "spawn", lambda work: work.close())
        assert isinstance(await ana.does(Wipe), Done)
    await until(lambda: ana.heard(Wiped))  # the sweep found it
    await background.finished()
    await errands.sweep(house[0])
    assert await traces(*house, CANARY) == set()
    assert wren.heard(OneEnded), "a running one-to-one ends with it"
    assert len(ana.heard(Wiped)) == 1


async def test_others_see_that_something_was_taken_away_and_keep_their_own(
    arrive: Arrive, house: tuple[Services, Hub]
) -> None:
    ana, ben = arrive("ana"), arrive("ben")
    await ana.greets()
    for someone in (ana, ben):
        await someone.does(Join, channel=NIGHT)
    await ana.says("mine")
    await ben.says("his")
    await ana.does(Wipe)
    await until(lambda: ben.heard(Removed) and ana.heard(Wiped))
    assert [each.gone for each in ben.heard(Removed)] == [1]
    assert [kept.messages for kept in (await ben.does(MyData)).rooms] == [1]


async def test_a_care_ticket_stays_without_a_word(arrive: Arrive, house: tuple[Services, Hub]) -> None:
    ana, mo = arrive("ana"), arrive("mo", Role.MODERATOR)
    await ana.greets()
    await ana.does(Join, channel=NIGHT)
    await mo.does(Desk)
    await ana.says(DISCLOSED)
    await until(lambda: mo.heard(TicketChanged))
    ticket = mo.heard(TicketChanged)[0].ticket.ticket
    await mo.does(Take, ticket=ticket)
    await ana.does(Wipe)
    await until(lambda: ana.heard(Wiped))
    await background.finished()
    assert await traces(*house, "canary7742") == set()
    (left,) = (await mo.does(Desk)).tickets
    assert (left.ticket, left.text, left.handle, left.taken_by) == (ticket, "", "", "mo")
    (kept,) = (await ana.does(MyData)).tickets
    assert kept.until == 0
    assert (await ana.does(Help, client_id=b"2" * 16)).ticket == ticket, "and she can still be reached by it"


async def test_the_next_name_is_another_and_nobody_is_given_the_old_one(arrive: Arrive, services: Services) -> None:
    ana = arrive("ana")
    await ana.greets()
    before = (await ana.does(Join, channel=NIGHT)).handle
    await ana.does(Wipe)
    await until(lambda: ana.heard(Wiped))
    again = arrive("ana")
    assert (await again.does(Join, channel=NIGHT)).handle != before
    assert await services.store.rooms.claim_name(NIGHT, "b" * 32, [(handles.normal(before), before)]) == ""
