"""Every language says the same: the same sentences, with the same places to fill, under the same marks."""

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from server.config import Settings
from server.files import FIRST_LANGUAGE, OURS, load

WORDINGS = {path.stem: json.loads(path.read_text()) for path in sorted((OURS / "wording").glob("*.json"))}
FIRST = WORDINGS[FIRST_LANGUAGE]
OTHERS = sorted(WORDINGS.keys() - {FIRST_LANGUAGE})
MARK = "DRAFT, awaiting clinical review and review by people with lived experience."
PAGES = sorted((OURS / "pages").glob("*.j2"))

# What is not said to or of people in distress, as the avoided English words are kept out by test_files.py.
AVOIDED = {
    "es": (
        "comet", "llamada de atención", "alto riesgo", "en riesgo", "paciente", "víctima", "vulnerable", "inapropiad",
        "infracción", "todo irá bien", "todo va a mejorar", "no te preocupes", "siempre estamos", "inválid", "usted",
        "vosotr", "tenéis", "podéis", "bienvenido", "bienvenida a", "servidor", "!", "¡",
    ),
}  # fmt: skip


def keys(wording: dict[str, Any]) -> set[str]:
    return {f"{section}.{key}" for section, words in wording.items() if isinstance(words, dict) for key in words}


def sentence(wording: dict[str, Any], key: str) -> str:
    section, name = key.split(".")
    return str(wording[section][name])


def places(text: str) -> list[str]:
    return sorted(set(re.findall(r"\{\w+\}", text)))


def test_spanish_is_one_of_our_languages() -> None:
    assert "es" in OTHERS


@pytest.mark.parametrize("language", OTHERS)
def test_a_language_has_every_sentence_and_no_other(language: str) -> None:
    has = keys(WORDINGS[language])
    missing, unknown = sorted(keys(FIRST) - has), sorted(has - keys(FIRST))
    assert not missing, f"wording/{language}.json lacks: {', '.join(missing)}"
    assert not unknown, f"wording/{language}.json has, and {FIRST_LANGUAGE}.json has not: {', '.join(unknown)}"


@pytest.mark.parametrize("language", OTHERS)
def test_a_sentence_has_the_same_places_to_fill_in_every_language(language: str) -> None:
    shared = keys(FIRST) & keys(WORDINGS[language])
    differ = {key for key in shared if places(sentence(FIRST, key)) != places(sentence(WORDINGS[language], key))}
    assert not differ, f"wording/{language}.json fills other places in: {', '.join(sorted(differ))}"


@pytest.mark.parametrize("language", OTHERS)
def test_nothing_is_left_in_english(language: str) -> None:
    same = {key for key in keys(FIRST) & keys(WORDINGS[language]) if _sentence_left(key, language)}
    assert not same, f"wording/{language}.json says in English: {', '.join(sorted(same))}"


def _sentence_left(key: str, language: str) -> bool:
    """One word may be the same in two languages; a sentence is not."""
    first = sentence(FIRST, key)
    return (
        first == sentence(WORDINGS[language], key) and len(re.findall(r"[a-z]{2,}", re.sub(r"\{\w+\}", "", first))) > 1
    )


@pytest.mark.parametrize("language", sorted(WORDINGS))
def test_a_language_says_that_it_awaits_its_review_and_how_it_runs(language: str) -> None:
    wording = WORDINGS[language]
    assert wording["_review"].startswith(MARK)
    assert wording["_dir"] in ("ltr", "rtl")
    assert wording["_name"]


@pytest.mark.parametrize("language", sorted(WORDINGS))
def test_what_a_number_chooses_has_its_form_for_one_and_for_others(language: str) -> None:
    has = keys(WORDINGS[language])
    chosen = {key.removesuffix("_one") for key in has if key.endswith("_one")}
    assert not {name for name in chosen if f"{name}_other" not in has}


@pytest.mark.parametrize("language", OTHERS)
def test_sentences_are_set_in_the_marks_that_people_read(language: str) -> None:
    wording = WORDINGS[language]
    said = [sentence(wording, key) for key in keys(wording)]
    assert not [text for text in said if "'" in text or '"' in text or "..." in text]
    assert not [text for text in said for avoided in AVOIDED.get(language, ()) if avoided in text.lower()]
    assert not [text for text in said if text.count("“") != text.count("”")]


@pytest.mark.parametrize("language", OTHERS)
def test_rules_rooms_and_names_are_whole_in_every_language(language: str) -> None:
    content = load(Settings())
    theirs, first = content.wordings[language], content.wordings[FIRST_LANGUAGE]
    assert not first.rules.differs(theirs.rules)
    assert theirs.borrowed == 0
    for id, room in first.rooms.items():
        other = theirs.rooms[id]
        assert (len(other.tags), len(other.guidelines)) == (len(room.tags), len(room.guidelines))
        assert (other.kind, other.preview, other.slow_seconds) == (room.kind, room.preview, room.slow_seconds)
        assert other.about != room.about
    names = json.loads((OURS / "names" / f"{language}.json").read_text())
    assert names["countries"].keys() == content.lines.countries.keys()
    assert names["languages"].keys() == content.lines.languages.keys()
    for file in ("rooms", "rules", "handbook", "training"):
        text = (OURS / f"{file}.{language}.toml").read_text()
        assert "awaiting clinical review" in text
        assert tomllib.loads(text)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_page_has_a_sentence_of_its_own(page: Path) -> None:
    text = re.sub(
        r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<!--.*?-->|<(script|style)\b.*?</\1>", " ", page.read_text(), flags=re.S
    )
    aloud = " ".join(re.findall(r'(?:aria-label|title|alt|placeholder)="([^"]*)"', text))
    assert not re.findall(r"[^\W\d_]{2,}", re.sub(r"<[^>]*>", " ", text) + aloud)
