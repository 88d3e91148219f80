"""Records of moderation show nothing of whose they are."""

from server.domain.moderation import BanRecord, HeldRecord, MuteRecord, ReportRecord
from server.protocol.codec import UNSTAMPED
from server.protocol.events import BanItem, Hold, MuteItem, ReportItem
from server.protocol.fields import ReportReason, Scope, StaffReason
from server.protocol.people import Voice

HOLD = Hold(
    hold="h1", channel="room:night", handle="heron", text="words", why="contact", rule="r1", care=False, urgency=None,
    seq=3, since=1, due=9,
)  # fmt: skip
HELD = HeldRecord(HOLD, "ana", Voice.PEER, b"1" * 16, b"digest00", bytes(8))


def test_its_author_is_told_what_waits_and_until_when() -> None:
    held = HELD.as_held(ref=4, turn_ms=30_000, at=2)
    assert (held.text, held.why, held.due, held.ref, held.turn_ms) == ("words", "contact", 9, 4, 30_000)
    assert HELD.as_held().at == UNSTAMPED, "the script writes the time over it"


def test_a_record_never_shows_a_person_or_a_text() -> None:
    item = ReportItem(
        report="r1", channel="room:night", seq=1, handle="heron", text="words", reason=ReportReason.SPAM, note="",
        times=1, context=(), since=1,
    )  # fmt: skip
    mute = MuteItem(
        mute="m1", channel=None, handle="heron", scope=Scope.HERE, reason=StaffReason.SPAM, by="Wren", until=9
    )
    ban = BanItem(ban="b1", channel="room:night", handle="heron", reason=StaffReason.SPAM, by="Wren", until=9)
    for record in (HELD, ReportRecord(item, "ana", ("ben",)), MuteRecord(mute, "ana"), BanRecord(ban, "ana")):
        assert not {"ana", "ben", "words"} & set(repr(record).replace("(", " ").split())
