"""Ways in which people hide words, made from plain lines by a seeded generator, so each line is measured both ways."""

import re
import unicodedata
from collections.abc import Callable
from functools import partial
from random import Random

SEED = 6
LONG = 4  # letters; shorter words are rarely what is hidden

_word = re.compile(r"[^\W\d_]+")
_long_word = re.compile(rf"[^\W\d_]{{{LONG},}}")

LEET = {"a": "4@", "e": "3", "i": "1!", "o": "0", "s": "5$", "t": "7"}
LOOKALIKES = {
    "a": "аɑ",
    "c": "сϲ",
    "e": "еҽ",
    "i": "іι",
    "k": "кκ",
    "l": "ⅼ",
    "o": "оο",
    "p": "рρ",
    "s": "ѕ",
    "u": "υ",
    "x": "х",
    "y": "у",
}
NOTHING = "\u200b\u200c\u2060\u00ad\ufeff"
GAPS = (" ", ".", "-", "_", "*")
NEIGHBOURS = {"a": "s", "e": "r", "i": "o", "l": "k", "n": "m", "o": "p", "r": "t", "s": "d", "t": "y", "u": "i"}
# Longest first; what platforms' filters have taught people to write.
EUPHEMISMS = (
    (r"killing (my|your|ur|him|her)self", "unaliving {0}self"),
    (r"kill (my|your|ur|him|her)self", "unalive {0}self"),
    (r"(commit(ting)? )?suicide", "sewerslide"),
    (r"suicidal", "sewerslidal"),
    (r"self[- ]harm(ing|ed)?", "s*lf h*rm{0}"),
    (r"overdosed?", "0d"),
    (r"\bdead\b", "unalived"),
    (r"\bdie\b", "d1e"),
    (r"\bcut(ting)?\b", "c*t{0}"),
    (r"\bpills\b", "💊"),
    (r"\bgun\b", "🔫"),
    (r"\b(knife|blade)\b", "🔪"),
    (r"\bnudes\b", "n00ds"),
    (r"\bsex(y)?\b", "seggs{0}"),
    (r"\brape\b", "gr🍇pe"),
    (r"suicidi?arme|matarme", "desvivirme"),
    (r"\bsuicidio\b", "su1c1dio"),
    (r"\bmatar\b", "desvivir"),
    (r"\bmorir(me)?\b", "mor1r{0}"),
)


def leet(text: str, dice: Random) -> str:
    return _letters(text, LEET, dice, 0.8)


def homoglyphs(text: str, dice: Random) -> str:
    return _letters(text, LOOKALIKES, dice, 0.6)


def spaced(text: str, dice: Random) -> str:
    """Most long words with gaps between their letters."""
    gap = dice.choice(GAPS)
    return _some(_long_word, text, dice, 0.7, gap.join)


def repeats(text: str, dice: Random) -> str:
    def drawn_out(word: str) -> str:
        place = dice.randrange(len(word))
        return word[: place + 1] + word[place] * dice.randint(2, 5) + word[place + 1 :]

    return _some(_word, text, dice, 0.5, drawn_out)


def nothings(text: str, dice: Random) -> str:
    """Characters that are not seen, between letters."""
    return _some(_long_word, text, dice, 0.9, lambda word: "".join(letter + dice.choice(NOTHING) for letter in word))


def styled(text: str, dice: Random) -> str:
    """Letters of another style: mathematical bold, full width, circled."""
    begin = dice.choice((0x1D41A, 0xFF41, 0x24D0, 0x1D4EA))
    plain = unicodedata.normalize("NFD", text).encode("ascii", "ignore").decode()
    return "".join(chr(begin + ord(c) - ord("a")) if "a" <= c <= "z" else c for c in plain.lower())


def typos(text: str, dice: Random) -> str:
    """One slip in every second long word: a swap, a letter too few or too many, or the key beside it."""

    def mistyped(word: str) -> str:
        place = dice.randrange(1, len(word) - 1)
        match dice.choice(("swap", "drop", "double", "beside")):
            case "swap":
                return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
            case "drop":
                return word[:place] + word[place + 1 :]
            case "double":
                return word[:place] + word[place] + word[place:]
            case _:
                return word[:place] + NEIGHBOURS.get(word[place], "e") + word[place + 1 :]

    return _some(_long_word, text, dice, 0.5, mistyped)


def euphemism(text: str, dice: Random) -> str:
    """Words that platforms' filters taught people; a text without any of them comes back as it is."""
    for pattern, instead in EUPHEMISMS:
        text = re.sub(pattern, partial(_instead, instead), text, flags=re.I)
    return text


DISGUISES: dict[str, Callable[[str, Random], str]] = {
    "leet": leet,
    "spaced": spaced,
    "repeats": repeats,
    "homoglyphs": homoglyphs,
    "zero-width": nothings,
    "styled": styled,
    "euphemism": euphemism,
    "typos": typos,
}


def disguised(text: str, disguise: str) -> str | None:
    """The text in a disguise, the same each time; None where that changes nothing."""
    hidden = DISGUISES[disguise](text, Random(f"{SEED} {disguise} {text}"))
    return None if hidden == text else hidden


def _instead(wording: str, found: re.Match[str]) -> str:
    return wording.format(*(part or "" for part in found.groups()))


def _some(pattern: re.Pattern[str], text: str, dice: Random, share: float, change: Callable[[str], str]) -> str:
    """With a share of the words changed, at least one of them."""
    words = list(pattern.finditer(text))
    chosen = {word.start() for word in words if dice.random() < share} or {
        word.start() for word in dice.sample(words, min(1, len(words)))
    }
    return pattern.sub(lambda word: change(word[0]) if word.start() in chosen else word[0], text)


def _letters(text: str, others: dict[str, str], dice: Random, share: float) -> str:
    return "".join(
        dice.choice(others[letter.lower()]) if letter.lower() in others and dice.random() < share else letter
        for letter in text
    )
