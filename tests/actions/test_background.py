"""Work that nobody waits for is finished, and its failures say nothing of what people wrote."""

import asyncio
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


async def test_what_is_under_way_already_is_waited_for_as_well() -> None:
    answer: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    background.expect(answer)
    stopping = asyncio.create_task(background.finished())
    await asyncio.sleep(0)
    assert not stopping.done()
    answer.set_result(1)
    await stopping


@pytest.mark.parametrize("is_under_way", [True, False])
@pytest.mark.parametrize(("fault", "logged"), [(Refused(Code.UNAVAILABLE), False), (ValueError("their words"), True)])
async def test_an_absent_store_is_no_news_and_a_bug_is_named_without_content(
    caplog: pytest.LogCaptureFixture, fault: Exception, logged: bool, is_under_way: bool
) -> None:
    async def breaks() -> None:
        raise fault

    with caplog.at_level(logging.DEBUG):
        if is_under_way:
            background.expect(asyncio.ensure_future(breaks()))
        else:
            background.spawn(breaks())
        await background.finished()
    assert ("ValueError" in caplog.text) is logged
    assert "their words" not in caplog.text
