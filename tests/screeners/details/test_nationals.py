import pytest

from server.screeners.details.nationals import nationals


@pytest.mark.parametrize("text", ["078-05-1120", "ab 12 34 56 c", "passport no c01234567", "nhs number 943 476 5919"])
def test_a_national_number_is_found(text: str) -> None:
    assert list(nationals(text))


@pytest.mark.parametrize(
    "text",
    [
        "rssmra85t10a562s",
        "boxw310820hnerxn09",
        "123.456.789-09",
        "12345678z",
        "nie x-1234567-l",
        "bsn 111222333",
        "tc kimlik 17291716060",
        "my sa id is 7503305044089",
        "12.345.678-z",
        "1 84 12 76 451 089 46",
        "qq 12 34 56 c",
        "078 05 1120",
        "my social is 078051120",
    ],
)
def test_other_nations_have_numbers_too(text: str) -> None:
    assert list(nationals(text))


@pytest.mark.parametrize(
    "text",
    [
        "10-11-2024",
        "ab 12",
        "my account is 2 years old",
        "passport photos on 3 may",
        "12345678a",
        "i am stuck in a rut",
    ],
)
def test_a_date_is_not_a_national_number(text: str) -> None:
    assert not list(nationals(text))


@pytest.mark.parametrize(
    "text",
    [
        "x1234567l",
        "390.533.447-05",
        "rssmra 85t10 a562s",
        "19811228-9874",
        "131052-308t",
        "710319/2745",
        "85.07.30-033 28",
        "756.9217.0769.85",
        "12.531.909-2",
        "20-05536168-2",
        "943 476 5919",
        "4991 1866 5246",
        "1234567fa",
        "44051401359",
        "7503305044089",
        "17291716060",
        "360426199101010071",
    ],
)
def test_a_number_whose_check_digits_hold_needs_no_word(text: str) -> None:
    assert (0, len(text)) in nationals(text)


@pytest.mark.parametrize(
    "text",
    [
        "x1234567m",
        "390.533.447-06x",
        "19811228-9875",
        "131052-308u",
        "756.9217.0769.86",
        "4991 1866 5247",
        "44051401358",
    ],
)
def test_one_whose_check_digits_do_not_is_any_number(text: str) -> None:
    assert not list(nationals(text))


@pytest.mark.parametrize(
    "text",
    [
        "social security takes 6 to 8 weeks",
        "my account got locked after 3 tries in 10 minutes",
        "my passport expires 12 2027",
        "a driver's license test at 10 30 on 5th",
        "rfc 2822 and rfc 5321 differ",
    ],
)
def test_what_is_only_said_about_it_is_no_number(text: str) -> None:
    assert not list(nationals(text))
