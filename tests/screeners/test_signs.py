from functools import partial
from itertools import pairwise

import pytest

from server.config import Settings
from server.domain.languages import Languages
from server.files import read
from server.screeners.lexicon import Lexicon
from server.screeners.parts import Part, words_of, written
from server.screeners.phrases import Phrases
from server.screeners.signs import LISTS, Lists, Needs, Signs
from server.screeners.wording import Wording

ENGLISH = partial(read, settings=Settings())("screening/languages.toml", Languages).words("en")
KNOWN = ("go", "going", "home", "dont", "want", "wanna", "to", "loud", "loudly", "morning", "it", "is", "very")
PHRASES = Phrases({})


def lexicon_of(*parts: Part) -> Lexicon:
    """In which each word that is known has a code of its own."""
    return Lexicon([*(frozenset((word,)) for word in KNOWN), *words_of(parts)])


def told(lists: list[Signs], lexicon: Lexicon) -> list[set[str]]:
    """Signs in words."""
    names = {lexicon[word]: word for word in KNOWN} | {written("@"): "@"}
    return [
        {
            " ".join(names.get(code, code) for code in (sign[:2], sign[2:]) if code) if sign[0] != "<" else sign
            for sign in signs
        }
        for signs in lists
    ]


@pytest.mark.parametrize(
    ("phrase", "lists"),
    [
        ("go home", [{"go"}, {"home"}, {"go home"}]),
        ("go|home", [{"go", "home"}]),
        ("(?:want|wanna) to", [{"want", "wanna"}, {"to"}, {"want to", "wanna to"}]),
        ("go (?:very )?home", [{"go"}, {"home"}]),
        ("go[^.!?]{0,9}home", [{"go"}, {"home"}]),
        ("(?:go home|going) want", [{"go home", "going"}, {"home", "going"}, {"go", "going"}, {"want"}]),
        ("[a-z]+ home", [{"home"}]),
        ("suicid[a-z]* home", [{"<sui"}, {"home"}]),
        ("(?:going|[a-z]+) home", [{"home"}]),
        ("go ?@", [{"go"}, {"@"}]),
    ],
)
def test_signs_are_what_must_be_there(phrase: str, lists: list[set[str]]) -> None:
    part = Wording(PHRASES).read(phrase)
    lexicon = lexicon_of(part)
    assert told(Lists(lexicon, ENGLISH).of(part), lexicon) == lists


def test_a_phrase_is_met_where_each_list_has_a_sign() -> None:
    parts = {which: Wording(PHRASES).read(which) for which in ("want to go", "home|going", "[a-z]+")}
    lexicon = lexicon_of(*parts.values())
    needs = Needs(parts, Lists(lexicon, ENGLISH))

    def met(text: str) -> set[str]:
        codes = [lexicon[word] for word in text.split()]
        return needs.met({*codes, *(first + second for first, second in pairwise(codes))})

    assert met("") == met("to go want") == {"[a-z]+"}
    assert met("want to go") == {"want to go", "[a-z]+"}
    assert met("going home") == {"home|going", "[a-z]+"}


def test_the_rarest_lists_are_enough() -> None:
    words = [f"{letter}{letter}x{letter}" for letter in "abcdefgh"]
    part = Wording(PHRASES).read("[^.!?]*".join(words))
    lexicon = lexicon_of(part)
    needs = Needs({"it": part}, Lists(lexicon, ENGLISH))
    assert len(Lists(lexicon, ENGLISH).of(part)) > LISTS
    assert needs.met({lexicon[word] for word in words[: LISTS - 1]}) == set()
    assert needs.met({lexicon[word] for word in words}) == {"it"}
