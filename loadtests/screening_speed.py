"""What screening one message costs: `python -m loadtests.screening_speed` prints CPU time by kind of message."""

import asyncio
import gc
import resource
import time
import tomllib
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import quantiles

from server import screeners
from server.actions.screening import Pipeline
from server.config import Settings
from server.domain.rulebook import Rulebook
from server.domain.screening import Policy, Ruling
from server.domain.text import clean
from server.files import read

SETTINGS = Settings()
LONG = 200  # characters of a long message
ROUNDS = 20
HERE = Path(__file__).parent

reading = partial(read, settings=SETTINGS)


def ordinary() -> list[str]:
    rooms = tomllib.loads((HERE / "conversations.toml").read_text())
    return [text for room in rooms.values() for _, text in room["lines"]]


def long(texts: list[str]) -> list[str]:
    """Neighbouring lines put together; what one person would say in one go."""
    joined = " ".join(texts)
    return [joined[place : place + LONG].strip() for place in range(0, len(joined) - LONG, LONG)]


def found() -> list[str]:
    books = (reading("screening/care.toml", Rulebook), reading("screening/conduct.toml", Rulebook))
    return [text for book in books for rule in book.rules for text in rule.finds]


def hostile() -> list[str]:
    pieces = (
        "a",
        "i want to ",
        "k i l l ",
        "ki11 ",
        "!",
        "my friend ",
        "i ",
        "1",
        "a@",
        "aa ",
        "don't ",
        "und so ",
        "ß",
    )
    return [piece * (SETTINGS.text_characters // len(piece.encode())) for piece in pieces]


def screened(pipeline: Pipeline, person: str, text: str) -> Ruling:
    ruling = pipeline.screen_message(person, "room:speed", clean(text, SETTINGS), region="US")
    assert isinstance(ruling, Ruling)
    return ruling


def spent(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return (time.perf_counter() - begin) * 1e6


async def main() -> None:
    policy = reading("policy.toml", Policy)
    begin = time.process_time()
    screening = screeners.build(policy, reading)
    built = time.process_time()
    print(f"built in {built - begin:.2f} s of CPU")
    pipeline = Pipeline(policy, screening, SETTINGS)
    gc.collect()
    gc.freeze()
    print(f"{'us':>22} {'texts':>6} {'first p50':>10} {'first p99':>10} {'warm p50':>10} {'warm p99':>10}")
    kinds = {"ordinary": ordinary(), "ordinary, 200": long(ordinary()), "found": found(), "hostile": hostile()}
    people = iter(range(10**9))
    for kind, texts in kinds.items():
        rounds = [
            [spent(partial(screened, pipeline, str(next(people)), text)) for text in texts] for _ in range(ROUNDS)
        ]
        warm = [min(times) for times in zip(*rounds[1:], strict=True)]
        figures = (*_middle_and_end(rounds[0]), *_middle_and_end(warm))
        print(f"{kind:>22} {len(texts):>6} " + " ".join(f"{figure:>10.1f}" for figure in figures))
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def _middle_and_end(times: list[float]) -> tuple[float, float]:
    cuts = quantiles(times, n=100, method="inclusive")
    return cuts[49], cuts[98]


if __name__ == "__main__":
    asyncio.run(main())
