import hmac

from server.outside.web import Address, signature, signed

SECRET = b"a secret between the two of us"


def test_a_request_goes_to_the_path_that_was_named() -> None:
    assert Address("https://a.example", "", 1.0).target == "/"
    assert Address("https://a.example/look?to=us#here", "", 1.0).target == "/look?to=us"


def test_the_port_is_the_one_that_was_named_or_the_usual_one() -> None:
    for url, port in (("https://a.example", 443), ("http://127.0.0.1", 80), ("http://127.0.0.1:9100/", 9100)):
        assert Address(url, "", 1.0).connection().port == port


def test_the_time_and_the_body_are_signed() -> None:
    headers = signed(SECRET, b'{"a":1}', 1_700_000_000)
    expected = "sha256=" + hmac.digest(SECRET, b'1700000000.{"a":1}', "sha256").hex()
    assert headers["X-Porchlight-Signature"] == expected
    assert headers["X-Porchlight-Timestamp"] == "1700000000"


def test_another_secret_time_or_body_has_another_signature() -> None:
    ours = signature(SECRET, "1", b"body")
    others = {signature(b"another", "1", b"body"), signature(SECRET, "2", b"body"), signature(SECRET, "1", b"other")}
    assert ours not in others
    assert len(others) == 3
