"""A store of one node, which is killed, paused, loses its power and starts again."""

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from tests.faults import synced
from tests.faults.node import DURABLE, POLL_SECONDS, START_SECONDS, Node


class Kept:
    """A store in a folder of its own; leaving its `with` ends every process of it."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="porchlight-store-"))
        self.nodes: list[Node] = []

    @contextmanager
    def building(self) -> Iterator[None]:
        """What can't be built leaves nothing behind."""
        try:
            yield
        except BaseException:
            self.stop()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *fault: object) -> None:
        self.stop()

    def stop(self) -> None:
        for node in self.nodes:
            node.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


class Single(Kept):
    """`fsync` is `always`, `everysec` or `no`; with `power` it can lose what it had not synced."""

    def __init__(self, fsync: str = "always", *, power: bool = False, **options: str) -> None:
        super().__init__()
        at = self.folder / "node"
        environment = synced.environment(at) if power else {}
        named = {name.replace("_", "-"): value for name, value in options.items()}
        self.node = Node(at, {**DURABLE, "appendfsync": fsync, **named}, environment=environment)
        self.nodes.append(self.node)

    @property
    def url(self) -> str:
        return f"redis://{self.node.name}/0"

    def kill(self) -> None:
        self.node.kill()

    def start(self) -> None:
        self.node.start()

    def stop_unsynced(self) -> None:
        """It stands still at a moment when it has written what it has not synced; a power cut takes that away."""
        end = time.monotonic() + START_SECONDS
        self.node.pause()
        while not synced.unsynced(self.node.folder):
            assert time.monotonic() < end, "everything was synced, whenever it was looked at"
            self.node.resume()
            time.sleep(POLL_SECONDS)
            self.node.pause()

    def cut_power(self) -> int:
        """Ends it at once, without what was not synced; how many bytes that was. `start` is for when power is back."""
        self.node.kill()
        return synced.cut_power(self.node.folder)
