"""The proxy does to a connection what it says, and nothing else."""

import random
import time
from collections.abc import Iterator

import pytest
import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from tests.faults.proxy import Proxy
from tests.faults.resp import Splitter
from tests.faults.stores import Single


@pytest.fixture(scope="module")
def store() -> Iterator[Single]:
    with Single("no") as single:
        yield single


@pytest.fixture
def proxy(store: Single) -> Iterator[Proxy]:
    with Proxy(store.node.port, store=True, chance=random.Random(7)) as between:
        yield between


def client(proxy: Proxy, seconds: float = 1.0) -> redis.Redis:
    return redis.Redis(port=proxy.port, protocol=3, socket_timeout=seconds, retry=Retry(NoBackoff(), 0))


def test_what_comes_in_any_pieces_comes_out_in_whole_answers() -> None:
    answers = [
        b"+OK\r\n",
        b"$3\r\na\r\n\r\n",
        b"*2\r\n$1\r\nx\r\n*1\r\n:5\r\n",
        b"$-1\r\n",
        b"_\r\n",
        b"%1\r\n+a\r\n:1\r\n",
    ]
    for size in (1, 2, 3, 5, 100):
        splitter, joined = Splitter(), b"".join(answers)
        pieces = [joined[place : place + size] for place in range(0, len(joined), size)]
        assert [whole for piece in pieces for whole in splitter.feed(piece)] == answers


def test_it_forwards(proxy: Proxy) -> None:
    with client(proxy) as asking:
        asking.set("large", b"x" * 1_000_000)
        assert asking.get("large") == b"x" * 1_000_000


def test_it_delays_in_each_direction(proxy: Proxy) -> None:
    with client(proxy) as asking:
        asking.ping()
        proxy.delay(0.1)
        before = time.monotonic()
        asking.ping()
        assert time.monotonic() - before >= 0.2


def test_a_black_hole_swallows_and_closes_nothing(proxy: Proxy) -> None:
    with client(proxy, 0.2) as old, client(proxy, 0.2) as new:
        old.ping()
        proxy.black_hole()
        for asking in (old, new):
            with pytest.raises(redis.TimeoutError):
                asking.ping()
        proxy.forward()
        assert old.ping(), "over a new connection"


def test_a_cut_ends_every_connection_and_lets_newcomers_in(proxy: Proxy) -> None:
    with client(proxy) as asking:
        listening = asking.pubsub()
        listening.subscribe("night")
        assert listening.get_message(timeout=1.0)["type"] == "subscribe"
        proxy.cut()
        with pytest.raises(redis.ConnectionError):
            listening.connection.read_response()
        assert asking.ping()


def test_a_share_of_what_is_published_is_lost_and_no_answer_is(proxy: Proxy, store: Single) -> None:
    with client(proxy) as asking, redis.Redis(port=store.node.port) as other:
        listening = asking.pubsub()
        listening.subscribe("night")
        assert listening.get_message(timeout=1.0)["type"] == "subscribe"
        proxy.lose_published(0.2)
        for turn in range(1_000):
            other.publish("night", turn)
            assert asking.echo(str(turn)) == str(turn).encode()
        heard = 0
        while listening.get_message(timeout=0.2):
            heard += 1
        assert heard + proxy.lost == 1_000
        assert 100 < proxy.lost < 300


def test_after_an_append_there_is_a_reset_instead_of_an_answer(proxy: Proxy) -> None:
    append = "redis.call('INCR', 'appended') return {'posted', 1, 0, 0}"
    with client(proxy) as asking:
        proxy.cut_after_append(1.0)
        with pytest.raises(redis.ConnectionError):
            asking.eval(append, 0)
        assert asking.get("appended") == b"1"
        proxy.forward()
        assert asking.eval(append, 0)[0] == b"posted"
