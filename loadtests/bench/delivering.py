"""The rows about delivering: fan-out, many rooms, how soon, and beside members who do not read."""

from loadtests.bench.load import Reading
from loadtests.bench.measuring import Rounds
from loadtests.bench.run import (
    PRESENCE_SECONDS,
    Run,
    against_floor,
    cores,
    disturbed,
    messages_per_cpu_s,
    p50,
    p99,
    per_cpu_s,
    span,
)
from loadtests.bench.table import Row

LOAD = 0.3  # of what a core can do, in an open loop
STALLED_PERCENT = 10
STALLING_SECONDS = 4.0  # so that the buffers of who does not read fill, and the server lets them go


def fanout(run: Run) -> list[Row]:
    """One room; messages in flight from sixteen writers."""
    rows = []
    for members in (100, 1000):
        with run.bench.stand(run.house.subject(), members, settle=PRESENCE_SECONDS) as stand:
            for window, least in ((1, 0.75), (16, 3.5)):
                rounds = stand.measure(window=window, rounds=run.rounds, seconds=run.seconds, joining=window > 1)
                rows.append(
                    against_floor(
                        "fanout",
                        f"fan-out, {members:,} members, W={window}",
                        rounds,
                        per_cpu_s,
                        unit="k/CPU-s",
                        least=least,
                        in_thousands=True,
                        note=_joining(rounds),
                    )
                )
    return rows


def _joining(rounds: Rounds) -> str:
    joining = rounds.of_joining(per_cpu_s).values
    return f"the floor that joins what is pending: {span(joining).median / 1000:,.0f}k" if joining else ""


def rooms(run: Run) -> list[Row]:
    with run.bench.stand(run.house.subject(), 1000, 100, settle=PRESENCE_SECONDS) as stand:
        rounds = stand.measure(window=1, rounds=run.rounds, seconds=run.seconds, joining=False)
    title = "100 rooms of 10, a message in flight in each"
    return [against_floor("rooms", title, rounds, messages_per_cpu_s, unit="messages/CPU-s", least=0.70)]


def soon(run: Run) -> list[Row]:
    """Open loop: messages come when they come, whoever is still busy."""
    with run.bench.stand(run.house.subject(), 100, settle=PRESENCE_SECONDS) as stand:
        able = stand.measure(window=1, rounds=2, seconds=run.seconds, joining=False)
        rate = LOAD * span(able.of(messages_per_cpu_s)).median
        own_rate = LOAD * span(able.of_floor(messages_per_cpu_s)).median
        ours, same, own = [], [], []
        for _ in range(run.rounds):
            ours.append(stand.subject.measure(rate=rate, seconds=2 * run.seconds))
            same.append(stand.floor.measure(rate=rate, seconds=2 * run.seconds))
            own.append(stand.floor.measure(rate=own_rate, seconds=2 * run.seconds))
    return [
        _soon("each at 30 % of what its core can do", ours, own, rate, own_rate, most=1.2),
        _soon("at the same rate", ours, same, rate, rate, most=None),
    ]


def _soon(
    how: str, ours: list[Reading], floors: list[Reading], rate: float, floor_rate: float, most: float | None
) -> Row:
    share = span([p99(one) / p99(floor) for one, floor in zip(ours, floors, strict=True)])
    half, floor_half = span([p50(one) for one in ours]), span([p50(floor) for floor in floors])
    return Row(
        part="soon",
        title=f"open loop, 100 members, p99, {how}",
        unit="us",
        figure=span([p99(one) for one in ours]),
        floor=span([p99(floor) for floor in floors]),
        share=share,
        judged=share.median,
        most=most,
        cores=cores(ours),
        faults=(*(one.fault for one in ours if one.fault), *disturbed([*ours, *floors])),
        note=f"{rate:,.0f} and {floor_rate:,.0f} messages/s; p50 {half.median:.0f} and {floor_half.median:.0f} us",
    )


def stalled(run: Run) -> list[Row]:
    """Ten of a hundred stop reading; what it is to the others."""
    before, during = [], []
    with run.house.subject().running(run.bench.machine) as running:
        for _ in range(min(run.rounds, 3)):
            speech = run.house.speech(running, 100)
            members = run.bench.joined(running, speech, 100, settle=PRESENCE_SECONDS, stalled=STALLED_PERCENT)
            with members as load:
                rate = LOAD * load.measure(window=1, seconds=run.seconds).messages_per_cpu_s
                before.append(load.measure(rate=rate, seconds=STALLING_SECONDS / 2))
                during.append(load.measure(rate=rate, seconds=STALLING_SECONDS, stall=1))
    share = span([p99(then) / p99(once) for then, once in zip(during, before, strict=True)])
    return [
        Row(
            part="stalled",
            title="10 of 100 members do not read: the others' p99 beside what it was",
            unit="us",
            figure=span([p99(reading) for reading in during]),
            floor=span([p99(reading) for reading in before]),
            share=share,
            judged=share.median,
            most=1.2,
            cores=cores(during),
            faults=(*(each.fault for each in before + during if each.fault), *disturbed(before + during)),
            note="'floor' is the same members before, all of them reading",
        )
    ]
