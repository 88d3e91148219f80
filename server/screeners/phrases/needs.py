"""Tells which phrases may be in a text, by the signs that are in it."""

from collections.abc import Iterable, Sequence
from itertools import chain

from server.screeners.phrases.index import Indexed
from server.screeners.phrases.signs import Signs

Phrase = tuple[str, int]  # the book's name and the place among its phrases, or among its guards

RAREST = 2  # lists that are asked for by the signs; the others, where these are met


class Needs:
    """A phrase may be in a text that has a sign of each list of one of its ways."""

    def __init__(self, phrases: Iterable[Indexed], lists: Sequence[Signs]) -> None:
        self._always: set[Phrase] = set()
        self._phrase_of: list[Phrase] = []  # by the number of a way
        self._others: list[tuple[Signs, ...]] = []
        self._rarest: tuple[dict[str, list[int]], ...] = tuple({} for _ in range(RAREST))
        for phrase in phrases:
            for way in phrase.ways:
                self._add((phrase.book, phrase.place), [lists[number] for number in way])

    def _add(self, phrase: Phrase, lists: list[Signs]) -> None:
        if not lists:
            self._always.add(phrase)
            return
        for place, ways in enumerate(self._rarest):
            for sign in lists[min(place, len(lists) - 1)]:
                ways.setdefault(sign, []).append(len(self._phrase_of))
        self._phrase_of.append(phrase)
        self._others.append(tuple(lists[RAREST:]))

    def met(self, said: set[str]) -> set[Phrase]:
        """By the signs of a text; each phrase once, however often it may be said."""
        first, *others = (_ways(ways, said) for ways in self._rarest)
        near = set(first).intersection(*others)
        found = set(self._always)
        for way in near:
            for signs in self._others[way]:
                if signs.isdisjoint(said):
                    break
            else:
                found.add(self._phrase_of[way])
        return found


def _ways(by_sign: dict[str, list[int]], said: set[str]) -> Iterable[int]:
    return chain.from_iterable(filter(None, map(by_sign.get, said)))
