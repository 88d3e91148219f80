"""Knows words again that have one letter wrong; people in distress mistype."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from string import ascii_lowercase

from server.domain.folding import Folded

LONG = 6  # letters from which any letter may be wrong; shorter words are too close to others

_word = re.compile(r"[a-z]{3,}")


@cache
def spelling(words: tuple[str, ...], ordinary: tuple[str, ...]) -> "Spelling":
    """One for each list; the rules of a file and the sieve before them need the same."""
    return Spelling(words, ordinary)


class Spelling:
    """A list of words and, for each, the ways to mistype it."""

    def __init__(self, words: Iterable[str], ordinary: Iterable[str]) -> None:
        words = frozenset(words)
        known = words.union(ordinary)
        self.meant = {typo: word for word in sorted(words) for typo in _typos(word) if typo not in known}

    def corrected(self, folded: Folded) -> Iterator[Folded]:
        """The text with what was meant, if that is another text."""
        if self.meant.keys().isdisjoint(_word.findall(folded.text)):
            return
        found = [word for word in _word.finditer(folded.text) if word.group() in self.meant]
        text: list[str] = []
        offsets: list[int] = []
        reached = 0
        for word in found:
            meant = self.meant[word.group()]
            text += [folded.text[reached : word.start()], meant]
            offsets += folded.offsets[reached : word.start()]
            offsets += [folded.offsets[min(word.start() + place, word.end() - 1)] for place in range(len(meant))]
            reached = word.end()
        yield Folded("".join([*text, folded.text[reached:]]), [*offsets, *folded.offsets[reached:]])


def _typos(word: str) -> Iterator[str]:
    """Two letters swapped, one left out; in a long word also one wrong or one too many."""
    splits = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    for before, after in splits:
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]
        if after and len(word) > 4:
            yield before + after[1:]
        if len(word) >= LONG:
            yield from (before + letter + after for letter in ascii_lowercase)
            yield from (before + letter + after[1:] for letter in ascii_lowercase if after)
