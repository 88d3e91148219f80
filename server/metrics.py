"""Every counter and histogram in one table; no label ever holds a text, a name, a room or an address.

They are counted in the one thread of the loop, without a lock, because some stand on the path of every message;
the client library only writes them out.
"""

from bisect import bisect_left
from collections.abc import Iterator
from threading import Thread
from wsgiref.simple_server import WSGIServer

from prometheus_client import REGISTRY, start_http_server
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily
from prometheus_client.metrics_core import Metric


class Counter:
    def __init__(self, name: str, says: str, *labels: str) -> None:
        self._name, self._says, self._labels = f"porchlight_{name}", says, labels
        self._counts: dict[tuple[str, ...], int] = {} if labels else {(): 0}

    def inc(self, *labels: str, by: int = 1) -> None:
        self._counts[labels] = self._counts.get(labels, 0) + by

    def family(self) -> Metric:
        family = CounterMetricFamily(self._name, self._says, labels=self._labels)
        for labels, count in list(self._counts.items()):
            family.add_metric(labels, count)
        return family


class Gauge:
    def __init__(self, name: str, says: str, *labels: str) -> None:
        self._name, self._says, self._labels = f"porchlight_{name}", says, labels
        self._values: dict[tuple[str, ...], float] = {} if labels else {(): 0}

    def set(self, value: float, *labels: str) -> None:
        self._values[labels] = value

    def family(self) -> Metric:
        family = GaugeMetricFamily(self._name, self._says, labels=self._labels)
        for labels, value in list(self._values.items()):
            family.add_metric(labels, value)
        return family


class Histogram:
    def __init__(self, name: str, says: str, bounds: tuple[float, ...]) -> None:
        self._name, self._says, self._bounds = f"porchlight_{name}", says, bounds
        self._counts = [0] * (len(bounds) + 1)
        self._sum = 0.0

    def observe(self, value: float) -> None:
        self._counts[bisect_left(self._bounds, value)] += 1
        self._sum += value

    def family(self) -> Metric:
        family = HistogramMetricFamily(self._name, self._says)
        so_far, buckets = 0, []
        for bound, count in zip((*map(str, self._bounds), "+Inf"), self._counts, strict=True):
            so_far += count
            buckets.append((bound, so_far))
        family.add_metric([], buckets, self._sum)
        return family


connections = Gauge("connections", "Open sockets of this process")
frames = Counter("frames", "Numbered frames this process heard from the store")
writes = Counter("writes", "Writes to sockets: one carries all that came for a channel in one turn")
gaps = Counter("gaps_filled", "Times a channel was filled from its log")
unconfirmed = Counter("unconfirmed", "Changes that too few copies of the store confirmed in time")
closed = Counter("sockets_closed", "Sockets we closed, by close code", "code")
turned_away = Counter("turned_away", "Handshakes refused, by reason", "code")
answers = Counter("answers", "Answers to commands, by command and answer", "command", "answer")
rulings = Counter("rulings", "Screened messages, by verdict", "verdict")
screening = Histogram(
    "screening_seconds", "How long a message was screened", (0.00005, 0.0001, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.1, 1)
)
advice = Counter("advice", "Texts on which the third reading was asked, by whether it answered in time", "answer")
tickets = Counter("tickets", "Care tickets opened or marked again, by urgency", "urgency")
unacknowledged = Gauge("unacknowledged", "Tickets that nobody has taken, by urgency", "urgency")
oldest_ticket = Gauge("oldest_ticket_seconds", "How long the oldest ticket that nobody has taken waits")
talks = Gauge("one_to_ones", "One-to-ones that go on")
listeners = Gauge("listeners", "Listeners who are there, and those of them who are free", "state")
waiting = Gauge("waiting", "People who wait for a listener")
oldest_wait = Gauge("oldest_wait_seconds", "How long the first of them waits")
supervising = Gauge("supervisors_on_duty", "Supervisors on duty")
high_risk = Gauge("high_risk", "Open tickets that are serious or imminent, taken or not")
oldest_hold = Gauge("oldest_hold_seconds", "How long the oldest held message waits")
pages = Counter("pages", "Calls by the pager, by step", "step")
pages_sent = Counter("pages_sent", "Alerts that were told, by route", "route")
pages_failed = Counter("pages_failed", "Alerts that could not be told, by route and why", "route", "why")
pages_waiting = Gauge("pages_waiting", "Calls that are to be made, or made again, by route", "route")
routes_failing = Gauge("pager_routes_failing", "Routes of the pager that fail")
red = Gauge("red", "1 while nobody is on duty in opening hours")
drill_passed = Gauge("drill_passed", "1 where the last drill passed")
drill_at = Gauge("drill_timestamp_seconds", "When the last drill ended; 0: never")
drill_step = Gauge("drill_step_seconds", "What each step of the last drill took", "step")
on_duty = Gauge("on_duty", "How many of the team are on duty, everywhere")
away = {
    "store": Gauge("store_away", "1 while the store does not answer"),
    "keeping": Gauge("keeping_away", "1 while the store answers and keeps nothing new: its disk or memory is full"),
    "screening": Gauge("screening_away", "1 while a screener fails: messages are held"),
}
policy = Gauge("policy", "The version of the screening policy by which this process judges; 0: the files at its start")
policy_refused = Gauge("policy_refused", "1 while this process can't judge by the version that is in force")
errands = Counter("errands_found", "Errands that were found undone and carried")

TABLE: tuple[Counter | Gauge | Histogram, ...] = (
    connections,
    frames,
    writes,
    gaps,
    unconfirmed,
    closed,
    turned_away,
    answers,
    rulings,
    screening,
    tickets,
    unacknowledged,
    oldest_ticket,
    talks,
    listeners,
    waiting,
    oldest_wait,
    supervising,
    high_risk,
    oldest_hold,
    pages,
    pages_sent,
    pages_failed,
    pages_waiting,
    routes_failing,
    red,
    drill_passed,
    drill_at,
    drill_step,
    on_duty,
    *away.values(),
    policy,
    policy_refused,
    errands,
)


class _Table:
    def collect(self) -> Iterator[Metric]:
        for each in TABLE:
            yield each.family()


REGISTRY.register(_Table())


def serve(host: str, port: int) -> tuple[WSGIServer, Thread]:
    """On a port of its own, for the operator; runs until the program ends."""
    return start_http_server(port, host)
