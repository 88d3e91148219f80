"""The independent checker: from people's diaries and a last reader's alone, what a fault has cost.

What a stream of numbers owes to who follows it is the witness's to judge, here as in a healthy house. On top of it
stands what was acknowledged: in the end all of it is there, once, and each sender's in the order in which it was said.
That connections end and that a store is away is no fault here: that is what was done to the house.
"""

from collections.abc import Iterable, Mapping

from loadtests.diary import Line
from loadtests.following import Event
from loadtests.witness import DIFFERENT, DISORDER, ERROR, LOST, TWICE, UNANSWERED, Fault, Verdict, judge

GAP = "silent gap"  # of what the witness calls lost: owed to someone by number, and never heard
KINDS = (LOST, TWICE, DISORDER, DIFFERENT, GAP, UNANSWERED)

Message = tuple[str, bytes]  # a channel, a client id
End = dict[int, Event]  # what is kept of a channel when all is over, by number


def check(diaries: Mapping[str, Iterable[Line]], last: Iterable[Line]) -> Verdict:
    """`last` pages through the history of every channel."""
    verdict = judge(diaries)
    verdict.faults = [_named(fault) for fault in verdict.faults if fault.kind != ERROR]
    ends = _ends(last)
    places = {(channel, event["client_id"]): seq for channel, end in ends.items() for seq, event in sorted(end.items())}
    for channel, end in ends.items():
        _kept_once(verdict, channel, end)
    for who, lines in diaries.items():
        _acknowledged_and_kept(verdict, who, lines, places)
    return verdict


def _named(fault: Fault) -> Fault:
    return Fault(GAP, fault.who, fault.what) if fault.kind == LOST else fault


def _ends(last: Iterable[Line]) -> dict[str, End]:
    ends: dict[str, End] = {}
    for line in last:
        if line.what == "heard" and line.frame["type"] == "page":
            end = ends.setdefault(line.frame["channel"], {})
            end.update({seq: event for seq, event in line.frame["frames"] if event["type"] == "said"})
    return ends


def _kept_once(verdict: Verdict, channel: str, end: End) -> None:
    found: set[bytes] = set()
    for seq, event in sorted(end.items()):
        if event["client_id"] in found:
            verdict.faults.append(Fault(TWICE, "the store", f"{channel} {seq} is kept a second time"))
        found.add(event["client_id"])


def _acknowledged_and_kept(verdict: Verdict, who: str, lines: Iterable[Line], places: Mapping[Message, int]) -> None:
    """What this person was told is in the room is there, and in the order in which they were told so."""
    acknowledged: dict[Message, Event] = {}
    for line in lines:
        if line.what == "heard" and line.frame["type"] == "posted":
            first = acknowledged.setdefault((line.frame["channel"], line.frame["client_id"]), line.frame)
            if first["seq"] != line.frame["seq"]:
                verdict.faults.append(Fault(TWICE, who, f"{first['channel']} {first['seq']} and {line.frame['seq']}"))
    tops: dict[str, int] = {}
    for message, answer in acknowledged.items():
        channel, place = message[0], places.get(message)
        if place is None:
            verdict.faults.append(Fault(LOST, who, f"{channel} {answer['seq']} was acknowledged"))
        else:
            if place < tops.get(channel, 0):
                verdict.faults.append(Fault(DISORDER, who, f"{channel} {place} was said after {tops[channel]}"))
            tops[channel] = max(tops.get(channel, 0), place)
    verdict.counts["different messages acknowledged"] += len(acknowledged)


def acknowledgements(diaries: Mapping[str, Iterable[Line]]) -> dict[Message, Line]:
    """The first of each message."""
    first: dict[Message, Line] = {}
    for lines in diaries.values():
        for line in lines:
            if line.what == "heard" and line.frame["type"] == "posted":
                first.setdefault((line.frame["channel"], line.frame["client_id"]), line)
    return first


def lost(diaries: Mapping[str, Iterable[Line]], last: Iterable[Line]) -> list[Line]:
    """Acknowledgements of what is not there in the end."""
    kept = {(channel, event["client_id"]) for channel, end in _ends(last).items() for event in end.values()}
    return [line for message, line in acknowledgements(diaries).items() if message not in kept]
