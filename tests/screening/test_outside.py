import json
from pathlib import Path

import pytest

from tests.screening.figures import Share
from tests.screening.outside import Outside
from tests.screening.tables import Section, printed

WISH = "I want to kill myself"


def file(where: Path, name: str, *rows: tuple[str, dict[str, object]]) -> None:
    written = [json.dumps({"id": "1", "text": text, "labels": labels, "source": "here"}) for text, labels in rows]
    (where / f"{name}_dev.jsonl").write_text("\n".join(written) + "\n")


def rows(section: Section) -> dict[str, Share]:
    return {row.name: row.share for row in section.rows}


def test_where_there_are_no_files_nothing_is_said(tmp_path: Path) -> None:
    outside = Outside.there(tmp_path)
    assert not outside.files
    assert not list(outside.sections())
    assert outside.details("email") == Share(0, 0)


def test_alarms_in_ordinary_talk_are_counted(tmp_path: Path) -> None:
    file(tmp_path, "benign_irc", (WISH, {}), ("the build is green", {}), ("mail ana@example.org", {}))
    (section,) = Outside.there(tmp_path).sections()
    assert rows(section)["care alarms"] == Share(1, 3)
    assert rows(section)["numbers and addresses of mail (unlabelled)"] == Share(1, 3)


def test_a_crisis_of_another_kind_is_counted_apart(tmp_path: Path) -> None:
    file(
        tmp_path,
        "crisis_conversations",
        (WISH, {"crisis": 1, "category": "Suicidal Ideation"}),
        ("hello", {"crisis": 1, "category": "Psychosis"}),
        ("hello", {"crisis": 0, "category": "Burnout"}),
    )
    (section,) = Outside.there(tmp_path).sections()
    assert list(rows(section).values()) == [Share(1, 1), Share(0, 1), Share(0, 1)]


def test_details_are_covered_where_they_are_marked(tmp_path: Path) -> None:
    file(
        tmp_path,
        "pii_presidio",
        ("mail ana@example.org", {"pii": [[5, 20, "EMAIL_ADDRESS"]]}),
        ("mail the office", {"pii": [[5, 15, "EMAIL_ADDRESS"], [0, 4, "PERSON"]]}),
    )
    assert Outside.there(tmp_path).details("email") == Share(1, 2)


def test_right_is_to_speak_of_hate_and_not_of_counter_speech(tmp_path: Path) -> None:
    file(
        tmp_path,
        "hatecheck",
        ("I hate immigrants", {"hate": 1, "func": "derog"}),
        ("good morning", {"hate": 0, "func": "counter_quote_nh"}),
    )
    outside = Outside.there(tmp_path)
    assert outside.hate_told_apart() == 1.0
    assert outside.quiet("hatecheck", "counter_") == Share(1, 1)


@pytest.mark.parametrize("name", ["benign_irc", "counselchat", "xstest"])
def test_no_row_is_ever_printed(tmp_path: Path, name: str) -> None:
    file(tmp_path, name, (WISH, {"benign": 1}))
    (section,) = Outside.there(tmp_path).sections()
    assert WISH not in "\n".join(printed(section))


def test_a_file_that_nothing_is_known_of_is_left_alone(tmp_path: Path) -> None:
    file(tmp_path, "other", (WISH, {}))
    assert not list(Outside.there(tmp_path).sections())
