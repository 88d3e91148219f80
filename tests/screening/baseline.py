"""The figures that stand, and what a change may cost: a figure that falls further fails `make check`."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec
from msgspec import Struct

from tests.screening.tables import Better, Row, Section

BASELINE = Path(__file__).parent / "baseline.json"

SHARE = 0.02  # of a group's lines; what a change for the better elsewhere may cost here
LINES = 1.0  # and always one line: a small group moves by that much at a time
RULE_SHARE = 0.10  # a rule's own hits change with every phrase
RULE_HITS = 10  # a rule with fewer says too little
RULES = "Right, by rule"


class Standing(Struct, frozen=True, forbid_unknown_fields=True):
    """A figure as it was last accepted, and how far it may fall."""

    value: float
    of: int
    better: Better
    tolerance: float


class Baseline(Struct, frozen=True, forbid_unknown_fields=True):
    figures: dict[str, Standing]


def standing(sections: Iterable[Section]) -> Baseline:
    return Baseline({name: _standing(section, row) for name, section, row in _named(sections)})


def read() -> Baseline:
    return msgspec.json.decode(BASELINE.read_bytes(), type=Baseline)


def write(sections: Iterable[Section]) -> None:
    packed = msgspec.json.encode(standing(sections))
    BASELINE.write_bytes(msgspec.json.format(packed, indent=1) + b"\n")


def worse(baseline: Baseline, sections: Iterable[Section]) -> Iterator[str]:
    """One sentence for each figure that is worse than the baseline allows, or that no one has accepted yet."""
    now = standing(sections).figures
    for name, before in baseline.figures.items():
        figure = now.get(name)
        if figure is None:
            if not name.startswith(RULES):
                yield f"{name}: is no longer measured"
        elif _fall(before, figure) > before.tolerance + 1e-9:
            yield f"{name}: {figure.value:.3f} of {figure.of}; it was {before.value:.3f}, within {before.tolerance:.3f}"
    for name in now:
        if name not in baseline.figures and not name.startswith(RULES):
            yield f"{name}: is new; accept it with --write"


def _fall(before: Standing, now: Standing) -> float:
    return before.value - now.value if before.better is Better.HIGHER else now.value - before.value


def _named(sections: Iterable[Section]) -> Iterator[tuple[str, Section, Row]]:
    for section in sections:
        for row in section.rows:
            enough = row.share.of >= (RULE_HITS if section.title == RULES else 1)
            if section.kept and enough:
                yield f"{section.title}: {row.name}", section, row


def _standing(section: Section, row: Row) -> Standing:
    tolerance = RULE_SHARE if section.title == RULES else max(SHARE, LINES / row.share.of)
    return Standing(round(row.share.value, 4), row.share.of, row.better, round(tolerance, 4))
