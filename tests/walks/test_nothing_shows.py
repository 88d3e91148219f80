"""M19: what other peers receive is the same, frame for frame, whether or not somebody was escalated."""

from collections.abc import Awaitable, Callable
from typing import Any

import msgpack

from tests.walks.house import House
from tests.walks.people import Moderator, Peer

PLAIN = "the bus was late again today and i am rather tired of it"
WORRYING = "i want to die and i don't know what to do any more now  ".strip().ljust(len(PLAIN), ".")
VARYING = {"at", "said_at", "now", "id", "client_id", "channel", "epoch", "handle", "handles", "ref"}

Evening = Callable[[Peer, Peer, Moderator, int], Awaitable[None]]


class Ear:
    """Writes down all frames of one person, as they came."""

    def __init__(self) -> None:
        self.frames: list[tuple[int, dict[str, Any]]] = []

    def __call__(self, what: str, frame: dict[str, Any] | None = None, seq: int = 0) -> None:
        if what == "heard" and frame is not None:
            self.frames.append((seq, frame))

    def heard(self, mark: str) -> list[tuple[int, bytes]]:
        """From the first word in the room to the last: bytes in which what must differ stands as zeros of its size."""
        texts = [frame.get("text") for _, frame in self.frames]
        return [(seq, msgpack.packb(_blank(frame))) for seq, frame in self.frames[: texts.index(mark) + 1] if seq]

    @property
    def presence(self) -> set[bytes]:
        """Who is here, who writes and who is on duty, as often as it was told, without repeats."""
        told = ("here", "writing", "on_duty")
        return {msgpack.packb(_blank(frame)) for seq, frame in self.frames if frame["type"] in told}

    @property
    def kinds(self) -> set[str]:
        """Of all that came, with a number and without."""
        return {frame["type"] for _, frame in self.frames}


def _blank(event: dict[str, Any]) -> dict[str, Any]:
    return {
        name: _same_size(value) if name in VARYING else "words" if value in (PLAIN, WORRYING) else value
        for name, value in event.items()
    }


def _same_size(value: Any) -> Any:
    match value:
        case str() | bytes():
            return len(value) if not isinstance(value, str) or "-" not in value else "a name"
        case list():
            return len(value)
        case _:
            return 0


async def evening(house: House, text: str, escalates: Evening) -> Ear:
    """Ana says it; Ben and Cleo are in the room, and Mona on duty there."""
    room = house.fresh_room()
    ana, ben, cleo, mo = await house.peer(0), await house.peer(1), await house.peer(0), await house.moderator(at=1)
    ear = Ear()
    for each in (ana, cleo, mo):
        await each.joins(room)
    await mo.opens_the_desk()
    await mo.goes_on_duty()
    joined = await ben.joins(room)
    here = await ben.client.until(lambda: _here_with(ben, joined["handle"]))
    ear("heard", here)
    ben.client.diary = ear
    await ana.says(text)
    seq = await cleo.number_of(text)
    await cleo.says("i have just come in from work")
    await escalates(ana, cleo, mo, seq)
    await ana.says("it has stopped raining")
    await ben.hears("it has stopped raining")
    await house.see_everyone_out()
    return ear


def _here_with(ben: Peer, handle: str) -> dict[str, Any]:
    """The room's presence once he is part of it; from here on nobody comes and nobody goes."""
    told = (event for event in reversed(ben.client.heard) if event["type"] == "here")
    return next((event for event in told if handle in event["handles"] and len(event["handles"]) == 3), {})


async def quietly(ana: Peer, cleo: Peer, mo: Moderator, seq: int) -> None:
    """Nobody worries."""


async def by_every_way(ana: Peer, cleo: Peer, mo: Moderator, seq: int) -> None:
    """The words themselves, the help button, a worried peer and staff; then a whole conversation in private."""
    room = ana.channel
    await cleo.reports(seq, "worried")
    await mo.client.ask("escalate", channel=room, seq=seq, urgency="imminent", note="I saw a plan.")
    ticket = (await ana.asks_for_help())["ticket"]
    await mo.finds_ticket(ticket=ticket, urgency="imminent")
    held = await mo.takes(ticket)
    await ana.is_told("ticket_taken", ticket=ticket)
    for each in (ana, mo):
        await each.client.join(f"ticket:{ticket}")
    await mo.client.post(f"ticket:{ticket}", "Hello, I am Mona. Are you safe right now?")
    await ana.client.post(f"ticket:{ticket}", "i think so")
    await mo.client.ask("spare", ticket=ticket)
    await ana.client.ask("safe")
    await mo.finds_ticket(ticket=ticket, says="safe")
    await mo.does_with("release", held)
    again = await mo.takes(ticket)
    await mo.does_with("contact", again)
    await mo.settles(again)
    await ana.is_told("ticket_settled", ticket=ticket)


async def test_what_other_peers_receive_is_the_same_whether_or_not_somebody_was_escalated(house: House) -> None:
    quiet = await evening(house, PLAIN, quietly)
    worried = await evening(house, WORRYING, by_every_way)
    assert worried.heard("it has stopped raining") == quiet.heard("it has stopped raining")
    assert [seq for seq, _ in quiet.heard("it has stopped raining")] == [1, 2, 3], (
        "the three messages, and no number more"
    )
    assert worried.presence | quiet.presence == quiet.presence, "nobody is seen to come, go, write or be called"
    assert worried.kinds <= quiet.kinds | {"here", "pong", "on_duty"}
