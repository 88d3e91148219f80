"""Runs the Lua steps and plain commands: callers pass names, what one turn of the loop asks travels as one pipeline."""

import asyncio
import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib import resources
from typing import Any, NamedTuple, TypeAlias

from redis.asyncio import Redis
from redis.exceptions import (
    ClusterDownError,
    ConnectionError,
    MasterDownError,
    NoScriptError,
    OutOfMemoryError,
    ReadOnlyError,
    RedisError,
    ResponseError,
    TryAgainError,
)

from server.protocol.refusals import Code, Refused

# A store that answers and can't serve now is away like one that does not answer.
AWAY = (ClusterDownError, ConnectionError, MasterDownError, OutOfMemoryError, ReadOnlyError, TryAgainError)
CAN_NOT_WRITE = ("MISCONF", "NOREPLICAS")
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
        """The command, its arguments in the script's own order; a missing or unknown name is a bug and raises."""
        if keys.keys() != set(self.keys) or arguments.keys() != set(self.arguments):
            raise TypeError(f"{self.name} takes {self.keys} and {self.arguments}")
        return [
            "EVALSHA",
            self.sha,
            len(self.keys),
            *(keys[key] for key in self.keys),
            *(arguments[a] for a in self.arguments),
        ]


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


class Call(NamedTuple):
    """One command on its way, and who waits for its answer; `script` where it runs one."""

    command: Sequence[Argument]
    script: Script | None
    answer: asyncio.Future[Any]


@dataclass(slots=True)
class Scripts:
    """Every command to the store. Those of one turn go out together, in order; one pipeline is under way at a time."""

    client: Redis
    _known: dict[str, Script] = field(default_factory=dict)
    _waiting: list[Call] = field(default_factory=list)
    _sending: asyncio.Task[None] | None = None

    def run(self, name: str, keys: Mapping[str, str], arguments: Mapping[str, Argument]) -> asyncio.Future[Any]:
        """What the script returned; `Refused(UNAVAILABLE)` when the store does not answer in time."""
        script = self._known.get(name) or self._known.setdefault(name, load(name))
        return self._call(script.call(keys, arguments), script)

    def ask(self, *command: Argument) -> asyncio.Future[Any]:
        """What a plain command returned, as the client library reads it; refused like a script."""
        return self._call(command, None)

    def _call(self, command: Sequence[Argument], script: Script | None) -> asyncio.Future[Any]:
        answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._waiting.append(Call(command, script, answer))
        if self._sending is None:
            self._sending = asyncio.create_task(self._send())
        return answer

    async def _send(self) -> None:
        while self._waiting:
            calls, self._waiting = self._waiting, []
            try:
                answers = await self._pipeline(calls)
                if any(isinstance(answer, NoScriptError) for answer in answers):
                    answers = await self._again(calls, answers)
            except (RedisError, OSError, TimeoutError):
                answers = [unavailable()] * len(calls)
            for call, answer in zip(calls, answers, strict=True):
                _settle(call.answer, answer)
        self._sending = None

    async def _again(self, calls: list[Call], answers: list[Any]) -> list[Any]:
        """A restarted store has forgotten the scripts: load them and repeat the calls that met nothing."""
        missed = [place for place, answer in enumerate(answers) if isinstance(answer, NoScriptError)]
        for source in {script.source for place in missed if (script := calls[place].script)}:
            await self.client.script_load(source)
        for place, answer in zip(missed, await self._pipeline([calls[place] for place in missed]), strict=True):
            answers[place] = answer
        return answers

    async def _pipeline(self, calls: list[Call]) -> list[Any]:
        pipeline = self.client.pipeline(transaction=False)
        for call in calls:
            pipeline.execute_command(*call.command)
        return await pipeline.execute(raise_on_error=False)


def _settle(waiting: asyncio.Future[Any], answer: Any) -> None:
    if waiting.done():  # its caller was cancelled
        return
    if isinstance(answer, AWAY) or (isinstance(answer, ResponseError) and str(answer).startswith(CAN_NOT_WRITE)):
        waiting.set_exception(unavailable())
    elif isinstance(answer, Exception):
        waiting.set_exception(answer)
    else:
        waiting.set_result(answer)
