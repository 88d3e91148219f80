"""What stands in line is done in its order, and what is under way ends or is ended."""

import asyncio

import pytest

from server.protocol.commands import Command, Ping
from server.transport import work
from server.transport.work import Work
from tests.waiting import until


class Listed(Work):
    """Serves a command when it is told to, and writes it down."""

    def __init__(self) -> None:
        self.loop = asyncio.get_running_loop()
        self.under_way = 0
        super().__init__(self)
        self.served: list[int] = []
        self.told_that_all_is_done = 0
        self.ended_by: list[object] = []
        self.go = asyncio.Event()

    def done(self) -> None:
        self.told_that_all_is_done += 1

    async def serve(self, command: Command) -> None:
        try:
            await self.go.wait()
        except asyncio.CancelledError as cancelled:
            self.ended_by.append(cancelled.args)
            raise
        self.served.append(command.ref)


async def test_what_stands_in_line_is_done_in_its_order_one_at_a_time() -> None:
    listed = Listed()
    for ref in range(5):
        listed.stand_in_line(Ping(ref=ref))
    await asyncio.sleep(0)
    assert len(listed._tasks or ()) == 1
    listed.go.set()
    await until(lambda: len(listed.served) == 5)
    assert listed.served == list(range(5))


async def test_nothing_is_kept_while_nothing_is_under_way_and_the_line_begins_again() -> None:
    listed = Listed()
    listed.go.set()
    for ref in (1, 2):
        listed.stand_in_line(Ping(ref=ref))
        await until(lambda: listed._tasks is None)
        assert listed._line is None
    assert listed.served == [1, 2]


async def test_an_emptied_line_does_no_more_than_what_is_under_way() -> None:
    listed = Listed()
    listed.stand_in_line(Ping(ref=1))
    listed.stand_in_line(Ping(ref=2))
    listed.empty_line()
    listed.go.set()
    await until(lambda: listed._tasks is None)
    assert listed.served == [1]


async def test_what_stops_is_cancelled_and_what_is_late_is_told_so() -> None:
    stopped, late = Listed(), Listed()
    for each in (stopped, late):
        each.stand_in_line(Ping(ref=1))
    await asyncio.sleep(0)
    stopped.stop()
    late.hurry(asyncio.get_running_loop().time() + work.ENDS_WITHIN_S + 1)
    await until(lambda: late.ended_by and stopped.ended_by)
    assert (stopped.ended_by, late.ended_by) == ([()], [(work.LATE,)])


@pytest.mark.parametrize("ends", ["by itself", "emptied", "stopped"])
async def test_what_is_under_way_is_counted_in_and_out_however_it_ends(ends: str) -> None:
    listed = Listed()
    for ref in range(3):
        listed.stand_in_line(Ping(ref=ref))
    listed.begin(listed.serve(Ping(ref=9)))
    await asyncio.sleep(0)
    assert listed.under_way == 4
    match ends:
        case "emptied":
            listed.empty_line()
            assert listed.under_way == 2
        case "stopped":
            listed.stop()
    listed.go.set()
    await until(lambda: listed.is_done)
    assert listed.under_way == 0
    assert listed.told_that_all_is_done == 1
