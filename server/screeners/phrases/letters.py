"""The letters of a word: all the ways to write it, or an expression where there are too many."""

import re
from collections.abc import Iterable
from itertools import groupby, product

from server.screeners.patterns import BadPattern
from server.screeners.phrases.parts import Letters

MOST = 600  # ways to write a word; one that has more is an expression itself
WIDE = 12  # characters of a class from which it is one
NOTHING: frozenset[str] = frozenset(("",))
BEGINNING = 12  # letters, of which three are different from the one before in nearly any word
BEGUN = "<"  # before the beginning of a word, where other signs stand beside it

_range = re.compile(r"(\\.|[^\\])(?:-(\\.|[^\\]))?", re.DOTALL)
_count = re.compile(r"\{(\d+)(,?)(\d*)\}")
_run = re.compile(r"([a-z])\1+")
_any_run = re.compile(r"((.)\2*)", re.DOTALL)
_first_ways = re.compile(r"\(\?:((?:[a-z]\+|\|)+)\)")


def expression(letters: Letters) -> str:
    """Of one word, whose letters may be drawn out."""
    return letters if isinstance(letters, str) else "|".join(sorted(map(_drawn_out, letters)))


def either(one: Letters, other: Letters) -> Letters:
    if isinstance(one, frozenset) and isinstance(other, frozenset):
        return one | other
    return f"{expression(one)}|{expression(other)}"


def beside(one: Letters, other: Letters) -> Letters:
    """As one word."""
    if NOTHING in (one, other):
        return other if one == NOTHING else one
    if isinstance(one, frozenset) and isinstance(other, frozenset) and len(one) * len(other) <= MOST:
        return frozenset(first + second for first in one for second in other)
    return f"(?:{expression(one)})(?:{expression(other)})"


def again(letters: Letters, times: str) -> Letters:
    return f"(?:{expression(letters)}){times}"


def of_class(what: str, times: str) -> Letters:
    """A letter, an escape or a class, so often."""
    each = characters(what)
    if len(each) == 1 and times in ("", "+", "?", "*"):
        return each if times in ("", "+") else each | NOTHING  # it may be drawn out in any case
    if len(each) < WIDE:
        if times in ("", "?"):
            return each | NOTHING if times else each
        few, many = counted(times)
        if many is not None and len(each) ** many <= MOST:
            return frozenset("".join(so) for often in range(few, many + 1) for so in product(each, repeat=often))
    return (what.replace("'", "") if what[0] == "[" else f"[{''.join(sorted(each))}]") + times


def counted(times: str) -> tuple[int, int | None]:
    """At least, and at most where there is a bound."""
    if times in SHORT_COUNTS:
        return SHORT_COUNTS[times]
    found = _count.fullmatch(times)
    assert found is not None, times
    return int(found[1]), int(found[3]) if found[3] else None if found[2] else int(found[1])


SHORT_COUNTS: dict[str, tuple[int, int | None]] = {"": (1, 1), "?": (0, 1), "*": (0, None), "+": (1, None)}


def characters(what: str) -> frozenset[str]:
    """Those of a character, an escape, or a class, without the apostrophe, which no text is left with."""
    if what[0] == "\\":
        if what not in ESCAPES and what[1].isalnum():
            raise BadPattern(f"{what} is no escape that phrases know")
        return ESCAPES.get(what, frozenset(what[1]))
    if what[0] != "[":
        return frozenset(what)
    found: set[str] = set()
    for first, last in _range.findall(what[1:-1]):
        found |= set(map(chr, range(ord(first), ord(last) + 1))) if last else characters(first)
    return frozenset(found - {"'"})


ESCAPES = {r"\d": frozenset("0123456789"), r"\s": frozenset(" ")}


def is_drawn_out(longer: str, word: str) -> bool:
    """Of two that are the same where no letter stands twice in a row."""
    runs = zip(_any_run.findall(longer), _any_run.findall(word), strict=True)
    return all(len(more) >= len(less) and (more == less or letter.isalpha()) for (more, letter), (less, _) in runs)


def drawn_in(word: str) -> str:
    return _run.sub(r"\1", word)


def beginning(word: str) -> str:
    """By which words are found of which an expression only says how they begin."""
    if word[:1] != word[1:2] != word[2:3]:
        return BEGUN + word[:3]
    return BEGUN + drawn_in(word[:BEGINNING])[:3]


def beginnings(source: str) -> frozenset[str]:
    """Of the words that an expression fits; none where it does not say them."""
    found = _first_ways.match(source)
    words = found[1].replace("+", "").split("|") if found else []
    return frozenset(map(beginning, words)) if all(len(drawn_in(word)) >= 3 for word in words) else frozenset()


def fits(source: str) -> "re.Pattern[str]":
    try:
        return re.compile(source)
    except re.error as fault:
        raise BadPattern(f"{source}: {fault}") from None


def one_of(letters: Iterable[str]) -> str:
    """Letters that are in order, as a class."""
    found = ""
    for _, row in groupby(enumerate(letters), lambda each: ord(each[1]) - each[0]):
        first, *others = (letter for _, letter in row)
        found += f"{first}-{others[-1]}" if len(others) > 1 else "".join((first, *others))
    return found if len(found) == 1 else f"[{found}]"


def _drawn_out(word: str) -> str:
    return "".join(f"{letter}+" if letter.isalpha() else re.escape(letter) for letter in word)
