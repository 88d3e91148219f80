"""The reference client, against a server of this file's that greets and does nothing else."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import msgpack
import pytest
from websockets.asyncio.server import ServerConnection, serve

from loadtests.client import Client
from loadtests.session import Session

COOKIE = {"session": "of anyone"}
POSITION = {"epoch": 1, "seq": 0}


@asynccontextmanager
async def greeter() -> AsyncIterator[tuple[Client, list[ServerConnection]]]:
    """Whoever comes to it, and the connections they came over."""
    sockets: list[ServerConnection] = []

    async def greets(socket: ServerConnection) -> None:
        sockets.append(socket)
        hello = msgpack.unpackb(await socket.recv())
        welcome = {"type": "welcome", "ref": hello["ref"], "inbox": POSITION, "resumed": "fresh"}
        await socket.send(msgpack.packb((0, welcome)))
        await socket.wait_closed()

    async with serve(greets, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        client = Client(f"http://127.0.0.1:{port}", session=Session(cookies=COOKIE), returns=True)
        yield client, sockets
        await client.close()


async def test_a_connection_that_is_lost_with_the_greeting_is_not_taken_for_an_open_one() -> None:
    def writes(what: str, frame: Any = None, seq: int = 0) -> None:
        if what == "heard" and len(sockets) == 2:
            client._abort()

    async with greeter() as (client, sockets):
        client.diary = writes
        await client.open()
        await client.lose()
        await client.until(lambda: client.is_open and len(sockets) == 3)


async def test_who_is_stopped_just_as_their_answer_comes_has_stopped() -> None:
    def writes(what: str, *line: object) -> None:
        if what == "heard":
            opening.cancel()

    async with greeter() as (client, _):
        client.diary = writes
        opening = asyncio.create_task(client.open())
        with pytest.raises(asyncio.CancelledError):
            await opening
