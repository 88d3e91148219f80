"""Whether the rules of a policy do with their own examples what the files say."""

from collections.abc import Iterable, Iterator

from server.config import Settings
from server.domain.rulebook import Rulebook
from server.domain.screening import Runs, Screened, Screener
from server.domain.text import clean

SETTINGS = Settings()


def misread(books: Iterable[Rulebook], screeners: Iterable[Screener]) -> Iterator[str]:
    """A sentence for each example that is not found, or found and should not be."""
    inline = [screener for screener in screeners if screener.runs is Runs.INLINE]
    for book in books:
        for rule in book.rules:
            for text in rule.finds:
                if rule.id not in _found(inline, text):
                    yield f"{rule.id} does not find its example “{text}”."
            for text in rule.spares:
                if rule.id in _found(inline, text):
                    yield f"{rule.id} finds what it should spare, “{text}”."


def _found(screeners: Iterable[Screener], text: str) -> set[str]:
    screened = Screened.of(clean(text, SETTINGS))
    answers = (screener.screen(screened) for screener in screeners)
    return {opinion.rule for answer in answers if isinstance(answer, tuple) for opinion in answer}
