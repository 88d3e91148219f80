"""What the shipped policy says of one text, as the report counts it."""

from collections.abc import Sequence
from time import thread_time
from typing import NamedTuple

from server.domain.folding import Span
from server.domain.screening import Lane, Verdict
from server.evaluate import Judgement, gravest, judge
from tests.screening.lines import Tier

HELD = frozenset({Verdict.HOLD, Verdict.BLOCK})


class Answer(NamedTuple):
    """`tier` is who is called, `lanes` are those that spoke at all, `spans` what gives a person away.

    `seconds` are of one core, so that what else runs on the machine changes nothing; `quick_s` those without advice,
    where they were measured.
    """

    tier: Tier
    lanes: frozenset[Lane]
    held: bool
    rules: dict[str, Lane]
    scores: dict[Lane, float]
    spans: tuple[Span, ...]
    kinds: frozenset[str]
    seconds: float
    quick_s: float = 0.0

    @property
    def alarms(self) -> bool:
        """True where someone of the team is asked to look because of how the writer is."""
        return self.tier.height >= Tier.CONCERN.height

    @property
    def pages(self) -> bool:
        return self.tier.height >= Tier.SERIOUS.height


def timed(text: str, context: Sequence[str] = ()) -> Answer:
    """The same, having been judged for the first time without advice."""
    begin = thread_time()
    judge(text, context, advised=False)
    quick_s = thread_time() - begin
    return answer(text, context)._replace(quick_s=quick_s)


def answer(text: str, context: Sequence[str] = ()) -> Answer:
    begin = thread_time()
    judged = judge(text, context)
    seconds = thread_time() - begin
    private = [(at, opinion) for at, opinion in judged.opinions if opinion.lane is Lane.PRIVACY]
    return Answer(
        tier=_tier(judged),
        lanes=frozenset(lane for lane, ruled in judged.lanes.items() if gravest(ruled) != Verdict.ALLOW),
        held=any(ruling.verdict in HELD for ruling in judged.rulings),
        rules={opinion.rule: opinion.lane for _, opinion in judged.opinions},
        scores=judged.scores,
        spans=tuple(Span(at + span.start, at + span.end) for at, opinion in private for span in opinion.spans),
        kinds=frozenset(opinion.rule.rpartition(".")[2] for _, opinion in private),
        seconds=seconds,
    )


def _tier(judged: Judgement) -> Tier:
    cares = [ruling.care for ruling in judged.rulings if ruling.care is not None]
    tiers = [Tier(care.urgency) if care.urgency else Tier.OFFER for care in cares]
    return max(tiers, key=lambda tier: tier.height, default=Tier.NONE)
