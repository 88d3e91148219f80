"""The small language of rule files: readable phrases made into linear-time expressions."""

import re
from collections.abc import Mapping, Sequence

import re2

MEMORY = 64 << 20  # bytes for the states of one set; they are built as texts need them
SPACE = r"(?:[^\w.!?]|\.\.+)+"
NO_SPACE = r"[^\w.!?]*"

_macro = re.compile(r"<([a-z][a-z0-9-]*)>")
_piece = re.compile(
    r"""(?P<gap>\[\^\.!\?\])                                      # "anything within the sentence" begins after a word
      | (?P<kept>\\.|\[(?:\\.|[^\]])*\]|\(\?[a-z]*:|\{[0-9,]+\})  # escapes, classes, groups and counts stay
      | (?P<letter>[a-z])(?P<times>[?*+]|(?=\{))?                 # letters may be drawn out: "pleeease"
      | (?P<space>[ ]+)(?P<optional>\?)?
      | (?P<apostrophe>')
      | (?P<other>.)""",
    re.VERBOSE,
)


class BadPattern(ValueError):
    """A pattern that can't be used; the message is for the operator."""


def expanded(pattern: str, words: Mapping[str, str], depth: int = 6) -> str:
    """With each `<name>` replaced by what the file's `[words]` say it stands for."""

    def filled(macro: re.Match[str]) -> str:
        if macro.group(1) not in words or depth == 0:
            raise BadPattern(f"<{macro.group(1)}> is not in [words] or stands for itself")
        return f"(?:{expanded(words[macro.group(1)], words, depth - 1)})"

    return _macro.sub(filled, pattern)


def expression(pattern: str, words: Mapping[str, str]) -> str:
    """A phrase as whole words: letters may repeat, any space may be punctuation, apostrophes may be missing."""
    return rf"\b(?:{_translated(expanded(pattern, words), SPACE)})\b"


def run_together(pattern: str, words: Mapping[str, str]) -> str:
    """The same phrase written without spaces, as in a hashtag or where letters were spelled out one by one."""
    return _translated(expanded(pattern, words), NO_SPACE)


def compiled(source: str) -> "re2._Regexp[str]":
    try:
        return re2.compile(source, _options())
    except re2.error as fault:
        raise BadPattern(f"{source}: {fault}") from None


def set_of(sources: Sequence[str]) -> "re2.Set":
    """One pass over a text tells which of them are in it."""
    together = re2.Set.SearchSet(_options())
    for source in sources:
        together.Add(source)
    together.Compile()
    return together


def _translated(pattern: str, space: str) -> str:
    return "".join(_written(piece, space) for piece in _piece.finditer(pattern))


def _written(piece: re.Match[str], space: str) -> str:
    if piece.group("gap"):
        return r"\b" + piece.group()
    if letter := piece.group("letter"):
        times = piece.group("times")
        return letter + {"?": "*", None: "+", "": ""}.get(times, times)
    if piece.group("space"):
        return f"(?:{space})?" if piece.group("optional") else space
    if piece.group("apostrophe"):
        return "'?"
    return piece.group()


def _options() -> "re2.Options":
    options = re2.Options()
    options.max_mem = MEMORY
    options.log_errors = False
    options.never_capture = True
    return options
