import pytest

from server.screeners.patterns import BadPattern, compiled, compiled_bytes, set_of


def test_a_set_tells_which_are_present() -> None:
    together = set_of([rf"\b{word}\b" for word in ("one", "two", "three")])
    assert sorted(together.Match("three and one")) == [0, 2]


def test_characters_may_be_bytes() -> None:
    assert compiled_bytes("\x80[\x81-\x83]").search(b"\x80\x82")
    assert not compiled_bytes("\x80[\x81-\x83]").search("\x80\x82".encode())


@pytest.mark.parametrize("source", ["(unclosed", "closed)", "a(?=b)", r"(a)\1"])
def test_an_expression_that_cannot_be_used_is_refused(source: str) -> None:
    with pytest.raises(BadPattern):
        compiled(source)
    with pytest.raises(BadPattern):
        compiled_bytes(source)
    with pytest.raises(BadPattern):
        set_of([source])
