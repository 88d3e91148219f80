import msgspec
import pytest

from server.domain.languages import Languages, in_language

FILE = {"version": "1", "frequent": {"en": "the and don't", "fr": "le la"}}


def test_frequent_words_are_as_they_stand_in_folded_text() -> None:
    languages = msgspec.convert(FILE, Languages)
    assert languages.words("en") == {"the", "and", "dont"}
    assert languages.words("xx") == frozenset()


def test_a_language_is_named_by_its_code() -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(FILE | {"frequent": {"English": "the"}}, Languages)


def test_the_files_of_the_first_language_carry_no_language_in_their_names() -> None:
    assert in_language("screening/care.toml", "en") == "screening/care.toml"
    assert in_language("screening/care.toml", "es") == "screening/care.es.toml"
