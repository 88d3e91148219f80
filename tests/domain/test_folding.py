import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.domain.folding import _worded, fold, in_parts, ordinary, readings, worded


def as_read(text: str) -> list[str]:
    return [reading.text for reading in readings(fold(text))]


@given(st.text(max_size=300))
def test_every_folded_character_knows_where_it_came_from(text: str) -> None:
    for reading in readings(fold(text)):
        assert len(reading.offsets) == len(reading.text)
        assert list(reading.offsets) == sorted(reading.offsets)
        assert all(0 <= place < max(1, len(text)) for place in reading.offsets)


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("HELLO", "hello"),
        ("ｈｅｌｌｏ", "hello"),
        ("𝓱𝓮𝓵𝓵𝓸", "hello"),
        ("hеllо", "hello"),
        ("🇭🇪🇱🇱🇴", "hello"),
        ("héllö", "hello"),
        ("h3ll0", "hello"),
        ("he11o", "hello"),
        ("h e l l o", "hello"),
        ("h.e.l.l.o", "hello"),
        ("h-e-l-l-o you", "hello you"),
        ("g o o d  m o r n i n g", "good morning"),
        ("don’t", "don't"),
        ("! w@n7 7h!5, !'m s0 7!r3d", "i want this, i'm so tired"),
        ("'! w@n7 t0' 1$ wh@t 1t s@ys", "'i want to' is what it says"),
        ("b4by51773r c@nc3lled", "babysitter cancelled"),
        ("b@ck 1n 2015 1 w@5 19, 1000 d@y$ @g0", "back in 2015 i was 19, 1000 days ago"),
        ("l1f3 !$ 4 $!7c0m", "life is a sitcom"),
        ("I c*t n-o-t-h-i-n-g", "i c*t nothing"),
    ],
)
def test_a_disguise_is_read_through(text: str, reading: str) -> None:
    assert reading in as_read(text)


@pytest.mark.parametrize("text", ["take 50mg at 3pm", "the 2nd of may", "10 people", "привет мир", "κόσμε", "مرحبا"])
def test_ordinary_writing_has_one_reading(text: str) -> None:
    assert len(as_read(text)) == 1


def test_a_cyrillic_word_is_not_made_latin_letter_by_letter() -> None:
    assert as_read("привет") == ["привет"]


def test_a_span_leads_back_to_the_clean_text() -> None:
    text = "please h е l l o now"
    reading = readings(fold(text))[1]
    begin = reading.text.index("hello")
    span = reading.span(begin, begin + 5)
    assert text[span.start : span.end] == "h е l l o"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("I don't -- really, know", "i dont really know"),
        ("well... yes", "well yes"),
        ("one. two! three?", "one. two! three?"),
        ("line\nbreak", "line break"),
        ("a 'quoted' word", "a quoted word"),
        ('say: "no"', 'say: "no"'),
        ("funny 😂 thing 🙂", "funny lol thing "),
    ],
)
def test_words_stand_one_space_apart(text: str, words: str) -> None:
    assert worded(fold(text)).text == words


def test_words_lead_back_to_the_clean_text() -> None:
    text = "I  don’t -- know"
    phrase = worded(fold(text))
    span = phrase.span(0, len(phrase.text))
    assert text[span.start : span.end] == text


MARKED = st.text(alphabet="ab01 .'!,-\n_\"@*~|$+/:?;(A`’", max_size=40)


@given(MARKED | st.text(alphabet=st.characters(max_codepoint=127), max_size=60))
def test_words_are_found_quickly_as_they_are_found_slowly(text: str) -> None:
    folded = fold(text)
    quick, (slow, offsets) = worded(folded), _worded(folded)
    assert quick.text == slow
    assert list(quick.offsets) == offsets


@given(st.text(alphabet="abci01 .'!,-\n?:", max_size=25))
def test_an_ordinary_text_has_one_reading_and_its_words(text: str) -> None:
    folded = fold(text)
    words = ordinary(folded)
    if words is not None:
        assert [reading.text for reading in readings(folded)] == [folded.text]
        assert words.decode().split() == re.findall("[a-z]+", worded(folded).text)


@pytest.mark.parametrize(
    "text", ["Well... I don't know, is it 3:30 (or 4)? Yes!", "how are you all", "a nice day. I slept"]
)
def test_chat_is_ordinary(text: str) -> None:
    assert ordinary(fold(text)) is not None


@pytest.mark.parametrize("text", ["h3llo", "k i l l", "k.i.l.l", "a ! !", "hel!o", "50mg", "a@b", "привет", "🙂"])
def test_what_may_be_read_in_other_ways_is_not(text: str) -> None:
    assert ordinary(fold(text)) is None


def test_a_picture_is_read_as_its_word() -> None:
    assert worded(fold("i took all the 💊💊 now")).text == "i took all the pills pills now"


def test_a_word_with_a_compatible_letter_in_it_is_still_unmasked() -> None:
    assert fold("ki\u217c\u217c").text == "kill"
    assert fold("\u0455u\u0456\u0441\u0456d\u04bd").text == "suicide"


@pytest.mark.parametrize(
    "between", ["\n\n", "\n \n", " --> ", "]] ", "\n---\n", "\n```\n", " ### ", " <|x|> ", "\nuser: "]
)
def test_a_part_ends_where_something_new_begins(between: str) -> None:
    text = f"never say this{between}go away"
    parted = in_parts(fold(text))
    assert parted is not None
    assert len(parted.text) == len(text)
    assert parted.text.index("this") < parted.text.index(".") < parted.text.index("away")


@pytest.mark.parametrize(
    "text", ["one piece", "two lines\nof one piece", "he said:\n\ngo away", "It ended.\n\nThen it began."]
)
def test_a_text_of_one_piece_and_what_is_announced_have_no_parts(text: str) -> None:
    assert in_parts(fold(text)) is None
