import pytest

from server.domain.screening import CONTEXT_TEXTS
from tests.screening.evasions import FALSE_HOLDS, HONEST, RECALL, WAYS, Evasion, Seed, evasions, found, honest, seeds
from tests.screening.figures import Share

ALL = evasions()
PHONE = Seed("en", "phone", "my number is 07700 900461")
NAME = Seed("es", "handle", "mi insta es @helecho_verde")


def test_there_are_three_hundred_in_two_languages_of_three_kinds() -> None:
    assert len(ALL) >= 300
    assert len(honest()) == HONEST
    assert {(seed.language, seed.kind) for seed in seeds()} == {
        (language, kind) for language in ("en", "es") for kind in ("phone", "handle", "request")
    }


def test_nine_in_ten_are_found() -> None:
    share = Share.where(evasion.is_found for evasion in ALL)
    assert share.value >= RECALL, f"{share.hits} of {share.of}"


def test_of_two_thousand_honest_lines_hardly_any_is_held() -> None:
    share = Share.where(map(found, honest()))
    assert share.value <= FALSE_HOLDS, f"{share.hits} of {share.of}"


@pytest.mark.parametrize("seed", [PHONE, NAME], ids=["phone", "name"])
def test_every_disguise_changes_what_is_read(seed: Seed) -> None:
    made = {evasion.way: evasion for evasion in evasions([seed])}
    assert made["in clear"].text == seed.text
    assert all(evasion.text != seed.text for way, evasion in made.items() if way != "in clear")
    assert set(made) == set(WAYS)


def test_a_number_is_told_in_the_words_of_its_language() -> None:
    made = {evasion.way: evasion for evasion in evasions([PHONE, NAME])}
    assert made["in words"].text == "mi insta es arroba helecho guion bajo verde"
    (number,) = (evasion for evasion in evasions([PHONE]) if evasion.way == "in words")
    assert number.text == "my number is zero seven seven zero zero nine zero zero four six one"


def test_what_is_split_fits_the_window_and_holds_every_digit() -> None:
    for evasion in ALL:
        assert len(evasion.context) <= CONTEXT_TEXTS
    (split,) = (evasion for evasion in evasions([PHONE]) if evasion.way == "split")
    assert "".join((*split.context, split.text)).endswith("07700900461")
    assert len(split.context) >= 2


def test_what_is_held_before_the_end_counts_and_what_never_is_does_not() -> None:
    assert Evasion("split", PHONE, "it is", ("call 07700 900461",)).is_found
    assert not Evasion("split", PHONE, "it is", ("hello",)).is_found
