"""How long a fault test runs: FULL=1 reaches the figures of the promises, without it only the outcome is asked for."""

import os
import random
import sys
from collections.abc import Sequence

FULL = os.environ.get("FULL") == "1"
SEED = int(os.environ.get("SEED", "0")) or random.SystemRandom().randrange(1, 2**31)


def percentile(values: Sequence[float], part: float) -> float:
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * part), len(ordered) - 1)]


def told(line: str) -> None:
    """For whoever runs it with `-s`, as `make faults` does."""
    sys.stdout.write(f"\n{line}\n")
