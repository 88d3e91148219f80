"""Clean text: what is stored, shown and screened; the same characters for everyone who reads it."""

import re
from typing import Protocol
from unicodedata import category, combining, normalize

from server.protocol.refusals import Code, Refused


class Limits(Protocol):
    """What one message may be; the settings carry these."""

    @property
    def text_characters(self) -> int: ...
    @property
    def text_bytes(self) -> int: ...
    @property
    def line_breaks(self) -> int: ...
    @property
    def combining_marks(self) -> int: ...


GROWTH = 2  # compatibility forms may double a text and no more: one U+FDFA becomes eighteen letters
JOINERS = "\u200c\u200d"
# Format characters that are drawn: Arabic, Syriac and Kaithi number and verse signs.
DRAWN = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd")
# Letters and marks that draw nothing: a text of these alone is empty.
BLANK = frozenset("\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0\ufe0e\ufe0f")
UNWANTED = frozenset({"Cc", "Co", "Cs"})
FORBIDDEN_MARKS = frozenset("\u034f")
VIRAMA = 9  # the combining class after which a joiner shapes the conjunct, even at the end of a word
JOINING = re.compile("[\u0600-\u08ff\u0900-\u0dff\u0f00-\u109f\u1780-\u18af\ufb50-\ufdff\ufe70-\ufefc]")
PICTURES = frozenset({"So", "Sk"})

_breaks = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_plain = re.compile(r"[\x20-\x7e\n]*")
_spaces_at_break = re.compile(r"[ \t]+\n")


def clean(text: str, limits: Limits) -> str:
    """The text as it is kept and shown; `Refused` with EMPTY, TOO_LONG or BAD_CHARS."""
    text = text.strip()
    _measure(text, limits)
    if text and text.isascii() and text.isprintable():
        return text  # most texts: one line of plain letters and marks
    kept = _breaks.sub("\n", text).replace("\t", " ")
    if not _plain.fullmatch(kept):
        kept = _fewer_marks(normalize("NFC", _visible(kept)), limits.combining_marks)
    kept = _fewer_breaks(_spaces_at_break.sub("\n", kept), limits.line_breaks).strip()
    if not _anything_shows(kept):
        raise Refused(Code.BAD_CHARS if any(_unwanted(character) for character in text) else Code.EMPTY)
    _measure(kept, limits)
    return kept


def _measure(text: str, limits: Limits) -> None:
    if len(text) > limits.text_characters:
        raise Refused(Code.TOO_LONG)
    if text.isascii():
        return
    if len(text.encode("utf-8", "surrogatepass")) > limits.text_bytes:
        raise Refused(Code.TOO_LONG)
    if len(normalize("NFKC", text)) > GROWTH * limits.text_characters:
        raise Refused(Code.TOO_LONG)


def _visible(text: str) -> str:
    return "".join(
        character
        for place, character in enumerate(text)
        if (character < "\x7f" and character >= " ") or _stays(text, place)
    )


def _stays(text: str, place: int) -> bool:
    character = text[place]
    if character == "\n":
        return True
    if character in JOINERS:
        return _joins(text, place)
    if category(character) == "Cf":
        return character in DRAWN
    return not _unwanted(character) and character not in FORBIDDEN_MARKS


def _unwanted(character: str) -> bool:
    """Controls, private use, surrogates, tags and noncharacters; unassigned ones may be next year's emoji."""
    point = ord(character)
    if character == "\n":
        return False
    return (
        category(character) in UNWANTED
        or 0xE0000 <= point <= 0xE007F
        or point & 0xFFFE == 0xFFFE
        or 0xFDD0 <= point <= 0xFDEF
    )


def _joins(text: str, place: int) -> bool:
    """Joiners carry meaning between letters of joining scripts and inside an emoji; elsewhere they only hide things."""
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    if not before:
        return False
    if combining(before) == VIRAMA:
        return True
    if not after:
        return False
    if JOINING.match(before) and JOINING.match(after):
        return True
    return (
        text[place] == "\u200d" and (category(before) in PICTURES or before == "\ufe0f") and category(after) in PICTURES
    )


def _fewer_marks(text: str, most: int) -> str:
    kept: list[str] = []
    marks = 0
    for character in text:
        marks = marks + 1 if category(character)[0] == "M" else 0
        if marks <= most:
            kept.append(character)
    return "".join(kept)


def _fewer_breaks(text: str, most: int) -> str:
    if text.count("\n") <= most:
        return text
    lines = text.split("\n")
    return "\n".join([*lines[:most], " ".join(line for line in lines[most:] if line)])


def _anything_shows(text: str) -> bool:
    return any(
        (character not in BLANK and category(character)[0] not in "MZC") or character in DRAWN for character in text
    )
