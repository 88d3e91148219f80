"""The private store's folder under DATA_DIR: its locks, its socket, and the record of which program wrote it."""

import fcntl
import json
import os
import re
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

LONGEST_SOCKET_PATH = 100  # bytes; the kernel takes 107
LOCK_POLL_SECONDS = 0.02


class NoStore(RuntimeError):
    """The private store can't be used; the message is for the operator."""


@dataclass(frozen=True)
class Make:
    """Which program a store is."""

    name: str
    version: tuple[int, ...]

    def __str__(self) -> str:
        return f"{self.name} {'.'.join(map(str, self.version))}"

    def reads(self, writer: "Make") -> bool:
        """Files go forward only, and from Redis to Valkey until their ways parted after Redis 7.2."""
        if self.name == writer.name:
            return self.version >= writer.version
        return self.name == "Valkey" and writer.version < (7, 4)


def make_of(said: str) -> Make:
    """`Valkey server v=9.1.2 ...` and our own records alike; ValueError for anything else."""
    found = re.match(r"(Valkey|Redis)\D+(\d+)\.(\d+)\.(\d+)", said)
    if found is None:
        raise ValueError("neither Valkey nor Redis")
    return Make(found[1], tuple(int(part) for part in found.groups()[1:]))


@dataclass(frozen=True)
class Record:
    """Who wrote the folder last, and where it listened."""

    make: Make
    socket: str


class DataFolder:
    """Paths and locks in `DATA_DIR/store`."""

    def __init__(self, data_dir: str) -> None:
        self.path = Path(data_dir).absolute() / "store"
        self.log = self.path / "store.log"
        self._record = self.path / "record.json"

    def create(self) -> None:
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)

    def lock(self, name: str, wait: float = 0.0) -> int | None:
        """A descriptor that holds the lock until its last copy is closed or ends with its process."""
        until = time.monotonic() + wait
        held = os.open(self.path / f"{name}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        while True:
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return held
            except BlockingIOError:
                if time.monotonic() > until:
                    os.close(held)
                    return None
            time.sleep(LOCK_POLL_SECONDS)

    def record(self) -> Record | None:
        try:
            known = json.loads(self._record.read_bytes())
            return Record(make_of(known["written_by"]), str(known["socket"]))
        except FileNotFoundError:
            return None
        except (ValueError, KeyError, TypeError, OSError):
            raise NoStore(f"{self._record} is not one of ours. Set DATA_DIR to another folder.") from None

    def write(self, record: Record) -> None:
        draft = self._record.with_suffix(".new")
        draft.write_text(json.dumps({"written_by": str(record.make), "socket": record.socket}))
        draft.replace(self._record)

    def new_socket(self) -> str:
        """In the folder, or in a short one of its own where the folder lies too deep for a socket's name."""
        path = str(self.path / "store.sock")
        if len(os.fsencode(path)) <= LONGEST_SOCKET_PATH:
            return path
        return f"{tempfile.mkdtemp(prefix='porchlight-')}/store.sock"

    def remove_socket(self, socket: str) -> None:
        Path(socket).unlink(missing_ok=True)
        if Path(socket).parent != self.path:
            with suppress(OSError):
                Path(socket).parent.rmdir()

    def last_words(self) -> str:
        """The last line of the store's log, which never holds what people say."""
        return (self.log.read_text(errors="replace").splitlines() or ["it said nothing"])[-1]
