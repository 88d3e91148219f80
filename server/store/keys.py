"""The schema: one function per key; what it holds, its fields and how long it lives.

A step of ours touches one hash tag (the braces), so that it works on a cluster. Keys without a
lifetime, on purpose: accounts, `staff`, `lineage`, `secret`; `meta` of rooms and of the desk (a number must never go
down), `tickets`, `reports`, `mutes` and `bans` of the desk while they are open, the roster and presence (emptied by
script).
"""

from functools import lru_cache

DUTY = "{duty}"
DESK = "{desk}"
CONTROL = "control"
INBOXES = "inboxes"
SHORT = {"room": "r", "ticket": "t", "inbox": "p"}


# channels: a room, a thread, an inbox, the desk


@lru_cache(4096)
def tag(channel: str) -> str:
    """The hash tag that everything of a channel shares."""
    kind, _, name = channel.partition(":")
    return f"{{{SHORT[kind]}:{name}}}" if name else f"{{{kind}}}"


def heard_on(channel: str) -> str:
    """The pub/sub channel on which its events are told. All inboxes share one: nobody pays for a quiet one."""
    return INBOXES if channel.startswith("inbox:") else tag(channel)


def log(channel: str) -> str:
    """stream, id `<seq>-0`: f the frame, t the time, p the author, a the author's tag, g the number it removes."""
    return f"{tag(channel)}:log"


def meta(channel: str) -> str:
    """hash: epoch, lineage, seq (the top), floor (the highest number no longer kept), slow (seconds), state."""
    return f"{tag(channel)}:meta"


def seen(channel: str, day: int) -> str:
    """hash, two days: person and client id -> what became of that message."""
    return f"{tag(channel)}:seen:{day}"


def out(channel: str) -> str:
    """hash: errand id -> errand; what must reach another tag, until someone has carried it there."""
    return f"{tag(channel)}:out"


def outboxes() -> str:
    """sorted set, emptied by script: channel -> when a step that leaves errands there was last announced."""
    return "outboxes"


def audit(channel: str) -> str:
    """stream, 12 months: who, what, which, why; never content."""
    return f"{tag(channel)}:audit"


# rooms


def held(channel: str) -> str:
    """hash: hold id -> the message that waits."""
    return f"{tag(channel)}:held"


def labels(channel: str) -> str:
    """hash, 12 months from the last one: rule, version and decision -> how often a moderator decided so."""
    return f"{tag(channel)}:labels"


def mute(channel: str, person: str) -> str:
    """string, lives as long as the mute: its id."""
    return f"{tag(channel)}:mute:{person}"


def ban(channel: str, person: str) -> str:
    """string, lives as long as the ban: its id."""
    return f"{tag(channel)}:ban:{person}"


def spared(channel: str, person: str) -> str:
    """string, an hour: slow mode does not count for this person."""
    return f"{tag(channel)}:spared:{person}"


def turn(channel: str, person: str) -> str:
    """string, lives until this person may write again in slow mode."""
    return f"{tag(channel)}:turn:{person}"


def rate(channel: str, person: str) -> str:
    """string, seconds: when this person's allowance is whole again, in microseconds."""
    return f"{tag(channel)}:rate:{person}"


def handle(channel: str, normal: str) -> str:
    """string, 30 days: the person whose name this is here."""
    return f"{tag(channel)}:handle:{normal}"


def name(channel: str, person: str) -> str:
    """string, 30 days: what this person is called here."""
    return f"{tag(channel)}:name:{person}"


def here(channel: str) -> str:
    """sorted set: process, kind and name -> when it lapses."""
    return f"{tag(channel)}:here"


def typing(channel: str) -> str:
    """sorted set, seconds: who writes -> until when it counts."""
    return f"{tag(channel)}:typing"


def sealed(channel: str, seq: int) -> str:
    """hash, 7 days: a removed message as it stood in the log, and by whom and when it was removed."""
    return f"{tag(channel)}:sealed:{seq}"


# the desk


def tickets() -> str:
    """hash: ticket id -> ticket; settled ones leave after 30 days."""
    return f"{DESK}:tickets"


def ticket_of() -> str:
    """hash: person -> their open ticket."""
    return f"{DESK}:ticket_of"


def reports() -> str:
    """hash: report id -> report, until it is settled."""
    return f"{DESK}:reports"


def mutes() -> str:
    """hash: mute id -> mute, until it ends."""
    return f"{DESK}:mutes"


def bans() -> str:
    """hash: ban id -> ban, until it ends."""
    return f"{DESK}:bans"


def roster() -> str:
    """sorted set: process, connection and name of who is on duty -> when it lapses."""
    return f"{DUTY}:roster"


def roster_said() -> str:
    """string: the names that were last told to everyone."""
    return f"{DUTY}:said"


def lineage() -> str:
    """hash, permanent: run (the store's last), lineage, clean (it was stopped in order), asked; not in a cluster."""
    return "lineage"


def secret() -> str:
    """string, for ever: by which handles, messages and tags are named; SECRET overrides it."""
    return "secret"


def nothing(place: int = 0) -> str:
    """never written: a key to ask whether the store works; in a cluster another `place` lies on another node."""
    return f"nothing:{place}"


def rewritten() -> str:
    """string, six hours: the store's files were lately written anew."""
    return "rewritten"


def process(process: str) -> str:
    """string, 30 s: this process lives."""
    return f"process:{process}"


# people


def person(person: str) -> str:
    """hash, 30 days after last seen: role, name, seen, age; the rules agreed to, and until when no card is shown."""
    return f"{{p:{person}}}"


def sockets(person: str) -> str:
    """sorted set, a day: process and connection -> when it opened."""
    return f"{{p:{person}}}:sockets"


def quota(person: str, what: str) -> str:
    """string, an hour: how often."""
    return f"{{p:{person}}}:quota:{what}"


# accounts


def session(person: str, digest: str) -> str:
    """hash, 30 days after last seen, a staff one 12 hours: at, ends, next_at, before, used, replaced.

    `digest` hides the token; `before` is the key of the sign-in that this one renews, `used` once it did.
    """
    return f"{{p:{person}}}:session:{digest}"


def account(digest: str) -> str:
    """hash, permanent once `open`, a minute before: person, name, role, passphrase. `digest` hides the typed name."""
    return f"{{a:{digest}}}"


def tries(digest: str, prefix: str) -> str:
    """string, 15 minutes: failed sign-ins to one account from one network."""
    return f"{{a:{digest}}}:tries:{prefix}"


def invitation(digest: str) -> str:
    """string, 48 hours: the role it gives. `digest` hides the token."""
    return f"{{i:{digest}}}"


def invitation_in_hand(digest: str) -> str:
    """string, half a minute: someone is choosing a name with it."""
    return f"{{i:{digest}}}:hand"


def staff() -> str:
    """set, permanent: the persons who have an account."""
    return "staff"
