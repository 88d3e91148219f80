from typing import NamedTuple

import pytest

from server.screeners.details.streets import Streets


class English(NamedTuple):
    homes: tuple[str, ...] = ("live", "address")
    streets: tuple[str, ...] = ("Road", "Street", "St", "View", "Park", "Place")
    lanes: tuple[str, ...] = ("road", "rd", "street", "lane")
    ways: tuple[str, ...] = ()


class Spanish(NamedTuple):
    homes: tuple[str, ...] = ("vivo",)
    streets: tuple[str, ...] = ()
    lanes: tuple[str, ...] = ()
    ways: tuple[str, ...] = ("calle", "avenida")


STREETS = Streets((English(), Spanish()))


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("it is 14 Larkspur Road", "14 Larkspur Road"),
        ("Flat 3, 9 Harbour View, BS1 4ZZ", "Flat 3, 9 Harbour View, BS1 4ZZ"),
        ("at 220 W 14th St", "220 W 14th St"),
        ("wir sind Musterstraße 5a, 12345 Musterstadt", "Musterstraße 5a, 12345 Musterstadt"),
        ("Apt 4, 305 Maple", "Apt 4, 305 Maple"),
        ("Rose Cottage, Mill Lane 4", "Rose Cottage, Mill Lane"),
        ("Calle 5 de Mayo 123", "Calle 5 de Mayo 123"),
        ("Paseo de la Rosa 12, Toledo 45001", "Paseo de la Rosa 12, Toledo 45001"),
        ("c'est 14 Rue Jean Jaurès", "14 Rue Jean Jaurès"),
        ("rue du Moulin 7 1000 Bruxelles", "rue du Moulin 7 1000"),
        ("Storgatan 3, 111 22", "Storgatan 3"),
        ("Kossuth Lajos utca 4", "Kossuth Lajos utca 4"),
        ("ul. Żółta 8", "ul. Żółta 8"),
        ("17 204 Larkspur Road Suite 12", "17 204 Larkspur Road Suite 12"),
        ("Lindenhof 12\n Apt. 4\n Musterstadt\n Austria 1010", "Lindenhof 12\n Apt. 4\n Musterstadt\n Austria 1010"),
        ("PSC 12, Box 345\nAPO AE 09012", "PSC 12, Box 345\nAPO AE 09012"),
        ("P.O. Box 12 Apt. 4, Tallinn", "P.O. Box 12 Apt. 4, Tallinn"),
    ],
)
def test_an_address_is_found_as_it_stands_on_an_envelope(text: str, place: str) -> None:
    begin = text.index(place)
    assert (begin, begin + len(place)) in STREETS.written(text)


@pytest.mark.parametrize(
    "text",
    [
        "14 larkspur rd bs1 4zz",
        "i live on maple street, number 12",
        "my address is number 12 on mill lane",
        "the corner of 5th and maple, house 305",
        "my postcode is zz9 9zz",
        "avenida imaginaria 1234",
        "vivo en la calle mayor 12",
        "i live on maple street, at 14",
        "it is maple street, 3b maple street",
    ],
)
def test_an_address_is_found_as_it_is_told(text: str) -> None:
    assert list(STREETS.told(text))


def test_a_distance_between_commas_is_none() -> None:
    assert not list(STREETS.told("we went out, 20 minute lane, and back"))


@pytest.mark.parametrize(
    "text",
    [
        "page 12, Chapter Park",
        "Windows 11 Home Place",
        "it took 3 hours",
        "Agata 5, Spring 2024 and Stargate 1",
        "we were 3 in the suite 5 nights",
        "Box 12 of 15 is packed",
        "Unit 3 was on Friday",
    ],
)
def test_a_page_and_a_product_are_none(text: str) -> None:
    assert not list(STREETS.written(text))


@pytest.mark.parametrize("text", ["3 miles down the lane", "the calle was full at 8", "a 20 minute walk, then a road"])
def test_ways_and_walks_are_none(text: str) -> None:
    assert not list(STREETS.told(text))
