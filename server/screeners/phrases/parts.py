"""What a phrase is made of: words, what parts them, and what of that is said in turn, instead, or again and again."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple, TypeAlias

SOFT = '":=@#$%/*+'  # may stand between two words as a space does
STOPS = ".!?"

# A coded text is bytes: words in codes of two, marks, and a gap before and after each.
GAP = "\x0f"
OTHER = "\x7f"  # a word, or a mark, of another script
WRITTEN = {mark: chr(ord(GAP) + place) for place, mark in enumerate(SOFT, 1)} | {"£": "\x01", "€": "\x02"}

Letters: TypeAlias = frozenset[str] | str  # all that a word may be, or an expression for it


class Word(NamedTuple):
    """One word; where nothing is among its letters, it may be missing."""

    letters: Letters


class Between(NamedTuple):
    """What parts words, as an expression of a coded text; of `marks` one must be there."""

    source: str
    marks: frozenset[str] = frozenset()


class Series(NamedTuple):
    parts: tuple["Part", ...]


class AnyOf(NamedTuple):
    ways: tuple["Part", ...]


class Times(NamedTuple):
    part: "Part"
    times: str


Part: TypeAlias = Word | Between | Series | AnyOf | Times

SPACE = Between(f"[{GAP}-{WRITTEN[SOFT[-1]]}]+")
PERHAPS_SPACE = Between(f"(?:{SPACE.source})?")


def written(mark: str) -> str:
    """As it is in a coded text."""
    return WRITTEN.get(mark, mark if mark.isascii() else OTHER)


def series(parts: tuple[Part, ...]) -> Part:
    return parts[0] if len(parts) == 1 else Series(parts)


def flat(part: Part) -> tuple[Part, ...]:
    return part.parts if isinstance(part, Series) else (part,)


def any_of(ways: list[Part]) -> Part:
    """Words that stand alone are one, and so are those with a space before them, or after."""
    words: set[str] = set()
    begun: set[str] = set()
    ended: set[str] = set()
    others: dict[Part, None] = {}
    for way in ways:
        for each in way.ways if isinstance(way, AnyOf) else (way,):
            match each:
                case Word(letters) if isinstance(letters, frozenset):
                    words |= letters
                case Series((Between() as space, Word(letters))) if space is SPACE and isinstance(letters, frozenset):
                    begun |= letters
                case Series((Word(letters), Between() as space)) if space is SPACE and isinstance(letters, frozenset):
                    ended |= letters
                case _:
                    others[each] = None
    parts: list[Part] = [Word(frozenset(words))] if words else []
    parts += [Series((SPACE, Word(frozenset(begun))))] if begun else []
    parts += [Series((Word(frozenset(ended)), SPACE))] if ended else []
    parts += others
    return parts[0] if len(parts) == 1 else AnyOf(tuple(parts))


def may_be_left_out(times: str) -> bool:
    return times in ("?", "*") or times.startswith("{0")


def words_of(parts: Iterable[Part]) -> Iterator[Letters]:
    """All their words; a part that is in many of them is looked at once."""
    seen: set[int] = set()
    waiting = list(parts)
    while waiting:
        part = waiting.pop()
        if id(part) in seen:
            continue
        seen.add(id(part))
        match part:
            case Word(letters):
                yield letters
            case Series(more) | AnyOf(more):
                waiting += more
            case Times(again):
                waiting.append(again)
