"""The front door over HTTP: the whole house, a real store, and raw requests: entries 106 to 120 of the catalogue."""

import gzip
import json
import socket
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from server.actions import accounts
from server.config import Settings
from server.protocol.people import Role
from tests.transport.test_pages import built
from tests.transport.wire import Answer, Client, House, asks, frame

PASSPHRASE = "correct horse battery"
SCRIPT = "console.log('built');\n" * 50


@pytest.fixture(scope="module")
def front(started_store: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    dist = built(tmp_path_factory.mktemp("front") / "dist")
    (dist / "assets").mkdir()
    (dist / "assets" / "main-1.js").write_text(SCRIPT)
    (dist / "assets" / "a.woff2").write_bytes(b"font")
    (dist / "sw.js").write_text("// worker\n")
    (dist / "favicon.svg").write_text("<svg></svg>")
    settings = Settings(redis_url=started_store("valkey"), secret="a secret for tests only", drain_ms=0)
    house = House(settings, dist)
    try:
        yield house
    finally:
        while Client.everyone:
            Client.everyone.pop().closes()
        house.stop()


def cookie_of(answer: Answer) -> str:
    return answer.headers["set-cookie"].partition(";")[0]


def posts(front: House, target: str, body: object, **changed: str) -> Answer:
    return asks(front.port, target, "POST", json.dumps(body).encode(), **changed)


def invited(front: House, role: Role = Role.MODERATOR) -> str:
    """A fresh invitation, as the operator's command makes it."""
    return front.run(accounts.invite(front.services, role))


# -- pages and files -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/rooms",
        "/rooms/evening",
        "/kept",
        "/back",
        "/console",
        "/listen",
        "/help",
        "/help?country=GB",
        "/privacy",
        "/goodbye",
    ],
)
def test_every_page_is_there_with_the_security_headers(front: House, path: str) -> None:
    answer = asks(front.port, path)
    assert answer.status == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"
    policy = answer.headers["content-security-policy"]
    assert f"connect-src 'self' ws://127.0.0.1:{front.port};" in policy
    assert "unsafe" not in policy
    for name, value in {
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        "cross-origin-opener-policy": "same-origin",
        "x-robots-tag": "noindex, nofollow, noarchive",
    }.items():
        assert answer.headers[name] == value
    assert "set-cookie" not in answer.headers, "a link from elsewhere never makes a person"
    assert "server" not in answer.headers


def test_a_page_needs_no_exception_from_its_own_policy(front: House) -> None:
    page = asks(front.port, "/").body.decode()
    assert "<style" not in page
    assert " style=" not in page
    assert " onclick=" not in page


def test_the_status_may_be_kept_for_some_seconds_and_is_the_same_for_whoever_asks(front: House) -> None:
    answer = asks(front.port, "/status")
    assert (answer.status, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert answer.headers["cache-control"] == "public, max-age=10"
    assert "accept-language" in answer.headers["vary"].lower()
    assert "set-cookie" not in answer.headers
    entered = cookie_of(posts(front, "/session", {}))
    assert asks(front.port, "/status", cookie=entered).body == answer.body
    assert "No one from our team is on duty right now." in answer.body.decode()


def test_help_puts_the_chosen_country_first(front: House) -> None:
    assert asks(front.port, "/help?country=GB").body != asks(front.port, "/help?country=FR").body
    assert asks(front.port, "/help?country=" + "x" * 500).status == 200


def test_a_room_that_does_not_exist_gets_the_page_and_says_so(front: House) -> None:
    assert asks(front.port, "/rooms/nowhere").status == 404
    assert b"porchlight" in asks(front.port, "/rooms/nowhere").body


def test_who_lost_the_way_gets_the_page_and_machines_get_a_code(front: House) -> None:
    lost = asks(front.port, "/no/such/page", accept="text/html")
    assert (lost.status, lost.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert json.loads(asks(front.port, "/no/such/page").body) == {"code": "not_found"}


def test_built_files_are_kept_for_ever_and_pressed(front: House) -> None:
    plain = asks(front.port, "/static/assets/main-1.js")
    pressed = asks(front.port, "/static/assets/main-1.js", accept_encoding="gzip, br")
    assert plain.body.decode() == gzip.decompress(pressed.body).decode() == SCRIPT
    assert plain.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert "javascript" in plain.headers["content-type"]
    assert asks(front.port, "/static/assets/a.woff2", accept_encoding="gzip").body == b"font"


def test_files_that_keep_their_name_are_asked_for_each_time(front: House) -> None:
    assert asks(front.port, "/sw.js").headers["cache-control"] == "no-cache"
    assert asks(front.port, "/favicon.svg").headers["content-type"] == "image/svg+xml"


def test_pages_are_pressed(front: House) -> None:
    answer = asks(front.port, "/", accept_encoding="gzip")
    assert answer.headers["content-encoding"] == "gzip"


def test_no_search_engine_is_welcome(front: House) -> None:
    assert asks(front.port, "/robots.txt").body == b"User-agent: *\nDisallow: /\n"


@pytest.mark.parametrize(
    "path",
    [
        "/nothing",
        "//",
        "//rooms",
        "/rooms/",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/static/../config.py",
        "/static/%2e%2e/%2e%2e/server/config.py",
        "/static/assets/..%2f..%2fconfig.py",
        "/static/.vite/manifest.json",
        "/static//etc/passwd",
        "/static/",
        "/static/assets",
        "/preview/",
        "/preview/%2e%2e",
        "/preview/room:evening",
        "/preview/" + "a" * 5_000,
        "/preview/*",
    ],
)
def test_entry_106_what_is_not_there(front: House, path: str) -> None:
    assert asks(front.port, path).status == 404


@pytest.mark.parametrize("path", ["/%00", "/rooms/%00", "/static/assets/main-1.js%00", "/a%0d%0ab", "/a%5c..%5cb"])
def test_entry_106_control_characters(front: House, path: str) -> None:
    assert asks(front.port, path).status == 400


@pytest.mark.parametrize("method", ["POST", "DELETE"])
@pytest.mark.parametrize("path", ["/", "/help", "/doors", "/static/assets/main-1.js"])
def test_entry_107_a_page_cannot_be_changed(front: House, path: str, method: str) -> None:
    assert asks(front.port, path, method).status == 405


@pytest.mark.parametrize("path", ["/session", "/staff/account", "/staff/session"])
def test_entry_107_a_sign_in_cannot_be_read(front: House, path: str) -> None:
    assert asks(front.port, path).status == 405


def test_entry_111_odd_headers_are_survived(front: House) -> None:
    assert asks(front.port, "/static/assets/main-1.js", range="bytes=0-,0-,0-,0-,0-").status == 200
    assert asks(front.port, "/", if_none_match='"a",' * 1_900).status == 200
    assert asks(front.port, "/", accept_language="en," * 2_600).status == 200
    assert asks(front.port, "/", accept_language="en," * 3_000).status == 431


@pytest.mark.parametrize("path", ["/metrics", "/docs", "/.git/config", "/openapi.json", "/.env", "/ws"])
def test_entry_120_nothing_else_is_open(front: House, path: str) -> None:
    assert asks(front.port, path).status == 404


# -- who may ask -----------------------------------------------------------------------------------


def test_another_host_is_not_ours(front: House) -> None:
    assert asks(front.port, "/", host="evil.example").status == 421
    assert asks(front.port, "/", host="").status == 400


def test_entry_116_a_forged_host_changes_nothing(front: House) -> None:
    forged = asks(front.port, "/", x_forwarded_host="evil.example", forwarded="host=evil.example")
    assert forged.status == 200
    assert b"evil.example" not in forged.body
    assert "evil" not in str(forged.headers)


def test_machines_may_ask_for_health_by_any_name(front: House) -> None:
    assert asks(front.port, "/healthz", host="10.1.2.3:8000").body == b"ok\n"
    assert asks(front.port, "/readyz", host="10.1.2.3:8000").body == b"ready\n"


FORGED = {
    "cross_site": {"sec_fetch_site": "cross-site"},
    "same_site": {"sec_fetch_site": "same-site"},
    "no_page": {"sec_fetch_site": "none"},
    "foreign_origin": {"sec_fetch_site": "", "origin": "https://evil.example"},
    "null_origin": {"sec_fetch_site": "", "origin": "null"},
    "no_origin": {"sec_fetch_site": "", "origin": ""},
    "foreign_origin_with_good_site": {"origin": "https://evil.example"},
    "without_our_header": {"x_porchlight": ""},
    "with_another_value": {"x_porchlight": "2"},
}


@pytest.mark.parametrize("forged", FORGED.values(), ids=FORGED.keys())
@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "/session"), ("DELETE", "/session"), ("POST", "/staff/account"), ("POST", "/staff/session")],
)
def test_entry_118_a_page_elsewhere_changes_nothing(
    front: House, method: str, path: str, forged: dict[str, str]
) -> None:
    answer = asks(front.port, path, method, b"{}", **forged)
    assert (answer.status, answer.body) == (403, b'{"code":"forbidden"}')
    assert "set-cookie" not in answer.headers


def test_an_old_browser_without_fetch_headers_can_sign_in(front: House) -> None:
    assert posts(front, "/session", {}, sec_fetch_site="").status == 200


# -- bodies ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "media",
    [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "application/json; charset=latin-1",
        "json",
        "",
    ],
)
def test_entry_108_only_json_is_taken(front: House, media: str) -> None:
    assert asks(front.port, "/session", "POST", b"{}", content_type=media).status == 415


def test_entry_108_json_may_say_its_charset(front: House) -> None:
    assert asks(front.port, "/session", "POST", b"{}", content_type="application/json; charset=UTF-8").status == 200


BAD_BODIES = [
    b"",
    b"null",
    b"[]",
    b"{",
    b"{}{}",
    b'{"age": 1}',
    b'{"age": "child"}',
    b'{"age": 1e999}',
    b'{"age": NaN}',
    b'{"__proto__": {}}',
    b'{"constructor": 1}',
    b'{"age": "\xff"}',
    b'{"age": "\\ud800"}',
    b"[" * 1_000 + b"]" * 1_000,
    b'{"age":' * 1_000 + b"1" + b"}" * 1_000,
    b"\xef\xbb\xbf{}",
]


@pytest.mark.parametrize("body", BAD_BODIES)
def test_entry_109_json_that_is_not_what_we_take(front: House, body: bytes) -> None:
    answer = asks(front.port, "/session", "POST", body)
    assert (answer.status, answer.body) == (400, b'{"code":"bad_request"}')


def test_entry_110_a_megabyte_to_the_sign_in(front: House) -> None:
    assert asks(front.port, "/session", "POST", b"", content_length="1000000").status == 413


def test_entry_110_a_body_that_stops_in_the_middle_is_no_fault_of_ours(
    front: House, caplog: pytest.LogCaptureFixture
) -> None:
    chunks = (b"3e8\r\n" + b" " * 1_000 + b"\r\n") * 20
    grown = asks(front.port, "/session", "POST", chunks, content_length="", transfer_encoding="chunked")
    with socket.create_connection(("127.0.0.1", front.port)) as plain:
        plain.sendall(begun(front.port))
    asks(front.port, "/healthz")
    assert grown.status == 413
    assert caplog.records == []


def begun(port: int) -> bytes:
    """A sign-in of which only the first byte of the body comes."""
    headers = f"host: 127.0.0.1:{port}\r\norigin: http://127.0.0.1:{port}\r\nx-porchlight: 1"
    return (
        f"POST /session HTTP/1.1\r\n{headers}\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n{{".encode()
    )


# -- signing in and out ----------------------------------------------------------------------------


def test_a_newcomer_gets_a_cookie_that_only_the_server_reads(front: House) -> None:
    answer = posts(front, "/session", {"age": "adult"})
    assert (answer.status, json.loads(answer.body)) == (200, {"fresh": True, "role": "peer"})
    name, *attributes = answer.headers["set-cookie"].split("; ")
    assert name.startswith("porchlight=")
    assert sorted(attribute.lower() for attribute in attributes) == [
        "httponly",
        "max-age=2592000",
        "path=/",
        "samesite=strict",
    ]


def test_who_comes_again_is_known_and_keeps_the_cookie(front: House) -> None:
    cookie = cookie_of(posts(front, "/session", {}))
    again = posts(front, "/session", {}, cookie=cookie)
    assert json.loads(again.body) == {"fresh": False, "role": "peer"}
    assert "set-cookie" not in again.headers


def test_a_minor_is_turned_away_where_that_is_closed(front: House) -> None:
    answer = posts(front, "/session", {"age": "minor"})
    assert (answer.status, "set-cookie" in answer.headers) == (403, False)


def test_leaving_forgets_the_cookie_and_closes_the_sockets(front: House) -> None:
    cookie = cookie_of(posts(front, "/session", {}))
    ana = Client(front.port, cookie=cookie)
    ana.says(frame(0x2, b"\x83\xa4type\xa5hello\xa3ref\x01\xa7version\x01"))
    assert ana.hears()[0] == 0x2
    answer = asks(front.port, "/session", "DELETE", cookie=cookie)
    assert (answer.status, answer.headers["clear-site-data"]) == (204, '"cookies", "storage"')
    assert "max-age=0" in answer.headers["set-cookie"].lower()
    assert ana.hears_close() == 1008
    assert json.loads(posts(front, "/session", {}, cookie=cookie).body)["fresh"], "the old cookie opens nothing"


def test_entry_22_one_network_cannot_make_people_without_end(front: House) -> None:
    answers = [posts(front, "/session", {}, x_forwarded_for="203.0.113.9") for _ in range(100)]
    assert {answer.status for answer in answers[:60]} == {200}
    refused = [answer for answer in answers if answer.status == 429]
    assert int(refused[0].headers["retry-after"]) >= 1
    known = cookie_of(answers[0])
    assert posts(front, "/session", {}, x_forwarded_for="203.0.113.9", cookie=known).status == 200


def test_staff_come_by_invitation_and_again_by_passphrase(front: House) -> None:
    made = posts(front, "/staff/account", {"token": invited(front), "name": "Moira", "passphrase": PASSPHRASE})
    assert made.status == 201
    assert "Max-Age=43200" in made.headers["set-cookie"]
    again = posts(front, "/staff/session", {"name": "moira", "passphrase": PASSPHRASE})
    assert again.status == 200
    assert json.loads(posts(front, "/session", {}, cookie=cookie_of(again)).body) == {
        "fresh": False,
        "role": "moderator",
    }


def test_entry_112_every_failed_sign_in_gets_the_same_bytes(front: House) -> None:
    posts(front, "/staff/account", {"token": invited(front), "name": "Norah", "passphrase": PASSPHRASE})
    answers = [
        posts(front, "/staff/session", {"name": name, "passphrase": passphrase})
        for name, passphrase in [("Norah", "wrong wrong wrong"), ("Nobody", PASSPHRASE), ("", ""), ("Norah", "")]
    ]
    dateless = [{**answer.headers, "date": ""} for answer in answers]
    assert {answer.status for answer in answers} == {401}
    assert {answer.body for answer in answers} == {b'{"code":"forbidden"}'}
    assert dateless == [dateless[0]] * 4


@pytest.mark.parametrize(
    ("name", "passphrase", "code"),
    [("Olive", "x", "passphrase"), ("Olive", "x" * 16, "passphrase"), ("<b>", PASSPHRASE, "bad_handle")],
)
def test_entry_113_what_makes_no_account(front: House, name: str, passphrase: str, code: str) -> None:
    answer = posts(front, "/staff/account", {"token": invited(front), "name": name, "passphrase": passphrase})
    assert (answer.status, json.loads(answer.body)) == (400, {"code": code})


def test_entry_115_an_invitation_raced_for_makes_one_account(front: House) -> None:
    token, start = invited(front), threading.Barrier(10)

    def race(number: int) -> int:
        start.wait()
        body = {"token": token, "name": f"Racer {number}", "passphrase": PASSPHRASE}
        return posts(front, "/staff/account", body).status

    with ThreadPoolExecutor(10) as racers:
        statuses = sorted(racers.map(race, range(10)))
    assert statuses == [201] + [410] * 9


def test_guessing_passphrases_is_slowed_whatever_the_names(front: House) -> None:
    def guess(number: int) -> int:
        body = {"name": f"Name {number}", "passphrase": ""}
        return posts(front, "/staff/session", body, x_forwarded_for="198.51.100.9").status

    # The house is shared: how much of the allowance other tests have used depends on the machine.
    assert {guess(number) for number in range(50)} == {401, 429}


def test_the_words_for_later_are_asked_for_by_themselves(front: House) -> None:
    words = json.loads(asks(front.port, "/words").body)
    assert "block_undo" in words["later"]


# -- the live truth --------------------------------------------------------------------------------


def test_the_doors_say_who_is_there(front: House) -> None:
    doors = json.loads(asks(front.port, "/doors").body)
    assert doors["staff"] == []
    assert set(doors["rooms"]["evening"]) == {"people", "state", "slow_seconds"}


def test_a_preview_tells_no_names(front: House) -> None:
    assert json.loads(asks(front.port, "/preview/evening").body) == {"messages": []}
    assert json.loads(asks(front.port, "/preview/nowhere").body) == {"code": "no_room"}


def test_a_bug_is_answered_with_a_code_and_logged_without_words(
    front: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(*given: Any) -> None:
        raise ValueError("something private")

    monkeypatch.setattr("server.transport.http.rooms.preview", fails)
    answer = asks(front.port, "/preview/evening")
    assert (answer.status, answer.body) == (500, b'{"code":"internal"}')
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "ValueError at" in caplog.text
    assert "private" not in caplog.text
