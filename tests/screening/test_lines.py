from collections import Counter

import pytest

from server.domain.screening import Lane
from tests.screening.frames import framed
from tests.screening.learning import FRAMED, JUDGE
from tests.screening.lines import HARMLESS, ORDINARY, RISK, SUPPORT, Line, Part, Tier, corpus

LEARNING = [*corpus(Part.LEARNING), *corpus(Part.FURTHER)]
BUILDING, SCORING = corpus(Part.BUILDING), corpus(Part.SCORING)
LINES = [*BUILDING, *SCORING]


def test_there_are_enough_lines_and_half_of_them_are_only_for_scoring() -> None:
    assert len(LINES) >= 2400
    made_with = [line for line in BUILDING if not line.id.startswith(JUDGE)]
    assert len(SCORING) >= len(made_with)


def test_no_line_is_there_twice() -> None:
    assert not [
        text
        for text, times in Counter((line.text.casefold(), line.context) for line in [*LEARNING, *LINES]).items()
        if times > 1
    ]
    assert not [each for each, times in Counter(line.id for line in [*LEARNING, *LINES]).items() if times > 1]


@pytest.mark.parametrize("part", [BUILDING, SCORING], ids=["building", "scoring"])
def test_each_part_speaks_of_everything(part: list[Line]) -> None:
    assert {line.lane for line in part} == {None, *Lane}
    assert {line.tier for line in part} == set(Tier)
    assert {line.kind for line in part} >= {*RISK, *HARMLESS}
    assert {line.kind for line in BUILDING} == {line.kind for line in SCORING}
    assert {line.language for line in part} == {"en", "es"}


def test_what_is_rare_in_a_day_is_there_in_numbers() -> None:
    assert sum(line.kind == ORDINARY for line in LINES) >= 600
    assert sum(line.kind == SUPPORT for line in LINES) >= 150
    assert sum(line.language == "es" for line in LINES) >= 300


def test_every_label_makes_sense() -> None:
    assert not [line.id for line in [*LEARNING, *LINES] if not sensible(line)]


def test_what_is_learned_from_is_never_what_is_scored() -> None:
    scored = {line.text.casefold() for line in SCORING}
    assert not [line.id for line in LEARNING if line.text.casefold() in scored]
    assert not [each.kind for each in framed(FRAMED) if each.text.casefold() in scored]


def sensible(line: Line) -> bool:
    spans = (line.text[start:end] for start, end, _ in line.spans)
    return (
        (line.kind in HARMLESS) == (not line.lanes)
        and (line.tier in (Tier.NONE, Tier.OFFER) or Lane.CARE in line.lanes)
        and (bool(line.lanes) or not line.held)
        and (line.kind in HARMLESS or not line.guard)
        and all(span and span == span.strip() for span in spans)
    )
