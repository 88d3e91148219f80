"""G14: a rolling restart is unseen: what is under way is answered, then people are asked to come back."""

import asyncio
import http.client
import itertools
import os
import signal
import socket
import time
from collections.abc import AsyncIterator, Callable

import pytest

from tests.faults.crowd import Member, end_of, gathered, opened_house
from tests.faults.figures import FULL, of, percentile, tell
from tests.walks.house import House, Server

PROCESSES = of(2, 3)
PEOPLE, ROOMS = of(16, 100), of(4, 10)
RATE = of(40.0, 500.0)  # messages a second, by all together
PAUSE_S = of(1.0, 40.0)  # between two restarts: who comes back must have come back
MOST_S = 3.0
UNANSWERED = "somebody never answers the goodbye"
FAULTS = ("nobody is there", *of((), (UNANSWERED,)), "it is told twice", "the store is gone")
PATIENCE_S = 60.0
WORDS = "amber birch cedar dusk ember fern grove hazel iris juniper".split()


@pytest.fixture
async def house() -> AsyncIterator[House]:
    async with opened_house(1, drain_ms="20000", store_ms="20000") as house:
        yield house


async def test_a_rolling_restart_loses_nothing_and_shows_nothing_twice() -> None:
    async with opened_house(PROCESSES, drain_ms="20000", history_messages="100000", ring_messages="5000") as house:
        members = await gathered(house, PEOPLE, [house.fresh_room() for _ in range(ROOMS)])
        talk = Talk(members)
        talking = [asyncio.create_task(talk.goes_on(member)) for member in members]
        drains = []
        for server in house.servers:
            await asyncio.sleep(PAUSE_S)
            began = time.monotonic()
            assert await asyncio.to_thread(ended, server) == 0
            drains.append(time.monotonic() - began)
            server.start()
            await asyncio.to_thread(server.await_ready)
        await asyncio.sleep(PAUSE_S)
        talk.is_over = True
        await asyncio.gather(*talking)
        for member in members:
            await member.client.until(talk.is_all_on_screen(member), PATIENCE_S)
            texts = member.client.texts(member.channel)
            assert len(set(texts)) == len(texts), "nothing is shown twice"
            assert set(texts) == talk.said[member.channel], "and nothing that was not acknowledged"
            assert member.client.of(member.channel).repeated == 0
            assert {*member.note.codes} <= {1012}
        delays = talk.delays()
        tell(
            f"{PROCESSES} processes restarted in turn under {RATE:.0f} messages/s",
            acknowledged=sum(map(len, talk.said.values())),
            on_screens=len(delays),
            p50_s=percentile(delays, 0.5),
            p99_s=percentile(delays, 0.99),
            most_s=max(delays),
            drained_in_s=[round(took, 1) for took in drains],
        )
        assert all("Traceback" not in server.said() for server in house.servers)
        if FULL:
            assert percentile(delays, 0.99) <= MOST_S


def spelled(number: int) -> str:
    """Digits one after the other would be looked at as a telephone number in pieces."""
    return " ".join(WORDS[int(digit)] for digit in str(number))


class Talk:
    """Everybody says something now and then, each message until it is acknowledged; when it was said is kept."""

    def __init__(self, members: list[Member]) -> None:
        self.is_over = False
        self.said: dict[str, set[str]] = {member.channel: set() for member in members}
        self._members = members
        self._numbers = itertools.count(1)
        self._at: dict[str, float] = {}
        self._seen: dict[int, dict[str, float]] = {id(member): {} for member in members}

    async def goes_on(self, member: Member) -> None:
        self._watches(member)
        every = len(self._members) / RATE
        due = time.monotonic()
        while not self.is_over:
            due += every
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            text = spelled(next(self._numbers))
            self._at[text] = time.monotonic()
            answer = await member.client.deliver(member.channel, text)
            assert answer["type"] == "posted", answer
            self.said[member.channel].add(text)

    def _watches(self, member: Member) -> None:
        seen, note = self._seen[id(member)], member.note

        def diary(what: str, frame: dict[str, object] | None = None, seq: int = 0) -> None:
            note(what, frame, seq)
            if what == "heard" and seq and frame and frame["type"] == "said":
                seen.setdefault(str(frame["text"]), time.monotonic())

        member.client.diary = diary

    def is_all_on_screen(self, member: Member) -> Callable[[], bool]:
        said, seen = self.said[member.channel], self._seen[id(member)]
        return lambda: said <= seen.keys()

    def delays(self) -> list[float]:
        return [at - self._at[text] for seen in self._seen.values() for text, at in seen.items()]


async def test_what_is_under_way_is_answered_before_the_goodbye_and_nobody_new_is_let_in(house: House) -> None:
    ana, ben, server = await house.peer(), await house.peer(), house.servers[0]
    room = house.fresh_room()
    await ana.joins(room)
    await ben.joins(room)
    probe = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    assert asks(probe, "/readyz") == (200, b"ready\n")
    os.kill(house.store.pid, signal.SIGSTOP)  # so that something is under way for a while
    try:
        saying = asyncio.create_task(ana.says("said before the end"))
        await asyncio.sleep(0.2)
        server._process.terminate()
        await ben.client.until(lambda: ben.client.close_code)
        assert ben.client.close_code == 1012
        assert ana.client.close_code is None
        await asyncio.to_thread(refuses, server.port)
        assert asks(probe, "/readyz") == (503, b"stopping\n")
        assert asks(probe, "/healthz") == (200, b"ok\n")
        assert asks(probe, "/ws", **upgrade(server, ana.client.session.header))[0] == 503
        assert not saying.done()
    finally:
        os.kill(house.store.pid, signal.SIGCONT)
    assert (await saying)["type"] == "posted"
    await ana.client.until(lambda: ana.client.close_code)
    assert ana.client.close_code == 1012
    probe.close()
    assert await asyncio.to_thread(ended, server) == 0
    assert "Traceback" not in server.said()


async def test_a_process_ends_without_a_word_of_complaint_whatever_happens_meanwhile() -> None:
    async with opened_house(1, drain_limit_ms="8000", store_ms="500") as house:
        server = house.servers[0]
        for fault in FAULTS:
            if server._process.poll() is not None:
                house.restart()
            if fault != "nobody is there":
                ana, ben = await house.peer(), await house.peer()
                await ana.joins(house.fresh_room())
            line = None
            match fault:
                case "the store is gone":
                    house.kill_store()
                case fault if fault == UNANSWERED:
                    assert ben.client._socket is not None
                    line = ben.client._socket.transport
                    line.pause_reading()
                case "it is told twice":
                    server._process.terminate()
            began = time.monotonic()
            assert await asyncio.to_thread(ended, server) == 0
            tell(f"stopped while {fault}", s=time.monotonic() - began)
            if line is not None:
                line.resume_reading()
            if fault != "nobody is there":
                assert await end_of(ana.client) == 1012
            await house.see_everyone_out()
        house.start_store()
        assert "Traceback" not in server.said()
        assert "Error" not in server.said()


def ended(server: Server) -> int:
    """Told to stop; with what it ended."""
    server.stop()
    return int(server._process.returncode)


def asks(probe: http.client.HTTPConnection, path: str, **headers: str) -> tuple[int, bytes]:
    probe.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = probe.getresponse()
    return answer.status, answer.read()


def refuses(port: int) -> None:
    """Returns once nobody is let in any more."""
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), 5).close()
        except ConnectionRefusedError:
            return
        time.sleep(0.02)
    raise AssertionError("the door stayed open")


def upgrade(server: Server, cookie: str) -> dict[str, str]:
    return {
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec_WebSocket_Version": "13",
        "Sec_WebSocket_Key": "dGhlIHNhbXBsZSBub25jZQ==",
        "Origin": server.url,
        "Cookie": cookie,
    }
