import pytest

from server.domain.folding import fold, worded
from server.screeners.phrases.coded import Coded
from server.screeners.phrases.expressions import FEW
from server.screeners.phrases.index import alone

WORDS = {"want": "want|wanna", "do": "<want> (?:to )?go"}


def places(phrase: str, text: str) -> list[str]:
    expression, lexicon = alone(phrase, WORDS)
    said = worded(fold(text)).text
    return [said[begin:end] for begin, end in expression.places(Coded(said, lexicon))]


@pytest.mark.parametrize(
    "text",
    [
        "i want to go home",
        "i wanna go home",
        "i  want -- to, go home",
        "i waaant tooo gooo home",
        "i want... to go home",
        "want\ngo home",
        "i want: to = go home",
    ],
)
def test_a_phrase_is_found_however_it_is_spaced_and_drawn_out(text: str) -> None:
    assert places("<do> home", text)


@pytest.mark.parametrize("text", ["i want to go. home", "unwanted go home", "want to go homeless", "go home"])
def test_a_phrase_is_whole_words_in_one_sentence(text: str) -> None:
    assert not places("<do> home", text)


@pytest.mark.parametrize("text", ["don't", "dont", "doooon't"])
def test_an_apostrophe_may_be_missing(text: str) -> None:
    assert places("don't", text)


def test_an_apostrophe_that_may_be_missing_makes_nothing_else_optional() -> None:
    assert places("(?:you)'?d go", "you'd go")
    assert not places("(?:you)'?d go", "d go")


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("cats? here", "cat here"),
        ("cats? here", "catssss here"),
        ("tik ?tok", "tiktok"),
        ("tik ?tok", "tik tok"),
        ("suicid[a-z]* now", "suicidally now"),
        (r"\d+ ?mg", "500mg"),
        (r"\d+ ?mg", "500 mg"),
        ("a/s/l", "a / s/l"),
        ("£5 each", "£5 each"),
        (r"k\*ll", "k*ll"),
        ("[@#] ?name", "#name"),
        ('"[^"]*" he', '"what then" he'),
        ("(?:^|[.!?] ?)go$", "no. go"),
        ("(?:ha){2,} no", "hahaha no"),
    ],
)
def test_what_is_written_in_a_phrase_is_found(phrase: str, text: str) -> None:
    assert places(phrase, text)


def test_anything_in_the_sentence_begins_after_a_whole_word() -> None:
    assert places("cut a[^.!?]*", "cut a cake. yes") == ["cut a cake"]
    assert not places("cut a[^.!?]*", "cut again")


def test_so_many_characters_of_anything_are_about_so_many_words() -> None:
    assert places("go[^.!?]{0,10} home", "go right now home")
    assert not places("go[^.!?]{0,10} home", "go right now or never home")
    assert not places("go[^.!?]{0,10} home", "go. right home")


def test_every_place_is_found_however_many_words_there_are() -> None:
    for times in (1, FEW, FEW + 1, 10 * FEW):
        assert places("<want> to", "want to go or wanna to. " * times) == ["want to", "wanna to"] * times


def test_a_find_does_not_begin_within_the_one_before() -> None:
    assert places("to go to", "to go to go to go to") == ["to go to", "to go to"]
