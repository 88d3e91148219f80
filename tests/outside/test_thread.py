"""What a library raises becomes one word, and nothing of what the other side said."""

import smtplib
import ssl
from http.client import BadStatusLine

import pytest

from server.outside.thread import Failed, Opened, Threads


@pytest.mark.parametrize(
    ("fault", "why"),
    [
        (TimeoutError(), "timeout"),
        (ssl.SSLError("secret words"), "tls"),
        (BadStatusLine("secret words"), "answer"),
        (smtplib.SMTPDataError(550, b"secret words"), "answer"),
        (ConnectionRefusedError("secret words"), "connection"),
        (UnicodeError("secret words"), "connection"),
        (Failed("login"), "login"),
    ],
)
async def test_every_fault_of_the_other_side_is_one_word(fault: Exception, why: str) -> None:
    def work() -> None:
        raise fault

    with pytest.raises(Failed) as no:
        await Threads("test", 5).run(Opened(), work)
    assert str(no.value) == why
