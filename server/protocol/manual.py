"""The manual of the protocol: the prose of manual.md with tables made from the words themselves."""

import inspect as source
import re
from collections.abc import Iterable
from enum import Enum
from pathlib import Path
from string import Template

from msgspec import NODEFAULT, Struct, inspect

from server.protocol import codec, commands, fields, refusals
from server.protocol.listening import LISTENERS
from server.protocol.people import CARERS, EVERYONE, MODERATORS, PEERS, STAFF, SUPERVISORS, Role
from server.protocol.shapes import described, enums, manual_entry, shared, tag
from server.protocol.worked import worked

PROSE = Path(__file__).with_name("manual.md")
WHO = {
    EVERYONE: "anyone",
    STAFF: "staff: listeners, moderators, professionals, supervisors, operators",
    CARERS: "moderators, professionals, supervisors, operators",
    LISTENERS: "listeners, supervisors",
    PEERS: "peers",
    MODERATORS: "moderators, supervisors, operators",
    SUPERVISORS: "supervisors",
}
HEARD = {
    "reply": "Answers to a command (no number)",
    "room": "In a room or thread",
    "all": "To everyone (no number)",
    "inbox": "In one's own inbox",
    "desk": "At the desk",
    "supervision": "Among supervisors",
}


def manual() -> str:
    return Template(PROSE.read_text()).substitute(
        version=commands.VERSION,
        resumptions=_remarks_table("resumed", fields.Resumption),
        commands="\n\n".join(map(_command, codec.COMMANDS)),
        events="\n\n".join(_events_heard(heard) for heard in HEARD),
        shapes="\n\n".join(map(_struct, shared())),
        enums=_enums(),
        refusals=_remarks_table("code", refusals.Code),
        closes=_closes(),
        worked=worked(),
    )


def _command(command: type[commands.Command]) -> str:
    return f"### `{tag(command)}`\n\n{manual_entry(command)}\n\nWho: {_who(command.roles)}.\n\n{_fields(command)}"


def _who(roles: frozenset[Role]) -> str:
    return WHO.get(roles) or ", ".join(sorted(roles))


def _events_heard(heard: str) -> str:
    entries = [_event(event) for event in codec.EVENTS if event.heard == heard]
    return f"### {HEARD[heard]}\n\n" + "\n\n".join(entries)


def _event(event: type[Struct]) -> str:
    said = manual_entry(event)
    return f"#### `{tag(event)}`\n\n" + (f"{said}\n\n" if said else "") + _fields(event)


def _struct(struct: type[Struct]) -> str:
    return f"### {struct.__name__}\n\n{manual_entry(struct)}\n\n{_fields(struct)}"


def _fields(struct: type[Struct]) -> str:
    rows = [_field(field, optional=issubclass(struct, commands.Command)) for field in described(struct)]
    return _table(("field", "type", "what"), rows)


def _field(field: inspect.Field, optional: bool) -> tuple[str, str, str]:
    left_out = f"optional: {_written(field.default)}" if optional and field.default is not NODEFAULT else ""
    return f"`{field.encode_name}`", _type(field.type), "; ".join(filter(None, (left_out, _description(field.type))))


def _written(value: object) -> str:
    match value:
        case None:
            return "nil"
        case Enum():
            return f"`{value.value}`"
        case _:
            return f'`"{value}"`' if isinstance(value, str) else f"`{value}`"


def _description(kind: inspect.Type) -> str:
    match kind:
        case inspect.Metadata(extra_json_schema=extra):
            return str((extra or {}).get("description", ""))
        case inspect.UnionType(types=types):
            return next(filter(None, map(_description, types)), "")
        case _:
            return ""


def _type(kind: inspect.Type) -> str:
    match kind:
        case inspect.Metadata(type=inner):
            return _type(inner)
        case inspect.IntType(ge=low, le=high):
            return "int" if low is None and high is None else f"int {low} to {high}"
        case inspect.StrType(pattern=str() as pattern):
            return f"str `{_portable(pattern)}`"
        case inspect.StrType(max_length=longest):
            return f"str, at most {longest}"
        case inspect.BytesType(max_length=length):
            return f"bin, {length} bytes"
        case inspect.BoolType():
            return "bool"
        case inspect.NoneType():
            return "nil"
        case inspect.RawType():
            return "`[seq, event]`"
        case inspect.EnumType(cls=enum):
            return enum.__name__
        case inspect.StructType(cls=struct):
            return f"[{struct.__name__}](#{struct.__name__.lower()})"
        case inspect.VarTupleType(item_type=item):
            return f"array of {_type(item)}"
        case inspect.UnionType(types=types):
            return " or ".join(map(_type, types))
    raise TypeError(f"no words for {kind}")


def _portable(pattern: str) -> str:
    """`\\Z` is Python's word for the very end; a bar would end the table's cell."""
    return pattern.replace(r"\Z", "$").replace("|", r"\|")


def _enums() -> str:
    named = (enum for enum in enums() if enum is not refusals.Code)
    rows = [(enum.__name__, ", ".join(f"`{member.value}`" for member in enum)) for enum in named]
    return _table(("one of", "values"), rows)


def _closes() -> str:
    said = _remarks(refusals.Close)
    rows = [(str(int(close)), said[close.name], _band(close)) for close in refusals.Close]
    return _table(("code", "why", "what to do"), rows)


def _band(close: refusals.Close) -> str:
    return "stay away" if close in {*refusals.STAY_AWAY, refusals.Close.NORMAL} else "come back"


def _remarks_table(title: str, enum: type[Enum]) -> str:
    said = _remarks(enum)
    return _table((title, "meaning"), [(f"`{each.value}`", said[each.name]) for each in enum])


def _remarks(enum: type[Enum]) -> dict[str, str]:
    """What the comment behind each member says."""
    return dict(re.findall(r"^ +([A-Z_]+) = [^#\n]+# (.+)$", source.getsource(enum), re.MULTILINE))


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
