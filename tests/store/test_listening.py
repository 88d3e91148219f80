"""Records of listening change only under who saw all of them last; a seat has a fence. Against real stores."""

import asyncio

from msgspec import msgpack

from server.domain.channels import LISTENING
from server.domain.errands import OpenOne, Tell
from server.domain.listening import Listener, Step, Waiting
from server.protocol.codec import UNSTAMPED, encode
from server.protocol.events import Said
from server.protocol.listening import Wish
from server.protocol.people import Voice
from server.store.channels import Utterance
from server.store.listening import decoded
from server.store.store import Store

ONE = "one:abc"


def ana(**more: object) -> Waiting:
    return Waiting(
        person="ana",
        request="r",
        client_id=b"1" * 16,
        message="m",
        handle="quiet-heron-12",
        wish=Wish(),
        since=1,
        **more,  # type: ignore[arg-type]
    )


def said(text: str) -> Said:
    return Said(channel=ONE, id="m", client_id=b"1" * 16, handle="h", voice=Voice.PEER, text=text, at=UNSTAMPED)


def opening(fence: int = 1, listener: str = "wren", draft: str = "") -> OpenOne:
    return OpenOne(ONE, "ana", "quiet-heron-12", listener, fence, b"1" * 16, encode(said(draft)) if draft else b"")


async def says(store: Store, person: str, seat: str, client: bytes = b"2") -> str:
    utterance = Utterance(ONE, person, client * 16, b"", b"digest..", seat, False)
    return (await store.channels.post(utterance, said("hello"), b"12345678", {})).word


async def test_one_of_many_changes_what_all_have_seen(store: Store) -> None:
    kept = await store.listening.kept(["waiting:ana", "listener:wren"])
    steps = [
        Step({"waiting:ana": ana(offer=f"o{place}"), "listener:wren": Listener(person="wren", name="Wren")})
        for place in range(20)
    ]
    answers = await asyncio.gather(*(store.listening.change(kept, step, {}) for step in steps))
    assert sum(answers) == 1
    found = decoded((await store.listening.everything())["waiting:ana"])
    assert isinstance(found, Waiting)
    assert found.offer == f"o{answers.index(True)}"


async def test_nothing_of_a_step_happens_where_one_of_its_records_was_changed(store: Store) -> None:
    assert await store.listening.change({}, Step({"waiting:ana": ana()}), {})
    kept = await store.listening.kept(["waiting:ana", "listener:wren"])
    assert await store.listening.change(kept, Step({"waiting:ana": ana(told=2)}), {})
    both = Step({"waiting:ana": ana(told=5), "listener:wren": Listener(person="wren", name="Wren")}, (), "ana\twren")
    assert not await store.listening.change(kept, both, {"e1": Tell("inbox:ana", b"event")})
    assert (await store.listening.everything()).keys() == {"waiting:ana"}
    assert await store.listening.apart() == frozenset()
    assert LISTENING not in await store.outbox.left()


async def test_errands_and_who_must_not_meet_go_with_the_change(store: Store) -> None:
    errand = Tell("inbox:ana", b"event")
    await store.listening.change({}, Step({"waiting:ana": ana()}, (errand,), "ana\twren"), {"e1": errand})
    assert await store.outbox.left() == {LISTENING: {"e1": msgpack.encode(errand)}}
    assert await store.listening.apart() == {"ana\twren"}


async def test_what_is_to_be_looked_at_is_given_to_one_and_what_is_gone_to_nobody(store: Store) -> None:
    await store.listening.change({}, Step({"waiting:ana": ana(), "one:abc": None}), {})
    given = await asyncio.gather(*(store.listening.due() for _ in range(5)))
    assert sorted(given) == [[], [], [], [], ["waiting:ana"]]
    kept = await store.listening.kept(["waiting:ana"])
    assert await store.listening.change(kept, Step({"waiting:ana": None}), {})
    await asyncio.sleep(0)
    assert await store.listening.everything() == {}


async def test_who_is_there_is_known_with_the_moment(store: Store) -> None:
    before = store.clock.now()
    await store.listening.attend(["ana", "wren"])
    seen = await store.listening.seen()
    assert seen.keys() == {"ana", "wren"}
    assert all(abs(at - before) < 60_000 for at in seen.values())


async def test_the_draft_is_said_once_however_often_the_two_are_seated(store: Store) -> None:
    for _ in range(3):
        assert await store.listening.seat(opening(draft="I had a bad day"), b"12345678", b"digest..")
    entries = await store.channels.after(ONE, 0)
    assert [(entry.seq, entry.person) for entry in entries] == [(1, "ana")]
    assert await store.listening.said(ONE) == [("ana", entries[0].at)]


async def test_a_listener_of_an_earlier_fence_is_refused_and_cannot_come_back(store: Store) -> None:
    await store.listening.seat(opening(1, "wren"), b"12345678", bytes(8))
    assert await says(store, "wren", "#1") == "posted"
    await store.listening.seat(opening(2, "lark"), b"12345678", bytes(8))
    assert await says(store, "wren", "#1", b"6") == "name", "someone else is in their place"
    assert await says(store, "lark", "#2", b"3") == "posted"
    assert not await store.listening.seat(opening(1, "wren"), b"12345678", bytes(8)), "what was left before is late"
    await store.listening.seat(opening(3, "wren"), b"12345678", bytes(8))
    assert await says(store, "wren", "#1", b"4") == "name"
    assert await says(store, "wren", "#3", b"5") == "posted"


async def test_nobody_writes_in_what_is_closed_and_it_is_not_opened_again(store: Store) -> None:
    await store.listening.seat(opening(), b"12345678", bytes(8))
    await store.listening.unseat(ONE, "wren")
    assert await says(store, "ana", "quiet-heron-12") == "closed"
    assert await says(store, "wren", "#1", b"3") == "closed"
    assert not await store.listening.seat(opening(2), b"12345678", bytes(8))


async def test_nobody_without_a_seat_writes(store: Store) -> None:
    await store.listening.seat(opening(), b"12345678", bytes(8))
    assert await says(store, "ben", "-") == "name"
    assert await says(store, "ben", "#1", b"3") == "name"
    seat = await store.listening.let_in(ONE, "sue")
    assert await says(store, "sue", seat, b"4") == "posted"
