"""A whole house without its front door: real store, real hub, and connections whose frames are written down."""

import itertools
import os
import weakref
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from typing import Any

import msgspec
import pytest

from server import app, screeners
from server.actions import dispatch, greeting
from server.actions.services import Services
from server.config import Settings
from server.domain.accounts import Person
from server.domain.screening import Policy
from server.protocol import codec, commands, events
from server.protocol.people import Role
from server.protocol.refusals import Close
from server.transport.connection import Connection
from server.transport.hub import Hub

NIGHT = "room:evening"


class Wire:
    """The socket's end: what was written, to the descriptor or through it, and with what code it was closed."""

    cookie: str | None = None
    unsent = 0
    answered = float("inf")

    def __init__(self) -> None:
        self.fd = os.memfd_create("wire")
        weakref.finalize(self, os.close, self.fd)
        self.closed: Close | None = None
        self._heard: list[tuple[int, events.Event]] = []
        self._read = 0

    def send(self, framed: bytes) -> None:
        os.write(self.fd, framed)

    @property
    def heard(self) -> list[tuple[int, events.Event]]:
        framed = os.pread(self.fd, os.fstat(self.fd).st_size, self._read)
        self._read += len(framed)
        while framed:
            size, head = (framed[1], 2) if framed[1] < 126 else (int.from_bytes(framed[2:4]), 4)
            payload, framed = framed[head : head + size], framed[head + size :]
            seq = int.from_bytes(payload[2:10])
            self._heard.append((seq, codec.inside(payload)))
        return self._heard

    def close(self, code: Close, reason: str = "") -> None:
        self.closed = code


class Someone:
    """A person with a connection: does things, and has heard things."""

    def __init__(self, services: Services, hub: Hub, person: Person) -> None:
        self.wire = Wire()
        self.connection = Connection(self.wire, services, hub)
        assert self.connection._greeting is not None
        self.connection._greeting.cancel()
        self.connection.admit(person)
        self._services = services
        self._refs = itertools.count(1)

    async def does(self, kind: type[commands.Command], **fields: Any) -> Any:
        """The answer to a command."""
        command = kind(ref=next(self._refs), **fields)
        answer = await dispatch.run(self._services, self.connection, command)
        if answer is not None:
            self.connection._answer(answer)
            self.connection.flush()
        return answer

    async def greets(self) -> events.Welcome:
        """As hello does: the inbox is followed from here on."""
        person = self.connection.person
        await self._services.store.accounts.begin(person)
        hello = commands.Hello(ref=0, version=1)
        welcome = await greeting.welcome(self._services, self.connection, person.id, person.session, hello)
        assert welcome is not None
        self.connection._answer(welcome)
        self.connection.flush()
        return welcome

    async def says(self, text: str, channel: str = NIGHT, client_id: bytes | None = None, **more: Any) -> Any:
        client_id = client_id or msgspec.msgpack.encode(next(self._refs)).rjust(16, b"c")
        return await self.does(commands.Post, channel=channel, client_id=client_id, text=text, rules=1, **more)

    def heard(self, kind: type[events.Event]) -> list[Any]:
        return [event for _, event in self.wire.heard if isinstance(event, kind)]


Arrive = Callable[..., Someone]


_matchers: dict[str, Any] = {}


@pytest.fixture(autouse=True)
def built_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The matchers take half a second to build and keep no state between texts."""
    build = screeners.build

    def built(policy: Policy, read: screeners.Reader, kept: bytes = b"") -> Any:
        if policy.version not in _matchers:
            _matchers[policy.version] = build(policy, read, kept=kept)
        return _matchers[policy.version]

    monkeypatch.setattr(screeners, "build", built)


@pytest.fixture
async def house(settings: Settings) -> AsyncIterator[tuple[Services, Hub]]:
    # The policy is looked at when a test says so.
    quick = replace(settings, presence_jitter_ms=0, message_burst=100, default_country="GB", policy_ms=3_600_000)
    async with app.house(quick, settings.redis_url) as (services, hub):
        yield services, hub


@pytest.fixture
def services(house: tuple[Services, Hub]) -> Services:
    return house[0]


@pytest.fixture
def arrive(house: tuple[Services, Hub]) -> Arrive:
    """`arrive("ana")` is a peer, `arrive("wren", Role.MODERATOR)` one of the team; the same name is the same person."""
    services, hub = house

    def arrives(name: str, role: Role = Role.PEER) -> Someone:
        person = Person(id=name.ljust(32, "0"), role=role, name="" if role is Role.PEER else name, session=name)
        return Someone(services, hub, person)

    return arrives
