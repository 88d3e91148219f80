import gc
from pathlib import Path

import msgspec
import pytest
from msgspec import structs

from server.domain.labels import Label, agreements
from server.domain.screening import Lane
from server.protocol.fields import Decision
from tests.screening import baseline, evasions, report
from tests.screening.lines import Line, Part, Tier
from tests.screening.tables import Section

FOUND = Line("wish-1", "I want to kill myself", "thoughts", Tier.CONCERN, (Lane.CARE,))
MISSED = Line("wish-2", "a sentence in which nobody would find anything", "thoughts", Tier.CONCERN, (Lane.CARE,))
LOUD = Line("chat-1", "I wish I was dead", "chat")
CALM = Line("chat-2", "the soup was good", "chat")


@pytest.fixture(autouse=True)
def small_corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parts = {Part.BUILDING: [FOUND, MISSED, LOUD, CALM], Part.SCORING: [FOUND, CALM]}
    monkeypatch.setattr(report, "corpus", parts.__getitem__)
    monkeypatch.setattr(gc, "freeze", lambda: None)
    monkeypatch.setattr(baseline, "BASELINE", tmp_path / "baseline.json")
    monkeypatch.setattr(report, "WHERE", tmp_path)
    monkeypatch.setattr(report, "orders", lambda: Section("Orders", ()))
    monkeypatch.setattr(evasions, "section", lambda: Section("Evasions", ()))


def test_errors_are_told_by_id_and_only_of_the_part_for_building(capsys: pytest.CaptureFixture[str]) -> None:
    assert report.main(["--errors"]) == 0
    told = capsys.readouterr().out
    assert [line.split()[0] for line in told.splitlines()] == ["wish-2", "chat-1"]
    assert not any(line.text in told for line in (FOUND, MISSED, LOUD, CALM))


def test_the_report_has_every_goal_and_no_text(capsys: pytest.CaptureFixture[str]) -> None:
    assert report.main([]) == 0
    told = capsys.readouterr().out
    assert [line for line in range(1, 8) if f"\n  {line}. " in told] == [1, 2, 3, 4, 5, 6, 7]
    assert "none at" in told
    assert "made with: 0.500; of those that they were not: 1.000" in told
    assert not any(line.text in told for line in (FOUND, MISSED, LOUD, CALM))


def test_what_moderators_decided_is_in_the_report_where_it_is_at_hand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    report.main([])
    assert "no decisions at hand" in capsys.readouterr().out
    found = agreements(
        [(Label("contact.phone", "2", Decision.REFUSE), 3), (Label("contact.phone", "2", Decision.ALLOW), 1)]
    )
    (tmp_path / "labels.json").write_bytes(msgspec.json.encode(found))
    monkeypatch.setenv("LABELS", str(tmp_path / "labels.json"))
    report.main([])
    told = capsys.readouterr().out
    assert [line.split()[2] for line in told.splitlines() if line.startswith("  contact.phone 2")] == ["0.750"]
    assert "no decisions at hand" not in told


def test_what_was_accepted_passes_and_what_is_worse_fails(capsys: pytest.CaptureFixture[str]) -> None:
    report.main(["--write"])
    assert report.main(["--check"]) == 0
    name = "A person's own risk: outright"
    accepted = baseline.read()
    better = structs.replace(accepted.figures[name], value=1.5, tolerance=0.1)
    packed = structs.replace(accepted, figures={**accepted.figures, name: better})
    baseline.BASELINE.write_bytes(msgspec.json.encode(packed))
    capsys.readouterr()
    assert report.main(["--check"]) == 1
    assert capsys.readouterr().out.startswith(name)
