"""A power cut for a store's folder: whatever the store had not yet synced is really gone."""

from collections.abc import Iterator
from pathlib import Path

from loadtests.bench.tools import library

SOURCE = Path(__file__).with_name("synced.c")
JOURNAL = "synced"


def environment(folder: Path) -> dict[str, str]:
    """For a store whose syncs are to be written down."""
    return {"LD_PRELOAD": str(library(SOURCE)), "SYNCED_JOURNAL": str(folder / JOURNAL)}


def unsynced(folder: Path) -> int:
    """Of a store that stands still: how many bytes it has written after the last sync of each file."""
    return sum(size - synced for _, size, synced in _files(folder))


def cut_power(folder: Path) -> int:
    """Of a store that was killed: takes away all that was written after the last sync of each file; how many bytes."""
    lost = 0
    for path, size, synced in _files(folder):
        with path.open("r+b") as file:
            file.truncate(synced)
        lost += size - synced
    return lost


def _files(folder: Path) -> Iterator[tuple[Path, int, int]]:
    """With their size, and how much of it is synced."""
    kept = _synced_sizes(folder / JOURNAL)
    for path in (folder / "appendonlydir").iterdir():
        told = path.stat()
        yield path, told.st_size, min(kept.get(told.st_ino, 0), told.st_size)


def _synced_sizes(journal: Path) -> dict[int, int]:
    """By inode, for files are renamed once they are whole."""
    lines = (line.split() for line in journal.read_text().splitlines())
    return {int(inode): int(size) for inode, size in lines}
