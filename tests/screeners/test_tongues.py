"""Texts in a language that nobody screens are told from those in one that is; in doubt a text is in the room's own."""

import json
import tomllib
from pathlib import Path

import pytest

from server.config import Settings
from server.domain.languages import Languages
from server.domain.screening import LANGUAGE, Screened, Verdict
from server.domain.text import clean
from server.files import OURS, read
from server.screeners.tongues import Tongues

SETTINGS = Settings()
TONGUES = Tongues("language", read("screening/languages.toml", Languages, SETTINGS), ("en", "es"))
CORPUS = tomllib.loads((Path(__file__).parent / "corpus.toml").read_text())
SAID = tomllib.loads((Path(__file__).parents[2] / "loadtests" / "conversations.toml").read_text())
WORDING = json.loads((OURS / "wording" / "es.json").read_text())
ORDINARY = [
    *(text for texts in CORPUS.values() for text in texts),
    *(text for room in SAID.values() for _, text in room["lines"]),
    *(text for section in WORDING.values() if isinstance(section, dict) for text in section.values()),
]


def is_other(text: str, *languages: str) -> bool:
    return bool(TONGUES.screen(Screened.of(clean(text, SETTINGS), languages=languages)))


@pytest.mark.parametrize(
    "text",
    [
        "hoje eu não consigo mais aguentar isso tudo",
        "je n'en peux plus, je ne sais pas quoi faire",
        "ich kann nicht mehr und weiß nicht, wie es weitergeht",
        "non ce la faccio più con questo lavoro",
        "ik weet niet meer wat ik moet doen",
        "nie wiem, co mam ze sobą zrobić",
        "aku sudah tidak kuat lagi hari ini",
        "никто меня не понимает",
        "لا أحد يفهمني",
        "もう疲れた",
        "ninda vasho trelu kamin dosta perelu vintu gamesh lorna tebil mastu kerino",
    ],
)
def test_a_text_in_another_language_is_told(text: str) -> None:
    (opinion,) = TONGUES.screen(Screened.of(clean(text, SETTINGS)))
    assert (opinion.reason, opinion.verdict) == (LANGUAGE, Verdict.NOTE)


@pytest.mark.parametrize(
    "text",
    [
        "щит",
        "bonjour everyone, how are you all tonight",
        "my mother used to say je ne sais quoi about everything in the house",
        "lol lol lol lol lol lol lol lol lol lol lol lol lol",
        "q tal, toy bien xq hoy no hubo clase",
        "i feel like крап today",
        "i wаnt tо kіll mуsеlf",
        "¯\\_(ツ)_/¯",
        "3.14159 / 2,718 = 1.1557",
        "sudo apt install foo-bar --yes && systemctl restart",
        "mañana voy al médico con mi mamá",
        "gracias 💛",
        "f1r$7 da73 w3n7 w3ll, w3 g07 ch!p5 af7er",
        "c0p1ng w!7h 7h3 h3@7 by 5i77!ng !n 7h3 ba7h",
        "wrote myyyyy willllll atttt lllllast, veeery grownnnnnn uuuuuup, nnnnnnow fooor aaaa biscuit",
    ],
)
def test_what_is_short_mixed_or_of_the_room_is_not(text: str) -> None:
    assert not is_other(text)


def test_nothing_of_a_days_talk_is_taken_for_another_language() -> None:
    assert len(ORDINARY) > 1500
    assert [text for text in ORDINARY if is_other(text)] == []


def test_a_room_may_be_read_in_fewer_languages() -> None:
    spanish = "hoy no tengo ganas de hablar con nadie, pero aquí estoy"
    assert not is_other(spanish)
    assert is_other(spanish, "en")
    assert not is_other(spanish, "es")
    assert is_other("nothing went right today but i am here", "es")
