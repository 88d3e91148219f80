"""The default policy as a plain function, for judging its quality: no event loop, no store, no memory of a person."""

from collections.abc import Iterator
from functools import cache, partial

from server import screeners
from server.config import Settings
from server.domain.screening import Lane, Opinion, Policy, Ruling, Screened, Screener, Verdict, rule
from server.domain.text import clean
from server.files import read
from server.protocol.refusals import Refused

SETTINGS = Settings()
PIECES = 16  # a text longer than a message is judged in pieces of a message's length, and no further


def check(text: str) -> dict[str, object]:
    """`verdict`, `lanes` (lane to verdict), `scores` (lane to 0..1) and `spans` ([start, end, kind] in the text)."""
    policy, screening = _default()
    rulings: list[Ruling] = []
    lanes: dict[Lane, list[Ruling]] = {lane: [] for lane in Lane}
    opinions: list[tuple[int, Opinion]] = []
    for begin, screened in _pieces(text):
        heard = [opinion for screener in screening for opinion in _said(screener, screened)]
        opinions += [(begin, opinion) for opinion in heard]
        rulings.append(rule(heard, policy, screened))
        for lane, ruled in lanes.items():
            ruled.append(rule((opinion for opinion in heard if opinion.lane is lane), policy, screened))
    return {
        "verdict": _gravest(rulings),
        "lanes": {lane.value: _gravest(ruled) for lane, ruled in lanes.items()},
        "scores": {lane.value: _score(opinion for _, opinion in opinions if opinion.lane is lane) for lane in Lane},
        "spans": sorted(
            [begin + span.start, begin + span.end, opinion.rule.rpartition(".")[2]]
            for begin, opinion in opinions
            for span in opinion.spans
        ),
    }


@cache
def _default() -> tuple[Policy, tuple[Screener, ...]]:
    reading = partial(read, settings=SETTINGS)
    policy = reading("policy.toml", Policy)
    return policy, screeners.build(policy, reading)


def _pieces(text: str) -> Iterator[tuple[int, Screened]]:
    for place in range(PIECES):
        begin = place * SETTINGS.text_characters
        piece = text[begin : begin + SETTINGS.text_characters]
        if not piece:
            return
        try:
            yield begin + len(piece) - len(piece.lstrip()), Screened.of(clean(piece, SETTINGS))
        except Refused:
            continue


def _said(screener: Screener, screened: Screened) -> tuple[Opinion, ...]:
    answer = screener.screen(screened)
    return answer if isinstance(answer, tuple) else ()


def _gravest(rulings: list[Ruling]) -> str:
    return max((ruling.verdict for ruling in rulings), key=lambda verdict: verdict.weight, default=Verdict.ALLOW).value


def _score(opinions: Iterator[Opinion]) -> float:
    """Rules that agree make it surer; one alone says what its own score says."""
    doubt = 1.0
    for score in {opinion.rule: opinion.score for opinion in opinions}.values():
        doubt *= 1.0 - score
    return round(1.0 - doubt, 4)
