"""G29: whatever is killed and started again, rooms, refusals and numbers are what a plain model says they are."""

import asyncio
import os
from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule, run_state_machine_as_test

from tests.faults.asking import event
from tests.faults.evening import NAMES, PLACES, Evening
from tests.faults.figures import FULL, tell
from tests.faults.world import World

SEQUENCES, STEPS = (int(os.environ.get("SEQUENCES", "2000")), 50) if FULL else (6, 30)
PLANTED_SEQUENCES = 20
LOT = st.sampled_from(range(60 if FULL else 3))  # a rule that kills does so when the first is drawn: it costs seconds


class FatefulEvening(Evening):
    """Processes and the store die in the middle of it."""

    @rule(lot=LOT, at=PLACES)
    def a_process_is_killed(self, lot: int, at: int) -> None:
        if lot == 0 and all(server.is_running for server in self.world.house.servers):
            self.kill(at)
            self.done["killed a process"] += 1

    @rule(lot=LOT, name=NAMES)
    def a_process_is_killed_while_someone_writes(self, lot: int, name: str) -> None:
        """It may be in the room or not; said again, it is there once."""
        person = self.model.people[name]
        everyone_lives = all(server.is_running for server in self.world.house.servers)
        if lot != 0 or not everyone_lives or not person.is_in or self.model.refusal(name):
            return
        text, client_id = self.words(False), os.urandom(16)
        at = self.world.at(name)
        self.run(self.world.kill_while(name, text, client_id, at))
        self.lost()
        # As its client does: it comes back, and says it until it is answered.
        self.run(self.world.comes_back(name, 1 - at))
        person.is_connected = True
        event(self.run(self.world.asked(name, "join", since=self.world.people[name].client.of(self.room).position)))
        answer = event(self.posts(name, text, client_id))
        seq = self.model.said(name, client_id, text)
        assert answer["seq"] == seq
        self.lost_in_the_middle(seq)
        self.model.joined(name)
        self.model.wrote(name)
        self.done["killed a process in the middle of a post"] += 1

    def lost_in_the_middle(self, seq: int) -> None:
        """Who lost their line in that moment may have heard it just before."""
        for name, person in self.model.people.items():
            following = self.world.people[name].client.of(self.room)
            if not person.is_connected and person.heard_to == seq - 1 and following.top == seq:
                person.heard_to = seq

    @rule(lot=LOT)
    def the_store_is_killed(self, lot: int) -> None:
        if lot == 0:
            self.run(self.world.kill_store())
            self.looks_around()
            self.done["killed the store"] += 1

    @rule(lot=LOT)
    def everything_is_killed(self, lot: int) -> None:
        if lot == 0:
            self.run(self.world.kill_everything())
            self.lost()
            self.looks_around()
            self.done["killed everything"] += 1

    @rule()
    def what_is_dead_starts_again(self) -> None:
        if not all(server.is_running for server in self.world.house.servers):
            self.run(self.world.restart())
            self.looks_around()
            self.done["started again"] += 1

    def kill(self, at: int) -> None:
        self.run(self.world.kill(at))
        self.lost()
        self.looks_around()

    def lost(self) -> None:
        """Whoever was on what died is out until they come back."""
        for name, person in self.model.people.items():
            if person.is_connected and not self.world.people[name].client.is_open:
                self.model.disconnected(name)


class ForgetfulEvening(Evening):
    """A planted difference: as if the death of a process took all keys of one kind with it."""

    forgets = ""

    @initialize()
    def begins(self) -> None:
        """With one of each that can be forgotten."""
        super().begins()
        self.mutes("ana")
        self.bans("ben")
        self.slow_mode()
        self.says("cleo", is_held=False)

    @rule()
    def forgets_what_it_should_keep(self) -> None:
        self.world.forget(self.forgets)
        self.looks_around()

    def teardown(self) -> None:
        if hasattr(self, "model"):
            self.world.forget(self.forgets)
        super().teardown()


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    world = World()
    yield world
    world.close()


@pytest.fixture(scope="module")
def loop() -> Iterator[asyncio.AbstractEventLoop]:
    loop = asyncio.new_event_loop()
    yield loop
    loop.close()


def evenings(
    kind: type[Evening], world: World, loop: asyncio.AbstractEventLoop, sequences: int, **more: str
) -> Counter[str]:
    """What was done; it is told as well, with what reproduces it."""
    done: Counter[str] = Counter()
    machine = type(kind.__name__, (kind,), {"world": world, "loop": loop, "done": done, **more})
    chosen = settings(
        max_examples=sequences,
        stateful_step_count=STEPS,
        derandomize=not FULL,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
        print_blob=True,
    )
    try:
        run_state_machine_as_test(machine, settings=chosen)
    finally:
        tell(f"G29 {kind.__name__}", **done)
    return done


@pytest.mark.timeout(0 if FULL else 240)
def test_no_difference_after_any_of_many_evenings(world: World, loop: asyncio.AbstractEventLoop) -> None:
    done = evenings(FatefulEvening, world, loop, SEQUENCES)
    assert done["sequences"] >= SEQUENCES
    assert world.kills > 0, "an evening on which nothing dies proves nothing"


@pytest.mark.parametrize("forgotten", ["mute", "ban", "turn"])
def test_what_is_forgotten_is_found(world: World, loop: asyncio.AbstractEventLoop, forgotten: str) -> None:
    with pytest.raises(AssertionError):
        evenings(ForgetfulEvening, world, loop, PLANTED_SEQUENCES, forgets=forgotten)


def test_where_nothing_is_forgotten_nothing_is_found(world: World, loop: asyncio.AbstractEventLoop) -> None:
    evenings(ForgetfulEvening, world, loop, 2, forgets="nothing")
