"""The pager, walked: from a press of the help button to a phone, through deaths, and back to the desk."""

import asyncio
import json
import re
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest

from loadtests.ports import free_port
from tests.outside.others import Endpoint
from tests.paging.conftest import Keeper, other
from tests.waiting import until
from tests.walks.house import House

__all__ = ["other"]

PAGER = """
[[routes]]
name = "hook"
kind = "webhook"
url = "http://127.0.0.1:{port}/alerts"
secret = "HOOK"

[[routes]]
name = "bell"
kind = "command"
program = "true"

[steps]
team = ["hook"]
deputy = ["hook"]
everyone = ["hook"]
operator = ["hook", "bell"]
"""


class Paged(House):
    rooms = 2
    without = ("care", "conduct")
    port = 0

    def _write_rooms(self) -> None:
        super()._write_rooms()
        (self.folder / "content" / "pager.toml").write_text(PAGER.format(port=self.port))


@pytest.fixture
def paged() -> Iterator[Paged]:
    """A house of two processes, whose webhook is not there yet."""
    Paged.port = free_port()
    soon = {"PAGE_MS": "2000", "PAGE_RETRY_MS": "100", "PAGE_RETRY_MOST_MS": "500", "PAGE_CHECK_MS": "100"}
    with Paged(2, HOOK="secret", **soon) as house:  # a call that dies with its process is free after its lease
        yield house


def alert(endpoint: Endpoint) -> dict[str, Any]:
    return alerts(endpoint)[-1]


def alerts(endpoint: Endpoint) -> list[dict[str, Any]]:
    return [json.loads(body) for _, body, *_ in endpoint.heard]


async def test_a_call_outlives_the_process_that_left_it_and_is_made_when_the_way_is_back(
    paged: Paged, other: Keeper
) -> None:
    ana, mo = await paged.peer(0), await paged.moderator(at=1)
    await ana.joins("walk-0")
    await mo.opens_the_desk()
    await ana.asks_for_help()
    ticket = (await mo.finds_ticket(channel=ana.channel))["ticket"]
    await mo.sees_at_the_desk("pager_changed", route="hook", fails=True)
    paged.servers[0].kill()
    endpoint = other(Endpoint(port=paged.port))
    await until(lambda: "operator" in [each["step"] for each in alerts(endpoint)])  # for nobody is on duty
    assert {each["ticket"] for each in alerts(endpoint)} == {ticket}
    await mo.sees_at_the_desk("pager_changed", route="hook", fails=False)
    await paged.see_everyone_out()


async def test_what_comes_to_a_phone_holds_nothing_of_anyone_and_a_press_reaches_every_desk(
    paged: Paged, other: Keeper
) -> None:
    endpoint = other(Endpoint(port=paged.port))
    ana, mo = await paged.peer(0), await paged.moderator(at=1)
    joined = await ana.joins("walk-1")
    await ana.says("a canary in words")
    await mo.opens_the_desk()
    await ana.asks_for_help()
    await until(lambda: endpoint.heard)
    said = endpoint.heard[0][1].decode()
    assert not re.search(f"canary|walk-1|room|{joined['handle']}", said)
    link = alert(endpoint)["link"]
    assert await asyncio.to_thread(_status, link, None) == 200
    assert await asyncio.to_thread(_status, link, b"") == 200
    told = await mo.sees_at_the_desk("page_seen", route="hook")
    assert (await mo.finds_ticket(ticket=told["ticket"]))["state"] == "open"
    assert not ana.was_told("page_seen")
    await paged.see_everyone_out()


def _status(link: str, body: bytes | None) -> int:
    with urllib.request.urlopen(urllib.request.Request(link, data=body), timeout=20) as answer:
        return int(answer.status)
