"""What a hook answers can only add: nothing that it may say makes a text pass that would not pass without it."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.config import Settings
from server.domain.folding import Span
from server.domain.hooks import FOLLOWS, Answer, HookFile, Seen, Sign
from server.domain.screening import CALM, Lane, Opinion, Policy, Screened, Surface, Verdict, rule
from server.files import read
from server.protocol.fields import Urgency

POLICY = read("policy.toml", Policy, Settings())
TEXT = "words of somebody, some of them with a number: 07700 900123"
FILE = {"url": "https://a.example/look", "secret": "HOOK_SECRET"}
URGENCIES = [None, *Urgency]

spans = st.tuples(st.integers(0, 20), st.integers(1, 30)).map(lambda at: (at[0], at[0] + at[1]))
seen = st.builds(Seen, st.sampled_from(Sign), st.lists(spans, max_size=2).map(tuple), st.floats(0, 1))
ours = st.builds(
    Opinion,
    st.sampled_from(Lane),
    st.sampled_from(Verdict),
    st.just("ours.rule"),
    st.just("1"),
    st.sampled_from([*(sign.value for sign in Sign), CALM, "again"]),
    st.sampled_from(URGENCIES),
    st.lists(spans.map(lambda at: Span(*at)), max_size=2).map(tuple),
)


def test_every_sign_is_of_a_lane_and_none_says_that_a_text_is_harmless() -> None:
    assert FOLLOWS.keys() == set(Sign)
    assert CALM not in [sign.value for sign in Sign]
    assert {FOLLOWS[Sign(held)][1] for held in ("method", "plan", "goodbye")} == {Verdict.HOLD}


@given(
    st.lists(ours, max_size=4), st.lists(seen, max_size=4), st.sampled_from(Surface), st.sampled_from([*POLICY.levels])
)
def test_a_hook_adds_to_what_the_rules_saw_and_takes_nothing_away(
    rules: list[Opinion], answered: list[Seen], surface: Surface, level: str
) -> None:
    screened = Screened.of(TEXT, surface, level)
    alone = rule(rules, POLICY, screened)
    both = rule([*rules, *(each.opinion("hook") for each in answered)], POLICY, screened)
    assert both.verdict.weight >= alone.verdict.weight
    assert alone.text == TEXT or both.text != TEXT
    if alone.care is not None:
        assert both.care is not None
        assert both.care.hold >= alone.care.hold
        assert URGENCIES.index(both.care.urgency) >= URGENCIES.index(alone.care.urgency)


def test_an_answer_names_signs_places_and_how_sure_it_is() -> None:
    answer = msgspec.json.decode(b'{"seen":[{"sign":"contact","spans":[[4,12]],"score":0.5}]}', type=Answer)
    (opinion,) = (each.opinion("elsewhere") for each in answer.seen)
    assert (opinion.lane, opinion.reason, opinion.rule) == (Lane.PRIVACY, "contact", "elsewhere.contact")
    assert (opinion.spans, opinion.score) == ((Span(4, 12),), 0.5)


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"{}",
        b"[]",
        b'{"seen":[{"sign":"calm"}]}',
        b'{"seen":[{"sign":"allow"}]}',
        b'{"seen":[{"sign":"contact","verdict":"allow"}]}',
        b'{"seen":[],"verdict":"allow"}',
        b'{"seen":[{"sign":"contact","score":2}]}',
        b'{"seen":[{"sign":"contact","spans":[[1,2,3]]}]}',
        b'{"seen":[{"sign":"contact","spans":[["1","2"]]}]}',
        b'{"seen":[' + b",".join([b'{"sign":"contact"}'] * 17) + b"]}",
        b'{"seen":' + b"[" * 10_000 + b"}",
    ],
)
def test_whatever_else_it_says_is_no_answer(answer: bytes) -> None:
    with pytest.raises((msgspec.MsgspecError, RecursionError)):
        msgspec.json.decode(answer, type=Answer)


def test_the_file_names_where_it_is_and_leaves_the_secret_to_the_environment() -> None:
    file = msgspec.convert(FILE, HookFile)
    assert (file.deadline_ms, file.surfaces, file.fault()) == (750, (Surface.MESSAGE,), None)
    assert msgspec.convert({**FILE, "url": "http://a.example"}, HookFile).fault() == "its url must begin with https://"


@pytest.mark.parametrize(
    "wrong",
    [
        {"secret": "the secret itself"},
        {"deadline_ms": 0},
        {"surfaces": []},
        {"surfaces": ["everything"]},
        {"signs": ["calm"]},
        {"at_once": 0},
        {"follow_redirects": True},
    ],
)
def test_a_mistake_in_the_file_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({**FILE, **wrong}, HookFile)


def test_the_file_that_is_shipped_can_be_used() -> None:
    assert read("screening/hook.toml", HookFile, Settings()).fault() is None
    assert all(source.kind != "hook" for source in POLICY.screeners), "off by default"
