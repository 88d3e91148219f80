"""The reception: makes a connection of every socket that opens; the endpoint of `transport/websocket.py`."""

from typing import Any

from server.actions.services import Services
from server.transport.connection import Connection, House


class Reception:
    def __init__(self, services: Services, house: House) -> None:
        self._services = services
        self._house = house

    def opened(self, socket: Any) -> None:
        socket.endpoint_state = Connection(socket, self._services, self._house)

    def received(self, socket: Any, data: bytes) -> None:
        socket.endpoint_state.received(data)

    def flow_changed(self, socket: Any) -> None:
        socket.endpoint_state.flow_changed()

    def closed(self, socket: Any) -> None:
        socket.endpoint_state.closed()
        socket.endpoint_state = None
