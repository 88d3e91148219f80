import msgspec
import pytest

from server.config import Settings
from server.domain.lessons import Lesson, Meanings
from server.domain.rulebook import Rulebook
from server.domain.screening import EXCUSED, Lane, Screened
from server.files import read
from server.screeners import MEANINGS
from server.screeners.learned import Ear, Learned
from server.screeners.phrases.sieve import Sieve
from server.screeners.sparing import Sparing

BOOK = {
    "version": "1",
    "review": "",
    "lane": "care",
    "rules": [
        {
            "id": "care.wish",
            "reason": "wish",
            "verdict": "note",
            "score": 0.5,
            "patterns": ["want to die"],
            "finds": ["want to die"],
            "spares": ["hello"],
        }
    ],
    "guards": {"over": ["[^~]*that was (?:then|long ago)"], "film": ["in the film"]},
    "lenient": ["over"],
}
SETTINGS = Settings()
LESSON = read("screening/learned.json", Lesson, SETTINGS)
EAR = Ear([LESSON], [read(name, Meanings, SETTINGS) for name in MEANINGS])


def book(**more: object) -> Rulebook:
    return msgspec.convert({**BOOK, **more}, Rulebook)


def reasons(text: str, *books: Rulebook) -> list[str]:
    named = [(f"book-{place}", each) for place, each in enumerate(books)]
    sparing = Sparing(named, Lane.CARE, Sieve(named))
    return [each.reason for each in Learned("learned", LESSON, EAR, sparing).screen(Screened.of(text))]


def test_a_guard_that_the_book_names_spares_what_it_touches() -> None:
    assert reasons("i want to kill myself", book()) == ["thoughts"]
    assert reasons("i want to kill myself. that was then", book()) == [EXCUSED]


def test_what_stands_behind_it_is_heard() -> None:
    far = "we had soup and bread and went home in the rain, all eleven of us, slowly and singing."
    assert reasons(f"that was then. {far} i want to kill myself", book()) == ["thoughts"]


@pytest.mark.parametrize("other", [{"lenient": ["film"]}, {"lenient": []}, {"lane": "conduct"}])
def test_no_other_guard_and_no_book_of_another_lane_does(other: dict[str, object]) -> None:
    assert reasons("i want to kill myself. that was then", book(**other)) == ["thoughts"]


def test_a_name_that_is_no_guard_is_a_fault() -> None:
    assert book(lenient=["song"]).fault() == "lenient names the guard song, which is not in [guards]"
    assert book().fault() is None
