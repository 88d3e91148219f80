"""What is measured on the lines of a part: by lane, tier, kind, guard, language, rule and disguise."""

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from server.domain.folding import Span
from server.domain.screening import Lane
from tests.screening.answers import Answer, answer, timed
from tests.screening.disguises import DISGUISES, disguised
from tests.screening.figures import Share
from tests.screening.lines import (
    CALLED,
    CONTACT,
    DISTRESS,
    HARD,
    HARMLESS,
    ORDINARY,
    OUTRIGHT,
    RISK,
    SUPPORT,
    Line,
    Tier,
)
from tests.screening.tables import Better, Row, Section

LONGER = (2, 4, 8)  # lines in one text
STOPS = (".", "!", "?")
COVERED = 0.8  # of the letters and digits of a detail; what is left of it then tells nothing


class Heard(NamedTuple):
    line: Line
    answer: Answer

    @property
    def caught(self) -> bool:
        return bool(self.answer.lanes & set(self.line.lanes))


def heard(lines: Iterable[Line]) -> list[Heard]:
    return [Heard(line, timed(line.text, line.context)) for line in lines]


def measured(all_heard: Sequence[Heard]) -> Iterator[Section]:
    yield Section("Found, by lane", tuple(_lanes(all_heard)))
    yield Section("A person's own risk", tuple(_risk(all_heard)))
    yield Section("Tiers: this urgency or more", tuple(_tiers(all_heard)))
    yield Section("Held and delivered", tuple(_holds(all_heard)))
    yield Section("Found, by kind", tuple(_kinds(all_heard)))
    yield Section("Alarms on what is harmless, any lane", tuple(_harmless(all_heard)))
    yield Section("Details covered by what was found", tuple(_details(all_heard)))
    yield Section("Languages", tuple(_languages(all_heard)))
    yield Section("Right, by rule", tuple(_rules(all_heard)))
    yield Section("False alarms, by rule", tuple(_false_alarms(all_heard)), kept=False)


def concealed(all_heard: Sequence[Heard]) -> Section:
    """What is still found in each disguise of what was found plain, and what harmless talk it makes suspicious."""
    return Section("In disguise", tuple(row for disguise in DISGUISES for row in _in_disguise(all_heard, disguise)))


def _lanes(all_heard: Sequence[Heard]) -> Iterator[Row]:
    for lane in Lane:
        yield Row(f"{lane}: recall", Share.where(h.caught for h in all_heard if h.line.lane is lane))
        spoke = [h for h in all_heard if lane in h.answer.lanes]
        yield Row(f"{lane}: precision on this corpus", Share.where(lane in h.line.lanes for h in spoke))
        harmless = Share.where(lane in h.answer.lanes for h in all_heard if h.line.kind in HARMLESS)
        yield Row(f"{lane}: false alarms, all harmless lines", harmless, Better.LOWER)
        chat = Share.where(lane in h.answer.lanes for h in all_heard if h.line.kind == ORDINARY)
        yield Row(f"{lane}: false alarms, ordinary talk", chat, Better.LOWER)
    contact = [h for h in all_heard if h.line.kind in CONTACT]
    yield Row("contact of any kind: found", Share.where(h.caught for h in contact))
    yield Row(
        "contact of any kind: held or masked", Share.where(h.answer.held or bool(h.answer.spans) for h in contact)
    )


def _risk(all_heard: Sequence[Heard]) -> Iterator[Row]:
    yield Row("outright", Share.where(h.answer.alarms for h in all_heard if h.line.kind in OUTRIGHT))
    yield Row("veiled", Share.where(h.answer.alarms for h in all_heard if h.line.kind == "veiled"))
    told = [h for h in all_heard if h.line.kind in RISK and h.line.context]
    yield Row("told over several messages", Share.where(h.answer.alarms for h in told))
    for name, kind in (
        ("ordinary talk", ORDINARY),
        ("hard negatives", HARD),
        ("help for others", SUPPORT),
        ("distress", DISTRESS),
    ):
        share = Share.where(h.answer.alarms for h in all_heard if h.line.kind == kind)
        yield Row(f"alarms: {name}", share, Better.LOWER)
    quiet = [h for h in all_heard if h.line.kind in HARMLESS]
    yield Row("pages: all harmless lines", Share.where(h.answer.pages for h in quiet), Better.LOWER)


def _tiers(all_heard: Sequence[Heard]) -> Iterator[Row]:
    for tier in CALLED:
        mine = [h for h in all_heard if h.line.tier is tier and h.line.lane is Lane.CARE]
        yield Row(tier, Share.where(h.answer.tier.height >= tier.height for h in mine))
        yield Row(
            f"{tier}: exactly, of those found", Share.where(h.answer.tier is tier for h in mine if h.answer.alarms)
        )
        said = [h for h in all_heard if h.answer.tier.height >= tier.height]
        yield Row(f"{tier}: precision on this corpus", Share.where(h.line.tier.height >= tier.height for h in said))
        quiet = Share.where(h.answer.tier.height >= tier.height for h in all_heard if h.line.kind in HARMLESS)
        yield Row(f"{tier}: false alarms, all harmless lines", quiet, Better.LOWER)
    lighter = [h for h in all_heard if h.line.tier is Tier.CONCERN and h.line.lane is Lane.CARE]
    yield Row("concern that pages", Share.where(h.answer.pages for h in lighter), Better.LOWER)


def _holds(all_heard: Sequence[Heard]) -> Iterator[Row]:
    yield Row("method, means, goodbye, plan: held", Share.where(h.answer.held for h in all_heard if h.line.held))
    open_ = [h for h in all_heard if h.line.lane is Lane.CARE and not h.line.held]
    yield Row("other disclosure: held", Share.where(h.answer.held for h in open_), Better.LOWER)
    milder = [h for h in open_ if h.line.kind in ("thoughts", "self-harm")]
    yield Row("of these, thoughts and self-harm: held", Share.where(h.answer.held for h in milder), Better.LOWER)
    harmless = [h for h in all_heard if h.line.kind in HARMLESS]
    yield Row("harmless: held", Share.where(h.answer.held for h in harmless), Better.LOWER)


def _kinds(all_heard: Sequence[Heard]) -> Iterator[Row]:
    for kind in _in_order(h.line.kind for h in all_heard if h.line.lanes):
        yield Row(kind, Share.where(h.caught for h in all_heard if h.line.kind == kind and h.line.lanes))


def _harmless(all_heard: Sequence[Heard]) -> Iterator[Row]:
    def name(line: Line) -> str:
        return f"{line.kind}: {line.guard}" if line.guard and line.guard != line.kind else line.kind

    harmless = [h for h in all_heard if not h.line.lanes]
    for which in _in_order(name(h.line) for h in harmless):
        yield Row(which, Share.where(bool(h.answer.lanes) for h in harmless if name(h.line) == which), Better.LOWER)


def _details(all_heard: Sequence[Heard]) -> Iterator[Row]:
    marked = [
        (kind, covered(h.line.text, Span(start, end), h.answer.spans))
        for h in all_heard
        for start, end, kind in h.line.spans
        if not h.line.context
    ]
    for kind in _in_order(kind for kind, _ in marked):
        yield Row(kind, Share.where(found for each, found in marked if each == kind))


def covered(text: str, wanted: Span, found: Sequence[Span]) -> bool:
    places = [place for place in range(wanted.start, wanted.end) if text[place].isalnum()]
    inside = [place for place in places if any(span.start <= place < span.end for span in found)]
    return len(inside) >= COVERED * len(places)


def _languages(all_heard: Sequence[Heard]) -> Iterator[Row]:
    for language in _in_order(h.line.language for h in all_heard):
        mine = [h for h in all_heard if h.line.language == language]
        for lane in Lane:
            yield Row(f"{language}: {lane}", Share.where(h.caught for h in mine if h.line.lane is lane))
        harmless = [h for h in mine if h.line.kind in HARMLESS]
        yield Row(f"{language}: alarms, harmless", Share.where(bool(h.answer.lanes) for h in harmless), Better.LOWER)


def _rules(all_heard: Sequence[Heard]) -> Iterator[Row]:
    """A rule is right where its lane may speak; what is said quietly, without an alarm or a note, is not counted."""
    spoke = [
        (rule, lane in h.line.lanes)
        for h in all_heard
        for rule, lane in h.answer.rules.items()
        if lane in h.answer.lanes
    ]
    for rule in sorted({rule for rule, _ in spoke}):
        yield Row(rule, Share.where(right for each, right in spoke if each == rule))


def _false_alarms(all_heard: Sequence[Heard]) -> Iterator[Row]:
    """Of the rules that gave any; the others gave none."""
    harmless = [h.answer for h in all_heard if h.line.kind in HARMLESS]
    spoke = [{rule for rule, lane in answer.rules.items() if lane in answer.lanes} for answer in harmless]
    for rule in sorted(set().union(*spoke)):
        yield Row(rule, Share.where(rule in rules for rules in spoke), Better.LOWER)


def among(all_heard: Sequence[Heard]) -> Section:
    """What is still found where it stands in a longer text, and how often ordinary talk alarms by its length alone."""
    english = [h for h in all_heard if h.line.language == "en" and not h.line.context]
    chat = [h.line.text for h in english if h.line.kind == ORDINARY and not h.answer.alarms]
    risk = [h.line.text for h in english if h.line.kind in OUTRIGHT and h.answer.alarms]
    return Section("In longer texts", tuple(row for count in LONGER if chat for row in _among(chat, risk, count)))


def _among(chat: Sequence[str], risk: Sequence[str], count: int) -> Iterator[Row]:
    posts = [joined(chat, number, count) for number in range(math.ceil(len(chat) / count))]
    told = [joined(chat, number, count - 1, text) for number, text in enumerate(risk)]
    yield Row(
        f"one of {count} lines: found, of what was found alone", Share.where(answer(post).alarms for post in told)
    )
    harmless = [answer(post) for post in posts]
    yield Row(f"{count} lines of ordinary talk: alarms", Share.where(a.alarms for a in harmless), Better.LOWER)
    yield Row(f"{count} lines of ordinary talk: pages", Share.where(a.pages for a in harmless), Better.LOWER)


def joined(chat: Sequence[str], number: int, count: int, text: str | None = None) -> str:
    """A post of the next so many lines, with the text among them, in each post somewhere else."""
    lines = [chat[(number * count + place) % len(chat)] for place in range(count)]
    if text is not None:
        lines.insert(number % (count + 1), text)
    return " ".join(line if line.endswith(STOPS) else f"{line}." for line in lines)


def _in_disguise(all_heard: Sequence[Heard], disguise: str) -> Iterator[Row]:
    for lane in (Lane.CARE, Lane.CONDUCT):
        caught = (h.line for h in all_heard if h.line.lane is lane and h.caught)
        still = [Heard(line, answer(text)).caught for line, text in _hidden(caught, disguise)]
        yield Row(f"{disguise}: {lane}, of what was found plain", Share.where(still))
    quiet = (h.line for h in all_heard if h.line.kind == ORDINARY and not h.answer.lanes)
    added = [bool(answer(text).lanes) for _, text in _hidden(quiet, disguise)]
    yield Row(f"{disguise}: alarms added, ordinary talk", Share.where(added), Better.LOWER)


def _hidden(lines: Iterable[Line], disguise: str) -> Iterator[tuple[Line, str]]:
    for line in lines:
        text = None if line.context else disguised(line.text, disguise)
        if text is not None:
            yield line, text


def _in_order(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))
