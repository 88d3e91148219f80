"""Reads server/data and the operator's own copies of it, and refuses what does not fit its schema."""

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar
from zoneinfo import available_timezones

import msgspec
from msgspec.structs import asdict, replace

from server.config import Settings
from server.domain.content import Content, EmergencyFile, Rules, Wording, Words, spoken
from server.domain.course import TrainingFile
from server.domain.handbook import HandbookFile
from server.domain.lines import Directory, Names
from server.domain.returning import ReturnWordList
from server.domain.rooms import Room, Rooms, RoomWords
from server.domain.routes import PagerFile
from server.domain.screening import Policy
from server.domain.verification import STALE_DAYS, Due, due

OURS = Path(__file__).parent / "data"
INDEX = OURS / ".index"  # made of the rules by `python -m server.index`
FIRST_LANGUAGE = "en"  # the one that is always whole; what another lacks is borrowed from it

Sentences = dict[str, str | dict[str, str]]
T = TypeVar("T")


class BadContent(ValueError):
    """A file that can't be used; one sentence for the operator names it and the field."""


def load(settings: Settings) -> Content:
    """Everything in the files, checked; `BadContent` names the first that can't be used."""
    if settings.content_dir and not Path(settings.content_dir).is_dir():
        raise BadContent(f"CONTENT_DIR={settings.content_dir} is no folder.")
    rooms, lines = _rooms(settings), _lines(settings)
    wordings = _wordings(settings, rooms, lines)
    if settings.language not in wordings:
        raise BadContent(f"LANGUAGE={settings.language} has no file wording/{settings.language}.json.")
    first = wordings[settings.language]
    return Content(
        rooms=rooms,
        rules=first.rules,
        lines=lines,
        words=first.words,
        wordings=wordings,
        training_version=first.training.version,
        emergency=read("emergency.toml", EmergencyFile, settings).policy.strip(),
    )


def pager(settings: Settings) -> PagerFile:
    """How people are called who do not look at the desk, checked."""
    file = read("pager.toml", PagerFile, settings)
    if (fault := file.fault(available_timezones())) is not None:
        raise BadContent(f"{_named('pager.toml', settings)} can't be used: {fault}.")
    return file


def return_words(settings: Settings) -> ReturnWordList:
    """The words by which people come back, checked: a word that stands there twice is chance that is not there."""
    words = read("return_words.toml", ReturnWordList, settings)
    if words.repeats() or not words.languages:
        raise BadContent(f"{_named('return_words.toml', settings)} can't be used: no words, or one of them twice.")
    return words


def read(name: str, kind: type[T], settings: Settings) -> T:
    """One file as a struct: the operator's copy where there is one, else ours."""
    named = _named(name, settings)
    return decoded(_bytes(_place(name, settings), named), name, kind, named)


def decoded(content: bytes, name: str, kind: type[T], named: str = "") -> T:
    """A file's bytes as a struct; it is `named` so where they can't be used."""
    decode = msgspec.toml.decode if name.endswith(".toml") else msgspec.json.decode
    try:
        return decode(content, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError) as fault:
        raise BadContent(f"{named or name} can't be used: {fault}.") from None


class Reading:
    """Reads as `read` does, with these files as the operator's copies, and knows afterwards which it has read."""

    def __init__(self, own: Mapping[str, bytes]) -> None:
        self._own = own
        self.contents: dict[str, bytes] = {}

    def __call__(self, name: str, kind: type[T]) -> T:
        is_own = name in self._own
        named = f"{name} of your own" if is_own else name
        self.contents[name] = self._own[name] if is_own else _bytes(OURS / name, named)
        return decoded(self.contents[name], name, kind, named)

    @property
    def own(self) -> dict[str, bytes]:
        """Those of the operator's files that were read."""
        return {name: content for name, content in self.contents.items() if name in self._own}


def own(folder: str) -> dict[str, bytes]:
    """Every file of the operator's folder that screening might read, by its name in it; none where there is none."""
    paths = [path for kind in ("*.toml", "*.json") for path in Path(folder).rglob(kind)] if folder else []
    return {str(path.relative_to(folder)): _bytes(path, str(path)) for path in paths if path.is_file()}


def kept_index() -> bytes:
    """Empty where none was made."""
    try:
        return INDEX.read_bytes()
    except OSError:
        return b""


def keep_index(content: bytes) -> None:
    """At once, for a server may be reading it."""
    aside = INDEX.with_suffix(".new")
    aside.write_bytes(content)
    aside.replace(INDEX)


def lines_to_check(lines: Directory, today: date) -> tuple[Due, ...]:
    """The crisis lines that nobody has checked, or not in the last `STALE_DAYS`."""
    return due(lines, (today - timedelta(days=STALE_DAYS)).isoformat(), today.isoformat())


def _rooms(settings: Settings) -> dict[str, Room]:
    rooms = read("rooms.toml", Rooms, settings)
    if (twice := rooms.twice()) is not None:
        raise BadContent(f"{_named('rooms.toml', settings)} can't be used: two rooms have the id {twice}.")
    screened = read("policy.toml", Policy, settings).languages
    if (unscreened := rooms.unscreened(screened)) is not None:
        room, language = unscreened
        named = _named("rooms.toml", settings)
        raise BadContent(
            f"{named} can't be used: {room} is to be read in {language}, which policy.toml does not screen."
        )
    return {room.id: replace(room, languages=room.languages or screened) for room in rooms.rooms}


def _rules(language: str, settings: Settings, told: dict[str, str]) -> Rules:
    rules = read("rules.toml", Rules, settings)
    name = _translation("rules.toml", language, settings)
    if name is not None and rules.differs(rules := read(name, Rules, settings)):
        raise BadContent(f"{_named(name, settings)} can't be used: it is not rules.toml line by line, of its version.")
    rules = Rules(rules.version, tuple(_filled(line, told) for line in rules.lines))
    if (long := rules.too_long()) is not None:
        name = name or "rules.toml"
        raise BadContent(f"{_named(name, settings)} can't be used: a rule has twelve words or more: {long}")
    return rules


def _handbook(language: str, settings: Settings) -> HandbookFile:
    book = read("handbook.toml", HandbookFile, settings)
    if (twice := book.twice()) is not None:
        raise BadContent(f"{_named('handbook.toml', settings)} can't be used: two questions have the id {twice}.")
    name = _translation("handbook.toml", language, settings)
    if name is not None and book.differs(book := read(name, HandbookFile, settings)):
        raise BadContent(f"{_named(name, settings)} can't be used: its questions are not those of handbook.toml.")
    return book


def _training(language: str, settings: Settings) -> TrainingFile:
    course = read("training.toml", TrainingFile, settings)
    if (fault := course.fault()) is not None:
        raise BadContent(f"{_named('training.toml', settings)} can't be used: {fault}.")
    name = _translation("training.toml", language, settings)
    if name is not None and course.differs(course := read(name, TrainingFile, settings)):
        raise BadContent(f"{_named(name, settings)} can't be used: it is not training.toml step by step.")
    return course


def _rooms_in(language: str, settings: Settings, rooms: dict[str, Room]) -> dict[str, Room]:
    name = _translation("rooms.toml", language, settings)
    words = read(name, dict[str, RoomWords], settings) if name else {}
    return {id: replace(room, **asdict(words[id])) if id in words else room for id, room in rooms.items()}


def _names(language: str, settings: Settings) -> Names:
    name = f"names/{language}.json"
    return read(name, Names, settings) if _place(name, settings).is_file() else Names()


def _lines(settings: Settings) -> Directory:
    directory = read("lines.json", Directory, settings)
    if (fault := directory.fault(available_timezones(), _is_day)) is not None:
        raise BadContent(f"{_named('lines.json', settings)} can't be used: {fault}.")
    return directory


def _is_day(written: str) -> bool:
    try:
        return bool(date.fromisoformat(written))
    except ValueError:
        return False


def _wordings(settings: Settings, rooms: dict[str, Room], lines: Directory) -> dict[str, Wording]:
    places = [OURS / "wording", *([Path(settings.content_dir) / "wording"] if settings.content_dir else [])]
    languages = {path.stem for place in places for path in place.glob("*.json")}
    lender = _sections(read(f"wording/{FIRST_LANGUAGE}.json", Sentences, Settings()))
    return {language: _wording(language, settings, lender, rooms, lines) for language in sorted(languages)}


def _wording(language: str, settings: Settings, lender: Words, rooms: dict[str, Room], lines: Directory) -> Wording:
    """One language; whatever it lacks is borrowed and counted, so that the page can say so."""
    name = f"wording/{language}.json"
    given = read(name, Sentences, settings)
    own = _sections(given)
    whole = {section: {**lender.get(section, {}), **own.get(section, {})} for section in {**lender, **own}}
    told, names = _told(settings, whole), _names(language, settings)
    return Wording(
        language=language,
        name=str(given.get("_name", language)),
        direction="rtl" if given.get("_dir") == "rtl" else "ltr",
        words={section: {key: _filled(text, told) for key, text in words.items()} for section, words in whole.items()},
        rooms=_rooms_in(language, settings, rooms),
        rules=_rules(language, settings, told),
        lines=lines if language == FIRST_LANGUAGE else lines.named(names),
        names=names,
        handbook=_handbook(language, settings),
        training=_training(language, settings),
        borrowed=sum(key not in own.get(section, {}) for section, words in lender.items() for key in words),
    )


def _sections(given: Sentences) -> Words:
    """Without what the file says about itself."""
    return {section: words for section, words in given.items() if isinstance(words, dict)}


def _told(settings: Settings, words: Words) -> dict[str, str]:
    """What a sentence may promise about keeping, taken from the settings so that it is true."""
    kept = {
        "{room_kept}": settings.history_ms,
        "{thread_kept}": settings.thread_ms,
        "{inbox_kept}": settings.inbox_ms,
        "{removed_kept}": settings.sealed_ms,
        "{report_kept}": settings.report_ms,
        "{ticket_kept}": settings.ticket_ms,
        "{audit_kept}": settings.audit_ms,
        "{person_kept}": settings.person_ms,
        "{handle_kept}": settings.handle_ms,
        "{session_kept}": settings.session_ms,
        "{card_rest}": settings.card_rest_ms,
        "{page_quiet}": settings.page_quiet_ms,
        "{one_kept}": settings.one_ms,
        "{one_length}": settings.one_length_ms,
        "{one_extension}": settings.one_extension_ms,
        "{place_kept}": settings.place_ms,
        "{come_back}": settings.come_back_ms,
        "{feedback_kept}": settings.feedback_ms,
    }
    return {name: spoken(ms, words.get("duration", {})) for name, ms in kept.items()} | {
        "{room_messages}": str(settings.history_messages)
    }


def _filled(text: str, told: dict[str, str]) -> str:
    for name, value in told.items():
        text = text.replace(name, value)
    return text


def _bytes(path: Path, named: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as fault:
        raise BadContent(f"{named} can't be read: {fault.strerror}.") from None


def _place(name: str, settings: Settings) -> Path:
    own = Path(settings.content_dir) / name
    return own if settings.content_dir and own.is_file() else OURS / name


def _translation(name: str, language: str, settings: Settings) -> str | None:
    """The same file in another language. Ours says nothing of a file that is the operator's own."""
    stem, ending = name.split(".")
    translated = f"{stem}.{language}.{ending}"
    place = _place(translated, settings)
    is_apt = place.parent != OURS or _place(name, settings).parent == OURS
    return translated if is_apt and place.is_file() else None


def _named(name: str, settings: Settings) -> str:
    return name if _place(name, settings) == OURS / name else f"{name} in CONTENT_DIR"
