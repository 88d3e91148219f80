"""The pager's calls, against real stores: left once, taken by one, made or tried again, and put off by a phone."""

import asyncio

from msgspec import structs

from server.domain.channels import DESK
from server.domain.paging import Call, Kind, Link, mark
from server.protocol import codec
from server.protocol.events import PagerChanged, PageSeen
from server.protocol.fields import Urgency
from server.store import keys
from server.store.store import Store

CALL = Call(Kind.TICKET, "t1", Urgency.SERIOUS, "team", 1_700_000_000_000)
LINK = Link(CALL, "phones", 1_800_000_000_000)
MARK = mark(b"secret", LINK)
LONG_MS = 60_000


async def told(store: Store) -> list[object]:
    return [codec.inside(entry.frame) for entry in await store.channels.after(DESK, 0)]


async def due_in(store: Store, route: str = "phones", ticket: str = "t1") -> int:
    await store.clock.read(store.link)
    return int(await store.scripts.ask("ZSCORE", keys.calls_due(route), ticket)) - store.clock.now()


async def test_a_call_is_left_once_however_often_its_errand_is_carried(store: Store) -> None:
    assert sum(await asyncio.gather(*(store.paging.leave("phones", CALL) for _ in range(10)))) == 1
    assert await store.paging.take("phones", 9, LONG_MS) == [CALL]
    await store.paging.sent("phones", CALL)
    assert not await store.paging.leave("phones", CALL), "it was made"
    again = structs.replace(CALL, times=2)
    assert await store.paging.leave("phones", again)
    assert await store.paging.take("phones", 9, LONG_MS) == [again]


async def test_a_call_is_taken_by_one_while_its_lease_lasts(store: Store) -> None:
    await store.paging.leave("phones", CALL)
    taken = await asyncio.gather(*(store.paging.take("phones", 9, LONG_MS) for _ in range(10)))
    assert sorted(map(len, taken)) == [0] * 9 + [1]


async def test_who_died_with_a_call_loses_it_to_another(store: Store) -> None:
    await store.paging.leave("phones", CALL)
    assert await store.paging.take("phones", 9, 1) == [CALL]
    await asyncio.sleep(0.01)
    assert await store.paging.take("phones", 9, LONG_MS) == [CALL]


async def test_routes_know_nothing_of_each_other(store: Store) -> None:
    await store.paging.leave("phones", CALL)
    await store.paging.leave("mail", CALL)
    await store.paging.sent("phones", CALL)
    assert await store.paging.take("mail", 9, LONG_MS) == [CALL]
    assert await store.paging.waiting("phones") == 0
    assert await store.paging.waiting("mail") == 1


async def test_no_more_is_taken_than_is_asked_for(store: Store) -> None:
    for place in range(5):
        await store.paging.leave("phones", structs.replace(CALL, ticket=f"t{place}"))
    assert len(await store.paging.take("phones", 2, LONG_MS)) == 2
    assert len(await store.paging.take("phones", 9, LONG_MS)) == 3


async def test_a_failed_call_comes_again_later_and_later_and_never_too_late(store: Store) -> None:
    settings = store.settings
    await store.paging.leave("phones", CALL)
    waits = []
    for tries in range(1, 12):
        assert await store.paging.failed("phones", CALL) == tries
        waits.append(await due_in(store))
    assert waits[0] <= settings.page_retry_ms < waits[1] < waits[2]
    assert all(wait <= settings.page_retry_most_ms for wait in waits)
    assert waits[-1] > settings.page_retry_most_ms - 5_000, "it is never given up while nobody was reached"


async def test_a_route_that_fails_gives_up_where_another_has_reached_someone(store: Store) -> None:
    for route in ("phones", "mail"):
        await store.paging.leave(route, CALL)
    await store.paging.sent("mail", CALL)
    for _ in range(store.settings.page_tries):
        assert await store.paging.waiting("phones") == 1
        await store.paging.failed("phones", CALL)
    assert await store.paging.waiting("phones") == 0


async def test_a_newer_call_is_not_ended_by_an_older_one(store: Store) -> None:
    await store.paging.leave("phones", CALL)
    newer = structs.replace(CALL, step="deputy")
    await store.paging.leave("phones", newer)
    await store.paging.sent("phones", CALL)
    await store.paging.put_off("phones", CALL, 0)
    assert await store.paging.take("phones", 9, LONG_MS) == [newer]


async def test_the_desk_is_told_once_when_a_route_begins_to_fail_and_once_when_it_works_again(store: Store) -> None:
    await store.paging.leave("phones", CALL)
    for _ in range(3):
        await store.paging.failed("phones", CALL)
    assert await store.paging.failing() == ("phones",)
    for _ in range(2):
        await store.paging.sent("phones", CALL)
    assert await store.paging.failing() == ()
    heard = [(event.route, event.fails) for event in await told(store) if isinstance(event, PagerChanged)]
    assert heard == [("phones", True), ("phones", False)]


async def test_a_link_works_once_and_the_call_comes_again_after_a_while(store: Store) -> None:
    await store.paging.leave("phones", CALL)
    await store.paging.sent("phones", CALL)
    presses = await asyncio.gather(*(store.paging.seen(LINK, MARK, LONG_MS) for _ in range(10)))
    assert sum(presses) == 1
    assert await store.paging.was_seen(MARK)
    assert [event.ticket for event in await told(store) if isinstance(event, PageSeen)] == ["t1"]
    assert await store.paging.take("phones", 9, LONG_MS) == []
    assert store.settings.page_quiet_ms - 5_000 < await due_in(store) <= store.settings.page_quiet_ms


async def test_after_a_press_only_what_is_graver_is_called_at_once(store: Store) -> None:
    await store.paging.seen(LINK, MARK, LONG_MS)
    await store.paging.leave("mail", structs.replace(CALL, step="deputy"))
    assert await store.paging.take("mail", 9, LONG_MS) == []
    graver = structs.replace(CALL, urgency=Urgency.IMMINENT, times=2)
    await store.paging.leave("mail", graver)
    assert await store.paging.take("mail", 9, LONG_MS) == [graver]


async def test_what_was_called_says_when_and_what_came_back(store: Store) -> None:
    await store.paging.sent("phones", CALL, "https://x.example/page/a")
    called = await store.paging.called("t1")
    assert set(called.sent) == {"phones"}
    assert called.back == {"phones": "https://x.example/page/a"}


async def test_nothing_of_a_call_is_kept_for_ever(store: Store) -> None:
    await store.paging.leave("phones", CALL)
    await store.paging.failed("phones", CALL)
    await store.paging.sent("phones", CALL)
    await store.paging.seen(LINK, MARK, LONG_MS)
    assert 0 < await store.scripts.ask("PTTL", keys.called("t1")) <= 24 * 3_600_000
    assert 0 < await store.scripts.ask("PTTL", keys.call_seen(MARK)) <= LONG_MS
    for key in (keys.calls("phones"), keys.calls_due("phones")):
        assert 0 < await store.scripts.ask("PTTL", key) <= 24 * 3_600_000
    await store.paging.put_off("phones", CALL, 0)
    assert await store.paging.waiting("phones") == 0


async def test_since_when_it_is_red_is_the_same_for_every_process(store: Store) -> None:
    since = await store.paging.red_since(is_red=True)
    assert since > 0
    await asyncio.sleep(0.01)
    assert await store.paging.red_since(is_red=True) == since
    assert await store.paging.red_since(is_red=False) == 0
    assert await store.paging.red_since(is_red=True) > since


async def test_the_last_drill_is_kept(store: Store) -> None:
    assert await store.paging.last_drill() is None
    await store.paging.keep_drill(b"one")
    await store.paging.keep_drill(b"two")
    assert await store.paging.last_drill() == b"two"
