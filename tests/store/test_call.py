"""One question: an answer, a refusal, or nobody who waits for either."""

import asyncio
import gc

import pytest

from server.protocol.refusals import Code, Refused
from server.store.call import Call, ReplyError, packed, unavailable


async def test_an_answer_reaches_who_waits_and_only_once() -> None:
    answer = asyncio.get_running_loop().create_future()
    call = Call(b"", "", False, answer, 0.0)
    call.settle(b"first")
    call.settle(b"second")
    call.fail(unavailable())
    assert await answer == b"first"


async def test_a_call_whose_caller_was_cancelled_and_one_without_a_caller_take_any_answer() -> None:
    cancelled = asyncio.get_running_loop().create_future()
    cancelled.cancel()
    for call in (Call(b"", "", False, cancelled, 0.0), Call(b"", "", False, None, 0.0)):
        call.settle(b"an answer")
        call.fail(unavailable())


async def test_a_refusal_that_nobody_looks_at_is_no_noise(caplog: pytest.LogCaptureFixture) -> None:
    Call(b"", "", False, asyncio.get_running_loop().create_future(), 0.0).fail(unavailable())
    gc.collect()
    assert "never retrieved" not in caplog.text


def test_the_stores_own_word_begins_with_its_code() -> None:
    assert ReplyError("READONLY You can't write").code == "READONLY"


def test_unavailable_says_when_to_ask_again() -> None:
    no = unavailable()
    assert isinstance(no, Refused)
    assert (no.code, no.retry_ms) == (Code.UNAVAILABLE, 2_000)


def test_a_command_is_packed_as_the_store_reads_it() -> None:
    assert packed(("SET", b"key", 7)) == b"*3\r\n$3\r\nSET\r\n$3\r\nkey\r\n$1\r\n7\r\n"
