"""The schema: one function per key; what it holds, its fields and how long it lives.

A step of ours touches one hash tag (the braces), so that it works on a cluster. Keys without a
lifetime, on purpose: accounts, `staff`, `lineage`, `secret`, `drill`; `meta` of rooms, the desk and supervision (a
number must never go down), `tickets`, `due`, `reports`, `mutes` and `bans` of the desk while they are open, and its
`duty_book` and `policies`, the routes that fail, the roster and presence (emptied by script).
"""

from functools import lru_cache

DUTY = "{duty}"
DESK = "{desk}"
LISTENING = "{listening}"
CONTROL = "control"
INBOXES = "inboxes"
SHORT = {"room": "r", "ticket": "t", "inbox": "p", "one": "o", "ask": "q"}


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


def holding() -> str:
    """sorted set, emptied by script: channel -> when a step that holds something there was last announced."""
    return "holding"


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


def names(channel: str, person: str) -> str:
    """set, 30 days: every name that is kept for this person here, in the form by which it is unique."""
    return f"{tag(channel)}:names:{person}"


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


def due() -> str:
    """sorted set: ticket -> when its clock strikes; settled ones leave it."""
    return f"{DESK}:due"


def worried(person: str) -> str:
    """string, a day after the last worry about a person: their ticket. No ban before someone has looked."""
    return f"{DESK}:worried:{person}"


def reports() -> str:
    """hash: report id -> report, until it is settled."""
    return f"{DESK}:reports"


def mutes() -> str:
    """hash: mute id -> mute, until it ends."""
    return f"{DESK}:mutes"


def bans() -> str:
    """hash: ban id -> ban, until it ends."""
    return f"{DESK}:bans"


def duty_book() -> str:
    """hash, permanent: `deputy` -> who is deputy, and who wants to hand over duty to whom."""
    return f"{DESK}:duty_book"


def policies() -> str:
    """hash, permanent: `book` -> the versions of the screening policy, and which of them is in force."""
    return f"{DESK}:policies"


def policy_files() -> str:
    """hash, as long as the book names them: digest -> the operator's own files of a version, packed and compressed."""
    return f"{DESK}:policy_files"


def judging() -> str:
    """hash, a day: process -> by which version it judges, and why not by the one in force."""
    return f"{DESK}:judging"


def calls(route: str) -> str:
    """hash, a day: ticket -> the call that one route of the pager is to make for it, until it is made or over."""
    return f"{DESK}:calls:{route}"


def calls_due(route: str) -> str:
    """sorted set, a day: ticket -> when its call by that route is due, or is due again."""
    return f"{DESK}:calls_due:{route}"


def called(ticket: str) -> str:
    """hash, a day: who was called for a ticket: `quiet` (until when) and `gravity` once it was seen by phone, and by
    route `asked:` the last call, `tries:` failures in a row, `sent:` when it was made, `back:` a drill's answer."""
    return f"{DESK}:called:{ticket}"


def call_seen(mark: str) -> str:
    """string, as long as the link lives: it was used."""
    return f"{DESK}:call_seen:{mark}"


def routes_failing() -> str:
    """hash: routes of the pager that fail -> since when."""
    return f"{DESK}:routes_failing"


def red_since() -> str:
    """string, while it is so: since when nobody is on duty in opening hours."""
    return f"{DESK}:red_since"


def drill() -> str:
    """string, permanent: what the last drill found."""
    return f"{DESK}:drill"


def roster() -> str:
    """sorted set: process, connection and name of who is on duty -> when it lapses."""
    return f"{DUTY}:roster"


def roster_said() -> str:
    """string: the names that were last told to everyone."""
    return f"{DUTY}:said"


# listening


def listening() -> str:
    """hash, emptied by script: whose and what it is -> who waits, who listens, and the one-to-ones, over ones a day."""
    return f"{LISTENING}:records"


def looks() -> str:
    """sorted set, emptied with the records: record -> when it is to be looked at next."""
    return f"{LISTENING}:looks"


def attendance() -> str:
    """sorted set, two days: person -> when a connection of theirs was last here for a one-to-one."""
    return f"{LISTENING}:seen"


def supervisors() -> str:
    """sorted set, two days: names of those who supervise -> when they last came on duty or followed supervision."""
    return f"{LISTENING}:supervisors"


def apart() -> str:
    """sorted set, 30 days: person and listener who must not meet again -> since when."""
    return f"{LISTENING}:apart"


def given(channel: str) -> str:
    """hash, a day after a one-to-one: what its peer has said of it and is counted: felt, rated."""
    return f"{LISTENING}:given:{channel}"


def felt(listener: str) -> str:
    """hash, 12 months: how many felt heard by a listener: yes, partly, no, and as `shown:` what may be seen of it."""
    return f"{LISTENING}:felt:{listener}"


def eased(month: str) -> str:
    """hash, 12 months: how hard it was before and after -> how often, of everyone."""
    return f"{LISTENING}:eased:{month}"


def feedback() -> str:
    """hash, each 30 days: feedback id -> what a peer wrote about a one-to-one, until it is laid aside."""
    return f"{LISTENING}:feedback"


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
    """hash, 30 days after last seen: role, name, seen, age, words (the digest of the return words); the rules agreed
    to, and until when no card is shown."""
    return f"{{p:{person}}}"


def named_in(person: str) -> str:
    """set, 30 days after last seen: the rooms in which this person has had a name."""
    return f"{{p:{person}}}:named_in"


def sessions(person: str) -> str:
    """set, 30 days after last seen: the keys of this person's sign-ins, some of them over."""
    return f"{{p:{person}}}:sessions"


def summary(person: str) -> str:
    """string, as long as the return words: what a person keeps beside them in their own words."""
    return f"{{p:{person}}}:summary"


def returning(digest: str) -> str:
    """hash, 30 days after last seen, a minute once used: person, and by which try. `digest` hides the return words."""
    return f"{{w:{digest}}}"


def sockets(person: str) -> str:
    """sorted set, a day: process and connection -> when it opened."""
    return f"{{p:{person}}}:sockets"


def quota(person: str, what: str) -> str:
    """string, an hour: how often."""
    return f"{{p:{person}}}:quota:{what}"


def blocks(person: str) -> str:
    """hash, as long as the person: block id -> whom they blocked, with eight bytes of when before it."""
    return f"{{p:{person}}}:blocks"


def blocked_by(person: str) -> str:
    """hash, as long as the person: block id -> who blocked them, with when before it; only when for one that ended."""
    return f"{{p:{person}}}:blocked_by"


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
