"""Our files are whole and keep their promises; an operator's copy wins, and a broken one is refused in a sentence."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from server.config import Settings
from server.domain.content import Content
from server.domain.lines import Line
from server.domain.rooms import Kind
from server.files import OURS, BadContent, load
from server.protocol.training import Act

OUR = Settings()


def own(folder: Path, name: str, text: str) -> Settings:
    """Settings whose content folder holds this one file."""
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text)
    return replace(OUR, content_dir=str(folder))


def every_line() -> list[Line]:
    lines = load(OUR).lines
    return [*lines.world, *(line for country in lines.countries.values() for line in country.lines)]


# -- ours ------------------------------------------------------------------------------------------


def test_there_are_eight_rooms_of_every_kind_each_with_its_ways() -> None:
    rooms = load(OUR).rooms
    assert len(rooms) == 8
    assert {room.kind for room in rooms.values()} == set(Kind)
    assert all(room.about and room.tags and len(room.guidelines) == 3 for room in rooms.values())


def test_a_room_that_names_no_language_is_read_in_all_that_are_screened(tmp_path: Path) -> None:
    assert {room.languages for room in load(OUR).rooms.values()} == {("en", "es")}
    rooms = (OURS / "rooms.toml").read_text()
    settings = own(tmp_path, "rooms.toml", rooms.replace('id = "evening"', 'id = "evening"\nlanguages = ["es"]'))
    assert load(settings).rooms["evening"].languages == ("es",)


def test_a_room_in_a_language_that_nothing_screens_is_refused(tmp_path: Path) -> None:
    rooms = (OURS / "rooms.toml").read_text()
    settings = own(tmp_path, "rooms.toml", rooms.replace('id = "evening"', 'id = "evening"\nlanguages = ["fr"]'))
    with pytest.raises(BadContent, match="evening is to be read in fr, which policy.toml does not screen"):
        load(settings)


def test_the_handbook_has_phrases_questions_and_what_to_do_alone_in_every_language() -> None:
    for wording in load(OUR).wordings.values():
        book = wording.handbook
        assert [question.id for question in book.questions] == ["thoughts", "plan", "means", "time", "now"]
        assert sum(len(moment.phrases) for moment in book.moments) >= 10
        assert len(book.alone) == 5


def test_a_handbook_that_asks_something_else_in_another_language_is_refused(tmp_path: Path) -> None:
    ours = (OURS / "handbook.toml").read_text()
    settings = own(tmp_path, "handbook.toml", ours.replace('id = "plan"', 'id = "thoughts"'))
    with pytest.raises(BadContent, match="two questions have the id thoughts"):
        load(settings)
    own(tmp_path, "handbook.toml", ours)
    own(tmp_path, "handbook.es.toml", (OURS / "handbook.es.toml").read_text().replace('id = "now"', 'id = "later"'))
    with pytest.raises(BadContent, match="its questions are not those"):
        load(settings)


def test_the_training_has_lessons_and_talks_to_practise_in_every_language() -> None:
    for wording in load(OUR).wordings.values():
        course = wording.training
        assert len(course.lessons) == 6
        assert [script.id for script in course.practices] == ["heavy-week", "worried", "warm-no"]
        assert {move.act for script in course.practices for step in script.steps for move in step.moves} == set(Act)
    assert load(OUR).training_version == 1


def test_a_training_that_cannot_be_gone_through_or_is_another_in_another_language_is_refused(tmp_path: Path) -> None:
    ours = (OURS / "training.toml").read_text()
    settings = own(tmp_path, "training.toml", ours.replace('to = "opened"', 'to = "nowhere"'))
    with pytest.raises(
        BadContent, match=r"training\.toml in CONTENT_DIR can't be used: worried leads from hello to nowhere"
    ):
        load(settings)
    own(tmp_path, "training.toml", ours)
    own(tmp_path, "training.es.toml", (OURS / "training.es.toml").read_text().replace("version = 1", "version = 2"))
    with pytest.raises(BadContent, match="it is not training.toml step by step"):
        load(settings)


def test_the_rules_are_seven_lines_and_true_to_the_settings() -> None:
    rules = load(OUR).rules
    assert len(rules.lines) == 7
    assert "Room text is deleted after a day." in rules.lines
    assert "Room text is deleted after 3 days." in load(replace(OUR, history_ms=3 * 24 * 3_600_000)).rules.lines


def test_no_line_claims_to_have_been_checked_and_each_says_where_it_comes_from() -> None:
    sources = load(OUR).lines.sources
    assert len(every_line()) > 60
    for line in every_line():
        assert line.verified_on == ""
        assert line.confidence == "high" or line.name == "9-8-8 Suicide Crisis Helpline"  # the one for all of Canada
        assert line.source
        assert set(line.source) <= sources.keys()


def test_no_superseded_number_is_listed() -> None:
    numbers = {channel.to for line in every_line() for channel in line.channels}
    assert numbers.isdisjoint({"1-800-273-8255", "08457 90 90 90", "1850 60 90 90", "199 284 284", "1800 221 4444"})


def test_every_address_of_a_line_is_encrypted_and_every_language_has_a_name() -> None:
    named = load(OUR).lines.languages
    for line in every_line():
        assert all(channel.to.startswith("https://") for channel in line.channels if channel.way in ("chat", "web"))
        assert set(line.languages) <= named.keys()


def test_the_attribution_of_the_lists_is_in_the_file() -> None:
    lines = load(OUR).lines
    assert "CC BY-SA" in lines.review
    assert any(source.licence.startswith("CC BY-SA") for source in lines.sources.values())


AVOIDED = (
    "commit", "cry for help", "attention-seeking", "high risk", "at risk", "flagged", "patient", "victim", "vulnerable",
    "violation", "inappropriate", "oops", "awesome", "reach out", "journey", "safe space", "always here", "never alone",
    "it gets better", "don’t worry", "please note", "invalid", "failed", "timed out", "server", "submit", "!",
)  # fmt: skip


def trained(content: Content) -> list[str]:
    """What listeners read and the practice partner says."""
    course = content.wordings["en"].training
    moves = [move for script in course.practices for step in script.steps for move in step.moves]
    said = [text for script in course.practices for step in script.steps for text in step.says]
    lessons = [text for lesson in course.lessons for text in (lesson.title, *lesson.paragraphs, lesson.question)]
    choices = [text for lesson in course.lessons for each in lesson.choices for text in (each.text, each.about)]
    return [*said, *lessons, *choices, *(text for move in moves for text in (move.words, move.about, *move.says))]


def every_sentence() -> list[str]:
    content = load(OUR)
    rooms = [text for room in content.rooms.values() for text in (room.name, room.about, *room.tags, *room.guidelines)]
    return [
        *rooms,
        *trained(content),
        *content.rules.lines,
        *(text for section in content.words.values() for text in section.values()),
    ]


def test_no_sentence_uses_a_word_that_we_avoid() -> None:
    for sentence in every_sentence():
        assert not [avoided for avoided in AVOIDED if avoided in sentence.lower()], sentence


def test_sentences_are_set_in_the_marks_that_people_read() -> None:
    assert not [sentence for sentence in every_sentence() if "'" in sentence or '"' in sentence or "..." in sentence]


def test_every_sentence_awaits_its_review_and_says_so() -> None:
    assert "awaiting clinical review" in json.loads((OURS / "wording" / "en.json").read_text())["_review"]
    for name in ("rooms.toml", "rules.toml", "training.toml"):
        assert "awaiting clinical review" in (OURS / name).read_text()


# -- an operator's copies --------------------------------------------------------------------------


def test_an_operators_copy_wins(tmp_path: Path) -> None:
    rooms = '[[rooms]]\nid = "night"\nname = "Night"\nabout = "For nights."\nkind = "topic"\n'
    assert list(load(own(tmp_path, "rooms.toml", rooms)).rooms) == ["night"]


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("rooms.toml", "[[rooms]]\nid = 7", "Expected `str`, got `int` - at `$.rooms[0].id`"),
        ("rooms.toml", "[[rooms]", "rooms.toml in CONTENT_DIR can't be used"),
        ("rooms.toml", "rooms = []", "at `$.rooms`"),
        ("rules.toml", 'version = 0\nlines = ["a"]', "at `$.version`"),
        ("rules.toml", f'version = 1\nlines = ["{"word " * 12}"]', "twelve words or more"),
        ("lines.json", "{", "lines.json in CONTENT_DIR can't be used"),
        ("wording/en.json", '{"door": {"title": 3}}', "at `$"),
    ],
)
def test_a_file_that_does_not_fit_is_refused_in_one_sentence(tmp_path: Path, name: str, text: str, told: str) -> None:
    with pytest.raises(BadContent) as refusal:
        load(own(tmp_path, name, text))
    assert told in str(refusal.value)
    assert name in str(refusal.value)
    assert "\n" not in str(refusal.value)
    assert str(tmp_path) not in str(refusal.value)


def test_two_rooms_with_one_id_are_refused(tmp_path: Path) -> None:
    room = '[[rooms]]\nid = "night"\nname = "Night"\nabout = "For nights."\nkind = "topic"\n'
    with pytest.raises(BadContent, match="two rooms have the id night"):
        load(own(tmp_path, "rooms.toml", room + room))


def test_opening_times_without_a_time_zone_are_refused(tmp_path: Path) -> None:
    line = {
        "name": "Night Ear",
        "channels": [{"way": "phone", "to": "1"}],
        "hours": [{"days": [1], "opens": "18:00", "until": "02:00"}],
        "zone": "Europe/Nowhere",
    }
    directory = json.dumps({"review": "", "world": [line], "countries": {}})
    with pytest.raises(BadContent, match="Night Ear has hours but no known zone"):
        load(own(tmp_path, "lines.json", directory))


def test_an_address_that_could_run_something_is_refused(tmp_path: Path) -> None:
    line = {"name": "Night Ear", "channels": [{"way": "web", "to": "javascript:alert(1)"}]}
    directory = json.dumps({"review": "", "world": [line], "countries": {}})
    with pytest.raises(BadContent, match="does not begin with https://"):
        load(own(tmp_path, "lines.json", directory))


@pytest.mark.parametrize("day", ["2026-02-30", "0000-00-00"])
def test_a_day_of_checking_that_never_was_is_refused(tmp_path: Path, day: str) -> None:
    line = {"name": "Night Ear", "channels": [{"way": "phone", "to": "1"}], "verified_on": day}
    directory = json.dumps({"review": "", "world": [line], "countries": {}})
    with pytest.raises(BadContent, match="Night Ear was verified_on a day that does not exist"):
        load(own(tmp_path, "lines.json", directory))


def test_a_second_language_is_only_a_file_and_borrows_what_it_lacks(tmp_path: Path) -> None:
    german = json.dumps({"_name": "Deutsch", "door": {"title": "Reden mit Leuten, die es kennen."}})
    content = load(replace(own(tmp_path, "wording/de.json", german), language="de"))
    assert content.words["door"]["title"] == "Reden mit Leuten, die es kennen."
    assert content.words["common"]["quick_exit"] == "Quick exit"
    assert content.wordings["de"].borrowed > 100
    assert content.wordings["en"].borrowed == 0


def test_a_language_without_a_file_is_refused_by_name() -> None:
    with pytest.raises(BadContent, match="LANGUAGE=xx"):
        load(replace(OUR, language="xx"))


@pytest.mark.parametrize("path", sorted((OURS / "wording").glob("*.json")), ids=lambda path: path.name)
def test_no_sentence_takes_the_place_of_another(path: Path) -> None:
    """JSON keeps the last of two with one name, and says nothing."""

    def once(pairs: list[tuple[str, object]]) -> dict[str, object]:
        names = [name for name, _ in pairs]
        assert sorted(names) == sorted(set(names))
        return dict(pairs)

    json.loads(path.read_text(), object_pairs_hook=once)


# -- other languages -------------------------------------------------------------------------------


def test_rooms_rules_and_countries_are_told_in_spanish_and_stay_the_same_rooms() -> None:
    spanish = load(OUR).wordings["es"]
    assert spanish.rooms["evening"].name == "La sala de la noche"
    assert spanish.rooms["lgbtq"].preview is load(OUR).rooms["lgbtq"].preview
    assert "Lo escrito en la sala se borra después de un día." in spanish.rules.lines
    assert spanish.lines.countries["DE"].name == "Alemania"
    assert spanish.lines.countries["DE"].lines == load(OUR).lines.countries["DE"].lines
    assert load(replace(OUR, language="es")).rules == spanish.rules


def test_our_translation_says_nothing_of_an_operators_own_rooms_and_rules(tmp_path: Path) -> None:
    own(tmp_path, "rules.toml", 'version = 7\nlines = ["Be kind."]')
    rooms = '[[rooms]]\nid = "evening"\nname = "Evening class"\nabout = "For learning."\nkind = "topic"\n'
    spanish = load(own(tmp_path, "rooms.toml", rooms)).wordings["es"]
    assert spanish.rooms["evening"].name == "Evening class"
    assert spanish.rules.lines == ("Be kind.",)
    (tmp_path / "rooms.es.toml").write_text('[evening]\nname = "Clase de noche"\nabout = "Para aprender."')
    assert load(replace(OUR, content_dir=str(tmp_path))).wordings["es"].rooms["evening"].name == "Clase de noche"


def test_nobody_agrees_to_rules_of_another_version_than_those_that_hold(tmp_path: Path) -> None:
    own(tmp_path, "rules.toml", 'version = 7\nlines = ["Be kind."]')
    with pytest.raises(BadContent, match=r"rules\.es\.toml in CONTENT_DIR can't be used: it is not rules\.toml"):
        load(own(tmp_path, "rules.es.toml", 'version = 6\nlines = ["Sé amable."]'))
