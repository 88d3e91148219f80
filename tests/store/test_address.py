"""What may stand in REDIS_URL, and what each form leads to."""

from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

import pytest

from server.config import BadSetting, Settings
from server.store import address
from server.store.address import reached
from server.store.nodes import One


@pytest.mark.parametrize(
    "url",
    ["", "http://127.0.0.1:1", "redis+sentinel://127.0.0.1:1", "redis://127.0.0.1:port", "redis+cluster://h:port"],
)
async def test_what_is_no_address_is_said_to_be_none(url: str) -> None:
    with pytest.raises(BadSetting):
        await reached(url, Settings())


async def test_one_node_is_reached_by_its_address(settings: Settings) -> None:
    nodes = await reached(settings.redis_url, settings)
    assert isinstance(nodes, One)
    assert await nodes.link.ask(("PING",)) == b"PONG"
    await nodes.close()


async def test_a_cluster_that_does_not_answer_is_an_error_and_no_wait() -> None:
    with pytest.raises(OSError, match="no node of the cluster"):
        await reached("redis+cluster://127.0.0.1:1", replace(Settings(), store_ms=200))


def test_several_places_each_with_its_port_or_the_usual_one() -> None:
    url = urlsplit("redis+sentinel://ana:a%40b@one:1,two,[::1]:3/main/0")
    assert address._places(url, 26379) == [("one", 1), ("two", 26379), ("::1", 3)]


def test_names_and_passwords_may_hold_any_sign() -> None:
    how = address._how(urlsplit("rediss+cluster://ana:a%40b@one:1"), Settings())
    assert (how["username"], how["password"], how["ssl"]) == ("ana", "a@b", True)


async def test_a_sentinel_is_asked_for_the_primary_of_that_name() -> None:
    client: Any = address._primary(
        urlsplit("redis+sentinel://:word@one:1,two:2/main/3?sentinel_password=w"), Settings()
    )
    pool = client.connection_pool
    assert (pool.service_name, pool.connection_kwargs["db"], pool.connection_kwargs["password"]) == ("main", 3, "word")
    places = [(each.connection_pool.connection_kwargs["host"]) for each in pool.sentinel_manager.sentinels]
    assert places == ["one", "two"]
    await client.aclose()
