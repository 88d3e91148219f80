"""What happens by itself goes on through an absent store and a bug."""

import asyncio
import logging

import pytest

from server.actions.timers import _repeat
from server.protocol.refusals import Code, Refused
from tests.waiting import until


@pytest.mark.parametrize(("fault", "logged"), [(Refused(Code.UNAVAILABLE), False), (ValueError("their words"), True)])
async def test_a_timer_goes_on_after_a_fault(caplog: pytest.LogCaptureFixture, fault: Exception, logged: bool) -> None:
    runs: list[int] = []

    async def work() -> None:
        runs.append(1)
        raise fault

    with caplog.at_level(logging.DEBUG):
        task = asyncio.create_task(_repeat(0, work))
        await until(lambda: len(runs) > 3)
        task.cancel()
    assert ("ValueError" in caplog.text) is logged
    assert "their words" not in caplog.text
