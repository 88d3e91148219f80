"""The pages that the server writes: the shell, and help, privacy, status and goodbye, which need no scripts."""

import hashlib
import json
import unicodedata
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from msgspec import structs

from server.config import Settings

if TYPE_CHECKING:
    from server.actions.phone import View
    from server.domain.content import Content, Wording
    from server.domain.lines import Directory, Names
    from server.domain.rooms import Room
    from server.domain.status import Status

TEMPLATES = Path(__file__).parent.parent / "data" / "pages"
STYLES, EARLY, SCRIPT = "src/styles/index.css", "src/early.ts", "src/main.tsx"
STATIC = "/static/"
MINUTE_MS = 60_000
ONLY_HERE = {"_review", "pages", "privacy", "duration", "pager", "status"}  # sections that no script needs
# Sections that are asked for when they are wanted: the first load is light.
LATER = {"later", "own", "report", "listening", "topics", "avoid", "tools"}
FOR_STAFF = {"console", "listener", "supervising", "training", "policy"}  # sections that a peer's phone need not load
DESKS = ("/console", "/listen")
# What could end the data block or the page around it, wherever a browser looks for it.
ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


class NotBuilt(FileNotFoundError):
    """The client's files are not there; the message says what to do."""


class Asset(msgspec.Struct, frozen=True):
    """One entry of the manifest that the build writes."""

    file: str
    css: tuple[str, ...] = ()
    assets: tuple[str, ...] = ()


class Pages:
    """Each page in each language; `build` changes with every build of the client."""

    def __init__(self, content: "Content", settings: Settings, dist: Path) -> None:
        self._content = content
        self._settings = settings
        written = _read(dist)
        self._manifest = _manifest(written)
        self._sprite = Markup((dist / "sprite.svg").read_text())
        self._staff_sprite = Markup((dist / "sprite-staff.svg").read_text())
        self.build = hashlib.sha256(written).hexdigest()[:12]
        own = [Path(settings.content_dir) / "pages"] if settings.content_dir else []
        self._templates = Environment(
            loader=FileSystemLoader([*own, TEMPLATES]),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._shells: dict[tuple[str, str], str] = {}

    def shell(self, path: str = "/", languages: str = "") -> str:
        """The page that scripts fill; without them it shows the doors, and help and the way out."""
        wording = self._wording(languages)
        view = path if path in ("/", *DESKS) else "room"
        key = (wording.language, view)
        if key not in self._shells:
            text = json.dumps(self._data(wording, view), ensure_ascii=False, separators=(",", ":"))
            data = Markup(text.translate(ESCAPES))
            more = self._staff_sprite if view in DESKS else ""
            self._shells[key] = self._page("shell", wording, data=data, more=more, doors=view == "/")
        return self._shells[key]

    def help(self, country: str = "", languages: str = "", moment: datetime | None = None) -> str:
        """Whom to reach now, from `country` where we know lines for it; a country is chosen, never guessed."""
        wording = self._wording(languages)
        lines = wording.lines
        code = (country or self._settings.default_country).upper()
        return self._page(
            "help",
            wording,
            choice=lines.nearest(code, wording.language, moment or datetime.now(UTC)),
            chosen=code if code in lines.countries else "",
            countries=sorted(
                ((named.name, code) for code, named in lines.countries.items()), key=lambda each: _plain(each[0])
            ),
            directory=lines,
        )

    def privacy(self, languages: str = "") -> str:
        return self._page("privacy", self._wording(languages))

    def goodbye(self, languages: str = "") -> str:
        """A page that tells nothing about where someone was."""
        return self._page("goodbye", self._wording(languages))

    def status(self, status: "Status", languages: str = "") -> str:
        time = datetime.fromtimestamp(status.at / 1000, UTC)
        return self._page("status", self._wording(languages), status=status, time=f"{time:%H:%M}")

    def phone(self, view: "View", path: str, languages: str = "") -> str:
        """What a link of the pager leads to; `path` is where its button leads."""
        wording = self._wording(languages)
        minutes = view.ago_ms // MINUTE_MS
        unit = "moment" if minutes < 1 else "minutes_one" if minutes == 1 else "minutes_other"
        return self._page(
            "phone",
            wording,
            view=view,
            path=path,
            ago=wording.words["pager"][unit].replace("{count}", str(minutes)),
        )

    def later(self, languages: str = "") -> dict[str, object]:
        """The sentences that the shell does not carry, in the shell's language."""
        return {section: words for section, words in self._wording(languages).words.items() if section in LATER}

    def _page(self, name: str, wording: "Wording", **filling: object) -> str:
        template = self._templates.get_template(f"{name}.html.j2")
        return template.render(
            w=_words(wording),
            lang=wording.language,
            dir=wording.direction,
            partly=wording.borrowed > 0 and wording.language != "en",
            settings=self._settings,
            sprite=self._sprite,
            **({"more": ""} | filling),
            styles=STATIC + self._manifest[STYLES].file,
            fonts=[STATIC + file for file in self._manifest[STYLES].assets if file.endswith(".woff2")],
            early=STATIC + self._manifest[EARLY].file,
            script=STATIC + self._manifest[SCRIPT].file,
            exit_url=self._settings.exit_url or "/goodbye",
        )

    def _wording(self, languages: str) -> "Wording":
        """What a browser asks for first and we have, else the service's own language."""
        wordings = self._content.wordings
        asked = (wish.split(";")[0].strip().lower() for wish in languages.split(","))
        found = (name for wish in asked for name in (wish, wish.split("-")[0]) if name in wordings)
        return wordings[next(found, self._settings.language)]

    def _data(self, wording: "Wording", view: str) -> dict[str, object]:
        """What the shell tells its scripts; nothing in it depends on who asks."""
        settings = self._settings
        left_out = ONLY_HERE if view in DESKS else ONLY_HERE | LATER | FOR_STAFF
        return {
            "build": self.build,
            "lang": wording.language,
            "dir": wording.direction,
            "service": settings.service_name,
            "operator": settings.operator_name,
            "demo": settings.demo,
            "age_question": settings.age_question,
            "one_listener": settings.one_listener,
            "under_18": settings.under_18,
            "exit_url": settings.exit_url,
            "country": settings.default_country.upper(),
            "words": {section: words for section, words in wording.words.items() if section not in left_out},
            "rooms": [_brief(room, wording) for room in wording.rooms.values()],
            "rules": msgspec.to_builtins(wording.rules),
            "lines": _directory(wording.lines, wording.names),
        }


def _brief(room: "Room", wording: "Wording") -> dict[str, object]:
    """As a page needs it: of how a room is screened it says only, beside the room's ways, in which languages."""
    languages = ", ".join(wording.names.languages.get(code, code) for code in room.languages)
    read_in = wording.words["pages"]["read_in"].replace("{languages}", languages)
    whole = msgspec.to_builtins(structs.replace(room, guidelines=(*room.guidelines, read_in)))
    return {name: value for name, value in whole.items() if name not in ("languages", "region", "screening")}


def _read(dist: Path) -> bytes:
    try:
        return (dist / ".vite" / "manifest.json").read_bytes()
    except FileNotFoundError:
        raise NotBuilt("the client is not built; `make run` builds it") from None


def _manifest(written: bytes) -> dict[str, Asset]:
    manifest = msgspec.json.decode(written, type=dict[str, Asset])
    if not {STYLES, EARLY, SCRIPT} <= manifest.keys():
        raise NotBuilt("the client's build is of another version; `make run` builds it anew")
    return manifest


def _words(wording: "Wording") -> Callable[..., str]:
    """`w("help.title")`; what stands in braces is filled from the named values."""

    def word(key: str, **values: object) -> str:
        section, name = key.split(".")
        sentence = wording.words[section][name]
        for value in values:
            sentence = sentence.replace(f"{{{value}}}", str(values[value]))
        return sentence

    return word


def _plain(name: str) -> str:
    """A name as people look for it in a list: Álava beside Alabama, not after Zambia."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", name) if not unicodedata.combining(sign)).casefold()


def _directory(lines: "Directory", names: "Names") -> dict[str, object]:
    """The directory as a browser needs it: without where its numbers come from, which the help page tells, and without
    the names that a browser has itself. Of most countries we know the emergency numbers only: those stand together, by
    number."""

    def brief(line: dict[str, object]) -> dict[str, object]:
        return {name: value for name, value in line.items() if value and name not in ("source", "confidence")}

    countries = {
        code: ({} if country["name"] == names.countries.get(code) else {"name": country["name"]})
        | {"emergency": country.get("emergency", [])}
        | ({"lines": [brief(line) for line in country["lines"]]} if country.get("lines") else {})
        for code, country in msgspec.to_builtins(lines.countries).items()
    }
    alone = {
        code: " ".join(country["emergency"]) for code, country in countries.items() if list(country) == ["emergency"]
    }
    emergency: dict[str, str] = {}
    for code, numbers in alone.items():
        emergency[numbers] = f"{emergency[numbers]} {code}" if numbers in emergency else code
    world = [brief(line) for line in msgspec.to_builtins(lines.world)]
    languages = {code: name for code, name in lines.languages.items() if name != names.languages.get(code)}
    countries = {code: country for code, country in countries.items() if code not in alone}
    return {"world": world, "countries": countries, "emergency": emergency, "languages": languages}
