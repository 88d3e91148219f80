import pytest

from server.config import Settings
from server.domain.advising import Advice, weight
from server.files import read
from server.screeners import ENCODER
from server.screeners.encoder import WINDOW, WINDOWS, Encoder

SHIPPED = Encoder(ENCODER.read_bytes())
RISK = read("screening/adviser.toml", Advice, Settings()).answers[0].kinds


def risk(text: str) -> list[float]:
    return [weight(weights, RISK) for weights in SHIPPED.weights(text)]


@pytest.mark.parametrize(
    "text",
    [
        "i just want to not wake up",
        "honestly the world would be lighter without me in it",
        "no quiero seguir viviendo",
        "i have been cutting again and nobody knows",
    ],
)
def test_it_hears_what_is_meant(text: str) -> None:
    assert risk(text)[0] > 0


@pytest.mark.parametrize(
    "text",
    [
        "the soup was good, thank you",
        "did the build pass?",
        "what a game last night",
        "my friend wrote to me, how are you?",
    ],
)
def test_it_leaves_a_day_alone(text: str) -> None:
    assert risk(text)[0] < 0


def test_a_long_text_is_read_in_windows_of_whole_sentences() -> None:
    day = "".join(f"the soup on day {day} was good and the bread warm. " for day in range(1, 12))
    assert len(risk(day)) == 2
    assert len(risk(day + "i just want to not wake up")) == 2
    assert risk(day + "i just want to not wake up")[1] > risk(day)[1]


def test_a_sentence_without_an_end_is_cut_and_what_is_longer_than_a_message_is_left() -> None:
    assert len(risk("so " * WINDOW)) == 1
    assert len(risk("so " * (WINDOW + 1))) == 2
    assert len(risk("so " * WINDOW * WINDOWS * 3)) == WINDOWS


def test_nothing_is_nothing() -> None:
    assert risk("") == []
    assert len(risk("😔")) == 1


def test_words_are_fewer_pieces_than_their_letters() -> None:
    assert SHIPPED.length("new tattoo") < SHIPPED.length("new t.a.t.t.o.o")


def test_what_is_said_again_is_read_once() -> None:
    assert risk("all is quiet here tonight. " * 80) == risk("all is quiet here tonight.")
