"""What the generator is told, and what it says."""

import msgspec
import pytest

from loadtests.bench.load import Reading, arguments, joined
from loadtests.bench.machine import this_machine
from loadtests.bench.measuring import floor
from loadtests.bench.subject import Running, Speech
from loadtests.bench.tools import NoCompiler, Tools, built

MESSAGES = tuple(b"~FG~000000000000 and %d more words" % number for number in range(3))


@pytest.fixture(scope="session")
def tools() -> Tools:
    try:
        return built()
    except NoCompiler as why:
        pytest.skip(str(why))


def reading(**given: object) -> Reading:
    plain = {
        name: "closed" if name == "mode" else 0 for name in (field.name for field in msgspec.structs.fields(Reading))
    }
    return msgspec.convert({**plain, "members": 10, "rooms": 1, "deliveries": 1000, "cpu_s": 0.5, **given}, Reading)


def test_a_reading_counts_deliveries_and_messages_per_cpu_second() -> None:
    seen = reading(rooms=2)
    assert seen.per_cpu_s == 2000
    assert seen.messages == 200
    assert seen.cpu_us_per_message == 2500


@pytest.mark.parametrize("wrong", ["lost", "bad", "stalls", "closed", "refused"])
def test_a_reading_that_is_not_whole_says_why(wrong: str) -> None:
    assert reading().fault == ""
    assert reading(**{wrong: 3}).fault == f"3 {wrong}"


def test_a_reading_without_a_delivery_counts_for_nothing() -> None:
    assert reading(deliveries=0).fault == "nothing delivered"
    assert reading(deliveries=0, mode="idle").fault == ""


def test_messages_and_cookies_are_handed_over_in_files(tmp_path) -> None:  # type: ignore[no-untyped-def]
    speech = Speech(MESSAGES, path="/ws", own_headers=("Cookie: a=1", "Cookie: a=2"), init=("0:b:82",))
    told = arguments(tmp_path, Running(ports=(1, 2), pids=(3,)), speech)
    assert told[told.index("--port") + 1] == "1,2"
    assert (tmp_path / "headers").read_text() == "Cookie: a=1\nCookie: a=2\n"
    first = len(MESSAGES[0]).to_bytes(4, "big") + MESSAGES[0]
    assert (tmp_path / "messages").read_bytes().startswith(first)


@pytest.mark.parametrize("joins", [False, True])
def test_the_floor_loses_nothing(tools: Tools, joins: bool) -> None:
    machine, subject = this_machine(), floor(tools, MESSAGES, joins=joins)
    with subject.running(machine) as running:
        speech = subject.speech(running, 6, 2)
        with joined(tools, machine, running, speech, members=6, rooms=2) as load:
            closed = load.measure(window=4, seconds=0.1, warm=0.0)
            opened = load.measure(rate=200, seconds=0.1, warm=0.0)
    assert load.arrival.connections == 6
    assert closed.fault == opened.fault == ""
    assert closed.deliveries
    assert opened.mode == "open"
