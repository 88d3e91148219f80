"""What a run tells at its end: times as people saw them, the server's own figures, and the witness's verdict."""

import urllib.request
from collections.abc import Iterator, Mapping, Sequence

from prometheus_client.parser import text_string_to_metric_families

from loadtests.witness import FAULTS, Verdict

SHOWN_FAULTS = 20
PERCENTILES = (50, 95, 99, 100)
SCRAPE_SECONDS = 5.0
OURS = ("porchlight_", "process_cpu_seconds", "process_resident_memory_bytes")

Figures = dict[str, float]


def scrape(url: str) -> Figures:
    """Every sample of ours on a metrics page, by name and labels; buckets left out. Empty where there is no page."""
    try:
        with urllib.request.urlopen(url, timeout=SCRAPE_SECONDS) as page:
            families = text_string_to_metric_families(page.read().decode())
    except (OSError, ValueError):
        return {}
    return {
        " ".join((sample.name, *sample.labels.values())): sample.value
        for family in families
        for sample in family.samples
        if sample.name.startswith(OURS) and not sample.name.endswith(("_bucket", "_created"))
    }


def times(taken: Mapping[str, Sequence[float]]) -> Iterator[str]:
    yield f"  {'as people saw it, ms':<28}{'count':>9}" + "".join(f"{_named(share):>9}" for share in PERCENTILES)
    for kind, measured in taken.items():
        if measured:
            shares = "".join(f"{percentile(measured, share):>9.1f}" for share in PERCENTILES)
            yield f"  {kind:<28}{len(measured):>9}{shares}"


def percentile(measured: Sequence[float], share: int) -> float:
    ordered = sorted(measured)
    return ordered[min(len(ordered) - 1, len(ordered) * share // 100)]


def meters(before: Figures, after: Figures, heard: int) -> Iterator[str]:
    """Counters as what was added, gauges as they are now."""
    yield "  the server's own figures" + ("" if after else ": none were to be had")
    for name, value in sorted(after.items()):
        added = value if _is_level(name) else value - before.get(name, 0.0)
        if added:
            yield f"    {name.removeprefix('porchlight_'):<46}{added:>16,.3f}".replace(".000", "    ")
    spent = after.get("process_cpu_seconds_total", 0.0) - before.get("process_cpu_seconds_total", 0.0)
    if spent:
        yield f"    {'numbered events heard, per CPU second':<46}{heard / spent:>12,.0f}"


def judgement(verdict: Verdict) -> Iterator[str]:
    yield "  seen: " + ", ".join(f"{what} {count:,}" for what, count in sorted(verdict.counts.items()))
    if verdict.refusals:
        yield "  refused: " + ", ".join(f"{code} {count:,}" for code, count in verdict.refusals.most_common())
    for fault in verdict.faults[:SHOWN_FAULTS]:
        yield f"  ! {fault.kind}: {fault.what} ({fault.who})"
    if len(verdict.faults) > SHOWN_FAULTS:
        yield f"  ! and {len(verdict.faults) - SHOWN_FAULTS:,} more"
    yield "  " + ", ".join(f"{verdict.of(kind):,} {kind}" for kind in FAULTS)
    yield "FAILED" if verdict.faults else "Everything acknowledged arrived once, in order, with everyone who was there."


def _named(share: int) -> str:
    return "max" if share == 100 else f"p{share}"


def _is_level(name: str) -> bool:
    return name in ("porchlight_connections", "porchlight_on_duty", "process_resident_memory_bytes")
