"""The words seen from outside: which there are, and what their fields hold; what the generated files are made from."""

from enum import StrEnum

from msgspec import Struct, inspect

from server.protocol import (
    blocking,
    commands,
    events,
    feedback,
    fields,
    handbook,
    listening,
    own_data,
    people,
    policy,
    refusals,
    standing,
    supervising,
    training,
    transfers,
)

TOPICS = (feedback, own_data, policy, supervising, transfers, training, standing)
# Where structs are declared that commands and events share.
SHARING = (fields, events, blocking, listening, handbook, *TOPICS)


def enums() -> list[type[StrEnum]]:
    """Every enumeration of the wire."""
    found = [
        each
        for module in (people, refusals, fields, listening, *TOPICS)
        for each in vars(module).values()
        if isinstance(each, type) and issubclass(each, StrEnum) and each is not StrEnum
    ]
    return list(dict.fromkeys(found))


def shared() -> list[type[Struct]]:
    """Structs that are part of commands and events without being one."""
    found = [
        each
        for module in SHARING
        for each in vars(module).values()
        if isinstance(each, type) and issubclass(each, Struct) and each is not Struct
    ]
    return [each for each in dict.fromkeys(found) if not issubclass(each, events.Event | commands.Command)]


def described(struct: type[Struct]) -> tuple[inspect.Field, ...]:
    info = inspect.type_info(struct)
    assert isinstance(info, inspect.StructType)
    return info.fields


def tag(struct: type[Struct]) -> str | None:
    named = struct.__struct_config__.tag
    return None if named is None else str(named)


def manual_entry(struct: type[Struct]) -> str:
    """The docstring of the struct's own, with its lines as written."""
    lines = (vars(struct).get("__doc__") or "").strip().splitlines()
    return "\n".join(line.strip() for line in lines)
