"""Expressions of RE2's, which take time in proportion to the text."""

from collections.abc import Sequence

import re2

MEMORY = 8 << 20  # bytes for the states of one expression; they are built as texts need them


class BadPattern(ValueError):
    """A pattern that can't be used; the message is for the operator."""


def compiled(source: str) -> "re2._Regexp[str]":
    try:
        return re2.compile(source, _options())
    except re2.error as fault:
        raise BadPattern(f"{source}: {fault}") from None


def compiled_bytes(source: str) -> "re2._Regexp[bytes]":
    """Of characters that are bytes; it finds the longest there is."""
    try:
        return re2.compile(source.encode("latin-1"), _bytewise())
    except re2.error as fault:
        raise BadPattern(f"{source!r}: {fault}") from None


def set_of(sources: Sequence[str]) -> "re2.Set":
    """One pass over a text tells which of them are in it."""
    # Bytes, not characters: the set stays small, and what is not ASCII is only ever passed over.
    together = re2.Set.SearchSet(_bytewise())
    for source in sources:
        try:
            together.Add(source)
        except re2.error:
            raise BadPattern(f"{source[:80]} is not an expression") from None
    together.Compile()
    return together


def _bytewise() -> "re2.Options":
    options = _options()
    options.encoding = re2.Options.Encoding.LATIN1
    options.longest_match = True
    return options


def _options() -> "re2.Options":
    options = re2.Options()
    options.max_mem = MEMORY
    options.log_errors = False
    options.never_capture = True
    return options
