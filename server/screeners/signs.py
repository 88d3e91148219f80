"""What must stand in an ordinary text for a phrase to be in it, worked out from the phrase itself."""

import math
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import combinations

ANYTHING = "\0"
STRINGS = 300  # what one stretch of a phrase may stand for; a longer one is looked at in parts
LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz")
ORDINARY = LETTERS | frozenset(' .!?":0123456789')  # what is left in the words of an ordinary text
LETTER_WORTH = 3.0  # each letter of a sign makes it so much rarer

Item = tuple["str | Choice", str]
Choice = list[list[Item]]
Strings = frozenset[str]

_item = re.compile(
    r"(?:<(?P<name>[a-z][a-z0-9-]*)>|(?P<open>\((?:\?[a-z]*:)?)|(?P<close>\))|(?P<bar>\|)"
    r"|(?P<one>\\.|\[(?:\\.|[^\]])*\]|.))(?P<times>[?*+]|\{[0-9,]+\})?",
    re.DOTALL,
)
_name = re.compile(r"<[a-z][a-z0-9-]*>")
_between = re.compile(r"[^a-z\0]+")


class Rarity:
    """How much a sign tells: little where all its words are `frequent` in any text."""

    def __init__(self, frequent: Collection[str] = ()) -> None:
        self._frequent = frozenset(frequent)
        self._worths: dict[str, float] = {}
        self._common: dict[Strings, float] = {}

    def commonness(self, signs: Strings) -> float:
        """Larger for what is likelier to be in any text."""
        if signs not in self._common:
            self._common[signs] = math.fsum(LETTER_WORTH ** -self.worth(text) for text in signs)
        return self._common[signs]

    def worth(self, text: str) -> float:
        if text not in self._worths:
            each = (len(word) / 2 if word in self._frequent else 3.0 + min(len(word), 6) for word in text.split())
            self._worths[text] = sum(each)
        return self._worths[text]


class Signs:
    """Reads phrases in the language of rule files, with what the file's `[words]` stand for."""

    def __init__(self, words: Mapping[str, str], rarity: Rarity | None = None, *, ordinary: bool = True) -> None:
        """For texts that are `ordinary`, or for any text, of which only the letters are looked at."""
        self._words = words
        self._rarity = rarity or Rarity()
        self._ordinary = ordinary
        self._choices: dict[str, Choice] = {}
        self._known: dict[str, Strings | None] = {}
        self._named: dict[tuple[str, bool, bool], list[Strings] | None] = {}
        self._fewer: dict[Strings, Strings] = {}

    def of(self, phrase: str) -> list[Strings] | None:
        """Lists of signs, the rarest first, each with one that must be there; None where no ordinary text can hold it.

        A sign is letters, with a space wherever a word must begin or end.
        """
        found = self._lists(_parsed(phrase), left=True, right=True)
        return None if found is None else sorted((self._fewest(signs) for signs in found), key=self._rarity.commonness)

    def _fewest(self, signs: Strings) -> Strings:
        """Without those that hold another."""
        if signs not in self._fewer:
            least = min((sign.count(" ") for sign in signs), default=0)
            longer = [sign for sign in signs if sign.count(" ") > max(least, 2)]  # one word between spaces has no part
            self._fewer[signs] = signs.difference(sign for sign in longer if not signs.isdisjoint(_parts(sign)))
        return self._fewer[signs]

    def _lists(self, choice: Choice, *, left: bool, right: bool) -> list[Strings] | None:
        each = [found for sequence in choice if (found := self._in_sequence(sequence, left, right)) is not None]
        if not each:
            return None
        if not all(each):
            return []
        each = [sorted(found, key=self._rarity.commonness) for found in each]
        return [
            frozenset().union(*(found[min(place, len(found) - 1)] for found in each))
            for place in range(max(map(len, each)))
        ]

    def _in_sequence(self, sequence: list[Item], left: bool, right: bool) -> list[Strings] | None:
        found: list[Strings] = []
        held = frozenset((" " if left else ANYTHING,))
        for place, (item, times) in enumerate(sequence):
            strings = self._strings(item, times)
            if strings is not None:
                if not strings:
                    return None
                if len(held) * len(strings) <= max(STRINGS, len(held), len(strings)):
                    held = _joined(held, strings)
                else:
                    self._note(_joined(held, (" ",)) if self._ends(sequence, place, right) else held, found)
                    held = _joined((" " if _end_words(held) else ANYTHING,), strings)
                continue
            self._note(_joined(held, (" ",)) if self._ends(sequence, place, right) else held, found)
            if times in ("", "+"):
                ends = self._ends(sequence, place + 1, right)
                inside = self._inside(item, left=_end_words(held) and not times, right=ends and not times)
                if inside is None:
                    return None
                found += inside
            held = frozenset((ANYTHING,))
        self._note(_joined(held, (" ",)) if right else held, found)
        return found

    def _note(self, strings: Strings, found: list[Strings]) -> None:
        told = frozenset(map(self._most_telling, strings))
        if told and all(text.strip() for text in told):
            found.append(told)

    def _most_telling(self, text: str) -> str:
        text = _between.sub(" ", text)
        return max(text.split(ANYTHING), key=self._rarity.worth) if ANYTHING in text else text

    def _ends(self, sequence: list[Item], place: int, right: bool) -> bool:
        """Whether a word must have ended where the item begins."""
        if place == len(sequence):
            return right
        strings = self._strings(*sequence[place])
        if strings is None or any(text and text[0] != " " for text in strings):
            return False
        return "" not in strings or self._ends(sequence, place + 1, right)

    def _inside(self, item: "str | Choice", *, left: bool, right: bool) -> list[Strings] | None:
        if not isinstance(item, str):
            return self._lists(item, left=left, right=right)
        if (item, left, right) not in self._named:
            self._named[item, left, right] = self._lists(self._choice(item), left=left, right=right)
        return self._named[item, left, right]

    def _choice(self, item: "str | Choice") -> Choice:
        if not isinstance(item, str):
            return item
        if item not in self._choices:
            self._choices[item] = _parsed(self._words[item[1:-1]])
        return self._choices[item]

    def _strings(self, item: "str | Choice", times: str) -> Strings | None:
        """All that an item may be in a plain text; None where that is too much."""
        if item == "[^.!?]":  # begins after a word
            return frozenset((" " + ANYTHING,))
        if isinstance(item, str) and not _name.fullmatch(item):
            strings: Strings | None = _one(item, self._ordinary)
            single = len(item) == 1 and item in LETTERS
        else:
            strings, single = self._all(item), False
        if strings is None or not times:
            return strings
        if times == "?":
            return strings | {""}
        optional = times == "*" or times.startswith("{0")
        if single:
            return strings | {""} if optional else strings
        return frozenset(_begun(text) + ANYTHING + _begun(text[::-1]) for text in strings) | (
            {""} if optional else set()
        )

    def _all(self, item: "str | Choice") -> Strings | None:
        if isinstance(item, str):
            if item not in self._known:
                self._known[item] = self._all(self._choice(item))
            return self._known[item]
        found: set[str] = set()
        for sequence in item:
            held: Strings = frozenset(("",))
            for part, times in sequence:
                strings = self._strings(part, times)
                if strings is None or len(held) * len(strings) > STRINGS:
                    return None
                held = _joined(held, strings)
            found |= held
        return frozenset(found) if len(found) <= STRINGS else None


def _parsed(phrase: str) -> Choice:
    return _alternatives(_item.finditer(phrase))[0]


def _alternatives(items: Iterator[re.Match[str]]) -> tuple[Choice, str]:
    """Up to the parenthesis that closes, and how often the whole may be there."""
    choice: Choice = [[]]
    for item in items:
        times = item["times"] or ""
        if item["close"]:
            return choice, times
        if item["bar"]:
            choice.append([])
        elif item["open"]:
            choice[-1].append(_alternatives(items))
        elif item["name"]:
            choice[-1].append((f"<{item['name']}>", times))
        elif item["one"] != "'":
            choice[-1].append((item["one"], times))
    return choice, ""


@lru_cache(maxsize=1024)
def _one(item: str, ordinary: bool) -> Strings:
    """What a single character, escape or class may be; one that is not ordinary is not there, or may be anything."""
    if item in ("^", "$", r"\b"):
        return frozenset(("",))
    if item == r"\d":
        return frozenset((" ",))
    if item == "." or item.startswith("[^") or (item[0] == "[" and ("-" in item[2:-2] or "\\" in item)):
        return frozenset((ANYTHING,))
    if item[0] == "\\" and item[1].isalnum():
        return frozenset((ANYTHING,))
    characters = frozenset(item.strip("[]\\") if len(item) > 1 else item)
    return characters & ORDINARY if ordinary or characters <= ORDINARY else characters & ORDINARY | {ANYTHING}


def _joined(before: Iterable[str], after: Iterable[str]) -> Strings:
    return frozenset(first + second for first in before for second in after)


def _end_words(strings: Strings) -> bool:
    return all(text.endswith(" ") for text in strings)


def _begun(text: str) -> str:
    return " " if text[:1] and text[0] not in LETTERS and text[0] != ANYTHING else ""


def _parts(sign: str) -> list[str]:
    """Each stretch of its words but the whole."""
    ends = [place for place, letter in enumerate(sign) if letter == " "]
    return [sign[first : last + 1] for first, last in combinations(ends, 2) if last - first + 1 < len(sign)]
