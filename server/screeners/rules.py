"""Rules from a file, matched in one linear pass, with guards for what only sounds alike."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cache, cached_property
from typing import Any

from msgspec import Struct

from server.domain.folding import Folded, Span, fold, worded
from server.domain.rulebook import Rule, Rulebook
from server.domain.screening import Opinion, Runs, Screened
from server.screeners.patterns import Phrasebook, compiled, core, set_of
from server.screeners.sieve import EVERY, LONG_WORD, Named, Sieve, is_spaced
from server.screeners.spelling import spelling

SPLIT_CHARACTERS = 40  # a sentence cut into pieces has short ones; a longer text speaks for itself
SPELLED_LETTERS = 10  # a spelled-out run of so many letters may be several words
SPLIT_TEXTS = 3  # pieces that are read together with the new one

_long_word = re.compile(rf"[a-z']{{{LONG_WORD},}}")

Place = tuple[int, int]


class Matcher(Struct, frozen=True):
    """Expressions, each with the core by which one set tells whether it can be in a text at all."""

    sources: tuple[str, ...]
    by_core: tuple[tuple[int, ...], ...]
    cores: Any  # re2 has no types

    @classmethod
    def of(cls, expressions: Iterable[tuple[str, str]]) -> "Matcher":
        """From (expression, core) pairs; many share a core."""
        sources: list[str] = []
        by_core: dict[str, list[int]] = {}
        for which, (source, sign) in enumerate(expressions):
            sources.append(source)
            by_core.setdefault(sign, []).append(which)
        return cls(tuple(sources), tuple(tuple(which) for which in by_core.values()), set_of(list(by_core)))

    def present(self, text: str, named: Collection[int] | None = None) -> list[int]:
        """Those whose core is there; where only the `named` may be, those of them that are there themselves."""
        if named is not None:
            named = [which for which in named if _sign_of(self.sources[which]).Match(text)]
        found = (self.cores.Match(text) or ()) if self.sources and (named is None or named) else ()
        every = (which for core in found for which in self.by_core[core])
        return [which for which in every if named is None or which in named]

    def places(self, which: int, text: str) -> list[Place]:
        return [match.span() for match in _alone(self.sources[which]).finditer(text)]


class Rules:
    """The screener of one rule file."""

    runs = Runs.INLINE

    def __init__(self, name: str, book: Rulebook, sieve: Sieve | None = None) -> None:
        """Rules of several files may share a sieve that was made for all of them."""
        self.name = name
        self._book = book
        self._sieve = sieve or sieve_for([(name, book)])
        phrases = [(rule, phrase) for rule in book.rules for phrase in rule.patterns]
        spaced = [(rule, phrase) for rule, phrase in phrases if is_spaced(phrase)]
        guards = [(name, guard) for name, patterns in book.guards.items() for guard in patterns]
        guards += [(rule.id, guard) for rule in book.rules for guard in rule.unless]
        self._phrase_rules = [rule for rule, _ in phrases]
        self._spaced_rules, self._spaced_phrases = [rule for rule, _ in spaced], [phrase for _, phrase in spaced]
        self._guard_names = [name for name, _ in guards]
        self._language = Phrasebook(book.words)
        self._phrases = Matcher.of(self._written(phrase, self._language.expression) for _, phrase in phrases)
        self._guards = Matcher.of(self._written(guard, self._language.expression) for _, guard in guards)
        self._spelling = spelling(book.typos, book.ordinary)
        self._is_warm = False

    def screen(self, screened: Screened) -> tuple[Opinion, ...]:
        mine = self._sieve.named(screened).get(self.name)
        return self.matched(screened, mine) if mine and self._worth_matching(screened, mine) else ()

    @cached_property
    def _spaced(self) -> Matcher:
        """What can be used with its spaces can be without: this waits for a text that asks for it, or for `warm`."""
        return Matcher.of(self._written(phrase, self._language.run_together) for phrase in self._spaced_phrases)

    def _worth_matching(self, screened: Screened, named: Named) -> bool:
        """False where the sieve named nothing but words run together, and no long word is any of them."""
        if named.phrases != () or named.mistyped or screened.words is None:
            return True
        long = [word for word in screened.words.decode().split() if len(word) >= LONG_WORD]
        return bool(self._spaced.present(".".join(long), named.run_together))

    def matched(self, screened: Screened, named: Named = EVERY) -> tuple[Opinion, ...]:
        """The same, by matching every phrase, or those that are named."""
        found: dict[str, tuple[Rule, set[Span]]] = {}
        for rule, span in self._spans(screened, named):
            found.setdefault(rule.id, (rule, set()))[1].add(span)
        return tuple(self._opinion(rule, spans) for rule, spans in found.values())

    def _spans(self, screened: Screened, named: Named) -> Iterator[tuple[Rule, Span]]:
        corrected = self._spelling.corrected(screened.phrases[0]) if named.mistyped else ()
        for reading in (*screened.phrases, *corrected):
            for rule, (start, end) in self._found(reading.text, named):
                yield rule, reading.span(start, end)
            for rule, (start, end) in self._run_together(reading, screened.phrases[0], named):
                yield rule, reading.span(start, end)
        yield from self._split(screened, named)

    def _found(self, text: str, named: Named) -> Iterator[tuple[Rule, Place]]:
        guarded: dict[str, list[Place]] | None = None
        for which in self._phrases.present(text, named.phrases):
            guarded = self._guarded(text) if guarded is None else guarded
            rule = self._phrase_rules[which]
            spared = [place for name in (*rule.guards, rule.id) for place in guarded.get(name, ())]
            for start, end in self._phrases.places(which, text):
                if not any(start < last and first < end for first, last in spared):
                    yield rule, (start, end)

    def _guarded(self, text: str) -> dict[str, list[Place]]:
        places: dict[str, list[Place]] = {}
        for which in self._guards.present(text):
            places.setdefault(self._guard_names[which], []).extend(self._guards.places(which, text))
        return places

    def _run_together(self, reading: Folded, plain: Folded, named: Named) -> Iterator[tuple[Rule, Place]]:
        """Phrases without spaces: as a long word, or anywhere where letters were spelled out into one."""
        if named.run_together == ():
            return
        words = [(word.start(), word.group()) for word in _long_word.finditer(reading.text)]
        spelled = len(reading.text) != len(plain.text) and any(len(word) >= SPELLED_LETTERS for _, word in words)
        if not words or not (spelled or self._spaced.present(".".join(word for _, word in words), named.run_together)):
            return
        for begin, word in [(0, reading.text)] if spelled else words:
            for which in self._spaced.present(word, named.run_together):
                for start, end in self._spaced.places(which, word):
                    if spelled or (end == len(word) and (start == 0 or word[:start] in self._book.lead_ins)):
                        yield self._spaced_rules[which], (begin + start, begin + end)

    def _split(self, screened: Screened, named: Named) -> Iterator[tuple[Rule, Span]]:
        """A phrase begun in the texts before and finished in this one."""
        if not screened.context or len(screened.text) > SPLIT_CHARACTERS:
            return
        before = worded(fold(" ".join(screened.context[-SPLIT_TEXTS:]))).text + " "
        said = screened.phrases[0]
        for rule, (start, end) in self._found(before + said.text, named):
            if start < len(before) < end:
                yield rule, said.span(0, end - len(before))

    def _opinion(self, rule: Rule, spans: set[Span]) -> Opinion:
        return Opinion(
            self._book.lane,
            rule.verdict,
            rule.id,
            self._book.version,
            rule.reason,
            rule.urgency,
            tuple(sorted(spans)),
            rule.score,
        )

    def _written(self, phrase: str, write: Callable[[str], str]) -> tuple[str, str]:
        return write(phrase), write(core(phrase, self._book.common, self._book.signs))

    def warm(self) -> None:
        """The sets build their states as texts need them; the first people should not wait for that."""
        if self._is_warm:
            return
        self._is_warm = True
        self._sieve.warm()
        for rule in self._book.rules:
            for text in (*rule.finds, *rule.spares):
                self.matched(Screened.of(text))


def sieve_for(books: Iterable[tuple[str, Rulebook]], frequent: Collection[str] = ()) -> Sieve:
    return Sieve(books, frequent, split_characters=SPLIT_CHARACTERS, split_texts=SPLIT_TEXTS)


@cache
def _alone(source: str) -> Any:
    return compiled(source)


@cache
def _sign_of(source: str) -> Any:
    """Whether it is in a text at all, for half of what it costs to say where."""
    return set_of([source])
