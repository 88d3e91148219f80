import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import msgspec
import pytest

from server.config import Settings
from server.domain.policies import POLICY
from server.domain.policy_changes import LONGEST, changes, told
from server.files import load
from server.protocol.policy import PolicyChange, PolicyWhat

RULE = {"id": "care.wish", "verdict": "note", "score": 0.8, "patterns": ["wish"], "finds": ["i wish"]}
FILES: dict[str, Any] = {
    POLICY: {
        "version": "1",
        "mask": "•••",
        "regions": ["GB"],
        "screeners": [{"name": "care", "kind": "rules", "file": "care.toml"}, {"name": "flood", "kind": "flood"}],
        "verdicts": {"unkind": "hold"},
        "levels": {"open": {"unkind": "note"}, "strict": {}},
        "allowed": [{"phrases": ["killing it"]}, {"domains": ["help.example"], "rooms": ["grief", "pain"]}],
    },
    "care.toml": {"version": "1", "words": {"want": "want|wanna"}, "guards": {"film": ["in a film"]}, "rules": [RULE]},
    "learned.json": {"lessons": [{"rule": "care.learned", "least": 240, "weights": {str(n): n for n in range(20)}}]},
}


def changed(change: Any) -> list[PolicyChange]:
    after = deepcopy(FILES)
    change(after)
    return changes(FILES, after)


def test_the_same_files_differ_in_nothing() -> None:
    assert changes(FILES, deepcopy(FILES)) == []


def test_what_follows_from_a_reason_is_told_everywhere_and_at_the_levels_that_name_it() -> None:
    def change(files: Any) -> None:
        files[POLICY]["verdicts"]["unkind"] = "mask"
        files[POLICY]["levels"] = {"open": {"unkind": "note"}, "strict": {"unkind": "block", "spam": "hold"}}

    assert changed(change) == [
        PolicyChange(PolicyWhat.VERDICT, "unkind", "", "hold", "mask"),
        PolicyChange(PolicyWhat.VERDICT, "spam", "strict", "rule", "hold"),
        PolicyChange(PolicyWhat.VERDICT, "unkind", "strict", "hold", "block"),
    ]


def test_what_a_level_no_longer_says_is_as_everywhere() -> None:
    found = changed(lambda files: files[POLICY]["levels"].pop("open"))
    assert found == [PolicyChange(PolicyWhat.VERDICT, "unkind", "open", "note", "hold")]


def test_what_is_allowed_is_told_phrase_by_phrase_with_its_rooms() -> None:
    def change(files: Any) -> None:
        files[POLICY]["allowed"] = [{"phrases": ["killing it", "purge"], "rooms": ["eating"]}]

    assert changed(change) == [
        PolicyChange(PolicyWhat.ALLOWED_ADDED, "killing it", "eating"),
        PolicyChange(PolicyWhat.ALLOWED_ADDED, "purge", "eating"),
        PolicyChange(PolicyWhat.ALLOWED_REMOVED, "help.example", "grief, pain"),
        PolicyChange(PolicyWhat.ALLOWED_REMOVED, "killing it", ""),
    ]


def test_screeners_come_and_go_by_name() -> None:
    def change(files: Any) -> None:
        files[POLICY]["screeners"] = [{"name": "care", "kind": "rules", "file": "own.toml"}]

    assert changed(change) == [
        PolicyChange(PolicyWhat.SCREENER_ADDED, "care", "own.toml"),
        PolicyChange(PolicyWhat.SCREENER_REMOVED, "care", "care.toml"),
        PolicyChange(PolicyWhat.SCREENER_REMOVED, "flood", "flood"),
    ]


def test_a_rule_is_new_gone_or_changed_in_what_it_says_and_finds() -> None:
    def change(files: Any) -> None:
        files["care.toml"]["rules"] = [
            RULE | {"score": 0.5, "patterns": ["hope"], "unless": ["film"], "finds": ["i hope"]},
            {"id": "care.new", "verdict": "hold", "patterns": ["x"]},
        ]

    assert changed(change) == [
        PolicyChange(PolicyWhat.RULE_ADDED, "care.new", after="hold"),
        PolicyChange(PolicyWhat.RULE_CHANGED, "care.wish", "score", "0.8", "0.5"),
        PolicyChange(PolicyWhat.PHRASE_ADDED, "care.wish", after="hope"),
        PolicyChange(PolicyWhat.PHRASE_ADDED, "care.wish", "unless", after="film"),
        PolicyChange(PolicyWhat.PHRASE_REMOVED, "care.wish", before="wish"),
    ]
    assert changed(lambda files: files["care.toml"].update(rules=[])) == [
        PolicyChange(PolicyWhat.RULE_REMOVED, "care.wish", before="note")
    ]


def test_the_rules_about_contact_are_rules_too() -> None:
    before = {POLICY: FILES[POLICY], "contact.toml": {"phrases": {"rules": [RULE]}, "endings": ["com", "org"]}}
    after = deepcopy(before)
    after["contact.toml"] = {"phrases": {"rules": [RULE | {"verdict": "hold"}]}, "endings": ["org", "net"]}
    assert changes(before, after) == [
        PolicyChange(PolicyWhat.RULE_CHANGED, "care.wish", "verdict", "note", "hold"),
        PolicyChange(PolicyWhat.OTHER_ADDED, "contact.toml", "endings", after="net"),
        PolicyChange(PolicyWhat.OTHER_REMOVED, "contact.toml", "endings", before="com"),
    ]


def test_a_threshold_is_told_and_many_weights_are_counted() -> None:
    def change(files: Any) -> None:
        files["learned.json"]["lessons"][0] |= {"least": 300, "weights": {str(n): n + 1 for n in range(20)}}

    assert changed(change) == [
        PolicyChange(PolicyWhat.RULE_CHANGED, "care.learned", "least", "240", "300"),
        PolicyChange(PolicyWhat.MANY_CHANGED, "care.learned", "weights", after="20"),
    ]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            lambda files: files["care.toml"]["words"].update(want="want"),
            PolicyChange(PolicyWhat.OTHER_CHANGED, "care.toml", "words.want", "want|wanna", "want"),
        ),
        (
            lambda files: files["care.toml"]["guards"].update(song=["in a song"]),
            PolicyChange(PolicyWhat.OTHER_ADDED, "care.toml", "guards.song", after="in a song"),
        ),
        (
            lambda files: files[POLICY].update(regions=[]),
            PolicyChange(PolicyWhat.OTHER_REMOVED, POLICY, "regions", before="GB"),
        ),
        (
            lambda files: files[POLICY].update(mask="x" * (LONGEST + 1)),
            PolicyChange(PolicyWhat.OTHER_CHANGED, POLICY, "mask", "•••", "x" * (LONGEST - 1) + "…"),
        ),
    ],
)
def test_anything_else_is_told_with_its_place(change: Any, told: PolicyChange) -> None:
    assert changed(change) == [told]


def test_a_file_that_is_new_is_told_rule_by_rule() -> None:
    after = FILES | {"own.toml": {"version": "1", "lane": "conduct", "rules": [RULE]}}
    assert changes(FILES, after) == [
        PolicyChange(PolicyWhat.RULE_ADDED, "care.wish", after="note"),
        PolicyChange(PolicyWhat.OTHER_ADDED, "own.toml", "lane", after="conduct"),
    ]


WORDS = load(Settings()).words


@pytest.mark.parametrize("case", json.loads((Path(__file__).parent / "policy_cases.json").read_text()))
def test_a_change_is_told_as_the_desk_tells_it(case: dict[str, Any]) -> None:
    """The client is held to the same cases."""
    assert told(msgspec.convert(case["change"], PolicyChange), WORDS) == case["told"]


@pytest.mark.parametrize("what", PolicyWhat)
def test_there_is_a_sentence_for_every_change(what: PolicyWhat) -> None:
    for where in ("", "there"):
        sentence = told(PolicyChange(what, "of", where, "before", "after"), WORDS)
        assert "of" in sentence
        assert "{" not in sentence
