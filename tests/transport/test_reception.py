"""Every socket gets its connection, and leaves nothing behind."""

import asyncio
from typing import Any

from server import app
from server.actions.accounts import enter
from server.config import Settings
from server.transport.reception import Reception
from tests.actions.conftest import Wire


async def test_a_socket_that_closes_takes_its_connection_with_it(settings: Settings) -> None:
    async with app.house(settings, settings.redis_url) as (services, hub):
        reception = Reception(services, hub)
        socket: Any = Wire()
        socket.cookie = (await enter(services, None)).token
        reception.opened(socket)
        assert len(hub.connections) == 1
        reception.closed(socket)
        await asyncio.sleep(0)
        assert len(hub.connections) == 0
        assert socket.endpoint_state is None
