import re
import unicodedata

import pytest

from server.domain.screening import Lane
from tests.screening.answers import answer
from tests.screening.disguises import DISGUISES, NOTHING, disguised
from tests.screening.lines import PLAIN as PLAIN_DETAIL
from tests.screening.lines import Part, corpus

# Each alarmed once in disguise, and for another cause.
HARMLESS = (
    "half ellllleven, ssssshould be aslllllleep",
    "i feel sick with worrrrry aboutttttt the sccccan",
    "maaate, theee footy was unreal",
    "by the time you read this i'll be 0n 7h3 f3rry",
    "d0n7 lo0k f0r m3 1n 7h3 ph0705 1 h@d my ey3$ $hu7",
    """1 d0 volun733r hour5 and 4 l07 0f !7 1$ ju57 r3@d1ng "! w@n7 70 d!3" and @n$w3r1ng""",
    "my l1f3 !$ 4 $!7c0m",
    "17's b33n 1000 d4y$ since i hurt my53lf",
    "new t.a.t.t.o.o on my arm, i.t.c.h.y",
    "f1r$7 da73 w3n7 w3ll, w3 g07 ch!p5 af7er",
    "sc@l35 ar3 @ l!4r",
    "!$ 17 7oo l473 t0 pl@nt g@rl1c",
    "g1g 1n @ church, br!ng @ cu5h!0n",
)
PLAIN = "I want to kill myself, please help"
# Of numbers and addresses there is little to hide.
TEXTS = [line.text for line in corpus(Part.BUILDING) if line.kind != PLAIN_DETAIL and line.lane is not Lane.PRIVACY]


@pytest.mark.parametrize("disguise", DISGUISES)
def test_a_disguise_is_another_text_and_the_same_each_time(disguise: str) -> None:
    hidden = disguised(PLAIN, disguise)
    assert hidden
    assert hidden != PLAIN
    assert hidden == disguised(PLAIN, disguise)


@pytest.mark.parametrize("disguise", DISGUISES)
def test_most_texts_can_be_hidden_and_none_breaks_it(disguise: str) -> None:
    hidden = [disguised(text, disguise) for text in TEXTS]
    assert all(text is None or text.strip() for text in hidden)
    if disguise != "euphemism":
        assert sum(text is not None for text in hidden) > 0.9 * len(TEXTS)


@pytest.mark.parametrize("disguise", DISGUISES)
def test_there_is_nothing_to_hide_in_a_number(disguise: str) -> None:
    assert disguised("12:30", disguise) is None


@pytest.mark.parametrize("text", HARMLESS)
def test_a_disguise_alone_is_no_alarm(text: str) -> None:
    assert not answer(text).lanes


def test_what_is_not_seen_is_all_that_was_added() -> None:
    hidden = disguised(PLAIN, "zero-width")
    assert hidden
    assert re.sub(f"[{NOTHING}]", "", hidden) == PLAIN


def test_gaps_stand_between_the_letters_of_words() -> None:
    hidden = disguised("suicidal", "spaced")
    assert hidden
    assert re.fullmatch(r"s(.)u\1i\1c\1i\1d\1a\1l", hidden)


def test_a_style_is_one_that_normalisation_knows() -> None:
    hidden = disguised("suicidal", "styled")
    assert hidden
    assert unicodedata.normalize("NFKC", hidden) == "suicidal"


def test_repeats_hold_the_same_letters() -> None:
    hidden = disguised("suicidal", "repeats")
    assert hidden
    assert len(hidden) > len("suicidal")
    assert re.sub(r"(.)\1+", r"\1", hidden) == "suicidal"


def test_a_slip_leaves_the_first_letter_and_nearly_the_length() -> None:
    hidden = disguised("suicidal", "typos")
    assert hidden
    assert hidden[0] == "s"
    assert abs(len(hidden) - len("suicidal")) <= 1


@pytest.mark.parametrize(
    ("plain", "said"),
    [
        ("killing myself", "unaliving myself"),
        ("I will kill myself", "I will unalive myself"),
        ("suicidal", "sewerslidal"),
        ("quiero matarme", "quiero desvivirme"),
    ],
)
def test_a_euphemism_is_what_people_write(plain: str, said: str) -> None:
    assert disguised(plain, "euphemism") == said


def test_a_text_without_such_words_has_no_euphemism() -> None:
    assert disguised("good morning", "euphemism") is None
