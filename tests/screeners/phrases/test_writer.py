import pytest

from server.screeners.phrases.coding import Coding
from server.screeners.phrases.parts import Part, words_of
from server.screeners.phrases.syntax import Phrases
from server.screeners.phrases.wording import Wording
from server.screeners.phrases.writer import Writer


def begins(phrase: str) -> set[str] | None:
    """Words with the codes that it begins with."""
    part: Part = Wording(Phrases({"want": "want|wanna"})).read(phrase)
    coding = Coding(
        words_of([part, *(Wording(Phrases({})).read(word) for word in ("want", "wanna", "go", "to", "so"))])
    )
    found = Writer(coding).beginnings(part)
    return None if found is None else {word for word, code in coding.words.items() if code in found}


@pytest.mark.parametrize(
    ("phrase", "words"),
    [
        ("go to", {"go"}),
        ("<want> to|so", {"want", "wanna", "so"}),
        ("(?:to )?go", {"to", "go"}),
        ("(?:to ){0,2}(?:so )?go", {"to", "so", "go"}),
        ("[a-z]+ go", None),
        ("(?:so)?", None),
        ("[^.!?]*go", None),
        ("^go", None),
    ],
)
def test_a_phrase_begins_with_one_of_a_few_words(phrase: str, words: set[str] | None) -> None:
    assert begins(phrase) == words


def test_a_part_is_written_once() -> None:
    part = Wording(Phrases({"want": "want to|wanna"})).read("<want> go <want>")
    writer = Writer(Coding(words_of([part])))
    assert writer.written(part) is writer.written(part)
