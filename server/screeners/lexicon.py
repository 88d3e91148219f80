"""The words that phrases know, each with a code, so that an expression sees a word as one thing."""

import math
import re
from collections.abc import Collection, Iterable
from itertools import chain, groupby, pairwise
from operator import itemgetter

from server.screeners.letters import beginning, beginnings, drawn_in, fits, is_drawn_out, one_of
from server.screeners.parts import SOFT, Letters, written
from server.screeners.phrases import BadPattern

LEAST = 0x80  # no letter that a text is left with; a code is two of such bytes
MANY = 128
ANY_CODE = f"[{chr(LEAST)}-\xff]{{2}}"
WORDS_OF_ALL_KINDS = ("a", "i", "zq", "zzzz")  # an expression that fits these fits any word
ALONE = frozenset("aiouy")  # letters that are words by themselves
OTHER_COST = 2  # of a letter between words that were written as one
NOT_REACHED = (math.inf, 0)

_twice = re.compile(r"([a-z])\1")


class Lexicon(dict[str, str]):
    """Codes of words. Words that all phrases want at the same places have the same code.

    A word that is drawn out is the longest it can be; one that is not known has no code and stays as it is.
    """

    def __init__(self, wanted: Iterable[Letters]) -> None:
        super().__init__({mark: written(mark) for mark in SOFT})
        wanted = frozenset(wanted)
        known = sorted((letters for letters in wanted if isinstance(letters, frozenset)), key=len, reverse=True)
        endless = [letters for letters in wanted if isinstance(letters, str)]
        places: dict[str, list[int]] = {word: [] for word in frozenset[str]().union(*known)}
        for place, letters in enumerate(known):
            for word in letters:
                places[word].append(place)
        places.pop("", None)
        self._drawn = _drawn(places)
        _add_drawn_out(places, self._drawn.values())
        self._fit_any = _add_endless(places, endless, len(known))
        in_order: list[Letters] = [*known, *endless]
        self._codes: dict[Letters, list[str]] = {letters: [] for letters in in_order}
        self._code(places, in_order)
        self._sets = {letters: frozenset(codes) for letters, codes in self._codes.items()}
        self._patterns: dict[Letters, str] = {}
        self._longest = max(map(len, places), default=0)
        self._beginnings = frozenset(word[:3] for word in places)

    def _code(self, places: dict[str, list[int]], wanted: list[Letters]) -> None:
        alike: dict[tuple[int, ...], list[str]] = {}
        for word, its in places.items():
            alike.setdefault(tuple(sorted(set(its))), []).append(word)
        if len(alike) > MANY * MANY:
            raise BadPattern("the phrases know too many words")
        for which, (those, words) in enumerate(sorted(alike.items())):  # what is wanted together is near each other
            code = chr(LEAST + which // MANY) + chr(LEAST + which % MANY)
            self.update(dict.fromkeys(words, code))
            for place in those:
                self._codes[wanted[place]].append(code)

    def __missing__(self, token: str) -> str:
        if not token.isascii():
            return written(token)
        if _twice.search(token):
            for word in self._drawn.get(drawn_in(token), ()):
                if is_drawn_out(token, word):
                    return self[word]
        return token

    def codes(self, letters: Letters) -> frozenset[str]:
        """Of the words it knows that may stand there."""
        return self._sets[letters]

    def pattern(self, letters: Letters) -> str:
        """For one word of a coded text."""
        if letters not in self._patterns:
            self._patterns[letters] = self._pattern(letters)
        return self._patterns[letters]

    def _pattern(self, letters: Letters) -> str:
        known = [
            first + one_of(map(itemgetter(1), same)) for first, same in groupby(self._codes[letters], itemgetter(0))
        ]
        if isinstance(letters, frozenset):
            return f"(?:{'|'.join(known)}){'?' if '' in letters else ''}"
        others = rf"\b(?:{letters})\b"
        return f"(?:{'|'.join([*([ANY_CODE] if letters in self._fit_any else known), others])})"

    def apart(self, word: str, *, with_others: bool = False) -> list[str]:
        """As few words as possible that were written as one; nothing where they are not all known.

        `with_others`: what is between them may be anything.
        """
        best = {0: (0.0, 0)}  # how far it can be read, at what cost, and where the last word begins
        for begin in range(len(word)):
            if begin not in best:
                continue
            cost = best[begin][0]
            longest = self._longest if word[begin : begin + 3] in self._beginnings else 2
            for end in range(begin + 1, min(begin + longest, len(word)) + 1):
                part = word[begin:end]
                if part in self and (end > begin + 1 or part in ALONE) and cost + 1 < best.get(end, NOT_REACHED)[0]:
                    best[end] = cost + 1, begin
            if with_others and cost + OTHER_COST < best.get(begin + 1, NOT_REACHED)[0]:
                best[begin + 1] = cost + OTHER_COST, begin
        if len(word) not in best:
            return []
        ends = [len(word)]
        while ends[-1]:
            ends.append(best[ends[-1]][1])
        return [word[begin:end] for begin, end in pairwise(reversed(ends))]


def _drawn(words: Collection[str]) -> dict[str, list[str]]:
    """By what is left of them where no letter stands twice in a row, the longest first."""
    drawn: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        drawn.setdefault(drawn_in(word), []).append(word)
    return drawn


def _add_drawn_out(places: dict[str, list[int]], alike: Iterable[list[str]]) -> None:
    """ "too" is "to" drawn out."""
    for words in alike:
        if len(words) > 1:
            its = {word: places[word] for word in words}
            for longer in words:
                shorter = [word for word in words if word != longer and is_drawn_out(longer, word)]
                places[longer] = list(chain(its[longer], *map(its.__getitem__, shorter)))


def _add_endless(places: dict[str, list[int]], endless: Iterable[str], first: int) -> frozenset[str]:
    """Gives those that any word fits."""
    words = "\n".join(places)
    begun: dict[str, list[str]] = {}
    for word in places:
        begun.setdefault(beginning(word), []).append(word)
    fit_any = set()
    for place, source in enumerate(endless, first):
        fit = fits(source)
        if all(map(fit.fullmatch, WORDS_OF_ALL_KINDS)):
            fit_any.add(source)
        elif near := beginnings(source):
            for word in filter(fit.fullmatch, chain.from_iterable(begun.get(each, ()) for each in near)):
                places[word].append(place)
        else:
            for word in re.findall(rf"^(?:{source})$", words, re.MULTILINE):
                places[word].append(place)
    return frozenset(fit_any)
