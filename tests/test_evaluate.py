import json
import sys
from functools import partial
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import cast

import pytest
from msgspec import structs

from server import screeners
from server.config import Settings
from server.domain.screening import Lane, Opinion, Policy, Runs, Screened, Source, Verdict
from server.evaluate import check, judge
from server.files import OURS, read
from server.protocol.fields import CardKind


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
    scores = answer["scores"]
    assert isinstance(scores, dict)
    assert max(scores.values()) < 0.2


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


RULES = """
version = "1"
review = "made up"
lane = "{lane}"
[[{table}]]
id = "{lane}.xx.only"
reason = "{reason}"
verdict = "note"
score = 0.5
patterns = ["{phrase}"]
finds = ["{phrase}"]
spares = ["nothing"]
"""
CONTACT = """
version = "1"
review = "made up"
[spoken]
numbers = { nul = "0", ein = "1", tva = "2" }
times = { dup = 2 }
calls = ["ringa"]
at = ["ved"]
dot = ["prik"]
homes = ["bor"]
[phrases]
"""


def test_a_third_language_is_a_matter_of_files(tmp_path: Path) -> None:
    policy = (OURS / "policy.toml").read_text().replace('languages = ["en", "es"]', 'languages = ["en", "es", "xx"]')
    (tmp_path / "screening").mkdir()
    (tmp_path / "policy.toml").write_text(policy)
    frequent = (OURS / "screening/languages.toml").read_text() + '\nxx = "vasho kamin dosta perelu vintu gamesh"\n'
    (tmp_path / "screening/languages.toml").write_text(frequent)
    care = RULES.format(lane="care", table="rules", reason="wish", phrase="ninda vasho trelu")
    (tmp_path / "screening/care.xx.toml").write_text(care)
    ways = RULES.format(lane="care", table="rules", reason="method", phrase="hur gredo man")
    (tmp_path / "screening/ways.xx.toml").write_text(ways)
    steps = RULES.format(lane="conduct", table="rules", reason="approach", phrase="hur gammo")
    (tmp_path / "screening/steps.xx.toml").write_text(steps)
    conduct = RULES.format(lane="conduct", table="rules", reason="unkind", phrase="gamesh plodi")
    (tmp_path / "screening/conduct.xx.toml").write_text(conduct)
    phrases = RULES.format(lane="privacy", table="phrases.rules", reason="contact", phrase="skriv mig")
    (tmp_path / "screening/contact.xx.toml").write_text(CONTACT + phrases)
    reading = partial(read, settings=Settings(content_dir=str(tmp_path)))
    screening = screeners.build(reading("policy.toml", Policy), reading)

    def found(text: str) -> set[str]:
        said = [screener.screen(Screened.of(text)) for screener in screening]
        return {opinion.rule for opinions in said for opinion in cast(tuple[Opinion, ...], opinions)}

    assert "care.xx.only" in found("so ninda vasho trelu now")
    assert "conduct.xx.only" in found("gamesh plodi")
    assert "privacy.xx.only" in found("skriv mig")
    assert "contact.email" in found("ana ved gmail prik com")
    assert "contact.phone" in found("nul ein dup ein nul tva ein nul")
    assert "care.thoughts" in found("i want to kill myself")
    assert "language.other" not in found("vasho kamin dosta perelu vintu")


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


@pytest.mark.parametrize(
    "text",
    [
        "my mate hasn't answered since he said he was done with everything",
        "a woman at work keeps joking about not being here at christmas and i don't think she's joking",
    ],
)
def test_worry_about_someone_else_is_told_by_the_third_reading(text: str) -> None:
    (ruling,) = judge(text).rulings
    assert (ruling.rule, ruling.care and ruling.care.kind) == ("care.advice-other", CardKind.FRIEND)
    assert judge(text, advised=False).rulings[0].care is None
