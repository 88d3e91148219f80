"""What must be in a text for a phrase to be there: lists of signs, of each of which there must be one."""

import math
from collections.abc import Collection, Sequence

from server.screeners.phrases.coding import Coding
from server.screeners.phrases.letters import beginnings
from server.screeners.phrases.parts import (
    SOFT,
    SPACE,
    STOPS,
    AnyOf,
    Between,
    Letters,
    Part,
    Series,
    Times,
    Word,
    may_be_left_out,
    written,
)

PAIRS = 64  # of two words that follow each other; more of them tell little
LISTS = 4  # of signs, the rarest that a phrase has, are enough to tell it
LETTER_WORTH = 3.0  # each letter of a word makes it so much rarer
WORD_WORTH, LONGEST_WORTH = 3.0, 6  # letters more, and at most so many of its own
MARK_WORTH = dict.fromkeys(STOPS + SOFT, 4.0) | dict.fromkeys(STOPS + '":', 1.0)

Signs = frozenset[str]  # codes, marks, two codes, or how a word begins: one of them must be in the text
RARE = LETTER_WORTH ** -(WORD_WORTH + 3)  # how likely signs are that are no words
NO_SIGNS: Signs = frozenset()


class Lists:
    """The lists of signs of phrases: of each list one must be in a text."""

    def __init__(self, coding: Coding, frequent: Collection[str]) -> None:
        """Words that are `frequent` tell little."""
        self._coding = coding
        self._likely = {written(mark): LETTER_WORTH**-worth for mark, worth in MARK_WORTH.items()}
        for word, code in coding.words.items():
            worth = len(word) / 2 if word in frequent else WORD_WORTH + min(len(word), LONGEST_WORTH)
            self._likely[code] = self._likely.get(code, 0.0) + LETTER_WORTH**-worth
        self._known: dict[int, list[Signs]] = {}
        self._kept: list[Part] = []
        self._common: dict[Signs, float] = {}

    def commonness(self, signs: Signs) -> float:
        """Larger for what is likelier to be in any text."""
        if signs not in self._common:
            self._common[signs] = math.fsum(self._likely.get(sign, RARE) for sign in signs)
        return self._common[signs]

    def ways(self, phrase: Part) -> list[list[Signs]]:
        """For each way to say it the rarest of its lists, the rarest first."""
        ways = phrase.ways if isinstance(phrase, AnyOf) else (phrase,)
        return [sorted(dict.fromkeys(self.of(way)), key=self.commonness)[:LISTS] for way in ways]

    def of(self, part: Part) -> list[Signs]:
        if (known := self._known.get(id(part))) is not None:
            return known
        self._kept.append(part)  # as long as its id is known
        found = self._known[id(part)] = self._of(part)
        return found

    def _of(self, part: Part) -> list[Signs]:
        match part:
            case Word(letters):
                return self._of_word(letters)
            case Series(parts):
                return [*(signs for each in parts if each is not SPACE for signs in self.of(each)), *self._pairs(parts)]
            case AnyOf(ways):
                return self._of_any(ways)
            case Between(_, marks) if marks:
                return [frozenset(map(written, marks))]
            case Times(again, times) if not may_be_left_out(times):
                return self.of(again)
        return []

    def _of_word(self, letters: Letters) -> list[Signs]:
        if isinstance(letters, frozenset):
            return [] if "" in letters else [self._coding.codes(letters)]
        begun = beginnings(letters)
        return [self._coding.codes(letters) | begun] if begun else []

    def _of_any(self, ways: Sequence[Part]) -> list[Signs]:
        each = list(map(self.of, ways))
        if not all(each):
            return []
        ranked = [sorted(lists, key=self.commonness) if len(lists) > 1 else lists for lists in each]
        most = min(LISTS, max(map(len, ranked)))
        return [NO_SIGNS.union(*(lists[min(place, len(lists) - 1)] for lists in ranked)) for place in range(most)]

    def _pairs(self, parts: Sequence[Part]) -> list[Signs]:
        """Of words that follow each other."""
        found: list[Signs] = []
        for place in range(1, len(parts) - 1):
            if parts[place] is SPACE:
                before, after = self._codes(parts[place - 1]), self._codes(parts[place + 1])
                if 0 < len(before) * len(after) <= PAIRS:
                    signs = frozenset(first + second for first in before for second in after)
                    self._common.setdefault(signs, self.commonness(before) * self.commonness(after))
                    found.append(signs)
        return found

    def _codes(self, part: Part) -> Signs:
        """Of a part that is one word that is known."""
        if isinstance(part, Word) and isinstance(part.letters, frozenset) and "" not in part.letters:
            return self._coding.codes(part.letters)
        return NO_SIGNS
