import pytest

from server.screeners.details.phones import Phones

DIGITS = {word: str(digit) for digit, word in enumerate("zero one two three four five six seven eight nine".split())}
PHONES = Phones(
    {**DIGITS, "oh": "0", "forty": "40", "hundred": "00"},
    {"double": 2},
    joins=["and", "then", "plus"],
    calls=["call", "number"],
    others=["order"],
)


@pytest.mark.parametrize(
    "text",
    [
        "07700 900123",
        "o77oo 9ool23",
        "0151 23456789",
        "(11) 91234-5678",
        "71-33-52-22",
        "07_700_900_123",
        "+49 151 23456789",
        "06 12 34 56 78",
    ],
)
def test_a_number_is_found_by_its_shape(text: str) -> None:
    assert (0, len(text)) in PHONES.dialled(text, ("GB",))


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-29 10:00",
        "29.11.2026 or 30.11.2026",
        "ip-10-86-11-209",
        "version 2.6.24.3 21",
        "21-19 21-17",
        "1 2 3 4 5 6 7 8 9 10",
    ],
)
def test_a_date_a_version_a_score_and_counting_are_none(text: str) -> None:
    assert not list(PHONES.dialled(text, ("US", "GB")))


@pytest.mark.parametrize(
    "text",
    [
        "zero seven seven, double oh, nine oh oh one two three",
        "plus four four, seven seven, then nine oh oh one two three",
        "o77 oh oh - nine oh oh one two three",
        "0 7 7 0 0 9 0 0 1 2 3",
    ],
)
def test_a_number_is_found_digit_by_digit(text: str) -> None:
    assert list(PHONES.spelled(text))


@pytest.mark.parametrize(
    "text", ["one or two", "6426 10 20 4164 868 5 7", "1, 2, 3, 4, 5, 6, 7", "two of us and 3 more"]
)
def test_a_few_a_table_and_counting_are_not(text: str) -> None:
    assert not list(PHONES.spelled(text))


def test_a_word_announces_what_has_no_shape() -> None:
    assert (5, 13) in PHONES.dialled("call 555 0142", ("US",))
    assert not list(PHONES.dialled("of 555 0142", ("US",)))


@pytest.mark.parametrize("text", ["(212) 555-0142 ext 4", "(212) 555-0142 x4", "(212) 555-0142 #12"])
def test_what_one_dials_after_a_number_is_of_it(text: str) -> None:
    assert (0, len(text)) in PHONES.dialled(text, ("GB", "US"))


def test_of_two_numbers_both_are_found_though_a_shape_tells_only_one() -> None:
    assert {(0, 12), (14, 27)} <= set(PHONES.dialled("07700 900123, +1 2125550142", ("GB", "US")))
