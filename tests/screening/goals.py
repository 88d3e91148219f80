"""The seven goals of screening: each with its figures, on the part for scoring and on the public files if present."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from server.domain.screening import Lane
from tests.screening.figures import Share, middle_and_end, told_apart
from tests.screening.lines import FAIR, HARD, ORDINARY, OUTRIGHT, SUPPORT
from tests.screening.measuring import Heard
from tests.screening.outside import NUMBERED, Outside, Told
from tests.screening.tables import Better, Section

UNKIND = ("hate", "harassment", "threat")
MISUNDERSTOOD = ("counter-speech", "reclaimed")
SURE = ("email", "iban", "card", "national")  # details with a shape or a check digit of their own
TYPOS = "typos"
NOT_GOALS = ("styled",)  # disguises that are measured beside those that the goals name
QUICK_S, ADVISED_S = 0.002, 0.020  # of one core at p99: the rules and the second reading; with whoever is asked then


class Condition(NamedTuple):
    """One part of a goal: a figure, its bound, and how many lines it stands on."""

    what: str
    value: float
    bound: float
    better: Better
    of: int

    @property
    def reached(self) -> bool:
        return self.value >= self.bound if self.better is Better.HIGHER else self.value <= self.bound


class Goal(NamedTuple):
    number: int
    what: str
    conditions: tuple[Condition, ...]

    @property
    def reached(self) -> bool:
        return all(condition.reached for condition in self.conditions)


def printed(goal: Goal) -> Iterator[str]:
    yield f"  {goal.number}. {goal.what}: {'reached' if goal.reached else 'NOT reached'}"
    for part in goal.conditions:
        sign = ">=" if part.better is Better.HIGHER else "<="
        mark = " " if part.reached else "!"
        yield f"   {mark} {part.what}: {part.value:.3g}, wanted {sign} {part.bound:g} (of {part.of})"


def goals(heard: Sequence[Heard], disguises: Section, outside: Outside) -> list[Goal]:
    return [
        Goal(1, "A person's own risk, said outright", tuple(_risk(heard, outside))),
        Goal(2, "People supporting others", (_thousandth("alarms", _alarms(heard, SUPPORT)),)),
        Goal(3, "In disguise", tuple(_hidden(disguises))),
        Goal(4, "Hate and harassment", tuple(_hate(heard, outside))),
        Goal(5, "Personal data", tuple(_private(heard, outside))),
        Goal(6, "Speed, milliseconds at p99", tuple(_speed(heard, outside))),
        Goal(7, "Two thresholds, per 1,000 ordinary messages", tuple(_thresholds(heard, outside))),
    ]


def _risk(heard: Sequence[Heard], outside: Outside) -> Iterator[Condition]:
    yield _share("found", Share.where(h.answer.alarms for h in heard if h.line.kind in OUTRIGHT), 0.88)
    yield _thousandth("alarms in ordinary talk, per 1,000", _alarms(heard, ORDINARY))
    hard = _alarms(heard, HARD)
    yield Condition("hard negatives alarmed", hard.value, 0.10, Better.LOWER, hard.of)
    for irc in _irc(outside):
        yield _thousandth("alarms in benign_irc, per 1,000", Share.where(told.answer.alarms for told in irc))


def _hidden(disguises: Section) -> Iterator[Condition]:
    found: dict[str, Share] = {}
    added: dict[str, Share] = {}
    for row in disguises.rows:
        disguise = row.name.partition(":")[0]
        pools = found if row.better is Better.HIGHER else added
        before = pools.get(disguise, Share(0, 0))
        pools[disguise] = Share(before.hits + row.share.hits, before.of + row.share.of)
    for disguise, share in found.items():
        if disguise not in NOT_GOALS:
            yield _share(f"still found, {disguise}", share, 0.60 if disguise == TYPOS else 0.90)
    more = Share(sum(share.hits for share in added.values()), sum(share.of for share in added.values()))
    yield Condition("alarms added in ordinary talk", more.hits, 0, Better.LOWER, more.of)


def _hate(heard: Sequence[Heard], outside: Outside) -> Iterator[Condition]:
    unkind = [h.answer.scores[Lane.CONDUCT] for h in heard if h.line.kind in UNKIND]
    fair = [h.answer.scores[Lane.CONDUCT] for h in heard if h.line.kind == FAIR]
    apart = told_apart(unkind, fair)
    yield Condition("AUROC on the corpus", apart, 0.80, Better.HIGHER, len(unkind) + len(fair))
    misread = (Lane.CONDUCT not in h.answer.lanes for h in heard if h.line.guard in MISUNDERSTOOD)
    yield _share("counter-speech and reclaimed words right, corpus", Share.where(misread), 0.60)
    if told := outside.of("hatecheck"):
        yield Condition("AUROC on hatecheck", outside.hate_told_apart(), 0.80, Better.HIGHER, len(told))
        right = outside.quiet("hatecheck", "counter_", "slur_reclaimed")
        yield _share("counter-speech and reclaimed words right, hatecheck", right, 0.60)


def _private(heard: Sequence[Heard], outside: Outside) -> Iterator[Condition]:
    for kind in (*SURE, "phone"):
        bound = 0.90 if kind == "phone" else 0.98
        mine = (Lane.PRIVACY in h.answer.lanes for h in heard if h.line.kind == kind)
        yield _share(f"{kind}, corpus", Share.where(mine), bound)
        share = outside.details(kind)
        if share.of:
            yield _share(f"{kind}, pii_presidio", share, bound)
    flags = Share.where(Lane.PRIVACY in h.answer.lanes for h in heard if h.line.kind == ORDINARY)
    yield _thousandth("false flags in ordinary talk, per 1,000", flags, 0.5)
    for irc in _irc(outside):
        flags = Share.where(bool(told.answer.kinds & NUMBERED) for told in irc)
        yield _thousandth("number or mail flags in benign_irc, per 1,000", flags, 0.5)


def _speed(heard: Sequence[Heard], outside: Outside) -> Iterator[Condition]:
    said = [("the corpus", [h.answer for h in heard])]
    said += [("benign_irc", [told.answer for told in irc]) for irc in _irc(outside)]
    for where, answers in said:
        yield _slowest(where, [each.quick_s for each in answers], QUICK_S)
        yield _slowest(f"{where}, with advice", [each.seconds for each in answers], ADVISED_S)


def _thresholds(heard: Sequence[Heard], outside: Outside) -> Iterator[Condition]:
    talk = [("ordinary talk", [h.answer for h in heard if h.line.kind == ORDINARY])]
    talk += [("benign_irc", [told.answer for told in irc]) for irc in _irc(outside)]
    for where, answers in talk:
        yield _thousandth(f"someone is paged, {where}", Share.where(each.pages for each in answers))
        listed = Share.where(bool(each.lanes & {Lane.CARE, Lane.CONDUCT}) for each in answers)
        yield _thousandth(f"a moderator's list, {where}", listed, 10)


def _irc(outside: Outside) -> list[list[Told]]:
    told = outside.of("benign_irc")
    return [told] if told else []


def _alarms(heard: Sequence[Heard], kind: str) -> Share:
    return Share.where(h.answer.alarms for h in heard if h.line.kind == kind)


def _share(what: str, share: Share, bound: float) -> Condition:
    return Condition(what, share.value, bound, Better.HIGHER, share.of)


def _thousandth(what: str, share: Share, bound: float = 1) -> Condition:
    return Condition(what, share.per_thousand, bound, Better.LOWER, share.of)


def _slowest(where: str, seconds: Sequence[float], most: float) -> Condition:
    return Condition(where, middle_and_end(seconds)[1] * 1000, most * 1000, Better.LOWER, len(seconds))
