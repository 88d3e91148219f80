import pytest

from server.domain.folding import fold, worded
from server.screeners.patterns import WORD_LETTERS, Phrasebook, compiled, set_of
from server.screeners.phrases import BadPattern, Phrases

WORDS = {"want": "want|wanna", "do": "<want> (?:to )?go", "loop": "<loop>"}
LANGUAGE = Phrasebook(Phrases(WORDS))


def finds(pattern: str, text: str) -> bool:
    return compiled(LANGUAGE.expression(pattern)).search(worded(fold(text)).text) is not None


@pytest.mark.parametrize(
    "text",
    [
        "i want to go home",
        "i wanna go home",
        "i  want -- to, go home",
        "i waaant tooo gooo home",
        "i want... to go home",
        "want\ngo home",
    ],
)
def test_a_phrase_is_found_however_it_is_spaced_and_drawn_out(text: str) -> None:
    assert finds("<do> home", text)


@pytest.mark.parametrize("text", ["i want to go. home", "unwanted go home", "want to go homeless", "go home"])
def test_a_phrase_is_whole_words_in_one_sentence(text: str) -> None:
    assert not finds("<do> home", text)


@pytest.mark.parametrize("text", ["don't", "dont", "doooon't"])
def test_an_apostrophe_may_be_missing(text: str) -> None:
    assert finds("don't", text)


@pytest.mark.parametrize(
    ("pattern", "text"), [("cats? here", "cat here"), ("cats? here", "catssss here"), ("tik ?tok", "tiktok")]
)
def test_optional_letters_and_spaces_are_optional(pattern: str, text: str) -> None:
    assert finds(pattern, text)


def test_anything_in_the_sentence_begins_after_a_whole_word() -> None:
    assert finds("cut a[^.!?]*", "cut a cake")
    assert not finds("cut a[^.!?]*", "cut again")


def test_an_apostrophe_that_may_be_missing_makes_nothing_else_optional() -> None:
    assert finds("(?:you)'?d go", "you'd go")
    assert not finds("(?:you)'?d go", "d go")


@pytest.mark.parametrize(
    ("pattern", "beginnings"),
    [
        ("go home", "gg go"),
        ("<do>|stay", "ww wa ss st"),
        ("(?:to )?go", "tt to gg go"),
        ("a word", "aa a"),
        ("(?:to ){0,2}(?:e ?)?go|2 go", f"tt to gg go 22 2 e {' '.join(f'e{each}' for each in WORD_LETTERS)}"),
        ("l{2}", f"l {' '.join(f'l{each}' for each in WORD_LETTERS)}"),
        ("[a-z]+ go", None),
        ("(?:\\*|k)ill", None),
        ("g?", None),
        ("[^.!?]*go", None),
        (" ?go", None),
    ],
)
def test_a_phrase_begins_in_one_of_a_few_ways(pattern: str, beginnings: str | None) -> None:
    assert LANGUAGE.beginnings(pattern) == (None if beginnings is None else frozenset(beginnings.encode().split()))


def test_a_phrase_is_found_run_together() -> None:
    assert compiled(LANGUAGE.run_together("want to go")).search("#iwanttogo")
    assert compiled(LANGUAGE.run_together("want to go")).search("want to go")
    assert not compiled(LANGUAGE.run_together("want to go")).search("wantgo")


def test_a_set_tells_which_are_present() -> None:
    together = set_of([LANGUAGE.expression(word) for word in ("one", "two", "three")])
    assert sorted(together.Match("three and one")) == [0, 2]


@pytest.mark.parametrize("pattern", ["(unclosed", "closed)", "a(?=b)", r"(a)\1"])
def test_a_pattern_that_cannot_be_used_is_refused_at_the_start(pattern: str) -> None:
    with pytest.raises(BadPattern):
        compiled(LANGUAGE.expression(pattern))
