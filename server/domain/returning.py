"""Return words: a few gentle words, 64 bits of chance or more, by which someone is known again on another device."""

import hashlib
import math
import re
from collections.abc import Callable
from typing import Annotated
from unicodedata import combining, normalize

from msgspec import Meta, Struct

BITS = 64
FEWEST = 256  # words of a language: then eight are enough

Word = Annotated[str, Meta(pattern=r"^[a-z]{3,12}$")]

_between = re.compile(r"[^a-z]+")


class ReturnWordList(Struct, frozen=True, forbid_unknown_fields=True):
    """By language."""

    review: str
    languages: dict[str, Annotated[tuple[Word, ...], Meta(min_length=FEWEST)]]

    def of(self, language: str) -> tuple[Word, ...]:
        return self.languages.get(language) or next(iter(self.languages.values()))

    def repeats(self) -> bool:
        """A word that stands there twice is chance that is not there."""
        return any(len(set(words)) < len(words) for words in self.languages.values())


def drawn(words: tuple[str, ...], below: Callable[[int], int]) -> tuple[str, ...]:
    """As many as it takes; `below` draws a number below one that it is given."""
    count = math.ceil(BITS / math.log2(len(words)))
    return tuple(words[below(len(words))] for _ in range(count))


def typed(given: str) -> str:
    """The form under which they are known, however they are typed: any case, any accents, anything between."""
    plain = "".join(sign for sign in normalize("NFKD", given).casefold() if not combining(sign))
    return " ".join(word for word in _between.split(plain) if word)


def digest(secret: bytes, words: str) -> str:
    """What is kept of them: enough to know them again, never to make them."""
    return hashlib.blake2b(typed(words).encode(), key=secret[:64], person=b"return words", digest_size=16).hexdigest()
