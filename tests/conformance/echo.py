"""Our own socket in a uvicorn that really runs, saying back whatever it hears: what a conformance suite talks to."""

from typing import Any

from websockets.frames import Frame, Opcode

from server.transport import frames
from server.transport.websocket import State, WebSocket
from tests.transport.wire import Running


class Endpoint:
    def opened(self, socket: WebSocket) -> None: ...
    def received(self, socket: WebSocket, data: bytes) -> None:
        socket.send(frames.framed(data))

    def flow_changed(self, socket: WebSocket) -> None: ...
    def closed(self, socket: WebSocket) -> None: ...


class TextToo(WebSocket):
    """Porchlight refuses text, and the suite speaks it: this is all that differs from the class of production."""

    __slots__ = ()

    def _hear(self, event: frames.Event) -> None:
        if isinstance(event, str) and self._state is State.OPEN:
            self.send(Frame(Opcode.TEXT, event.encode()).serialize(mask=False))
        else:
            super()._hear(event)


class Echo(Running):
    def sockets(self, endpoint: Any) -> type[WebSocket]:
        return type("EchoSocket", (TextToo, super().sockets(endpoint)), {"__slots__": ()})
