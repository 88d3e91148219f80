"""What is kept of a listener's question and of a transfer, beside the one-to-one that they are about."""

from msgspec import Struct

from server.protocol.supervising import AskItem, AskStep
from server.protocol.transfers import TransferStep, TransferTo


class Ask(Struct, frozen=True, kw_only=True, tag="ask"):
    """What a listener asks of supervisors, by its thread: about a one-to-one, or with no `one` about themselves.

    `since`: when it was asked last; `answered`: by whom, and `at` when, or when a supervisor last wrote about
    themselves. `called`: how far the pager has gone, `calls`: how often it was asked in all.
    """

    channel: str
    one: str
    person: str
    name: str
    since: int
    due: int
    answered: str = ""
    at: int = 0
    called: AskStep | None = None
    calls: int = 0

    def __repr__(self) -> str:
        return "Ask(...)"

    @property
    def waits(self) -> bool:
        return not self.answered

    def as_item(self) -> AskItem:
        return AskItem(
            channel=self.channel,
            one=self.one or None,
            name=self.name,
            since=self.since,
            due=self.due,
            answered_by=self.answered,
            called=self.called,
        )


class Handing(Struct, frozen=True, kw_only=True):
    """A transfer that is under way. `to` is the receiver, `name` what they are called, `passed` who let it pass.

    `is_offered`: a supervisor offers to take over, and has accepted beforehand. `is_watched`: it is one of the
    receiver's first.
    """

    id: str
    kind: TransferTo
    summary: str
    step: TransferStep
    until: int
    to: str = ""
    name: str = ""
    passed: tuple[str, ...] = ()
    is_offered: bool = False
    is_watched: bool = False

    def __repr__(self) -> str:
        return "Handing(...)"
