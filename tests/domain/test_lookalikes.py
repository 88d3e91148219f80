from server.domain.lookalikes import FOREIGN, LEET, PICTURES, PUNCTUATION, STYLED


def test_every_lookalike_is_read_as_one_plain_character() -> None:
    for table in (FOREIGN, STYLED, LEET):
        assert all(len(looks) == 1 and like in "abcdefghijklmnopqrstuvwxyz" for looks, like in table.items())
    assert set(PUNCTUATION.values()) == set("'\"-. ")


def test_no_plain_letter_is_read_as_another() -> None:
    assert not [looks for looks in (*FOREIGN, *STYLED, *PUNCTUATION) if looks.isascii() and looks.isalpha()]


def test_a_picture_stands_for_one_plain_word() -> None:
    assert all(len(picture) == 1 and word.isascii() and word.isalpha() for picture, word in PICTURES.items())
