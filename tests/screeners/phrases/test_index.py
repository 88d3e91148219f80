from functools import partial

import pytest

from server.config import Settings
from server.domain.screening import Policy
from server.files import read
from server.screeners import books
from server.screeners.patterns import BadPattern
from server.screeners.phrases.index import alone, index_of

READING = partial(read, settings=Settings())
BOOKS = [(name, book) for name, book in books(READING("policy.toml", Policy), READING) if name in ("ways", "ways-es")]


def test_every_phrase_and_guard_has_its_place() -> None:
    index = index_of(BOOKS)
    assert [(each.book, each.place) for each in index.phrases] == [
        (name, place) for name, book in BOOKS for place in range(sum(len(rule.patterns) for rule in book.rules))
    ]
    assert len(index.guards) == sum(len(list(book.guarding())) for _, book in BOOKS)
    numbers = [number for each in (*index.phrases, *index.guards) for way in each.ways for number in way]
    assert set(numbers) <= set(range(len(index.lists)))


def test_it_says_what_it_was_made_of() -> None:
    index = index_of(BOOKS)
    assert index.made_of == index_of(BOOKS).made_of
    assert index.made_of != index_of(BOOKS, ("the",)).made_of != index_of(BOOKS[:1]).made_of


def test_a_phrase_that_cannot_be_used_is_refused_when_it_is_worked_out() -> None:
    with pytest.raises(BadPattern):
        alone("(?:very ){9999}", {})
