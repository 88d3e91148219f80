"""Every counter and histogram in one table; no label ever holds a text, a name, a room or an address."""

from prometheus_client import Counter, Gauge, Histogram, start_http_server

connections = Gauge("porchlight_connections", "Open sockets of this process")
followed = Gauge("porchlight_channels_followed", "Channels this process follows")
commands = Counter("porchlight_commands_total", "Commands by type and answer", ["command", "answer"])
frames_in = Counter("porchlight_frames_published_total", "Numbered frames this process heard from the store")
deliveries = Counter("porchlight_deliveries_total", "Numbered frames written to sockets")
gaps = Counter("porchlight_gaps_filled_total", "Holes in a channel's numbers that were filled from the log")
closed = Counter("porchlight_sockets_closed_total", "Sockets we closed, by code", ["code"])
rulings = Counter("porchlight_screening_total", "Screened texts by verdict", ["verdict"])
screening_seconds = Histogram(
    "porchlight_screening_seconds",
    "How long a text was screened",
    buckets=(0.0001, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.05, 0.1, 1),
)
tickets = Counter("porchlight_care_tickets_total", "Care tickets opened or repeated", ["urgency"])
on_duty = Gauge("porchlight_staff_on_duty", "Names on duty, everywhere")
errands_found = Counter("porchlight_errands_found_total", "Errands another process had left undone")


def serve(host: str, port: int) -> None:
    """On a port of its own, for the operator."""
    start_http_server(port, host)
