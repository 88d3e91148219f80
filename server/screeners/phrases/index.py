"""What is worked out from the phrases of all books before a text is read; it can be kept, and then a start is short."""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from sys import intern

import msgspec
from msgspec import Struct, structs

from server.domain.rulebook import Rulebook
from server.screeners.phrases.coding import Coding
from server.screeners.phrases.expressions import Expression
from server.screeners.phrases.lexicon import Lexicon
from server.screeners.phrases.parts import Part, words_of
from server.screeners.phrases.signs import Lists, Signs
from server.screeners.phrases.syntax import Phrases
from server.screeners.phrases.wording import Wording
from server.screeners.phrases.writer import Writer

Book = tuple[str, Rulebook]  # with the name under which it speaks
ENGINE = sorted(Path(__file__).parent.glob("*.py"))


class Indexed(Struct, frozen=True, array_like=True):
    """A phrase of a book, or a guard. Lists of signs are told by their numbers.

    It begins with a sign of the list `begins`, if that can be told. Each of its `ways` needs one of each of its lists.
    """

    book: str
    place: int
    source: str
    begins: int | None
    ways: tuple[tuple[int, ...], ...]


class Index(Struct, frozen=True, array_like=True):
    """`made_of` is the digest of all that it was worked out from, the program too."""

    made_of: str
    words: dict[str, str]
    lists: tuple[Signs, ...]
    phrases: tuple[Indexed, ...]
    guards: tuple[Indexed, ...]


def index_of(books: Iterable[Book], frequent: Collection[str] = (), kept: bytes = b"") -> Index:
    """Read from what was kept, if that was made of the same; else worked out, and every expression tried.

    Words that are `frequent` in the languages of the books tell little. `BadPattern` says which phrase can't be used.
    """
    books = list(books)
    digest = _digest(books, frequent)
    try:
        found = msgspec.msgpack.decode(kept, type=Index)
    except msgspec.MsgspecError:
        found = None
    return _shared(found if found is not None and found.made_of == digest else _worked_out(books, frequent, digest))


def _shared(index: Index) -> Index:
    """Each sign is there once: two are told to be the same without being read, and take less room."""
    lists = tuple(frozenset(map(intern, signs)) for signs in index.lists)
    return structs.replace(index, words={word: intern(code) for word, code in index.words.items()}, lists=lists)


def _digest(books: list[Book], frequent: Collection[str]) -> str:
    said = msgspec.msgpack.encode((books, sorted(frequent)))
    return hashlib.sha256(said + b"".join(path.read_bytes() for path in ENGINE)).hexdigest()


def _worked_out(books: list[Book], frequent: Collection[str], digest: str) -> Index:
    phrases: dict[tuple[str, int], Part] = {}
    guards: dict[tuple[str, int], Part] = {}
    for name, book in books:
        wording = Wording(Phrases(book.words))
        patterns = (pattern for rule in book.rules for pattern in rule.patterns)
        phrases |= {(name, place): wording.read(pattern) for place, pattern in enumerate(patterns)}
        guards |= {(name, place): wording.read(pattern) for place, (_, pattern) in enumerate(book.guarding())}
    coding = Coding(words_of([*phrases.values(), *guards.values()]))
    making = _Making(Writer(coding), Lists(coding, frequent))
    found = tuple(making.indexed(phrases)), tuple(making.indexed(guards))
    return Index(digest, coding.words, tuple(making.numbers), *found)


class _Making:
    """Numbers lists of signs as they come."""

    def __init__(self, writer: Writer, lists: Lists) -> None:
        self.numbers: dict[Signs, int] = {}
        self._writer = writer
        self._lists = lists

    def indexed(self, phrases: Mapping[tuple[str, int], Part]) -> Iterable[Indexed]:
        for (book, place), part in phrases.items():
            source, begins = self._writer.written(part), self._writer.beginnings(part)
            Expression(source, begins)  # it can be compiled
            ways = tuple(tuple(map(self._number, lists)) for lists in self._lists.ways(part))
            yield Indexed(book, place, source, None if begins is None else self._number(begins), ways)

    def _number(self, signs: Signs) -> int:
        return self.numbers.setdefault(signs, len(self.numbers))


def alone(phrase: str, words: Mapping[str, str]) -> tuple[Expression, Lexicon]:
    """A phrase by itself; `BadPattern` says why it can't be used."""
    part = Wording(Phrases(words)).read(phrase)
    coding = Coding(words_of([part]))
    writer = Writer(coding)
    return Expression(writer.written(part), writer.beginnings(part)), Lexicon(coding.words)
