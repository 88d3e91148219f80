"""Texts that are made to cost a screener as much as they can: each from a pattern that it looks for."""

import random
import re._constants as kinds  # type: ignore[import-not-found]
import re._parser as parser  # type: ignore[import-not-found]
from collections.abc import Callable, Iterator
from typing import Any

from server.domain.rulebook import MACRO, Rulebook

LONGEST = 2_000  # characters; more is refused before anyone screens it
MOST_REPEATS = 6
LEET = str.maketrans("aeiost", "4310$7")
LIKE_LATIN = str.maketrans("aceiopxy", "асеіорху")
ANYTHING = "abc xyz"

Making = Callable[[str, random.Random], str]


def patterns(book: Rulebook) -> list[str]:
    """All that it looks for, and all that it leaves alone."""
    phrases = [phrase for rule in book.rules for phrase in (*rule.patterns, *rule.unless)]
    return [*phrases, *(guard for guards in book.guards.values() for guard in guards)]


def expanded(pattern: str, book: Rulebook) -> str:
    """With what its names stand for, as an expression."""
    while MACRO.search(pattern):
        pattern = MACRO.sub(lambda found: f"(?:{book.words[found[1]]})", pattern)
    return pattern


def texts(expression: str, chance: random.Random, count: int) -> Iterator[str]:
    """So many, of each kind in its turn."""
    tree = parser.parse(expression)
    for turn in range(count):
        sample = _sample(tree, chance).strip() or "a"
        yield filled(MAKINGS[turn % len(MAKINGS)](sample, chance))


def filled(text: str) -> str:
    """Said again and again until no more is taken."""
    return (text * (LONGEST // len(text) + 1))[:LONGEST].strip() or "a"


def _again(sample: str, chance: random.Random) -> str:
    return f"{sample} "


def _run_together(sample: str, chance: random.Random) -> str:
    return sample.replace(" ", "")


def _begun(sample: str, chance: random.Random) -> str:
    """Everything but the end, so that each place may be the beginning of a find."""
    return f"{sample[: chance.randint(1, max(1, len(sample) - 1))]} "


def _near(sample: str, chance: random.Random) -> str:
    place = chance.randrange(len(sample))
    return f"{sample[:place]}{chance.choice('qxz')}{sample[place + 1 :]} "


def _drawn_out(sample: str, chance: random.Random) -> str:
    """One letter as often as a message holds, in the midst of the phrase."""
    place = chance.randrange(len(sample))
    return sample[:place] + sample[place] * (LONGEST - len(sample)) + sample[place:]


def _each_drawn_out(sample: str, chance: random.Random) -> str:
    return "".join(letter * chance.randint(2, 40) for letter in sample) + " "


def _spelled(sample: str, chance: random.Random) -> str:
    return chance.choice((" ", ".", " - ", "*", "_")).join(sample.replace(" ", "")) + "  "


def _leet(sample: str, chance: random.Random) -> str:
    return f"{sample.translate(LEET)} "


def _look_alikes(sample: str, chance: random.Random) -> str:
    return f"{sample.translate(LIKE_LATIN)} "


def _starred(sample: str, chance: random.Random) -> str:
    return "".join("*" if letter in "aeiou" else letter for letter in sample) + " "


def _quoted(sample: str, chance: random.Random) -> str:
    return "'".join(sample) + "' "


def _gaps(sample: str, chance: random.Random) -> str:
    return sample.replace(" ", chance.choice((" " * 50, "..", "\n", " ,' ", "!?", '"=:@#'))) + " "


def _words_apart(sample: str, chance: random.Random) -> str:
    """A first word, and far from it the rest, over and over: gaps within a sentence nest."""
    first, _, rest = sample.partition(" ")
    return f"{first} {chance.choice((first, 'and', 'a b c'))} {first} {rest} "


MAKINGS: tuple[Making, ...] = (
    _again,
    _run_together,
    _begun,
    _near,
    _drawn_out,
    _each_drawn_out,
    _spelled,
    _leet,
    _look_alikes,
    _starred,
    _quoted,
    _gaps,
    _words_apart,
)


def _sample(tree: Any, chance: random.Random) -> str:
    """Something that the expression finds, or nearly: classes and repeats are drawn by chance."""
    return "".join(_drawn(kind, of, chance) for kind, of in tree)


def _drawn(kind: Any, of: Any, chance: random.Random) -> str:
    match kind:
        case kinds.LITERAL:
            return chr(of)
        case kinds.NOT_LITERAL | kinds.ANY | kinds.CATEGORY:
            return chance.choice(ANYTHING)
        case kinds.IN:
            return _one_of(of, chance)
        case kinds.BRANCH:
            return _sample(chance.choice(of[1]), chance)
        case kinds.SUBPATTERN:
            return _sample(of[-1], chance)
        case kinds.MAX_REPEAT | kinds.MIN_REPEAT:
            least, most, inner = of
            times = chance.randint(least, max(least, min(int(most), MOST_REPEATS)))
            return "".join(_sample(inner, chance) for _ in range(times))
        case _:  # a place between characters
            return ""


def _one_of(members: Any, chance: random.Random) -> str:
    if members[0][0] is kinds.NEGATE:
        return chance.choice(ANYTHING)
    kind, of = chance.choice(members)
    if kind is kinds.RANGE:
        return chr(chance.randint(*of))
    return chr(of) if kind is kinds.LITERAL else chance.choice(ANYTHING)
