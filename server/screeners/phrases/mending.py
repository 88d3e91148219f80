"""What was meant by what is no word: mistyped, torn apart, or several written as one."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from server.domain.folding import Folded
from server.screeners.phrases.coded import Coded
from server.screeners.phrases.lexicon import ALONE, Lexicon
from server.screeners.phrases.spelling import SHORT, Spelling

OF_TWO = 5  # letters from which a word may be two that were written as one
OF_MANY = 8  # and several
IN_TWO = 3  # letters of each of two, unless it is frequent


class Change(NamedTuple):
    """Words that were meant by those from the `first` to the `last`."""

    first: int
    last: int
    meant: list[str]


class Mending:
    """Knows the words of phrases and the frequent ones. `ordinary` words are themselves, whatever they look like."""

    def __init__(
        self,
        lexicon: Lexicon,
        frequent: Collection[str],
        ordinary: Collection[str],
        are_said_together: Callable[[list[str]], bool],
    ) -> None:
        """`are_said_together` tells whether phrases may be in some words."""
        self._lexicon = lexicon
        self._frequent = frozenset(frequent)
        self._themselves = self._frequent.union(ordinary)
        self._spelling = Spelling({*lexicon, *frequent}, frequent)
        self._are_said_together = are_said_together

    def is_word(self, token: str) -> bool:
        return token in self._lexicon or token in self._themselves

    def changes(self, coded: Coded) -> list[Change]:
        """From left to right."""
        return list(self._changes(coded.tokens, coded.codes))

    def _changes(self, tokens: list[str], codes: list[str]) -> Iterator[Change]:
        reached = 0
        for place, token in enumerate(tokens):
            # What has no code stays as it is, and a letter is hardly ever meant.
            if place < reached or (token is not codes[place] and (len(token) > 1 or token in ALONE)):
                continue
            if token in self._themselves:
                continue
            if token.isascii() and token.isalpha() and (change := self._change(tokens, place, reached)) is not None:
                reached = change.last + 1
                yield change

    def _change(self, tokens: list[str], place: int, reached: int) -> Change | None:
        for first in (place, place - 1):
            if reached <= first < len(tokens) - 1:
                whole = tokens[first] + tokens[first + 1]
                if len(whole) >= SHORT and whole in self._lexicon:
                    return Change(first, first + 1, [whole])
        token = tokens[place]
        if len(token) < SHORT:
            return None
        word = self._spelling.meant(token)
        words = [word] if word else self._apart(token)
        return Change(place, place, words) if words else None

    def _apart(self, token: str) -> list[str]:
        known = self._lexicon
        for place in range(len(token) - 1, 0, -1) if len(token) >= OF_TWO else ():
            if token[:place] in known and token[place:] in known:
                words = [token[:place], token[place:]]
                if all(map(self._may_be_one_of_two, words)):
                    return words
        words = known.apart(token) if len(token) >= OF_MANY else []
        return words if len(words) > 2 and self._are_said_together(words) else []

    def _may_be_one_of_two(self, word: str) -> bool:
        return len(word) >= IN_TWO or word in self._frequent


def changed_tokens(tokens: Sequence[str], changes: Iterable[Change]) -> list[str]:
    said: list[str] = []
    reached = 0
    for first, last, meant in changes:
        said += (*tokens[reached:first], *meant)
        reached = last + 1
    return [*said, *tokens[reached:]]


def changed(folded: Folded, coded: Coded, changes: Iterable[Change]) -> Folded:
    text: list[str] = []
    kept: list[int] = []
    reached = 0
    for first, last, words in changes:
        begin, end = coded.places[first][0], coded.places[last][1]
        meant = " ".join(words)
        text += (folded.text[reached:begin], meant)
        letters = accumulate(letter != " " for letter in meant)  # so many, up to each
        inside = [min(begin + max(count, 1), end) - 1 for count in letters]
        kept += (*range(reached, begin), *inside[:-1], end - 1)
        reached = end
    kept += range(reached, len(folded.text))
    return Folded("".join([*text, folded.text[reached:]]), lambda: [folded.offsets[place] for place in kept])
