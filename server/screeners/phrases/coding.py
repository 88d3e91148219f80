"""Gives the words that phrases want their codes, so that an expression sees a word as one thing."""

import re
from collections.abc import Iterable
from itertools import chain, groupby
from operator import itemgetter

from server.screeners.patterns import BadPattern
from server.screeners.phrases.letters import beginning, beginnings, fits, is_drawn_out, one_of
from server.screeners.phrases.lexicon import drawn
from server.screeners.phrases.parts import Letters

LEAST = 0x80  # no letter that a text is left with; a code is two of such bytes
MANY = 128
ANY_CODE = f"[{chr(LEAST)}-\xff]{{2}}"
WORDS_OF_ALL_KINDS = ("a", "i", "zq", "zzzz")  # an expression that fits these fits any word


class Coding:
    """Words that all phrases want at the same places have the same code."""

    def __init__(self, wanted: Iterable[Letters]) -> None:
        self.words: dict[str, str] = {}
        wanted = frozenset(wanted)
        known = sorted((letters for letters in wanted if isinstance(letters, frozenset)), key=len, reverse=True)
        endless = [letters for letters in wanted if isinstance(letters, str)]
        places: dict[str, list[int]] = {word: [] for word in frozenset[str]().union(*known)}
        for place, letters in enumerate(known):
            for word in letters:
                places[word].append(place)
        places.pop("", None)
        _add_drawn_out(places, drawn(places).values())
        self._fit_any = _add_endless(places, endless, len(known))
        in_order: list[Letters] = [*known, *endless]
        self._codes: dict[Letters, list[str]] = {letters: [] for letters in in_order}
        self._code(places, in_order)
        self._sets = {letters: frozenset(codes) for letters, codes in self._codes.items()}
        self._patterns: dict[Letters, str] = {}

    def _code(self, places: dict[str, list[int]], wanted: list[Letters]) -> None:
        alike: dict[tuple[int, ...], list[str]] = {}
        for word, its in places.items():
            alike.setdefault(tuple(sorted(set(its))), []).append(word)
        if len(alike) > MANY * MANY:
            raise BadPattern("the phrases know too many words")
        for which, (those, words) in enumerate(sorted(alike.items())):  # what is wanted together is near each other
            code = chr(LEAST + which // MANY) + chr(LEAST + which % MANY)
            self.words |= dict.fromkeys(words, code)
            for place in those:
                self._codes[wanted[place]].append(code)

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
