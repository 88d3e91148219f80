"""The rows about what things cost: a post, a delivery in small and large rooms, many rooms, a second process."""

from loadtests.bench.load import Load, Reading
from loadtests.bench.measuring import Stand
from loadtests.bench.run import (
    PRESENCE_SECONDS,
    Run,
    cores,
    message_us,
    messages_per_cpu_s,
    per_cpu_s,
    single,
    span,
    subjects,
)
from loadtests.bench.table import Row

SIZES = (10, 50, 100, 500, 1000, 5000)
COUNTS = (1, 10, 100, 1000)
FEW = 5  # members of each of many rooms
WARM = 0.1  # seconds; many short turns, because a difference is wanted
QUIET_RATE = 100  # posts a second, with time to sleep between them


def post(run: Run) -> list[Row]:
    """Rooms of one member: the answer, the one delivery to its author, and everything before them."""
    rows = []
    with run.bench.stand(run.house.subject(), 1, settle=PRESENCE_SECONDS) as stand:
        rows.append(_post(stand, run, "one at a time", most=150))
        rows.append(_post(stand, run, f"{QUIET_RATE} a second", rate=QUIET_RATE))
    with run.bench.stand(run.house.subject(), 16, 16, settle=PRESENCE_SECONDS) as stand:
        rows.append(_post(stand, run, "sixteen rooms at once"))
    return rows


def _post(stand: Stand, run: Run, how: str, most: float | None = None, rate: float = 0.0) -> Row:
    rounds = stand.measure(rounds=run.rounds, seconds=run.seconds, rate=rate, joining=False)
    cost = span(rounds.of(message_us))
    readings = subjects(rounds)
    store = sum(each.aside_cpu_s for each in readings) / sum(each.messages for each in readings) * 1e6
    return Row(
        part="post",
        title=f"a post, {how}",
        unit="us",
        figure=cost,
        floor=span(rounds.of_floor(message_us)),
        judged=cost.median,
        most=most,
        cores=cores(readings),
        faults=rounds.faults,
        note=f"with its one delivery, nothing subtracted; the store's CPU besides: {store:.0f} us",
    )


def growth(run: Run) -> list[Row]:
    """A delivery's cost is what a message costs more than in a room of one, by each member more."""
    rows = []
    house, machine = run.house, run.bench.machine
    with house.subject().running(machine) as running:
        alone = run.bench.joined(running, house.speech(running, 1, "fresh"), 1, settle=PRESENCE_SECONDS)
        with alone as one:
            for members in (size for size in SIZES if size <= run.people):
                beside = run.bench.beside(running, house.speech(running, members), members, settle=PRESENCE_SECONDS)
                with beside as stand:
                    rows.append(_delivery(run, stand, one, members))
    return [*rows, _flat(rows)]


def _delivery(run: Run, stand: Stand, one: Load, members: int) -> Row:
    costs: list[float] = []
    floors: list[float] = []
    readings: list[Reading] = []
    faults: tuple[str, ...] = ()
    for _ in range(run.rounds + 2):
        base = one.measure(seconds=run.seconds / 2, warm=WARM).cpu_us_per_message
        turn = stand.measure(rounds=1, seconds=run.seconds / 2, warm=WARM, joining=False)
        faults += turn.faults
        readings += subjects(turn)
        costs.append((turn.turns[0].subject.cpu_us_per_message - base) / (members - 1))
        floors.append(1e6 / turn.turns[0].floor.per_cpu_s)
    whole = span([reading.cpu_us_per_message for reading in readings]).median
    return Row(
        part="growth",
        title=f"a delivery in a room of {members:,}",
        unit="us",
        figure=span(costs),
        floor=span(floors),
        share=span([cost / floor for cost, floor in zip(costs, floors, strict=True)]),
        cores=cores(readings),
        faults=faults,
        note=f"{whole:,.0f} us of CPU for a message with all its deliveries",
    )


def _flat(rows: list[Row]) -> Row:
    medians = [row.figure.median for row in rows]
    floors = [row.floor.median for row in rows if row.floor]
    spread = max(medians) / min(medians)
    return Row(
        part="growth",
        title="a delivery as a room grows: dearest / cheapest",
        figure=single(spread),
        floor=single(max(floors) / min(floors)),
        judged=spread,
        most=1.2,
        faults=tuple(fault for row in rows for fault in row.faults),
    )


def many(run: Run) -> list[Row]:
    """The same load over ever more rooms of a few members: sixteen messages in flight in all."""
    rows = []
    for count in (each for each in COUNTS if each * FEW <= run.people):
        with run.bench.stand(run.house.subject(), count * FEW, count, settle=PRESENCE_SECONDS) as stand:
            rounds = stand.measure(window=16, spread=1, rounds=run.rounds, seconds=run.seconds, joining=False)
        rows.append(
            Row(
                part="many",
                title=f"{count:,} rooms of {FEW}, W=16 in all",
                unit="messages/CPU-s",
                figure=span(rounds.of(messages_per_cpu_s)),
                floor=span(rounds.of_floor(messages_per_cpu_s)),
                share=span(rounds.share(messages_per_cpu_s)),
                cores=cores(subjects(rounds)),
                faults=rounds.faults,
            )
        )
    return rows


def processes(run: Run) -> list[Row]:
    """Ten rooms of a hundred, the same rate: in one process, or each room spread over two."""
    bench, house = run.bench, run.house
    members, rooms = 1000, 10
    with (
        bench.stand(house.subject(1), members, rooms, settle=PRESENCE_SECONDS) as one,
        bench.stand(house.subject(2, "fresh"), members, rooms, settle=PRESENCE_SECONDS) as two,
    ):
        rate = 0.3 * one.subject.measure(seconds=run.seconds).messages_per_cpu_s
        singles, doubles = [], []
        for _ in range(run.rounds):
            singles.append(one.subject.measure(rate=rate, seconds=run.seconds))
            doubles.append(two.subject.measure(rate=rate, seconds=run.seconds))
    share = span([per_cpu_s(one) / per_cpu_s(two) for one, two in zip(singles, doubles, strict=True)])
    return [
        Row(
            part="processes",
            title="CPU for a delivery with two processes, beside one (10 rooms of 100)",
            unit="us",
            figure=span([1e6 / per_cpu_s(reading) for reading in doubles]),
            floor=span([1e6 / per_cpu_s(reading) for reading in singles]),
            share=share,
            judged=share.median,
            most=1.10,
            cores=cores(doubles),
            faults=tuple(reading.fault for reading in (*singles, *doubles) if reading.fault),
            note=f"'floor' is one process; {rate:,.0f} messages/s in both",
        )
    ]
