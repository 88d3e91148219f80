"""A warm transfer: a one-to-one passes to someone else, with the peer's consent and both listeners present."""

from enum import StrEnum
from typing import ClassVar

from msgspec import Struct

from server.protocol.commands import Command
from server.protocol.events import Numbered
from server.protocol.fields import Channel, HandleText, Millis, Text, Urgency
from server.protocol.listening import LISTENERS, OneToOne, Wish
from server.protocol.people import PEERS, SUPERVISORS, Role


class TransferTo(StrEnum):
    """To whom: the next free listener whom the peer may meet, or whichever supervisor accepts first."""

    LISTENER = "listener"
    SUPERVISOR = "supervisor"


class TransferStep(StrEnum):
    """Whom it waits for: the peer's word, someone who accepts; then both are there until it is handed on."""

    PEER = "peer"
    RECEIVER = "receiver"
    BOTH = "both"


class TransferEnd(StrEnum):
    """Why it came to nothing, and the first listener stays."""

    DECLINED = "declined"  # by the peer
    LAPSED = "lapsed"  # the peer did not say
    NOBODY = "nobody"  # nobody could come in time
    WITHDRAWN = "withdrawn"
    OVER = "over"  # the one-to-one ended


class Consent(StrEnum):
    YES = "yes"
    NO = "no"


class TransferOffer(Struct, frozen=True, kw_only=True):
    """What a receiver is told before they accept: no name of the peer, and the words that the peer has read.

    `until`: by when to accept.
    """

    channel: Channel
    by: HandleText
    to: TransferTo
    wish: Wish
    urgency: Urgency | None
    summary: Text
    until: Millis


# -- commands of whoever listens ---------------------------------------------------------------------


class Transfer(Command, frozen=True):
    """Propose that someone else goes on in your one-to-one. `summary` is for them; the peer reads it before.

    You stay until someone has come and you `finish_transfer`, two minutes at most; if nobody does, it stays yours.
    Answer: `done`; `transfer_changed` says how it goes. `refused` with `conflict` while there is one already.
    """

    channel: Channel
    to: TransferTo = TransferTo.LISTENER
    summary: Text = ""

    roles: ClassVar[frozenset[Role]] = LISTENERS


class WithdrawTransfer(Command, frozen=True):
    """Go on yourself after all. Answer: `done`."""

    channel: Channel

    roles: ClassVar[frozenset[Role]] = LISTENERS


class AcceptTransfer(Command, frozen=True):
    """Take over what was offered to you by `transfer_offered`, or to supervisors by `transfer_wanted`.

    Answer: `done`, and `one_began`: join the channel. The first listener is there until they hand it on.
    `refused` with `conflict` when too late, in wrap-up, or with a one-to-one of your own.
    """

    channel: Channel

    roles: ClassVar[frozenset[Role]] = LISTENERS


class DeclineTransfer(Command, frozen=True):
    """Let it pass, without a reason. Someone else is asked while there is time. Answer: `done`."""

    channel: Channel

    roles: ClassVar[frozenset[Role]] = LISTENERS


class FinishTransfer(Command, frozen=True):
    """Hand it on now: whoever came is their listener from here. Answer: `done`, and `handed_on`."""

    channel: Channel

    roles: ClassVar[frozenset[Role]] = LISTENERS


class TakeOver(Command, frozen=True):
    """Offer to go on in a one-to-one of someone else's. The peer is asked first. Answer: `done`."""

    channel: Channel

    roles: ClassVar[frozenset[Role]] = SUPERVISORS


# -- the peer's --------------------------------------------------------------------------------------


class AnswerTransfer(Command, frozen=True):
    """Say whether someone else may go on with you. With `no` everything stays as it is. Answer: `done`."""

    channel: Channel
    says: Consent

    roles: ClassVar[frozenset[Role]] = PEERS


# -- in one's own inbox ------------------------------------------------------------------------------


class TransferAsked(Numbered, frozen=True):
    """The peer's: your listener would like someone else to go on with you. Ask them, and send `answer_transfer`.

    `summary` is all that is passed on. `name`: who it is, where it is known. Without an answer nothing changes.
    """

    heard: ClassVar[str] = "inbox"

    channel: Channel
    to: TransferTo
    name: HandleText
    summary: Text
    until: Millis
    at: Millis


class TransferOffered(Numbered, frozen=True):
    """A colleague asks you to go on with someone: `accept_transfer` or `decline_transfer`. Ring as for an offer."""

    heard: ClassVar[str] = "inbox"

    offer: TransferOffer
    at: Millis


class TransferChanged(Numbered, frozen=True):
    """How a transfer of yours goes: whom it waits for, and until when. `name`: who has accepted."""

    heard: ClassVar[str] = "inbox"

    channel: Channel
    step: TransferStep
    name: HandleText
    until: Millis
    at: Millis


class TransferEnded(Numbered, frozen=True):
    """It came to nothing: the first listener stays. Told to whoever had heard of it."""

    heard: ClassVar[str] = "inbox"

    channel: Channel
    why: TransferEnd
    at: Millis


class HandedOn(Numbered, frozen=True):
    """The first listener's: `name` goes on with them, and you have left. Thank you; your wrap-up begins."""

    heard: ClassVar[str] = "inbox"

    one: OneToOne
    name: HandleText
    at: Millis


# -- in the one-to-one -------------------------------------------------------------------------------


class OneHanded(Numbered, frozen=True, kw_only=True):
    """From here on `name` listens; whoever did before has left. `watched`: as in their first ones, see `OneToOne`."""

    heard: ClassVar[str] = "room"

    channel: Channel
    name: HandleText
    watched: bool = False
    at: Millis


# -- among supervisors -------------------------------------------------------------------------------


class TransferWanted(Numbered, frozen=True):
    """A listener asks for a supervisor to go on with someone; the first who accepts does."""

    heard: ClassVar[str] = "supervision"

    offer: TransferOffer
    at: Millis


class TransferSettled(Numbered, frozen=True):
    """Nobody is needed for it any more: a supervisor has accepted, or it came to nothing."""

    heard: ClassVar[str] = "supervision"

    channel: Channel
    at: Millis
