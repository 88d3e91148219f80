import pytest

from server.domain.screening import Screened, Verdict
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


@pytest.mark.parametrize("text", ["lol " * 16, "hello hello hello hello hello hello hello hello", "qwertyuiop " * 5])
def test_one_word_over_and_over_is_told_and_not_held(text: str) -> None:
    (opinion,) = Flood("flood").screen(Screened.of(text.strip()))
    assert (opinion.rule, opinion.verdict) == ("spam.again", Verdict.NOTE)


@pytest.mark.parametrize(
    "text", ["ha ha ha ha ha ha ha ha ha ha", "no no no", "please please please help", "bye bye bye bye"]
)
def test_laughter_and_a_plea_are_not(text: str) -> None:
    assert not flooded(text)


def test_a_long_text_is_not() -> None:
    assert not flooded("Today was long, and I walked home by the river because the bus did not come. " * 3)
