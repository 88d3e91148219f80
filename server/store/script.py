"""The Lua steps by name: callers say what they give, and a step's own header says in which order it takes it."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from server.store.call import Argument, packed
from server.store.lua import Script, load
from server.store.nodes import Nodes


@dataclass(frozen=True, slots=True)
class Begun:
    """A call whose keys and first arguments are packed once for many, while what the node holds is of this lineage."""

    script: Script
    packed: bytes
    key: str
    lineage: str


@dataclass(frozen=True, slots=True)
class Scripts:
    """Every question to the store; those of one turn travel together, in order."""

    nodes: Nodes
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
