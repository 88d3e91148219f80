"""What screeners may say about a text, and the one ruling that follows from all they said."""

import math
from collections.abc import Awaitable, Iterable, Mapping, Sequence
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Protocol

from msgspec import Meta, Struct, structs

from server.domain.allowing import Allowed, is_allowed
from server.domain.folding import Folded, Span, fold, in_parts, leet_words, ordinary, readings, worded
from server.domain.languages import FIRST, Code
from server.protocol.fields import CardKind, Urgency

UNSCREENED = "unscreened"
LANGUAGE = "language"  # why: it is in one that the room is not read in
CONTEXT_TEXTS = 5  # a number given in pieces rarely takes more


class Lane(StrEnum):
    CARE = "care"  # someone may be at risk
    CONDUCT = "conduct"  # it may harm others
    PRIVACY = "privacy"  # it gives a person away


class Verdict(StrEnum):
    """Lightest first: deliver; deliver and tell staff; deliver without its spans; a moderator decides; not at all."""

    ALLOW = "allow"
    NOTE = "note"
    MASK = "mask"
    HOLD = "hold"
    BLOCK = "block"

    @property
    def weight(self) -> int:
        return _WEIGHTS[self]


class Surface(StrEnum):
    MESSAGE = "message"
    THREAD = "thread"
    ONE_TO_ONE = "one_to_one"
    HANDLE = "handle"
    REPORT = "report"
    EDIT = "edit"


_WEIGHTS = {verdict: weight for weight, verdict in enumerate(Verdict)}
_PRECEDENCE = {Lane.CARE: 2, Lane.CONDUCT: 1, Lane.PRIVACY: 0}
_URGENCIES = {None: 0, Urgency.CONCERN: 1, Urgency.SERIOUS: 2, Urgency.IMMINENT: 3}
# All other disclosure is delivered; a person who says how they feel is never silenced for it.
HELD_FOR_CARE = frozenset({"method", "goodbye", "plan"})
FRIEND = "friend"
# What a second reading says that is sure of no risk, and which reasons it outweighs: never a method, or what happens.
CALM = "calm"
FAINT = "faint"  # and where it is sure of nothing: from either nothing follows but a score
EXCUSED = "excused"  # or where something would follow, had it not been told just before, or by what a guard spares
QUIET = frozenset({CALM, FAINT, EXCUSED})
DOUBTED = frozenset({"wish", "thoughts", "selfharm", "past", "distress"})
# At this score or below it also outweighs what only sounds final: "tonight's the night, premiere at 8".
SURE = 0.5
FINAL = DOUBTED | {"plan", "goodbye"}
# What tells of others, or of what others do, says nothing of a plan of one's own.
BEARS_NOTHING = frozenset({FRIEND, "danger", "distress"})
BESIDE_CHARACTERS = 60
BEARS = 0.5  # the least score on which something may lean
PRIVATE = frozenset({Surface.THREAD, Surface.ONE_TO_ONE, Surface.REPORT})


class Screened(Struct, frozen=True, dict=True):
    """One text and what is needed to judge it; what most texts do not need is worked out when it is asked for."""

    text: str
    folded: Folded
    words: bytes | None  # of an ordinary text, as `ordinary` gives them
    surface: Surface = Surface.MESSAGE
    level: str = "standard"
    languages: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    region: str = ""
    room: str = ""
    heard: tuple["Opinion", ...] = ()  # what the quick screeners said, for one that is asked after them

    @classmethod
    def of(
        cls,
        text: str,
        surface: Surface = Surface.MESSAGE,
        level: str = "standard",
        *,
        languages: Sequence[str] = (),
        context: Sequence[str] = (),
        region: str = "",
        room: str = "",
    ) -> "Screened":
        """From clean text; `context` are the same person's last texts here, oldest first."""
        folded = fold(text)
        return cls(text, folded, ordinary(folded), surface, level, tuple(languages), tuple(context), region, room)

    @cached_property
    def readings(self) -> tuple[Folded, ...]:
        """The folded text and how else it may be read."""
        return readings(self.folded) if self.words is None else (self.folded,)

    @cached_property
    def leet(self) -> tuple[Span, ...]:
        """Places of the words in which digits or marks stand for letters."""
        return tuple(self.folded.span(*place) for place in leet_words(self.folded))

    @cached_property
    def phrases(self) -> tuple[Folded, ...]:
        """The readings as words with single spaces; last, where there are any, each of its parts for itself.

        What is said in one part, "pretend" or "never", excuses nothing in another.
        """
        apart = in_parts(self.folded)
        return tuple(worded(reading) for reading in (*self.readings, *([apart] if apart else ())))


class Opinion(Struct, frozen=True):
    """What one rule saw. `reason` is a code of the policy file, `spans` are in the clean text, `score` is 0 to 1.

    Where it `leans`, it counts only beside another of its lane that has that score or more, within a sentence or so.
    It is the `last` word of its lane where it was said in the knowledge of the others.
    """

    lane: Lane
    verdict: Verdict
    rule: str
    version: str
    reason: str
    urgency: Urgency | None = None
    spans: tuple[Span, ...] = ()
    score: float = 1.0
    leans: float = 0.0
    last: bool = False

    def sensible(self, length: int) -> bool:
        """False for what no honest screener of a text of this length says."""
        known = isinstance(self.lane, Lane) and isinstance(self.verdict, Verdict) and isinstance(self.reason, str)
        urgency = self.urgency is None or isinstance(self.urgency, Urgency)
        placed = all(0 <= span.start < span.end <= length for span in self.spans)
        return known and urgency and placed and 0.0 <= self.score <= 1.0


class Runs(StrEnum):
    """Where a screener does its work: in the loop, in a thread with a deadline, or elsewhere with a longer one.

    One that advises is only asked where those in the loop leave something open, and what it fails at stays with them.
    """

    INLINE = "inline"
    THREAD = "thread"
    REMOTE = "remote"
    ADVISES = "advises"


class Screener(Protocol):
    """A plug-in: it sees one text and says what it saw, if anything. A remote one answers with an awaitable."""

    @property
    def name(self) -> str: ...
    @property
    def runs(self) -> Runs: ...
    def screen(self, screened: Screened) -> tuple[Opinion, ...] | Awaitable[tuple[Opinion, ...]]: ...


class Adviser(Screener, Protocol):
    """Told what the others said in `heard`."""

    def is_asked(self, screened: Screened, heard: Iterable["Opinion"]) -> bool: ...
    def advice(self, screened: Screened) -> Awaitable[tuple[Opinion, ...] | None]:
        """What `screen` says, from a thread and in time; None where it fails."""


class Source(Struct, frozen=True, forbid_unknown_fields=True):
    """A screener as the policy file names it: a kind of ours, or `module:Class` of the operator's."""

    name: Annotated[str, Meta(pattern=r"^[a-z][a-z0-9-]{0,23}$")]
    kind: Annotated[str, Meta(pattern=r"^([a-z]+|[a-zA-Z_][\w.]*:[A-Za-z_]\w*)$")]
    file: str = ""


class Policy(Struct, frozen=True, forbid_unknown_fields=True):
    """The operator's decisions: who screens in which languages, and what follows from each reason at each level.

    `rooms` are those whose level is another than their own file says, for it comes into force without a restart.
    """

    version: Annotated[str, Meta(min_length=1, max_length=32)]
    review: str
    screeners: Annotated[tuple[Source, ...], Meta(min_length=1)]
    verdicts: dict[str, Verdict]
    mask: Annotated[str, Meta(min_length=1, max_length=40)]
    languages: Annotated[tuple[Code, ...], Meta(min_length=1)] = (FIRST,)
    levels: dict[str, dict[str, Verdict]] = {}
    rooms: dict[str, str] = {}
    allowed: tuple[Allowed, ...] = ()
    regions: tuple[Annotated[str, Meta(pattern=r"^[A-Z]{2}$")], ...] = ()

    def level(self, room: str, otherwise: str) -> str:
        """Of a room; `otherwise` is what its own file says."""
        return self.rooms.get(room, otherwise)

    def verdict(self, opinion: Opinion, screened: Screened) -> Verdict:
        """What follows from one opinion: the level's word, else the policy's, else the rule's own, within bounds."""
        level = self.levels.get(screened.level, {})
        wanted = level.get(opinion.reason) or self.verdicts.get(opinion.reason) or opinion.verdict
        if screened.surface is Surface.ONE_TO_ONE and opinion.lane is Lane.PRIVACY and opinion.spans:
            return min(wanted, Verdict.MASK, key=_weight)  # what leads outside is taken out, and nobody is kept waiting
        if screened.surface in PRIVATE or (opinion.lane is Lane.CARE and opinion.reason not in HELD_FOR_CARE):
            return min(wanted, Verdict.NOTE, key=_weight)
        return min(wanted, Verdict.HOLD, key=_weight) if opinion.lane is Lane.CARE else wanted

    def spares(self, opinion: Opinion, screened: Screened) -> bool:
        """Whether it saw nothing but what is allowed here; what care holds or pages for is never spared."""
        if opinion.lane is Lane.CARE and (opinion.reason in HELD_FOR_CARE or opinion.urgency is Urgency.IMMINENT):
            return False
        return is_allowed(opinion.spans, screened.text, screened.folded, self.allowed, screened.room)

    def unfit_for(self, levels: Mapping[str, str]) -> str | None:
        """What these rooms, each with its level, and this policy ask of each other and don't have; none: they fit."""
        if lost := next((room for room in self.rooms if room not in levels), None):
            return f"[rooms] names the room {lost}, which does not exist"
        for room, level in {**levels, **self.rooms}.items():
            if level not in self.levels:
                return f"the room {room} is of the level {level}, which has no [levels.{level}]"
        strange = (room for allowed in self.allowed for room in allowed.rooms if room not in levels)
        return next((f"[[allowed]] names the room {room}, which does not exist" for room in strange), None)


class CareRuling(Struct, frozen=True):
    """`urgency` is None for a quiet offer, which no one is called for."""

    urgency: Urgency | None
    kind: CardKind
    hold: bool


class Ruling(Struct, frozen=True):
    """What happens to a text. `text` is without what is masked; `spans` are places in the text as it was."""

    verdict: Verdict
    text: str
    why: str = ""
    rule: str = ""
    version: str = ""
    care: CareRuling | None = None
    spans: tuple[Span, ...] = ()
    unscreened: bool = False


def rule(opinions: Iterable[Opinion], policy: Policy, screened: Screened) -> Ruling:
    """The gravest opinion decides; care is answered beside it, and holds only what could show others a way."""
    decisions = weighed(opinions, policy, screened)
    if not decisions:
        return Ruling(Verdict.ALLOW, screened.text)
    verdict, gravest = max(decisions, key=_gravity)
    hidden = [span for decided, opinion in decisions if decided is Verdict.MASK for span in opinion.spans]
    return Ruling(
        verdict=verdict,
        text=masked(screened.text, hidden, policy.mask) if hidden else screened.text,
        why="" if verdict is Verdict.ALLOW else gravest.reason,
        rule=gravest.rule,
        version=f"{policy.version}/{gravest.version}",
        care=_care(decisions),
        spans=tuple(sorted(span for decided, opinion in decisions if decided is verdict for span in opinion.spans)),
    )


def weighed(opinions: Iterable[Opinion], policy: Policy, screened: Screened) -> list[tuple[Verdict, Opinion]]:
    """What follows from each opinion that counts here."""
    heard = [opinion for opinion in settled(opinions) if not policy.spares(opinion, screened)]
    return [(policy.verdict(opinion, screened), opinion) for opinion in heard]


def settled(opinions: Iterable[Opinion]) -> list[Opinion]:
    """Without what goes by a few words where the whole of the text, read a second time, tells of no risk.

    And without what leans on something that is not there: the second reading may bear it where it is sure of nothing.
    """
    heard = list(opinions)
    spoken = [each for each in heard if each.reason not in QUIET]
    if not spoken:  # nearly always
        return spoken
    calm, agree = _calm(heard), len({each.rule for each in spoken if each.lane is Lane.CARE and each.reason in DOUBTED})
    kept = [each for each in spoken if not _doubted(each, calm, agree)]
    if not any(each.leans for each in kept):
        return kept
    bearing = [each for each in heard if not each.leans and (_bears(each) or each in kept) and not _is_anywhere(each)]
    return [structs.replace(each, leans=0.0) for each in kept if _is_borne(each, bearing)]


def graded(opinions: Iterable[Opinion]) -> dict[Lane, float]:
    """By lane, how much there is to it, 0 to 1: readers that agree make it surer, also where nothing follows."""
    said = list(opinions)
    heard = {opinion.rule: opinion for opinion in said if opinion.reason in QUIET}
    heard |= {opinion.rule: opinion for opinion in settled(said)}
    doubts = {lane: [1.0 - each.score for each in heard.values() if each.lane is lane] for lane in Lane}
    return {lane: round(1.0 - math.prod(doubt), 4) for lane, doubt in doubts.items()}


def unscreened(ruling: Ruling, screened: Screened) -> Ruling:
    """The ruling where a screener was late, broke or spoke nonsense: nothing unscreened is shown in a room."""
    if screened.surface in PRIVATE or ruling.verdict.weight >= Verdict.HOLD.weight:
        return structs.replace(ruling, unscreened=True)
    return structs.replace(ruling, verdict=Verdict.HOLD, why=UNSCREENED, unscreened=True)


def masked(text: str, spans: Iterable[Span], mask: str) -> str:
    """The text with each span, or run of touching spans, replaced; nothing of what was there remains."""
    parts: list[str] = []
    reached = 0
    for span in sorted(spans):
        if span.end <= reached:
            continue
        if span.start > reached or not parts:
            parts += [text[reached : span.start], mask]
        reached = span.end
    return "".join([*parts, text[reached:]])


def _care(weighed: list[tuple[Verdict, Opinion]]) -> CareRuling | None:
    concerned = [(verdict, opinion) for verdict, opinion in weighed if opinion.lane is Lane.CARE]
    if not concerned:
        return None
    urgency = max((opinion.urgency for _, opinion in concerned), key=_URGENCIES.__getitem__)
    hold = any(verdict is Verdict.HOLD for verdict, _ in concerned)
    return CareRuling(urgency, _card(urgency, hold, [opinion for _, opinion in concerned]), hold)


def _card(urgency: Urgency | None, hold: bool, opinions: list[Opinion]) -> CardKind:
    if hold:
        return CardKind.HELD
    if urgency is None:
        return CardKind.OFFER
    own = any(opinion.reason != FRIEND and opinion.urgency is not None for opinion in opinions)
    return CardKind.WORRY if own else CardKind.FRIEND


def _calm(heard: Sequence[Opinion]) -> float:
    """How little risk a second reading hears where it is sure of none; the last word, where there is one."""
    decided = {opinion.lane for opinion in heard if opinion.last}
    sure = (each for each in heard if each.reason == CALM and (each.last or each.lane not in decided))
    return min((each.score for each in sure), default=1.0)


def _doubted(opinion: Opinion, calm: float, agree: int) -> bool:
    """What is not quite sure of the contrary outweighs one voice, and not several that `agree`."""
    if opinion.lane is not Lane.CARE or calm == 1.0:
        return False
    if calm <= SURE:
        return opinion.reason in FINAL
    return opinion.reason in DOUBTED and opinion.urgency is not Urgency.IMMINENT and agree == 1


def _bears(opinion: Opinion) -> bool:
    return opinion.reason in (FAINT, EXCUSED) and bool(opinion.spans)


def _is_anywhere(opinion: Opinion) -> bool:
    """The last word is about the whole of a text, which tells no place where that is long."""
    return opinion.last and any(span.end - span.start > 2 * BESIDE_CHARACTERS for span in opinion.spans)


def _is_borne(opinion: Opinion, bearing: Iterable[Opinion]) -> bool:
    return not opinion.leans or any(
        each.score >= opinion.leans and _is_beside(opinion, each)
        for each in bearing
        if each.lane is opinion.lane and each.reason not in BEARS_NOTHING
    )


def _is_beside(opinion: Opinion, other: Opinion) -> bool:
    """What is said far apart in a long text is not said together; what has no place is said of all of it."""
    if not opinion.spans or not other.spans:
        return True
    return any(
        each.start <= span.end + BESIDE_CHARACTERS and span.start <= each.end + BESIDE_CHARACTERS
        for each in opinion.spans
        for span in other.spans
    )


def _weight(verdict: Verdict) -> int:
    return verdict.weight


def _gravity(weighed: tuple[Verdict, Opinion]) -> tuple[int, int, float]:
    verdict, opinion = weighed
    return verdict.weight, _PRECEDENCE[opinion.lane], opinion.score
