"""Where a text says that it tells of no risk: guards of the rules by which the second reading is spared, too."""

from collections.abc import Iterable, Iterator

from server.domain.folding import Span
from server.domain.screening import Lane, Screened
from server.screeners.phrases.index import Book
from server.screeners.phrases.sieve import Sieve


class Sparing:
    """The `lenient` guards of all books of one lane."""

    def __init__(self, books: Iterable[Book], lane: Lane, sieve: Sieve) -> None:
        self._sieve = sieve
        self._guards: dict[str, list[int]] = {}
        for name, book in books:
            mine = [place for place, (owner, _) in enumerate(book.guarding()) if owner in book.lenient]
            if book.lane is lane and mine:
                self._guards[name] = mine

    def spans(self, screened: Screened) -> Iterator[Span]:
        for look in self._sieve.looks(screened):
            if look.before:
                continue
            for name, guards in self._guards.items():
                near = self._sieve.sparing(name, look.coded)
                for guard in guards:
                    if guard in near:
                        places = self._sieve.guards[name, guard].places(look.coded)
                        yield from (look.folded.span(start, end) for start, end in places)
