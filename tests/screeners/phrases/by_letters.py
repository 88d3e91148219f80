"""Phrases as expressions of letters: the plainest way to look for them, against which the way by words is tried."""

from string import ascii_lowercase

import re2

from server.screeners.patterns import compiled
from server.screeners.phrases.syntax import Choice, Item, Phrases

SPACE = r"[ \":=@#$%/*+]+"
GAP = "[^"  # a class of anything but some marks begins so; a gap begins after a word


def by_letters(phrase: str, words: dict[str, str]) -> "re2._Regexp[str]":
    """Whole words of a worded text, whose letters may be drawn out."""
    return compiled(rf"\b(?:{_written(Phrases(words).read(phrase))})\b")


def _written(choice: Choice) -> str:
    return "|".join("".join(map(_item, sequence)) for sequence in choice.sequences)


def _item(item: Item) -> str:
    what, times = item
    if isinstance(what, Choice):
        return f"(?:{_written(what)}){times}"
    if times or what[0] in "\\[":
        return _single(what, times)
    return "".join(map(_single, what))


def _single(item: str, times: str = "") -> str:
    if item in ascii_lowercase:
        return item + ("*" if times == "?" else times or "+")
    if item == " ":
        return f"(?:{SPACE}){times}"
    return (rf"\b{item}" if item.startswith(GAP) else item) + times
