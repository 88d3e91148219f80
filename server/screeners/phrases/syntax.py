"""The small language of rule files, read into trees."""

import re
from collections.abc import Iterator, Mapping

from server.screeners.patterns import BadPattern

GAP = "[^.!?]"  # anything within the sentence; it begins after a word

Item = tuple["str | Choice", str]  # plain words, a character, an escape, a class or a choice; and how often it is there

_item = re.compile(
    r"(?:(?P<plain>[a-z0-9 ',:\"]+(?![?*+{]))|<(?P<name>[a-z][a-z0-9-]*)>|(?P<open>\((?:\?:)?)|(?P<close>\))"
    r"|(?P<bar>\|)|(?P<one>\\.|\[(?:\\.|[^\]])*\]|.))(?P<times>[?*+]|\{[0-9,]+\})?",
    re.DOTALL,
)


class Choice:
    """Ways to say something, each a sequence of items."""

    __slots__ = ("sequences",)

    def __init__(self) -> None:
        self.sequences: list[list[Item]] = [[]]


class Phrases:
    """Reads phrases, with what a file's `[words]` stand for; a phrase or group that is read again is the same tree."""

    def __init__(self, words: Mapping[str, str]) -> None:
        self._words = words
        self._known: dict[str, Choice] = {}

    def read(self, phrase: str) -> Choice:
        if phrase not in self._known:
            choice, end = self._alternatives(_item.finditer(phrase))
            if end is not None:
                raise BadPattern(f"{phrase[:80]} closes a group that it did not open")
            self._known.setdefault(phrase, choice)
        return self._known[phrase]

    def _alternatives(self, items: "Iterator[re.Match[str]]") -> "tuple[Choice, re.Match[str] | None]":
        """Up to the parenthesis that closes, and that; None where nothing closes it."""
        choice = Choice()
        sequence = choice.sequences[0]
        for item in items:
            plain, name, opens, closes, bar, one, times = item.groups("")
            if plain:
                if said := plain.replace("'", ""):
                    sequence.append((said, ""))
            elif closes:
                return choice, item
            elif bar:
                sequence = []
                choice.sequences.append(sequence)
            elif opens:
                if times:
                    raise BadPattern("a group of another kind than (?:")
                inside, end = self._alternatives(items)
                if end is None:
                    raise BadPattern("a group that is not closed")
                inside = self._known.setdefault(item.string[item.end() : end.start()], inside)
                sequence.append((inside, end["times"] or ""))
            elif name:
                sequence.append((self.read(self._words[name]), times))
            elif one != "'":
                sequence.append((one, times))
        return choice, None
