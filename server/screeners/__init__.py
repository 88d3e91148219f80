"""The plug-ins that judge a text, made as the policy file names them."""

import gc
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from itertools import chain
from pathlib import Path
from typing import NamedTuple, Protocol, TypeVar, cast

import msgspec

from server.domain.advising import Advice
from server.domain.hooks import HookFile
from server.domain.languages import FIRST, Languages, in_language
from server.domain.lessons import Lesson, Meanings
from server.domain.rulebook import Rulebook
from server.domain.screening import Policy, Screener, Source
from server.screeners.adviser import Adviser
from server.screeners.contact import Contact, ContactBook
from server.screeners.encoder import Encoder
from server.screeners.flood import Flood
from server.screeners.hook import Hook
from server.screeners.learned import Ear, Learned
from server.screeners.patterns import BadPattern
from server.screeners.phrases.index import alone, index_of
from server.screeners.phrases.sieve import Sieve
from server.screeners.rules import Rules
from server.screeners.sparing import Sparing
from server.screeners.steps import Steps
from server.screeners.tongues import Tongues

T = TypeVar("T")
ENCODER = Path(__file__).parent.parent / "data" / "screening" / "encoder.onnx"
LANGUAGES = "screening/languages.toml"
MEANINGS = ("screening/meanings.toml", "screening/meanings.es.toml")


class Reader(Protocol):
    """Reads one content file as a struct; `server.files.read` with the settings filled in."""

    def __call__(self, name: str, kind: type[T], /) -> T: ...


class Shared(NamedTuple):
    """What looks at each text once for several screeners."""

    sieve: Sieve
    ear: Ear


class BadPolicy(ValueError):
    """A screener that can't be made; the message is for the operator."""


def build(
    policy: Policy, read: Reader, environment: Mapping[str, str] = os.environ, kept: bytes = b""
) -> tuple[Screener, ...]:
    """Every screener of the policy, in its order; `BadPolicy` says what can't be used.

    A file of rules or of contact details has a counterpart in each language of the policy; all of them read every text.
    `kept` is what `indexed` made; it is used where it was made of the same files by the same program.
    """
    read = cache(read)
    try:
        with _nothing_collected():
            shared = Shared(_sieve(policy, read, kept), _ear(policy, read))
            sources = policy.screeners
            return tuple(made for source in sources for made in _made(source, policy, read, shared, environment))
    except BadPattern as fault:
        raise BadPolicy(next(_bad_patterns(books(policy, read)), str(fault))) from None


def indexed(policy: Policy, read: Reader) -> bytes:
    """What takes longest of building the screeners, worked out beforehand."""
    return msgspec.msgpack.encode(index_of(books(policy, read), _frequent(policy, read)))


def _sieve(policy: Policy, read: Reader, kept: bytes) -> Sieve:
    languages = read(LANGUAGES, Languages)
    ordinary = frozenset[str]().union(*map(languages.themselves, policy.languages))
    return Sieve(books(policy, read), _frequent(policy, read), kept, ordinary)


def _frequent(policy: Policy, read: Reader) -> frozenset[str]:
    languages = read(LANGUAGES, Languages)
    return frozenset[str]().union(*map(languages.words, policy.languages))


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """What is built stays, and would be searched for cycles again and again while it grows."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def books(policy: Policy, read: Reader) -> Iterator[tuple[str, Rulebook]]:
    """All rules of the policy, those of contact details too, with the name under which each file speaks."""
    for source in policy.screeners:
        match source.kind:
            case "contact":
                for name, file in _files(source, policy):
                    yield name, _sound(file, read(file, ContactBook).phrases)
            case "rules" | "steps":
                for name, file in _files(source, policy):
                    yield name, _sound(file, read(file, Rulebook))


def _bad_patterns(books: Iterable[tuple[str, Rulebook]]) -> Iterator[str]:
    """Those that are no expression by themselves; a set of many does not say which it was."""
    for _, book in books:
        guards = ((f"the guard {name}", patterns) for name, patterns in book.guards.items())
        for where, patterns in (*((rule.id, (*rule.patterns, *rule.unless)) for rule in book.rules), *guards):
            for pattern in patterns:
                try:
                    alone(pattern, book.words)
                except BadPattern:
                    yield f"A pattern of {where} is no expression: {pattern}"


def _sound(file: str, book: Rulebook) -> Rulebook:
    if (fault := book.fault()) is not None:
        raise BadPolicy(f"{file} can't be used: {fault}.")
    return book


def _files(source: Source, policy: Policy) -> Iterator[tuple[str, str]]:
    """The file of a source in each language, with the name under which it speaks."""
    for language in policy.languages:
        name = source.name if language == FIRST else f"{source.name}-{language}"
        yield name, in_language(source.file, language)


def _made(
    source: Source, policy: Policy, read: Reader, shared: Shared, environment: Mapping[str, str]
) -> Iterator[Screener]:
    match source.kind:
        case "contact":
            files = [(name, read(file, ContactBook)) for name, file in _files(source, policy)]
            yield Contact(source.name, files, policy.regions, shared.sieve)
        case "rules":
            yield from (Rules(name, read(file, Rulebook), shared.sieve) for name, file in _files(source, policy))
        case "steps":
            made = [(name, read(file, Rulebook)) for name, file in _files(source, policy)]
            yield Steps(source.name, made, shared.sieve)
        case "learned":
            lesson = read(source.file, Lesson)
            sparing = Sparing(books(policy, read), lesson.lane, shared.sieve)
            yield Learned(source.name, lesson, shared.ear, sparing)
        case "adviser":
            yield _adviser(source, read(source.file, Advice))
        case "language":
            yield Tongues(source.name, read(source.file, Languages), policy.languages)
        case "flood":
            yield Flood(source.name)
        case "hook":
            yield _hook(source, read(source.file, HookFile), environment)
        case kind if ":" in kind:
            yield _plugged_in(source)
        case kind:
            raise BadPolicy(f"The screener {source.name} is of the kind {kind}, which does not exist.")


def _ear(policy: Policy, read: Reader) -> Ear:
    lessons = [read(source.file, Lesson) for source in policy.screeners if source.kind == "learned"]
    return Ear(lessons, [read(name, Meanings) for name in MEANINGS])


def _adviser(source: Source, advice: Advice) -> Adviser:
    encoder = _encoder()
    for kind in chain.from_iterable(answer.kinds.split() for answer in advice.answers):
        if kind not in encoder.kinds:
            raise BadPolicy(
                f"{source.file} can't be used: it names the kind {kind}, of which the encoder knows nothing."
            )
    return Adviser(source.name, advice, encoder)


@cache
def _encoder() -> Encoder:
    """One for every policy: it belongs to the program."""
    return Encoder(ENCODER.read_bytes())


def _hook(source: Source, file: HookFile, environment: Mapping[str, str]) -> Screener:
    if (fault := file.fault()) is not None:
        raise BadPolicy(f"The hook {source.name} can't be used: {fault}.")
    if not environment.get(file.secret):
        raise BadPolicy(f"The hook {source.name} needs the environment variable {file.secret}.")
    try:
        return Hook(source.name, file, environment[file.secret])
    except OSError:
        raise BadPolicy(f"The ca_file of the hook {source.name} can't be used.") from None


def _plugged_in(source: Source) -> Screener:
    module, _, name = source.kind.partition(":")
    try:
        return cast(Callable[[str], Screener], getattr(import_module(module), name))(source.name)
    except Exception as fault:  # whatever the operator's code does, it is not used
        raise BadPolicy(f"The screener {source.name} can't be loaded from {source.kind}: {fault}.") from None
