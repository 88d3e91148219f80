"""The default policy as a plain function, for judging its quality: no event loop, no store, no memory of a person."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache, partial

from msgspec import Struct

from server import screeners
from server.config import Settings
from server.domain.advising import said
from server.domain.screening import (
    Lane,
    Opinion,
    Policy,
    Ruling,
    Runs,
    Screened,
    Screener,
    Verdict,
    graded,
    rule,
    settled,
)
from server.domain.text import clean
from server.files import kept_index, read
from server.protocol.refusals import Refused

SETTINGS = Settings()
PIECES = 16  # a text longer than a message is judged in pieces of a message's length, and no further


class Judgement(Struct, frozen=True):
    """What the default policy makes of a text, piece by piece; an opinion comes with where its piece begins.

    The scores are those of the piece that has the highest.
    """

    rulings: tuple[Ruling, ...]
    lanes: dict[Lane, tuple[Ruling, ...]]
    scores: dict[Lane, float]
    opinions: tuple[tuple[int, Opinion], ...]


def check(text: str) -> dict[str, object]:
    """`verdict`, `lanes` (lane to verdict), `scores` (lane to 0..1) and `spans` ([start, end, kind] in the text)."""
    judged = judge(text)
    return {
        "verdict": gravest(judged.rulings),
        "lanes": {lane.value: gravest(ruled) for lane, ruled in judged.lanes.items()},
        "scores": {lane.value: score for lane, score in judged.scores.items()},
        "spans": sorted(
            [begin + span.start, begin + span.end, opinion.rule.rpartition(".")[2]]
            for begin, opinion in judged.opinions
            for span in opinion.spans
        ),
    }


def judge(text: str, context: Sequence[str] = (), *, advised: bool = True) -> Judgement:
    """The same with all that was said of it; `context` are the texts that the same person sent before, oldest first.

    Not `advised` is as the server judges where its adviser fails.
    """
    policy, screening = _default()
    if not advised:
        screening = tuple(screener for screener in screening if screener.runs is not Runs.ADVISES)
    rulings: list[Ruling] = []
    lanes: dict[Lane, list[Ruling]] = {lane: [] for lane in Lane}
    scores = dict.fromkeys(Lane, 0.0)
    opinions: list[tuple[int, Opinion]] = []
    for begin, screened in _pieces(text, context):
        every = said(screening, screened)
        scores = {lane: max(scores[lane], score) for lane, score in graded(every).items()}
        heard = settled(every)
        opinions += [(begin, opinion) for opinion in heard]
        rulings.append(rule(heard, policy, screened))
        for lane, ruled in lanes.items():
            ruled.append(rule((opinion for opinion in heard if opinion.lane is lane), policy, screened))
    return Judgement(tuple(rulings), {lane: tuple(ruled) for lane, ruled in lanes.items()}, scores, tuple(opinions))


def gravest(rulings: Iterable[Ruling]) -> str:
    return max((ruling.verdict for ruling in rulings), key=lambda verdict: verdict.weight, default=Verdict.ALLOW).value


@cache
def _default() -> tuple[Policy, tuple[Screener, ...]]:
    reading = partial(read, settings=SETTINGS)
    policy = reading("policy.toml", Policy)
    return policy, screeners.build(policy, reading, kept=kept_index())


def _pieces(text: str, context: Sequence[str]) -> Iterator[tuple[int, Screened]]:
    for place in range(PIECES):
        begin = place * SETTINGS.text_characters
        piece = text[begin : begin + SETTINGS.text_characters]
        if not piece:
            return
        try:
            yield begin + len(piece) - len(piece.lstrip()), Screened.of(clean(piece, SETTINGS), context=context)
        except Refused:
            continue
