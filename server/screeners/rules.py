"""Rules from a file, matched in linear time, with guards for what only sounds alike."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence

from server.domain.folding import Folded, Span, fold, worded
from server.domain.rulebook import Rule, Rulebook
from server.domain.screening import Opinion, Runs, Screened
from server.screeners.expressions import Expression, Place, Said
from server.screeners.patterns import Phrasebook
from server.screeners.sieve import EVERY, LONG_WORD, Named, Sieve, is_spaced
from server.screeners.spelling import spelling

SPLIT_CHARACTERS = 40  # a sentence cut into pieces has short ones; a longer text speaks for itself
SPELLED_LETTERS = 10  # a spelled-out run of so many letters may be several words
SPLIT_TEXTS = 3  # pieces that are read together with the new one

_long_word = re.compile(rf"[a-z']{{{LONG_WORD},}}")


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
        guards = list(book.guarding())
        self._phrase_rules = [rule for rule, _ in phrases]
        self._spaced_rules = [rule for rule, _ in spaced]
        self._guards_of: dict[str, list[int]] = {}
        for place, (owner, _) in enumerate(guards):
            self._guards_of.setdefault(owner, []).append(place)
        language = Phrasebook(self._sieve.needed.languages[name])
        self._phrases = [Expression(language.expression(each), language.beginnings(each)) for _, each in phrases]
        self._spaced = [
            Expression(language.run_together(each), language.beginnings(each), seldom=True) for _, each in spaced
        ]
        self._guards = [Expression(language.expression(each), language.beginnings(each)) for _, each in guards]
        self._spelling = spelling(book.typos, book.ordinary)

    def screen(self, screened: Screened) -> tuple[Opinion, ...]:
        mine = self._sieve.named(screened).get(self.name)
        return self.matched(screened, mine) if mine else ()

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
        guarded: dict[str, list[Place]] = {}
        guards: Collection[int] | None = range(len(self._guards)) if named is EVERY else None
        said = self._sieve.said(text)
        for which in _those(self._phrases, named.phrases):
            places = self._phrases[which].places(said)
            if not places:
                continue
            rule = self._phrase_rules[which]
            if guards is None:
                guards = self._sieve.guards(self.name, text)
            if rule.id not in guarded:
                guarded[rule.id] = self._guarded(rule, said, guards)
            for start, end in places:
                if not any(start < last and first < end for first, last in guarded[rule.id]):
                    yield rule, (start, end)

    def _guarded(self, rule: Rule, said: Said, guards: Collection[int]) -> list[Place]:
        mine = (which for name in (*rule.guards, rule.id) for which in self._guards_of.get(name, ()))
        return [place for which in mine if which in guards for place in self._guards[which].places(said)]

    def _run_together(self, reading: Folded, plain: Folded, named: Named) -> Iterator[tuple[Rule, Place]]:
        """Phrases without spaces: as a long word, or anywhere where letters were spelled out into one."""
        if named.run_together == ():
            return
        words = [(word.start(), word.group()) for word in _long_word.finditer(reading.text)]
        which = _those(self._spaced, named.run_together)
        if len(reading.text) != len(plain.text) and any(len(word) >= SPELLED_LETTERS for _, word in words):
            said = Said(reading.text)
            yield from (
                (self._spaced_rules[each], place) for each in which for place in self._spaced[each].all_places(said)
            )
            return
        for begin, word in words:
            said = Said(word)
            leads = [0, *(len(lead) for lead in self._book.lead_ins if word.startswith(lead))]
            for each in which:
                for lead in leads:
                    if self._spaced[each].is_all(said, lead):
                        yield self._spaced_rules[each], (begin + lead, begin + len(word))
                        break

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


def sieve_for(books: Iterable[tuple[str, Rulebook]], frequent: Collection[str] = ()) -> Sieve:
    return Sieve(books, frequent, split_characters=SPLIT_CHARACTERS, split_texts=SPLIT_TEXTS)


def _those(every: Sequence[Expression], named: Sequence[int] | None) -> Sequence[int]:
    """Where none are named, all."""
    return range(len(every)) if named is None else named
