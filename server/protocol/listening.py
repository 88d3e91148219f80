"""One-to-ones: what is asked and heard by who waits for a listener, by who listens, and in what the two share."""

from enum import StrEnum
from typing import Annotated, ClassVar

from msgspec import Meta, Struct

from server.protocol.commands import Command
from server.protocol.events import Event, Numbered
from server.protocol.fields import Channel, ClientId, Count, HandleText, Id, Millis, Ref, Text, Urgency
from server.protocol.people import PEERS, Role, Voice

LISTENERS = frozenset({Role.LISTENER, Role.SUPERVISOR})

Topic = Annotated[
    str, Meta(pattern=r"^[a-z0-9-]{1,40}\Z", max_length=40, description="a code; the client has the words for it")
]
Topics = Annotated[tuple[Topic, ...], Meta(max_length=12)]
HowHard = Annotated[int, Meta(ge=0, le=5, description="1 to 5 as the person says it; 0: not said")]


class Style(StrEnum):
    """What would help most, as the person says it."""

    LISTEN = "listen"
    IDEAS = "ideas"
    COMPANY = "company"


class Availability(StrEnum):
    """What a listener says of themselves. A break is always granted and never asked about."""

    AVAILABLE = "available"
    BREAK = "break"
    OFF = "off"


class ListenerState(StrEnum):
    """Where a listener stands: what they said, or what keeps offers away from them."""

    AVAILABLE = "available"
    OFFERED = "offered"
    IN_SESSION = "in_session"
    WRAP_UP = "wrap_up"
    BREAK = "break"
    OFF = "off"
    LIMIT = "limit"


class SkipReason(StrEnum):
    TOPIC = "topic"
    TOO_CLOSE = "too_close"
    NEED_A_MOMENT = "need_a_moment"
    OTHER = "other"


class OfferEnd(StrEnum):
    """Why an offer is over: accepted, skipped, not answered in time, or the person no longer waits."""

    ACCEPTED = "accepted"
    SKIPPED = "skipped"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"


class QueueEnd(StrEnum):
    """Why someone no longer waits: they left, were away for longer than a place is kept, or waited in vain.

    In vain: they are under 18, and for ten minutes nobody was there who may meet them one to one.
    """

    LEFT = "left"
    LAPSED = "lapsed"
    IN_VAIN = "in_vain"


class TalkEnd(StrEnum):
    """Why a one-to-one is over: goodbye, a listener who vanished or fell silent, a silent peer, or it was stopped."""

    GOODBYE = "goodbye"
    LISTENER_GONE = "listener_gone"
    LISTENER_SILENT = "listener_silent"
    PEER_SILENT = "peer_silent"
    STOPPED = "stopped"


class Abuse(StrEnum):
    SEXUAL = "sexual"
    HOSTILE = "hostile"
    OTHER = "other"


class Wish(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What someone would like to talk about, how, and what they would rather not be asked about; all of it optional."""

    topic: Topic | None = None
    style: Style | None = None
    avoid: Topics = ()


class Place(Struct, frozen=True, kw_only=True):
    """A place in the queue and its basis.

    `ahead`: people before you. `free`: listeners who could take someone now. `listeners`: all who are on duty, 0 when
    nobody is: say so outright. `since`: when you asked. `first`: you come next, because a listener was lost to you.
    `under_18`: you said so, and only who may meet you one to one is counted.
    """

    ahead: Count
    free: Count
    listeners: Count
    since: Millis
    first: bool
    under_18: bool


class Offer(Struct, frozen=True, kw_only=True):
    """The next person, without a name. `until`: by when to accept. `urgency` is a label for the response, no score."""

    offer: Id
    wish: Wish
    urgency: Urgency | None
    waited_ms: Millis
    until: Millis


class OneToOne(Struct, frozen=True, kw_only=True):
    """A one-to-one as its two people see it. `ends`: when the agreed time is over; nothing is cut off then.

    `name` is the listener, `handle` the peer. `slowly`: the peer types slowly, and all times are doubled.
    `watched`: a supervisor is asked to read along, as in everyone's first ones; tell both.
    """

    channel: Channel
    name: HandleText
    handle: HandleText
    wish: Wish
    since: Millis
    ends: Millis
    slowly: bool
    over: bool
    watched: bool = False


class Duties(Struct, frozen=True, kw_only=True):
    """A listener's own standing. `until`: the end of wrap-up, or 0. `skips`: how many are left in this hour.

    `today`: one-to-ones since midnight UTC, and `of` how many. `breaks`: how many they took today; nobody else is
    told. `shift_ends`: when a longer break is due. `off_topics` are not offered ever, `not_today` not until the day is
    over that began when it was said.
    """

    state: ListenerState
    until: Millis
    skips: Count
    today: Count
    of: Count
    breaks: Count
    shift_ends: Millis
    off_topics: Topics
    not_today: Topics


class Worry(Struct, frozen=True, kw_only=True):
    """A listener's worry about whom they are with; `name`: who of the team has taken it, or nobody yet."""

    channel: Channel
    name: HandleText


# -- commands of whoever looks for a listener --------------------------------------------------------


class Queue(Command, frozen=True):
    """Wait for a listener. Everything but `client_id` may be left out; again, it changes the wish and keeps the place.

    `draft` is what they will read at hello: it is screened at once, and may bring a `help_card`. `how_hard` moves a
    place by a few minutes at most, and is shown to nobody. `slowly` doubles every time in which an answer is awaited.
    Answer: `queued`. Then `queue_place` every few seconds, `queue_wait` at 2, 5 and 10 minutes, and `one_began`. A
    place is kept for five minutes without a connection: send `listening` after a reload. `refused` with `conflict`
    while in a one-to-one; with `blocked` where the draft cannot be taken: the place is then as it was.
    """

    client_id: ClientId
    wish: Wish = Wish()
    how_hard: HowHard = 0
    draft: Text = ""
    slowly: bool = False

    roles: ClassVar[frozenset[Role]] = PEERS


class QueueDraft(Command, frozen=True):
    """Change what the listener will read first; screened as in `queue`. Answer: `done`; `gone` if you do not wait."""

    draft: Text

    roles: ClassVar[frozenset[Role]] = PEERS


class LeaveQueue(Command, frozen=True):
    """Wait no longer. Answer: `done`, also where you did not wait."""

    roles: ClassVar[frozenset[Role]] = PEERS


class Goodbye(Command, frozen=True):
    """End a one-to-one. Either of the two may, at any time. Answer: `done`; both hear `one_ended`.

    `apart`: and never bring us together again; a peer may say so, also when it is over. It is one of their `blocks`,
    and ends by `unblock`. The other hears nothing of it.
    """

    channel: Channel
    apart: bool = False


class Extend(Command, frozen=True):
    """Agree to go on after the agreed time. When both have, `one_extended` says until when. Answer: `done`."""

    channel: Channel


class TypeSlowly(Command, frozen=True):
    """I type slowly: from now on all times in which an answer is awaited are doubled. Answer: `done`."""

    channel: Channel

    roles: ClassVar[frozenset[Role]] = PEERS


# -- commands of listeners ---------------------------------------------------------------------------


class Listen(Command, frozen=True):
    """Say that you are available, on a break or off, and what not to offer: `off_topics` ever, `not_today` for 24 h.

    Send it again to change it: what is left out counts no longer. What goes on in a one-to-one is not touched. Offers
    come only to who is available, is connected, has no other one-to-one, is not in wrap-up and within the limits of a
    shift. Answer: `done`; `duties` follows. `refused` with `training` where that is due before one can be available.
    """

    availability: Availability
    off_topics: Topics = ()
    not_today: Topics = ()

    roles: ClassVar[frozenset[Role]] = LISTENERS


class Accept(Command, frozen=True):
    """Take the person that was offered. Answer: `done`, and `one_began`; `refused` with `conflict` when too late."""

    offer: Id

    roles: ClassVar[frozenset[Role]] = LISTENERS


class Skip(Command, frozen=True):
    """Let an offer pass, with a reason; twice an hour, without any consequence. Answer: `done`; then `rate`."""

    offer: Id
    reason: SkipReason

    roles: ClassVar[frozenset[Role]] = LISTENERS


class Worried(Command, frozen=True):
    """I'm worried about this person: open a care ticket. The one-to-one goes on, and is not closed by any clock.

    Answer: `done`; `worry_taken` when someone of the team has it. The wrap-up after it is the longer one.
    """

    channel: Channel
    urgency: Urgency = Urgency.SERIOUS

    roles: ClassVar[frozenset[Role]] = LISTENERS


class Abusive(Command, frozen=True):
    """This is abusive: stop it at once. The moderators get what was said; you get a break; you never meet again.

    The other hears a neutral `one_ended`, with help. Answer: `done`.
    """

    channel: Channel
    abuse: Abuse

    roles: ClassVar[frozenset[Role]] = LISTENERS


# -- answers and what has no number ------------------------------------------------------------------


class Queued(Event, frozen=True):
    """You wait."""

    ref: Ref
    place: Place


class QueuePlace(Event, frozen=True):
    """The truth about the queue, every few seconds while you wait. May be lost."""

    heard: ClassVar[str] = "reply"

    place: Place


# -- in one's own inbox ------------------------------------------------------------------------------


class QueueWait(Numbered, frozen=True):
    """You have waited for so many `minutes` (2, 5, 10): offer other ways, rooms and lines, and go on waiting."""

    heard: ClassVar[str] = "inbox"

    minutes: Count
    at: Millis


class QueueEnded(Numbered, frozen=True):
    """You no longer wait, and why."""

    heard: ClassVar[str] = "inbox"

    why: QueueEnd
    at: Millis


class DutiesChanged(Numbered, frozen=True):
    """A listener's own standing changed."""

    heard: ClassVar[str] = "inbox"

    duties: Duties
    at: Millis


class Offered(Numbered, frozen=True):
    """Someone waits, and you are next: `accept` or `skip`. Ring only in the tab that was touched last."""

    heard: ClassVar[str] = "inbox"

    offer: Offer
    at: Millis


class OfferEnded(Numbered, frozen=True):
    """The offer is over. `lapsed`: you are on a break now, so that nobody waits for an empty chair."""

    heard: ClassVar[str] = "inbox"

    offer: Id
    why: OfferEnd
    at: Millis


class OneBegan(Numbered, frozen=True):
    """You have each other: `join` the channel. The peer's draft is its first message."""

    heard: ClassVar[str] = "inbox"

    one: OneToOne
    at: Millis


class WorryTaken(Numbered, frozen=True):
    """Someone of the team has taken what you are worried about, under this name; stay until they are with the person.

    Without a name it is back at the desk, and others are asked: please stay.
    """

    heard: ClassVar[str] = "inbox"

    channel: Channel
    name: HandleText
    at: Millis


class OneEnded(Numbered, frozen=True):
    """The one-to-one is over, and why; `waits`: you are at the head of the queue again, with our apology.

    What a goodbye card needs: `name`, the `wish` and when it began. `again`: until when a peer who fell silent comes in
    at the head by sending `queue`. For `stopped` a neutral word and help are enough. The peer can read it until it is
    deleted.
    """

    heard: ClassVar[str] = "inbox"

    one: OneToOne
    why: TalkEnd
    waits: bool
    again: Millis
    at: Millis


# -- in the one-to-one -------------------------------------------------------------------------------


class OneNudged(Numbered, frozen=True):
    """Nobody has spoken for so many `minutes`; `listener`: it is they who owe a word, else a soft check on the peer."""

    heard: ClassVar[str] = "room"

    channel: Channel
    listener: bool
    minutes: Count
    at: Millis


class OneTime(Numbered, frozen=True):
    """So many `minutes` of the agreed time are left; at 0 it is over, and nothing is cut off."""

    heard: ClassVar[str] = "room"

    channel: Channel
    minutes: Count
    at: Millis


class OneExtended(Numbered, frozen=True):
    """There is time until `ends` now."""

    heard: ClassVar[str] = "room"

    channel: Channel
    ends: Millis
    at: Millis


class OneEntered(Numbered, frozen=True):
    """Someone of the team has come in, openly, by this name: a supervisor, or a listener who is to go on."""

    heard: ClassVar[str] = "room"

    channel: Channel
    name: HandleText
    voice: Voice
    at: Millis
