"""T13: no pattern can be made to take for ever: those of the files are matched in linear time, ours hold no trap."""

import importlib
import pkgutil
import random
import re
import re._constants as kinds  # type: ignore[import-not-found]
import re._parser as parser  # type: ignore[import-not-found]
from collections.abc import Iterator
from typing import Any

import pytest
import re2

from loadtests.bench import hostile
from loadtests.bench.screening import books
from server import domain, screeners
from server.config import Settings
from server.domain.folding import fold, worded
from server.screeners.phrases.coded import Coded
from server.screeners.phrases.index import alone

ALPHABET = frozenset(map(chr, range(128)))
MANY = 100  # as good as without an end
# A run within a run: why it is cut in one way only, or never tried again.
HARMLESS = {
    "server.domain.folding._between_words": "nothing comes after it, so nothing is tried again",
    "server.domain.folding._uneven": "nothing comes after it, so nothing is tried again",
    "server.screeners.phrases.coded._token": "a run of stars must end at a letter",
    "server.screeners.marks._token": "a run of stars must end at a letter",
}
# Two runs after each other that share characters: what keeps them from being tried against each other.
KNOWN = {
    "server.domain.folding._leet_word": "it begins only where a word does, and a word is one of its own characters",
}
# An endless run that is looked ahead for: why it is not looked for from each of its own characters.
ONCE = {
    "server.screeners.details.phones._alike": "it begins only where a word does",
}

Node = tuple[Any, Any]


def ours() -> Iterator[tuple[str, "re.Pattern[str]"]]:
    """Every expression of Python's own matcher that a text of a person's meets."""
    for package in (domain, screeners):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            for name, value in vars(importlib.import_module(found.name)).items():
                if isinstance(value, re.Pattern):
                    yield f"{found.name}.{name}", value


OURS = dict(ours())


def test_no_repeat_of_a_repeat_can_be_cut_in_two_ways() -> None:
    assert {name for name, pattern in OURS.items() if list(traps(pattern))} == set(HARMLESS)


def test_runs_that_share_characters_do_not_follow_each_other() -> None:
    assert {name for name, pattern in OURS.items() if list(rivals(pattern))} == set(KNOWN)


def test_what_is_looked_ahead_for_has_an_end() -> None:
    assert {name for name, pattern in OURS.items() if list(endless_looks(pattern))} == set(ONCE)


@pytest.mark.parametrize("pattern", [r"(a+)+b", r"(?:a|aa)*(?:[ab]+)*c", r"(?:x[ab]*)+b(?:[a-z]+\s?)*$", r"(\w+\s?)*!"])
def test_a_trap_is_seen(pattern: str) -> None:
    assert list(traps(re.compile(pattern)))


@pytest.mark.parametrize("pattern", [r"\d+[0-9a-f]*x", r"[a-z]*\w+", r".*,.*"])
def test_rivals_are_seen(pattern: str) -> None:
    assert list(rivals(re.compile(pattern)))


@pytest.mark.parametrize("pattern", [r"a(?=\d*x)", r"[ab](?!(?:c|d+)e)", r"(?:a(?=b*))"])
def test_an_endless_look_is_seen(pattern: str) -> None:
    assert list(endless_looks(re.compile(pattern)))
    assert not list(endless_looks(re.compile(pattern.replace("*", "{0,9}").replace("+", "{1,9}"))))


@pytest.mark.parametrize("pattern", [r"[a-z-]+(?:\.[a-z-]+)*\.[a-z]{2,}", r"(?:a{1,3}b)+", r"[^.]+\.+"])
def test_what_is_no_trap_is_left_alone(pattern: str) -> None:
    assert not list(traps(re.compile(pattern)))


def test_every_pattern_of_the_files_is_matched_in_linear_time() -> None:
    """RE2 takes nothing that it can't match so."""
    count = 0
    for book in books(Settings()).values():
        for pattern in hostile.patterns(book):
            expression, _ = alone(pattern, book.words)
            assert isinstance(expression.compiled, type(re2.compile("a")))
            count += 1
    assert count > 500


def test_hostile_texts_are_as_long_as_a_message_and_many_meet_their_pattern() -> None:
    chance, met, made = random.Random(1), 0, 0
    book = books(Settings())["conduct"]
    for pattern in hostile.patterns(book)[:20]:
        expression, lexicon = alone(pattern, book.words)
        texts = list(hostile.texts(hostile.expanded(pattern, book), chance, len(hostile.MAKINGS)))
        assert all(len(text) <= hostile.LONGEST for text in texts)
        made += len(texts)
        met += sum(bool(expression.places(Coded(worded(fold(text)).text, lexicon))) for text in texts)
    assert made // 6 < met < made


# -- what a pattern is made of


def traps(pattern: "re.Pattern[Any]") -> Iterator[str]:
    """Endless repeats in an endless repeat that may begin anew with what the inner one could have taken."""
    for body in _endless(parser.parse(pattern.pattern, pattern.flags)):
        begins = _first(body)
        yield from (str(inner) for inner in _endless(body) if _all(inner) & begins)


def rivals(pattern: "re.Pattern[Any]") -> Iterator[str]:
    """Endless repeats that follow each other, and the second could have taken what the first did."""
    for sequence in _sequences(parser.parse(pattern.pattern, pattern.flags)):
        before: frozenset[str] = frozenset()
        for kind, of in sequence:
            if kind in (kinds.AT, kinds.ASSERT, kinds.ASSERT_NOT):
                continue
            here = _characters((kind, of))
            if kind in (kinds.MAX_REPEAT, kinds.MIN_REPEAT) and of[1] >= MANY:
                if _first(of[2]) & before:
                    yield str(of)
                before = before | here
            elif not here & before and _width((kind, of)) > 0:
                before = frozenset()


def endless_looks(pattern: "re.Pattern[Any]") -> Iterator[str]:
    """What is looked ahead for without an end, which may be done again from each place in it."""
    for sequence in _sequences(parser.parse(pattern.pattern, pattern.flags)):
        for kind, of in sequence:
            if kind in (kinds.ASSERT, kinds.ASSERT_NOT):
                yield from map(str, _endless(of[1]))


def _sequences(tree: Any) -> Iterator[Any]:
    yield tree
    for kind, of in tree:
        for inner in _within(kind, of):
            yield from _sequences(inner)


def _endless(tree: Any) -> Iterator[Any]:
    """The bodies of repeats without an end."""
    for sequence in _sequences(tree):
        for kind, of in sequence:
            if kind in (kinds.MAX_REPEAT, kinds.MIN_REPEAT) and of[1] >= MANY:
                yield of[2]


def _within(kind: Any, of: Any) -> list[Any]:
    match kind:
        case kinds.BRANCH:
            return list(of[1])
        case kinds.SUBPATTERN:
            return [of[-1]]
        case kinds.MAX_REPEAT | kinds.MIN_REPEAT:
            return [of[2]]
        case _:
            return []


def _first(tree: Any) -> frozenset[str]:
    """With what it may begin."""
    begins: frozenset[str] = frozenset()
    for node in tree:
        kind, of = node
        if kind in (kinds.AT, kinds.ASSERT, kinds.ASSERT_NOT):
            continue
        inner = _within(kind, of)
        begins |= frozenset().union(*map(_first, inner)) if inner else _characters(node)
        if _width(node) > 0:
            return begins
    return begins


def _all(tree: Any) -> frozenset[str]:
    return frozenset().union(*map(_characters, tree))


def _characters(node: Node) -> frozenset[str]:
    """All that may stand in it."""
    kind, of = node
    match kind:
        case kinds.LITERAL:
            return frozenset((chr(of),))
        case kinds.NOT_LITERAL:
            return ALPHABET - {chr(of)}
        case kinds.ANY:
            return ALPHABET
        case kinds.RANGE:
            return frozenset(chr(point) for point in range(of[0], min(of[1], 127) + 1))
        case kinds.CATEGORY:
            return _category(of)
        case kinds.IN:
            members = frozenset().union(*(_characters(each) for each in of if each[0] is not kinds.NEGATE))
            return ALPHABET - members if of[0][0] is kinds.NEGATE else members
        case _:
            return frozenset().union(*map(_all, _within(kind, of)))


def _category(of: Any) -> frozenset[str]:
    name = str(of).rpartition("_")[2].lower()
    letter = {"digit": r"\d", "space": r"\s", "word": r"\w"}[name]
    found = frozenset(each for each in ALPHABET if re.match(letter, each))
    return ALPHABET - found if "NOT" in str(of) else found


def _width(node: Node) -> int:
    """How many characters it takes at least."""
    kind, of = node
    match kind:
        case kinds.AT | kinds.ASSERT | kinds.ASSERT_NOT | kinds.GROUPREF:
            return 0
        case kinds.MAX_REPEAT | kinds.MIN_REPEAT:
            return int(of[0]) * sum(map(_width, of[2]))
        case kinds.SUBPATTERN | kinds.BRANCH:
            return min(sum(map(_width, inner)) for inner in _within(kind, of))
        case _:
            return 1
