"""The plug-ins that judge a text, made as the policy file names them."""

import os
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from typing import Protocol, TypeVar, cast

from server.domain.hooks import HookFile
from server.domain.lessons import Lessons, Meanings
from server.domain.rulebook import Rulebook
from server.domain.screening import Policy, Screener, Source
from server.screeners.contact import Contact, ContactBook
from server.screeners.flood import Flood
from server.screeners.hook import Hook
from server.screeners.learned import Learned
from server.screeners.rules import Rules, sieve_for
from server.screeners.sieve import Sieve

T = TypeVar("T")
MEANINGS = ("screening/meanings.toml", "screening/meanings.es.toml")


class Reader(Protocol):
    """Reads one content file as a struct; `server.files.read` with the settings filled in."""

    def __call__(self, name: str, kind: type[T], /) -> T: ...


class BadPolicy(ValueError):
    """A screener that can't be made; the message is for the operator."""


def build(policy: Policy, read: Reader, environment: Mapping[str, str] = os.environ) -> tuple[Screener, ...]:
    """Every screener of the policy, in its order; `BadPolicy` or `BadPattern` names what can't be used."""
    sieve = sieve_for(_rulebooks(policy, read))
    return tuple(_made(source, policy, read, sieve, environment) for source in policy.screeners)


def _rulebooks(policy: Policy, read: Reader) -> Iterator[tuple[str, Rulebook]]:
    for source in policy.screeners:
        match source.kind:
            case "contact":
                yield source.name, read(source.file, ContactBook).phrases
            case "rules":
                yield source.name, read(source.file, Rulebook)


def _made(source: Source, policy: Policy, read: Reader, sieve: Sieve, environment: Mapping[str, str]) -> Screener:
    match source.kind:
        case "contact":
            return Contact(source.name, read(source.file, ContactBook), policy.regions, sieve)
        case "rules":
            return Rules(source.name, read(source.file, Rulebook), sieve)
        case "learned":
            return Learned(source.name, read(source.file, Lessons), [read(name, Meanings) for name in MEANINGS])
        case "flood":
            return Flood(source.name)
        case "hook":
            return _hook(source, read(source.file, HookFile), environment)
        case kind if ":" in kind:
            return _plugged_in(source)
        case kind:
            raise BadPolicy(f"The screener {source.name} is of the kind {kind}, which does not exist.")


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
        make = cast(Callable[[str], Screener], getattr(import_module(module), name))
    except (ImportError, AttributeError) as fault:
        raise BadPolicy(f"The screener {source.name} can't be loaded from {source.kind}: {fault}.") from None
    return make(source.name)
