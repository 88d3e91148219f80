"""The plug-ins that judge a text, made as the policy file names them."""

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from typing import Protocol, TypeVar, cast

from server.domain.lessons import Lessons, Meanings
from server.domain.rulebook import Rulebook
from server.domain.screening import Policy, Screener, Source
from server.screeners.contact import Contact, ContactBook
from server.screeners.flood import Flood
from server.screeners.learned import Learned
from server.screeners.patterns import BadPattern, Phrasebook, compiled
from server.screeners.rules import Rules, sieve_for
from server.screeners.sieve import Sieve

T = TypeVar("T")
MEANINGS = ("screening/meanings.toml", "screening/meanings.es.toml")


class Reader(Protocol):
    """Reads one content file as a struct; `server.files.read` with the settings filled in."""

    def __call__(self, name: str, kind: type[T], /) -> T: ...


class BadPolicy(ValueError):
    """A screener that can't be made; the message is for the operator."""


def build(policy: Policy, read: Reader) -> tuple[Screener, ...]:
    """Every screener of the policy, in its order; `BadPolicy` says what can't be used."""
    books = list(rulebooks(policy, read))
    try:
        sieve = sieve_for((name, book) for name, _, book in books)
        return tuple(_made(source, policy, read, sieve) for source in policy.screeners)
    except BadPattern as fault:
        raise BadPolicy(next(_bad_patterns(books), str(fault))) from None


def rulebooks(policy: Policy, read: Reader) -> Iterator[tuple[str, str, Rulebook]]:
    """By the screener's name, with the file it stands in."""
    for source in policy.screeners:
        match source.kind:
            case "contact":
                yield source.name, source.file, _sound(source.file, read(source.file, ContactBook).phrases)
            case "rules":
                yield source.name, source.file, _sound(source.file, read(source.file, Rulebook))


def _bad_patterns(books: Iterable[tuple[str, str, Rulebook]]) -> Iterator[str]:
    """Those that are no expression by themselves; a set of many does not say which it was."""
    for _, file, book in books:
        language = Phrasebook(book.words)
        guards = ((f"the guard {name}", patterns) for name, patterns in book.guards.items())
        for where, patterns in (*((rule.id, (*rule.patterns, *rule.unless)) for rule in book.rules), *guards):
            for pattern in patterns:
                try:
                    compiled(language.expression(pattern))
                except BadPattern:
                    yield f"{file} can't be used: a pattern of {where} is no expression: {pattern}"


def _sound(file: str, book: Rulebook) -> Rulebook:
    if (fault := book.fault()) is not None:
        raise BadPolicy(f"{file} can't be used: {fault}.")
    return book


def _made(source: Source, policy: Policy, read: Reader, sieve: Sieve) -> Screener:
    match source.kind:
        case "contact":
            return Contact(source.name, read(source.file, ContactBook), policy.regions, sieve)
        case "rules":
            return Rules(source.name, read(source.file, Rulebook), sieve)
        case "learned":
            return Learned(source.name, read(source.file, Lessons), [read(name, Meanings) for name in MEANINGS])
        case "flood":
            return Flood(source.name)
        case kind if ":" in kind:
            return _plugged_in(source)
        case kind:
            raise BadPolicy(f"The screener {source.name} is of the kind {kind}, which does not exist.")


def _plugged_in(source: Source) -> Screener:
    module, _, name = source.kind.partition(":")
    try:
        return cast(Callable[[str], Screener], getattr(import_module(module), name))(source.name)
    except Exception as fault:  # whatever the operator's code does, it is not used
        raise BadPolicy(f"The screener {source.name} can't be loaded from {source.kind}: {fault}.") from None
