import pytest

from server.screeners.phrases.coded import Coded
from server.screeners.phrases.lexicon import Lexicon
from server.screeners.phrases.parts import GAP, written

LEXICON = Lexicon({"want": "\x80\x80", "to": "\x80\x81", "k*ll": "\x80\x82", "die": "\x80\x82"})


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("i want to die", ["i", "want", "to", "die"]),
        ('he: "want". to?', ["he", ":", '"', "want", '"', ".", "to", "?"]),
        ("k*ll or f*ck", ["k*ll", "or", "f", "*", "ck"]),
        ("ñandú £5", ["ñandú", "£", "5"]),
        ("", []),
    ],
)
def test_each_word_and_each_mark_stands_by_itself(text: str, tokens: list[str]) -> None:
    coded = Coded(text, LEXICON)
    assert coded.tokens == tokens
    assert [text[begin:end] for begin, end in coded.places] == tokens


def test_its_bytes_are_codes_with_a_gap_around_each() -> None:
    want, to = LEXICON["want"], LEXICON["to"]
    expected = f"{GAP}ok{GAP}{want}{GAP}{written(':')}{GAP}{to}{GAP}\x7f{GAP}".encode("latin-1")
    assert Coded("ok want: to 你好", LEXICON).bytes == expected


def test_places_are_of_characters() -> None:
    coded = Coded("ñ 你 want. to go", LEXICON)
    begin = coded.bytes.index(LEXICON["want"].encode("latin-1"))
    end = coded.bytes.index(LEXICON["to"].encode("latin-1")) + 2
    assert coded.place(begin, end) == (4, 12)
    assert coded.place(begin - 1, begin + 3) == (4, 8)
    assert coded.place(0, len(coded.bytes)) == (0, 15)


def test_where_words_begin_is_known_by_their_codes() -> None:
    coded = Coded("want to want", LEXICON)
    assert coded.begins(frozenset((LEXICON["want"], "xx"))) == [1, 7]
    assert coded.begins(frozenset((LEXICON["want"], LEXICON["to"]))) == [1, 4, 7]
    assert coded.begins(frozenset()) == []


def test_its_signs_are_what_phrases_are_told_by() -> None:
    want, to = LEXICON["want"], LEXICON["to"]
    assert Coded("want, to mosssy. want", LEXICON).signs >= {want, to, ".", "<mos"}
    assert want + to in Coded("want: to", LEXICON).signs  # a soft mark between them parts them as a space does
    assert want + to not in Coded("want. to", LEXICON).signs
