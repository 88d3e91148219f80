"""What the summary says at the end of a run."""

from loadtests import summary
from loadtests.witness import LOST, Fault, Verdict


def test_percentiles_are_measured_values() -> None:
    measured = [float(value) for value in range(100, 0, -1)]
    assert [summary.percentile(measured, share) for share in (50, 99, 100)] == [51.0, 100.0, 100.0]


def test_a_loss_is_named_and_fails_the_run() -> None:
    told = list(summary.judgement(Verdict(faults=[Fault(LOST, "talker 3", "room:night 17")])))
    assert any("room:night 17 (talker 3)" in line for line in told)
    assert any(line.startswith("  1 lost, 0 twice") for line in told)
    assert told[-1] == "FAILED"


def test_a_run_without_a_fault_says_so() -> None:
    assert "arrived once, in order" in list(summary.judgement(Verdict()))[-1]


def test_the_servers_counters_are_told_as_what_the_run_added() -> None:
    before = {"porchlight_frames_total": 10.0, "porchlight_connections": 5.0, "process_cpu_seconds_total": 1.0}
    after = {"porchlight_frames_total": 30.0, "porchlight_connections": 5.0, "process_cpu_seconds_total": 3.0}
    told = " ".join(summary.meters(before, after, heard=400)).split()
    assert told[told.index("frames_total") + 1] == "20"
    assert told[told.index("connections") + 1] == "5"
    assert told[-1] == "200"


def test_a_server_without_metrics_has_no_figures() -> None:
    assert "none were to be had" in " ".join(summary.meters({}, summary.scrape(""), heard=1))
