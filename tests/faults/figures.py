"""The full figures, or a short form of them: FULL=1 says which; and how figures are told."""

import os
import random
import re
import sys
import urllib.request
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

FULL = os.environ.get("FULL") == "1"
# Repeats what chance decided; set for the processes that run tests beside this one.
SEED = int(os.environ.setdefault("SEED", str(random.SystemRandom().randrange(1, 2**31))))

T = TypeVar("T")


def of(short: T, full: T) -> T:
    return full if FULL else short


def tell(what: str, **figures: object) -> None:
    """Past pytest's capture: a figure that nobody sees is none."""
    said = ", ".join(f"{name.replace('_', ' ')} {_short(value)}" for name, value in figures.items())
    print(f"\n  {what}: {said}", file=sys.__stderr__, flush=True)


def percentile(values: Sequence[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))] if values else 0.0


def resident_mib(pid: int) -> float:
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGESIZE") / 2**20


def metric(port: int, name: str) -> float:
    """As the server on that metrics port counts it."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as answer:
        found = re.search(rf"^{re.escape(name)} (\S+)$", answer.read().decode(), re.MULTILINE)
    return float(found[1]) if found else 0.0


def _short(value: object) -> str:
    if not isinstance(value, float):
        return str(value)
    return f"{value:,.3g}" if value < 100 else f"{value:,.0f}"
