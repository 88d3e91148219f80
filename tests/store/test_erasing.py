"""Erased is gone from the bytes; numbers and everyone else's lines stay. Against real stores."""

from server.domain.errands import Wipe
from server.protocol import codec
from server.protocol.codec import UNSTAMPED, encode
from server.protocol.events import Removed, TicketSettled
from server.store import keys
from server.store.store import Store

ANA, BEN = "a" * 32, "b" * 32
INBOX, NIGHT = "inbox:" + ANA, "room:night"


async def told(store: Store, *texts: str) -> None:
    for place, text in enumerate(texts):
        await store.channels.append(INBOX, encode(TicketSettled(ticket=text, at=UNSTAMPED)), f"e{place}", ANA)


async def test_many_lines_go_in_one_step_and_each_leaves_its_number(store: Store) -> None:
    await told(store, "one", "canary7741", "three", "canary7742")
    lines = {seq: Removed(channel="room:x", gone=seq, at=UNSTAMPED) for seq in (2, 4, 9)}
    assert await store.erasing.lines(INBOX, lines, ANA) == 2
    entries = await store.channels.after(INBOX, 0)
    assert [(entry.seq, entry.gone) for entry in entries] == [(1, 0), (3, 0), (5, 2), (6, 4)]
    assert all(isinstance(codec.inside(entry.frame), Removed) for entry in entries[2:])
    await store.link.client.config_set("rdbcompression", "no")
    assert b"canary" not in (await store.link.client.dump(keys.log(INBOX)) or b"")
    assert 0 < await store.link.client.pttl(keys.log(INBOX)) <= store.settings.inbox_ms


async def test_another_persons_lines_are_not_touched(store: Store) -> None:
    await told(store, "one")
    assert await store.erasing.lines(INBOX, {1: Removed(channel="room:x", gone=1, at=UNSTAMPED)}, BEN) == 0


async def test_names_stay_taken_and_lead_to_nobody(store: Store) -> None:
    for normal, shown in (("quietheron", "quiet-heron"), ("softmaple", "soft-maple")):
        await store.rooms.claim_name(NIGHT, ANA, [(normal, shown)])
    before = await store.link.client.pttl(keys.handle(NIGHT, "quietheron"))
    for _ in range(2):
        await store.erasing.names(NIGHT, ANA)
    assert await store.rooms.names(ANA, [NIGHT]) == {}
    for normal in ("quietheron", "softmaple"):
        assert await store.link.client.get(keys.handle(NIGHT, normal)) == b"-"
        assert await store.rooms.claim_name(NIGHT, ANA, [(normal, normal)]) == ""
    assert 0 < await store.link.client.pttl(keys.handle(NIGHT, "quietheron")) <= before


async def test_a_wipe_begins_with_what_lies_beside_the_person_and_leaves_its_errand(store: Store) -> None:
    await store.link.client.hset(keys.person(ANA), mapping={"role": "peer", "age": "minor", "rules": "1"})
    await store.link.client.set(keys.summary(ANA), b"words")
    await store.erasing.begin(ANA, {"wipe:1": Wipe(ANA)})
    assert await store.link.client.hgetall(keys.person(ANA)) == {b"role": b"peer", b"age": b"minor"}
    assert not await store.link.client.exists(keys.summary(ANA))
    assert list((await store.outbox.left())[INBOX]) == ["wipe:1"]
