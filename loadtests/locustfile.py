"""`make load`: Locust starts the people and shows their times; the witness says at the end whether all was well.

Locust patches what blocks, so an event loop is one more of its greenlets, and the reference client runs in it as it is.
"""

import asyncio
import contextlib
import sys
import tempfile
from argparse import Namespace
from collections.abc import Coroutine
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import gevent
from locust import User, events, task
from locust.argument_parser import LocustArgumentParser
from locust.env import Environment
from locust.runners import STATE_INIT, STATE_STOPPED

from loadtests import listening, people, talk
from loadtests.diary import keep
from loadtests.people import Evening, Person
from loadtests.ports import free_port
from loadtests.run import Run
from loadtests.serving import invitation, serving
from loadtests.session import Session

# Limits on one person stay as they are; these are on one address, from which everybody comes here.
RAISED = {"CONNECTIONS_PER_PREFIX": "10000", "SESSIONS_PER_PREFIX": "100000", "LOGINS_PER_PREFIX": "1000"}
# A run is minutes: with listeners, time to breathe is seconds, a day is without end, and all come trained.
BRISK = {"WRAP_UP_MS": "2000", "LONG_WRAP_UP_MS": "4000", "LISTENS_PER_DAY": "100000", "TRAINING_REQUIRED": "0"}
WAIT_FOR_ONE = 2  # people who queue, for each listener


class Stage:
    """What outlives a single run: the loop, the server of our own, the moderator's account."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        gevent.spawn(self.loop.run_forever)
        self.ours = contextlib.ExitStack()
        self.url = self.metrics = self.invitation = self.told = ""
        self.staff = Session()
        self.folder = ""
        self.run: Run
        self.watching: Future[None]

    def starts(self, work: Coroutine[Any, Any, Any]) -> Future[Any]:
        return asyncio.run_coroutine_threadsafe(work, self.loop)

    def serves(self, listeners: int) -> None:
        """A server of our own, with a store of its own."""
        raised = RAISED | (BRISK if listeners else {})
        self.folder = folder = self.ours.enter_context(tempfile.TemporaryDirectory(prefix="porchlight-load-"))
        metrics = free_port()
        settings = raised | {"HOST": "127.0.0.1", "METRICS_PORT": str(metrics), "LOG_LEVEL": "warning"}
        self.url = self.ours.enter_context(serving(folder, free_port(), **settings))
        self.metrics = f"http://127.0.0.1:{metrics}/metrics"
        self.invitation = invitation(folder)
        print(f"A server of its own at {self.url}, with", *(f"{name}={value}" for name, value in raised.items()))


stage = Stage()


class Visitor(User):
    """A place for one person, for as long as Locust keeps it."""

    abstract = True
    kind: type[Person]

    @task
    def visits(self) -> None:
        visit = stage.starts(stage.run.hosts(self.kind))
        try:
            visit.result()
        finally:
            visit.cancel()


class Talkers(Visitor):
    kind, weight = people.Talker, 55


class Lurkers(Visitor):
    kind, weight = people.Lurker, 30


class Returners(Visitor):
    kind, weight = people.Returner, 15


class Stormers(Visitor):
    kind, weight = people.Stormer, 0  # a fixed count: --storm


class Moderators(Visitor):
    kind, weight = people.Moderator, 0  # a fixed count: one, where there is an invitation


class Listeners(Visitor):
    kind, weight = listening.Listener, 0  # a fixed count: --listeners


class Waiters(Visitor):
    kind, weight = listening.Waiter, 0  # a fixed count: two for each listener


VISITORS: list[type[User]] = [Talkers, Lurkers, Returners, Stormers, Moderators, Listeners, Waiters]


def chosen(environment: Environment) -> Namespace:
    assert isinstance(environment.parsed_options, Namespace)
    return environment.parsed_options


@events.init_command_line_parser.add_listener
def options(parser: LocustArgumentParser) -> None:
    ours = parser.add_argument_group("Porchlight")
    ours.add_argument("--storm", type=int, default=0, help="how many of the people are a crowd that talks all at once")
    ours.add_argument(
        "--listeners", type=int, default=0, help="how many listen one-to-one; twice as many queue for them"
    )
    ours.add_argument("--pace", type=float, default=1.0, help="how much faster than people they live")
    ours.add_argument("--rooms", default=",".join(talk.ROOMS), help="the rooms they go to, the fullest first")
    ours.add_argument("--invitation", default="", help="makes a moderator on a server that is not ours")
    ours.add_argument("--metrics", default="", help="address of the metrics page of a server that is not ours")
    ours.add_argument("--diaries", default="", help="file to keep what went over every wire; see loadtests/witness.py")


@events.init.add_listener
def opens(environment: Environment, **_: object) -> None:
    given = chosen(environment)
    if environment.host:
        if not environment.host.startswith("http"):
            sys.exit(f"HOST={environment.host} is no address of a server, such as http://127.0.0.1:8000")
        stage.url, stage.metrics, stage.invitation = environment.host.rstrip("/"), given.metrics, given.invitation
        if given.listeners:
            sys.exit("LISTENERS needs a server of our own: each is invited by its command line")
    else:
        stage.serves(given.listeners)


@events.test_start.add_listener
def begins(environment: Environment, **_: object) -> None:
    def tell(kind: str, milliseconds: float) -> None:
        environment.events.request.fire(
            request_type="", name=kind, response_time=milliseconds, response_length=0, exception=None, context={}
        )

    given = chosen(environment)
    Stormers.fixed_count, Moderators.fixed_count = given.storm, int(bool(stage.invitation))
    Listeners.fixed_count, Waiters.fixed_count = given.listeners, WAIT_FOR_ONE * given.listeners
    environment.user_classes = [kind for kind in VISITORS if kind.fixed_count or kind.weight]
    rooms = [f"room:{room}" for room in given.rooms.split(",")]
    invitations = [invitation(stage.folder, "listener") for _ in range(given.listeners)]
    evening = Evening(stage.url, rooms, stage.staff, stage.invitation, invitations, given.pace)
    stage.run = Run(evening, tell, stage.metrics)
    stage.watching = stage.starts(stage.run.watches_the_loop())


@events.test_stopping.add_listener
def closes(environment: Environment, **_: object) -> None:
    """Before Locust takes its users away: from here on nobody is away, and nothing is under way."""
    diaries = stage.starts(stage.run.closes()).result()
    stage.watching.cancel()
    stage.told = "\n".join(("", *stage.run.tells(diaries), ""))
    environment.process_exit_code = int(not stage.run.went_well)
    if kept := chosen(environment).diaries:
        keep(diaries, Path(kept))
    if not chosen(environment).headless:
        print(stage.told, flush=True)
        stage.told = ""


@events.quitting.add_listener
def leaves(environment: Environment, **_: object) -> None:
    if environment.runner is not None and environment.runner.state not in (STATE_INIT, STATE_STOPPED):
        environment.runner.stop()  # Ctrl-C, in the middle of a run
    stage.ours.close()


@events.quit.add_listener
def tells(exit_code: int, **_: object) -> None:
    """After Locust's own tables; and once."""
    print(stage.told, flush=True)
