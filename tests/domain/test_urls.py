import pytest

from server.domain import urls


@pytest.mark.parametrize(
    "url", ["https://a.example/look?x=1", "https://a.example:8443", "http://127.0.0.1:9/", "http://[::1]/"]
)
def test_what_is_encrypted_or_stays_here_may_be_named(url: str) -> None:
    assert urls.fault(url) is None


@pytest.mark.parametrize(
    "url",
    [
        "http://a.example",
        "http://127.0.0.1.evil.example/",
        "http://10.0.0.1/",
        "ftp://127.0.0.1/",
        "HTTP://localhost.evil/",
    ],
)
def test_what_would_go_elsewhere_in_clear_may_not(url: str) -> None:
    assert urls.fault(url) == "must begin with https://"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "https://",
        "https://us:secret@a.example/",
        "https://[a",
        "https://a.example:0/",
        "https://a.example/ b",
        "https://a.example/\r\nX: y",
    ],
)
def test_what_is_no_address_may_not(url: str) -> None:
    assert urls.fault(url) == "is no address"
