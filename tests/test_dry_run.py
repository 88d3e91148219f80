"""What another policy would have picked up: by rule and room, with the text and without a trace of its author."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from server.config import Settings
from server.domain.channels import DESK
from server.domain.policies import PolicyBook, Version, digest
from server.domain.rooms import Kind, Room
from server.dry_run import TEXTS, Difference, dry_run, tried
from server.files import BadContent
from server.judging import built
from server.protocol.codec import UNSTAMPED, encode
from server.protocol.events import Said
from server.protocol.people import Voice
from server.store.store import Store, opened
from tests.actions.soup import ROOMS, soup
from tests.test_policy import written

ROOM = Room(id="evening", name="Evening", about="A room for a test.", kind=Kind.TOPIC)
NOW, THEN = soup("bean soup"), soup("pea soup")
ANA = "a" * 32
HANDLE = "calm-otter-55"


async def say(store: Store, text: str, channel: str = "room:evening", person: str = ANA) -> None:
    said = Said(
        channel=channel,
        id="m1",
        client_id=bytes(16),
        handle=HANDLE,
        voice=Voice.PEER,
        text=text,
        at=UNSTAMPED,
    )
    await store.channels.append(channel, encode(said), f"say {text}", person)


@pytest.fixture
async def store(settings: Settings) -> AsyncIterator[Store]:
    store = await opened(settings, settings.redis_url)
    await store.policies.keep(digest(NOW), NOW)
    await store.policies.change(b"", PolicyBook().started(Version(0, "bean soup", digest(NOW), since=1)))
    yield store
    await store.close()


@pytest.fixture
def with_soup(settings: Settings, tmp_path: Path) -> Settings:
    rooms = '[[rooms]]\nid = "{0}"\nname = "{0}"\nkind = "topic"\nabout = "A room for a test."\n'
    both = (rooms.format("evening") + rooms.format("grief")).encode()
    return replace(settings, content_dir=written(tmp_path / "content", {"rooms.toml": both, **THEN}))


async def test_what_would_be_different_is_told_by_rule_and_room_with_the_texts(
    with_soup: Settings, store: Store
) -> None:
    await say(store, "we had pea soup\ntoday")
    await say(store, "we had bean soup")
    await say(store, "we had stew")
    await say(store, "pea soup, too", "room:grief")
    told = await dry_run(with_soup, store, "", (), "Omar")
    assert told.splitlines() == [
        "4 messages of 2 rooms were read, and no one-to-one. What is held or masked is not in it.",
        "conduct.soup: held for a moderator instead of left alone, 2 times (evening 1, grief 1)",
        "    we had pea soup today",
        "    pea soup, too",
        "conduct.soup: left alone instead of held for a moderator, 1 times (evening 1)",
        "    we had bean soup",
    ]


async def test_it_says_nothing_of_who_wrote_and_reads_no_one_to_one(with_soup: Settings, store: Store) -> None:
    await say(store, "we had pea soup")
    for private in ("one:abc", "ticket:abc", "ask:abc"):
        await say(store, "pea soup in private", private)
    told = await dry_run(with_soup, store, "", (), "Omar")
    assert "we had pea soup" in told
    assert not [trace for trace in (HANDLE, ANA, "private") if trace in told]


async def test_only_the_rooms_that_are_named_are_read_and_that_is_on_record(with_soup: Settings, store: Store) -> None:
    await say(store, "we had pea soup")
    told = await dry_run(with_soup, store, "", ("grief",), "Omar")
    assert told.splitlines()[1:] == ["Nothing would be different."]
    (row,) = await store.moderation.audit_rows([DESK])
    assert (row.who, row.what, row.which) == ("Omar", "policy_dry_run", "room:grief")
    with pytest.raises(BadContent, match="kitchen is no room"):
        await dry_run(with_soup, store, "", ("kitchen",), "Omar")


async def test_of_many_texts_some_are_shown_and_all_are_counted(with_soup: Settings, store: Store) -> None:
    for place in range(TEXTS + 3):
        await say(store, f"pea soup number {place}")
    told = (await dry_run(with_soup, store, "", (), "Omar")).splitlines()
    assert f"{TEXTS + 3} times" in told[1]
    assert told[-1] == "    and 3 more"
    assert len(told) == TEXTS + 3


async def test_a_text_is_read_with_what_its_author_said_just_before(store: Store) -> None:
    now, then = built(NOW, ROOMS), built(soup("soup of the day"), ROOMS)
    for text, person in (("i want the soup", ANA), ("of the night", "b" * 32), ("of the day", ANA)):
        await say(store, text, person=person)
    log = await store.channels.before("room:evening", None, 10)
    hits = list(tried(log, ROOM, now, then, ""))
    assert [(hit.text, hit.difference) for hit in hits] == [
        ("of the day", Difference("conduct.soup", "", "hold")),
    ]


async def test_another_verdict_for_the_same_rule_is_a_difference(store: Store) -> None:
    milder = {**NOW, "policy.toml": NOW["policy.toml"].replace(b"[verdicts]", b'[verdicts]\nunkind = "note"')}
    await say(store, "we had bean soup")
    log = await store.channels.before("room:evening", None, 10)
    (hit,) = tried(log, ROOM, built(NOW, ROOMS), built(milder, ROOMS), "")
    assert hit.difference == Difference("conduct.soup", "hold", "note")
