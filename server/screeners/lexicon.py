"""The words that phrases know. A text is read in their codes, so that an expression sees a word as one thing."""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator
from functools import cached_property
from itertools import accumulate, groupby

from server.domain.folding import drawn_in
from server.screeners.phrases import BadPattern
from server.screeners.wording import OTHER, SOFT, STOPS, Letters, expression, written

LEAST = 0x80  # no letter that a text is left with; a code is two of such bytes
MANY = 128
ALL = 0.5  # of all words; an expression that fits more of them fits any
ALONE = frozenset("aiouy")  # letters that are words by themselves

MARKS = STOPS + SOFT
_token = re.compile(r"\w+(?:\*+\w+)*|[^\w\s]")
_piece = re.compile(r"\w+|\*")
_twice = re.compile(r"([a-z])\1")
_run = re.compile(r"([a-z])\1+")

Place = tuple[int, int]


class Lexicon(dict[str, str]):
    """Codes of words. Words that the same phrases want at the same places have the same code.

    A word that is drawn out is the longest it can be; one that is not known has no code and stays as it is.
    """

    def __init__(self, wanted: Iterable[Letters]) -> None:
        super().__init__()
        wanted = dict.fromkeys(wanted)
        finite = [letters for letters in wanted if isinstance(letters, frozenset)]
        members: dict[str, list[int]] = {word: [] for letters in finite for word in letters if word}
        for place, letters in enumerate(finite):
            for word in letters:
                if word:
                    members[word].append(place)
        self._drawn = _drawn(members)
        self._add_longer(members)
        endless = [letters for letters in wanted if isinstance(letters, str)]
        self._any = self._add_endless(endless, members, len(finite))
        self._codes: dict[Letters, list[str]] = {letters: [] for letters in (*finite, *endless)}
        self._code(members, [*finite, *endless])
        self._longest = max(map(len, members), default=0)
        self._patterns: dict[Letters, str] = {}

    def _add_longer(self, members: dict[str, list[int]]) -> None:
        """ "too" is "to" drawn out."""
        for words in self._drawn.values():
            if len(words) > 1:
                known = {word: list(members[word]) for word in words}
                for longer in words:
                    for shorter in words:
                        if shorter != longer and _is_drawn_out(longer, shorter):
                            members[longer] += known[shorter]

    def _add_endless(self, endless: list[str], members: dict[str, list[int]], first: int) -> frozenset[str]:
        """Gives those that any word fits."""
        words = "\n".join(members)
        fit_any = set()
        for place, source in enumerate(endless, first):
            try:
                fitting = re.findall(rf"^(?:{source})$", words, re.MULTILINE)
            except re.error as fault:
                raise BadPattern(f"{source}: {fault}") from None
            if len(fitting) > ALL * len(members):
                fit_any.add(source)
            else:
                for word in fitting:
                    members[word].append(place)
        return frozenset(fit_any)

    def _code(self, members: dict[str, list[int]], wanted: list[Letters]) -> None:
        codes: dict[tuple[int, ...], str] = {}
        for word, places in members.items():
            known = tuple(sorted(set(places)))
            if known not in codes:
                if len(codes) == MANY * MANY:
                    raise BadPattern("the phrases know too many words")
                code = codes[known] = chr(LEAST + len(codes) // MANY) + chr(LEAST + len(codes) % MANY)
                for place in known:
                    self._codes[wanted[place]].append(code)
            self[word] = codes[known]

    def __missing__(self, token: str) -> str:
        if not token.isascii():
            return written(token)
        if _twice.search(token):
            for word in self._drawn.get(_run.sub(r"\1", token), ()):
                if _is_drawn_out(token, word):
                    return self[word]
        return token

    def codes(self, letters: Letters) -> frozenset[str]:
        return frozenset(self._codes[letters])

    def pattern(self, letters: Letters) -> str:
        """For one word of a coded text."""
        if letters not in self._patterns:
            self._patterns[letters] = self._pattern(letters)
        return self._patterns[letters]

    def _pattern(self, letters: Letters) -> str:
        if isinstance(letters, str):
            known = [f"[{chr(LEAST)}-\xff]{{2}}"] if letters in self._any else _alternatives(self._codes[letters])
            return "|".join(["(?:", *known, rf"\b(?:{letters})\b)"]).replace("|", "", 1)
        found = "|".join(_alternatives(self._codes[letters]))
        return f"(?:{found})?" if "" in letters else f"(?:{found})" if "|" in found else found

    def apart(self, word: str, *, with_others: bool = False) -> list[str]:
        """Words that were written as one; nothing where they are not all known.

        `with_others`: what is between them may be anything.
        """
        best: list[tuple[int, int]] = [(0, 0)]  # what it costs to read so far, and where the last word begins
        for end in range(1, len(word) + 1):
            found = (len(word) * 3, end)
            for begin in range(max(0, end - self._longest), end):
                cost = best[begin][0]
                if cost < found[0] and (part := word[begin:end]) in self and (len(part) > 1 or part in ALONE):
                    found = min(found, (cost + 1, begin))
            if with_others:
                found = min(found, (best[end - 1][0] + 2, end - 1))
            best.append(found)
        if best[-1][0] >= len(word) * 3:
            return []
        ends = [len(word)]
        while ends[-1]:
            ends.append(best[ends[-1]][1])
        ends.reverse()
        return [word[begin:end] for begin, end in zip(ends, ends[1:], strict=False)]


class Coded:
    """A worded text, each word in its code, a space before and after each word and each mark."""

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        self.text = text
        self._lexicon = lexicon
        self.tokens = self._tokens()
        self.codes = list(map(lexicon.__getitem__, self.tokens))

    def _tokens(self) -> list[str]:
        text = self.text
        if "*" in text or not text.isascii():
            return [token for token, _ in self._placed()]
        for mark in MARKS:
            if mark in text:
                text = text.replace(mark, f" {mark} ")
        return text.split()

    def _placed(self) -> Iterator[tuple[str, int]]:
        """Where each word and each mark begins; a word with stars is one where it is known so."""
        for found in _token.finditer(self.text):
            token = found.group()
            if "*" in token and token not in self._lexicon:
                yield from ((piece.group(), found.start() + piece.start()) for piece in _piece.finditer(token))
            else:
                yield token, found.start()

    @cached_property
    def bytes(self) -> bytes:
        return f" {' '.join(self.codes)} ".encode("latin-1")

    @cached_property
    def _begins(self) -> list[int]:
        """Where each word begins in the bytes, and where the next one would."""
        return list(accumulate((len(code) + 1 for code in self.codes), initial=1))

    def words(self, codes: Collection[str]) -> list[int]:
        """Where the words begin that have one of these codes."""
        return [begin for code, begin in zip(self.codes, self._begins, strict=False) if code in codes]

    def place(self, start: int, end: int) -> Place:
        """Of the words that are within some bytes, in the text."""
        first = max(0, bisect_right(self._begins, start) - 1)
        if self._begins[first + 1] - 1 <= start:
            first += 1
        last = bisect_right(self._begins, end - 1) - 1
        return self.places[first][0], self.places[max(first, last)][1]

    @cached_property
    def places(self) -> list[Place]:
        """Of each word and mark, in the text."""
        return [(begin, begin + len(token)) for token, begin in self._placed()]


def _drawn(words: Collection[str]) -> dict[str, list[str]]:
    """By what is left of them where no letter stands twice in a row, the longest first."""
    drawn: dict[str, list[str]] = {}
    for word, short in zip(words, drawn_in("\n".join([*words, ""]).encode()).decode().split("\n"), strict=False):
        drawn.setdefault(short, []).append(word)
    return {short: sorted(same, key=len, reverse=True) for short, same in drawn.items()}


def _is_drawn_out(longer: str, word: str) -> bool:
    return re.fullmatch(expression(frozenset((word,))), longer) is not None


def _alternatives(codes: Iterable[str]) -> list[str]:
    return [first + _one_of([code[1] for code in same]) for first, same in groupby(sorted(codes), lambda code: code[0])]


def _one_of(characters: list[str]) -> str:
    return characters[0] if len(characters) == 1 else f"[{''.join(characters)}]"
