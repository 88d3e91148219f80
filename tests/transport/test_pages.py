"""The pages that work without scripts, and what the shell tells its scripts."""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import msgspec
import pytest

from server.config import Settings
from server.domain.status import Listeners, Listening, Status, Wait
from server.files import OURS, load
from server.protocol.fields import Part
from server.transport.pages import NotBuilt, Pages

OUR = Settings(operator_name="Harbour Street")
NIGHT = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
AT = int(datetime(2026, 11, 20, 21, 4, tzinfo=UTC).timestamp() * 1000)
FEW = Listening(Listeners.FREE, free=0, waiting=0, wait=Wait.SHORT)
QUIET = Status(AT, (), on_duty=True, open_rooms=8, rooms=9, listening=FEW)
AWAY = Status(AT, (Part.STORE, Part.SCREENING))
MANIFEST = {
    "src/early.ts": {"file": "assets/early-1.js", "isEntry": True},
    "src/main.tsx": {"file": "assets/main-1.js", "isEntry": True},
    "src/styles/index.css": {"file": "assets/styles-1.css", "assets": ["assets/a.woff2"]},
}


def built(folder: Path, manifest: object = MANIFEST) -> Path:
    (folder / ".vite").mkdir(parents=True)
    (folder / ".vite" / "manifest.json").write_text(json.dumps(manifest))
    (folder / "sprite.svg").write_text('<svg class="sprite"></svg>')
    (folder / "sprite-staff.svg").write_text('<svg class="sprite"><symbol id="i-bell-ring"></symbol></svg>')
    return folder


@pytest.fixture
def pages(tmp_path: Path) -> Pages:
    return Pages(load(OUR), OUR, built(tmp_path / "dist"))


def told(shell: str) -> dict[str, object]:
    """What the shell tells its scripts."""
    block = re.search(r'<script type="application/json" id="porchlight">(.*?)</script>', shell, re.DOTALL)
    assert block
    found: dict[str, object] = json.loads(block[1])
    return found


class Words(HTMLParser):
    """What a page says, and every tag with its attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.said = ""
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.said += f" {data.strip()}" if data.strip() else ""


def every_page(pages: Pages) -> list[str]:
    return [
        pages.shell(),
        pages.shell("/rooms/night"),
        pages.help(),
        pages.help("GB"),
        pages.privacy(),
        pages.status(QUIET),
        pages.status(AWAY),
        pages.goodbye(),
    ]


def test_no_page_needs_an_exception_from_the_strict_policy(pages: Pages) -> None:
    for page in every_page(pages):
        for tag, attributes in Words(page).tags:
            assert tag != "style"
            assert "style" not in attributes
            assert not [name for name in attributes if name.startswith("on")]
            assert tag != "script" or attributes.get("src") or attributes.get("type") == "application/json"


def test_no_page_asks_anyone_else_for_anything(pages: Pages) -> None:
    for page in every_page(pages):
        fetched = [
            attributes.get("src") or attributes.get("href")
            for tag, attributes in Words(page).tags
            if tag in ("script", "link", "img")
        ]
        assert all(address is None or address.startswith("/") for address in fetched)


def test_every_page_is_in_its_language_unindexed_and_under_a_title_that_tells_nothing(pages: Pages) -> None:
    for page in every_page(pages):
        assert '<html lang="en" dir="ltr">' in page
        assert '<meta name="robots" content="noindex, nofollow">' in page
        assert re.search(r"<title>(Porchlight|New page)</title>", page)


def test_the_two_ways_out_are_the_first_links_of_every_page_but_the_last(pages: Pages) -> None:
    for page in every_page(pages)[:-1]:
        links = [attributes["href"] for tag, attributes in Words(page).tags if tag == "a"]
        assert links[:2] == ["/goodbye", "/help"]


def test_only_the_console_carries_the_icons_of_the_console(pages: Pages) -> None:
    assert all("i-bell-ring" in pages.shell(desk) for desk in ("/console", "/listen"))
    assert not [page for page in every_page(pages) if "i-bell-ring" in page]


def test_quick_exit_leads_to_the_operators_address(tmp_path: Path) -> None:
    settings = replace(OUR, exit_url="https://weather.example/")
    assert 'href="https://weather.example/"' in Pages(load(settings), settings, built(tmp_path)).help()


def test_the_goodbye_page_tells_nothing(pages: Pages) -> None:
    said = Words(pages.goodbye()).said.lower()
    assert not [word for word in ("porchlight", "harbour", "help", "room", "support") if word in said]


def test_without_scripts_the_shell_shows_the_doors_and_says_why_they_stay_shut(pages: Pages) -> None:
    shell = pages.shell()
    said = Words(shell).said
    assert "Talk with people who get it. No account." in said
    assert "A room" in said
    assert "I need help right now" in said
    assert "scripts switched off" in shell[shell.index("<noscript>") : shell.index("</noscript>")]
    assert "Run by Harbour Street." in said


def test_a_door_is_dark_where_we_can_not_tell_who_is_behind_it(pages: Pages) -> None:
    doors = [
        attributes["class"]
        for tag, attributes in Words(pages.shell()).tags
        if "door " in (attributes.get("class") or "")
    ]
    assert doors == ["door is-dark", "door is-lit"]


def test_the_shell_tells_its_scripts_all_that_help_needs_with_the_server_gone(pages: Pages) -> None:
    data = told(pages.shell())
    assert data["build"] == pages.build
    lines = data["lines"]
    assert isinstance(lines, dict)
    assert lines["world"]
    assert lines["countries"]["GB"]["emergency"] == ["999", "112"]
    assert "AD" not in lines["countries"]
    assert "AD" in lines["emergency"]["116"].split(), "of which nothing else is known"
    assert {"help", "card", "door", "room", "composer"} <= set(data["words"])  # type: ignore[call-overload]
    assert data["rules"]["version"] == 1  # type: ignore[index]


def test_a_peer_does_not_load_the_words_of_the_console(tmp_path: Path) -> None:
    (tmp_path / "wording").mkdir()
    (tmp_path / "wording" / "en.json").write_text('{"console": {"decide": "Decide"}}')
    settings = replace(OUR, content_dir=str(tmp_path))
    pages = Pages(load(settings), settings, built(tmp_path / "dist"))
    for path in ("/", "/rooms", "/rooms/night"):
        assert "console" not in told(pages.shell(path))["words"]  # type: ignore[operator]
    assert "console" in told(pages.shell("/console"))["words"]  # type: ignore[operator]


def test_a_room_says_beside_its_ways_which_languages_are_screened(tmp_path: Path) -> None:
    rooms = (OURS / "rooms.toml").read_text()
    (tmp_path / "rooms.toml").write_text(rooms.replace('id = "grief"', 'id = "grief"\nlanguages = ["es"]'))
    settings = replace(OUR, content_dir=str(tmp_path))
    pages = Pages(load(settings), settings, built(tmp_path / "dist"))

    def last_way(room: int, languages: str) -> str:
        return str(told(pages.shell("/rooms", languages))["rooms"][room]["guidelines"][-1])  # type: ignore[index]

    assert last_way(0, "en") == "The automatic check in this room reads: English, Spanish."
    assert last_way(1, "en") == "The automatic check in this room reads: Spanish."
    assert last_way(0, "es") == "La revisión automática de esta sala lee: inglés, español."


def test_what_is_wanted_later_is_not_in_the_first_load_and_is_in_the_language_of_the_page(tmp_path: Path) -> None:
    (tmp_path / "wording").mkdir()
    (tmp_path / "wording" / "de.json").write_text('{"later": {"block_undo": "Zurück"}}')
    settings = replace(OUR, content_dir=str(tmp_path))
    pages = Pages(load(settings), settings, built(tmp_path / "dist"))
    for path in ("/", "/rooms/night"):
        assert "later" not in told(pages.shell(path))["words"]  # type: ignore[operator]
    assert "later" in told(pages.shell("/console"))["words"]  # type: ignore[operator]
    assert set(pages.later()) == {"later", "report", "listening", "topics", "avoid", "tools", "own"}
    assert pages.later("de")["later"]["block_undo"] == "Zurück"  # type: ignore[index]
    assert pages.later()["later"]["block_undo"] == "Undo"  # type: ignore[index]


def test_the_data_can_not_end_its_own_block(tmp_path: Path) -> None:
    settings = replace(OUR, operator_name='</script><script src="https://evil.example">&\u2028')
    shell = Pages(load(settings), settings, built(tmp_path)).shell()
    assert told(shell)["operator"] == settings.operator_name
    assert '<script src="https:' not in shell
    assert "\u2028" not in told_raw(shell)


def told_raw(shell: str) -> str:
    return shell[shell.index('id="porchlight">') : shell.index("</script>")]


def test_help_shows_a_countrys_lines_text_first_and_its_emergency_number(pages: Pages) -> None:
    page = pages.help("GB", moment=NIGHT)
    said = Words(page).said
    assert said.index("Shout") < said.index("Samaritans") < said.index("999 or 112")
    assert 'href="sms:85258?&amp;body=SHOUT"' in page
    assert 'href="tel:116123"' in page
    assert said.count("Not yet checked by this service") == 3
    assert '<option value="GB" selected>' in page


def test_help_without_a_country_is_never_empty(pages: Pages) -> None:
    for country in ("", "ZZ", "<script>"):
        said = Words(pages.help(country)).said
        assert "Find A Helpline" in said
        assert "Call your local emergency number" in said
        assert "<script>" not in pages.help(country)


def test_the_operators_country_comes_first_until_another_is_chosen(tmp_path: Path) -> None:
    settings = replace(OUR, default_country="gb")
    pages = Pages(load(settings), settings, built(tmp_path))
    assert '<option value="GB" selected>' in pages.help()
    assert '<option value="AT" selected>' in pages.help("AT")


def test_a_closed_line_stands_under_its_own_heading_with_its_hour(pages: Pages) -> None:
    said = Words(pages.help("LU", moment=NIGHT)).said
    assert said.index("Find A Helpline") < said.index("Closed right now") < said.index("SOS Détresse")
    assert "Closed, opens 11:00" in said


def test_the_help_page_names_where_its_numbers_come_from(pages: Pages) -> None:
    said = Words(pages.help()).said
    assert "Wikipedia" in said
    assert "CC BY-SA" in said


def test_the_privacy_page_is_true_to_the_settings(tmp_path: Path) -> None:
    settings = replace(OUR, history_ms=48 * 3_600_000, report_ms=24 * 3_600_000, one_ms=12 * 3_600_000)
    said = Words(Pages(load(settings), settings, built(tmp_path)).privacy()).said
    assert "gone after 2 days" in said
    assert "12 hours after the last word" in said
    assert "What we could be made to hand over" in said
    assert "can’t send help to you" in said
    assert "No internet address." in said


def figures(page: str) -> list[str]:
    """Every line below the heading."""
    return re.findall(r"<dd>(.*?)</dd>", page)


def test_the_status_says_how_it_is_and_nothing_else(pages: Pages) -> None:
    assert figures(pages.status(QUIET)) == [
        "They arrive as usual.",
        "Someone from our team is on duty.",
        "8 of 9 are open.",
        "Fewer than 5 are free.",
        "Fewer than 10 people.",
        "Nobody has waited longer than 5 minutes.",
    ]
    assert "As it was at 21:04 UTC." in Words(pages.status(QUIET)).said


def test_a_full_evening_is_told_in_steps(pages: Pages) -> None:
    full = Listening(Listeners.FREE, free=10, waiting=20, wait=Wait.TOO_LONG)
    evening = msgspec.structs.replace(QUIET, on_duty=False, away=(Part.SCREENING,), listening=full)
    assert figures(pages.status(evening)) == [
        "A person looks at every message first.",
        "No one from our team is on duty right now. The lines under Get help now work without us.",
        "8 of 9 are open.",
        "10 or more are free.",
        "20 people or more.",
        "The longest wait is over 10 minutes.",
    ]


def test_a_status_that_can_not_be_told_is_not_made_up(pages: Pages) -> None:
    assert figures(pages.status(AWAY)) == [
        "We can’t pass messages on right now.",
        "A person looks at every message first.",
        "We can’t tell right now.",
        "We can’t tell right now.",
    ]


def test_a_browser_is_answered_in_the_first_of_its_languages_that_we_have(tmp_path: Path) -> None:
    own = tmp_path / "own" / "wording"
    own.mkdir(parents=True)
    (own / "ar.json").write_text(json.dumps({"_dir": "rtl", "door": {"title": "مرحبا"}}))
    settings = replace(OUR, content_dir=str(tmp_path / "own"))
    pages = Pages(load(settings), settings, built(tmp_path / "dist"))
    for wishes in ("ar-EG, en;q=0.8", "xx, AR"):
        assert '<html lang="ar" dir="rtl">' in pages.shell(languages=wishes)
        assert "مرحبا" in pages.shell(languages=wishes)
    assert "Some of these pages are in English." in pages.shell(languages="ar")
    for wishes in ("", "en-GB", "xx", ";;,,", "*"):
        assert '<html lang="en"' in pages.shell(languages=wishes)


def test_a_browser_that_speaks_spanish_is_spoken_to_in_spanish(pages: Pages) -> None:
    shell = told(pages.shell(languages="es-MX,es;q=0.9,en;q=0.8"))
    assert (shell["lang"], shell["dir"]) == ("es", "ltr")
    said = Words(pages.help("DE", "es", NIGHT)).said
    assert "Líneas, Alemania" in said
    assert "Este servicio aún no la ha comprobado" in said
    assert "alemán" in said
    for page in (pages.help("GB", "es"), pages.privacy("es"), pages.goodbye("es"), pages.shell(languages="es")):
        assert '<html lang="es" dir="ltr">' in page
        assert "Salir ya" in page or "Página nueva" in page
        assert "Algunas de estas páginas están en inglés." not in Words(page.split('id="porchlight"')[0]).said


def test_a_service_that_speaks_spanish_does_so_unless_a_browser_asks_for_another(tmp_path: Path) -> None:
    settings = replace(OUR, language="es")
    pages = Pages(load(settings), settings, built(tmp_path))
    for wishes, lang in (("", "es"), ("fr", "es"), ("en-GB", "en")):
        assert f'<html lang="{lang}"' in pages.shell(languages=wishes)


def test_a_browser_is_told_only_the_names_that_it_does_not_have(tmp_path: Path) -> None:
    own = json.loads((OURS / "lines.json").read_text())
    own["countries"]["GB"]["name"] = "Northern Ireland"
    own["languages"]["en"] = "English, slowly"
    (tmp_path / "lines.json").write_text(json.dumps(own))
    settings = replace(OUR, content_dir=str(tmp_path))
    lines: Any = told(Pages(load(settings), settings, built(tmp_path / "dist")).shell())["lines"]
    named = {code: country["name"] for code, country in lines["countries"].items() if "name" in country}
    assert named == {"GB": "Northern Ireland", "HK": "Hong Kong"}
    assert lines["languages"] == {"en": "English, slowly", "oj": "Ojibwe", "tl": "Tagalog"}


def test_countries_stand_in_the_order_in_which_people_look_for_them(pages: Pages) -> None:
    options = re.findall(r'<option value="[A-Z]{2}">([^<]*)<', pages.help())
    assert options.index("Åland Islands") < options.index("Albania")
    assert options.index("Albania") < options.index("Zambia")


def test_an_operators_own_page_wins(tmp_path: Path) -> None:
    own = tmp_path / "own" / "pages"
    own.mkdir(parents=True)
    (own / "goodbye.html.j2").write_text("<p>Weather</p>")
    settings = replace(OUR, content_dir=str(tmp_path / "own"))
    assert Pages(load(settings), settings, built(tmp_path / "dist")).goodbye() == "<p>Weather</p>"


def test_a_client_that_is_not_built_is_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(NotBuilt, match="make run"):
        Pages(load(OUR), OUR, tmp_path)
    with pytest.raises(NotBuilt, match="of another version"):
        Pages(load(OUR), OUR, built(tmp_path / "old", {}))
