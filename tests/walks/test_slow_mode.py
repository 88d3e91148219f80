import asyncio

from tests.walks.house import House


async def test_slow_mode_is_told_to_the_room_and_counts_truly(house: House, room: str) -> None:
    ana, mo = await house.peer(0), await house.moderator(at=1)
    await ana.joins(room)
    await mo.joins(room)
    await mo.sets_slow_mode(4)
    changed = await ana.client.until(lambda: next(ana.client.of(ana.channel).of("room_changed"), None))
    assert changed is not None
    assert changed["slow_seconds"] == 4
    posted = await ana.says("first")
    assert 0 < posted["turn_ms"] <= 4_000
    no = await ana.is_refused("second")
    assert no.code == "slow_mode"
    assert no.retry_ms is not None
    assert 0 < no.retry_ms <= 4_000
    await asyncio.sleep(no.retry_ms / 1_000)
    await ana.says("second")


async def test_slow_mode_cannot_be_dodged_by_reconnecting_or_by_another_tab(house: House, room: str) -> None:
    ana, mo = await house.peer(0), await house.moderator()
    await ana.joins(room)
    await mo.joins(room)
    await mo.sets_slow_mode(600)
    await ana.says("first")
    other_tab = await house.peer(1, session=ana.client.session)
    joined = await other_tab.joins(room)
    assert 590_000 < joined["turn_ms"] <= 600_000
    assert (await other_tab.is_refused("from the other tab")).code == "slow_mode"
    await ana.loses_the_network()
    assert (await ana.comes_back())["turn_ms"] > 590_000
    assert (await ana.is_refused("after coming back")).code == "slow_mode"


async def test_of_many_tries_at_once_exactly_one_is_taken(house: House, room: str) -> None:
    ana, mo = await house.peer(0), await house.moderator()
    await mo.joins(room)
    await mo.sets_slow_mode(600)
    tabs = [ana, await house.peer(1, session=ana.client.session), await house.peer(1, session=ana.client.session)]
    for tab in tabs:
        await tab.joins(room)
    tries = [tab.says(f"{place}-{turn}") for place, tab in enumerate(tabs) for turn in range(20)]
    answers = await asyncio.gather(*tries, return_exceptions=True)
    assert sum(isinstance(answer, dict) for answer in answers) == 1


async def test_who_moderates_is_not_slowed(house: House, room: str) -> None:
    mo = await house.moderator()
    await mo.joins(room)
    await mo.sets_slow_mode(600)
    await mo.says("one")
    await mo.says("two")
    await mo.hears("two")


async def test_help_is_never_slowed(house: House, room: str) -> None:
    ana, mo = await house.peer(0), await house.moderator(at=1)
    await ana.joins(room)
    await mo.joins(room)
    await mo.sets_slow_mode(600)
    await ana.says("first")
    assert (await ana.is_refused("second")).code == "slow_mode"
    assert (await ana.asks_for_help())["type"] == "help_received"


async def test_slow_mode_ends_at_once_for_everyone(house: House, room: str) -> None:
    ana, mo = await house.peer(0), await house.moderator(at=1)
    await ana.joins(room)
    await mo.joins(room)
    await mo.sets_slow_mode(600)
    await ana.says("first")
    assert (await ana.is_refused("second")).code == "slow_mode"
    await mo.sets_slow_mode(0)
    await ana.says("second")
