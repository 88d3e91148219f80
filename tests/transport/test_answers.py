"""JSON answers, and how a no is said over HTTP."""

import pytest

from server.protocol.refusals import Code, Refused
from server.transport.answers import no, refused, told


def test_an_answer_is_json() -> None:
    answer = told({"now": 1})
    assert (answer.status_code, answer.body, answer.media_type) == (200, b'{"now":1}', "application/json")


@pytest.mark.parametrize(
    ("code", "status"),
    [
        (Code.NO_ROOM, 404),
        (Code.FORBIDDEN, 403),
        (Code.CONFLICT, 409),
        (Code.GONE, 410),
        (Code.UNAVAILABLE, 503),
        (Code.PASSPHRASE, 400),
        (Code.BAD_HANDLE, 400),
    ],
)
def test_every_no_has_a_status_and_a_code(code: Code, status: int) -> None:
    answer = no(Refused(code))
    assert (answer.status_code, answer.body) == (status, b'{"code":"%s"}' % code.value.encode())


def test_a_no_that_can_change_says_when_to_ask_again() -> None:
    assert no(Refused(Code.UNAVAILABLE, retry_ms=2_000)).headers["retry-after"] == "3"
    assert "retry-after" not in no(Refused(Code.GONE)).headers


def test_further_headers_are_added() -> None:
    assert refused(301, "https_only", {"location": "/"}).headers["location"] == "/"
