"""Where an alert's link leads, over HTTP: no cookie, no script, no acknowledgement by a look."""

from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest

from server.actions import errands
from server.config import Settings
from server.domain import paging
from server.domain.errands import OpenTicket
from server.domain.paging import Call, Kind, Link
from server.protocol.fields import TicketSource, Urgency
from tests.transport.test_pages import Words, built
from tests.transport.wire import House, asks

CANARY = "canary-7741"


@pytest.fixture(scope="module")
def front(started_store: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    dist = built(tmp_path_factory.mktemp("phone") / "dist")
    settings = Settings(redis_url=started_store("valkey"), secret="a secret for tests only", drain_ms=0)
    house = House(settings, dist)
    yield house
    house.stop()


def called(front: House, ticket: str, kind: Kind = Kind.TICKET, life_ms: int = 60_000) -> str:
    """The path of a link for a ticket that waits."""

    async def opened() -> int:
        since = front.services.store.clock.now()
        await errands.open_ticket(
            front.services,
            OpenTicket(
                ticket=ticket,
                person=f"person-of-{ticket}",
                source=TicketSource.SCREENING,
                urgency=Urgency.IMMINENT,
                channel="room:evening",
                handle=f"{CANARY} handle",
                text=f"{CANARY} text",
                rule="",
                since=since,
            ),
        )
        return since

    since = front.run(opened())
    link = Link(Call(kind, ticket, Urgency.IMMINENT, "team", since - 125_000), "phones", since + life_ms)
    return f"/page/{paging.token(front.services.secret, link)}"


def presses(front: House, path: str, **changed: str) -> int:
    """As a form does, from a page of ours that sends no referrer."""
    headers = {
        "origin": "null",
        "x_porchlight": "",
        "content_type": "application/x-www-form-urlencoded",
        "sec_fetch_site": "same-origin",
    }
    return asks(front.port, path, "POST", b"", **(headers | changed)).status


def test_the_page_shows_what_it_is_and_one_button_and_nothing_that_anyone_wrote(front: House) -> None:
    path = called(front, "t1")
    answer = asks(front.port, path)
    assert answer.status == 200
    page = Words(answer.body.decode())
    assert "Imminent" in page.said
    assert "2 minutes ago" in page.said
    assert CANARY not in answer.body.decode()
    assert "evening" not in answer.body.decode()
    forms = [attributes for name, attributes in page.tags if name == "form"]
    assert forms == [{"method": "post", "action": path}]
    assert len([name for name, _ in page.tags if name == "button"]) == 1


def test_it_has_the_headers_of_every_page_and_makes_nobody_a_person(front: House) -> None:
    headers = asks(front.port, called(front, "t2")).headers
    assert headers["cache-control"] == "no-store"
    assert headers["referrer-policy"] == "no-referrer"
    assert "form-action 'self'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert "set-cookie" not in headers


def test_it_needs_no_exception_from_the_strict_policy(front: House) -> None:
    for name, attributes in Words(asks(front.port, called(front, "t3")).body.decode()).tags:
        assert name != "style"
        assert "style" not in attributes
        assert not [attribute for attribute in attributes if attribute.startswith("on")]
        assert name != "script" or attributes.get("src")


def test_looking_acknowledges_nothing_and_a_press_works_once(front: House) -> None:
    path = called(front, "t4")
    for method in ("GET", "HEAD", "GET"):
        assert asks(front.port, path, method).status == 200
    assert presses(front, path) == 200
    assert presses(front, path) == 410
    assert asks(front.port, path).status == 410


def test_a_phone_without_fetch_metadata_can_press(front: House) -> None:
    assert presses(front, called(front, "t5"), sec_fetch_site="") == 200


def test_a_page_elsewhere_can_not_press(front: House) -> None:
    path = called(front, "t6")
    for site in ("cross-site", "same-site", "none"):
        assert presses(front, path, sec_fetch_site=site) == 403
    assert asks(front.port, path).status == 200


def test_no_other_address_takes_a_form(front: House) -> None:
    for path in ("/session", "/staff/session", "/page", "/pages/x"):
        assert presses(front, path) == 403


@pytest.mark.parametrize("token", ["x", "A" * 120, "%00", "é", "A" * 5_000])
def test_a_link_that_is_none_of_ours_is_gone(front: House, token: str) -> None:
    answer = asks(front.port, f"/page/{token}")
    assert answer.status in (400, 404)
    assert presses(front, f"/page/{token}") in (400, 403, 404)


def test_an_old_link_is_gone(front: House) -> None:
    assert asks(front.port, called(front, "t7", life_ms=-1)).status == 404


def test_it_is_in_the_language_that_is_asked_for_or_in_ours(front: House) -> None:
    answer = asks(front.port, called(front, "t8"), accept_language="xx")
    assert 'lang="en"' in answer.body.decode()


def test_a_token_needs_no_escape_in_an_address(front: House) -> None:
    path = called(front, "t9")
    assert urlsplit(f"http://x.example{path}").path == path
