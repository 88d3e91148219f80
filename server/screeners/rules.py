"""Rules from a file, matched in linear time, with guards for what only sounds alike."""

from collections.abc import Iterable, Iterator, Sequence

from server.domain.folding import Span, looks_alike
from server.domain.rulebook import Rule, Rulebook
from server.domain.screening import Lane, Opinion, Runs, Screened
from server.screeners.phrases.coded import Coded, Place
from server.screeners.phrases.covered import Covered
from server.screeners.phrases.sieve import Look, Sieve


def surer(score: float) -> float:
    """Of what is only found where it was hidden: that is a sign by itself.

    In care it is none: platforms teach people in pain to write so.
    """
    return (1 + score) / 2


class Rules:
    """The screener of one rule file."""

    runs = Runs.INLINE

    def __init__(self, name: str, book: Rulebook, sieve: Sieve | None = None) -> None:
        """Rules of several files may share a sieve that was made for all of them."""
        self.name = name
        self._book = book
        self._sieve = sieve or Sieve([(name, book)])
        self._rules = [rule for rule in book.rules for _ in rule.patterns]
        self._guards_of: dict[str, list[int]] = {}
        for place, (owner, _) in enumerate(book.guarding()):
            self._guards_of.setdefault(owner, []).append(place)

    def screen(self, screened: Screened) -> tuple[Opinion, ...]:
        looks = self._sieve.looks(screened)
        named = [(look, look.named[self.name]) for look in looks if self.name in look.named]
        return self._opinions(screened.text, looks, named) if named else ()

    def matched(self, screened: Screened) -> tuple[Opinion, ...]:
        """The same, by trying every phrase."""
        looks = self._sieve.looks(screened)
        return self._opinions(screened.text, looks, ((look, range(len(self._rules))) for look in looks))

    def _opinions(
        self, text: str, looks: Sequence[Look], named: Iterable[tuple[Look, Iterable[int]]]
    ) -> tuple[Opinion, ...]:
        found: dict[str, tuple[Rule, set[Span]]] = {}
        guarded: dict[str, Covered] = {}
        plain: set[str] = set()
        for look, phrases in named:
            for rule, (start, end) in self._found(look.coded, phrases):
                if not look.before:
                    span = look.folded.span(start, end)
                    if look.is_whole and self._elsewhere(rule, looks, guarded).touches(span.start, span.end):
                        continue
                elif start < look.before < end:  # begun in the texts before and finished in this one
                    span = look.folded.span(0, end - look.before)
                else:
                    continue
                found.setdefault(rule.id, (rule, set()))[1].add(span)
                if not look.is_hidden and not looks_alike(text[span.start : span.end]):
                    plain.add(rule.id)
        return tuple(self._opinion(rule, spans, rule.id not in plain) for rule, spans in found.values())

    def _found(self, coded: Coded, phrases: Iterable[int]) -> Iterator[tuple[Rule, Place]]:
        guarded: dict[str, Covered] = {}
        for phrase in phrases:
            if places := self._sieve.phrases[self.name, phrase].places(coded):
                rule = self._rules[phrase]
                if rule.id not in guarded:
                    guarded[rule.id] = Covered(self._guarded(rule, coded))
                for start, end in places:
                    if not guarded[rule.id].touches(start, end):
                        yield rule, (start, end)

    def _guarded(self, rule: Rule, coded: Coded) -> list[Place]:
        near = self._sieve.sparing(self.name, coded)
        mine = (guard for owner in (*rule.guards, rule.id) for guard in self._guards_of.get(owner, ()))
        guards = (self._sieve.guards[self.name, guard] for guard in mine if guard in near)
        return [place for guard in guards for place in guard.places(coded)]

    def _elsewhere(self, rule: Rule, looks: Sequence[Look], known: dict[str, Covered]) -> Covered:
        """What guards excuse in any reading of the whole: words may be hidden in one of them, and plain in another."""
        if rule.id not in known:
            whole = [look for look in looks if look.is_whole]
            spans = (
                look.folded.span(*place)
                for look in (whole if len(whole) > 1 else ())
                for place in self._guarded(rule, look.coded)
            )
            known[rule.id] = Covered((span.start, span.end) for span in spans)
        return known[rule.id]

    def _opinion(self, rule: Rule, spans: set[Span], is_hidden: bool) -> Opinion:
        return Opinion(
            self._book.lane,
            rule.verdict,
            rule.id,
            self._book.version,
            rule.reason,
            rule.urgency,
            tuple(sorted(spans)),
            surer(rule.score) if is_hidden and self._book.lane is not Lane.CARE else rule.score,
            rule.leans or 0.0,
        )
