"""Every counter and histogram in one table; no label ever holds a text, a name, a room or an address."""

from threading import Thread
from wsgiref.simple_server import WSGIServer

from prometheus_client import Counter, Gauge, Histogram, start_http_server

connections = Gauge("porchlight_connections", "Open sockets of this process")
frames = Counter("porchlight_frames_total", "Numbered frames this process heard from the store")
writes = Counter("porchlight_writes_total", "Writes to sockets: one carries all that came for a channel in one turn")
gaps = Counter("porchlight_gaps_filled_total", "Times a channel was filled from its log")
closed = Counter("porchlight_sockets_closed_total", "Sockets we closed, by close code", ["code"])
turned_away = Counter("porchlight_turned_away_total", "Handshakes refused, by reason", ["code"])
answers = Counter("porchlight_answers_total", "Answers to commands, by command and answer", ["command", "answer"])
rulings = Counter("porchlight_rulings_total", "Screened messages, by verdict", ["verdict"])
screening = Histogram(
    "porchlight_screening_seconds",
    "How long a message was screened",
    buckets=(0.0001, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.05, 0.1, 1),
)
tickets = Counter("porchlight_tickets_total", "Care tickets opened or marked again, by urgency", ["urgency"])
on_duty = Gauge("porchlight_on_duty", "How many of the team are on duty, everywhere")
errands = Counter("porchlight_errands_found_total", "Errands that were found undone and carried")


def serve(host: str, port: int) -> tuple[WSGIServer, Thread]:
    """On a port of its own, for the operator; runs until the program ends."""
    return start_http_server(port, host)
