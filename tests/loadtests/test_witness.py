"""The witness against diaries with a fault in them: what it can't find in a test it would not find in a run."""

from pathlib import Path

from loadtests.diary import Line, keep, kept
from loadtests.following import Event
from loadtests.witness import DIFFERENT, DISORDER, ERROR, FAULTS, LOST, TWICE, UNANSWERED, Verdict, judge

ROOM = "room:night"


class Scribe:
    """Writes a diary as a client would."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self._ref = 0
        self.opens()

    def opens(self) -> None:
        self._writes("opened", {})

    def joins(self, now: int = 0, resumed: str = "fresh", since: int | None = None, epoch: int = 1) -> None:
        position = None if since is None else {"epoch": epoch, "seq": since}
        self._asks({"type": "join", "channel": ROOM, "since": position})
        joined = {"type": "joined", "channel": ROOM, "resumed": resumed, "position": {"epoch": epoch, "seq": now}}
        self._is_answered(joined)

    def leaves(self) -> None:
        self._asks({"type": "leave", "channel": ROOM})
        self._is_answered({"type": "done"})

    def posts(self, name: str) -> None:
        self._asks({"type": "post", "channel": ROOM, "client_id": name.encode(), "text": name})

    def is_posted(self, seq: int, name: str) -> None:
        self._is_answered(posted(name) | {"seq": seq})

    def is_refused(self, code: str) -> None:
        self._is_answered({"type": "refused", "code": code})

    def hears(self, *seqs: int) -> None:
        for seq in seqs:
            self._writes("heard", said(f"m{seq}"), seq)

    def hears_removed(self, seq: int, gone: int) -> None:
        self._writes("heard", {"type": "removed", "channel": ROOM, "gone": gone}, seq)

    def loses_the_network(self) -> None:
        self._writes("cut", {})
        self.is_ended(1006)

    def is_ended(self, code: int) -> None:
        self._writes("ended", {"code": code})

    def _asks(self, command: Event) -> None:
        self._ref += 1
        self._writes("sent", command | {"ref": self._ref})

    def _is_answered(self, event: Event) -> None:
        self._writes("heard", event | {"ref": self._ref})

    def _writes(self, what: str, frame: Event, seq: int = 0) -> None:
        self.lines.append(Line(float(len(self.lines)), what, seq, frame))


def said(name: str) -> Event:
    return {"type": "said", "channel": ROOM, "id": name, "client_id": name.encode()}


def posted(name: str) -> Event:
    return {"type": "posted", "channel": ROOM, "id": name, "client_id": name.encode()}


def in_the_room(*heard: int) -> Scribe:
    scribe = Scribe()
    scribe.joins()
    scribe.hears(*heard)
    return scribe


def verdict_on(*scribes: Scribe) -> Verdict:
    return judge({f"person {place}": scribe.lines for place, scribe in enumerate(scribes)})


def faults_of(*scribes: Scribe) -> dict[str, int]:
    verdict = verdict_on(*scribes)
    return {kind: verdict.of(kind) for kind in FAULTS if verdict.of(kind)}


def test_an_evening_without_a_fault_has_none() -> None:
    ana, ben = Scribe(), in_the_room(1, 2, 3)
    ana.joins()
    ana.posts("m1")
    ana.hears(1)
    ana.is_posted(1, "m1")
    ana.hears(2, 3)
    assert faults_of(ana, ben) == {}
    assert verdict_on(ana, ben).counts["acknowledged"] == 1


def test_a_hole_in_what_someone_heard_is_a_loss() -> None:
    assert faults_of(in_the_room(1, 2, 3), in_the_room(1, 3)) == {LOST: 1}


def test_a_hole_that_everybody_has_is_a_loss() -> None:
    assert faults_of(in_the_room(1, 3), in_the_room(1, 3)) == {LOST: 2}


def test_what_came_last_and_did_not_reach_someone_is_a_loss() -> None:
    assert faults_of(in_the_room(1, 2, 3), in_the_room(1, 2)) == {LOST: 1}


def test_what_was_acknowledged_and_reached_nobody_is_a_loss() -> None:
    ana, ben = in_the_room(1), in_the_room(1)
    ana.posts("m2")
    ana.is_posted(2, "m2")
    assert faults_of(ana, ben) == {LOST: 2}


def test_what_was_removed_explains_a_hole() -> None:
    ana, ben = in_the_room(1, 2, 3), in_the_room(1, 3)
    ana.hears_removed(4, gone=2)
    ben.hears_removed(4, gone=2)
    assert faults_of(ana, ben) == {}


def test_the_same_number_again_is_heard_twice() -> None:
    assert faults_of(in_the_room(1, 2, 2, 3), in_the_room(1, 2, 3)) == {TWICE: 1}


def test_a_message_that_was_repeated_and_shown_at_two_numbers_is_there_twice() -> None:
    ana = in_the_room(1)
    ana._writes("heard", said("m1"), 2)
    assert faults_of(ana) == {TWICE: 1}


def test_a_lower_number_after_a_higher_one_is_out_of_order() -> None:
    assert faults_of(in_the_room(1, 3, 2), in_the_room(1, 2, 3)) == {DISORDER: 1}


def test_two_messages_under_one_number_are_different() -> None:
    ana = Scribe()
    ana.joins()
    ana._writes("heard", said("another"), 1)
    assert faults_of(ana, in_the_room(1)) == {DIFFERENT: 1}


def test_who_came_back_must_have_heard_what_they_missed() -> None:
    ana, ben, cleo = in_the_room(1, 2, 3, 4), in_the_room(1), in_the_room(1)
    for returner in (ben, cleo):
        returner.loses_the_network()
        returner.opens()
        returner.joins(now=3, resumed="resumed", since=1)
    ben.hears(2, 3, 4)
    cleo.hears(3, 4)
    assert faults_of(ana, ben) == {}
    assert faults_of(ana, ben, cleo) == {LOST: 1}


def test_what_someone_had_already_and_is_told_on_returning_came_twice() -> None:
    ana, ben = in_the_room(1, 2), in_the_room(1)
    ben.loses_the_network()
    ben.opens()
    ben.joins(now=2, resumed="resumed", since=1)
    ben.hears(1, 2)
    assert faults_of(ana, ben) == {TWICE: 1}


def test_nothing_is_owed_to_who_left_or_never_came_back() -> None:
    ana, ben, cleo = in_the_room(1, 2, 3), in_the_room(1), in_the_room(1)
    ben.loses_the_network()
    cleo.leaves()
    assert faults_of(ana, ben, cleo) == {}


def test_who_comes_in_late_is_owed_recent_history_and_all_that_follows() -> None:
    late = Scribe()
    late.joins(now=3)
    late.hears(2, 3, 5)
    assert faults_of(in_the_room(1, 2, 3, 4, 5), late) == {LOST: 1}


def test_a_post_without_an_answer_is_unanswered() -> None:
    ana = in_the_room()
    ana.posts("m1")
    assert faults_of(ana) == {UNANSWERED: 1}


def test_a_post_that_was_answered_on_the_next_connection_is_answered() -> None:
    ana = in_the_room()
    ana.posts("m1")
    ana.loses_the_network()
    ana.opens()
    ana.joins(now=1, resumed="resumed", since=0)
    ana.hears(1)
    ana.posts("m1")
    ana.is_posted(1, "m1")
    assert faults_of(ana) == {}


def test_slow_mode_is_counted_and_no_error() -> None:
    ana = in_the_room()
    ana.posts("m1")
    ana.is_refused("slow_mode")
    assert faults_of(ana) == {}
    assert verdict_on(ana).refusals["slow_mode"] == 1


def test_a_fault_of_the_servers_is_an_error() -> None:
    ana, ben = in_the_room(), in_the_room()
    ana.posts("m1")
    ana.is_refused("internal")
    ben.is_ended(4410)
    assert faults_of(ana, ben) == {ERROR: 2}


def test_a_channel_that_began_anew_counts_anew() -> None:
    ana = in_the_room(1, 2)
    ana.is_ended(4440)
    ana.opens()
    ana.joins(now=1, resumed="epoch", since=2, epoch=2)
    ana._writes("heard", said("new"), 1)
    assert faults_of(ana) == {ERROR: 1}, "only that the connection was ended"


def test_diaries_that_were_kept_are_judged_as_they_were(tmp_path: Path) -> None:
    keep({"ana": in_the_room(1, 3).lines}, tmp_path / "diaries")
    assert judge(kept(tmp_path / "diaries")).of(LOST) == 1
