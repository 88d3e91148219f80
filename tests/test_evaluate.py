import json
import sys
from functools import partial
from types import ModuleType, SimpleNamespace
from typing import cast

import pytest
from msgspec import structs

from server import screeners
from server.config import Settings
from server.domain.screening import Lane, Opinion, Policy, Runs, Screened, Source, Verdict
from server.evaluate import check, judge
from server.files import read


def test_the_answer_is_plain_data_of_the_agreed_shape() -> None:
    answer = check("please call me on 07911 123456")
    assert json.loads(json.dumps(answer)) == answer
    assert answer["verdict"] == "hold"
    assert answer["lanes"] == {"care": "allow", "conduct": "allow", "privacy": "hold"}
    assert answer["spans"] == [[18, 30, "phone"]]


@pytest.mark.parametrize("text", ["", "   ", "\u200b", "\x00", "hello there, how was your day?"])
def test_nothing_is_found_in_nothing(text: str) -> None:
    answer = check(text)
    assert answer["verdict"] == "allow"
    assert answer["scores"] == {"care": 0.0, "conduct": 0.0, "privacy": 0.0}


def test_scores_are_between_nothing_and_one() -> None:
    scores = check("I want to kill myself, I wish I was dead, here's my number")["scores"]
    assert isinstance(scores, dict)
    assert 0.9 < scores["care"] <= 1.0
    assert 0.0 < scores["privacy"] <= 1.0


def test_a_text_longer_than_a_message_is_judged_in_pieces() -> None:
    long = "Today was long, and I walked home by the river. " * 60
    answer = check(long + "ana@example.org")
    assert answer["spans"] == [[len(long), len(long) + 15, "email"]]


def test_the_same_text_has_the_same_answer() -> None:
    assert check("I want to die") == check("I want to die")


class Plug:
    """A screener of an operator's own, as the policy file would name it."""

    runs = Runs.INLINE

    def __init__(self, name: str) -> None:
        self.name = name

    def screen(self, screened: Screened) -> tuple[Opinion, ...]:
        return ()


def built(*sources: Source) -> list[str]:
    reading = partial(read, settings=Settings())
    policy = structs.replace(reading("policy.toml", Policy), screeners=sources)
    return [screener.name for screener in screeners.build(policy, reading)]


def test_a_policy_names_its_screeners_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "plugs", cast(ModuleType, SimpleNamespace(Plug=Plug)))
    assert built(Source("last", "flood"), Source("own", "plugs:Plug")) == ["last", "own"]


@pytest.mark.parametrize("kind", ["mood", "no.such.module:Thing", "server.evaluate:NoSuchClass"])
def test_a_screener_that_does_not_exist_is_refused_at_the_start(kind: str) -> None:
    with pytest.raises(screeners.BadPolicy, match="own"):
        built(Source("own", kind))


def test_what_was_written_before_is_part_of_what_is_judged() -> None:
    assert not judge("myself").opinions
    assert judge("myself", ("i want to", "kill")).opinions


def test_a_judgement_says_all_that_the_answer_is_made_of() -> None:
    judged = judge("please call me on 07911 123456")
    assert [ruling.verdict for ruling in judged.rulings] == [Verdict.HOLD]
    assert [ruling.verdict for ruling in judged.lanes[Lane.CARE]] == [Verdict.ALLOW]
    assert [(begin, opinion.lane) for begin, opinion in judged.opinions] == [(0, Lane.PRIVACY)]
