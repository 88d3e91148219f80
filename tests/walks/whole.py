"""Whether every walk was walked, in however many processes; and then, which rows of the contract nobody needed."""

import os
from typing import Any

import pytest

from tests.walks import contract

WRITES = os.environ.get("GOLDEN") == "write"
HERE = contract.GOLDEN.parent

walked: set[str] = set()  # files whose walks this process has walked


def told(config: pytest.Config) -> None:
    """What a worker process tells the one that started it."""
    output = getattr(config, "workeroutput", None)
    if output is not None:
        hears = {role: sorted(events) for role, events in contract.heard.items()}
        output["walks"] = {"walked": sorted(walked), "hears": hears}


def learnt(output: dict[str, Any]) -> None:
    said = output.get("walks", {})
    walked.update(said.get("walked", ()))
    for role, events in said.get("hears", {}).items():
        contract.heard[role].update(events)


def is_over(session: pytest.Session) -> bool:
    """True where the contract is kept, or was to be written."""
    if hasattr(session.config, "workeroutput"):
        return True
    if WRITES:
        contract.write(contract.heard)
    return not unneeded(session)


def unneeded(session: pytest.Session | None) -> list[str]:
    """Nothing where only some were walked, or one failed."""
    if session is None:
        return []
    options = session.config.option
    is_part = options.keyword or options.markexpr or any("::" in each for each in session.config.args)
    if is_part or session.testsfailed or walked != {path.name for path in HERE.glob("test_*.py")}:
        return []
    return contract.unheard(contract.heard, contract.golden())
