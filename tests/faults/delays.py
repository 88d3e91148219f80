"""Figures in time, from people's diaries: how long what was acknowledged took until someone heard it."""

from collections.abc import Iterable, Mapping

from loadtests.diary import Line
from tests.faults.checker import acknowledgements


def delays(diaries: Mapping[str, Iterable[Line]], since: float = 0.0) -> list[float]:
    """Seconds, of everyone who heard it, shortest first; of what was acknowledged from `since` on."""
    kept = {who: list(lines) for who, lines in diaries.items()}
    told = {message: line.at for message, line in acknowledgements(kept).items() if line.at >= since}
    return sorted(
        max(line.at - told[message], 0.0)
        for lines in kept.values()
        for line in lines
        if line.what == "heard" and line.seq and line.frame["type"] == "said"
        for message in [(line.frame["channel"], line.frame["client_id"])]
        if message in told
    )


def p99(ordered: list[float]) -> float:
    return ordered[len(ordered) * 99 // 100] if ordered else 0.0
