"""A power cut for a store's folder: whatever the store had not yet synced is really gone."""

from pathlib import Path

from loadtests.bench.tools import library

SOURCE = Path(__file__).with_name("synced.c")
JOURNAL = "synced"


def environment(folder: Path) -> dict[str, str]:
    """For a store whose syncs are to be written down."""
    return {"LD_PRELOAD": str(library(SOURCE)), "SYNCED_JOURNAL": str(folder / JOURNAL)}


def cut_power(folder: Path) -> int:
    """Of a store that was killed: takes away all that was written after the last sync of each file; how many bytes."""
    kept = _synced_sizes(folder / JOURNAL)
    lost = 0
    for path in (folder / "appendonlydir").iterdir():
        size = path.stat().st_size
        synced = min(kept.get(path.stat().st_ino, 0), size)
        with path.open("r+b") as file:
            file.truncate(synced)
        lost += size - synced
    return lost


def _synced_sizes(journal: Path) -> dict[int, int]:
    """By inode, for files are renamed once they are whole."""
    lines = (line.split() for line in journal.read_text().splitlines())
    return {int(inode): int(size) for inode, size in lines}
