import asyncio
import re
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence

import pytest
from msgspec import structs

from server.domain.advising import Advice, Answer
from server.domain.screening import CALM, FAINT, Lane, Opinion, Screened, Verdict
from server.outside.breaker import FAILURES, REST_S
from server.screeners.adviser import Adviser

ANSWER = Answer(
    Lane.CARE, "thoughts", "care.advice", "thoughts", Verdict.NOTE, -2.0, -2.0, trust=1.0, least=1.0, calm=0.0
)
ADVICE = Advice("1", "", (ANSWER,))
DOUBT = Opinion(Lane.CARE, Verdict.ALLOW, "care.learned", "1", FAINT, score=0.5)

Weights = list[dict[str, float]]
_piece = re.compile(r"[a-z]+|\d")


class Encoder:
    """Does as the test says."""

    def __init__(self, answers: Callable[[str], Weights]) -> None:
        self.asked: list[str] = []
        self._answers = answers

    def weights(self, text: str, /) -> Sequence[Mapping[str, float]]:
        self.asked.append(text)
        return self._answers(text)

    def length(self, text: str, /) -> int:
        return len(_piece.findall(text))


def loud(text: str) -> Weights:
    return [{"thoughts": 3.0, "chat": 0.0}]


def broken(text: str) -> Weights:
    raise ValueError(text)


def adviser(encoder: Encoder, clock: Callable[[], float] = lambda: 0.0) -> Adviser:
    return Adviser("adviser", ADVICE, encoder, clock)


def doubtful(text: str = "so tired", *before: str) -> Screened:
    return structs.replace(Screened.of(text, context=before), heard=(DOUBT,))


async def test_what_the_encoder_hears_is_its_advice() -> None:
    advice = await adviser(Encoder(loud)).advice(doubtful())
    assert advice is not None
    assert [(each.rule, each.verdict, each.spans[0].end) for each in advice] == [("care.advice", Verdict.NOTE, 8)]


def test_the_loudest_part_of_a_text_counts() -> None:
    def uneven(text: str) -> Weights:
        return [{"thoughts": -9.0, "chat": 0.0}, *loud(text)]

    assert adviser(Encoder(uneven)).screen(doubtful())[0].verdict is Verdict.NOTE


def test_without_doubt_nothing_is_read() -> None:
    encoder = Encoder(loud)
    assert adviser(encoder).screen(Screened.of("so tired")) == ()
    assert encoder.asked == []


def test_what_holds_no_word_gives_nothing() -> None:
    assert adviser(Encoder(lambda text: [])).screen(doubtful()) == ()


def calm(text: str) -> Weights:
    return [{"thoughts": 0.0, "chat": 3.0}]


def calm_alone(text: str) -> Weights:
    return loud(text) if "one" in text else calm(text)


def test_a_text_is_read_as_it_was_meant() -> None:
    encoder = Encoder(loud)
    adviser(encoder).screen(doubtful("i w4nt t0 d1e", "One", "Two"))
    assert encoder.asked == ["i want to die"]


def test_words_that_were_spelled_out_are_read_as_words_though_nobody_knows_them() -> None:
    encoder = Encoder(loud)
    adviser(encoder).screen(doubtful("new t.a.t.t.o.o on my arm"))
    assert encoder.asked == ["new tattoo on my arm"]


def test_it_doubts_nothing_that_it_understands_with_what_came_before() -> None:
    encoder = Encoder(calm_alone)
    (doubt,) = adviser(encoder).screen(doubtful())
    assert doubt.reason == CALM
    assert adviser(encoder).screen(doubtful("so tired", "One", "Two")) == ()
    assert encoder.asked[-1] == "one two so tired"
    assert adviser(Encoder(calm)).screen(doubtful("so tired", "One")) == (doubt,)


def test_of_what_came_before_only_the_end_is_read_and_a_long_text_stands_for_itself() -> None:
    encoder = Encoder(calm)
    adviser(encoder).screen(doubtful("so tired", "x" * 400))
    adviser(encoder).screen(doubtful("so tired " * 40, "One"))
    assert [len(text) for text in encoder.asked] == [8, 160 + 1 + 8, 360]


@pytest.fixture
def hanging() -> Iterator[Encoder]:
    release = threading.Event()

    def hang(text: str) -> Weights:
        release.wait()
        return []

    yield Encoder(hang)
    release.set()


async def test_what_is_late_is_no_advice(hanging: Encoder) -> None:
    slow = adviser(hanging)
    assert await asyncio.gather(*(slow.advice(doubtful()) for _ in range(3))) == [None] * 3
    slow.close()


async def test_an_encoder_that_fails_is_left_alone_for_a_while_and_tried_again() -> None:
    now, moods = [0.0], [broken]
    encoder = Encoder(lambda text: moods[-1](text))
    failing = adviser(encoder, lambda: now[0])
    for _ in range(FAILURES + 3):
        assert await failing.advice(doubtful()) is None
    assert len(encoder.asked) == FAILURES
    moods.append(loud)
    now[0] = REST_S
    assert await failing.advice(doubtful())
    assert await failing.advice(doubtful())
    assert len(encoder.asked) == FAILURES + 2
