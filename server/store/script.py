"""The Lua steps by name: callers say what they give, and a step's own header says in which order it takes it."""

import asyncio
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import resources
from typing import TYPE_CHECKING, Any

from server.store.call import Argument, packed

if TYPE_CHECKING:
    from server.store.nodes import Nodes

HEADER = re.compile(r"^-- (KEYS|ARGV):(.*)$", re.MULTILINE)
INCLUDE = re.compile(r"^-- include: (\w+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Script:
    """One step: its source with names for KEYS and ARGV, and the SHA-1 under which the store knows it."""

    name: str
    keys: tuple[str, ...]
    arguments: tuple[str, ...]
    source: str
    sha: str

    def call(self, keys: Mapping[str, str], arguments: Mapping[str, Argument]) -> tuple[Argument, ...]:
        """The command, its arguments in the script's own order; a missing or unknown name is a bug and raises."""
        if len(keys) != len(self.keys) or len(arguments) != len(self.arguments):
            raise TypeError(f"{self.name} takes {self.keys} and {self.arguments}")
        return (
            "EVALSHA",
            self.sha,
            len(self.keys),
            *map(keys.__getitem__, self.keys),
            *map(arguments.__getitem__, self.arguments),
        )


@dataclass(frozen=True, slots=True)
class Begun:
    """A call whose keys and first arguments are packed once for many, while what the node holds is of this lineage."""

    script: Script
    packed: bytes
    key: str
    lineage: str


def load(name: str) -> Script:
    """Reads `scripts/<name>.lua`, puts in what it includes, and gives KEYS and ARGV their names."""
    text = _whole(name)
    names: dict[str, list[str]] = {"KEYS": [], "ARGV": []}
    for kind, listed in HEADER.findall(text):
        names[kind] += listed.split()
    prelude = "".join(
        f"local {name} = {kind}[{place}]\n"
        for kind, listed in names.items()
        for place, name in enumerate(listed, start=1)
    )
    source = prelude + text
    sha = hashlib.sha1(source.encode(), usedforsecurity=False).hexdigest()
    return Script(name, tuple(names["KEYS"]), tuple(names["ARGV"]), source, sha)


def _whole(name: str) -> str:
    text = resources.files("server.store").joinpath("scripts", f"{name}.lua").read_text()
    return INCLUDE.sub(lambda found: _whole(found[1]), text)


@dataclass(frozen=True, slots=True)
class Scripts:
    """Every question to the store; those of one turn travel together, in order."""

    nodes: "Nodes"
    _known: dict[str, Script] = field(default_factory=dict)

    def run(self, name: str, keys: Mapping[str, str], arguments: Mapping[str, Argument]) -> asyncio.Future[Any]:
        """What the script returned; `Refused(UNAVAILABLE)` when the store does not answer in time."""
        script = self._script(name)
        return self.nodes.of(keys[script.keys[0]]).ask(script.call(keys, arguments), script.source)

    def begin(
        self, name: str, keys: Mapping[str, str], arguments: Mapping[str, Argument], rest: tuple[str, ...]
    ) -> Begun:
        """For steps that are run again and again with the same beginning; `rest` names what each call adds, last."""
        script = self._script(name)
        first = script.arguments[: len(arguments)]
        if first + rest != script.arguments:
            raise TypeError(f"{name} takes {script.arguments}")
        command = Script(name, script.keys, first, script.source, script.sha).call(keys, arguments)
        count = b"*%d\r\n" % (len(command) + len(rest))
        key = keys[script.keys[0]]
        return Begun(script, count + packed(command).partition(b"\n")[2], key, self.nodes.of(key).lineage)

    def finish(self, begun: Begun, *rest: Argument) -> asyncio.Future[Any]:
        """As `run`; the arguments in the order that `begin` was told."""
        command = begun.packed + packed(rest).partition(b"\n")[2]
        return self.nodes.of(begun.key).send(command, begun.script.source)

    def ask(self, word: str, key: str, *rest: Argument) -> asyncio.Future[Any]:
        """What a plain command returned, as RESP3 has it, from the node that keeps the key; refused like a script."""
        return self.nodes.of(key).ask((word, key, *rest))

    def _script(self, name: str) -> Script:
        return self._known.get(name) or self._known.setdefault(name, load(name))
