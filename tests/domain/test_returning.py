import math
import secrets

import pytest

from server.config import Settings
from server.domain import returning
from server.domain.returning import BITS
from server.files import return_words

WORDS = return_words(Settings())


@pytest.mark.parametrize("language", ["en", "es"])
def test_there_is_enough_chance_in_them(language: str) -> None:
    words = WORDS.of(language)
    drawn = returning.drawn(words, secrets.randbelow)
    assert len(set(words)) == len(words)
    assert len(drawn) * math.log2(len(words)) >= BITS
    assert len(drawn) == 8


def test_with_enough_words_six_are_enough() -> None:
    many = tuple(str(place) for place in range(1626))
    assert len(returning.drawn(many, secrets.randbelow)) == 6


def test_a_language_without_words_borrows_some() -> None:
    assert WORDS.of("xx") == WORDS.of("en")


def test_they_are_known_however_they_are_typed() -> None:
    assert returning.typed("  Otoño,  JARDÍN-miel\n") == "otono jardin miel"
    assert returning.digest(b"s", "Otoño jardín") == returning.digest(b"s", "otono  JARDIN.")
    assert returning.digest(b"s", "otono") != returning.digest(b"t", "otono")
