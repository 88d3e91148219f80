import pytest

from server.domain.screening import Screened
from server.screeners.flood import Flood


def flooded(text: str, *context: str) -> bool:
    return bool(Flood("flood").screen(Screened.of(text, context=context)))


def test_the_same_words_a_third_time_are_a_flood() -> None:
    assert not flooded("come and look at this", "come and look at this")
    assert flooded("come and look at this", "Come and look at this", "come and look at THIS")


def test_thanks_may_be_said_often() -> None:
    assert not flooded("same here", "same here", "same here", "same here")


@pytest.mark.parametrize("text", ["a" * 500, "look " * 100, "ha" * 200])
def test_a_page_of_one_thing_is_a_flood(text: str) -> None:
    assert flooded(text)


def test_a_long_text_is_not() -> None:
    assert not flooded("Today was long, and I walked home by the river because the bus did not come. " * 3)
