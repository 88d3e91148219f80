import pytest

from server.screeners.wordpiece import WordPiece

VOCABULARY = "[PAD] [UNK] [CLS] [SEP] i don ' t play ##ing ##s un ##play ! 4 good god so ii".split()
PIECES = WordPiece(VOCABULARY)


def parts(text: str) -> list[str]:
    return [VOCABULARY[number] for number in PIECES.numbers(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("i play", ["i", "play"]),
        ("i don't", ["i", "don", "'", "t"]),
        ("unplaying!", ["un", "##play", "##ing", "!"]),
        ("plays 4", ["play", "##s", "4"]),
        ("playful", ["[UNK]"]),
        ("i_i", ["i", "[UNK]", "i"]),
        ("😔 i", ["[UNK]", "i"]),
        ("gooood", ["good"]),
        ("iiii soooo", ["i", "so"]),
        ("pplllayyyy", ["[UNK]"]),
        ("plllaaayyyyy", ["play"]),
        ("pppplllaaayyyyy", ["play"]),
        ("unplaaaaying", ["un", "##play", "##ing"]),
        ("", []),
    ],
)
def test_a_text_is_taken_apart_into_the_longest_parts_that_are_known(text: str, expected: list[str]) -> None:
    assert parts(text) == expected


def test_what_is_too_long_to_be_a_word_is_not_taken_apart() -> None:
    assert parts("play" * 500) == ["[UNK]"]
    assert parts("pl" + "a" * 5_000 + "y") == ["play"]


def test_a_whole_has_a_beginning_and_an_end() -> None:
    assert PIECES.framed([4]) == [2, 4, 3]
