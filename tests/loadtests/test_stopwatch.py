"""What is measured, and from when to when."""

from loadtests.diary import Line
from loadtests.following import Event
from loadtests.stopwatch import ACKNOWLEDGED, CONNECT, HEARD, JOIN, RESUME, Stopwatch

ROOM = "room:night"
TEXT = b"sixteen bytes..."


class People:
    """Ana and Ben, on one clock of seconds."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, int]] = []
        said: dict[bytes, float] = {}
        self.ana, self.ben = (Stopwatch(said, lambda kind, ms: self.taken.append((kind, round(ms)))) for _ in range(2))

    def join(self, who: Stopwatch, at: float, now: int = 0, since: int | None = None) -> None:
        position = None if since is None else {"epoch": 1, "seq": since}
        asks(who, at, {"type": "join", "channel": ROOM, "since": position})
        hears(who, at + 1, {"type": "joined", "ref": 1, "channel": ROOM, "position": {"epoch": 1, "seq": now}})


def asks(who: Stopwatch, at: float, command: Event) -> None:
    who.reads(Line(at, "sent", 0, command | {"ref": 1}))


def hears(who: Stopwatch, at: float, event: Event, seq: int = 0) -> None:
    who.reads(Line(at, "heard", seq, event))


def said(client_id: bytes = TEXT) -> Event:
    return {"type": "said", "channel": ROOM, "client_id": client_id}


def posts(who: Stopwatch, at: float) -> None:
    asks(who, at, {"type": "post", "channel": ROOM, "client_id": TEXT})


def test_a_message_is_timed_from_its_sending_to_its_answer_and_to_being_heard_by_others() -> None:
    people = People()
    people.join(people.ana, 0)
    people.join(people.ben, 0)
    posts(people.ana, 10)
    hears(people.ana, 11, said(), 1)
    hears(people.ana, 12, {"type": "posted", "ref": 1, "client_id": TEXT})
    hears(people.ben, 13, said(), 1)
    assert people.taken[2:] == [(ACKNOWLEDGED, 2000), (HEARD, 3000)], "the author's own echo counts for nothing"


def test_a_message_that_slow_mode_sent_back_is_timed_from_its_last_sending() -> None:
    people = People()
    posts(people.ana, 0)
    hears(people.ana, 1, {"type": "refused", "ref": 1, "code": "slow_mode"})
    posts(people.ana, 20)
    hears(people.ana, 21, {"type": "posted", "ref": 1, "client_id": TEXT})
    assert people.taken == [(ACKNOWLEDGED, 1000)]


def test_a_return_takes_until_the_last_of_what_was_missed() -> None:
    people = People()
    people.ana.reads(Line(10, "opens", 0, {}))
    people.ana.reads(Line(11, "opened", 0, {}))
    people.join(people.ana, 12, now=3, since=1)
    hears(people.ana, 14, said(), 2)
    hears(people.ana, 15, said(), 3)
    assert people.taken == [(CONNECT, 1000), (RESUME, 5000)]


def test_what_was_missed_is_not_counted_as_heard_late() -> None:
    people = People()
    posts(people.ana, 0)
    people.join(people.ben, 60, now=1)
    hears(people.ben, 62, said(), 1)
    assert people.taken == [(JOIN, 1000)]
