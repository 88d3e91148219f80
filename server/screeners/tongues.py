"""Tells texts in a language that their room is not read in; where it is not sure, there is nothing to tell."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from server.domain.folding import Span
from server.domain.languages import Code, Languages
from server.domain.screening import LANGUAGE, Lane, Opinion, Runs, Screened, Verdict

RULE = "language.other"
FEWEST = 3  # frequent words of another language; fewer may be borrowed, or a name
SURER = 2  # times as many of another language as of the room's own
SHARE = 0.25  # of all words, so that a sentence quoted in a longer text is not the text
STRANGE = 12  # different words, of which none is frequent in the room's languages
LETTERS = 4  # of another script, and most of all; fewer may be a name or a face
SCORE = 0.05  # it says nothing of what a text means

_word = re.compile(r"[^\W\d_]{2,}")  # single letters are pieces of numbers and links
_drawn_out = re.compile(r"([^\W\d_])\1{2,}")
_foreign = re.compile(r"[^\W\d_a-z]")


class Tongues:
    """The screener of languages: another script is certain, what is in Latin letters is told by its frequent words.

    Of one in disguise every reading must tell so: pieces of words look like words of anywhere.
    """

    runs = Runs.INLINE

    def __init__(self, name: str, languages: Languages, screened: Sequence[Code]) -> None:
        """`screened` are the languages of the policy, in which a room is read that names none."""
        self.name = name
        self._version = languages.version
        self._screened = tuple(screened)
        self._languages = languages
        self._known: dict[tuple[Code, ...], tuple[frozenset[str], dict[str, tuple[Code, ...]]]] = {}

    def screen(self, screened: Screened) -> tuple[Opinion, ...]:
        own = screened.languages or self._screened
        if screened.words is not None:
            said = _spelled(screened.words.decode().split())
            other = all(self._is_other(words, own) or self._is_strange(words, own) for words in said)
        else:
            texts = [reading.text.replace("'", "") for reading in screened.readings]
            said = (words for text in texts for words in _spelled(_word.findall(text)))
            other = all(self._is_other(words, own) for words in said) or _is_in_another_script(texts[0])
        if not other:
            return ()
        whole = (Span(0, len(screened.text)),)
        return (Opinion(Lane.CONDUCT, Verdict.NOTE, RULE, self._version, LANGUAGE, spans=whole, score=SCORE),)

    def _is_other(self, words: list[str], own: tuple[Code, ...]) -> bool:
        ours, theirs = self._words(own)
        foreign = list(filter(None, map(theirs.get, words)))
        if len(foreign) < FEWEST:
            return False
        most = max(Counter(code for codes in foreign for code in codes).values())
        return most >= max(FEWEST, SURER * sum(word in ours for word in words), SHARE * len(words))

    def _is_strange(self, words: list[str], own: tuple[Code, ...]) -> bool:
        return len(words) >= STRANGE and self._words(own)[0].isdisjoint(words) and len(set(words)) >= STRANGE

    def _words(self, own: tuple[Code, ...]) -> tuple[frozenset[str], dict[str, tuple[Code, ...]]]:
        """Those of a room's languages, and those of others, each with the languages that have it."""
        if own not in self._known:
            ours = frozenset[str]().union(*map(self._languages.words, own))
            theirs: dict[str, tuple[Code, ...]] = {}
            for code in self._languages.frequent.keys() - set(own):
                for word in self._languages.words(code) - ours:
                    theirs[word] = (*theirs.get(word, ()), code)
            self._known[own] = ours, theirs
        return self._known[own]


def _spelled(words: list[str]) -> Iterator[list[str]]:
    """As they were written, and without letters that were drawn out."""
    yield words
    yield _drawn_out.sub(r"\1", " ".join(words)).split()


def _is_in_another_script(text: str) -> bool:
    foreign = len(_foreign.findall(text))
    return foreign >= LETTERS and 2 * foreign > sum(map(str.isalpha, text))
