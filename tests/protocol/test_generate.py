from pathlib import Path

import pytest

from server.protocol import generate


def test_the_generated_files_are_what_the_words_say() -> None:
    assert generate.drifted(generate.HOUSE) == [], "run: make protocol"


def test_a_file_that_was_changed_by_hand_is_named(tmp_path: Path) -> None:
    generate.write(tmp_path)
    assert generate.drifted(tmp_path) == []
    (tmp_path / "docs/protocol.md").write_text("shorter")
    assert generate.drifted(tmp_path) == ["docs/protocol.md"]


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    assert generate.drifted(tmp_path) == list(generate.MADE)


def test_the_check_says_what_to_do(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(generate, "HOUSE", tmp_path)
    assert generate.main(["--check"]) == 1
    assert "make protocol" in capsys.readouterr().out
    assert generate.main([]) == 0
    assert generate.main(["--check"]) == 0
