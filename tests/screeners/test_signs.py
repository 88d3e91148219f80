import random
from functools import partial

import pytest

from server.config import Settings
from server.domain.folding import drawn_in, fold, ordinary, worded
from server.domain.languages import Languages
from server.domain.rulebook import Rulebook
from server.domain.screening import Policy
from server.files import read
from server.screeners import books
from server.screeners.patterns import Phrasebook, compiled
from server.screeners.signs import Rarity, Signs

reading = partial(read, settings=Settings())
ENGLISH = reading("screening/languages.toml", Languages).words("en")
WORDS = {"want": "want|wanna", "loud": "lou+d(?:ly)?|n[o0]isy"}

BOOKS = [book for _, book in books(reading("policy.toml", Policy), reading)]
PHRASES = [(book, phrase) for book in BOOKS for rule in book.rules for phrase in rule.patterns]
TEXTS = [text for book in BOOKS for rule in book.rules for text in (*rule.finds, *rule.spares)]


@pytest.mark.parametrize(
    ("phrase", "lists"),
    [
        ("go home", [{" go home "}]),
        ("go(?:ing)? home", [{" go home ", " going home "}]),
        ("don't go", [{" dont go "}]),
        ("<want> to", [{" want to ", " wanna to "}]),
        ("<loud>", [{" loud ", " loudly ", " noisy ", " n isy "}]),
        ("hom[ei]ly? now", [{" homel now ", " homely now ", " homil now ", " homily now "}]),
        ("home[^.!?]*morning", [{"morning "}]),
        ("(?:<want>)(?: very)* home", [{" home ", " wanna "}]),
        ("[a-z]+ home", [{" home "}]),
        ("it is \\d{1,2} now", [{" it is "}]),
    ],
)
def test_signs_are_what_must_be_there(phrase: str, lists: list[set[str]]) -> None:
    assert [set(signs) for signs in Signs(WORDS, Rarity(ENGLISH)).of(phrase) or ()] == lists


def test_what_no_ordinary_text_holds_has_no_signs() -> None:
    assert Signs({}).of("a@b") is None
    assert Signs({}).of("(?:a@b|home)") == [frozenset((" home ",))]


def test_a_phrase_of_anything_has_no_list() -> None:
    assert Signs({}).of("[a-z]+") == []


def words_of(text: str) -> bytes:
    return drawn_in(ordinary(fold(text)) or b"")


def signs_are_in(lists: list[frozenset[str]], said: bytes) -> bool:
    return all(any(drawn_in(sign.encode()) in said for sign in signs) for signs in lists)


@pytest.mark.parametrize(("book", "phrase"), PHRASES, ids=[phrase[:40] for _, phrase in PHRASES])
def test_where_a_phrase_is_its_signs_are(book: Rulebook, phrase: str) -> None:
    """The examples of all rules, whole and with their words drawn out, left out and put side by side."""
    expression = compiled(Phrasebook(book.words).expression(phrase))
    lists = Signs(book.words).of(phrase)
    chance = random.Random(phrase)
    for text in [*TEXTS, *(mixed(chance) for _ in range(40))]:
        folded = fold(text)
        if ordinary(folded) is not None and expression.search(worded(folded).text):
            assert lists is not None
            assert signs_are_in(lists, words_of(text))


def mixed(chance: random.Random) -> str:
    words = " ".join(chance.sample(TEXTS, 2)).split()
    begin = chance.randrange(len(words))
    kept = [word for word in words[begin : begin + 12] if chance.random() > 0.1]
    return chance.choice((" ", ", ", "... ", " - ")).join(
        word if chance.random() > 0.2 else word.replace(word[-1], word[-1] * chance.randint(2, 4)) for word in kept
    )
