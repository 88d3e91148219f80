import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.config import Settings
from server.domain import text as text_rules
from server.domain.text import clean
from server.protocol.refusals import Code, Refused

LIMITS = Settings()


def cleaned(text: str) -> str:
    return clean(text, LIMITS)


def refusal(text: str) -> Code:
    with pytest.raises(Refused) as refused:
        cleaned(text)
    return refused.value.code


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "\n\n\t",
        "\u200b\u200b",
        "\u202e\u202d",
        "\u2066\u2069",
        "\ufeff",
        "\u3164",
        "\u2800 \u2800",
        "\u0301",
    ],
)
def test_a_text_that_shows_nothing_is_empty(text: str) -> None:
    assert refusal(text) is Code.EMPTY


@pytest.mark.parametrize("text", ["\x00", "\x07\x08", "\x85\x9b", "\ufffe", "\ue000", "\U000e0041", "\ud800", "\ufdd0"])
def test_a_text_of_forbidden_characters_alone_is_refused(text: str) -> None:
    assert refusal(text) is Code.BAD_CHARS


@pytest.mark.parametrize("text", ["a" * 2001, "漢" * 2000 + "字", "😀" * 2000 + "!", "ä" * 2001, "😀" * 2001])
def test_a_text_over_a_limit_is_too_long(text: str) -> None:
    assert refusal(text) is Code.TOO_LONG


def test_exactly_the_limits_are_taken() -> None:
    assert cleaned("a" * 2000) == "a" * 2000
    assert cleaned("😀" * 2000) == "😀" * 2000


def test_a_text_that_grows_when_normalised_is_too_long() -> None:
    assert refusal("\ufdfa" * 2000) is Code.TOO_LONG


@pytest.mark.parametrize("times", [2_001, 4_000, 2_000_000])
def test_a_text_that_is_too_long_already_is_not_normalised(times: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def normalize(form: str, text: str) -> str:
        raise AssertionError(f"{len(text)} characters were normalised")

    monkeypatch.setattr(text_rules, "normalize", normalize)
    assert refusal("\ufdfa" * times) is Code.TOO_LONG


def test_an_ellipsis_does_not_make_a_long_text_too_long() -> None:
    assert cleaned("a" * 1999 + "…").endswith("…")


@pytest.mark.parametrize(
    "hidden", ["\x00", "\x1b", "\u202e", "\u2067", "\u200b", "\ue123", "\U000e0067", "\ufffe", "\u00ad"]
)
def test_hidden_characters_are_taken_out(hidden: str) -> None:
    assert cleaned(f"be{hidden}fore") == "before"


@pytest.mark.parametrize(
    "text",
    [
        "می\u200cخواهم",
        "क्\u200dष",
        "ක්\u200dරි",
        "👩\u200d👩\u200d👧",
        "❤\ufe0f\u200d🔥",
        "👍🏽",
        "שלום",
        "tiếng Việt",
        "นี่คือ",
        "<script>alert(1)</script>",
        "{{7*7}} ${x}",
        "*3\r\n$3".replace("\r", ""),
    ],
)
def test_what_people_write_stays_as_it_is(text: str) -> None:
    assert cleaned(text) == text


@pytest.mark.parametrize("text", ["he\u200dllo", "h\u200ci", "\u200dstart", "end\u200d"])
def test_a_joiner_that_joins_nothing_is_taken_out(text: str) -> None:
    assert "\u200c" not in cleaned(text)
    assert "\u200d" not in cleaned(text)


def test_at_most_four_marks_stay_on_a_letter() -> None:
    assert cleaned("x" + "\u0301" * 100 + "y") == "x" + "\u0301" * 4 + "y"


def test_at_most_twenty_line_breaks_stay() -> None:
    folded = cleaned("a" + "\n" * 1900 + "b")
    assert folded.count("\n") == 20
    assert folded.startswith("a")
    assert folded.endswith("b")
    assert cleaned("line\n" * 300).count("line") == 300


@pytest.mark.parametrize("breaks", ["\r\n", "\r", "\u2028", "\u2029", "\x0b", "\x85"])
def test_every_kind_of_line_break_is_one(breaks: str) -> None:
    assert cleaned(f"a{breaks}b") == "a\nb"


@given(st.text(max_size=300))
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    try:
        once = cleaned(text)
    except Refused:
        return
    assert cleaned(once) == once
