"""M1: of all that one can write, by every command and as every role, nothing reaches others around the screening.

Each scene has someone write a marked text, and goes on until someone else would read it. With a screener that finds
nothing, the mark must arrive, and have been screened; with one that finds every mark, it must arrive nowhere but with
the team. Then everyone else tries the same command.
"""

import asyncio
import os
import random
from collections.abc import Awaitable, Callable
from enum import Enum
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from msgspec import Struct
from starlette.applications import Starlette
from starlette.routing import Route

from server.actions import accounts
from server.actions.services import Services
from server.config import Settings
from server.domain.folding import Span
from server.domain.screening import Lane, Opinion, Policy, Runs, Screened, Verdict
from server.files import read
from server.protocol.care import AcceptDuty, HandOver, PassDuty
from server.protocol.commands import (
    Ban,
    Command,
    Decide,
    Desk,
    Duty,
    Escalate,
    Hello,
    Help,
    Join,
    Mute,
    Post,
    Remove,
    Rename,
    Report,
    Take,
)
from server.protocol.events import Banned, Held, HoldEnded, Muted, ReportArrived, Said, TicketChanged, YoursRemoved
from server.protocol.feedback import Feedbacks, Felt, FeltHeard, OwnNumbers, SettleFeedback
from server.protocol.fields import Decision, DutyState, ReportReason, StaffReason, Urgency
from server.protocol.handbook import OpenHandbook, RiskAsked
from server.protocol.listening import Accept, Availability, Goodbye, Listen, OneBegan, OneEnded, Queue, QueueDraft, Wish
from server.protocol.own_data import GiveReturnWords, KeepSummary, SharedSummary
from server.protocol.people import Role
from server.protocol.refusals import Code, Refused
from server.protocol.supervising import LiftLimit, SetAtOnce
from server.protocol.training import AnswerLesson, OpenCourse, Practise
from server.protocol.transfers import Transfer, TransferAsked
from server.transport import http
from tests.actions.conftest import NIGHT, Arrive, Someone, arrive, built_once, house, services
from tests.actions.talking import ONCE, a_listener, offered, two_who_talk
from tests.protocol import words
from tests.protocol.words import Way
from tests.waiting import until

__all__ = ["arrive", "built_once", "house", "services"]

POLICY = read("policy.toml", Policy, Settings())
HOLD_ME = "hold this"
TWICE = b"2" * 16
TOLD_S = 0.02  # what is published has come to everyone by then
SYLLABLES = "ba de fi go lu ma ne pi ro su ta ve".split()
TEAM = frozenset(Role) - {Role.PEER, Role.LISTENER}  # who reads the desk


class Recorder:
    """Writes down what it is asked about; where it finds marks, they are what nobody else may read."""

    name, runs = "recorder", Runs.INLINE

    def __init__(self, mark: str, *, finds: bool) -> None:
        self.mark, self.finds = mark, finds
        self.texts: list[str] = []

    def screen(self, screened: Screened) -> tuple[Opinion, ...]:
        self.texts.append(screened.text)
        if HOLD_ME in screened.text:
            return (Opinion(Lane.CONDUCT, Verdict.HOLD, "recorder.hold", "1", "unkind"),)
        start = screened.text.find(self.mark)
        if not self.finds or start < 0:
            return ()
        span = Span(start, start + len(self.mark))
        return (Opinion(Lane.PRIVACY, Verdict.HOLD, "recorder.mark", "1", "contact", spans=(span,)),)


class Stage:
    """Who is there, what each of them was sent, and who wrote the mark by which command."""

    def __init__(self, arrive: Arrive) -> None:
        self._arrive = arrive
        self.people: dict[str, Someone] = {}

    def arrive(self, name: str, role: Role = Role.PEER) -> Someone:
        self.people[name] = self._arrive(name, role)
        return self.people[name]

    async def in_the_room(self, *names: str) -> list[Someone]:
        people = [self.arrive(name) for name in names]
        for person in people:
            await person.greets()
            await person.does(Join, channel=NIGHT)
        return people

    async def on_duty(self, name: str = "mo", role: Role = Role.MODERATOR) -> Someone:
        mo = self.arrive(name, role)
        await mo.greets()
        await mo.does(Desk)
        await mo.does(Duty, state=DutyState.ON)
        return mo

    async def writes(self, who: Someone, kind: type[Command], **fields: Any) -> Any:
        """The command with the mark; others try it later, word for word."""
        self.author, self.command, self.fields = who, kind, fields
        return await who.does(kind, **fields)

    def hearers(self, mark: str) -> list[Someone]:
        """Everyone but its author to whom it was sent."""
        return [each for each in self.people.values() if each is not self.author and mark.encode() in sent(each)]


def sent(someone: Someone) -> bytes:
    return os.pread(someone.wire.fd, os.fstat(someone.wire.fd).st_size, 0)


# -- the scenes: each ends when another would have read it


async def said_in_a_room(stage: Stage, mark: str) -> None:
    ana, ben = await stage.in_the_room("ana", "ben")
    await stage.writes(ana, Post, channel=NIGHT, client_id=ONCE, text=mark, rules=1)
    await ana.says("after it")
    await until(lambda: [said for said in ben.heard(Said) if said.text == "after it"])


async def said_instead_of_a_held_one(stage: Stage, mark: str) -> None:
    ana, ben = await stage.in_the_room("ana", "ben")
    assert isinstance(await ana.says(HOLD_ME, client_id=b"h" * 16), Held)
    await stage.writes(ana, Post, channel=NIGHT, client_id=ONCE, text=mark, rules=1, replaces=b"h" * 16)
    await ana.says("after it")
    await until(lambda: [said for said in ben.heard(Said) if said.text == "after it"])


async def said_to_a_listener(stage: Stage, mark: str) -> None:
    ana, wren, channel = await two_who_talk(stage.arrive)
    await stage.writes(ana, Post, channel=channel, client_id=TWICE, text=f"I am {mark}, you know")
    await until(lambda: [said for said in wren.heard(Said) if said.text.endswith("you know")])


async def said_by_a_listener(stage: Stage, mark: str) -> None:
    ana, wren, channel = await two_who_talk(stage.arrive)
    await stage.writes(wren, Post, channel=channel, client_id=TWICE, text=f"I am {mark}, you know")
    await until(lambda: [said for said in ana.heard(Said) if said.text.endswith("you know")])


async def taken_as_a_name(stage: Stage, mark: str) -> None:
    ana, ben = await stage.in_the_room("ana", "ben")
    await stage.writes(ana, Rename, channel=NIGHT, handle=mark)
    await ana.says("under this name")
    await until(lambda: [said for said in ben.heard(Said) if said.text == "under this name"])


async def written_while_waiting(stage: Stage, mark: str) -> None:
    wren, ana = await a_listener(stage.arrive), stage.arrive("ana")
    await ana.greets()
    await stage.writes(ana, Queue, client_id=ONCE, draft=mark)
    await reads_the_draft(wren)


async def written_again_while_waiting(stage: Stage, mark: str) -> None:
    ana = stage.arrive("ana")
    await ana.greets()
    await ana.does(Queue, client_id=ONCE, draft="first words")
    await stage.writes(ana, QueueDraft, draft=mark)
    await reads_the_draft(await a_listener(stage.arrive))


async def reads_the_draft(wren: Someone) -> None:
    await wren.does(Accept, offer=await offered(wren))
    await until(lambda: wren.heard(OneBegan))
    await wren.does(Join, channel=wren.heard(OneBegan)[0].one.channel)
    await until(lambda: wren.heard(Said))


async def wished_for(stage: Stage, mark: str) -> None:
    wren, ana = await a_listener(stage.arrive), stage.arrive("ana")
    await ana.greets()
    await stage.writes(ana, Queue, client_id=ONCE, wish=Wish(topic=mark))
    await offered(wren)


async def wished_to_be_left_out(stage: Stage, mark: str) -> None:
    wren, ana = await a_listener(stage.arrive), stage.arrive("ana")
    await ana.greets()
    await stage.writes(ana, Queue, client_id=ONCE, wish=Wish(avoid=("advice", mark)))
    await offered(wren)


async def said_afterwards(stage: Stage, mark: str) -> None:
    ana, wren, channel = await two_who_talk(stage.arrive)
    sue = stage.arrive("sue", Role.SUPERVISOR)
    await ana.does(Goodbye, channel=channel)
    await until(lambda: wren.heard(OneEnded))
    await stage.writes(ana, FeltHeard, channel=channel, felt=Felt.YES, words=mark)
    (item,) = (await sue.does(Feedbacks)).feedbacks
    await sue.does(SettleFeedback, feedback=item.feedback, pass_on=True)
    assert (await wren.does(OwnNumbers)).words


async def kept_for_the_next_listener(stage: Stage, mark: str) -> None:
    ana, wren, channel = await two_who_talk(stage.arrive)
    await ana.does(GiveReturnWords)
    await stage.writes(ana, KeepSummary, text=mark, share=True)
    assert (await wren.does(SharedSummary, channel=channel)).text


async def passed_on_with_a_summary(stage: Stage, mark: str) -> None:
    ana, wren, channel = await two_who_talk(stage.arrive)
    await stage.writes(wren, Transfer, channel=channel, summary=f"they said {mark}")
    await until(lambda: ana.heard(TransferAsked))


async def sent_back_with_a_note(stage: Stage, mark: str) -> None:
    mo, (ana,) = await stage.on_duty(), await stage.in_the_room("ana")
    held = await ana.says(HOLD_ME)
    why = {"decision": Decision.ASK_EDIT, "reason": StaffReason.UNKIND, "note": mark}
    await stage.writes(mo, Decide, channel=NIGHT, hold=held.hold, **why)
    await until(lambda: ana.heard(HoldEnded))


async def removed_with_a_note(stage: Stage, mark: str) -> None:
    mo, (ana, _) = await stage.on_duty(), await stage.in_the_room("ana", "ben")
    said = await ana.says("something")
    await stage.writes(mo, Remove, channel=NIGHT, seq=said.seq, reason=StaffReason.UNKIND, note=mark)
    await until(lambda: ana.heard(YoursRemoved))


async def muted_with_a_note(stage: Stage, mark: str) -> None:
    mo, (ana, _) = await stage.on_duty(), await stage.in_the_room("ana", "ben")
    said = await ana.says("something")
    await stage.writes(mo, Mute, channel=NIGHT, seq=said.seq, minutes=5, reason=StaffReason.UNKIND, note=mark)
    await until(lambda: ana.heard(Muted))


async def banned_with_a_note(stage: Stage, mark: str) -> None:
    mo, (ana, _) = await stage.on_duty(), await stage.in_the_room("ana", "ben")
    said = await ana.says("something")
    await stage.writes(mo, Ban, channel=NIGHT, seq=said.seq, reason=StaffReason.UNKIND, note=mark)
    await until(lambda: ana.heard(Banned))


async def reported_with_a_note(stage: Stage, mark: str) -> None:
    mo, (ana, ben) = await stage.on_duty(), await stage.in_the_room("ana", "ben")
    said = await ana.says("something")
    await stage.writes(ben, Report, channel=NIGHT, seq=said.seq, reason=ReportReason.UNKIND, note=mark)
    await until(lambda: mo.heard(ReportArrived))


async def escalated_with_a_note(stage: Stage, mark: str) -> None:
    mo, (ana, _) = await stage.on_duty(), await stage.in_the_room("ana", "ben")
    sue = await stage.on_duty("sue", Role.SUPERVISOR)
    said = await ana.says("something")
    await stage.writes(mo, Escalate, channel=NIGHT, seq=said.seq, urgency=Urgency.CONCERN, note=mark)
    await until(lambda: sue.heard(TicketChanged))


# -- what only passes for a name or a code, and must lead nowhere


async def passed_for_a_colleague(stage: Stage, mark: str) -> None:
    mo, _ = await stage.on_duty(), await stage.on_duty("sue", Role.SUPERVISOR)
    await stage.writes(mo, PassDuty, to=mark)


async def passed_for_who_goes(stage: Stage, mark: str) -> None:
    mo, _ = await stage.on_duty(), await stage.on_duty("sue", Role.SUPERVISOR)
    await stage.writes(mo, AcceptDuty, by=mark)


async def passed_for_who_takes_a_ticket(stage: Stage, mark: str) -> None:
    mo, (ana,) = await stage.on_duty(), await stage.in_the_room("ana")
    await stage.on_duty("sue", Role.SUPERVISOR)
    await ana.does(Help, client_id=ONCE, channel=NIGHT)
    await until(lambda: mo.heard(TicketChanged))
    held = await mo.does(Take, ticket=mo.heard(TicketChanged)[0].ticket.ticket)
    await stage.writes(mo, HandOver, ticket=held.ticket, fence=held.fence, to=mark)


async def passed_for_a_listener_without_limit(stage: Stage, mark: str) -> None:
    sue, _ = await stage.on_duty("sue", Role.SUPERVISOR), await stage.on_duty("sam", Role.SUPERVISOR)
    await stage.writes(sue, LiftLimit, name=mark)


async def passed_for_a_listener_of_two(stage: Stage, mark: str) -> None:
    sue, _ = await stage.on_duty("sue", Role.SUPERVISOR), await stage.on_duty("sam", Role.SUPERVISOR)
    await stage.writes(sue, SetAtOnce, name=mark, at_once=2)


async def passed_for_a_language(stage: Stage, mark: str) -> None:
    wren = await a_listener(stage.arrive)
    await stage.writes(wren, OpenHandbook, lang=mark)


async def passed_for_a_question(stage: Stage, mark: str) -> None:
    _, wren, channel = await two_who_talk(stage.arrive)
    await stage.writes(wren, RiskAsked, channel=channel, question=mark)


async def passed_for_a_language_of_the_training(stage: Stage, mark: str) -> None:
    _, wren, _ = await two_who_talk(stage.arrive)
    await stage.writes(wren, OpenCourse, lang=mark)


async def passed_for_a_language_of_a_lesson(stage: Stage, mark: str) -> None:
    _, wren, _ = await two_who_talk(stage.arrive)
    await stage.writes(wren, AnswerLesson, lesson="listening", choice=0, lang=mark)


async def passed_for_a_lesson(stage: Stage, mark: str) -> None:
    _, wren, _ = await two_who_talk(stage.arrive)
    await stage.writes(wren, AnswerLesson, lesson=mark, choice=0)


async def passed_for_a_language_of_a_practice(stage: Stage, mark: str) -> None:
    _, wren, _ = await two_who_talk(stage.arrive)
    await stage.writes(wren, Practise, practice="heavy-week", lang=mark)


async def passed_for_a_practice(stage: Stage, mark: str) -> None:
    _, wren, _ = await two_who_talk(stage.arrive)
    await stage.writes(wren, Practise, practice=mark)


async def passed_for_a_move(stage: Stage, mark: str) -> None:
    _, wren, _ = await two_who_talk(stage.arrive)
    await stage.writes(wren, Practise, practice="heavy-week", moves=(mark,))


async def never_taken(stage: Stage, mark: str) -> None:
    await two_who_talk(stage.arrive)
    robin = await a_listener(stage.arrive, "robin")
    await stage.writes(robin, Listen, availability=Availability.AVAILABLE, off_topics=(mark,))


async def not_taken_today(stage: Stage, mark: str) -> None:
    await two_who_talk(stage.arrive)
    robin = await a_listener(stage.arrive, "robin")
    await stage.writes(robin, Listen, availability=Availability.AVAILABLE, not_today=(mark,))


async def told_at_hello(stage: Stage, mark: str) -> None:
    (ana, _) = await stage.in_the_room("ana", "ben")
    await stage.writes(ana, Hello, version=1, build=mark)


Scene = Callable[[Stage, str], Awaitable[None]]

SCENES: list[tuple[str, Scene]] = [
    ("post.text", said_in_a_room),
    ("post.text", said_instead_of_a_held_one),
    ("post.text", said_to_a_listener),
    ("post.text", said_by_a_listener),
    ("rename.handle", taken_as_a_name),
    ("queue.draft", written_while_waiting),
    ("queue_draft.draft", written_again_while_waiting),
    ("queue.wish.topic", wished_for),
    ("queue.wish.avoid", wished_to_be_left_out),
    ("felt_heard.words", said_afterwards),
    ("keep_summary.text", kept_for_the_next_listener),
    ("transfer.summary", passed_on_with_a_summary),
    ("decide.note", sent_back_with_a_note),
    ("remove.note", removed_with_a_note),
    ("mute.note", muted_with_a_note),
    ("ban.note", banned_with_a_note),
    ("report.note", reported_with_a_note),
    ("escalate.note", escalated_with_a_note),
    ("pass_duty.to", passed_for_a_colleague),
    ("accept_duty.by", passed_for_who_goes),
    ("hand_over.to", passed_for_who_takes_a_ticket),
    ("lift_limit.name", passed_for_a_listener_without_limit),
    ("set_at_once.name", passed_for_a_listener_of_two),
    ("open_handbook.lang", passed_for_a_language),
    ("risk_asked.question", passed_for_a_question),
    ("open_course.lang", passed_for_a_language_of_the_training),
    ("answer_lesson.lang", passed_for_a_language_of_a_lesson),
    ("answer_lesson.lesson", passed_for_a_lesson),
    ("practise.lang", passed_for_a_language_of_a_practice),
    ("practise.practice", passed_for_a_practice),
    ("practise.moves", passed_for_a_move),
    ("listen.off_topics", never_taken),
    ("listen.not_today", not_taken_today),
    ("hello.build", told_at_hello),
]

every_scene = pytest.mark.parametrize(("field", "scene"), SCENES, ids=lambda each: getattr(each, "__name__", each))


def test_every_field_that_can_hold_words_has_its_scene() -> None:
    assert {field for field, _ in SCENES} == set(words.WAYS)


@pytest.fixture
def mark() -> str:
    """A word that nobody else says, and that may be a name or a code."""
    return "".join(random.sample(SYLLABLES, 5))


@every_scene
async def test_what_another_reads_was_screened(
    field: str, scene: Scene, mark: str, services: Services, arrive: Arrive
) -> None:
    recorder, stage = Recorder(mark, finds=False), Stage(arrive)
    services.screening.convene(POLICY, [recorder])
    await scene(stage, mark)
    await asyncio.sleep(TOLD_S)
    hearers = stage.hearers(mark)
    match words.WAYS[field]:
        case Way.SCREENED:
            assert hearers, "the scene leads to someone else"
            assert [text for text in recorder.texts if mark in text]
        case Way.STAFF:
            assert hearers, "the scene leads to the team"
            assert not [each for each in hearers if each.connection.person.role not in TEAM]
        case Way.KNOWN | Way.OWN:
            assert not hearers
    await everyone_tries(stage, field, mark, recorder)


@every_scene
async def test_what_the_screening_finds_reaches_nobody_but_the_team(
    field: str, scene: Scene, mark: str, services: Services, arrive: Arrive
) -> None:
    stage = Stage(arrive)
    services.screening.convene(POLICY, [Recorder(mark, finds=True)])
    await scene(stage, mark)
    assert not [each for each in stage.hearers(mark) if each.connection.person.role not in TEAM]


async def everyone_tries(stage: Stage, field: str, mark: str, recorder: Recorder) -> None:
    """After the scene, who is there and a stranger of every role: the same command, with the mark of each."""
    command, fields = stage.command, stage.fields
    for role in Role:
        stage.arrive(f"new-{role.value}", role)
    endings = random.sample(list(permutations(SYLLABLES, 2)), len(stage.people))  # no two alike
    for (name, person), ending in zip(list(stage.people.items()), endings, strict=True):
        theirs = mark + "".join(ending)
        again = {each: _with(value, mark, theirs) for each, value in fields.items()}
        if "client_id" in again:
            again["client_id"] = random.randbytes(16)
        await stage.writes(person, command, **again)
        await asyncio.sleep(TOLD_S)
        for hearer in stage.hearers(theirs):
            is_team = hearer.connection.person.role in TEAM and words.WAYS[field] is Way.STAFF
            assert is_team or [text for text in recorder.texts if theirs in text], f"{name} reached someone"


def _with(value: Any, mark: str, theirs: str) -> Any:
    match value:
        case Enum():
            return value
        case str():
            return value.replace(mark, theirs)
        case tuple():
            return tuple(_with(each, mark, theirs) for each in value)
        case Wish():
            return Wish(topic=_with(value.topic, mark, theirs), avoid=_with(value.avoid, mark, theirs))
        case _:
            return value


# -- over HTTP


# What changes something, and the body it takes; a path or a query is looked up and shown to nobody.
ROUTES = {
    "POST /page/{token}": None,
    "POST /session": http.Enter,
    "DELETE /session": None,
    "POST /return": http.Return,
    "POST /staff/account": http.Accept,
    "POST /staff/session": http.SignIn,
}


def test_every_route_that_takes_something_is_known(services: Services, tmp_path: Path) -> None:
    unused: Any = None
    app: Any = http.create_app(services, unused, tmp_path, unused)
    while not isinstance(app, Starlette):
        app = vars(app).get("_app") or app.app
    taking = {
        f"{method} {route.path}"
        for route in app.routes
        if isinstance(route, Route)
        for method in set(route.methods or ()) - {"GET", "HEAD"}
    }
    assert taking == set(ROUTES)


def test_of_every_field_of_a_body_that_can_hold_words_it_is_said_who_may_read_them() -> None:
    structs = [each for each in vars(http).values() if isinstance(each, type) and issubclass(each, Struct)]
    bodies = {each for each in structs if each.__module__ == http.__name__}
    assert bodies == {each for each in ROUTES.values() if each is not None}
    assert sorted(words.fields(bodies)) == sorted(words.BODIES)


async def test_a_name_of_the_team_is_screened_before_peers_read_it(mark: str, services: Services) -> None:
    recorder = Recorder(mark, finds=False)
    services.screening.convene(POLICY, [recorder])
    token = await accounts.invite(services, Role.LISTENER)
    await accounts.accept(services, token, mark, "a calm and long passphrase")
    assert recorder.texts == [mark]


async def test_a_name_that_the_screening_finds_is_refused_and_the_invitation_is_still_good(
    mark: str, services: Services
) -> None:
    services.screening.convene(POLICY, [Recorder(mark, finds=True)])
    token = await accounts.invite(services, Role.LISTENER)
    with pytest.raises(Refused) as no:
        await accounts.accept(services, token, mark, "a calm and long passphrase")
    assert no.value.code is Code.BAD_HANDLE
    assert await accounts.accept(services, token, "Robin", "a calm and long passphrase")
