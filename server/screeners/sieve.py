"""Tells at once which phrases of the rule files can be in a text; in most texts it is none."""

import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import reduce
from itertools import accumulate, pairwise
from operator import or_
from typing import NamedTuple

from server.domain.folding import Folded, fold, worded
from server.domain.rulebook import Rulebook
from server.domain.screening import Screened
from server.screeners.expressions import Expression, Writer
from server.screeners.lexicon import MARKS, Coded, Lexicon, beginnings
from server.screeners.phrases import Phrases
from server.screeners.spelling import spelling
from server.screeners.wording import SOFTLY, SPACE, AnyOf, Between, Letters, Said, Series, Times, Word, Wording, may_be_left_out, written

PAIRS = 64  # of two words that follow each other; more of them tell little
LISTS = 4  # of words, the rarest that a phrase has, are enough to tell it
WORTHLESS = 0.35  # lists of words more common than this are in many texts
LETTER_WORTH = 3.0  # each letter of a word makes it so much rarer
RARE = 4.0
MARK_WORTH = dict.fromkeys(MARKS, RARE) | {mark: 1.0 for mark in '.!?":'}
LONG_WORD = 8  # letters from which a word may be several
SPELLED_LETTERS = 10  # a spelled-out run of so many letters may be several words
SPLIT_CHARACTERS = 40  # a sentence cut into pieces has short ones; a longer text speaks for itself
SPLIT_TEXTS = 3  # pieces that are read together with the new one

Signs = frozenset[str]  # codes, or marks, of which one must be in a text
Phrase = tuple[str, int]  # the book's name and the place among its phrases
Named = Mapping[str, list[int]]  # by book, those of its phrases that may be in a text
NO_SIGNS: Signs = frozenset()


class Look(NamedTuple):
    """A reading of a text, after so many characters of what was said before it, and what may be in it."""

    folded: Folded
    coded: Coded
    named: Named
    before: int = 0


class Sieve:
    """One look at the words of a text for all rule files. It names whatever it can't be sure of."""

    def __init__(self, books: Iterable[tuple[str, Rulebook]], frequent: Collection[str] = ()) -> None:
        """Words that are `frequent` in the languages of the books tell little."""
        books = list(books)
        phrases, guards = _said(books)
        self._lexicon = Lexicon(_words([*phrases.values(), *guards.values()]))
        writer, lists = Writer(self._lexicon), Lists(self._lexicon, frequent)
        self._phrases, self._guards = Needs(phrases, lists), Needs(guards, lists)
        self._expressions, self._sparing = _expressions(phrases, writer), _expressions(guards, writer)
        self._spelling = {name: spelling(book.typos, book.ordinary) for name, book in books}
        self._typos = frozenset[str]().union(*(spelling.meant for spelling in self._spelling.values()))
        self._frequent = frozenset(frequent)
        self._last: tuple[Screened, list[Look]] | None = None
        self._spared: tuple[Coded, set[Phrase]] | None = None

    def expression(self, book: str, phrase: int) -> Expression:
        return self._expressions[book, phrase]

    def guard(self, book: str, guard: int) -> Expression:
        return self._sparing[book, guard]

    def looks(self, screened: Screened) -> list[Look]:
        """The readings of a text in which something may be."""
        if self._last is None or self._last[0] is not screened:  # the books ask one after the other
            self._last = screened, [look for look in self.all_looks(screened) if look.named]
        return self._last[1]

    def guards(self, book: str, coded: Coded) -> frozenset[int]:
        """Those of a book's guards that may be in a text."""
        if self._spared is None or self._spared[0] is not coded:
            self._spared = coded, self._guards.met(coded)
        return frozenset(place for name, place in self._spared[1] if name == book)

    def all_looks(self, screened: Screened) -> Iterator[Look]:
        plain = screened.phrases[0]
        first = self._look(plain)
        yield first
        yield from self._apart(first, LONG_WORD)
        for reading in screened.phrases[1:]:
            look = self._look(reading)
            yield look
            is_spelled = len(reading.text) != len(plain.text)
            yield from self._apart(look, SPELLED_LETTERS if is_spelled else LONG_WORD, with_others=is_spelled)
        if not self._typos.isdisjoint(first.coded.tokens):
            yield from self._meant(plain)
        if screened.context and len(screened.text) <= SPLIT_CHARACTERS:
            before = worded(fold(" ".join(screened.context[-SPLIT_TEXTS:]))).text + " "
            coded = Coded(before + plain.text, self._lexicon)
            yield Look(plain, coded, self._named(coded), len(before))

    def _look(self, folded: Folded) -> Look:
        coded = Coded(folded.text, self._lexicon)
        return Look(folded, coded, self._named(coded))

    def _named(self, coded: Coded) -> Named:
        named: dict[str, list[int]] = {}
        for book, place in self._phrases.met(coded):
            named.setdefault(book, []).append(place)
        return named

    def _meant(self, plain: Folded) -> Iterator[Look]:
        """What a book may find in what was meant."""
        for name, spelling in self._spelling.items():
            for corrected in spelling.corrected(plain):
                look = self._look(corrected)
                yield look._replace(named={name: look.named[name]} if name in look.named else {})

    def _apart(self, look: Look, letters: int, *, with_others: bool = False) -> Iterator[Look]:
        """With words that were written as one, where phrases may be in them."""
        coded, lexicon = look.coded, self._lexicon
        cuts: list[int] = []
        for which, token in enumerate(coded.tokens):
            if len(token) < letters or token in lexicon or token in self._frequent or not token.isascii():
                continue
            words = lexicon.apart(token, with_others=with_others)
            if len(words) > 1 and self._phrases.met(Coded(" ".join(words), lexicon)):
                cuts += list(accumulate(map(len, words[:-1]), initial=coded.places[which][0]))[1:]
        if cuts:
            yield self._look(_parted(look.folded, cuts))


class Rarity(dict[str, float]):
    """How likely the words of each code, and each mark, are to be in any text."""

    def __init__(self, lexicon: Lexicon, frequent: Collection[str]) -> None:
        super().__init__({written(mark): LETTER_WORTH**-worth for mark, worth in MARK_WORTH.items()})
        for word, code in lexicon.items() - SOFTLY.items():
            worth = len(word) / 2 if word in frequent or len(word) == 1 else 3.0 + min(len(word), 6)
            self[code] = self.get(code, 0.0) + LETTER_WORTH**-worth

    def __missing__(self, mark: str) -> float:
        return LETTER_WORTH**-RARE


class Needs:
    """Tells which phrases may be in a text: those of which each list has a sign there.

    The rarest list of each is looked for first; in most texts that is all. Each of the others is a bit, so that what is
    in a text is one number.
    """

    def __init__(self, phrases: Mapping[Phrase, Said], lists: "Lists") -> None:
        """Lists that are worthless are only looked at where a way to say a phrase has no better one."""
        begun: dict[Signs, list[tuple[Phrase, int]]] = {}
        bits: dict[Signs, int] = {}
        for phrase, said in phrases.items():
            for way in said.ways if isinstance(said, AnyOf) else (said,):
                first, *others = sorted(set(lists.of(way)), key=lists.commonness)[:LISTS] or [NO_SIGNS]
                useful = [signs for signs in others if lists.commonness(signs) < WORTHLESS]
                needed = reduce(or_, [bits.setdefault(signs, 1 << len(bits)) for signs in useful], 0)
                begun.setdefault(first, []).append((phrase, needed))
        self._always = begun.pop(NO_SIGNS, [])
        self._begun: dict[str, list[tuple[Phrase, int]]] = {}
        for signs, needing in begun.items():
            for sign in signs:
                self._begun[sign] = [*self._begun.get(sign, ()), *needing]
        self._others: dict[str, int] = {}
        for signs, bit in bits.items():
            for sign in signs:
                self._others[sign] = self._others.get(sign, 0) | bit

    def met(self, coded: Coded) -> set[Phrase]:
        said = coded.signs
        begun = said & self._begun.keys()
        if not begun and not self._always:
            return set()
        there = reduce(or_, map(self._others.__getitem__, said & self._others.keys()), 0)
        near = (self._always, *map(self._begun.__getitem__, begun))
        return {phrase for phrases in near for phrase, needed in phrases if needed & there == needed}


class Lists:
    """What must be in a text for a phrase to be there: lists of signs, each with one that must be."""

    def __init__(self, lexicon: Lexicon, frequent: Collection[str]) -> None:
        self._lexicon = lexicon
        self._rarity = Rarity(lexicon, frequent)
        self._known: dict[int, list[Signs]] = {}
        self._kept: list[Said] = []
        self._common: dict[Signs, float] = {}

    def commonness(self, signs: Signs) -> float:
        """Larger for what is likelier to be in any text."""
        if signs not in self._common:
            self._common[signs] = math.fsum(map(self._rarity.__getitem__, signs))
        return self._common[signs]

    def of(self, said: Said) -> list[Signs]:
        if (known := self._known.get(id(said))) is not None:
            return known
        self._kept.append(said)  # as long as its id is known
        found = self._known[id(said)] = self._of(said)
        return found

    def _of(self, said: Said) -> list[Signs]:
        match said:
            case Word(letters):
                return self._of_word(letters)
            case Series(parts):
                found = [signs for part in parts if not isinstance(part, Between) or part.marks for signs in self.of(part)]
                return found + self._pairs(parts)
            case AnyOf(ways):
                return self._of_any(ways)
            case Between(_, marks) if marks:
                return [frozenset(map(written, marks))]
            case Times(part, times) if not may_be_left_out(times):
                return self.of(part)
        return []

    def _of_word(self, letters: Letters) -> list[Signs]:
        if isinstance(letters, frozenset):
            return [] if "" in letters else [self._lexicon.codes(letters)]
        begun = beginnings(letters)
        return [self._lexicon.codes(letters) | begun] if begun else []

    def _of_any(self, ways: Sequence[Said]) -> list[Signs]:
        each = list(map(self.of, ways))
        if not all(each):
            return []
        ranked = [sorted(lists, key=self.commonness) if len(lists) > 1 else lists for lists in each]
        most = min(LISTS, max(map(len, ranked)))
        return [NO_SIGNS.union(*(lists[min(place, len(lists) - 1)] for lists in ranked)) for place in range(most)]

    def _pairs(self, parts: Sequence[Said]) -> list[Signs]:
        """Of words that follow each other."""
        found: list[Signs] = []
        for place, between in enumerate(parts[1:-1], 1):
            first, second = parts[place - 1], parts[place + 1]
            if between is SPACE and isinstance(first, Word) and isinstance(second, Word):
                before, after = self._codes(first), self._codes(second)
                if 0 < len(before) * len(after) <= PAIRS:
                    signs = frozenset(a + b for a in before for b in after)
                    self._common.setdefault(signs, self.commonness(before) * self.commonness(after))
                    found.append(signs)
        return found

    def _codes(self, word: Word) -> Signs:
        return self.of(word)[0] if isinstance(word.letters, frozenset) and "" not in word.letters else NO_SIGNS


def _said(books: Iterable[tuple[str, Rulebook]]) -> tuple[dict[Phrase, Said], dict[Phrase, Said]]:
    """The phrases of all books, and their guards."""
    phrases: dict[Phrase, Said] = {}
    guards: dict[Phrase, Said] = {}
    for name, book in books:
        wording = Wording(Phrases(book.words))
        patterns = (pattern for rule in book.rules for pattern in rule.patterns)
        phrases |= {(name, place): wording.said(pattern) for place, pattern in enumerate(patterns)}
        guards |= {(name, place): wording.said(pattern) for place, (_, pattern) in enumerate(book.guarding())}
    return phrases, guards


def prove(pattern: str, words: Mapping[str, str]) -> None:
    """`BadPattern` says why it is no phrase by itself."""
    said = Wording(Phrases(words)).said(pattern)
    Expression(said, Writer(Lexicon(_words([said])))).prove()


def _expressions(said: Mapping[Phrase, Said], writer: Writer) -> dict[Phrase, Expression]:
    return {place: Expression(each, writer) for place, each in said.items()}


def _words(said: Iterable[Said]) -> Iterator[Letters]:
    """Once each."""
    seen: set[int] = set()
    todo = list(said)
    while todo:
        each = todo.pop()
        if id(each) in seen:
            continue
        seen.add(id(each))
        match each:
            case Word(letters):
                yield letters
            case Series(parts) | AnyOf(parts):
                todo += parts
            case Times(part):
                todo.append(part)


def _parted(folded: Folded, cuts: Sequence[int]) -> Folded:
    """With a space before each of these places."""
    ends = [*cuts, len(folded.text)]
    text = " ".join([folded.text[begin:end] for begin, end in zip([0, *cuts], ends, strict=True)])

    def offsets() -> list[int]:
        kept = [place for begin, end in pairwise([0, *ends]) for place in (*range(begin, end), end - 1)]
        return [folded.offsets[place] for place in kept[:-1]]

    return Folded(text, offsets)
