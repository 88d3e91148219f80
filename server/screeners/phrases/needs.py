"""Tells which phrases may be in a text, by the signs that are in it."""

from collections.abc import Iterable, Sequence

from server.screeners.phrases.index import Indexed
from server.screeners.phrases.signs import Signs

Phrase = tuple[str, int]  # the book's name and the place among its phrases, or among its guards
Needing = tuple[Phrase, tuple[Signs, ...]]  # with the other lists of one way to say it


class Needs:
    """A phrase may be in a text that has a sign of each list of one of its ways. The rarest list is asked for first."""

    def __init__(self, phrases: Iterable[Indexed], lists: Sequence[Signs]) -> None:
        begun: dict[int | None, list[Needing]] = {}
        for phrase in phrases:
            for way in phrase.ways:
                others = tuple(map(lists.__getitem__, way[1:]))
                begun.setdefault(way[0] if way else None, []).append(((phrase.book, phrase.place), others))
        self._always = begun.pop(None, [])
        self._begun: dict[str, list[Needing]] = {}
        for first, needing in begun.items():
            for sign in lists[first or 0]:
                self._begun[sign] = [*self._begun[sign], *needing] if sign in self._begun else needing

    def met(self, said: set[str]) -> set[Phrase]:
        """By the signs of a text; each phrase once, however often it may be said."""
        found: set[Phrase] = set()
        for near in (self._always, *map(self._begun.__getitem__, said & self._begun.keys())):
            for phrase, others in near:
                for signs in others:
                    if signs.isdisjoint(said):
                        break
                else:
                    found.add(phrase)
        return found
