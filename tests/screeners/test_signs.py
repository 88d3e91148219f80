import random
from functools import partial

import pytest

from server.config import Settings
from server.domain.folding import drawn_in, fold, worded
from server.domain.languages import Languages
from server.domain.rulebook import Rulebook
from server.domain.screening import Policy
from server.files import read
from server.screeners import books
from server.screeners.patterns import Phrasebook, compiled
from server.screeners.phrases import Phrases
from server.screeners.sieve import letters
from server.screeners.signs import Rarity, Signs, Way

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
        ("go [^.!?]{0,9}home", [{"home "}, {" go "}]),
        ("g\\*", [{" g "}]),
        ("hom[ei]ly? now", [{" homel now ", " homely now ", " homil now ", " homily now "}]),
        ("home[^.!?]*morning", [{"morning "}, {" home "}]),
        ("(?:<want>)(?: very)* home", [{" home ", " wanna ", " wanna home ", " want home "}]),
        ("[a-z]+ home", [{" home "}]),
        ("it is \\d{1,2} now", [{" it is "}]),
    ],
)
def test_signs_are_what_must_be_there(phrase: str, lists: list[set[str]]) -> None:
    (way,) = Signs(Phrases(WORDS), Rarity(ENGLISH)).of(phrase)
    assert [set(signs) for signs in way.lists] == lists


@pytest.mark.parametrize("phrase", ["a@b", "name ?#\\d{4}", "[@*]home", "(?:a@|b@)home"])
def test_what_no_ordinary_text_holds_is_unusual(phrase: str) -> None:
    assert [way.usual for way in Signs(Phrases({})).of(phrase)] == [False]


@pytest.mark.parametrize(
    "phrase", ["home", "a@?b", "(?:a@|b)home", "[a-z@]", "\\d+ [^@]", "<loud>[!@]", "^home$", "wh.t"]
)
def test_what_an_ordinary_text_may_hold_is_usual(phrase: str) -> None:
    assert [way.usual for way in Signs(Phrases(WORDS)).of(phrase)] == [True]


def test_each_way_to_say_a_phrase_has_lists_of_its_own() -> None:
    assert [way.lists for way in Signs(Phrases(WORDS)).of("go home|<want>")] == [
        [frozenset((" go home ",))],
        [frozenset((" want ", " wanna "))],
    ]


def test_a_phrase_of_anything_has_no_list() -> None:
    assert [way.lists for way in Signs(Phrases({})).of("[a-z]+")] == [[]]


def is_said(ways: list[Way], text: str) -> bool:
    said = drawn_in(letters(text))
    return any(all(any(drawn_in(sign.encode()) in said for sign in signs) for signs in way.lists) for way in ways)


@pytest.mark.parametrize(("book", "phrase"), PHRASES, ids=[phrase[:40] for _, phrase in PHRASES])
def test_where_a_phrase_is_its_signs_are(book: Rulebook, phrase: str) -> None:
    """The examples of all rules, whole and with their words drawn out, left out and put side by side."""
    expression = compiled(Phrasebook(Phrases(book.words)).expression(phrase))
    ways = Signs(Phrases(book.words)).of(phrase)
    chance = random.Random(phrase)
    for text in [*TEXTS, *(mixed(chance) for _ in range(40))]:
        said = worded(fold(text)).text
        if expression.search(said):
            assert is_said(ways, said)


def mixed(chance: random.Random) -> str:
    words = " ".join(chance.sample(TEXTS, 2)).split()
    begin = chance.randrange(len(words))
    kept = [word for word in words[begin : begin + 12] if chance.random() > 0.1]
    return chance.choice((" ", ", ", "... ", " - ")).join(
        word if chance.random() > 0.2 else word.replace(word[-1], word[-1] * chance.randint(2, 4)) for word in kept
    )
