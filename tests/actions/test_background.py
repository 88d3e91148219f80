"""Work that nobody waits for is finished, and its failures say nothing of what people wrote."""

import logging

import pytest

from server.actions import background
from server.protocol.refusals import Code, Refused


async def test_it_is_finished_before_a_stop() -> None:
    done: list[int] = []

    async def work() -> None:
        done.append(1)

    background.spawn(work())
    await background.finished()
    assert done == [1]


@pytest.mark.parametrize(("fault", "logged"), [(Refused(Code.UNAVAILABLE), False), (ValueError("their words"), True)])
async def test_an_absent_store_is_no_news_and_a_bug_is_named_without_content(
    caplog: pytest.LogCaptureFixture, fault: Exception, logged: bool
) -> None:
    async def breaks() -> None:
        raise fault

    with caplog.at_level(logging.DEBUG):
        background.spawn(breaks())
        await background.finished()
    assert ("ValueError" in caplog.text) is logged
    assert "their words" not in caplog.text
