"""The words as TypeScript: what the web client speaks, made from the same structs that the server reads."""

from collections.abc import Iterable
from enum import StrEnum

from msgspec import NODEFAULT, Struct, inspect

from server.protocol import codec, commands, refusals
from server.protocol.shapes import described, enums, manual_entry, shared, tag

HEADER = "// Generated from server/protocol by `make protocol`; do not edit.\n"
LINE = 120  # characters


def typescript() -> str:
    parts = [
        HEADER,
        f"export const VERSION = {commands.VERSION};\n",
        *map(_enum, enums()),
        *map(_interface, (*shared(), *codec.COMMANDS, *codec.EVENTS)),
        _union("Command", codec.COMMANDS),
        _union("Event", codec.EVENTS),
        _closes(),
    ]
    return "\n".join(parts)


def _enum(enum: type[StrEnum]) -> str:
    values = [f'"{member.value}"' for member in enum]
    head = f"export type {enum.__name__} ="
    line = f"{head} {' | '.join(values)};\n"
    return line if len(line) <= LINE else "\n  | ".join([head, *values]) + ";\n"


def _interface(struct: type[Struct]) -> str:
    kind = tag(struct)
    lines = [f'  type: "{kind}";'] if kind else []
    lines += [f"  {field.encode_name}{_mark(struct, field)}: {_type(field.type)};" for field in described(struct)]
    return _comment(struct) + f"export interface {struct.__name__} {{\n" + "\n".join(lines) + "\n}\n"


def _comment(struct: type[Struct]) -> str:
    lines = manual_entry(struct).splitlines()
    match lines:
        case []:
            return ""
        case [line]:
            return f"/** {line} */\n"
        case _:
            return "/**\n" + "".join(f" * {line}".rstrip() + "\n" for line in lines) + " */\n"


def _mark(struct: type[Struct], field: inspect.Field) -> str:
    """What we send may leave defaults out; what we hear is always whole."""
    return "?" if issubclass(struct, commands.Command) and field.default is not NODEFAULT else ""


def _type(kind: inspect.Type) -> str:
    match kind:
        case inspect.Metadata(type=inner):
            return _type(inner)
        case inspect.IntType():
            return "number"
        case inspect.StrType():
            return "string"
        case inspect.BytesType():
            return "Uint8Array"
        case inspect.BoolType():
            return "boolean"
        case inspect.NoneType():
            return "null"
        case inspect.RawType():
            return "readonly [number, Event]"
        case inspect.EnumType(cls=cls) | inspect.StructType(cls=cls):
            return cls.__name__
        case inspect.VarTupleType(item_type=item):
            return f"readonly {_type(item).removeprefix('readonly ')}[]"
        case inspect.UnionType(types=types):
            return " | ".join(map(_type, types))
    raise TypeError(f"no TypeScript for {kind}")


def _union(name: str, structs: Iterable[type[Struct]]) -> str:
    return f"export type {name} =\n" + "\n".join(f"  | {struct.__name__}" for struct in structs) + ";\n"


def _closes() -> str:
    codes = "\n".join(f"  {close.name}: {close.value}," for close in refusals.Close)
    stay_away = ", ".join(str(int(close)) for close in sorted(refusals.STAY_AWAY))
    return (
        f"export const CLOSE = {{\n{codes}\n}} as const;\n\n"
        "/** Close codes after which a client must not come back by itself. */\n"
        f"export const STAY_AWAY: ReadonlySet<number> = new Set([{stay_away}]);\n"
    )
