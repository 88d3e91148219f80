"""`make screen-report`: how right the shipped policy is, on lines of our own and on the public files beside them."""

import argparse
import gc
import sys
from collections.abc import Iterable, Iterator

from server.domain.screening import Lane
from tests.screening import baseline, evasions, goals, tables
from tests.screening.agreed import NONE, agreed, labels
from tests.screening.answers import answer
from tests.screening.figures import Share, middle_and_end, right_at
from tests.screening.injections import orders
from tests.screening.lines import CALLED, ORDINARY, OUTRIGHT, Part, corpus
from tests.screening.measuring import Heard, among, concealed, heard, measured
from tests.screening.outside import WHERE, Outside

NEEDED = 0.005  # of all messages; what services that measured it report


def main(arguments: list[str] | None = None) -> int:
    asked = _parser().parse_args(arguments)
    answer("hello")  # the rules are built
    gc.collect()
    gc.freeze()
    building = heard(corpus(Part.BUILDING))
    if asked.errors:
        return _say(_errors(building))
    scoring = heard(corpus(Part.SCORING))
    sections = [*measured(scoring), evasions.section(), among(scoring), concealed(scoring)]
    if asked.write:
        baseline.write(sections)
    if asked.check:
        fallen = list(baseline.worse(baseline.read(), sections))
        _say(fallen or ["Screening is as good as its baseline."])
        return 1 if fallen else 0
    return _say(_report(building, scoring, sections))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.screening.report", description=__doc__)
    parser.add_argument("--check", action="store_true", help="fail where a figure is worse than its tolerance allows")
    parser.add_argument("--write", action="store_true", help="accept the figures of today as the baseline")
    parser.add_argument(
        "--errors", action="store_true", help="the ids of lines of the building part that are misjudged"
    )
    return parser


def _report(building: list[Heard], scoring: list[Heard], sections: list[tables.Section]) -> Iterator[str]:
    yield f"THE PART FOR SCORING, {len(scoring)} lines"
    yield from (line for section in sections for line in tables.printed(section))
    yield ""
    yield _worth(scoring)
    yield from _speed(scoring)
    yield ""
    yield f"THE PART FOR BUILDING, {len(building)} lines: rules were made with it, so it flatters them"
    yield from (line for section in list(measured(building))[:2] for line in tables.printed(section))
    yield ""
    yield _by_heart(building, scoring)
    outside = Outside.there(WHERE)
    yield ""
    yield "PUBLIC FILES" if outside.files else f"PUBLIC FILES: none at {WHERE}; SCREENING_DATA names another place."
    yield from (line for section in outside.sections() for line in tables.printed(section))
    yield from _moderators(labels())
    yield from (line for section in (orders(),) for line in tables.printed(section))
    yield ""
    yield "GOALS"
    for goal in goals.goals(scoring, sections[-1], outside):
        yield from goals.printed(goal)


def _moderators(file: str) -> Iterator[str]:
    if file:
        yield from tables.printed(agreed(file))
    else:
        yield ""
        yield NONE


def _by_heart(building: list[Heard], scoring: list[Heard]) -> str:
    """What rules find only of the lines that they were made with, they will not find of what people write."""
    seen, unseen = (Share.where(each.caught for each in part if each.line.lanes) for part in (building, scoring))
    made_with, not_made_with = f"{seen.value:.3f}", f"{unseen.value:.3f}"
    return f"Found of the lines that rules were made with: {made_with}; of those that they were not: {not_made_with}"


def _worth(all_heard: list[Heard]) -> str:
    """What precision on a corpus does not say: in a room, hardly any message needs an alarm."""
    found = Share.where(each.answer.alarms for each in all_heard if each.line.kind in OUTRIGHT)
    alarms = Share.where(each.answer.alarms for each in all_heard if each.line.kind == ORDINARY)
    low, high = alarms.interval
    least, likely, most = (right_at(NEEDED, found.value, share) for share in (high, alarms.value, low))
    return (
        f"Where {NEEDED * 1000:g} of 1,000 messages tell of the writer's own risk, {likely:.2f} of the alarms are right"
        f" (between {least:.2f} and {most:.2f})"
    )


def _speed(all_heard: list[Heard]) -> Iterator[str]:
    for what, seconds in (
        ("judged for the first time", [each.answer.quick_s for each in all_heard]),
        ("the same with advice, where it is asked for", [each.answer.seconds for each in all_heard]),
    ):
        middle, end = middle_and_end(seconds)
        yield f"CPU time of a text {what}: p50 {middle * 1000:.3f} ms, p99 {end * 1000:.3f} ms"


def _errors(building: Iterable[Heard]) -> Iterator[str]:
    """By id only, so that nothing of a text comes into a log."""
    for each in building:
        wrong = _wrong(each)
        if wrong:
            yield f"{each.line.id:<36} {each.line.kind:<18} {wrong}  {' '.join(sorted(each.answer.rules))}"


def _wrong(each: Heard) -> str:
    line, said = each
    if not line.lanes:
        return "false alarm" if said.lanes else ""
    if not each.caught:
        return "missed"
    if line.lane is Lane.CARE and said.tier.height < line.tier.height:
        return f"{said.tier}, not {line.tier}"
    if line.held and not said.held:
        return "not held"
    if said.held and not line.held and line.lane is Lane.CARE and line.tier in CALLED:
        return "held"
    return ""


def _say(lines: Iterable[str]) -> int:
    for line in lines:
        sys.stdout.write(line + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
