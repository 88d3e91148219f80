import pytest

from server.screeners.patterns import BadPattern
from server.screeners.phrases.syntax import GAP, Choice, Phrases

PHRASES = Phrases({"want": "want|wanna", "do": "<want> to"})


def plain(choice: Choice) -> list[list[object]]:
    """A tree as lists, a choice as the list of its sequences."""
    return [
        [(plain(what) if isinstance(what, Choice) else what, times) for what, times in way] for way in choice.sequences
    ]


@pytest.mark.parametrize(
    ("phrase", "tree"),
    [
        ("go home", [[("go home", "")]]),
        ("don't go", [[("dont go", "")]]),
        ("homes?", [[("home", ""), ("s", "?")]]),
        ("tik ?tok", [[("tik", ""), (" ", "?"), ("tok", "")]]),
        ("you'?d", [[("you", ""), ("d", "")]]),
        ("go|stay", [[("go", "")], [("stay", "")]]),
        ("go(?:es|ing)* home", [[("go", ""), ([[("es", "")], [("ing", "")]], "*"), (" home", "")]]),
        ("a[^.!?]{0,9}b", [[("a", ""), (GAP, "{0,9}"), ("b", "")]]),
        (r"k\*ll \d+", [[("k", ""), (r"\*", ""), ("ll ", ""), (r"\d", "+")]]),
        ("<want>{0,2}", [[([[("want", "")], [("wanna", "")]], "{0,2}")]]),
    ],
)
def test_a_phrase_is_a_tree(phrase: str, tree: list[list[object]]) -> None:
    assert plain(PHRASES.read(phrase)) == tree


def test_a_word_is_read_once() -> None:
    first, second = (PHRASES.read(phrase).sequences[0][0][0] for phrase in ("<do> home", "<do>"))
    assert first is second


@pytest.mark.parametrize("phrase", ["(home", "(?:a|(b)", "home)", "a)|(b", "a(?=b)", "(?i:a)"])
def test_a_group_that_is_not_whole_or_of_another_kind_is_refused(phrase: str) -> None:
    with pytest.raises(BadPattern):
        PHRASES.read(phrase)
