"""G11: after an older copy of the store was put back everyone is told, and nobody believes to have everything."""

import asyncio
import shutil
import subprocess
import sys
import time

import pytest

from loadtests.client import Client
from tests.faults.house import Faulty
from tests.faults.stores import Single
from tests.walks.house import HOUSE, House

HERE, AWAY, SAID = 5, 5, 10


def put_back(store: Single, said: str = "kept") -> None:
    """The store is as it was when the copy was made."""
    folder = store.node.folder
    store.kill()
    shutil.rmtree(folder / "appendonlydir")
    shutil.copytree(folder.parent / said, folder / "appendonlydir")
    store.start()


def copy(store: Single, said: str = "kept") -> None:
    """While the store writes its log anew, files go from under the copy; then it is made once more."""
    while True:
        try:
            shutil.copytree(store.node.folder / "appendonlydir", store.node.folder.parent / said)
        except shutil.Error:
            shutil.rmtree(store.node.folder.parent / said)
            time.sleep(0.1)
        else:
            return


async def crowd(house: House, room: str, count: int) -> list[Client]:
    clients = [house.client(place % 2, returns=True) for place in range(count)]
    for client in clients:
        await client.open()
        await client.join(room)
    return clients


@pytest.mark.parametrize("noticed", ["by the processes that lived", "from the operator's word"])
async def test_an_older_copy_put_back_is_told_to_who_was_here_and_to_who_was_away(noticed: str) -> None:
    with Single() as store, Faulty(store, 2) as house:
        room = f"room:{house.fresh_room()}"
        here, away = await crowd(house, room, HERE), await crowd(house, room, AWAY)
        for number in range(SAID):
            await here[0].deliver(room, f"before {number}")
        await asyncio.to_thread(copy, store)
        for number in range(SAID):
            await here[0].deliver(room, f"forgotten {number}")
        for client in here + away:
            await client.until(lambda client=client: len(client.texts(room)) == 2 * SAID)  # type: ignore[misc]
        for client in away:
            client.returns = False
            await client.lose()
        if noticed == "by the processes that lived":
            await asyncio.to_thread(put_back, store)
        else:
            for server in house.servers:
                server.kill()
            await asyncio.to_thread(put_back, store)
            await asyncio.to_thread(said_so, store)
            await asyncio.to_thread(house.restart)
        for client in here:
            await client.until(lambda client=client: client.rooms[room]["resumed"] == "epoch", 60)  # type: ignore[misc]
        for client in away:
            await client.open()
            assert client.rooms[room]["resumed"] == "epoch"
        await here[0].deliver(room, "after")
        for client in here + away:
            await client.until(lambda client=client: client.texts(room)[-1:] == ["after"])  # type: ignore[misc]
            assert client.texts(room) == [*(f"before {number}" for number in range(SAID)), "after"]
        await house.see_everyone_out()


def said_so(store: Single) -> None:
    subprocess.run(
        [sys.executable, "-m", "server", "restored"],
        cwd=HOUSE,
        env={"PATH": "/usr/bin:/bin", "REDIS_URL": store.url},
        check=True,
        capture_output=True,
        timeout=60,
    )
