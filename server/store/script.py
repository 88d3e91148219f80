"""Runs the Lua steps: callers pass names, the calls of one turn of the loop travel as one pipeline."""

import asyncio
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import resources
from typing import Any, TypeAlias

from redis.asyncio import Redis
from redis.exceptions import NoScriptError, RedisError

from server.protocol.refusals import Code, Refused

RETRY_MS = 2_000  # when the store does not answer: ask again then
HEADER = re.compile(r"^-- (KEYS|ARGV):(.*)$", re.MULTILINE)
INCLUDE = re.compile(r"^-- include: (\w+)$", re.MULTILINE)

Argument: TypeAlias = str | bytes | int


def unavailable() -> Refused:
    return Refused(Code.UNAVAILABLE, retry_ms=RETRY_MS)


@dataclass(frozen=True, slots=True)
class Script:
    """One step: its source with names for KEYS and ARGV, and the SHA-1 under which the store knows it."""

    name: str
    keys: tuple[str, ...]
    arguments: tuple[str, ...]
    source: str
    sha: str

    def call(self, keys: Mapping[str, str], arguments: Mapping[str, Argument]) -> list[Argument]:
        """The arguments of EVALSHA in the script's own order; a missing or unknown name is a bug and raises."""
        if keys.keys() != set(self.keys) or arguments.keys() != set(self.arguments):
            raise TypeError(f"{self.name} takes {self.keys} and {self.arguments}")
        return [self.sha, len(self.keys), *(keys[key] for key in self.keys), *(arguments[a] for a in self.arguments)]


def load(name: str) -> Script:
    """Reads `scripts/<name>.lua`, puts in what it includes, and gives KEYS and ARGV their names."""
    text = INCLUDE.sub(lambda found: _text(found[1]), _text(name))
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


def _text(name: str) -> str:
    return resources.files("server.store").joinpath("scripts", f"{name}.lua").read_text()


Call: TypeAlias = tuple[Script, list[Argument], asyncio.Future[Any]]


@dataclass(slots=True)
class Scripts:
    """Every step by name. Calls made in one turn go out together, in order, and one pipeline is under way at a time."""

    client: Redis
    _known: dict[str, Script] = field(default_factory=dict)
    _waiting: list[Call] = field(default_factory=list)
    _sending: asyncio.Task[None] | None = None

    async def run(self, name: str, keys: Mapping[str, str], arguments: Mapping[str, Argument]) -> Any:
        """What the script returned; `Refused(UNAVAILABLE)` when the store does not answer in time."""
        script = self._known.get(name) or self._known.setdefault(name, load(name))
        answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._waiting.append((script, script.call(keys, arguments), answer))
        if self._sending is None:
            self._sending = asyncio.create_task(self._send())
        return await answer

    async def _send(self) -> None:
        while self._waiting:
            calls, self._waiting = self._waiting, []
            try:
                answers = await self._pipeline([call for _, call, _ in calls])
                if any(isinstance(answer, NoScriptError) for answer in answers):
                    answers = await self._again(calls, answers)
            except (RedisError, OSError, TimeoutError):
                answers = [unavailable()] * len(calls)
            for (_, _, waiting), answer in zip(calls, answers, strict=True):
                _settle(waiting, answer)
        self._sending = None

    async def _again(
        self, calls: list[tuple[Script, list[Argument], asyncio.Future[Any]]], answers: list[Any]
    ) -> list[Any]:
        """A restarted store has forgotten the scripts: load them and repeat the calls that met nothing."""
        missed = [place for place, answer in enumerate(answers) if isinstance(answer, NoScriptError)]
        for source in {calls[place][0].source for place in missed}:
            await self.client.script_load(source)
        for place, answer in zip(missed, await self._pipeline([calls[place][1] for place in missed]), strict=True):
            answers[place] = answer
        return answers

    async def _pipeline(self, calls: list[list[Argument]]) -> list[Any]:
        pipeline = self.client.pipeline(transaction=False)
        for call in calls:
            pipeline.execute_command("EVALSHA", *call)
        return await pipeline.execute(raise_on_error=False)


def _settle(waiting: asyncio.Future[Any], answer: Any) -> None:
    if waiting.done():  # its caller was cancelled
        return
    if isinstance(answer, Exception):
        waiting.set_exception(answer)
    else:
        waiting.set_result(answer)
