"""Whom to show first, and what is known to be open."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest

from server.domain.lines import Audience, Channel, Country, Directory, Line, Way, at
from server.domain.opening import Opening, State, Turn

# What the server's pages and the browser must both say: client_web/tests/lines.test.ts reads the same table.
CASES: dict[str, Any] = json.loads(Path(__file__).with_name("lines_cases.json").read_text())

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)  # a Friday


def line(name: str, *ways: Way, **more: object) -> Line:
    channels = tuple(Channel(way, "116 123") for way in ways or (Way.PHONE,))
    return Line(name=name, channels=channels, **{"hours": "always", **more})  # type: ignore[arg-type]


def directory(*lines: Line, emergency: tuple[str, ...] = ("999",)) -> Directory:
    world = (line("Everywhere", Way.WEB),)
    return Directory(review="", world=world, countries={"GB": Country("United Kingdom", emergency, lines)})


def names(reachable: tuple[object, ...]) -> list[str]:
    return [each.line.name for each in reachable]  # type: ignore[attr-defined]


def evening(zone: str, days: tuple[int, ...] = (1, 2, 3, 4, 5, 6, 7)) -> Line:
    return line("Evening", hours=(Opening(days, "18:00", "02:00"),), zone=zone)


def test_at_most_three_come_first_and_the_rest_is_kept() -> None:
    choice = directory(*(line(name) for name in "abcd")).nearest("GB", "en", NOON)
    assert names(choice.first) == ["a", "b", "c"]
    assert names(choice.more) == ["d", "Everywhere"]


def test_typing_comes_before_calling() -> None:
    lines = (line("call"), line("both", Way.PHONE, Way.TEXT), line("chat", Way.CHAT))
    assert names(directory(*lines).nearest("GB", "en", NOON).first) == ["both", "chat", "call"]


def test_the_line_for_young_people_stands_beside_the_first_for_everyone() -> None:
    lines = (line("young", audience=Audience.CHILDREN), *(line(name, Way.TEXT) for name in "abc"))
    assert names(directory(*lines).nearest("GB", "en", NOON).first) == ["a", "young", "b"]


def test_a_closed_line_is_never_among_the_first_and_says_when_it_opens() -> None:
    choice = directory(evening("Europe/London")).nearest("GB", "en", NOON)
    assert names(choice.first) == ["Everywhere"]
    assert [(each.state, each.until) for each in choice.closed] == [(State.CLOSED, Turn("18:00", 5, later=False))]


def test_an_open_line_comes_before_one_whose_hours_nobody_knows() -> None:
    lines = (line("unknown", Way.TEXT, hours="unknown"), line("open"))
    choice = directory(*lines).nearest("GB", "en", NOON)
    assert [each.state for each in choice.first[:2]] == [State.OPEN, State.UNKNOWN]


def test_a_line_is_open_by_its_own_clock() -> None:
    at_one_in_the_night = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)
    assert at(evening("Asia/Singapore"), at_one_in_the_night).state is State.OPEN
    assert at(evening("Europe/London"), at_one_in_the_night).state is State.CLOSED


def test_a_clock_that_is_put_back_changes_the_hours_with_it() -> None:
    before = datetime(2026, 10, 24, 17, 30, tzinfo=UTC)  # 18:30 in London
    after = datetime(2026, 10, 25, 17, 30, tzinfo=UTC)  # 17:30 in London
    assert [at(evening("Europe/London"), moment).state for moment in (before, after)] == [State.OPEN, State.CLOSED]


def test_no_country_and_an_unknown_country_still_show_someone() -> None:
    for country in ("", "ZZ", "not a country"):
        choice = directory(line("a")).nearest(country, "en", NOON)
        assert (names(choice.first), choice.emergency, choice.country) == (["Everywhere"], (), None)


def test_a_country_is_found_in_small_letters_too() -> None:
    assert directory(line("a")).nearest("gb", "en", NOON).emergency == ("999",)


@pytest.mark.parametrize("case", CASES["hours"], ids=lambda case: case["says"])
def test_the_hours_are_those_of_the_table(case: dict[str, Any]) -> None:
    hours = case["hours"] if isinstance(case["hours"], str) else msgspec.convert(case["hours"], tuple[Opening, ...])
    found = at(line("a", hours=hours, zone=case["zone"]), datetime.fromisoformat(case["at"]))
    until = msgspec.to_builtins(found.until) if found.until else None
    assert (found.state.value, until) == (case["state"], case["until"])


@pytest.mark.parametrize("case", CASES["choices"], ids=lambda case: case["says"])
def test_the_choice_is_that_of_the_table(case: dict[str, Any]) -> None:
    lines = msgspec.convert(CASES["directory"], Directory)
    choice = lines.nearest(case["country"], case["language"], datetime.fromisoformat(case["at"]))
    found = {place: names(getattr(choice, place)) for place in ("first", "more", "closed")}
    assert found == {place: case[place] for place in found}
    assert list(choice.emergency) == case["emergency"]


def test_a_directory_that_could_leave_someone_alone_is_refused() -> None:
    by_day = Directory(review="", world=(evening("UTC"),), countries={})
    assert by_day.fault({"UTC"}, bool) == "every line of world closes at times, and then someone may find nobody"
    assert Directory(review="", world=(evening("UTC"), line("a")), countries={}).fault({"UTC"}, bool) is None


def test_a_day_that_does_not_exist_is_no_day_of_checking() -> None:
    checked = Directory(review="", world=(line("a", verified_on="2026-02-30"),), countries={})
    assert checked.fault((), lambda day: False) == "a was verified_on a day that does not exist"
