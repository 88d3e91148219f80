"""The comparison as tables that people read, with what is unfair to whom."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from loadtests.compare.comparing import PLACES, Cell, Figures, Floors, Row, median_floors, place
from loadtests.compare.porchlight import PORCHLIGHT

HOW = """\
Server on one core, generator, Redis and floors on the other; one server process each; loopback, no TLS. Members write
in turn, on their own sockets (for Nchan over HTTP), messages of about 200 bytes; every member hears every one. W:
messages in flight. Thousands of deliveries per second of server CPU; in brackets the share of the C floor, which
sends to each member with one `send()`, in the same rounds (median of {rounds}; the floor's row is the middle of all).
`†`: not all had arrived, or worse; see below."""
UNFAIR = Path(__file__).with_name("unfair.md")

HEAD = ("", *(f"{members:,} members, W={window}" for members, window in PLACES))
MORE = ("bytes per idle connection", "handshakes + joins per CPU-s", "p50 / p99 µs at 30 % load", "the floor's then")
DOES = ("", "publishes through", "acknowledges", "stores", "numbers, resumes", "screens")


def markdown(rows: list[Row], versions: Mapping[str, str], rounds: int) -> str:
    there = [row for row in rows if row.figures is not None]
    absent = [row for row in rows if row.figures is None]
    parts = [f"# Porchlight and its peers, {versions.get('commit', '')}", HOW.format(rounds=rounds)]
    body = [(row.name, *_figures(row.figures)) for row in there if row.figures is not None]
    parts.append(_table((*HEAD, *MORE), [*_floor_rows(median_floors(rows)), *body]))
    parts += _notes(there)
    if busiest := [row.figures.others for row in there if row.figures is not None]:
        parts.append(f"Somebody else used at most {max(busiest):.2f} cores meanwhile.")
    if absent:
        parts.append("Not measured:\n" + "\n".join(f"- {row.name}: {row.missing}" for row in absent))
    parts += _ahead(there)
    parts.append("## What each does for a message, as set up here")
    parts.append(_table(DOES, [("C floor", *["no"] * 5), *((row.name, *row.traits.values()) for row in rows)]))
    parts.append(UNFAIR.read_text().strip())
    parts.append("Versions: " + ", ".join(f"{name} {version}" for name, version in versions.items()))
    return "\n\n".join(parts) + "\n"


def _figures(figures: Figures) -> Iterable[str]:
    yield from (_cell(figures.cells[place(*where)]) for where in PLACES)
    yield _thousands(figures.bytes_per_connection)
    yield _thousands(figures.arrivals_per_cpu_s)
    paced = figures.open
    yield f"{paced.p50_us:,.0f} / {paced.p99_us:,.0f}{_mark(paced.faults)}"
    yield f"{paced.floor_p50_us:,.0f} / {paced.floor_p99_us:,.0f}"


def _floor_rows(floors: Floors | None) -> Iterable[tuple[str, ...]]:
    if floors is not None:
        plain, joining = (
            [f"{side[at] / 1000:,.0f}" if (at := place(*where)) in side else "" for where in PLACES]
            for side in (floors.plain, floors.joining)
        )
        arrivals = (_thousands(floors.bytes_per_connection), _thousands(floors.arrivals_per_cpu_s))
        yield ("C floor, one send() per delivery", *plain, *arrivals, "", "")
        yield ("C floor, joining what is pending", *joining, "", "", "", "")


def _cell(cell: Cell) -> str:
    return f"{_short(cell.per_cpu_s / 1000)} ({cell.share:.2f}){_mark(cell.faults)}"


def _notes(rows: list[Row]) -> Iterable[str]:
    lines = []
    for row in rows:
        if row.figures is not None:
            where = {at: cell.faults for at, cell in row.figures.cells.items()} | {"30 % load": row.figures.open.faults}
            lines += [f"- † {row.name}, {at}: {'; '.join(faults)}" for at, faults in where.items() if faults]
    if lines:
        yield "\n".join(lines)


def _ahead(rows: list[Row]) -> Iterable[str]:
    """By share, as each was measured beside a floor of its own."""
    figures = {row.name: row.figures for row in rows if row.figures is not None}
    ours = next((row.figures for row in rows if row.key == PORCHLIGHT.key), None)
    if ours is None or len(figures) == 1:
        return
    yield "## Where Porchlight is ahead, and where not"
    lines = []
    for members, window in PLACES:
        at = place(members, window)
        mine, shares = ours.cells[at].share, {name: of.cells[at].share for name, of in figures.items()}
        ahead = [f"{name} ({share:.2f})" for name, share in shares.items() if share > mine]
        said = f"behind {', '.join(ahead)}" if ahead else "ahead of all"
        lines.append(f"- {members:,} members, W={window} ({mine:.2f}): {said}")
    yield "\n".join(lines)


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    head = list(head)
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _mark(faults: tuple[str, ...]) -> str:
    return " †" if faults else ""


def _short(value: float) -> str:
    return f"{value:,.0f}" if value >= 20 else f"{value:.1f}"


def _thousands(value: float) -> str:
    return f"{value / 1000:.1f}k"
