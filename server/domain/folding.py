"""The folded copy that rules read: one spelling for what looks or reads alike, with offsets back to the clean text."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from unicodedata import category, normalize

from msgspec import Struct

from server.domain.lookalikes import FOREIGN, LEET, PICTURES, PUNCTUATION, STYLED

LAUGHS = "😂🤣💀😹😆"
LEET_WORDS = 2  # who writes two words so may write all of them so

_words = re.compile(r"[^\W\d_]+")
_latin_like = re.compile("[a-z\u0370-\u03ff\u0400-\u04ff]", re.IGNORECASE)
# Single characters, each at most three separators from the next; the two classes share nothing, so this is linear.
_spelled = re.compile(r"(?<![a-z0-9'@$!])[a-z0-9@$](?:[ ._\-*~/,\n]{1,3}[a-z0-9@$!']){2,}(?![a-z0-9'@$]|![a-z0-9@$])")
_leet_word = re.compile(r"(?<![a-z0-9@$|€£+!])[a-z0-9@$|€£+!]*[a-z][a-z0-9@$|€£+!]*[a-z0-9@$|€£+]")
# Digits that spell no word: a year, a round number, one with a digit that no letter looks like.
_number = re.compile(
    r"(?<![\w@$€£|+!.,])(?:(?:19|20)\d\d|[1-9]\d{0,3}00|[013-57-9]*[26]\d*|1[1389]|[34689]0)(?![\w@$€£|+!])"
)
_measure = re.compile(r"\d+(?:[a-z]{1,3}|st|nd|rd|th|mins?|pills?)|[a-z]+")
_BETWEEN = r"(?:[^\w.!?\":=@#$£€%/*+']|\.\.+|'(?!\w)|(?<!\w)')"
_between_words = re.compile(f"'|{_BETWEEN}+")
# What is between words and not a single character; most places are told by the first two.
_uneven = re.compile(rf"'|(?=[^\w!?\":=@#$£€%/*+]{{2}})(?:{_BETWEEN}{{2,}}|\.\.+)")
_gap = re.compile(r"[ ._\-*~/,\n]+")
# A mark at the end of a word is a mark; one that stands where a word would is "I".
_stands_for = re.compile(r"[01345789@$€£|+](?!\d{4,30}+(?![a-z\d@$!]))|!(?=[a-z0-9@$])|(?<![^\s'\"(])!(?=[ '])")
# Where something new begins without a full stop: a paragraph, a rule, a mark of markup, the next who speaks.
_breaks = re.compile(r"(?<![:.!?])\n[ \t]*\n|-->|<!--|\]\]|\[\[|<\||\|>|#{3}|`{3}|-{3}|={3}|\n(?=[a-z]{2,12}:)")
_may_break = re.compile(r"[\n\-=#`\[\]<|]")
_dots = re.compile(r"\.\.+")
_quotes_in_gap = re.compile(r" [ ']+")
_number_in_word = re.compile(rb"[a-z]\d|\d[a-z]")
_mark_in_word = re.compile(rb"![a-z0-9]|[ .\-,\n]!")
_singles = re.compile(rb" a {1,3}a ")

_MARKS = str.maketrans(PUNCTUATION)
_ASCII = bytes(range(128)).decode()
_GAPS = bytes(ord(mark if re.match(r"[\w.!?\":=@#$%/*+']", mark) else " ") for mark in _ASCII).ljust(256)
_USUAL = b"abcdefghijklmnopqrstuvwxyz \n.,'!?:;\"()-"
_LETTERS = bytes(ord(mark) if mark.islower() else 32 for mark in _ASCII).ljust(256)
_SHAPE = bytes(ord("a" if mark.isalnum() or mark in "!'" else " ") for mark in _ASCII).ljust(256)


class Span(Struct, frozen=True, order=True):
    """A stretch of the clean text, from `start` up to but not including `end`."""

    start: int
    end: int


class Folded:
    """`offsets[i]` is where the i-th folded character began in the clean text; most texts never need to know."""

    __slots__ = ("_offsets", "text")

    def __init__(self, text: str, offsets: Sequence[int] | Callable[[], Sequence[int]]) -> None:
        self.text = text
        self._offsets = offsets

    @property
    def offsets(self) -> Sequence[int]:
        if callable(self._offsets):
            self._offsets = self._offsets()
        return self._offsets

    def span(self, start: int, end: int) -> Span:
        """Where folded characters `start` to `end` stand in the clean text."""
        return Span(self.offsets[start], self.offsets[end - 1] + 1) if end > start else Span(0, 0)


def fold(clean: str) -> Folded:
    """Compatibility forms, case, invisible characters, accents and look-alikes made one."""
    plain = clean if clean.isascii() else clean.translate(_MARKS)
    if plain.isascii():
        return Folded(plain.lower(), range(len(plain)))
    foreign = _disguised(clean)
    letters: list[str] = []
    offsets: list[int] = []
    for place, character in enumerate(clean):
        plain = FOREIGN[character] if place in foreign and character in FOREIGN else _plain(character)
        letters.append(plain)
        offsets.extend([place] * len(plain))
    return Folded("".join(letters), offsets)


def ordinary(folded: Folded) -> bytes | None:
    """The words of a text that can be read in one way only, a space before and after each; else None.

    Letters, numbers apart from them, and usual marks: nothing that could stand for a letter, and no letters one by one.
    """
    if not folded.text.isascii():
        return None
    text = folded.text.encode()
    unusual = text.translate(None, _USUAL)
    if unusual and (not unusual.isdigit() or _number_in_word.search(text)):
        return None
    if b"!" in text and _mark_in_word.search(text):
        return None
    if _singles.search(b" " + text.translate(_SHAPE) + b" "):
        return None
    return b" " + text.translate(_LETTERS, b"'") + b" "


def readings(folded: Folded) -> tuple[Folded, ...]:
    """The folded text, and how else it may be read: letters spelled out one by one, digits that stand for letters."""
    found = [folded]
    joined = _joined(folded)
    if joined is not folded:
        found.append(joined)
    found.extend(_unleeted(joined))
    return tuple(found)


def in_parts(folded: Folded) -> Folded | None:
    """With a full stop where something new begins; nothing for a text that is of one piece."""
    if not _may_break.search(folded.text):  # nearly always
        return None
    parted = _breaks.sub(lambda found: "." + " " * (len(found.group()) - 1), folded.text)
    return None if parted == folded.text else Folded(parted, lambda: folded.offsets)


def worded(folded: Folded) -> Folded:
    """Words with one space between them, without apostrophes; ends of sentences and a few marks stay."""
    if folded.text.isascii():
        return Folded(_worded_ascii(folded.text), lambda: _offsets_ascii(folded))
    return Folded(*_worded(folded))


def _worded_ascii(text: str) -> str:
    """The same text as `_worded` gives, without a look at each gap."""
    text = text.encode().translate(_GAPS).decode()
    if ".." in text:
        text = _dots.sub(" ", text)
    if " '" in text:
        text = _quotes_in_gap.sub(" ", text)
    text = text.replace("'", "")
    while "  " in text:
        text = text.replace("  ", " ")
    return text


def _offsets_ascii(folded: Folded) -> list[int]:
    kept: list[int] = []
    reached = 0
    for between in _uneven.finditer(folded.text):
        start, end = between.span()
        kept += range(reached, start)
        if end - start > 1 or folded.text[start] != "'":
            kept.append(start)
        reached = end
    kept += range(reached, len(folded.text))
    return kept if isinstance(folded.offsets, range) else [folded.offsets[place] for place in kept]


def _worded(folded: Folded) -> tuple[str, list[int]]:
    text: list[str] = []
    offsets: list[int] = []
    reached = 0
    for between in _between_words.finditer(folded.text):
        start, end = between.span()
        text.append(folded.text[reached:start])
        offsets.extend(folded.offsets[reached:start])
        if put := _put_between(between.group()):
            text.append(put)
            offsets.extend([folded.offsets[start]] * len(put))
        reached = end
    return "".join([*text, folded.text[reached:]]), [*offsets, *folded.offsets[reached:]]


def _put_between(gap: str) -> str:
    if gap == "'":
        return ""
    if any(laugh in gap for laugh in LAUGHS):
        return " lol "
    return "".join(f" {PICTURES[mark]}" for mark in gap if mark in PICTURES) + " "


def _disguised(clean: str) -> frozenset[int]:
    """Places in words that mix Latin with look-alikes, or hold look-alikes only."""
    return frozenset(
        place
        for word in _words.finditer(clean)
        if all(_looks_latin(letter) for letter in word.group())
        for place in range(word.start(), word.end())
    )


def looks_alike(said: str) -> bool:
    """Whether letters in it are only there to look like others."""
    return not said.isascii() and any(each in FOREIGN or each in STYLED for each in said)


def _looks_latin(letter: str) -> bool:
    return letter in FOREIGN or letter in STYLED or normalize("NFKD", letter)[0].isascii()


@lru_cache(maxsize=8192)
def _plain(character: str) -> str:
    """One character in its plainest form; nothing for what draws nothing."""
    if character in PUNCTUATION:
        return PUNCTUATION[character]
    if character in STYLED:
        return STYLED[character]
    if category(character) in ("Cf", "Mn", "Me"):
        return "" if category(character) != "Mn" or character < "\u0483" or character > "\ufe00" else character
    plain = normalize("NFKC", character).casefold()
    if _latin_like.match(normalize("NFD", plain)[:1]):
        plain = "".join(letter for letter in normalize("NFD", plain) if category(letter) != "Mn")
    return plain


def _joined(folded: Folded) -> Folded:
    """`k i l l  m e` as `kill me`: single letters lose the separator that is between all of them."""
    drop: set[int] = set()
    for spelled in _spelled.finditer(folded.text):
        drop.update(_between(spelled.group(), spelled.start()))
    if not drop:
        return folded
    kept = [place for place in range(len(folded.text)) if place not in drop]
    return Folded("".join(folded.text[place] for place in kept), [folded.offsets[place] for place in kept])


def _between(spelled: str, start: int) -> Iterator[int]:
    """Places of the separators inside words. The usual gap is inside words; another kind of gap parts them."""
    gaps = list(_gap.finditer(spelled))
    usual, times = Counter(gap.group() for gap in gaps).most_common(1)[0]
    for gap in gaps if times > 1 else ():  # "I c*t" is two words
        yield from range(start + gap.start() + (gap.group() != usual), start + gap.end())


def leet_words(folded: Folded) -> list[tuple[int, int]]:
    """Places of words in which digits or marks stand for letters."""
    return [word.span() for word in _leet_word.finditer(folded.text) if not _measure.fullmatch(word.group())]


def _unleeted(folded: Folded) -> Iterator[Folded]:
    words = leet_words(folded)
    if len(words) >= LEET_WORDS:
        words = [(0, len(folded.text))]
    if not words:
        return
    yield _read_as(folded, words, LEET)
    if any("1" in folded.text[start:end] or "!" in folded.text[start:end] for start, end in words):
        yield _read_as(folded, words, LEET | {"1": "l", "!": "l"})


def _read_as(folded: Folded, words: list[tuple[int, int]], letters: dict[str, str]) -> Folded:
    text = list(folded.text)
    for start, end in words:
        text[start:end] = _stands_for.sub(lambda found: letters[found.group()], folded.text[start:end])
    for number in _number.finditer(folded.text):
        text[number.start() : number.end()] = number.group()
    return Folded("".join(text), folded.offsets)
