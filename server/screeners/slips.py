"""Words that matter, known again with one slip of the hand: a letter more or less, another one, or two swapped."""

from collections.abc import Iterable

SHORTEST = 5  # letters; shorter words are one slip from too many others


class Slips:
    """Finds the word that was meant by way of what both are without one letter, so no list of typos is kept."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(word for word in words if len(word) >= SHORTEST)
        self._without: dict[str, list[str]] = {}
        for word in sorted(self._words):
            for less in _without_one(word):
                self._without.setdefault(less, []).append(word)

    def meant(self, word: str) -> str | None:
        """The first of the words that is one slip away; None where none is, or nothing was mistyped."""
        if len(word) < SHORTEST or word in self._words:
            return None
        if few := self._without.get(word):
            return few[0]
        for less in _without_one(word):
            if less in self._words:
                return less
            for other in self._without.get(less, ()):
                if len(other) == len(word) and _one_slip(word, other):
                    return other
        return None


def _without_one(word: str) -> list[str]:
    return [word[:place] + word[place + 1 :] for place in range(len(word))]


def _one_slip(word: str, other: str) -> bool:
    """Of words of one length: one letter differs, or two neighbours have changed places."""
    differ = [place for place, (a, b) in enumerate(zip(word, other, strict=True)) if a != b]
    if len(differ) == 1:
        return differ[0] > 0  # the first letter is hardly ever wrong, and tells many words apart
    return len(differ) == 2 and differ[1] == differ[0] + 1 and word[differ[0]] == other[differ[1]]
