import pytest

from server.screeners.details.numbers import cards, ibans


@pytest.mark.parametrize(
    "text", ["gb29 nwbk 6016 1331 9268 19", "de89370400440532013000", "fr14 2004 1010 0505 0001 3m02 606"]
)
def test_an_account_with_good_check_digits_is_found(text: str) -> None:
    assert list(ibans(text)) == [(0, len(text))]


def test_an_account_with_bad_check_digits_is_not() -> None:
    assert not list(ibans("gb30 nwbk 6016 1331 9268 19"))


@pytest.mark.parametrize("text", ["de 89 3704 0044 0532 0130 00", "es91.2100.0418.4502.0005.1332"])
def test_an_account_is_found_whatever_its_gaps(text: str) -> None:
    assert list(ibans(text)) == [(0, len(text))]


def test_what_is_said_to_be_an_account_need_not_hold() -> None:
    assert list(ibans("my iban is de12 3456 7890 1234 5678 90")) == [(11, 38)]


@pytest.mark.parametrize("text", ["4111.1111.1111.1111", "4111_1111_1111_1111", "4111  1111  1111  1111"])
def test_a_card_is_found_whatever_its_gaps(text: str) -> None:
    assert list(cards(text)) == [(0, len(text))]


@pytest.mark.parametrize("text", ["4111 1111 1111 1111", "378282246310005", "5555-5555-5555-4444", "2221000000000009"])
def test_a_card_with_a_good_sum_is_found(text: str) -> None:
    assert list(cards(text)) == [(0, len(text))]


@pytest.mark.parametrize("text", ["4111 1111 1111 1112", "9999 9999 9999 9995", "1234567890123"])
def test_a_card_with_a_bad_sum_or_no_issuer_is_not(text: str) -> None:
    assert not list(cards(text))
