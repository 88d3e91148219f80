import pytest

from server.config import Settings
from server.domain.folding import fold, worded
from server.domain.lessons import Meanings
from server.domain.screening import Lane
from server.files import read
from server.screeners import MEANINGS
from server.screeners.marks import WINDOW, Marker, fitting

LANGUAGES = [read(name, Meanings, Settings()) for name in MEANINGS]
MARKERS = [Marker(meanings, Lane.CARE, "hello the long way home train station") for meanings in LANGUAGES]
ENGLISH, SPANISH = MARKERS


def marks(text: str) -> set[str]:
    plain = worded(fold(text)).text
    marker = fitting(MARKERS, plain)
    return marker.marks(marker.words(plain))


def test_words_stand_for_what_they_mean_alone_and_together() -> None:
    assert {"I", "WANT", "DIE", "I_WANT", "WANT~DIE", "< i"} <= marks("I really want to die")


def test_what_is_drawn_out_or_mistyped_means_the_same() -> None:
    assert "KILL_MYSELF" in marks("i want to killlll mysellf")


def test_a_star_for_a_letter_hides_no_word_that_matters() -> None:
    assert "SUICIDE" in marks("s*icide again")
    assert "CUT" in marks("i want to c*t")


def test_two_languages_share_their_meanings() -> None:
    assert {"WANT_DIE", "NOT_WANT"} <= marks("no quiero morirme") & marks("i dont want die")


@pytest.mark.parametrize(
    ("text", "guard"),
    [
        ("the film where she dies", "MEDIA+DIE"),
        ("do you want to die", "YOU+DIE"),
        ("years ago i wanted to die", "PAST+DIE"),
        ('he said "kill me" again', "QUOTED+KILL"),
        ("suicide rates", "NOT-I+SUICIDE"),
    ],
)
def test_a_guard_counts_wherever_it_stands(text: str, guard: str) -> None:
    assert guard in marks(text)


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("i want to die", "I>DIE"),
        ("you said that i want to die", "I>DIE"),
        ("i hope you wont die", "YOU>DIE"),
        ("my sister wants to die", "KIN>DIE"),
    ],
)
def test_who_was_spoken_of_last_stands_beside_what_weighs(text: str, mark: str) -> None:
    assert [each for each in marks(text) if each.endswith(">DIE") and each[0].isupper()] == [mark]


def test_a_word_that_nobody_wrote_shares_pieces_with_others() -> None:
    assert {"#^sui", "#uicid", "#dal$"} <= marks("suicidal")


def test_each_lane_has_weights_of_its_own() -> None:
    conduct = Marker(LANGUAGES[0], Lane.CONDUCT)
    assert conduct.marks(conduct.words("you idiot"))
    assert not ENGLISH.marks(ENGLISH.words("you idiot"))


def test_a_text_without_a_word_that_weighs_is_not_read_further() -> None:
    assert not marks("hello how was your day")


def test_every_meaning_that_is_named_is_there_and_no_word_has_two() -> None:
    for meanings in LANGUAGES:
        lanes = [*meanings.weighty.values(), *meanings.grave.values()]
        names = " ".join((meanings.guards, meanings.writer, *lanes)).split()
        assert set(names) <= LANGUAGES[0].meanings.keys()
        assert meanings.meanings.keys() <= LANGUAGES[0].meanings.keys()
        words = [word for several in meanings.meanings.values() for word in several.split()]
        assert sorted(set(words)) == sorted(words)


def test_a_long_text_is_read_in_stretches_of_whole_sentences() -> None:
    text = " ".join(f"this is the sentence with the number {number}." for number in range(12))
    stretches = list(ENGLISH.stretches(text))
    read_ = [text[start:end] for (start, end), _ in stretches]
    assert len(read_) > 1
    assert all(len(each.split()) <= WINDOW and each.endswith(".") for each in read_)
    assert read_[-1].endswith("11.")
    assert all(words == ENGLISH.words(text[start:end]) for (start, end), words in stretches)


def test_a_short_text_is_one_stretch_and_nothing_is_none() -> None:
    assert [place for place, _ in ENGLISH.stretches("one. two. three")] == [(0, 15)]
    assert list(ENGLISH.stretches("")) == []
