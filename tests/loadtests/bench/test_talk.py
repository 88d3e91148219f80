"""What the benchmark's members say is ordinary, varied, and passes screening."""

from collections import Counter

from loadtests.bench.talk import LONGEST, SHORTEST, TEXTS, texts
from server.evaluate import check


def test_there_are_hundreds_of_texts_of_one_length_and_all_differ() -> None:
    said = texts()
    assert len(set(said)) == len(said) == TEXTS
    assert all(SHORTEST <= len(text) <= LONGEST for text in said)
    assert said == texts()


def test_every_text_passes_screening_and_hardly_one_asks_for_a_look() -> None:
    """A false alarm here and there is the true load; a text that waits would not be measured."""
    verdicts = Counter(check(text)["verdict"] for text in texts())
    assert verdicts.keys() <= {"allow", "note"}
    assert verdicts["note"] <= TEXTS // 100
