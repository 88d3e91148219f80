from hypothesis import given
from hypothesis import strategies as st

from server.screeners.phrases.covered import Covered

PLACES = st.tuples(st.integers(0, 30), st.integers(1, 9)).map(lambda of: (of[0], of[0] + of[1]))


@given(st.lists(PLACES, max_size=8), PLACES)
def test_it_is_touched_where_one_of_its_places_is(places: list[tuple[int, int]], other: tuple[int, int]) -> None:
    start, end = other
    assert Covered(places).touches(start, end) == any(start < last and first < end for first, last in places)
