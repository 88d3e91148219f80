import pytest

from server.screeners.phrases.spelling import Spelling

SPELLING = Spelling(["myself", "want", "ending", "what", "overdose", "muslims", "hoped"], ["want"])


@pytest.mark.parametrize("typo", ["myslef", "mysef", "mysself", "mydelf", "myselff"])
def test_a_long_word_with_one_slip_is_known(typo: str) -> None:
    assert SPELLING.meant(typo) == "myself"


@pytest.mark.parametrize("typo", ["wnat", "watn", "awnt"])
def test_a_short_word_is_known_with_two_letters_swapped(typo: str) -> None:
    assert SPELLING.meant(typo) == "want"


def test_any_other_letter_is_a_slip_only_in_a_long_word() -> None:
    assert SPELLING.meant("overdbse") == "overdose"
    assert SPELLING.meant("mywelf") is None


def test_a_key_beside_is_a_slip_in_a_shorter_one() -> None:
    assert SPELLING.meant("hopwd") == "hoped"
    assert SPELLING.meant("hopud") is None


@pytest.mark.parametrize("word", ["wait", "went", "sending", "himself", "end", "tyself"])
def test_another_word_is_left_alone(word: str) -> None:
    assert SPELLING.meant(word) is None


def test_letters_that_were_drawn_out_are_no_slip() -> None:
    assert SPELLING.meant("mysellfff") is None


def test_of_two_words_that_are_as_near_it_is_the_likelier() -> None:
    assert Spelling(["quiet", "quite"], ["quite"]).meant("quiett") == "quiet"
    assert Spelling(["poker", "power"], ["power"]).meant("poer") == "power"
    assert Spelling(["poker", "power"], ["poker"]).meant("poer") == "poker"
