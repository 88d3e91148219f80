"""Feedback against real stores: counted once, seen in fives, words kept until they are laid aside."""

from server.domain.feedback import FeedbackRecord
from server.protocol.feedback import FeedbackItem, Felt
from server.store import keys
from server.store.store import Store


async def test_one_one_to_one_counts_once_and_the_count_moves_with_what_is_said_of_it(store: Store) -> None:
    for felt in (Felt.NO, Felt.NO, Felt.YES):
        await store.feedback.felt("one:a", "wren", felt)
    counts = await store.feedback.counts("wren")
    assert (counts["yes"], counts["no"]) == (1, 0)


async def test_what_may_be_seen_moves_on_with_every_fifth(store: Store) -> None:
    for place in range(4):
        await store.feedback.felt(f"one:{place}", "wren", Felt.YES)
    assert "shown:yes" not in await store.feedback.counts("wren")
    for place in range(4, 9):
        await store.feedback.felt(f"one:{place}", "wren", Felt.PARTLY)
    counts = await store.feedback.counts("wren")
    assert (counts["shown:yes"], counts["shown:partly"], counts["partly"]) == (4, 1, 5)


async def test_a_rating_counts_once_and_lives_with_nobody(store: Store) -> None:
    for after in (2, 5):
        await store.feedback.rated("one:a", 4, after)
    assert await store.feedback.ratings() == {"4:2": 1}
    for key in (keys.given("one:a"), keys.eased(store.feedback._month())):
        assert await store.link.client.pttl(key) > 0


async def test_words_are_kept_until_they_are_laid_aside(store: Store) -> None:
    item = FeedbackItem(feedback="f1", name="Wren", felt=Felt.NO, words="too fast for me", since=1, passed=False)
    record = FeedbackRecord(item, "ana", "wren")
    await store.feedback.keep(record)
    assert await store.feedback.one("f1") == record
    await store.feedback.forget()
    assert await store.feedback.everything() == [record]
    await store.feedback.forget("f1")
    assert await store.feedback.one("f1") is None
