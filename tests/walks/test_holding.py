"""A ticket in people's hands, over two processes; and the clocks, while nobody takes it or processes die."""

from pathlib import Path

import pytest

from loadtests.client import Refused
from tests.walks.house import Build, House
from tests.walks.people import Moderator, Peer

SOON = {
    "ring_ms": "300",
    "deputy_ms": "600",
    "everyone_ms": "900",
    "operator_ms": "1200",
    "care_check_ms": "100",
    "duty_check_ms": "200",
}


async def helped(house: House, room: str) -> tuple[Peer, Moderator, Moderator, str]:
    """Ana has asked for a person; Mona and Zoe are on duty, on two processes."""
    ana, mo, zoe = await house.peer(0), await house.moderator(at=1), await house.moderator("Zoe", at=0)
    await ana.joins(room)
    for each in (mo, zoe):
        await each.opens_the_desk()
        await each.goes_on_duty()
    return ana, mo, zoe, (await ana.asks_for_help())["ticket"]


async def test_a_ticket_is_handed_over_and_who_had_it_is_refused(house: House, room: str) -> None:
    ana, mo, zoe, ticket = await helped(house, room)
    held = await mo.takes(ticket)
    await mo.does_with("contact", held)
    await mo.finds_ticket(ticket=ticket, state="in_contact")
    await mo.does_with("hand_over", held, to="Zoe")
    await zoe.finds_ticket(ticket=ticket, offered_to="Zoe", taken_by="Mona")
    hers = await zoe.takes(ticket)
    assert hers["fence"] == held["fence"] + 1
    await ana.is_told("ticket_taken", name="Zoe")
    with pytest.raises(Refused) as no:
        await mo.settles(held)
    assert no.value.code == "conflict"


async def test_a_ticket_that_is_given_back_can_be_taken_by_another(house: House, room: str) -> None:
    ana, mo, zoe, ticket = await helped(house, room)
    held = await mo.takes(ticket)
    await mo.does_with("attempt", held)
    await zoe.finds_ticket(ticket=ticket, attempts=1)
    await mo.does_with("release", held)
    await ana.is_told("ticket_returned", ticket=ticket)
    await zoe.finds_ticket(ticket=ticket, state="open")
    assert (await zoe.takes(ticket))["fence"] == 2


async def test_im_safe_is_told_and_leaves_the_thread_open(house: House, room: str) -> None:
    ana, mo, _, ticket = await helped(house, room)
    await mo.takes(ticket)
    await ana.client.ask("safe")
    assert (await mo.finds_ticket(ticket=ticket, says="safe"))["state"] == "acknowledged"
    assert (await ana.joins(f"ticket:{ticket}"))["state"] == "open"


async def test_an_emergency_call_is_noted_where_the_operator_has_a_policy_for_it(build: Build, tmp_path: Path) -> None:
    (tmp_path / "emergency.toml").write_text('policy = "Call 000 together with the supervisor."')
    house = build(1, content_dir=str(tmp_path))
    ana, mo = await house.peer(), await house.moderator()
    await ana.joins("evening")
    assert (await mo.opens_the_desk())["emergency"] == "Call 000 together with the supervisor."
    await mo.goes_on_duty()
    await ana.says("hello")
    seq = await ana.number_of("hello")
    await mo.client.ask("escalate", channel=ana.channel, seq=seq, urgency="imminent")
    held = await mo.takes((await mo.finds_ticket(channel=ana.channel))["ticket"])
    await mo.does_with("emergency", held, because="underway")
    noted = (await mo.finds_ticket(channel=ana.channel, state="acknowledged"))["noted"]
    assert (noted[-1]["what"], noted[-1]["by"]) == ("emergency", "Mona")


async def test_where_nobody_has_written_a_policy_there_is_no_such_step(house: House, room: str) -> None:
    _, mo, _, ticket = await helped(house, room)
    held = await mo.takes(ticket)
    with pytest.raises(Refused) as no:
        await mo.does_with("emergency", held, because="plan")
    assert no.value.code == "forbidden"


async def test_duty_passes_to_who_accepts_it_and_the_deputys_part_too(build: Build) -> None:
    house = build(2)
    mo, zoe = await house.moderator(at=1), await house.moderator("Zoe", at=0)
    await zoe.opens_the_desk()
    await mo.goes_on_duty()
    await mo.client.ask("deputy")
    await zoe.sees_at_the_desk("duty_changed", deputy="Mona")
    await zoe.goes_on_duty()
    await mo.client.ask("pass_duty", to="Zoe")
    await zoe.client.ask("accept_duty", by="Mona")
    await zoe.sees_at_the_desk("duty_changed", deputy="Zoe", relieved="Mona")
    await zoe.knows_on_duty("Mona", "Zoe")


async def test_who_asks_while_nobody_is_on_duty_is_told_so_once_and_whoever_comes_sees_it_first(build: Build) -> None:
    house = build(2, **SOON)
    ana = await house.peer(0)
    received = await ana.asks_for_help()
    assert received["staff"] == 0
    await ana.is_told("nobody_here", ticket=received["ticket"])
    mo = await house.moderator(at=1)
    desk = await mo.opens_the_desk()
    assert [(each["ticket"], each["nobody_at"] > 0) for each in desk["tickets"]] == [(received["ticket"], True)]
    await mo.finds_ticket(ticket=received["ticket"], paged="operator")
    assert len(ana.was_told("nobody_here")) == 1


async def test_a_ticket_that_nobody_takes_goes_up_to_the_operator_through_killed_processes_and_a_killed_store(
    build: Build,
) -> None:
    house = build(2, **SOON)
    ana, mo = await house.peer(0, returns=True), await house.moderator(at=1)
    await mo.opens_the_desk()
    await mo.goes_on_duty()
    await ana.knows_on_duty("Mona")
    ticket = (await ana.asks_for_help())["ticket"]
    house.servers[0].kill()  # whoever took the request is gone
    house.kill_store()
    house.start_store()
    await ana.client.until(lambda: ana.was_told("nobody_here"), 60)
    mo = await house.moderator("Zoe", at=1)
    desk = await mo.opens_the_desk()
    found = next(each for each in desk["tickets"] if each["ticket"] == ticket)
    assert (found["paged"], found["rings"] > 0) == ("operator", True)
    assert len(ana.was_told("nobody_here")) == 1
