"""The desk's records change only under who saw them last, against real stores."""

import asyncio

import pytest
from msgspec import msgpack

from server.domain.channels import DESK
from server.domain.errands import Tell
from server.domain.moderation import AuditRow
from server.protocol.codec import UNSTAMPED
from server.protocol.events import HoldSettled
from server.store.desk import Change, Drawer, Owned
from server.store.store import Store

EVENT = HoldSettled(hold="h1", decision=None, by="Wren", at=UNSTAMPED)


def change(expected: bytes, record: bytes, **more: object) -> Change:
    return Change(Drawer.TICKETS, "t1", expected, record, EVENT, **more)  # type: ignore[arg-type]


async def test_only_one_of_many_wins(store: Store) -> None:
    tries = [store.desk.change(change(b"", f"by {place}".encode())) for place in range(20)]
    assert sum(await asyncio.gather(*tries)) == 1
    assert len(await store.channels.after(DESK, 0)) == 1, "who lost said nothing"


async def test_a_change_that_was_seen_too_long_ago_is_not_made(store: Store) -> None:
    assert await store.desk.change(change(b"", b"one"))
    assert await store.desk.change(change(b"one", b"two"))
    assert not await store.desk.change(change(b"one", b"three"))
    assert await store.desk.record(Drawer.TICKETS, "t1") == b"two"


async def test_a_person_has_one_open_ticket_until_it_is_closed(store: Store) -> None:
    await store.desk.change(change(b"", b"one", owner="ana", owned=Owned.OPEN))
    assert await store.desk.ticket_of("ana") == "t1"
    await store.desk.change(change(b"one", b"two", owner="ana", owned=Owned.CLOSED))
    assert await store.desk.ticket_of("ana") == ""


async def test_a_second_ticket_for_the_same_person_is_not_opened(store: Store) -> None:
    other = Change(Drawer.TICKETS, "t2", b"", b"two", EVENT, "ana", Owned.OPEN)
    answers = await asyncio.gather(
        store.desk.change(change(b"", b"one", owner="ana", owned=Owned.OPEN)), store.desk.change(other)
    )
    assert list(answers) == [True, False]


async def test_a_record_can_be_taken_away(store: Store) -> None:
    await store.desk.change(change(b"", b"one"))
    await store.desk.change(change(b"one", b""))
    assert await store.desk.records(Drawer.TICKETS) == []


async def test_errands_and_audit_go_with_the_change(store: Store) -> None:
    row = AuditRow(who="Wren", what="take", which="t1", why="", at=1)
    errand = Tell("inbox:ana", b"event")
    await store.desk.change(change(b"", b"one", errands={"e1": errand}, row=row))
    assert await store.outbox.left() == {DESK: {"e1": msgpack.encode(errand)}}
    assert await store.moderation.audit_rows([DESK]) == [row]


async def test_of_all_who_ask_one_is_given_what_is_due(store: Store) -> None:
    await store.desk.change(change(b"", b"one", due=1))
    asked = await asyncio.gather(*(store.desk.struck() for _ in range(10)))
    given = [ticket for each in asked for ticket, _ in each.tickets]
    assert given == ["t1"]


async def test_what_a_process_claimed_and_did_not_do_is_given_to_another(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.store.desk.CLAIM_MS", 0)
    await store.desk.change(change(b"", b"one", due=1))
    first, second = await store.desk.struck(), await store.desk.struck()
    assert [ticket for ticket, _ in first.tickets] == [ticket for ticket, _ in second.tickets] == ["t1"]
    assert first.tickets[0][1] == first.now - 1, "it is told how late it is"


async def test_a_clock_is_set_by_the_change_itself_and_leaves_with_it(store: Store) -> None:
    clock = store.link.client.zscore
    await store.desk.change(change(b"", b"one", due=2**41))
    assert await clock("{desk}:due", "t1") == 2**41
    await store.desk.change(change(b"one", b"two"))
    assert await clock("{desk}:due", "t1") == 2**41, "a change that says nothing of it leaves it"
    assert (await store.desk.struck()).tickets == ()
    await store.desk.wind("t1", 5)
    assert await clock("{desk}:due", "t1") == 2**41, "only one that is not set is set"
    await store.desk.change(change(b"two", b"three", due=0))
    assert await clock("{desk}:due", "t1") is None


async def test_the_clock_of_a_ticket_that_is_gone_is_forgotten(store: Store) -> None:
    await store.desk.wind("t9", 1)
    assert (await store.desk.struck()).tickets == ()
    assert await store.link.client.zcard("{desk}:due") == 0


async def test_a_change_without_an_event_is_kept_and_not_told(store: Store) -> None:
    assert await store.desk.change(Change(Drawer.TICKETS, "t1", b"", b"one", None))
    assert await store.desk.record(Drawer.TICKETS, "t1") == b"one"
    assert await store.channels.after(DESK, 0) == []


async def test_a_worry_is_known_for_a_day(store: Store) -> None:
    await store.desk.change(change(b"", b"one", owner="ana", owned=Owned.OPEN, is_worry=True))
    assert await store.desk.was_worried_about("ana")
    assert not await store.desk.was_worried_about("ben")
    left = await store.link.client.pttl("{desk}:worried:ana")
    assert 23 * 3_600_000 < left <= 24 * 3_600_000
