"""Whom to show first, and what is known to be open."""

from datetime import UTC, datetime

from server.domain.lines import Audience, Channel, Country, Directory, Line, Way, at
from server.domain.opening import Opening, State, Turn

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
    choice = directory(*(line(name) for name in "abcd")).nearest("GB", NOON)
    assert names(choice.first) == ["a", "b", "c"]
    assert names(choice.more) == ["d", "Everywhere"]


def test_typing_comes_before_calling() -> None:
    lines = (line("call"), line("both", Way.PHONE, Way.TEXT), line("chat", Way.CHAT))
    assert names(directory(*lines).nearest("GB", NOON).first) == ["both", "chat", "call"]


def test_the_line_for_young_people_stands_beside_the_first_for_everyone() -> None:
    lines = (line("young", audience=Audience.CHILDREN), *(line(name, Way.TEXT) for name in "abc"))
    assert names(directory(*lines).nearest("GB", NOON).first) == ["a", "young", "b"]


def test_a_closed_line_is_never_among_the_first_and_says_when_it_opens() -> None:
    choice = directory(evening("Europe/London")).nearest("GB", NOON)
    assert names(choice.first) == ["Everywhere"]
    assert [(each.state, each.until) for each in choice.closed] == [(State.CLOSED, Turn("18:00", 5, later=False))]


def test_an_open_line_comes_before_one_whose_hours_nobody_knows() -> None:
    lines = (line("unknown", Way.TEXT, hours="unknown"), line("open"))
    choice = directory(*lines).nearest("GB", NOON)
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
        choice = directory(line("a")).nearest(country, NOON)
        assert (names(choice.first), choice.emergency, choice.country) == (["Everywhere"], (), None)


def test_a_country_is_found_in_small_letters_too() -> None:
    assert directory(line("a")).nearest("gb", NOON).emergency == ("999",)
