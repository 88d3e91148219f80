"""People and terms for the rules of listening, in minutes of a clock that the test holds."""

from msgspec import structs

from server.domain.listening import Listener, Record, Step, Terms, Waiting
from server.protocol.listening import Availability, Wish

MINUTE = 60_000
HOUR = 60 * MINUTE
NOON = 20_000 * 24 * HOUR + 12 * HOUR

TERMS = Terms(
    offer=45_000,
    place=5 * MINUTE,
    minute=MINUTE,
    beat=5_000,
    lease=50_000,
    nudge=3 * MINUTE,
    silent=5 * MINUTE,
    checks=(5 * MINUTE, 8 * MINUTE, 10 * MINUTE),
    again=24 * HOUR,
    length=45 * MINUTE,
    extension=15 * MINUTE,
    wrap=2 * MINUTE,
    long_wrap=10 * MINUTE,
    shift=150 * MINUTE,
    rest=15 * MINUTE,
    daily=8,
    skips=2,
    serious=10 * MINUTE,
    imminent=60 * MINUTE,
    reply=MINUTE,
    consent=2 * MINUTE,
    receive=MINUTE,
    both=2 * MINUTE,
    lift=HOUR,
    second=10 * MINUTE,
    pair=2,
    gate=True,
    training=365 * 24 * HOUR,
    watched=3,
)


def who_waits(person: str = "ana", since: int = NOON, **more: object) -> Waiting:
    waiting = Waiting(
        person=person,
        request="r",
        client_id=b"1" * 16,
        message="m",
        handle="quiet-heron-12",
        wish=Wish(),
        since=since,
    )
    return structs.replace(waiting, **more)


def who_listens(person: str = "wren", **more: object) -> Listener:
    listener = Listener(person=person, name=person.title(), availability=Availability.AVAILABLE, began=NOON)
    return structs.replace(listener, **more)


def after(records: dict[str, Record], step: Step | None) -> dict[str, Record]:
    """The records as the step leaves them."""
    changed = {**records, **(step.records if step else {})}
    return {each: record for each, record in changed.items() if record is not None}
