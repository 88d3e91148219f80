"""Own data: what is kept of a peer and until when, taken back, wiped, and found again on another device."""

from typing import Annotated, ClassVar

from msgspec import Meta, Struct

from server.protocol.commands import Command
from server.protocol.events import Event, Numbered
from server.protocol.fields import Channel, Count, HandleText, Id, Millis, Note, Ref, Seq, TicketState
from server.protocol.listening import LISTENERS
from server.protocol.people import PEERS, Role

LanguageTag = Annotated[str, Meta(pattern=r"^[a-z]{2,3}\Z", max_length=3, description="of the words that are given")]


class MyData(Command, frozen=True):
    """What is kept of me, and until when? Answer: `data_kept`."""

    roles: ClassVar[frozenset[Role]] = PEERS


class DeleteMine(Command, frozen=True):
    """Take a message of one's own away from everyone, in a room or a one-to-one: its text is gone at once.

    `hold` names a message that waits; then `seq` says nothing. Answer: `done`.
    """

    channel: Channel
    seq: Seq
    hold: Id | None = None

    roles: ClassVar[frozenset[Role]] = PEERS


class Wipe(Command, frozen=True):
    """Take away every name, everything said one to one and in rooms, what was told in the inbox, and the return words.

    A one-to-one ends with it. Blocks, sanctions, the age band and this sign-in stay, and so does a care ticket, without
    a word. Answer: `done` once it cannot be lost; then `wiped`, within a minute.
    """

    roles: ClassVar[frozenset[Role]] = PEERS


class GiveReturnWords(Command, frozen=True):
    """Give me new words by which I come back on another device; those before open nothing any more.

    They are told once and not kept. Typed at `POST /return`, they serve once. Answer: `return_words`.
    """

    language: LanguageTag = "en"

    roles: ClassVar[frozenset[Role]] = PEERS


class ForgetReturnWords(Command, frozen=True):
    """End the return words, and with them the summary that is kept beside them. Answer: `done`."""

    roles: ClassVar[frozenset[Role]] = PEERS


class KeepSummary(Command, frozen=True):
    """Keep a few words of one's own beside the return words, or with none let them go; screened like all words.

    `share`: the next listener may read them, once. Answer: `done`; `refused` with `conflict` without return words.
    """

    text: Note
    share: bool = False

    roles: ClassVar[frozenset[Role]] = PEERS


class SharedSummary(Command, frozen=True):
    """What the peer of a one-to-one of yours wants you to know. Answer: `summary_shared`, empty where there is none."""

    channel: Channel

    roles: ClassVar[frozenset[Role]] = LISTENERS


class KeptRoom(Struct, frozen=True, kw_only=True):
    """A room in which something of yours is kept; `until`: when the last of it goes. `held`: messages that wait."""

    channel: Channel
    handle: HandleText
    messages: Count
    held: Count
    until: Millis


class KeptOne(Struct, frozen=True, kw_only=True):
    """A one-to-one that is kept, with whom, and until when."""

    channel: Channel
    name: HandleText
    since: Millis
    over: bool
    messages: Count
    until: Millis


class KeptTicket(Struct, frozen=True, kw_only=True):
    """A care ticket, as a fact. `until`: when it goes; 0 while it is open."""

    since: Millis
    state: TicketState
    until: Millis


class KeptSanction(Struct, frozen=True, kw_only=True):
    """Where you can't write or come in (none: anywhere), and until when."""

    channel: Channel | None
    until: Millis


class DataKept(Event, frozen=True):
    """All that is kept of you. `until`: when you are forgotten, if you don't come back before.

    `told`: things that you were told in your inbox, the last of them until `told_until`. `words_until`: how long your
    return words open, or 0. `summary` is what is kept beside them, and `shares`: the next listener may read it.
    """

    ref: Ref
    until: Millis
    sign_ins: Count
    age: bool
    rooms: tuple[KeptRoom, ...]
    ones: tuple[KeptOne, ...]
    tickets: tuple[KeptTicket, ...]
    sanctions: tuple[KeptSanction, ...]
    blocks: Count
    reports: Count
    feedback: Count
    waits: bool
    told: Count
    told_until: Millis
    words_until: Millis
    summary: Note
    shares: bool


class ReturnWords(Event, frozen=True):
    """Your words: nobody can tell you them again. `until`: how long they open if you don't come back before."""

    ref: Ref
    words: tuple[HandleText, ...]
    until: Millis


class SummaryShared(Event, frozen=True):
    """In the peer's own words; empty where they share nothing."""

    ref: Ref
    text: Note


class Erased(Numbered, frozen=True):
    """What your inbox had under number `gone` is no longer there."""

    heard: ClassVar[str] = "inbox"

    gone: Seq
    at: Millis


class Wiped(Numbered, frozen=True):
    """All of it is gone: begin anew."""

    heard: ClassVar[str] = "inbox"

    at: Millis
