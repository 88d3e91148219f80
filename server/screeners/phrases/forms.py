"""Parts of a phrase in the midst of words: they begin or end with letters that go on before or after them."""

from collections.abc import Iterable
from itertools import product
from typing import NamedTuple, TypeAlias

from server.screeners.patterns import BadPattern
from server.screeners.phrases.letters import NOTHING, again, beside, counted, either
from server.screeners.phrases.parts import Letters, Part, Times, Word, any_of, may_be_left_out, series

Parts: TypeAlias = tuple[Part, ...]
Open: TypeAlias = tuple[Letters, Parts, Letters]  # the end of a word, what comes after it, the beginning of another


class Form(NamedTuple):
    """What may be said: letters within one word, or more words, of which the first and the last go on."""

    inside: Letters | None
    spaced: list[Open]


def of_letters(letters: Letters) -> Form:
    return Form(letters, [])


def of_parts(*parts: Part) -> Form:
    return Form(None, [(NOTHING, parts, NOTHING)])


def closed(form: Form) -> Part:
    """Where words end before it, and after."""
    ways: list[Part] = [] if form.inside is None else [Word(form.inside)]
    ways += (series((*word(left), *between, *word(right))) for left, between, right in form.spaced)
    return any_of(ways)


def word(letters: Letters) -> Parts:
    return () if letters == NOTHING else (Word(letters),)


def one_after_another(forms: Iterable[Form]) -> Form:
    whole = of_letters(NOTHING)
    for form in forms:
        whole = _two(whole, form)
    return whole


def _two(first: Form, second: Form) -> Form:
    inside: Letters | None = None
    spaced: list[Open] = []
    if second.inside is not None:
        spaced += [(left, between, beside(right, second.inside)) for left, between, right in first.spaced]
        inside = None if first.inside is None else beside(first.inside, second.inside)
    if first.inside is not None:
        spaced += [(beside(first.inside, left), between, right) for left, between, right in second.spaced]
    for (left, before, end), (begin, after, right) in product(first.spaced, second.spaced):
        spaced.append((left, (*before, *word(beside(end, begin)), *after), right))
    return Form(inside, spaced)


def around(first: Form, middle: Parts, last: Form) -> Form:
    """A word has ended after the first, and one begins with the last."""
    lefts = [(left, (*between, *word(right))) for left, between, right in first.spaced]
    rights = [((*word(left), *between), right) for left, between, right in last.spaced]
    lefts += [] if first.inside is None else [(first.inside, ())]
    rights += [] if last.inside is None else [((), last.inside)]
    return Form(None, [(left, (*a, *middle, *b), right) for (left, a), (b, right) in product(lefts, rights)])


def any_form(forms: Iterable[Form]) -> Form:
    """Those that only differ in their first word are one, and those that only differ in their last."""
    inside: Letters | None = None
    lefts: dict[tuple[Parts, Letters], Letters] = {}
    for form in forms:
        if form.inside is not None:
            inside = form.inside if inside is None else either(inside, form.inside)
        for left, between, right in form.spaced:
            known = lefts.get((between, right))
            lefts[between, right] = left if known is None else either(known, left)
    rights: dict[tuple[Letters, Parts], Letters] = {}
    for (between, right), left in lefts.items():
        known = rights.get((left, between))
        rights[left, between] = right if known is None else either(known, right)
    return Form(inside, [(left, between, right) for (left, between), right in rights.items()])


def repeated(form: Form, times: str) -> Form:
    """Said so often, each time right after the time before."""
    if times == "":
        return form
    if times == "?":
        return Form(NOTHING if form.inside is None else either(form.inside, NOTHING), form.spaced)
    if form.inside is not None and not form.spaced:
        return of_letters(again(form.inside, times))
    endings = NOTHING if form.inside is None else either(form.inside, NOTHING)
    inside = endings if form.inside is not None or may_be_left_out(times) else None
    if all(left == NOTHING for left, _, _ in form.spaced):
        spaced = [(between, beside(right, endings)) for _, between, right in form.spaced]
        more = _more([series((*between, *word(right))) for between, right in spaced], times)
        return Form(inside, [(endings, (*more, *between), right) for between, right in spaced])
    if form.inside is None and all(right == NOTHING for _, _, right in form.spaced):
        more = _more([series((*word(left), *between)) for left, between, _ in form.spaced], times)
        return Form(inside, [(left, (*between, *more), right) for left, between, right in form.spaced])
    raise BadPattern("a group that is said again and again must begin with a space each time, or end with one")


def _more(ways: list[Part], times: str) -> Parts:
    """What is said once less."""
    few, many = counted(times)
    if many is None:
        return (Times(any_of(ways), "*"),)
    return (Times(any_of(ways), f"{{{max(few - 1, 0)},{many - 1}}}"),) if many > 1 else ()
