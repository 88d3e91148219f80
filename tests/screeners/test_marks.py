import re

import pytest

from server.config import Settings
from server.domain.folding import fold, worded
from server.domain.lessons import Meanings
from server.files import read
from server.screeners import MEANINGS
from server.screeners.marks import WINDOW, Guards, Marker, Readers, place, stretches

LANGUAGES = [read(name, Meanings, Settings()) for name in MEANINGS]
READERS = Readers([Marker(meanings, "hello the long way home train station".split()) for meanings in LANGUAGES])
GUARDS = Guards(LANGUAGES[0])


def plain(text: str) -> str:
    return worded(fold(text)).text


def marked(text: str) -> str:
    """In which marks are looked for."""
    return "\n".join(sentence.text() for sentence in READERS.sentences(plain(text)))


def guards(text: str, weighing: str) -> set[str]:
    meant = [meaning for sentence in READERS.sentences(plain(text)) for meaning in sentence.meant]
    return set(GUARDS.marks(meant, frozenset((weighing,))))


def test_words_stand_as_they_are_said_and_as_what_they_mean() -> None:
    parts = "< i really want to die >", "< I WANT to DIE >", "I WANT DIE", "I DIE", "WANT"
    assert marked("I really want to die") == f" {' | '.join(parts)} "


def test_what_carries_no_weight_parts_nothing_that_is_meant() -> None:
    assert " WANT to DIE " in marked("i just want, so, to really die")


def test_sentences_are_marked_each_by_itself() -> None:
    assert [sentence.words for sentence in READERS.sentences("i want. to die?! ok")] == [
        ["i", "want", "."],
        ["to", "die", "?", "!"],
        ["ok"],
    ]


def test_what_is_drawn_out_or_mistyped_means_the_same() -> None:
    assert " KILL MYSELF " in marked("i want to killlll mysellf")


def test_a_star_for_a_letter_hides_no_word_that_matters() -> None:
    assert " SUICIDE " in marked("s*icide again")
    assert " CUT " in marked("i want to c*t")


def test_a_text_with_a_star_is_cut_into_words_as_any_other() -> None:
    without, with_star = (READERS.sentences(f'he said "no". 20mg at 10:30? {end}') for end in ("ok", "ok *"))
    assert without == with_star


def test_two_languages_share_their_meanings() -> None:
    for text in ("no quiero morirme", "i dont want die"):
        assert "NOT WANT DIE " in marked(text)


@pytest.mark.parametrize(
    ("text", "weighing", "guard"),
    [
        ("the film where she dies", "DIE", "MEDIA+DIE"),
        ("do you want to die", "DIE", "YOU+DIE"),
        ("years ago i wanted to die", "DIE", "PAST+DIE"),
        ('he said "kill me" again', "KILL", "QUOTED+KILL"),
        ("do i want to die?", "DIE", "ASKED+DIE"),
        ("suicide rates", "SUICIDE", "NOT-I+SUICIDE"),
    ],
)
def test_a_guard_counts_wherever_it_stands(text: str, weighing: str, guard: str) -> None:
    assert guard in guards(text, weighing)


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
    lengths = [len(sentence.words) for sentence in READERS.sentences(text)]
    parts = list(stretches(lengths))
    assert len(parts) > 1
    assert all(sum(lengths[part]) <= WINDOW for part in parts)
    assert {place for part in parts for place in range(12)[part]} == set(range(12))


def test_a_short_text_is_one_stretch_and_nothing_is_none() -> None:
    assert list(stretches([2, 2, 1])) == [slice(0, 3)]
    assert list(stretches([])) == []


@pytest.mark.parametrize(
    "text", ["one. two! three", "well... = . one?! . two. = three", "=one. two ", ". one * two? three", "!!"]
)
def test_a_sentence_is_found_where_it_stands(text: str) -> None:
    for which, sentence in enumerate(READERS.sentences(text)):
        start, end = place(text, slice(which, which + 1))
        assert [word for word in sentence.words if word.isalpha()] == re.findall("[a-z]+", text[start:end])
