"""Errands survive being left in the store."""

from server.domain.errands import Errand, NoteBan, NoteMute, OpenTicket, Page, Reached, Tell, packed, unpacked
from server.protocol.events import BanItem, MuteItem
from server.protocol.fields import PageStep, Scope, StaffReason, TicketSource, Urgency

MUTE = MuteItem(
    mute="m1", channel=None, handle="heron", scope=Scope.EVERYWHERE, reason=StaffReason.SPAM, by="Wren", until=9
)
BAN = BanItem(ban="b1", channel="room:night", handle="heron", reason=StaffReason.SPAM, by="Wren", until=9)
ERRANDS: dict[str, Errand] = {
    "tell:1": Tell("desk", b"\x00\xff event"),
    "mute:m1": NoteMute("ana", MUTE),
    "ban:b1": NoteBan("ana", BAN),
    "ticket:t1": OpenTicket(
        ticket="t1", person="ana", source=TicketSource.REPORT, urgency=Urgency.CONCERN, channel=None, handle="heron",
        text="words", rule="", since=1, note="what I saw", told=True,
    ),
    "reached:m1": Reached("t1", "Wren"),
    "page:t1:1": Page("t1", Urgency.IMMINENT, PageStep.TEAM, 1),
}  # fmt: skip


def test_each_is_packed_with_its_length_and_comes_back_as_it_was() -> None:
    rest, found = packed(ERRANDS), {}
    while rest:
        size = int.from_bytes(rest[:4])
        errand, rest = rest[4 : 4 + size].decode(), rest[4 + size :]
        size = int.from_bytes(rest[:4])
        found[errand], rest = unpacked(rest[4 : 4 + size]), rest[4 + size :]
    assert found == ERRANDS


def test_none_is_nothing() -> None:
    assert packed({}) == b""
