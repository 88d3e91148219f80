"""What an action may know of the sockets: the connection that asks, and the house it stands in."""

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from msgspec import Struct

from server.domain.accounts import Person
from server.domain.blocks import Apart
from server.domain.care import Rest
from server.domain.channels import Entry, Standing
from server.protocol.events import Event
from server.protocol.refusals import Close


class Caller(Protocol):
    """One connection, as an action sees it: who it is, what they are called where, what they agreed to,
    and which channels a moderator has sent them out of, and from whom they are kept apart."""

    accepted: int
    rest: Rest | None
    sent_out: tuple[str, ...]
    sides: tuple[Apart, ...]
    seats: dict[str, str]  # in one-to-ones: what the step that says something knows them by, with its fence

    @property
    def person(self) -> Person: ...
    @property
    def names(self) -> dict[str, str]: ...
    @property
    def hidden(self) -> Mapping[str, frozenset[bytes]]: ...
    @property
    def socket_name(self) -> str: ...
    @property
    def answering(self) -> bool: ...
    def admit(self, person: Person) -> None:
        """From here on they are who they are, and are found by it."""

    def then(self, after: Callable[[], None]) -> None: ...


class Page(Struct, frozen=True):
    """Part of a channel's log: frames with their authors' tags, and up to which number they tell all that there is."""

    frames: tuple[bytes, ...]
    tags: tuple[bytes, ...]
    reached: int


class Ring(Protocol):
    """The recent frames of a channel in this process's memory; all numbers above `floor` are in it or were removed."""

    @property
    def epoch(self) -> int: ...
    @property
    def top(self) -> int: ...
    @property
    def floor(self) -> int: ...
    def latest(self, count: int) -> int: ...


class Here(Protocol):
    """What the sockets of this process know and do; the hub."""

    async def ring(self, channel: str) -> Ring: ...
    def listen(self, channel: str) -> None:
        """Hears a channel from now on; what is heard waits for `begin`, which ends what this began."""

    def begin(self, channel: str, standing: Standing, recent: Sequence[Entry]) -> None:
        """With what was read by a step that was asked for after `listen`; nothing where the ring is there already."""

    def start(self, caller: Caller, channel: str, after: int, page: Page | None = None) -> None:
        """Replays what comes after a number, from that page of the log on where there is one, and then feeds."""

    def leave(self, caller: Caller, channel: str) -> None: ...
    def send_out(self, person: str, channel: str) -> None:
        """Every connection that a person has here leaves a channel; they hear nothing more of it."""

    def callers(self, person: str) -> tuple[Caller, ...]:
        """Every connection that a person has here."""

    def people(self) -> tuple[str, ...]:
        """Everyone who has a connection here."""

    def hide(self, caller: Caller, channel: str, tags: frozenset[bytes]) -> None:
        """From here on the caller hears nothing in a channel that these authors cause."""

    async def overhear(self, channel: str, heard: Callable[[bytes | None], None]) -> None:
        """Hears a channel for this process and not for a connection; None: something of it may have been missed."""

    def overheard(self) -> int:
        """How often it heard something so."""

    def tell(self, person: str, event: Event) -> None: ...
    async def hurry(self) -> None: ...
    async def forget_unfollowed(self) -> None: ...
    async def close(self, person: str, code: Close, socket: str) -> None: ...
