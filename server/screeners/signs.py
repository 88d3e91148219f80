"""What must stand in a text for a phrase to be in it, worked out from the phrase itself."""

import math
import re
from collections.abc import Collection, Iterable
from functools import lru_cache
from typing import NamedTuple

from server.screeners.phrases import GAP, Choice, Item, Phrases

ANYTHING = "\0"
STRINGS = 24  # enough for most phrases; more of them tell more, and take longer to work out
LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz")
USUAL = LETTERS | frozenset(' .!?":0123456789')  # what is left in the words of an ordinary text
LETTER_WORTH = 3.0  # each letter of a sign makes it so much rarer

Strings = frozenset[str]

_spaces = re.compile("  +")
_no_letter = re.compile("[^a-z]")
NO_STRINGS: Strings = frozenset()
EMPTY: Strings = frozenset(("",))


class Way(NamedTuple):
    """One way to say a phrase: lists of signs, the rarest first, each with one that must be there.

    Where it is not `usual`, it holds what no ordinary text does.
    """

    lists: list[Strings]
    usual: bool = True


class Rarity(dict[str, float]):
    """How likely each sign is to be in any text: much so where all its words are `frequent`."""

    def __init__(self, frequent: Collection[str] = ()) -> None:
        super().__init__()
        self._frequent = frozenset(frequent)
        self._common: dict[Strings, float] = {}

    def __missing__(self, text: str) -> float:
        likely: float = LETTER_WORTH ** -sum(map(self._worth, text.split()))
        self[text] = likely
        return likely

    def commonness(self, signs: Strings) -> float:
        """Larger for what is likelier to be in any text."""
        if signs not in self._common:
            self._common[signs] = math.fsum(map(self.__getitem__, signs))
        return self._common[signs]

    def _worth(self, word: str) -> float:
        """A letter alone, or said twice, is that of many words."""
        is_common = word in self._frequent or word == word[0] * len(word)
        return len(word) / 2 if is_common else 3.0 + min(len(word), 6)


class Signs:
    """Those of the phrases of one file."""

    def __init__(self, phrases: Phrases, rarity: Rarity | None = None, strings: int = STRINGS) -> None:
        """One stretch of a phrase may stand for so many `strings`; a longer one is looked at in parts."""
        self._most = strings
        self._phrases = phrases
        self._rarity = Rarity() if rarity is None else rarity
        self._known: dict[Choice, Strings | None] = {}
        self._within: dict[tuple[Choice, bool, bool], list[Strings]] = {}

    def of(self, phrase: str) -> list[Way]:
        """A sign is letters, with a space wherever a word must begin or end, or something stands that is no letter."""
        return [
            Way(
                sorted(self._in_sequence(sequence, left=True, right=True), key=self._rarity.commonness),
                self._is_usual(sequence),
            )
            for sequence in self._phrases.read(phrase).sequences
        ]

    def _is_usual(self, sequence: list[Item]) -> bool:
        return all(
            times in ("?", "*")
            or (_is_usual(item) if isinstance(item, str) else any(map(self._is_usual, item.sequences)))
            for item, times in sequence
        )

    def _lists(self, choice: Choice, *, left: bool, right: bool) -> list[Strings]:
        each = [self._in_sequence(sequence, left=left, right=right) for sequence in choice.sequences]
        if not all(each):
            return []
        if len(each) == 1:
            return each[0]
        ranked = [sorted(found, key=self._rarity.commonness) for found in each]
        return [
            NO_STRINGS.union(*(found[min(place, len(found) - 1)] for found in ranked))
            for place in range(max(map(len, ranked)))
        ]

    def _in_sequence(self, sequence: list[Item], *, left: bool, right: bool) -> list[Strings]:
        found: list[Strings] = []
        held: Collection[str] = (" " if left else ANYTHING,)
        for place, (item, times) in enumerate(sequence):
            strings = self._strings(item, times) if item != GAP else None
            if strings is not None and len(held) * len(strings) <= max(self._most, len(held), len(strings)):
                held = _joined(held, strings)
                continue
            self._note(_joined(held, " ") if self._ends(sequence, place, right) else held, found)
            if strings is not None:
                held = _joined((" " if _end_words(held) else ANYTHING,), strings)
                continue
            if times in ("", "+") and isinstance(item, Choice):
                ends = self._ends(sequence, place + 1, right)
                found += self._inside(item, left=_end_words(held) and not times, right=ends and not times)
            held = (ANYTHING,)
        self._note(_joined(held, " ") if right else held, found)
        return found

    def _note(self, strings: Iterable[str], found: list[Strings]) -> None:
        told = frozenset(map(self._most_telling, strings))
        if told and all(text.strip() for text in told):
            found.append(told)

    def _most_telling(self, text: str) -> str:
        if "  " in text:
            text = _spaces.sub(" ", text)
        return min(text.split(ANYTHING), key=self._rarity.__getitem__) if ANYTHING in text else text

    def _ends(self, sequence: list[Item], place: int, right: bool) -> bool:
        """Whether a word must have ended where the item begins."""
        if place == len(sequence):
            return right
        strings = self._strings(*sequence[place])
        if strings is None or any(text and text[0] != " " for text in strings):
            return False
        return "" not in strings or self._ends(sequence, place + 1, right)

    def _inside(self, choice: Choice, *, left: bool, right: bool) -> list[Strings]:
        if (choice, left, right) not in self._within:
            self._within[choice, left, right] = self._lists(choice, left=left, right=right)
        return self._within[choice, left, right]

    def _strings(self, item: "str | Choice", times: str) -> Strings | None:
        """All that an item may be, as far as its letters go; None where that is too much."""
        if isinstance(item, str):
            strings: Strings | None = _one(item)
            if item == GAP:
                return strings
        else:
            strings = self._all(item)
        if strings is None or not times:
            return strings
        if times == "?":
            return strings | EMPTY
        optional = EMPTY if times == "*" or times.startswith("{0") else NO_STRINGS
        if item in LETTERS:
            return strings | optional
        return optional.union(_begun(text) + ANYTHING + _begun(text[::-1]) for text in strings)

    def _all(self, choice: Choice) -> Strings | None:
        if choice not in self._known:
            self._known[choice] = self._any_of(choice)
        return self._known[choice]

    def _any_of(self, choice: Choice) -> Strings | None:
        found: set[str] = set()
        if len(choice.sequences) > self._most:
            return None
        for sequence in choice.sequences:
            held: Collection[str] = ("",)
            for item, times in sequence:
                strings = self._strings(item, times)
                if strings is None or len(held) * len(strings) > self._most:
                    return None
                held = _joined(held, strings)
            found.update(held)
        return frozenset(found) if len(found) <= self._most else None


def _is_usual(item: str) -> bool:
    """Whether there is one of it in ordinary texts, as far as that is plain to see."""
    if item in ("^", "$") or item.startswith("[^") or (item[0] == "[" and ("-" in item or "\\" in item)):
        return True
    return not USUAL.isdisjoint(item)


@lru_cache(maxsize=4096)
def _one(item: str) -> Strings:
    """What plain letters, a single character, an escape or a class may be."""
    if item in ("^", "$", r"\b"):
        return EMPTY
    if item == GAP:
        return frozenset((" " + ANYTHING,))
    if item == r"\d":
        return frozenset((" ",))
    if item == "." or item.startswith("[^") or (item[0] == "[" and ("-" in item[2:-2] or "\\" in item)):
        return frozenset((ANYTHING,))
    if item[0] == "\\":
        return frozenset((ANYTHING if item[1].isalnum() else " ",))
    if item[0] == "[":
        return frozenset(character if character in LETTERS else " " for character in item[1:-1])
    return frozenset((_no_letter.sub(" ", item),))


def _joined(before: Iterable[str], after: Iterable[str]) -> list[str]:
    return [first + second for first in before for second in after]


def _end_words(strings: Iterable[str]) -> bool:
    return all(text.endswith(" ") for text in strings)


def _begun(text: str) -> str:
    return " " if text[:1] and text[0] not in LETTERS and text[0] != ANYTHING else ""
