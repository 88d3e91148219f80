"""Whatever the sieve keeps back would not have been found: the same opinions with it and without it."""

import random
import tomllib
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server import screeners
from server.config import Settings
from server.domain.languages import Languages
from server.domain.screening import Policy, Screened
from server.domain.text import clean
from server.files import read
from server.screeners import books
from server.screeners.contact import Contact
from server.screeners.phrases.sieve import Sieve
from server.screeners.rules import Rules

SETTINGS = Settings()
reading = partial(read, settings=SETTINGS)
POLICY = reading("policy.toml", Policy)
SCREENERS = screeners.build(POLICY, reading)
(CONTACT,) = (screener for screener in SCREENERS if isinstance(screener, Contact))
RULES = (*CONTACT.phrases, *(screener for screener in SCREENERS if isinstance(screener, Rules)))
BOOKS = dict(books(POLICY, reading))
LANGUAGES = reading("screening/languages.toml", Languages)
FREQUENT = LANGUAGES.words("en") | LANGUAGES.words("es")
ORDINARY = LANGUAGES.themselves("en") | LANGUAGES.themselves("es")
SIEVE = Sieve(BOOKS.items(), FREQUENT, ordinary=ORDINARY)
CORPUS = tomllib.loads((Path(__file__).parents[1] / "corpus.toml").read_text())
EXAMPLES = [text for book in BOOKS.values() for rule in book.rules for text in (*rule.finds, *rule.spares)]
TEXTS = [text for texts in CORPUS.values() for text in texts] + EXAMPLES


def same(text: str, *context: str) -> None:
    screened = Screened.of(clean(text, SETTINGS), context=context)
    for rules in RULES:
        assert rules.screen(screened) == rules.matched(screened)
    told = (opinion for phrases in CONTACT.phrases for opinion in phrases.matched(screened))
    assert CONTACT.screen(screened) == CONTACT.plain(screened) + tuple(told) + CONTACT.alone(screened)


def drawn_out(text: str, chance: random.Random) -> str:
    return "".join(letter * (chance.randint(2, 4) if chance.random() < 0.15 else 1) for letter in text)


def mistyped(text: str, chance: random.Random) -> str:
    place = chance.randrange(len(text))
    return chance.choice(
        (
            text[:place] + text[place + 1 :],
            text[:place] + text[place + 1 : place + 2] + text[place : place + 1] + text[place + 2 :],
            text[:place] + chance.choice("aeiourstn ") + text[place:],
            text[:place] + chance.choice("aeiourstn ") + text[place + 1 :],
        )
    )


def run_together(text: str, chance: random.Random) -> str:
    return "".join(letter for letter in text if letter != " " or chance.random() < 0.2)


def marked(text: str, chance: random.Random) -> str:
    return "".join(
        chance.choice((", ", " - ", "... ", "\n", "  ", ": ")) if letter == " " else letter for letter in text
    )


def spelled(text: str, chance: random.Random) -> str:
    return chance.choice((" ", ".", "-")).join(text)


def replaced(text: str, chance: random.Random) -> str:
    looks = {"a": "а4@á", "e": "е3é", "i": "і1!í", "o": "о0ö", "s": "$5ѕ", "'": "’"}
    return "".join(chance.choice(looks.get(letter, letter)) if chance.random() < 0.3 else letter for letter in text)


def hidden(text: str, chance: random.Random) -> str:
    return "".join(letter + ("\u200b" if chance.random() < 0.2 else "") for letter in text)


def shouted(text: str, chance: random.Random) -> str:
    return text.upper()


def itself(text: str, chance: random.Random) -> str:
    return text


CHANGES = [itself, shouted, drawn_out, mistyped, run_together, marked, spelled, replaced, hidden]


@pytest.mark.parametrize("change", CHANGES)
def test_a_text_is_judged_as_without_the_sieve(change: Callable[[str, random.Random], str]) -> None:
    chance = random.Random(change.__name__)
    for text in chance.sample(TEXTS, len(TEXTS) // 3):
        same(change(text, chance) or text)


def test_a_text_begun_before_is_judged_as_without_the_sieve() -> None:
    chance = random.Random(4)
    for text in chance.sample(TEXTS, len(TEXTS) // 3):
        words = text.split()
        place = chance.randrange(len(words))
        if words[place:]:
            same(" ".join(words[place:]), *chance.sample(TEXTS, 1), " ".join(words[:place]))


@settings(max_examples=300)
@given(st.lists(st.sampled_from(sorted({word for text in TEXTS for word in text.split()})), min_size=1, max_size=14))
def test_words_in_any_order_are_judged_as_without_the_sieve(words: list[str]) -> None:
    same(" ".join(words))


@settings(max_examples=300)
@given(st.sampled_from(TEXTS), st.lists(st.sampled_from(CHANGES), max_size=3), st.randoms(use_true_random=False))
def test_a_text_changed_in_several_ways_is_judged_as_without_the_sieve(
    text: str, changes: list[Callable[[str, random.Random], str]], chance: random.Random
) -> None:
    for change in changes:
        text = change(text, chance) or text
    same(text)


def test_a_mistyped_text_with_few_spaces_is_judged_as_without_the_sieve() -> None:
    same("bythe timeyouread thisI'llbegone.I'msuch aburden")


def names(book: str, text: str, *context: str) -> bool:
    return any(book in look.named for look in SIEVE.looks(Screened.of(text, context=context)))


def test_most_small_talk_is_kept_back() -> None:
    said = tomllib.loads((Path(__file__).parents[3] / "loadtests" / "conversations.toml").read_text())
    lines = [text for room in said.values() for _, text in room["lines"]]
    asked = [(book, line) for line in lines for book in BOOKS]
    assert sum(names(book, line) for book, line in asked) <= 0.06 * len(asked)


def test_what_is_said_outright_is_let_through() -> None:
    assert names("care", "I want to kill myself")
    assert names("care", "iwanttokillmyself")
    assert names("care", "i wnat to kill mysef")
    assert names("care", "w4nt t0 k1ll mys3lf")
    assert names("care", "kill myself", "i want to")


@pytest.mark.parametrize("word", ["kms", "die", "idiot", "diiiieee"])
def test_what_is_said_hundreds_of_times_is_looked_at_once(word: str) -> None:
    """Each phrase is named once: what a word costs does not grow with how often it is said."""
    once, often = (SIEVE.looks(Screened.of(f"{word} " * times)) for times in (2, 400))
    assert once
    assert [look.named for look in often] == [look.named for look in once]


def test_words_written_as_one_are_read_with_what_is_around_them() -> None:
    """So a guard spares them as it does when they are written apart."""
    found = [look.folded.text for look in SIEVE.looks(Screened.of("she said iwanttodie in the play"))]
    assert "she said i want to die in the play" in found


def test_places_of_words_written_as_one_are_where_they_were_written() -> None:
    (look,) = (look for look in SIEVE.looks(Screened.of("ok: iwanttodie")) if "want to" in look.folded.text)
    start = look.folded.text.index("die")
    span = look.folded.span(start, start + 3)
    assert "ok: iwanttodie"[span.start : span.end] == "die"
