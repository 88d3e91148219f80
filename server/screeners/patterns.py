"""The small language of rule files: readable phrases made into linear-time expressions."""

import re
from collections.abc import Mapping, Sequence

import re2

MEMORY = 64 << 20  # bytes for the states of one set; they are built as texts need them
SPACE = r"[ \":=@#$%/*+]+"  # what stays between words in a worded text
NO_SPACE = r"[ \":=@#$%/*+]*"

_piece = re.compile(
    r"""<(?P<name>[a-z][a-z0-9-]*)>
      | (?P<gap>\[\^\.!\?\])                                      # "anything within the sentence" begins after a word
      | (?P<kept>\\.|\[(?:\\.|[^\]])*\]|\(\?[a-z]*:|\{[0-9,]+\})  # escapes, classes, groups and counts stay
      | (?P<letter>[a-z])(?P<times>[?*+]|(?=\{))?                 # letters may be drawn out: "pleeease"
      | (?P<space>[ ]+)(?P<optional>\?)?
      | (?P<apostrophe>')
      | (?P<other>.)""",
    re.VERBOSE,
)


class BadPattern(ValueError):
    """A pattern that can't be used; the message is for the operator."""


class Phrasebook:
    """Writes phrases as expressions, with what the file's `[words]` stand for; its `fault` was asked for before."""

    def __init__(self, words: Mapping[str, str]) -> None:
        self._words = words
        self._known: dict[tuple[str, str], str] = {}

    def expression(self, phrase: str) -> str:
        """A phrase as whole words of a worded text: letters may repeat, apostrophes are not there."""
        return rf"\b(?:{self._written(phrase, SPACE)})\b"

    def run_together(self, phrase: str) -> str:
        """The same phrase written without spaces, as in a hashtag or where letters were spelled out one by one."""
        return self._written(phrase, NO_SPACE)

    def _written(self, phrase: str, space: str) -> str:
        return "".join(
            self._word(piece.group("name"), space) if piece.group("name") else _translated(piece, space)
            for piece in _piece.finditer(phrase)
        )

    def _word(self, name: str, space: str) -> str:
        if (name, space) not in self._known:
            self._known[name, space] = f"(?:{self._written(self._words[name], space)})"
        return self._known[name, space]


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


def _translated(piece: re.Match[str], space: str) -> str:
    match piece.lastgroup:
        case "gap":
            return r"\b" + piece.group()
        case "letter":
            return piece.group() + "+"
        case "times":
            letter, times = piece.group("letter", "times")
            return letter + ("*" if times == "?" else times)
        case "space":
            return space
        case "optional":
            return f"(?:{space})?"
        case "apostrophe":
            return ""
        case _:
            return piece.group()


def _options() -> "re2.Options":
    options = re2.Options()
    options.max_mem = MEMORY
    options.log_errors = False
    options.never_capture = True
    return options
