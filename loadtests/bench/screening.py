"""The rows about what hostile texts cost the screeners: the dearest of hundreds for each pattern of the rule files."""

import random
import time
from collections.abc import Iterator

from loadtests.bench import hostile
from loadtests.bench.run import QUICK, Run, single
from loadtests.bench.table import Row
from server import screeners
from server.config import Settings
from server.domain.rulebook import Rulebook
from server.domain.screening import Policy, Screened, Screener
from server.domain.text import clean
from server.files import read
from server.protocol.refusals import Refused
from server.screeners.contact import ContactBook
from server.screeners.patterns import Phrasebook

EACH, QUICKLY = 200, 13  # texts for each pattern
DEAREST_MS = 50  # as long as a screener in a thread may take
SEED = 1  # the same texts each time


def evil(run: Run) -> list[Row]:
    """In CPU time, so that it matters little what else runs; each text is seen for the first time."""
    settings = Settings()
    policy = read("policy.toml", Policy, settings)
    made = screeners.build(policy, lambda name, kind: read(name, kind, settings))
    own, together, count = 0.0, 0.0, 0
    for name, text in _texts(settings, QUICKLY if run.rounds == QUICK.rounds else EACH):
        screened = Screened.of(text)
        costs = {screener.name: _ms(screener, screened) for screener in made}
        own, together, count = max(own, costs[name]), max(together, sum(costs.values())), count + 1
    note = f"{count:,} texts; to all screeners together {together:.1f} ms at most"
    title = "the dearest hostile text to the screener whose pattern it was made from"
    return [Row(part="evil", title=title, unit="ms", figure=single(own), judged=own, most=DEAREST_MS, note=note)]


def books(settings: Settings) -> dict[str, Rulebook]:
    """The rule files of the policy, by their screener."""
    policy = read("policy.toml", Policy, settings)
    return {
        source.name: read(source.file, ContactBook, settings).phrases
        if source.kind == "contact"
        else read(source.file, Rulebook, settings)
        for source in policy.screeners
        if source.kind in ("contact", "rules")
    }


def _texts(settings: Settings, each: int) -> Iterator[tuple[str, str]]:
    chance = random.Random(SEED)
    for name, book in books(settings).items():
        language = Phrasebook(book.words)
        for pattern in hostile.patterns(book):
            for text in hostile.texts(language.expression(pattern), chance, each):
                try:
                    yield name, clean(text, settings)
                except Refused:
                    continue


def _ms(screener: Screener, screened: Screened) -> float:
    began = time.process_time()
    screener.screen(screened)
    return (time.process_time() - began) * 1e3
