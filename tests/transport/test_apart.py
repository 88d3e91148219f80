"""What someone hears of who is here and who writes, where they do not meet everyone."""

from server.protocol import codec
from server.protocol.events import Event, Here, OnDuty, Writing
from server.transport.apart import told_apart

HERON, OTTER = b"h" * 8, b"o" * 8
ABOUT = f"{HERON.hex()} {OTTER.hex()}".encode()


def told(event: Event, hidden: frozenset[bytes], about: bytes = ABOUT) -> Event:
    return codec.inside(told_apart(codec.unnumbered(event), about, hidden))


def test_the_list_and_the_number_agree_without_them() -> None:
    here = Here(channel="room:night", people=2, handles=("heron", "otter"), staff=("Wren",))
    expected = Here(channel="room:night", people=1, handles=("heron",), staff=("Wren",))
    assert told(here, frozenset({OTTER})) == expected
    assert told(here, frozenset({b"x" * 8})) == here


def test_a_number_in_steps_stays() -> None:
    crowd = Here(channel="room:night", people=30, handles=(), staff=())
    assert told(crowd, frozenset({OTTER}), b"") == crowd


def test_their_writing_does_not_count_and_that_of_the_team_does() -> None:
    writing = Writing(channel="room:night", people=3)
    assert told(writing, frozenset({OTTER}), ABOUT + b" -") == Writing(channel="room:night", people=2)


def test_anything_else_is_told_as_it_is() -> None:
    assert told(OnDuty(staff=("Wren",)), frozenset({OTTER}), b"") == OnDuty(staff=("Wren",))
