"""The reference client, against a server of this file's that greets and does nothing else."""

from typing import Any

import msgpack
from websockets.asyncio.server import ServerConnection, serve

from loadtests.client import Client
from loadtests.session import Session

COOKIE = {"session": "of anyone"}
POSITION = {"epoch": 1, "seq": 0}


async def test_a_connection_that_is_lost_with_the_greeting_is_not_taken_for_an_open_one() -> None:
    sockets: list[ServerConnection] = []

    async def greets(socket: ServerConnection) -> None:
        sockets.append(socket)
        hello = msgpack.unpackb(await socket.recv())
        welcome = {"type": "welcome", "ref": hello["ref"], "inbox": POSITION, "resumed": "fresh"}
        await socket.send(msgpack.packb((0, welcome)))
        await socket.wait_closed()

    def writes(what: str, frame: Any = None, seq: int = 0) -> None:
        if what == "heard" and len(sockets) == 2:
            client._abort()

    async with serve(greets, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        client = Client(f"http://127.0.0.1:{port}", session=Session(cookies=COOKIE), returns=True)
        client.diary = writes
        await client.open()
        await client.lose()
        await client.until(lambda: client.is_open and len(sockets) == 3)
        await client.close()
