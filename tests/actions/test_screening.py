import asyncio
import logging
import threading
from collections.abc import Awaitable, Callable, Iterable, Iterator

import pytest
from msgspec import structs

from server.actions.screening import CONTEXT_PLACES, CONTEXT_SECONDS, Pipeline
from server.config import Settings
from server.domain.screening import Lane, Opinion, Policy, Ruling, Runs, Screened, Screener, Surface, Verdict
from server.files import read
from server.protocol.fields import Urgency

SETTINGS = Settings(screening_ms=50, screening_remote_ms=100)
POLICY = read("policy.toml", Policy, Settings())
CONTACT = Opinion(Lane.PRIVACY, Verdict.HOLD, "contact.phone", "1", "contact")
GOODBYE = Opinion(Lane.CARE, Verdict.HOLD, "care.goodbye", "1", "goodbye", Urgency.IMMINENT)

Answer = Callable[[Screened], tuple[Opinion, ...] | Awaitable[tuple[Opinion, ...]]]


class Plug:
    """A screener that does as the test says."""

    name = "plug"

    def __init__(self, answer: Answer, runs: Runs = Runs.INLINE) -> None:
        self.runs = runs
        self.screen = answer
        self.heard: list[Screened] = []


def saying(*opinions: Opinion) -> Plug:
    return Plug(lambda screened: opinions)


def crashing(screened: Screened) -> tuple[Opinion, ...]:
    raise RuntimeError(screened.text)


async def silent(screened: Screened) -> tuple[Opinion, ...]:
    await asyncio.Event().wait()
    return ()


def pipeline(*screeners: Screener) -> Pipeline:
    return Pipeline(POLICY, screeners, SETTINGS)


@pytest.fixture
def stuck() -> Iterator[Plug]:
    """A screener whose thread hangs until the test is over."""
    release = threading.Event()

    def hang(screened: Screened) -> tuple[Opinion, ...]:
        release.wait()
        return ()

    yield Plug(hang, Runs.THREAD)
    release.set()


async def test_a_text_is_ruled_by_what_all_screeners_say() -> None:
    ruling = await pipeline(saying(CONTACT), saying(GOODBYE)).screen(Screened.of("hello"))
    assert (ruling.verdict, ruling.why) == (Verdict.HOLD, "goodbye")


async def test_a_ruling_is_at_hand_where_no_screener_is_elsewhere() -> None:
    ruling = pipeline(saying(CONTACT)).screen_message("ana", "room:night", "hello")
    assert isinstance(ruling, Ruling)
    assert ruling.why == "contact"


async def test_a_ruling_is_waited_for_where_a_screener_is_elsewhere() -> None:
    async def outside(screened: Screened) -> tuple[Opinion, ...]:
        return (CONTACT,)

    ruling = pipeline(saying(), Plug(outside, Runs.REMOTE)).screen_message("ana", "room:night", "hello")
    assert not isinstance(ruling, Ruling)
    assert (await ruling).why == "contact"


def async_crash(screened: Screened) -> Awaitable[tuple[Opinion, ...]]:
    async def answer() -> tuple[Opinion, ...]:
        raise RuntimeError(screened.text)

    return answer()


def nonsense(screened: Screened) -> tuple[Opinion, ...]:
    return ("rubbish",)  # type: ignore[return-value]


def nothing(screened: Screened) -> tuple[Opinion, ...]:
    return None  # type: ignore[return-value]


def leaving(screened: Screened) -> tuple[Opinion, ...]:
    raise SystemExit(screened.text)


async def async_leaving(screened: Screened) -> tuple[Opinion, ...]:
    raise SystemExit(screened.text)


async def giving_up(screened: Screened) -> tuple[Opinion, ...]:
    raise asyncio.CancelledError


FAILURES = [
    Plug(leaving),
    Plug(leaving, Runs.THREAD),
    Plug(async_leaving, Runs.REMOTE),
    Plug(giving_up, Runs.REMOTE),
    Plug(crashing),
    Plug(crashing, Runs.THREAD),
    Plug(async_crash, Runs.REMOTE),
    Plug(silent, Runs.REMOTE),
    Plug(nonsense),
    Plug(nothing, Runs.THREAD),
    Plug(nothing, Runs.REMOTE),
]
NAMES = [
    "exit",
    "exit of a thread",
    "exit outside",
    "cancelled by itself",
    "crash",
    "crash in a thread",
    "crash outside",
    "late outside",
    "nonsense",
    "nothing in a thread",
    "nothing outside",
]


@pytest.mark.parametrize("failing", FAILURES, ids=NAMES)
async def test_a_screening_that_fails_says_so_when_it_is_asked(failing: Plug) -> None:
    assert await pipeline(saying(CONTACT)).works()
    assert not await pipeline(saying(), failing).works()


async def test_screeners_are_asked_now_and_then_whether_they_work_and_again_and_again_once_one_has_failed() -> None:
    now, moods = 0.0, [True]

    def moody(screened: Screened) -> tuple[Opinion, ...]:
        asked.append(screened.text)
        return () if moods[-1] else crashing(screened)

    asked: list[str] = []
    screening = Pipeline(POLICY, [Plug(moody)], SETTINGS, clock=lambda: now)
    assert [await screening.works() for _ in range(3)] == [True] * 3
    assert len(asked) == 1
    moods.append(False)
    assert await screening.works()
    await screening.screen(Screened.of("words of a person"))
    assert [await screening.works() for _ in range(3)] == [False] * 3
    moods.append(True)
    assert await screening.works()
    asked.clear()
    now = SETTINGS.screening_check_ms / 1000
    assert await screening.works()
    assert asked == ["hello"]


async def test_another_policy_judges_from_the_next_text_on_and_not_in_the_middle_of_one() -> None:
    told: asyncio.Future[tuple[Opinion, ...]] = asyncio.get_running_loop().create_future()

    async def slow(screened: Screened) -> tuple[Opinion, ...]:
        return await told

    screening = pipeline(Plug(slow, Runs.REMOTE))
    begun = asyncio.create_task(screening.screen(Screened.of("hello")))
    await asyncio.sleep(0)
    screening.convene(structs.replace(POLICY, verdicts={"contact": Verdict.NOTE}), [saying(CONTACT)])
    assert (await screening.screen(Screened.of("hello"))).verdict is Verdict.NOTE
    told.set_result((CONTACT,))
    assert (await begun).verdict is Verdict.HOLD


@pytest.mark.parametrize("failing", FAILURES, ids=NAMES)
async def test_what_could_not_be_screened_is_held_in_a_room(failing: Plug) -> None:
    ruling = await pipeline(saying(), failing).screen(Screened.of("hello"))
    assert (ruling.verdict, ruling.why, ruling.text, ruling.unscreened) == (Verdict.HOLD, "unscreened", "hello", True)


@pytest.mark.parametrize("failing", FAILURES, ids=NAMES)
async def test_what_could_not_be_screened_reaches_the_team_with_a_mark(failing: Plug) -> None:
    ruling = await pipeline(failing).screen(Screened.of("hello", Surface.THREAD))
    assert (ruling.verdict, ruling.unscreened) == (Verdict.ALLOW, True)


async def test_a_thread_that_hangs_holds_what_follows_too(stuck: Plug) -> None:
    screening = pipeline(stuck)
    rulings = [await screening.screen(Screened.of("hello")) for _ in range(4)]
    assert [ruling.why for ruling in rulings] == ["unscreened"] * 4
    screening.close()


async def test_a_failure_takes_nothing_from_what_others_saw() -> None:
    ruling = await pipeline(Plug(crashing), saying(GOODBYE)).screen(Screened.of("hello"))
    assert ruling.why == "goodbye"
    assert ruling.care is not None
    assert ruling.care.urgency is Urgency.IMMINENT


async def test_a_screener_in_a_thread_or_outside_is_heard() -> None:
    async def outside(screened: Screened) -> tuple[Opinion, ...]:
        return (CONTACT,)

    for plug in (Plug(lambda screened: (CONTACT,), Runs.THREAD), Plug(outside, Runs.REMOTE)):
        screening = pipeline(plug)
        assert (await screening.screen(Screened.of("hello"))).why == "contact"
        screening.close()


async def test_a_cancelled_screening_is_cancelled() -> None:
    task = asyncio.ensure_future(pipeline(Plug(silent, Runs.REMOTE)).screen(Screened.of("hello")))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_a_failure_is_logged_without_a_word_of_the_text(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        await pipeline(Plug(crashing)).screen(Screened.of("a secret sentence"))
    assert "plug" in caplog.text
    assert "secret" not in caplog.text


class Advising(Plug):
    """Asked where anybody said anything."""

    def __init__(self, advice: Callable[[Screened], Awaitable[tuple[Opinion, ...] | None]]) -> None:
        super().__init__(lambda screened: (), Runs.ADVISES)
        self._advice = advice

    def is_asked(self, screened: Screened, heard: Iterable[Opinion]) -> bool:
        return any(True for _ in heard)

    async def advice(self, screened: Screened) -> tuple[Opinion, ...] | None:
        self.heard.append(screened)
        return await self._advice(screened)


async def says_goodbye(screened: Screened) -> tuple[Opinion, ...]:
    return (GOODBYE,)


async def test_an_adviser_is_asked_where_the_others_are_in_doubt_and_told_what_they_said() -> None:
    adviser = Advising(says_goodbye)
    ruling = pipeline(adviser, saying(CONTACT)).screen_message("ana", "room:night", "hello")
    assert not isinstance(ruling, Ruling)
    assert (await ruling).why == "goodbye"
    assert [screened.heard for screened in adviser.heard] == [(CONTACT,)]


async def test_a_ruling_is_at_hand_where_nobody_needs_advice() -> None:
    adviser = Advising(says_goodbye)
    ruling = pipeline(adviser, saying()).screen_message("ana", "room:night", "hello")
    assert isinstance(ruling, Ruling)
    assert ruling.verdict is Verdict.ALLOW
    assert adviser.heard == []


async def advice_fails(screened: Screened) -> tuple[Opinion, ...] | None:
    return None


async def advice_leaves(screened: Screened) -> tuple[Opinion, ...] | None:
    raise SystemExit(screened.text)


async def advice_crashes(screened: Screened) -> tuple[Opinion, ...] | None:
    raise RuntimeError(screened.text)


async def advice_is_rubbish(screened: Screened) -> tuple[Opinion, ...] | None:
    return nonsense(screened)


async def advice_is_out_of_place(screened: Screened) -> tuple[Opinion, ...] | None:
    return (structs.replace(GOODBYE, score=7.0),)


@pytest.mark.parametrize(
    "advice", [advice_fails, advice_leaves, advice_crashes, advice_is_rubbish, advice_is_out_of_place]
)
async def test_what_an_adviser_fails_at_is_left_to_the_others(
    advice: Callable[[Screened], Awaitable[tuple[Opinion, ...] | None]], caplog: pytest.LogCaptureFixture
) -> None:
    screening = pipeline(saying(CONTACT), Advising(advice))
    ruling = await screening.screen(Screened.of("a secret sentence"))
    assert (ruling.why, ruling.unscreened) == ("contact", False)
    assert await screening.works()
    assert "secret" not in caplog.text


class Listener:
    """Keeps the context it is given."""

    name = "listener"
    runs = Runs.INLINE

    def __init__(self) -> None:
        self.heard: list[tuple[str, ...]] = []

    def screen(self, screened: Screened) -> tuple[Opinion, ...]:
        self.heard.append(screened.context)
        return ()


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


async def test_the_last_five_texts_of_a_person_in_a_channel_are_known() -> None:
    listener = Listener()
    screening = pipeline(listener)
    for number in range(7):
        screening.screen_message("ana", "room:night", f"text {number}")
    assert listener.heard[0] == ()
    assert listener.heard[-1] == tuple(f"text {number}" for number in range(1, 6))


async def test_nothing_is_known_from_another_room_or_person() -> None:
    listener = Listener()
    screening = pipeline(listener)
    for person, channel in (("ana", "room:night"), ("ana", "room:grief"), ("ben", "room:night")):
        screening.screen_message(person, channel, "hello")
    assert listener.heard == [(), (), ()]


async def test_a_text_is_forgotten_after_ten_minutes() -> None:
    listener, clock = Listener(), Clock()
    screening = Pipeline(POLICY, [listener], SETTINGS, clock)
    screening.screen_message("ana", "room:night", "hello")
    clock.now = CONTEXT_SECONDS - 1
    screening.screen_message("ana", "room:night", "again")
    clock.now = CONTEXT_SECONDS + 1
    screening.screen_message("ana", "room:night", "later")
    assert listener.heard == [(), ("hello",), ("again",)]


async def test_memory_is_bounded() -> None:
    listener = Listener()
    screening = pipeline(listener)
    for person in range(CONTEXT_PLACES + 1):
        screening.screen_message(f"person {person}", "room:night", "hello")
    screening.screen_message("person 0", "room:night", "am I known?")
    screening.screen_message(f"person {CONTEXT_PLACES}", "room:night", "am I known?")
    assert listener.heard[-2:] == [(), ("hello",)]


async def test_a_room_says_its_level_region_and_languages() -> None:
    heard: list[Screened] = []

    def listen(screened: Screened) -> tuple[Opinion, ...]:
        heard.append(screened)
        return ()

    pipeline(Plug(listen)).screen_message("ana", "room:night", "hei", level="open", region="NO", languages=("nb",))
    assert (heard[0].level, heard[0].region, heard[0].languages) == ("open", "NO", ("nb",))
