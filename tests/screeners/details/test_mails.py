import pytest

from server.screeners.details.mails import Mails

MAILS = Mails(("at",), ("dot",), ("underscore",), ("gmail", "hotmail"))


@pytest.mark.parametrize(
    "text",
    [
        "ana@example.org",
        "ana.lark+night@mail.example.co.uk",
        "ana@@example.org",
        "ana@example. org",
        "ana@example,org",
        "a n a @ e x a m p l e . o r g",
        "gro.elpmaxe@ana",
    ],
)
def test_an_address_is_found_as_it_is_written(text: str) -> None:
    assert set(MAILS.written(text)) == {(0, len(text))}


@pytest.mark.parametrize(
    "text",
    ["http://example.org/list@example.org/1", "ssh user@host.example.org", "@ana hello", "l@g. dead", "the f1n@l. we"],
)
def test_what_is_in_a_link_or_a_manual_is_nobodys(text: str) -> None:
    assert not list(MAILS.written(text))


@pytest.mark.parametrize(
    "text",
    [
        "ana at example dot org",
        "ana (at) example (dot) org",
        "ana(a)example.org",
        "ana at sign example dot org",
        "ana at mail dot example dot org",
        "ana_lark at hotmail",
        "gmail: ana95",
        "my gmail is ana.lark",
        "mail me at ana at example.org",
        "ana and then the a with a tail and then example.org",
        "ana (dot) lark (at) example (dot) org",
        "gmail, the name is ana.lark",
    ],
)
def test_an_address_is_found_as_it_is_told(text: str) -> None:
    assert list(MAILS.told(text))


@pytest.mark.parametrize(
    "text", ["look at example.org", "my gmail is full", "we met at noon", "dot dot dot", "the mail came at nine"]
)
def test_a_place_and_an_hour_are_no_address(text: str) -> None:
    assert not list(MAILS.told(text))


def test_an_address_in_two_texts_is_one() -> None:
    assert list(MAILS.finished("write to ana@", "example.org please")) == [(0, 11)]
    assert not list(MAILS.finished("write to ana", "example.org"))
