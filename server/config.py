"""Every setting: its name, default and reason; read from the environment once, at the start."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

ANYWHERE = ("0.0.0.0", "::")


def setting(default: Any, reason: str, *, secret: bool = False) -> Any:
    return field(default=default, repr=not secret, metadata={"reason": reason})


class BadSetting(ValueError):
    """A value in the environment that can't be used; the message is for the operator."""


@dataclass(frozen=True)
class Settings:
    """Read as upper-case environment variables: `port` is PORT. Times are in milliseconds."""

    # where it runs
    host: str = setting("127.0.0.1", "who can reach it; 0.0.0.0 behind a proxy")
    port: int = setting(8000, "the page and the socket")
    public_url: str = setting("", "where people reach it; source of the allowed Origin, of links and of Secure")
    data_dir: str = setting("var", "the embedded store, its log and the secret live here")
    redis_url: str = setting("", "a store of your own; empty starts a private one under DATA_DIR", secret=True)
    store_binary: str = setting("", "the server that the embedded store runs; empty: the one that came with us")
    store_fsync: str = setting("always", "always: nothing acknowledged is lost in a power cut; everysec: up to 2 s are")
    content_dir: str = setting("", "an operator's own copies of the files in server/data")
    secret: str = setting("", "names handles and tags; empty: made once and kept in the store", secret=True)
    metrics_host: str = setting("127.0.0.1", "metrics are for the operator only")
    metrics_port: int = setting(0, "0: no metrics port")
    log_level: str = setting("info", "debug, info, warning or error; no level writes what people say")
    demo: bool = setting(False, "says on every page that the people in the rooms are simulated")

    # who it is
    service_name: str = setting("Porchlight", "what the page calls itself; the title tells nothing else")
    operator_name: str = setting("", "who runs it, as shown under the doors")
    language: str = setting("en", "the file of data/wording that pages speak unless a browser asks for another")
    default_country: str = setting("", "two letters: whose crisis lines come first until the person chooses")
    exit_url: str = setting("", "where Quick exit leads; empty: a neutral page of our own")
    age_question: bool = setting(True, "ask at the door by one tap whether someone is 18 or over")
    one_listener: bool = setting(True, "the door to one listener; False where nobody listens one-to-one")
    under_18: str = setting("closed", "closed or open; open needs a safeguarding contact")
    safeguarding_contact: str = setting("", "who is called when a young person may be at risk")

    # the socket
    message_bytes: int = setting(16_384, "text of 8,000 bytes and its envelope")
    fragments: int = setting(64, "stops one-byte fragments")
    fragment_ms: int = setting(10_000, "a message that was begun must end")
    hello_ms: int = setting(10_000, "a socket that says nothing is closed")
    ping_ms: int = setting(15_000, "one timer pings everyone; also the duty heartbeat")
    pong_ms: int = setting(10_000, "a socket that does not answer is closed")
    unsent_bytes: int = setting(256 * 1024, "who cannot take more is asked to come back")
    socket_buffer_bytes: int = setting(65_536, "SO_SNDBUF: so that a stalled reader is seen")
    connections_per_person: int = setting(3, "several tabs; the oldest makes way")
    connections_per_prefix: int = setting(50, "shelters and schools share addresses")
    connections: int = setting(10_000, "what one process holds")
    half_open: int = setting(4_000, "connections that are no sockets, or not yet; more are ended at once")
    handshakes_per_second: int = setting(200, "a storm of reconnects is spread")
    handshake_burst: int = setting(400, "a room's worth at once")
    frames_per_minute: int = setting(120, "frames of one connection before they are refused")
    frame_burst: int = setting(40, "frames at once")
    flood_per_minute: int = setting(400, "frames of one connection before it is closed")
    bad_frames: int = setting(3, "malformed frames in a minute before the connection is closed")
    rooms_per_connection: int = setting(10, "channels one connection follows")
    commands_in_flight: int = setting(128, "taken and not yet answered, in one process; more are asked to come again")
    resume_messages: int = setting(200, "read from the log at once for who comes back from far")
    slow_ms: int = setting(8_000, "who takes nothing of what waits for them for so long is asked to come back")
    drain_ms: int = setting(20_000, "at a stop connections are let go over this time at most; a few, sooner")
    drain_limit_ms: int = setting(30_000, "after a stop was asked for, nothing runs longer than this")

    # http
    request_line_bytes: int = setting(8_192, "as other servers have it")
    header_bytes: int = setting(16_384, "all headers together")
    header_field_bytes: int = setting(8_192, "one header")
    cookie_bytes: int = setting(4_096, "what browsers keep at most")
    headers: int = setting(64, "how many")
    body_bytes: int = setting(16_384, "sign-in and session; nothing larger exists")
    body_ms: int = setting(10_000, "a body that drips is refused")
    origins: str = setting("", "further allowed origins, comma separated")
    proxies: str = setting("127.0.0.1,::1", "whose word on where a request came from is believed, comma separated")
    sessions_per_prefix: int = setting(60, "new people from one network in a minute; more are asked to wait")

    # words
    text_characters: int = setting(2_000, "one message")
    text_bytes: int = setting(8_000, "one message")
    line_breaks: int = setting(20, "further ones are folded")
    combining_marks: int = setting(4, "on one letter")
    messages_per_minute: int = setting(30, "one person in one room")
    message_burst: int = setting(5, "messages at once")
    typing_ms: int = setting(3_000, "one typing signal in this time is heard")
    typing_shown_ms: int = setting(6_000, "how long a typing signal counts")
    reports_per_hour: int = setting(10, "one person")
    blocks_per_person: int = setting(200, "people whom one has blocked; all are read at each hello")
    blocks_per_hour: int = setting(30, "one person; nobody is searched for by blocking one after another")
    outbox_ms: int = setting(30 * 60_000, "the client keeps an unsent message this long")
    outbox_messages: int = setting(50, "unsent messages the client keeps")

    # keeping
    history_messages: int = setting(500, "messages kept in a room")
    history_ms: int = setting(24 * 3_600_000, "how long a room's text is kept")
    history_shown: int = setting(50, "messages shown on entering")
    large_channel: int = setting(250, "members from which telling all of them takes longer than the store to answer")
    joining_ms: int = setting(2, "in a large channel, how long what came waits at most for what is on its way")
    ring_messages: int = setting(200, "messages of a channel in a process's memory, for cheap resume")
    inbox_messages: int = setting(200, "what concerned one person")
    inbox_ms: int = setting(24 * 3_600_000, "how long")
    thread_messages: int = setting(500, "messages kept in a private thread")
    thread_ms: int = setting(7 * 24 * 3_600_000, "a private thread's text")
    pairs_ms: int = setting(10 * 60_000, "news of blocks between processes; after that only each person knows them")
    desk_messages: int = setting(1_000, "events of the desk")
    seen_ms: int = setting(24 * 3_600_000, "how long a repeated client id is known")
    sealed_ms: int = setting(7 * 24 * 3_600_000, "a removed message is sealed, then gone")
    report_ms: int = setting(30 * 24 * 3_600_000, "a reported excerpt")
    feedback_ms: int = setting(30 * 24 * 3_600_000, "words about a one-to-one, for a supervisor and then its listener")
    ticket_ms: int = setting(30 * 24 * 3_600_000, "a settled care ticket's text")
    audit_ms: int = setting(365 * 24 * 3_600_000, "staff actions, without content")
    rewrite_ms: int = setting(6 * 3_600_000, "how often the store's files are written anew, without what was deleted")
    person_ms: int = setting(30 * 24 * 3_600_000, "a person is forgotten this long after they were last seen")
    return_words_ms: int = setting(30 * 24 * 3_600_000, "return words open for so long after a person was last seen")
    wipes_per_hour: int = setting(3, "one person; each looks through everything that is kept")
    looks_per_hour: int = setting(30, "how often one person may ask what is kept of them")
    handle_ms: int = setting(30 * 24 * 3_600_000, "a name is not given to someone else for this long")

    # sign-in
    session_ms: int = setting(30 * 24 * 3_600_000, "a peer's sign-in")
    rotate_ms: int = setting(24 * 3_600_000, "a sign-in gets a new token after this")
    staff_session_ms: int = setting(12 * 3_600_000, "a staff sign-in")
    invitation_ms: int = setting(48 * 3_600_000, "an invitation link, once")
    passphrase_characters: int = setting(15, "the shortest passphrase")
    logins_per_quarter_hour: int = setting(5, "tries per account and network: no stranger can lock an owner out")
    logins_per_prefix: int = setting(30, "staff sign-ins tried from one network in a minute")
    logins_per_second: int = setting(20, "staff sign-ins tried in all; each costs 19 MiB and a while of a core")
    argon2_at_once: int = setting(4, "each takes 19 MiB")

    # screening and care
    screening_ms: int = setting(50, "what runs in a thread, in all")
    screening_remote_ms: int = setting(800, "what runs outside")
    policy_ms: int = setting(2_000, "how soon every process takes up another version of the screening policy")
    screening_check_ms: int = setting(5_000, "how often screeners are asked for nothing but whether they work")
    hold_ms: int = setting(5 * 60_000, "a held message is decided by then")
    undo_ms: int = setting(10_000, "a removal can be undone")
    card_rest_ms: int = setting(24 * 3_600_000, "no automatic card after it was answered")

    ring_ms: int = setting(15_000, "the desk is told again of a ticket that nobody has")
    deputy_ms: int = setting(60_000, "by then someone has a serious ticket; else the deputy is paged")
    everyone_ms: int = setting(120_000, "then everyone on duty is paged")
    operator_ms: int = setting(180_000, "then the operator is, and the person is told that nobody is here")
    page_again_ms: int = setting(120_000, "and the operator again, until someone has it")
    concern_ms: int = setting(3_600_000, "a concern is looked at by then; nobody is paged for it")
    contact_ms: int = setting(180_000, "who has a ticket has spoken with the person by then; else they are reminded")
    contact_late_ms: int = setting(60_000, "and this much later the ticket goes back to the desk")
    attempt_ms: int = setting(300_000, "from one try to reach someone to the next")
    lease_ms: int = setting(60_000, "a ticket whose holder is off duty for this long goes back to the desk")
    care_check_ms: int = setting(1_000, "how often the clocks of care tickets are looked at")
    worried_ms: int = setting(24 * 3_600_000, "no ban so soon after a worry before someone looks after them")
    spared_ms: int = setting(3_600_000, "someone who is cared for writes without slow mode for this long")

    # listening one-to-one
    offer_ms: int = setting(45_000, "an offer is accepted by then, or the next listener is asked")
    place_ms: int = setting(5 * 60_000, "a place in the queue is kept so long without a connection")
    wait_minute_ms: int = setting(60_000, "a minute of waiting: at 2, 5 and 10 of them other ways are offered")
    place_told_ms: int = setting(5_000, "how often who waits is told the truth about it; within ten seconds")
    attend_ms: int = setting(5_000, "how often who waits, listens or talks is seen to be connected")
    attend_lapse_ms: int = setting(50_000, "a listener unseen for so long is gone: with the looks, within a minute")
    look_ms: int = setting(2_000, "how often every offer, place and one-to-one is looked at, by one process")
    nudge_ms: int = setting(3 * 60_000, "a listener who owes a word so long is nudged")
    silent_ms: int = setting(
        285_000, "a listener who owes a word so long has left: with beats, looks and a death, within five minutes"
    )
    soft_check_ms: int = setting(5 * 60_000, "a peer who is silent so long is gently asked")
    second_check_ms: int = setting(8 * 60_000, "and once more")
    peer_silent_ms: int = setting(10 * 60_000, "then the one-to-one ends gently; never where someone is worried")
    come_back_ms: int = setting(
        24 * 3_600_000, "a peer who fell silent comes in at the head; who has ended can read on"
    )
    one_ms: int = setting(24 * 3_600_000, "the text of a one-to-one, after its last word")
    one_length_ms: int = setting(45 * 60_000, "the agreed time; nothing is cut off then")
    one_extension_ms: int = setting(15 * 60_000, "by consent of both, or while someone is worried")
    wrap_up_ms: int = setting(2 * 60_000, "after each one-to-one, no offer can come")
    long_wrap_up_ms: int = setting(10 * 60_000, "after one in which someone was worried, or that was stopped")
    shift_ms: int = setting(150 * 60_000, "the longest a listener is offered people without a rest")
    rest_ms: int = setting(15 * 60_000, "a break after which a shift begins anew")
    listens_per_day: int = setting(8, "one-to-ones of one listener in a day")
    pair_per_day: int = setting(2, "how often the same two may meet in a day")
    training_required: bool = setting(True, "nobody listens before the training; False where you train elsewhere")
    training_ms: int = setting(365 * 24 * 3_600_000, "then it is gone through again")
    watched_first: int = setting(3, "after the first training a supervisor is asked to read along in so many")
    skips_per_hour: int = setting(2, "offers a listener may let pass, with a reason and without a consequence")
    serious_bonus_ms: int = setting(10 * 60_000, "how far urgency may overtake: the bonus is the bound")
    imminent_bonus_ms: int = setting(60 * 60_000, "nobody is overtaken for longer than this")

    # supervising
    ask_reply_ms: int = setting(60_000, "a listener who asks is answered by then; else the pager calls the next")
    consent_ms: int = setting(120_000, "a peer says by then whether someone else may go on; else nothing changes")
    receive_ms: int = setting(60_000, "someone accepts a transfer by then, or the first listener keeps the one-to-one")
    both_ms: int = setting(120_000, "both listeners are there for so long at most; then it is handed on")
    lift_ms: int = setting(3_600_000, "how long a shift's limits do not count once two supervisors have said so")
    second_ms: int = setting(10 * 60_000, "the second supervisor says so by then")

    # duty and presence
    duty_lapse_ms: int = setting(45_000, "no heartbeat for this long: not on duty (two pings and a pong)")
    duty_check_ms: int = setting(2_000, "how often a lapse is looked for")
    hand_ms: int = setting(30 * 60_000, "no hand on the console: duty ends")
    presence_ms: int = setting(20_000, "how often presence is confirmed")
    presence_lapse_ms: int = setting(50_000, "presence of a dead process ends")
    presence_jitter_ms: int = setting(3_000, "arrivals can't be timed")
    doors_ms: int = setting(2_000, "the live truth of the doors is read at most this often")
    status_ms: int = setting(10_000, "the public status is read at most this often, and may be kept as long")

    # the pager
    page_ms: int = setting(10_000, "one alert by one route; the other side may be slow, or never end")
    page_lease_ms: int = setting(3_000, "a call that a process was making when it died is made by another after this")
    page_check_ms: int = setting(1_000, "how often calls that are due, or due again, are looked for")
    page_retry_ms: int = setting(2_000, "a call that could not be made is tried again; each time twice as late")
    page_retry_most_ms: int = setting(60_000, "and never later than this")
    page_tries: int = setting(6, "tries of a route that fails, where another has reached someone; else without end")
    page_link_ms: int = setting(3_600_000, "how long the link of an alert can acknowledge it")
    page_quiet_ms: int = setting(5 * 60_000, "seen by phone: no other call for the same until then")
    alarm_ms: int = setting(60_000, "nobody on duty in opening hours for this long: the red alarm")
    alarm_again_ms: int = setting(15 * 60_000, "and again, while it lasts")
    watch_ms: int = setting(5_000, "how often duty is compared with the hours, and what waits is counted")

    # the store
    store_ms: int = setting(1_000, "a command to the store")
    store_replicas: int = setting(0, "so many copies must have what is acknowledged; 0: the node that was written to")
    store_wait_ms: int = setting(500, "copies that have not confirmed by then have not")
    sentinel_ms: int = setting(1_000, "how often a Sentinel is asked who the primary is")
    store_check: str = setting("refuse", "refuse or warn: what to do where the store may lose what was acknowledged")
    store_delay_ms: int = setting(100, "how far behind the store may be before more work is refused: help must pass")
    position_check_ms: int = setting(10_000, "numbers of every followed channel are compared")
    watchdog_ms: int = setting(5_000, "a link to the store that is silent is pinged")
    condition_ms: int = setting(1_000, "the store and the screening are asked whether they work")
    errand_ms: int = setting(2_000, "what another process left undone is looked for")

    @property
    def secure(self) -> bool:
        return self.url.startswith("https://")

    @property
    def url(self) -> str:
        """Where people reach it, without a slash at the end; where nobody said, this machine."""
        host = "127.0.0.1" if self.host in ANYWHERE else self.host
        return (self.public_url or f"http://{host}:{self.port}").rstrip("/")


def _read(name: str, kind: type, given: str) -> object:
    try:
        if kind is bool:
            return {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}[given.lower()]
        return kind(given)
    except (ValueError, KeyError):
        raise BadSetting(f"{name}={given!r} is not {'a whole number' if kind is int else 'yes or no'}") from None


def from_environment(environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings that the environment gives; `BadSetting` names the first that can't be read."""
    given = {
        setting.name: _read(setting.name.upper(), type(setting.default), environment[setting.name.upper()])
        for setting in fields(Settings)
        if setting.name.upper() in environment
    }
    settings = Settings(**given)  # type: ignore[arg-type]
    _check_ages(settings)
    return settings


def _check_ages(settings: Settings) -> None:
    if settings.under_18 not in ("closed", "open"):
        raise BadSetting(f"UNDER_18={settings.under_18!r} is not closed or open")
    if settings.under_18 == "open" and not settings.safeguarding_contact:
        raise BadSetting("UNDER_18=open needs SAFEGUARDING_CONTACT: who is called when a young person may be at risk")
