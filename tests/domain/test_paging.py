"""What an alert may say, when a call is due, and links that nobody else can make."""

import string
from base64 import urlsafe_b64decode, urlsafe_b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from server.config import Settings
from server.domain.paging import Alert, Call, Kind, Link, Quiet, Verdict, carried, gravity, letter, mark, token, verdict
from server.files import load
from server.protocol.fields import PageStep, Urgency

SECRET = b"a secret"
CALL = Call(Kind.TICKET, "t1", Urgency.SERIOUS, "team", 1_700_000_000_000)
LINK = Link(CALL, "phones", 1_700_003_600_000)
LOUD = Quiet(0, 0)


def test_an_alert_has_no_place_for_words_names_or_rooms() -> None:
    fields = {field.name for field in structs.fields(Alert)}
    assert fields == {"kind", "service", "urgency", "step", "ticket", "since", "waiting", "link"}


def test_a_call_is_made_while_someone_waits() -> None:
    assert verdict(CALL, is_waiting=True, quiet=LOUD, now=5) is Verdict.SEND
    assert verdict(CALL, is_waiting=False, quiet=LOUD, now=5) is Verdict.OVER


def test_what_was_seen_by_phone_rests_until_its_time_or_until_it_is_graver() -> None:
    quiet = Quiet(until=10, gravity=gravity(CALL))
    assert verdict(CALL, is_waiting=True, quiet=quiet, now=9) is Verdict.LATER
    assert verdict(CALL, is_waiting=True, quiet=quiet, now=10) is Verdict.SEND
    graver = structs.replace(CALL, urgency=Urgency.IMMINENT)
    assert verdict(graver, is_waiting=True, quiet=quiet, now=9) is Verdict.SEND
    assert verdict(CALL, is_waiting=False, quiet=quiet, now=9) is Verdict.OVER


def test_a_token_carries_its_link_and_stands_in_an_address() -> None:
    made = token(SECRET, LINK)
    assert carried(SECRET, made) == LINK
    assert set(made) <= set(string.ascii_letters + string.digits + "-_")
    assert len(made) < 200


def test_a_token_of_another_secret_is_none() -> None:
    assert carried(b"another", token(SECRET, LINK)) is None


@given(st.text(max_size=300) | st.binary(max_size=300).map(lambda said: urlsafe_b64encode(said).decode()))
def test_nonsense_is_none(said: str) -> None:
    assert carried(SECRET, said) is None


def test_every_changed_bit_is_noticed() -> None:
    padded = token(SECRET, LINK) + "=="
    said = urlsafe_b64decode(padded[: len(padded) // 4 * 4])
    for place in range(len(said)):
        for bit in range(8):
            other = bytearray(said)
            other[place] ^= 1 << bit
            assert carried(SECRET, urlsafe_b64encode(bytes(other)).rstrip(b"=").decode()) is None


def test_a_link_has_one_mark_however_its_token_is_written() -> None:
    made = token(SECRET, LINK)
    assert carried(SECRET, made + "=") is None, "there is one way to write it"
    assert mark(SECRET, LINK) == mark(SECRET, carried(SECRET, made) or LINK)
    assert mark(SECRET, LINK) != mark(SECRET, structs.replace(LINK, route="mail"))


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("language", sorted(load(Settings()).wordings))
def test_a_letter_is_whole_in_every_language(kind: Kind, language: str) -> None:
    words = load(Settings()).wordings[language].words["pager"]
    for step in [*(step.value for step in PageStep), "alarm", "test"]:
        alert = Alert(
            kind, "Porchlight", Urgency.IMMINENT, step, "t1", 1_700_000_000_000, 3, "https://x.example/page/a"
        )
        subject, body = letter(words, alert)
        assert "{" not in subject + body
        assert alert.link in body
        assert kind in (Kind.TEST,) or "22:13" in subject + body
