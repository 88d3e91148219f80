import pytest

from server.domain.allowing import Allowed, is_allowed
from server.domain.folding import Span, fold

EATING = Allowed(phrases=("binge and purge", "purging"), domains=("help.example",), rooms=("eating",))
EVERYWHERE = Allowed(phrases=("killing it",))
TALK = "I was PURGING again, then  binge and  purge. see https://www.help.example/tonight or killing it"


def allowed(flagged: str, room: str = "eating", text: str = TALK) -> bool:
    start = text.index(flagged)
    return is_allowed([Span(start, start + len(flagged))], text, fold(text), [EATING, EVERYWHERE], room)


@pytest.mark.parametrize("flagged", ["PURGING", " PURGING", "binge and  purge.", "purge", "killing it"])
def test_what_is_wholly_an_allowed_phrase_is_allowed(flagged: str) -> None:
    assert allowed(flagged)


@pytest.mark.parametrize("flagged", ["was PURGING", "PURGING again", "again"])
def test_what_goes_beyond_a_phrase_is_not(flagged: str) -> None:
    assert not allowed(flagged)


def test_a_phrase_is_whole_words() -> None:
    assert not allowed("purgings", text="so many purgings")


def test_a_rooms_phrase_counts_in_that_room() -> None:
    assert not allowed("PURGING", room="evening")
    assert allowed("killing it", room="evening")


def test_links_below_an_allowed_domain_are_allowed() -> None:
    assert allowed("https://www.help.example/tonight")
    assert not allowed("help.example.com", text="go to help.example.com")


def test_every_place_must_be_allowed_and_there_must_be_one() -> None:
    spans = [Span(6, 13), Span(0, 5)]
    assert not is_allowed(spans, TALK, fold(TALK), [EATING], "eating")
    assert not is_allowed([], TALK, fold(TALK), [EATING], "eating")


def test_a_phrase_of_marks_alone_allows_nothing() -> None:
    text = "what?! now"
    assert not is_allowed([Span(0, 4)], text, fold(text), [Allowed(phrases=("?!",))], "")
