"""The words that phrases know. A text is read in their codes, so that an expression sees a word as one thing."""

import math
import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator
from functools import cached_property
from itertools import accumulate, chain, groupby, pairwise
from operator import add, itemgetter

from server.domain.folding import drawn_in
from server.screeners.phrases import BadPattern
from server.screeners.wording import GAP, SOFT, SOFTLY, STOPS, Letters, expression, written

LEAST = 0x80  # no letter that a text is left with; a code is two of such bytes
MANY = 128
LETTERS_ALONE = ("a", "i", "zq", "zzzz")  # an expression that fits these fits any word
OTHER_COST = 2  # of a letter between words that were written as one
WORST = (math.inf, 0)
BEGUN = "<"  # before the first letters of a word that has no code
BEGINNING = 12  # letters, of which three are different from the one before in any word
ALONE = frozenset("aiouy")  # letters that are words by themselves

MARKS = STOPS + SOFT
_token = re.compile(r"\w+(?:\*+\w+)*|[^\w\s]")
_piece = re.compile(r"\w+|\*")
_twice = re.compile(r"([a-z])\1")
_beginning = re.compile(r"\(\?:((?:[a-z]\+|\|)+)\)")
_any_run = re.compile(r"((.)\2*)")
_run = re.compile(r"([a-z])\1+")

Place = tuple[int, int]


class Lexicon(dict[str, str]):
    """Codes of words. Words that the same phrases want at the same places have the same code.

    A word that is drawn out is the longest it can be; one that is not known has no code and stays as it is.
    """

    def __init__(self, wanted: Iterable[Letters]) -> None:
        super().__init__(SOFTLY)
        wanted = frozenset(wanted)
        finite = sorted((letters for letters in wanted if isinstance(letters, frozenset)), key=len, reverse=True)
        members: dict[str, list[int]] = {word: [] for letters in finite for word in letters}
        for place, letters in enumerate(finite):
            for word in letters:
                members[word].append(place)
        members.pop("", None)
        self._drawn = _drawn(members)
        self._add_longer(members)
        endless = [letters for letters in wanted if isinstance(letters, str)]
        self._any = self._add_endless(endless, members, len(finite))
        self._codes: dict[Letters, list[str]] = {letters: [] for letters in (*finite, *endless)}
        self._code(members, [*finite, *endless])
        self._longest = max(map(len, members), default=0)
        self._patterns: dict[Letters, str] = {}
        self._sets: dict[Letters, frozenset[str]] = {}

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
        begun: dict[str, list[str]] = {}
        for word in members:
            begun.setdefault(_begun(word), []).append(word)
        fit_any = set()
        for place, source in enumerate(endless, first):
            try:
                fits = re.compile(source).fullmatch
            except re.error as fault:
                raise BadPattern(f"{source}: {fault}") from None
            if all(map(fits, LETTERS_ALONE)):
                fit_any.add(source)
                continue
            if near := beginnings(source):
                fitting = list(filter(fits, chain.from_iterable(begun.get(letters, ()) for letters in near)))
            else:
                fitting = re.findall(rf"^(?:{source})$", words, re.MULTILINE)
            for word in fitting:
                members[word].append(place)
        return frozenset(fit_any)

    def _code(self, members: dict[str, list[int]], wanted: list[Letters]) -> None:
        alike: dict[tuple[int, ...], list[str]] = {}
        for word, places in members.items():
            alike.setdefault(tuple(sorted(set(places))), []).append(word)
        if len(alike) > MANY * MANY:
            raise BadPattern("the phrases know too many words")
        for which, (places, words) in enumerate(sorted(alike.items())):  # what is wanted together is near each other
            code = chr(LEAST + which // MANY) + chr(LEAST + which % MANY)
            self.update(dict.fromkeys(words, code))
            for place in places:
                self._codes[wanted[place]].append(code)

    def __missing__(self, token: str) -> str:
        if not token.isascii():
            return written(token)
        if _twice.search(token):
            for word in self._drawn.get(_run.sub(r"\1", token), ()):
                if _is_drawn_out(token, word):
                    return self[word]
        return token

    def codes(self, letters: Letters) -> frozenset[str]:
        if letters not in self._sets:
            self._sets[letters] = frozenset(self._codes[letters])
        return self._sets[letters]

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
        best = {0: (0, 0)}  # how far it can be read, at what cost, and where the last word begins
        for begin in range(len(word)):
            if begin not in best:
                continue
            cost = best[begin][0]
            for end in range(begin + 1, min(begin + self._longest, len(word)) + 1):
                part = word[begin:end]
                if part in self and (end > begin + 1 or part in ALONE) and cost + 1 < best.get(end, WORST)[0]:
                    best[end] = cost + 1, begin
            if with_others and cost + OTHER_COST < best.get(begin + 1, WORST)[0]:
                best[begin + 1] = cost + OTHER_COST, begin
        ends = [len(word)]
        while ends[-1] in best and ends[-1]:
            ends.append(best[ends[-1]][1])
        ends.reverse()
        return [word[begin:end] for begin, end in pairwise(ends)] if len(word) in best else []


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

    _soft = frozenset(SOFTLY.values())

    @cached_property
    def bytes(self) -> bytes:
        return f"{GAP}{GAP.join(self.codes)}{GAP}".encode("latin-1")

    @cached_property
    def _begins(self) -> list[int]:
        """Where each word begins in the bytes, and where the next one would."""
        return list(accumulate((len(code) + 1 for code in self.codes), initial=1))

    @cached_property
    def signs(self) -> set[str]:
        """Its codes and marks, each two that follow each other, and how words begin that have no code."""
        codes = self.codes if self._soft.isdisjoint(self.codes) else [code for code in self.codes if code not in self._soft]
        signs = set(map(add, codes, codes[1:]))
        signs.update(self.codes)
        for token in signs.intersection(self.tokens):
            signs.add(_begun(token))
        return signs

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        """Where words begin, by their codes."""
        places: dict[str, list[int]] = {}
        for code, begin in zip(self.codes, self._begins, strict=False):
            places.setdefault(code, []).append(begin)
        return places

    def words(self, codes: frozenset[str]) -> list[int]:
        """Where the words begin that have one of these codes."""
        places = self._places
        found = codes & places.keys()
        if len(found) == 1:
            return places[found.pop()]
        return sorted(chain.from_iterable(map(places.__getitem__, found)))

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


def _begun(token: str) -> str:
    return BEGUN + _run.sub(r"\1", token[:BEGINNING])[:3]


def beginnings(source: str) -> frozenset[str]:
    """The first letters of the words that an expression fits; none where it does not say them."""
    found = _beginning.match(source)
    words = found[1].replace("+", "").split("|") if found else []
    if not all(len(_run.sub(r"\1", word)) >= 3 for word in words):
        return frozenset()
    return frozenset(map(_begun, words))


def _drawn(words: Collection[str]) -> dict[str, list[str]]:
    """By what is left of them where no letter stands twice in a row, the longest first."""
    drawn: dict[str, list[str]] = {}
    for word, short in zip(words, drawn_in("\n".join([*words, ""]).encode()).decode().split("\n"), strict=False):
        drawn.setdefault(short, []).append(word)
    return {short: sorted(same, key=len, reverse=True) for short, same in drawn.items()}


def _is_drawn_out(longer: str, word: str) -> bool:
    """Of two that are the same where no letter stands twice in a row."""
    runs = zip(_any_run.findall(longer), _any_run.findall(word), strict=True)
    return all(len(more) >= len(less) and (more == less or letter.isalpha()) for (more, letter), (less, _) in runs)


def _alternatives(codes: Iterable[str]) -> list[str]:
    return [first + _one_of([code[1] for code in same]) for first, same in groupby(sorted(codes), itemgetter(0))]


def _one_of(characters: list[str]) -> str:
    """Of these, which are in order."""
    if len(characters) == 1:
        return characters[0]
    found: list[str] = []
    for _, same in groupby(enumerate(characters), lambda each: ord(each[1]) - each[0]):
        first, *others = (character for _, character in same)
        found += (first, "-", others[-1]) if len(others) > 1 else (first, *others)
    return f"[{''.join(found)}]"
