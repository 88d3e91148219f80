"""What a policy is built from, and every way in which it is refused with a sentence."""

import pytest

from server.config import Settings
from server.domain.policies import Judging
from server.domain.screening import Screened
from server.files import BadContent, load
from server.judging import built
from server.screeners import BadPolicy

ROOMS = {"evening": "standard"}
RULE = """
version = "1"
review = "none"
lane = "conduct"
[[rules]]
id = "conduct.soup"
reason = "soup"
verdict = "hold"
score = 0.5
patterns = ["{pattern}"]
finds = ["pea soup"]
spares = ["stew"]
"""
POLICY = """
version = "2"
review = "none"
mask = "…"
[levels.standard]
[verdicts]
[[screeners]]
name = "soup"
kind = "rules"
file = "screening/soup.toml"
"""


def judging(pattern: str = "pea soup", policy: str = POLICY, rooms: dict[str, str] = ROOMS) -> Judging:
    own = {"policy.toml": policy, "screening/soup.toml": RULE.replace("{pattern}", pattern), "rooms.toml": "not ours"}
    return built({name: content.encode() for name, content in own.items()}, rooms)


def test_a_policy_is_made_of_the_operators_files_and_otherwise_of_ours() -> None:
    own = judging()
    (screener,) = own.screeners
    assert screener.screen(Screened.of("pea soup again"))
    assert own.own.keys() == {"policy.toml", "screening/soup.toml"}
    ours = POLICY.replace("soup.toml", "conduct.toml")
    assert judging(policy=ours).own.keys() == {"policy.toml"}


def test_the_digest_is_of_all_that_was_read_and_of_nothing_else() -> None:
    assert judging().digest == judging().digest
    assert judging("pea stew").digest != judging().digest


@pytest.mark.parametrize(
    ("pattern", "policy", "rooms", "sentence"),
    [
        ("(unclosed", POLICY, ROOMS, "A pattern of conduct.soup is no expression: (unclosed"),
        ("soup(?=s)", POLICY, ROOMS, "A pattern of conduct.soup is no expression: soup(?=s)"),
        ("[a", POLICY, ROOMS, "A pattern of conduct.soup is no expression: [a"),
        ("<stew>", POLICY, ROOMS, "screening/soup.toml can't be used: conduct.soup names <stew>"),
        ("soup", POLICY.replace("rules", "mood"), ROOMS, "of the kind mood, which does not exist"),
        ("soup", POLICY.replace("rules", "no.such:Thing"), ROOMS, "can't be loaded from no.such:Thing"),
        ("soup", POLICY, {"evening": "strict"}, "the room evening is of the level strict"),
        ("soup", POLICY + '[[allowed]]\nrooms = ["x"]', ROOMS, "names the room x"),
    ],
)
def test_what_does_not_hold_together_is_refused(
    pattern: str, policy: str, rooms: dict[str, str], sentence: str
) -> None:
    with pytest.raises(BadPolicy) as refused:
        judging(pattern, policy, rooms)
    assert sentence in str(refused.value)


@pytest.mark.parametrize(
    ("policy", "sentence"),
    [
        (POLICY + "verdict = 1", "policy.toml of your own can't be used: Object contains unknown field `verdict`"),
        (POLICY.replace("soup.toml", "stew.toml"), "screening/stew.toml can't be read: No such file or directory."),
        (POLICY.replace('"2"', "2"), "policy.toml of your own can't be used: Expected `str`, got `int`"),
    ],
)
def test_a_file_that_is_missing_or_not_of_its_form_is_named(policy: str, sentence: str) -> None:
    with pytest.raises(BadContent) as refused:
        judging(policy=policy)
    assert sentence in str(refused.value)


def test_the_shipped_policy_names_the_levels_of_the_shipped_rooms() -> None:
    rooms = {room.id: room.screening for room in load(Settings()).rooms.values()}
    assert len(built({}, rooms).screeners) > 1
