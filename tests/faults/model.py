"""What a room and its people must be, whatever dies: plain Python, without a store, a socket or a process."""

from dataclasses import dataclass, field

SLOW_S = 600  # a turn never ends by itself within a run; `expires` ends it


@dataclass
class Person:
    """One person in one tab, as the model has them."""

    is_in: bool = False
    is_connected: bool = True
    was_sent_out: bool = False  # on this connection, and has not come in since
    muted: str = ""  # the id that counts
    banned: str = ""
    turn: bool = False
    heard_to: int = 0  # while they are out of the room they hear nothing beyond
    answers: dict[bytes, tuple[str, str]] = field(default_factory=dict)  # by client id: the words, what became of them


@dataclass
class Room:
    """`shown` is by number; `written` is everything that was ever said, by number: who wrote it."""

    people: dict[str, Person]
    top: int = 0
    slow: bool = False
    shown: dict[int, str] = field(default_factory=dict)
    written: dict[int, str] = field(default_factory=dict)
    held: dict[str, tuple[str, bytes]] = field(default_factory=dict)  # words that wait: whose, and their client id
    mutes: dict[str, str] = field(default_factory=dict)  # at the desk, id and whose
    bans: dict[str, str] = field(default_factory=dict)

    def refusal(self, name: str) -> str:
        """Why this person can't write now, or nothing; in the order in which the step looks."""
        person = self.people[name]
        if not person.is_in:
            return "removed" if person.was_sent_out else "not_joined"
        if person.muted:
            return "muted"
        return "slow_mode" if self.slow and person.turn else ""

    def numbered(self) -> int:
        self.top += 1
        return self.top

    def said(self, name: str, client_id: bytes, text: str) -> int:
        """The number it must have."""
        seq = self.numbered()
        self.shown[seq] = text
        self.written[seq] = name
        self.people[name].answers[client_id] = (text, f"posted {seq}")
        return seq

    def wrote(self, name: str) -> None:
        """A turn is used by what is posted and by what is held."""
        if self.slow:
            self.people[name].turn = True

    def holds(self, name: str, client_id: bytes, text: str) -> None:
        self.held[text] = (name, client_id)
        self.people[name].answers[client_id] = (text, "held")

    def joined(self, name: str) -> None:
        person = self.people[name]
        person.is_in, person.was_sent_out = True, False

    def left(self, name: str) -> None:
        person = self.people[name]
        person.is_in, person.heard_to = False, self.top

    def disconnected(self, name: str) -> None:
        """Out of the room as well, until they come back."""
        person = self.people[name]
        if person.is_in:
            self.left(name)
        person.is_connected = person.was_sent_out = False

    def banned(self, name: str, ban: str) -> None:
        person = self.people[name]
        person.banned, self.bans[ban] = ban, name
        person.was_sent_out = person.is_connected  # who is out already is told so as well when they write
        if person.is_in:
            self.left(name)

    def last_of(self, name: str) -> int:
        """The number of the last message of theirs that is shown, or 0."""
        return max((seq for seq in self.shown if self.written[seq] == name), default=0)
