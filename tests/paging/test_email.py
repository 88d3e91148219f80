"""E-mail against a real SMTP server on this machine, and against some that are none."""

import asyncio
import email
from email.policy import default

import pytest

from server.domain.paging import Alert
from server.domain.routes import Email
from server.outside.thread import Failed
from server.paging.email import EmailRoute
from tests.outside.others import Other, Post, drips, waits
from tests.paging.conftest import Keeper, alert


def letter(told: Alert) -> tuple[str, str]:
    return f"{told.service}: {told.urgency.value}\nBcc: someone@else.example", f"Seen? {told.link}\n"


def route(
    port: int,
    ca_file: str = "",
    *,
    security: str = "starttls",
    login: tuple[str, str] = ("", ""),
    deadline_s: float = 5,
) -> EmailRoute:
    way = Email(
        name="mail",
        host="127.0.0.1",
        port=port,
        sender="porch@light.example",
        to=("on-call@light.example", "other@light.example"),
        security=security,  # type: ignore[arg-type]
        ca_file=ca_file,
    )
    return EmailRoute(way, *login, letter, deadline_s)


async def why(made: EmailRoute) -> str:
    with pytest.raises(Failed) as no:
        await made.tell(alert())
    return no.value.why


@pytest.mark.parametrize("security", ["starttls", "tls"])
async def test_a_letter_arrives_by_an_encrypted_way(other: Keeper, cert: tuple[str, str], security: str) -> None:
    post = other(Post(*cert, at_once=security == "tls", login=("us", "word")))
    await route(post.port, cert[0], security=security, login=("us", "word")).tell(alert())
    (raw,) = post.letters
    assert not post.in_clear
    read = email.message_from_bytes(raw, policy=default)
    assert read["Subject"] == "Porchlight: serious Bcc: someone@else.example", "no second header was made of it"
    assert (read["From"], read["To"]) == ("porch@light.example", "on-call@light.example, other@light.example")
    assert read["Auto-Submitted"] == "auto-generated"
    assert read.get_content().strip() == "Seen? https://chat.example/page/abc"


async def test_without_encryption_nothing_is_sent(other: Keeper, cert: tuple[str, str]) -> None:
    post = other(Post(*cert, offers=False))
    assert await why(route(post.port, cert[0])) == "answer"
    assert not post.letters


async def test_a_certificate_that_nobody_vouches_for_is_refused(other: Keeper, cert: tuple[str, str]) -> None:
    post = other(Post(*cert))
    assert await why(route(post.port)) == "tls"
    assert not post.letters


async def test_a_wrong_passphrase_is_said_so(other: Keeper, cert: tuple[str, str]) -> None:
    post = other(Post(*cert, login=("us", "word")))
    assert await why(route(post.port, cert[0], login=("us", "wrong"))) == "login"
    assert not post.letters


async def test_a_server_that_never_greets_ends_at_the_deadline(other: Keeper) -> None:
    async with asyncio.timeout(10):
        assert await why(route(other(Other(waits)).port, deadline_s=0.2)) == "timeout"


async def test_a_greeting_without_an_end_ends_at_the_deadline(other: Keeper) -> None:
    async with asyncio.timeout(10):
        assert await why(route(other(Other(drips(b"220-on and on\r\n"))).port, deadline_s=0.3)) == "timeout"


async def test_a_server_that_is_busy_or_none_is_a_no(other: Keeper) -> None:
    assert await why(route(other(Other(lambda talking: talking.sendall(b"421 later\r\n"))).port)) == "answer"
    assert await why(route(other(Other(lambda talking: talking.sendall(b"HTTP/1.1 200 OK\r\n"))).port)) == "answer"


async def test_one_that_is_down_is_said_so(other: Keeper) -> None:
    gone = other(Other(waits))
    gone.close()
    assert await why(route(gone.port)) == "connection"
