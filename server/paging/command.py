"""A command: a program of the operator's, told by its standard input, ended at the deadline with all it has started."""

import asyncio
import os
import signal
from asyncio.subprocess import DEVNULL, PIPE, Process
from contextlib import suppress

import msgspec

from server.domain.paging import Alert
from server.domain.routes import Command
from server.outside.thread import Failed
from server.paging.route import ANSWER_BYTES

ALWAYS = ("PATH", "HOME", "LANG", "TZ")  # what any program may need; our own settings and secrets stay here
CHUNK_BYTES = 65_536
END_S = 1.0  # a killed process is gone by then


class CommandRoute:
    def __init__(self, way: Command, environment: dict[str, str], deadline_s: float) -> None:
        self.name = way.name
        self._words = (way.program, *way.arguments)
        self._environment = environment
        self._deadline_s = deadline_s

    async def tell(self, alert: Alert) -> bytes:
        try:
            process = await asyncio.create_subprocess_exec(
                *self._words, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, env=self._environment, start_new_session=True
            )
        except OSError:
            raise Failed("program") from None
        try:
            async with asyncio.timeout(self._deadline_s):
                said, _ = await asyncio.gather(_beginning(process), _told(process, msgspec.json.encode(alert)))
                code = await process.wait()
        except TimeoutError:
            raise Failed("timeout") from None
        finally:
            await _end(process)
        if code != 0:
            raise Failed("answer")
        return said

    def close(self) -> None:
        pass


async def _told(process: Process, alert: bytes) -> None:
    assert process.stdin is not None
    with suppress(BrokenPipeError, ConnectionResetError):  # it need not read what it is told
        process.stdin.write(alert)
        await process.stdin.drain()
    process.stdin.close()


async def _end(process: Process) -> None:
    """With all that it has started; and what it had still to say is read, so that nothing of it stays open."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    with suppress(TimeoutError):
        async with asyncio.timeout(END_S):
            await asyncio.gather(_beginning(process), process.wait())


async def _beginning(process: Process) -> bytes:
    """What it says first; the rest is read and forgotten, so that it is not held up."""
    assert process.stdout is not None
    said = b""
    while chunk := await process.stdout.read(CHUNK_BYTES):
        said = (said + chunk)[:ANSWER_BYTES] if len(said) < ANSWER_BYTES else said
    return said
