"""The rows about the screeners: what building them costs a start, and what the dearest of many hostile texts does."""

import gc
import multiprocessing
import random
import time
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor

from msgspec import structs

from loadtests.bench import hostile
from loadtests.bench.run import QUICK, Run, single, span
from loadtests.bench.table import Row
from server import screeners
from server.config import Settings
from server.domain.rulebook import Rulebook
from server.domain.screening import FAINT, Lane, Opinion, Policy, Runs, Screened, Screener, Verdict
from server.domain.text import clean
from server.files import kept_index, read
from server.protocol.refusals import Refused

EACH, QUICKLY = 200, 13  # texts for each pattern
EVERY = 14  # every so many texts is shown to all screeners; the others to the one whose pattern it was made from
DEAREST_MS = 50  # as long as a screener in a thread may take
SEED = 1  # the same texts each time
START_S = 1  # for all matchers, on one core
# An adviser is asked about every text, though in a room only where the others are in doubt.
DOUBT = tuple(Opinion(lane, Verdict.ALLOW, "bench.doubt", "1", FAINT, score=0.5) for lane in (Lane.CARE, Lane.CONDUCT))


def building(run: Run) -> list[Row]:
    """In CPU time, each time in a process that has built none before; as the server does, from what `make` kept."""
    rounds = []
    for _ in range(run.rounds):
        with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as fresh:
            rounds.append(fresh.submit(_building_s).result())
    built = span(rounds)
    title = "all matchers of a start"
    return [Row(part="building", title=title, unit="s", figure=built, judged=built.median, most=START_S)]


def _building_s() -> float:
    settings = Settings()
    began = time.process_time()
    policy = read("policy.toml", Policy, settings)
    screeners.build(policy, lambda name, kind: read(name, kind, settings), kept=kept_index())
    return time.process_time() - began


def evil(run: Run) -> list[Row]:
    """In CPU time, so that it matters little what else runs; each text is seen for the first time.

    One that is dearer than all before is read by screeners that have not seen it either, and what counts is the cheaper
    of the two: now and then the machine pauses within a text.
    """
    settings = Settings()
    made, others = _made(settings), _made(settings)
    gc.collect()
    gc.freeze()  # as the server does, which else would search all matchers for cycles in the midst of a text
    dearest = dict.fromkeys((each.name for each in made), 0.0)
    together, count = 0.0, 0
    for name, text in _texts(settings, QUICKLY if run.rounds == QUICK.rounds else EACH):
        asked = {each.name for each in made if count % EVERY == 0 or name.startswith(each.name)}
        costs = _costs(made, asked, text)
        if any(ms > dearest[name] for name, ms in costs.items()):
            costs = {name: min(costs[name], ms) for name, ms in _costs(others, asked, text).items()}
        dearest |= {name: max(dearest[name], ms) for name, ms in costs.items()}
        together, count = max(together, sum(costs.values())), count + 1
    most = max(dearest.values())
    parts = ", ".join(f"{name} {ms:.1f}" for name, ms in dearest.items())
    note = f"{count:,} texts; all screeners together {together:.1f} ms; {parts}"
    title = "the dearest hostile text to any one screener"
    return [Row(part="evil", title=title, unit="ms", figure=single(most), judged=most, most=DEAREST_MS, note=note)]


def books(settings: Settings) -> dict[str, Rulebook]:
    """The rule files of the policy, by the name under which each speaks."""
    return dict(screeners.books(read("policy.toml", Policy, settings), lambda name, kind: read(name, kind, settings)))


def _texts(settings: Settings, each: int) -> Iterator[tuple[str, str]]:
    chance = random.Random(SEED)
    for name, book in books(settings).items():
        for pattern in hostile.patterns(book):
            for text in hostile.texts(hostile.expanded(pattern, book), chance, each):
                try:
                    yield name, clean(text, settings)
                except Refused:
                    continue


def _made(settings: Settings) -> tuple[Screener, ...]:
    policy = read("policy.toml", Policy, settings)
    return tuple(screeners.build(policy, lambda name, kind: read(name, kind, settings)))


def _costs(made: Sequence[Screener], asked: Collection[str], text: str) -> dict[str, float]:
    screened = Screened.of(text)
    return {each.name: _ms(each, screened) for each in made if each.name in asked}


def _ms(screener: Screener, screened: Screened) -> float:
    if screener.runs is Runs.ADVISES:
        screened = structs.replace(screened, heard=DOUBT)
    began = time.process_time()
    screener.screen(screened)
    return (time.process_time() - began) * 1e3
