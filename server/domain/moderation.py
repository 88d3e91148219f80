"""Moderation: what is kept of a message that waits or was reported, and when a person may act on it."""

from msgspec import Struct

from server.protocol.codec import UNSTAMPED
from server.protocol.events import BanItem, Held, Hold, MuteItem, ReportItem
from server.protocol.people import Voice


class HeldRecord(Struct, frozen=True):
    """A message that waits, as the room keeps it: what moderators see, and what its author's side needs."""

    hold: Hold
    person: str
    voice: Voice
    client_id: bytes
    digest: bytes
    author_tag: bytes
    version: str = ""  # of the policy and the rule that held it

    def __repr__(self) -> str:
        return "HeldRecord(...)"

    def as_held(self, ref: int = 0, turn_ms: int = 0, at: int = UNSTAMPED) -> Held:
        """As its author is told."""
        return Held(
            channel=self.hold.channel,
            client_id=self.client_id,
            hold=self.hold.hold,
            text=self.hold.text,
            why=self.hold.why,
            care=self.hold.care,
            due=self.hold.due,
            ref=ref,
            turn_ms=turn_ms,
            at=at,
        )


class ReportRecord(Struct, frozen=True):
    """A report as the desk keeps it, with who was reported and by whom: neither leaves the server."""

    item: ReportItem
    person: str
    reporters: tuple[str, ...]

    def __repr__(self) -> str:
        return "ReportRecord(...)"


class MuteRecord(Struct, frozen=True):
    """A mute as the desk keeps it."""

    item: MuteItem
    person: str

    def __repr__(self) -> str:
        return "MuteRecord(...)"


class BanRecord(Struct, frozen=True):
    """A ban as the desk keeps it."""

    item: BanItem
    person: str

    def __repr__(self) -> str:
        return "BanRecord(...)"


class AuditRow(Struct, frozen=True):
    """Who of the team did what to which thing, and why; never what anyone wrote."""

    who: str
    what: str
    which: str
    why: str
    at: int
