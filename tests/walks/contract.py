"""The contract of frames (M19): what each role may hear, and with which fields. Every frame of every walk is held
against `golden.json`; `make golden` writes it anew, from what the walks hear and what the protocol declares."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct, inspect

from loadtests.client import Client
from loadtests.following import Event
from server.protocol import codec
from server.protocol.shapes import tag

GOLDEN = Path(__file__).with_name("golden.json")
PEER, CONCERNED, OFF_DUTY = "peer", "peer concerned", "staff off duty"
CARERS = {"moderator", "professional", "supervisor", "operator"}
CALLS = {"help", "safe"}  # who sends one of these is concerned, whatever the desk knows
ALSO = {CONCERNED: PEER, **dict.fromkeys(CARERS, OFF_DUTY)}  # whose contract theirs only adds to
MAY_BE_LOST = {"here", "writing", "on_duty", "condition", "pong"}  # in everyone's: nothing is owed to anyone
PRIMITIVES = {"int": int, "str": str, "bin": bytes, "bool": bool, "nil": type(None)}

Hears = dict[str, set[str]]  # by role, the events

heard: Hears = defaultdict(set)  # of all walks of this process


class Overheard(Client):
    """A client of a walk: everything it hears is kept, with who it was at that moment."""

    def __init__(self, *urls: str, **more: Any) -> None:
        super().__init__(*urls, **more)
        self.frames: list[tuple[str, Event]] = []
        self.asked: set[str] = set()
        self.names: set[tuple[str, str]] = set()  # channel and name
        self._duty = False

    async def send(self, command: object) -> None:
        if isinstance(command, dict):
            kind = command.get("type", "")
            self.asked.add(kind)
            if kind in ("duty", "take"):
                self._duty = command.get("state", "on") == "on"
        await super().send(command)

    def _hear(self, seq: int, event: Event) -> None:
        role = event.get("role") if event["type"] == "welcome" else self.welcome.get("role")
        if role is not None:
            is_off = role in CARERS and not self._duty
            self.frames.append((OFF_DUTY if is_off else str(role), event))
        if event["type"] in ("joined", "named"):
            self.names.add((event["channel"], event["handle"]))
        super()._hear(seq, event)


def of_a_walk(clients: Iterable[Overheard]) -> Iterator[tuple[str, Event]]:
    """Every frame with its hearer. A peer is concerned by what was done and by the desk's own list, not by frames."""
    people = list(clients)
    tickets = {
        (ticket["channel"], ticket["handle"])
        for each in people
        for role, event in each.frames
        if role != PEER
        for ticket in _tickets(event)
    }
    for each in people:
        is_concerned = bool(each.asked & CALLS or each.names & tickets)
        for role, event in each.frames:
            yield (CONCERNED if role == PEER and is_concerned else role), event


def breaches(frames: Iterable[tuple[str, Event]], golden: dict[str, Any]) -> list[str]:
    """What someone heard that is not in their contract, in words without what was said."""
    found = []
    for role, event in frames:
        kind = event["type"]
        heard[role].add(kind)
        if kind not in may_hear(role, golden):
            found.append(f"a {role} hears {kind}")
        elif not fits({name: value for name, value in event.items() if name != "type"}, golden["fields"][kind]):
            found.append(f"{kind}, as a {role} hears it, has other fields: {sorted(event)}")
        if kind == "page":
            found += breaches(((role, inner) for _, inner in event["frames"]), golden)
    return sorted(set(found))


def may_hear(role: str, golden: dict[str, Any]) -> set[str]:
    hears = golden["hears"]
    if role not in hears and role not in ALSO:
        return set()
    return {*hears.get(role, ()), *hears.get(ALSO.get(role, role), ()), *MAY_BE_LOST}


def fits(value: Any, shape: Any) -> bool:
    match shape:
        case {"nil or": inner}:
            return value is None or fits(value, inner)
        case dict():
            return (
                isinstance(value, dict)
                and value.keys() == shape.keys()
                and all(fits(value[name], inner) for name, inner in shape.items())
            )
        case [inner]:
            return isinstance(value, list) and all(fits(each, inner) for each in value)
        case "frame":
            return isinstance(value, list) and len(value) == 2
        case _:
            return any(type(value) is PRIMITIVES.get(each, str) for each in str(shape).split(" or "))


def declared() -> dict[str, Any]:
    """The fields of every event with their types, and within them."""
    return {str(tag(event)): _fields(event) for event in codec.EVENTS}


def golden() -> dict[str, Any]:
    return dict(json.loads(GOLDEN.read_text()))


def write(hears: Hears) -> None:
    rows = {role: sorted(_own(role, hears)) for role in sorted(hears)}
    GOLDEN.write_text(json.dumps({"hears": rows, "fields": declared()}, indent=2) + "\n")


def unheard(hears: Hears, golden: dict[str, Any]) -> list[str]:
    """Rows of the contract that no walk needs."""
    return [
        f"no {role} hears {event}"
        for role, events in golden["hears"].items()
        for event in events
        if event not in hears.get(role, ())
    ]


def _own(role: str, hears: Hears) -> set[str]:
    also = hears.get(ALSO[role], set()) if role in ALSO else set()
    return hears[role] - also - MAY_BE_LOST


def _tickets(event: Event) -> Iterator[Event]:
    if event["type"] == "ticket_changed":
        yield event["ticket"]
    elif event["type"] == "desk_state":
        yield from event["tickets"]


def _fields(struct: type[Struct]) -> dict[str, Any]:
    info = inspect.type_info(struct)
    assert isinstance(info, inspect.StructType)
    return {field.encode_name: _shape(field.type) for field in info.fields}


def _shape(kind: inspect.Type) -> Any:
    match kind:
        case inspect.Metadata(type=inner):
            return _shape(inner)
        case inspect.IntType():
            return "int"
        case inspect.StrType():
            return "str"
        case inspect.BytesType():
            return "bin"
        case inspect.BoolType():
            return "bool"
        case inspect.NoneType():
            return "nil"
        case inspect.RawType():
            return "frame"
        case inspect.EnumType(cls=enum):
            return enum.__name__
        case inspect.StructType(cls=struct):
            return ({"type": "str"} if tag(struct) else {}) | _fields(struct)
        case inspect.VarTupleType(item_type=item):
            return [_shape(item)]
        case inspect.UnionType(types=types):
            shapes = [_shape(each) for each in types]
            simple = [each for each in shapes if isinstance(each, str)]
            if simple == shapes:
                return " or ".join(simple)
            (inner,) = (each for each in shapes if not isinstance(each, str))
            return {"nil or": inner}
    raise TypeError(f"no words for {kind}")
