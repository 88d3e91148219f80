"""What moderators decided of what rules held: counts from a running service, where a file of them is at hand."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from server.domain.labels import Agreement
from tests.screening.figures import Share
from tests.screening.tables import Row, Section

NONE = "MODERATORS: no decisions at hand. `python -m server agreement --json > FILE` writes, LABELS=FILE reads them."


def labels() -> str:
    """The file that `LABELS` names, if any."""
    return os.environ.get("LABELS", "")


def agreed(file: str) -> Section:
    """Of what each rule held, by its version: how much was not shown as it was written."""
    return Section("MODERATORS agreed, by rule and version", tuple(_rows(_read(Path(file)))), kept=False)


def _rows(found: Sequence[Agreement]) -> Iterator[Row]:
    for each in found:
        agreed = each.returned + each.refused
        yield Row(f"{each.rule} {each.version}", Share(agreed, each.decided))
    yield Row("all", Share(sum(each.returned + each.refused for each in found), sum(each.decided for each in found)))


def _read(file: Path) -> list[Agreement]:
    return msgspec.json.decode(file.read_bytes(), type=list[Agreement])
