from functools import partial

import pytest

from server.config import Settings
from server.domain.languages import Languages
from server.files import read
from server.screeners.phrases.coding import Coding
from server.screeners.phrases.parts import Part, words_of, written
from server.screeners.phrases.signs import LISTS, Lists, Signs
from server.screeners.phrases.syntax import Phrases
from server.screeners.phrases.wording import Wording

ENGLISH = partial(read, settings=Settings())("screening/languages.toml", Languages).words("en")
KNOWN = ("go", "going", "home", "dont", "want", "wanna", "to", "loud", "loudly", "morning", "it", "is", "very")
PHRASES = Phrases({})


def coding_of(*parts: Part) -> Coding:
    """In which each word that is known has a code of its own."""
    return Coding([*(frozenset((word,)) for word in KNOWN), *words_of(parts)])


def told(lists: list[Signs], coding: Coding) -> list[set[str]]:
    """Signs in words."""
    names = {coding.words[word]: word for word in KNOWN} | {written("@"): "@"}
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
    coding = coding_of(part)
    assert told(Lists(coding, ENGLISH).of(part), coding) == lists


def test_of_each_way_to_say_a_phrase_the_rarest_lists_are_kept() -> None:
    words = [f"{letter}{letter}x{letter}" for letter in "abcdefgh"]
    part = Wording(PHRASES).read(f"{'[^.!?]*'.join(words)}|go|home go")
    coding = coding_of(part)
    lists = Lists(coding, ENGLISH)
    go, *ways = lists.ways(part)
    assert told([*go], coding) == [{"go"}]
    assert sorted(map(len, ways)) == [3, LISTS]
    assert all(way == sorted(way, key=lists.commonness) for way in ways)
