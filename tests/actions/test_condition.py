"""A part that is away is told to everyone, once, and so is its return."""

from server import metrics
from server.actions.condition import Condition
from server.actions.services import Services
from server.protocol import events
from server.protocol.fields import Part
from tests.actions.conftest import Arrive
from tests.waiting import until


class Parts:
    """A store and a screening that do as the test says."""

    def __init__(self) -> None:
        self.answering = self.keeping = self.screening = True

    async def ready(self) -> bool:
        return self.answering

    async def keeps(self) -> bool:
        return self.answering and self.keeping

    async def works(self) -> bool:
        return self.screening


def watched() -> tuple[Parts, Condition, list[tuple[Part, ...]]]:
    parts, told = Parts(), list[tuple[Part, ...]]()
    return parts, Condition(parts, parts, changed=told.append), told


async def test_one_late_answer_is_no_failure_and_two_are() -> None:
    parts, condition, told = watched()
    parts.answering = False
    await condition.look()
    assert (condition.away, told) == ((), [])
    await condition.look()
    assert (condition.away, told) == ((Part.STORE,), [(Part.STORE,)])


async def test_its_return_is_told_with_the_first_good_answer_and_nothing_is_told_twice() -> None:
    parts, condition, told = watched()
    parts.screening = False
    for _ in range(4):
        await condition.look()
    parts.screening = True
    for _ in range(4):
        await condition.look()
    assert told == [(Part.SCREENING,), ()]


async def test_a_full_store_is_told_apart_from_one_that_is_away() -> None:
    parts, condition, _ = watched()
    parts.keeping = False
    for _ in range(2):
        await condition.look()
    assert condition.away == (Part.KEEPING,)
    parts.answering = False
    for _ in range(2):
        await condition.look()
    assert condition.away == (Part.STORE,)


async def test_the_operator_can_measure_it() -> None:
    parts, condition, _ = watched()
    parts.keeping = False
    for _ in range(2):
        await condition.look()
    assert [(name, gauge.family().samples[0].value) for name, gauge in metrics.away.items()] == [
        ("store", 0),
        ("keeping", 1),
        ("screening", 0),
    ]
    parts.keeping = True
    await condition.look()
    assert metrics.away["keeping"].family().samples[0].value == 0


async def test_who_is_here_hears_it_and_a_new_page_and_the_doors_say_it(arrive: Arrive, services: Services) -> None:
    ana, parts = arrive("ana"), Parts()
    services.condition.screening = parts
    parts.screening = False
    await until(lambda: [event.away for event in ana.heard(events.Condition)] == [(Part.SCREENING,)])
    assert (await arrive("ben").greets()).away == (Part.SCREENING,)
    assert (await services.doorway.look()).away == (Part.SCREENING,)
    parts.screening = True
    await until(lambda: [event.away for event in ana.heard(events.Condition)] == [(Part.SCREENING,), ()])
