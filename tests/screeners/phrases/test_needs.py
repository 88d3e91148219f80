from server.screeners.phrases.index import Indexed
from server.screeners.phrases.needs import Needs

LISTS = tuple(map(frozenset, ("ab", "c", "d", "e")))


def phrase(place: int, *ways: tuple[int, ...]) -> Indexed:
    return Indexed("book", place, "", None, ways)


NEEDS = Needs([phrase(0, (0, 1)), phrase(1, (2,), (1, 2, 3)), phrase(2, ()), phrase(3, (0,))], LISTS)


def met(said: str) -> set[int]:
    return {place for _, place in NEEDS.met(set(said))}


def test_a_phrase_is_met_where_each_list_of_a_way_has_a_sign() -> None:
    assert met("ac") == met("bc") == {0, 2, 3}
    assert met("a") == {2, 3}
    assert met("d") == {1, 2}


def test_a_phrase_that_needs_nothing_is_always_met() -> None:
    assert met("") == {2}


def test_without_phrases_nothing_is_met() -> None:
    assert Needs([], ()).met({"a"}) == set()
