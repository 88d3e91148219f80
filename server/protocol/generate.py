"""`python -m server.protocol.generate` writes what is made from the words; `--check` fails where it has drifted."""

import sys
from pathlib import Path

from server.protocol.manual import manual
from server.protocol.typescript import typescript

HOUSE = Path(__file__).parents[2]
MADE = {"client_web/src/protocol.ts": typescript, "docs/protocol.md": manual}


def write(house: Path) -> None:
    for name, made in MADE.items():
        (house / name).parent.mkdir(parents=True, exist_ok=True)
        (house / name).write_text(made(), encoding="utf-8")


def drifted(house: Path) -> list[str]:
    """The files that are not what the words say."""
    return [name for name, made in MADE.items() if _read(house / name) != made()]


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


def main(arguments: list[str]) -> int:
    if arguments == ["--check"]:
        for name in drifted(HOUSE):
            print(f"{name} is not what server/protocol says; run: make protocol")
        return 1 if drifted(HOUSE) else 0
    write(HOUSE)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
