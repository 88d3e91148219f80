"""Metrics are served on a port of their own, and no label can hold what people wrote."""

import re
import urllib.request

from prometheus_client import REGISTRY

from loadtests.ports import free_port
from server import metrics

CLOSED_LISTS = {"code", "command", "answer", "verdict", "urgency", "route", "step", "why", "le", "state"}


def test_labels_come_from_closed_lists() -> None:
    ours = [family for family in REGISTRY.collect() if family.name.startswith("porchlight")]
    labels = {label for family in ours for sample in family.samples for label in sample.labels}
    assert len(ours) > 5
    assert labels <= CLOSED_LISTS


def test_the_operator_can_read_them() -> None:
    port = free_port()
    server, thread = metrics.serve("127.0.0.1", port)
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics") as answer:
        assert re.search(rb"^porchlight_connections ", answer.read(), re.MULTILINE)
    server.shutdown()
    server.server_close()
    thread.join()
