"""The comparison: what the tables say where a figure is missing or in doubt, and what the generator is given."""

import re
from pathlib import Path

import pytest

from loadtests.bench.subject import Running
from loadtests.compare import comparing, installing, report, speeches
from loadtests.compare.__main__ import ENTRANTS
from loadtests.compare.comparing import PLACES, Cell, Figures, Floors, Open, Row, place
from loadtests.compare.entrant import Family, Speak

RUNNING = Running(ports=(8000,), pids=(1,))
TRAITS = dict.fromkeys(report.DOES[1:], "no")


def a_row(name: str, *faults: str, share: float = 0.75) -> Row:
    cells = {place(*where): Cell(150_000, share, 0.7, 0.8, faults) for where in PLACES}
    floor = {place(*where): 200_000.0 for where in PLACES}
    paced = Open(rate=300, p50_us=400, p99_us=600, floor_p50_us=300, floor_p99_us=500, faults=())
    figures = Figures(cells, paced, 2_000, 9_000, Floors(floor, floor, 300, 90_000), others=0.0)
    return Row(name, name, TRAITS, figures)


def test_a_peer_that_is_not_here_is_named_with_the_reason() -> None:
    rows = [a_row("ours"), Row("theirs", "theirs", TRAITS, None, "no Go toolchain")]
    assert "- theirs: no Go toolchain" in report.markdown(rows, {}, rounds=3)


def test_a_figure_that_counts_for_nothing_is_marked_and_says_why() -> None:
    text = report.markdown([a_row("ours"), a_row("theirs", "7 lost")], {}, rounds=3)
    assert "| ours | 150 (0.75) |" in text
    assert "| theirs | 150 (0.75) † |" in text
    assert "† theirs, 100/1: 7 lost" in text


def test_who_is_ahead_of_us_is_said() -> None:
    rows = [a_row("porchlight", share=0.7), a_row("faster", share=0.9), a_row("slower", share=0.2)]
    assert "- 1,000 members, W=16 (0.70): behind faster (0.90)\n" in report.markdown(rows, {}, rounds=3)
    assert "- 1,000 members, W=16 (0.70): ahead of all\n" in report.markdown([rows[0], rows[2]], {}, rounds=3)


def test_every_table_is_as_wide_as_its_head() -> None:
    text = report.markdown([a_row("ours"), a_row("theirs")], {}, rounds=3)
    for table in re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE):
        assert len({line.count("|") for line in table.splitlines()}) == 1


def test_a_run_in_which_nobody_could_be_measured_still_says_so() -> None:
    absent = Row("theirs", "theirs", TRAITS, None, "no network")
    assert "no network" in report.markdown([absent], {}, rounds=3)
    assert comparing.median_floors([absent]) is None


@pytest.mark.parametrize("family", list(Family))
@pytest.mark.parametrize("speak", [speeches.bare, speeches.nchan, speeches.socket_io, speeches.centrifugo])
def test_every_peer_is_told_the_same_texts(speak: Speak, family: Family) -> None:
    speech = speak(family, RUNNING, 100, 1)
    assert all(message.count(b"~FG~") == 1 for message in speech.messages)
    assert all(text.encode() in message for text, message in zip(speeches.TEXTS, speech.messages, strict=True))
    assert {len(payload) >= 180 for payload in speech.floor_messages} == {True}


def test_every_entrant_has_a_key_of_its_own() -> None:
    assert len({entrant.key for entrant in ENTRANTS}) == len(ENTRANTS)


def test_what_is_built_half_is_built_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installing, "CACHE", tmp_path)
    built: list[str] = []

    def fails(folder: Path) -> None:
        built.append("half")
        raise installing.NotHere("the network went away")

    with pytest.raises(installing.NotHere):
        installing.kept("thing", [], fails)
    installing.kept("thing", [], lambda folder: folder.mkdir(parents=True))
    installing.kept("thing", [], lambda folder: built.append("twice"))
    assert built == ["half"]
