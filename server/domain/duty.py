"""Duty: who is deputy, and how duty passes from one to another by being accepted."""

from collections.abc import Collection

from msgspec import Struct, structs

from server.protocol.events import Passing
from server.protocol.refusals import Code, Refused

PASSING = 20  # offers at a time; the oldest goes


class DutyRecord(Struct, frozen=True):
    """The deputy, who counts while on duty, and who wants to hand over duty to whom."""

    deputy: str = ""
    passing: tuple[Passing, ...] = ()


def seen(record: DutyRecord, on_duty: Collection[str]) -> DutyRecord:
    """As it counts now: nobody who is not on duty is deputy or hands anything over."""
    passing = tuple(each for each in record.passing if each.by in on_duty)
    return DutyRecord(record.deputy if record.deputy in on_duty else "", passing)


def deputised(record: DutyRecord, name: str, on_duty: Collection[str]) -> DutyRecord:
    record = seen(record, on_duty)
    if name not in on_duty:
        raise Refused(Code.FORBIDDEN)
    if record.deputy not in ("", name):
        raise Refused(Code.CONFLICT)
    return structs.replace(record, deputy=name)


def passed(record: DutyRecord, by: str, to: str, on_duty: Collection[str]) -> DutyRecord:
    """Who wants to go asks one colleague who is there; the latest asking counts."""
    record = seen(record, on_duty)
    if by == to or not {by, to} <= set(on_duty):
        raise Refused(Code.FORBIDDEN)
    others = tuple(each for each in record.passing if each.by != by)
    return structs.replace(record, passing=(*others, Passing(by, to))[-PASSING:])


def accepted(record: DutyRecord, by: str, to: str, on_duty: Collection[str]) -> DutyRecord:
    """Only who was asked takes it over, and the deputy's part goes with it."""
    record = seen(record, on_duty)
    if Passing(by, to) not in record.passing:
        raise Refused(Code.GONE)
    rest = tuple(each for each in record.passing if each.by != by)
    return DutyRecord(to if record.deputy == by else record.deputy, rest)
