"""What other rules would do otherwise with the rooms' last messages: told by rule, with the texts and without names."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from server import files
from server.actions.policy_book import NotNow
from server.actions.screening import Recent
from server.config import Settings
from server.domain.advising import said
from server.domain.channels import DESK, Entry
from server.domain.content import Words
from server.domain.moderation import AuditRow
from server.domain.policies import Judging
from server.domain.rooms import Room
from server.domain.screening import Lane, Runs, Screened, Verdict, weighed
from server.files import BadContent
from server.judging import built
from server.policy import own_files, rooms
from server.protocol.codec import inside
from server.protocol.events import Restored, Said
from server.store.store import Store

MESSAGES = 500  # of each room, at most; older ones are mostly gone
TEXTS = 20  # of each difference
LEFT_ALONE = ""  # where a rule picks up nothing


class Difference(NamedTuple):
    """One rule that would do something else with a text than now: with what verdict, or left alone."""

    rule: str
    now: str
    then: str


class Hit(NamedTuple):
    room: str
    text: str
    difference: Difference


async def dry_run(settings: Settings, store: Store, place: str, wanted: Sequence[str], by: str) -> str:
    """Reads rooms alone, never a one-to-one or a thread; that rooms were read is on record."""
    content = files.load(settings)
    if strange := [room for room in wanted if room not in content.rooms]:
        raise BadContent(f"{strange[0]} is no room.")
    now, then = await _present(settings, store), built(own_files(settings, place), rooms(settings))
    chosen = [room for room in content.rooms.values() if not wanted or room.id in wanted]
    logs = [(room, await store.channels.before(room.channel, None, MESSAGES)) for room in chosen]
    row = AuditRow(by, "policy_dry_run", " ".join(room.channel for room in chosen), then.digest, store.clock.now())
    await store.moderation.note(DESK, row)
    hits = [hit for room, log in logs for hit in tried(log, room, now, then, settings.default_country)]
    count = sum(len(list(_messages(log))) for _, log in logs)
    return "\n".join(_told(hits, count, len(chosen), content.words))


def tried(log: Iterable[Entry], room: Room, now: Judging, then: Judging, country: str) -> Iterator[Hit]:
    """Each text in the light of what the same person said just before, as when it was written."""
    at = 0.0
    recent = Recent(lambda: at)
    for entry, message in _messages(log):
        at = entry.at / 1000
        context = recent.joined_by(entry.person, room.channel, message.text)
        before, after = (
            _picked_up(judging, _screened(judging, room, message.text, context, country)) for judging in (now, then)
        )
        for rule in sorted(before.keys() | after.keys()):
            difference = Difference(rule, before.get(rule, LEFT_ALONE), after.get(rule, LEFT_ALONE))
            if difference.now != difference.then:
                yield Hit(room.id, message.text, difference)


def _screened(judging: Judging, room: Room, text: str, context: Sequence[str], country: str) -> Screened:
    return Screened.of(
        text,
        level=judging.policy.level(room.id, room.screening),
        languages=room.languages,
        context=context,
        region=room.region or country,
        room=room.id,
    )


async def _present(settings: Settings, store: Store) -> Judging:
    _, book = await store.policies.book()
    if not book.versions:
        raise NotNow("No process has started with this store yet.")
    return built(await store.policies.files(book.present.files), rooms(settings))


def _messages(log: Iterable[Entry]) -> Iterator[tuple[Entry, Said | Restored]]:
    for entry in log:
        event = inside(entry.frame)
        if isinstance(event, Said | Restored):
            yield entry, event


def _picked_up(judging: Judging, screened: Screened) -> dict[str, str]:
    """By rule, what follows; nothing is sent to a screener outside."""
    here = (screener for screener in judging.screeners if screener.runs is not Runs.REMOTE)
    found = weighed(said(here, screened), judging.policy, screened)
    return {
        opinion.rule: verdict.value
        for verdict, opinion in found
        if verdict is not Verdict.ALLOW or opinion.lane is Lane.CARE
    }


def _told(hits: Sequence[Hit], messages: int, rooms: int, words: Words) -> Iterator[str]:
    yield f"{messages} messages of {rooms} rooms were read, and no one-to-one. What is held or masked is not in it."
    if not hits:
        yield "Nothing would be different."
    by_difference: dict[Difference, list[Hit]] = {}
    for hit in hits:
        by_difference.setdefault(hit.difference, []).append(hit)
    for difference, found in sorted(by_difference.items()):
        places = ", ".join(f"{room} {count}" for room, count in sorted(Counter(hit.room for hit in found).items()))
        now, then = (_verdict(side, words) for side in (difference.now, difference.then))
        yield f"{difference.rule}: {then} instead of {now}, {len(found)} times ({places})"
        yield from (f"    {' '.join(hit.text.split())}" for hit in found[:TEXTS])
        if len(found) > TEXTS:
            yield f"    and {len(found) - TEXTS} more"


def _verdict(verdict: str, words: Words) -> str:
    return words["policy"][f"as_{verdict}"] if verdict else "left alone"
