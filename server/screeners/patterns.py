"""The small language of rule files: readable phrases made into linear-time expressions."""

import re
from collections.abc import Sequence
from functools import cache
from string import ascii_lowercase, digits

import re2

from server.screeners.phrases import GAP, BadPattern, Choice, Item, Phrases

MEMORY = 8 << 20  # bytes for the states of one expression; they are built as texts need them
SPACE = r"[ \":=@#$%/*+]+"  # what stays between words in a worded text
NO_SPACE = r"[ \":=@#$%/*+]*"
WORD_LETTERS = frozenset(ascii_lowercase + digits)
GAP_WRITTEN = rf"\b{GAP}"

_piece = re.compile(" +|.")


class Phrasebook:
    """Writes the phrases of one file as expressions."""

    def __init__(self, phrases: Phrases) -> None:
        self._phrases = phrases
        self._known: dict[Choice, str] = {}
        self._beginnings: dict[Choice, frozenset[bytes] | None] = {}

    def expression(self, phrase: str) -> str:
        """A phrase as whole words of a worded text: letters may repeat, apostrophes are not there."""
        return rf"\b(?:{self._written(self._phrases.read(phrase))})\b"

    def run_together(self, phrase: str) -> str:
        """The same phrase written without spaces, as in a hashtag or where letters were spelled out one by one."""
        return self._written(self._phrases.read(phrase)).replace(SPACE, NO_SPACE)

    def beginnings(self, phrase: str) -> frozenset[bytes] | None:
        """With which its first word may begin: two letters, or one that is all of it; None where that can't be told."""
        return self._of_choice(self._phrases.read(phrase))

    def _of_choice(self, choice: Choice) -> frozenset[bytes] | None:
        if choice not in self._beginnings:
            each = [self._of_sequence(sequence) for sequence in choice.sequences]
            known = [found for found in each if found is not None]
            self._beginnings[choice] = frozenset[bytes]().union(*known) if len(known) == len(each) else None
        return self._beginnings[choice]

    def _of_sequence(self, sequence: list[Item]) -> frozenset[bytes] | None:
        found = frozenset[bytes]()
        for what, times in sequence:
            more = self._of_choice(what) if isinstance(what, Choice) else _begun(what, times)
            if more is None:
                return None
            found |= more
            if times not in ("?", "*") and not times.startswith("{0"):
                return found
        return None

    def _written(self, choice: Choice) -> str:
        if choice not in self._known:
            self._known[choice] = "|".join("".join(map(self._item, sequence)) for sequence in choice.sequences)
        return self._known[choice]

    def _item(self, item: Item) -> str:
        what, times = item
        if isinstance(what, Choice):
            return f"(?:{self._written(what)}){times}"
        return _single(what, times) if times or what[0] in "\\[" else _plain(what)


@cache
def _begun(what: str, times: str) -> frozenset[bytes] | None:
    """A letter that may be drawn out may be the second, too."""
    first, second = what[:1], what[1:2]
    if first not in WORD_LETTERS:
        return None
    if times or not second:
        seconds = ("", *WORD_LETTERS)
    else:
        seconds = (first, second if second in WORD_LETTERS else "")
    return frozenset(f"{first}{letter}".encode() for letter in seconds)


@cache
def _plain(words: str) -> str:
    return "".join(map(_single, _piece.findall(words)))


def _single(item: str, times: str = "") -> str:
    """Letters may be drawn out: "pleeease"."""
    if item in ascii_lowercase:
        return item + ("*" if times == "?" else times or "+")
    if item.isspace():
        return f"(?:{SPACE}){times}" if times else SPACE
    return (GAP_WRITTEN if item == GAP else item) + times


def compiled(source: str) -> "re2._Regexp[str]":
    try:
        return re2.compile(source, _options())
    except re2.error as fault:
        raise BadPattern(f"{source}: {fault}") from None


def set_of(sources: Sequence[str]) -> "re2.Set":
    """One pass over a text tells which of them are in it."""
    options = _options()
    # Bytes, not characters: the set stays small, and what is not ASCII is only ever passed over.
    options.encoding = re2.Options.Encoding.LATIN1
    together = re2.Set.SearchSet(options)
    for source in sources:
        try:
            together.Add(source)
        except re2.error:
            raise BadPattern(f"{source[:80]} is not an expression") from None
    together.Compile()
    return together


def _options() -> "re2.Options":
    options = re2.Options()
    options.max_mem = MEMORY
    options.log_errors = False
    options.never_capture = True
    return options
