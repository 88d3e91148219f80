"""The public files that lie beside the project, where they do: what each one's labels can tell, and no row of them."""

import json
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from server.domain.folding import Span
from server.domain.screening import Lane
from tests.screening.answers import Answer, timed
from tests.screening.figures import Share, told_apart
from tests.screening.measuring import covered
from tests.screening.tables import Better, Row, Section

HOUSE = Path(__file__).parents[2]
WHERE = Path(os.environ.get("SCREENING_DATA") or HOUSE.parent / "shared" / "screening" / "data")

DETAILS = {
    "EMAIL_ADDRESS": "email",
    "PHONE_NUMBER": "phone",
    "CREDIT_CARD": "card",
    "US_SSN": "national",
    "STREET_ADDRESS": "street",
    "DOMAIN_NAME": "link",
}
ITS_OWN_RISK = ("suicid", "self-harm", "overdose", "plan")
NUMBERED = frozenset({"email", "phone", "card", "bank", "iban", "national"})


class Told(NamedTuple):
    labels: dict[str, Any]
    text: str
    answer: Answer


class Outside(NamedTuple):
    """What was heard of each file, by its name; empty where the files are not here."""

    files: dict[str, list[Told]]

    @classmethod
    def there(cls, where: Path) -> "Outside":
        return cls({file.name.removesuffix("_dev.jsonl"): _told(file) for file in sorted(where.glob("*_dev.jsonl"))})

    def of(self, name: str) -> list[Told]:
        return self.files.get(name, [])

    def sections(self) -> Iterator[Section]:
        for name, told in self.files.items():
            if name in FILES:
                yield Section(f"{name}, {len(told)} rows", tuple(FILES[name](told)), kept=False)

    def hate_told_apart(self) -> float:
        told = self.of("hatecheck")
        scores = [(row.labels["hate"], row.answer.scores[Lane.CONDUCT]) for row in told]
        return told_apart([score for hate, score in scores if hate], [score for hate, score in scores if not hate])

    def quiet(self, name: str, *prefixes: str) -> Share:
        """How many rows of functions so named the conduct lane says nothing of."""
        mine = [row for row in self.of(name) if str(row.labels.get("func", "")).startswith(prefixes)]
        return Share.where(Lane.CONDUCT not in row.answer.lanes for row in mine)

    def details(self, *kinds: str) -> Share:
        return Share.where(found for kind, found in _marked(self.of("pii_presidio")) if kind in kinds)


def _told(file: Path) -> list[Told]:
    rows = (json.loads(row) for row in file.read_text().splitlines())
    return [Told(row["labels"], row["text"], timed(row["text"])) for row in rows]


def _benign(told: Sequence[Told]) -> Iterator[Row]:
    yield Row("care alarms", Share.where(row.answer.alarms for row in told), Better.LOWER)
    yield Row("pages", Share.where(row.answer.pages for row in told), Better.LOWER)
    yield Row("conduct", Share.where(Lane.CONDUCT in row.answer.lanes for row in told), Better.LOWER)
    numbered = Share.where(bool(row.answer.kinds & NUMBERED) for row in told)
    yield Row("numbers and addresses of mail (unlabelled)", numbered, Better.LOWER)
    yield Row("any lane", Share.where(bool(row.answer.lanes) for row in told), Better.LOWER)


def _load(told: Sequence[Told]) -> Iterator[Row]:
    yield Row("care alarms: a load, there is no truth to it", Share.where(r.answer.alarms for r in told), Better.LOWER)
    yield Row("pages", Share.where(row.answer.pages for row in told), Better.LOWER)
    yield Row("held", Share.where(row.answer.held for row in told), Better.LOWER)


def _crises(told: Sequence[Told]) -> Iterator[Row]:
    def own(row: Told) -> bool:
        return any(sign in row.labels["category"].lower() for sign in ITS_OWN_RISK)

    yield Row("found: suicide, self-harm", Share.where(r.answer.alarms for r in told if r.labels["crisis"] and own(r)))
    yield Row("found: other crises", Share.where(r.answer.alarms for r in told if r.labels["crisis"] and not own(r)))
    calm = [row for row in told if not row.labels["crisis"]]
    yield Row("alarms where there is none", Share.where(row.answer.alarms for row in calm), Better.LOWER)


def _hate(told: Sequence[Told]) -> Iterator[Row]:
    for func in dict.fromkeys(row.labels["func"] for row in told):
        mine = [row for row in told if row.labels["func"] == func]
        right = Share.where((Lane.CONDUCT in row.answer.lanes) == bool(row.labels["hate"]) for row in mine)
        yield Row(f"right: {func}", right)


def _tweets(told: Sequence[Told]) -> Iterator[Row]:
    yield Row("found: hate", Share.where(Lane.CONDUCT in row.answer.lanes for row in told if row.labels["hate"]))
    offensive = [row for row in told if row.labels["toxic"] and not row.labels["hate"]]
    yield Row("found: offensive, mostly profanity", Share.where(Lane.CONDUCT in row.answer.lanes for row in offensive))
    neither = [row for row in told if not row.labels["toxic"]]
    yield Row("neither", Share.where(Lane.CONDUCT in row.answer.lanes for row in neither), Better.LOWER)


def _details(told: Sequence[Told]) -> Iterator[Row]:
    marked = list(_marked(told))
    for kind in DETAILS.values():
        yield Row(f"covered: {kind}", Share.where(found for each, found in marked if each == kind))


def _safe(told: Sequence[Told]) -> Iterator[Row]:
    for what in ("care", "conduct"):
        quiet = [row for row in told if row.labels.get("benign")]
        yield Row(f"{what}, of what is safe", Share.where(Lane(what) in r.answer.lanes for r in quiet), Better.LOWER)


FILES: dict[str, Callable[[Sequence[Told]], Iterator[Row]]] = {
    "benign_irc": _benign,
    "counselchat": _load,
    "crisis_conversations": _crises,
    "hatecheck": _hate,
    "davidson": _tweets,
    "pii_presidio": _details,
    "xstest": _safe,
}


def _marked(told: Sequence[Told]) -> Iterator[tuple[str, bool]]:
    for row in told:
        for start, end, kind in row.labels["pii"]:
            if kind in DETAILS:
                yield DETAILS[kind], covered(row.text, Span(start, end), row.answer.spans)
