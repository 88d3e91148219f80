"""The headers of every answer."""

from server.config import Settings
from server.transport.headers import policy, refusal, security


def test_the_policy_is_the_one_of_our_rules() -> None:
    assert policy("https://chat.example") == (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; media-src 'self'; "
        "manifest-src 'self'; worker-src 'self'; connect-src 'self' wss://chat.example; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types sw"
    )


def test_on_https_browsers_are_told_to_stay_there() -> None:
    assert dict(security(Settings(public_url="https://chat.example")))[b"strict-transport-security"] == (
        b"max-age=63072000; includeSubDomains"
    )
    assert b"strict-transport-security" not in dict(security(Settings()))


def test_a_refusal_is_a_whole_answer_that_ends_the_connection() -> None:
    raw = refusal(431, "too_large", security(Settings()), ((b"retry-after", b"5"),))
    head, _, body = raw.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 431 Request Header Fields Too Large\r\n")
    assert b"\r\nconnection: close\r\n" in head
    assert b"\r\nretry-after: 5\r\n" in head
    assert f"content-length: {len(body)}".encode() in head
    assert body == b"too_large\n"
