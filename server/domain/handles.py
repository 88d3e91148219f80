"""Names people go by in a room: proposed by us, or typed and checked, and unique by how they look."""

import hashlib
import hmac
import re
from typing import Annotated
from unicodedata import category, name, normalize

from msgspec import Meta, Struct

from server.domain.folding import fold, readings
from server.protocol.refusals import Code, Refused

SHORTEST, LONGEST = 3, 24
DIGITS = 4  # a year of birth is the most that a name can hold; five begin to be a number to call
NUMBERS = range(10, 100)
SEPARATORS = " _.'’-"
# Scripts that are written together in one language.
MIXED = (frozenset({"HIRAGANA", "KATAKANA", "CJK"}), frozenset({"HANGUL", "CJK"}))
MARKS = 2  # on one letter: more is decoration that spills over other lines

Word = Annotated[str, Meta(pattern=r"^[a-z]{3,10}$")]

_shape = re.compile(rf"[^\W_]+(?:[{re.escape(SEPARATORS)}][^\W_]+)*")
_same = str.maketrans({"0": "o", "1": "l", "i": "l", "|": "l", "5": "s"})


class HandleWords(Struct, frozen=True, forbid_unknown_fields=True):
    """`anywhere` is refused wherever it stands, `alone` as a word of its own; `harmless` words are never refused."""

    review: str
    first: Annotated[tuple[Word, ...], Meta(min_length=40)]
    second: Annotated[tuple[Word, ...], Meta(min_length=40)]
    anywhere: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()
    harmless: tuple[str, ...] = ()


def propose(secret: bytes, person: str, channel: str, roll: int, words: HandleWords) -> str:
    """Two gentle words and a number; the same for a person, room and roll, and not to be linked across rooms."""
    digest = hmac.digest(secret, f"handle\0{person}\0{channel}\0{roll}".encode(), hashlib.sha256)
    first, second, number = (int.from_bytes(digest[place : place + 8], "big") for place in (0, 8, 16))
    return "-".join(
        (
            words.first[first % len(words.first)],
            words.second[second % len(words.second)],
            str(NUMBERS[number % len(NUMBERS)]),
        )
    )


def check(handle: str, words: HandleWords) -> str:
    """The handle as it is shown, or `Refused(BAD_HANDLE)`: one answer for every reason, so nothing can be probed."""
    shown = " ".join(normalize("NFC", handle).split())
    if not (SHORTEST <= len(shown) <= LONGEST and _well_formed(shown) and not _refused(shown, words)):
        raise Refused(Code.BAD_HANDLE)
    return shown


def normal(handle: str) -> str:
    """What a handle looks like: two that look alike are the same handle."""
    letters = "".join(character for character in fold(normalize("NFKC", handle)).text if character not in SEPARATORS)
    return letters.translate(_same).replace("rn", "m").replace("vv", "w")


def _well_formed(shown: str) -> bool:
    letters = [character for character in shown if category(character)[0] == "L"]
    bare = "".join(character for character in shown if category(character)[0] != "M")
    return (
        len(letters) >= 2
        and normalize("NFKC", shown) == shown
        and _shape.fullmatch(bare) is not None
        and sum(category(character)[0] == "N" for character in shown) <= DIGITS
        and _marks_are_few(shown)
        and _one_script(letters)
    )


def _marks_are_few(shown: str) -> bool:
    marks = 0
    for character in shown:
        marks = marks + 1 if category(character)[0] == "M" else 0
        if marks > MARKS:
            return False
    return not shown or category(shown[0])[0] != "M"


def _one_script(letters: list[str]) -> bool:
    scripts = {name(letter, "").split(" ")[0] for letter in letters}
    return len(scripts) == 1 or any(scripts <= together for together in MIXED)


def _refused(shown: str, words: HandleWords) -> bool:
    return any(_tells_or_hurts(reading.text, words) for reading in readings(fold(shown)))


def _tells_or_hurts(folded: str, words: HandleWords) -> bool:
    """A word that passes for staff, hurts, or leads to the person elsewhere."""
    parts = [part for part in re.split(rf"[{re.escape(SEPARATORS)}\d]+", folded) if part and part not in words.harmless]
    joined = "".join(parts)
    if any(part in words.alone for part in (*parts, joined)):
        return True
    squeezed = re.sub(r"(.)\1+", r"\1", joined)
    return any(word in joined or word in squeezed for word in words.anywhere)
