import re

from server.protocol import codec, refusals
from server.protocol.typescript import typescript

TYPES = typescript()


def entry(name: str) -> str:
    found = re.search(rf"export interface {name} {{\n(.*?)\n}}", TYPES, re.DOTALL)
    assert found is not None, name
    return found[1]


def test_every_command_and_event_has_a_type_of_its_own() -> None:
    for struct in (*codec.COMMANDS, *codec.EVENTS):
        assert 'type: "' in entry(struct.__name__)
        assert f"  | {struct.__name__}\n" in TYPES or f"  | {struct.__name__};" in TYPES


def test_what_we_send_may_leave_out_what_has_a_default() -> None:
    assert "replaces?: Uint8Array | null;" in entry("Post")
    assert "client_id: Uint8Array;" in entry("Post")


def test_what_we_hear_is_always_whole() -> None:
    assert "retry_ms: number | null;" in entry("Refused")
    assert "offers: readonly string[];" in entry("Refused")
    assert "frames: readonly [number, Event][];" in entry("Page")


def test_a_client_knows_when_not_to_come_back() -> None:
    numbers = ", ".join(str(int(close)) for close in sorted(refusals.STAY_AWAY))
    assert f"STAY_AWAY: ReadonlySet<number> = new Set([{numbers}]);" in TYPES
