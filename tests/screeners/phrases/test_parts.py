from server.screeners.phrases.parts import (
    OTHER,
    SPACE,
    AnyOf,
    Between,
    Part,
    Series,
    Times,
    Word,
    any_of,
    flat,
    may_be_left_out,
    series,
    words_of,
    written,
)


def word(*words: str) -> Word:
    return Word(frozenset(words))


def test_words_alone_are_one_and_so_are_those_beside_a_space() -> None:
    ways: list[Part] = [
        word("a"),
        Series((SPACE, word("b"))),
        Word("[a-z]+"),
        Series((SPACE, word("c"))),
        word("d"),
        Series((word("e"), SPACE)),
    ]
    assert any_of(ways) == AnyOf(
        (word("a", "d"), Series((SPACE, word("b", "c"))), Series((word("e"), SPACE)), Word("[a-z]+"))
    )
    assert any_of([word("a"), AnyOf((word("b"), Word("[a-z]+")))]) == AnyOf((word("a", "b"), Word("[a-z]+")))
    assert any_of([word("a"), word("b")]) == word("a", "b")


def test_a_series_of_one_is_that_one() -> None:
    assert series((word("a"),)) == word("a")
    assert flat(series((word("a"), SPACE))) == (word("a"), SPACE)
    assert flat(word("a")) == (word("a"),)


def test_all_words_of_a_phrase_are_told_once() -> None:
    again = Times(word("b"), "*")
    whole = Series((word("a"), SPACE, AnyOf((again, Word("[a-z]+"))), again, Between("x")))
    assert sorted(map(str, words_of([whole, whole]))) == sorted(
        map(str, [word("a").letters, word("b").letters, "[a-z]+"])
    )


def test_marks_are_bytes_of_their_own() -> None:
    marks = list(map(written, '":=@#$%/*+£€.!?'))
    assert len(set(marks)) == len(marks)
    assert written("你") == OTHER


def test_what_may_be_left_out_is_told_by_how_often_it_is_said() -> None:
    assert [times for times in ("", "?", "*", "+", "{0,3}", "{1,3}") if may_be_left_out(times)] == ["?", "*", "{0,3}"]
