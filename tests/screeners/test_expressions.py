import random
from functools import partial

import pytest

from server.config import Settings
from server.domain.folding import fold, worded
from server.domain.rulebook import Rulebook
from server.domain.screening import Policy
from server.files import read
from server.screeners import books
from server.screeners.expressions import FEW, Expression, Said
from server.screeners.patterns import Phrasebook
from server.screeners.phrases import Phrases

reading = partial(read, settings=Settings())
BOOKS = dict(books(reading("policy.toml", Policy), reading))
TEXTS = [text for book in BOOKS.values() for rule in book.rules for text in (*rule.finds, *rule.spares)]


def written(pattern: str) -> tuple[str, frozenset[bytes] | None]:
    language = Phrasebook(Phrases({"want": "want|wanna"}))
    return language.expression(pattern), language.beginnings(pattern)


@pytest.mark.parametrize("name", BOOKS)
def test_where_a_phrase_is_tried_it_is_found_as_in_one_pass(name: str) -> None:
    chance = random.Random(name)
    for pattern in patterns(BOOKS[name]):
        language = Phrasebook(Phrases(BOOKS[name].words))
        source, beginnings = language.expression(pattern), language.beginnings(pattern)
        tried, passed = Expression(source, beginnings), Expression(source)
        for text in chance.sample(TEXTS, 60):
            said = Said(worded(fold(changed(text, chance))).text)
            assert tried.places(said) == passed.places(said)


def patterns(book: Rulebook) -> list[str]:
    return [pattern for rule in book.rules for pattern in rule.patterns] + [pattern for _, pattern in book.guarding()]


def changed(text: str, chance: random.Random) -> str:
    """Drawn out, with letters of other alphabets, and another text before it."""
    drawn = "".join(letter * (chance.randint(2, 4) if chance.random() < 0.1 else 1) for letter in text)
    return chance.choice((drawn, f"ñandú 你好 {text}", f"{chance.choice(TEXTS)} {text}", text))


def test_every_place_is_found_however_many_words_there_are() -> None:
    for times in (1, FEW, FEW + 1, 10 * FEW):
        places = Expression(*written("<want> to")).places(Said("want to go or wanna to. " * times))
        assert places == [
            (24 * turn + at, 24 * turn + at + len("wanna to") - (at == 0)) for turn in range(times) for at in (0, 14)
        ]


def test_places_are_of_characters() -> None:
    assert Expression(*written("<want> to")).places(Said("ñ 你 want to")) == [(4, 11)]
    assert Expression(*written("[0-9] want to")).places(Said("ñ 你 5 want to")) == [(4, 13)]


def test_a_find_does_not_begin_within_the_one_before() -> None:
    assert Expression(*written("to go to")).places(Said("to go to go to go to")) == [(0, 8), (12, 20)]


def test_it_begins_where_a_word_does() -> None:
    assert not Expression(*written("want to")).places(Said("unwant to"))
    assert Expression(*written("want to")).places(Said("he: want to"))


def test_a_word_may_be_a_phrase_though_a_shorter_one_ends_within_it() -> None:
    together = Expression(Phrasebook(Phrases({})).run_together("want to|want to go"), frozenset((b"wa",)), seldom=True)
    assert together.is_all(Said("wanttogo"), 0)
    assert together.is_all(Said("iwantto"), 1)
    assert not together.is_all(Said("wanttogoo"), 1)
    assert not together.is_all(Said("wanttogonow"), 0)


def test_letters_that_were_spelled_out_hold_a_phrase_anywhere() -> None:
    together = Expression(Phrasebook(Phrases({})).run_together("want to"), frozenset((b"wa",)), seldom=True)
    assert together.all_places(Said("iwanttogo want-to")) == [(1, 7)]
    assert together.all_places(Said("iwanttogo want to")) == [(1, 7), (10, 17)]
