"""Where someone stands with one-to-ones, all of it at once: asked for after every hello, and true after a reload."""

from enum import StrEnum

from msgspec import Struct

from server.protocol.commands import Command
from server.protocol.events import Event
from server.protocol.fields import Channel, HandleText, Millis, Note, Ref, Text
from server.protocol.listening import Duties, Offer, OneToOne, Place, Wish, Worry
from server.protocol.supervising import AskItem
from server.protocol.training import Training
from server.protocol.transfers import TransferOffer, TransferStep, TransferTo


class TransferSide(StrEnum):
    """Which of the three of a transfer you are; the one-to-one is the first listener's until it is handed on."""

    PEER = "peer"
    LISTENER = "listener"
    RECEIVER = "receiver"


class TransferState(Struct, frozen=True, kw_only=True):
    """A transfer that is under way, as the peer, the first listener and who has come in for it find it.

    `name`: who is to go on, once that is known. `summary`: the words that the peer has read, or is to read now.
    """

    channel: Channel
    side: TransferSide
    to: TransferTo
    step: TransferStep
    name: HandleText
    summary: Text
    until: Millis


class Listening(Command, frozen=True):
    """Where do I stand with one-to-ones? Send it after every `welcome`: it also says that this tab is here for them.

    Answer: `listening_state`.
    """


class ListeningState(Event, frozen=True):
    """All of it. `place` and `draft` while you wait; `ones`: your one-to-ones; `transfer`: one of them passes on.

    `shares`: what the next listener may read of you, or yours may now. Of a listener the rest. `wanted`: what a
    colleague asks you to go on with. `asks`: what you asked of supervisors. `supervisors`: who of them is on duty now;
    ask again when `on_duty` has changed. `training`: of who may listen.
    """

    ref: Ref
    place: Place | None
    wish: Wish | None
    draft: Text
    ones: tuple[OneToOne, ...]
    duties: Duties | None
    offer: Offer | None
    worries: tuple[Worry, ...] = ()
    supervisors: tuple[HandleText, ...] = ()
    transfer: TransferState | None = None
    wanted: TransferOffer | None = None
    asks: tuple[AskItem, ...] = ()
    shares: Note = ""
    training: Training | None = None
