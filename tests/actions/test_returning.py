"""Return words open once, to the same person; guessing is slow; what is kept beside them is shared once, by consent."""

import pytest

from server.actions import returning
from server.actions.services import Services
from server.domain.returning import digest
from server.protocol.commands import Join
from server.protocol.events import Done
from server.protocol.listening import Accept, Goodbye, OneBegan, Queue
from server.protocol.own_data import (
    ForgetReturnWords,
    GiveReturnWords,
    KeepSummary,
    MyData,
    ReturnWords,
    SharedSummary,
)
from server.protocol.refusals import Code, Refused
from server.store import keys
from tests.actions.conftest import NIGHT, Arrive, Someone
from tests.actions.talking import a_listener, offered, two_who_talk
from tests.waiting import until

FIRST, SECOND = "a" * 32, "b" * 32


async def with_words(arrive: Arrive) -> tuple[Someone, str]:
    ana = arrive("ana")
    await ana.greets()
    given = await ana.does(GiveReturnWords)
    assert isinstance(given, ReturnWords)
    return ana, " ".join(given.words)


async def test_the_same_person_comes_back_and_is_given_new_words(arrive: Arrive, services: Services) -> None:
    ana, words = await with_words(arrive)
    handle = (await ana.does(Join, channel=NIGHT)).handle
    token, anew = await returning.come_back(services, f"  {words.upper()}. ", FIRST, "es")
    assert token.partition(".")[0] == ana.connection.person.id
    assert " ".join(anew) != words
    assert (await arrive("ana").does(Join, channel=NIGHT)).handle == handle
    with pytest.raises(Refused) as no:
        await returning.come_back(services, words, SECOND, "en")
    assert no.value.code is Code.FORBIDDEN
    token, _ = await returning.come_back(services, " ".join(anew), SECOND, "en")
    assert token.partition(".")[0] == ana.connection.person.id


async def test_an_answer_that_was_lost_is_asked_for_again_by_the_same_try_only(
    arrive: Arrive, services: Services
) -> None:
    ana, words = await with_words(arrive)
    await services.store.returning.take(digest(services.secret, words), FIRST)  # and the answer never came
    token, _ = await returning.come_back(services, words, FIRST, "en")
    assert token.partition(".")[0] == ana.connection.person.id


async def test_guessing_ends_after_a_few_tries_from_one_network(arrive: Arrive, services: Services) -> None:
    _, words = await with_words(arrive)
    for _ in range(services.settings.logins_per_quarter_hour):
        with pytest.raises(Refused):
            await returning.come_back(services, "acorn " * 8, FIRST, "en", b"network1")
    with pytest.raises(Refused):
        await returning.come_back(services, words, FIRST, "en", b"network1")
    assert (await returning.come_back(services, words, FIRST, "en", b"network2"))[0]


async def test_new_words_end_those_before_and_forgetting_ends_all(arrive: Arrive, services: Services) -> None:
    ana, words = await with_words(arrive)
    second = " ".join((await ana.does(GiveReturnWords, language="es")).words)
    for given in (words, second):
        if given == second:
            assert isinstance(await ana.does(ForgetReturnWords), Done)
        with pytest.raises(Refused):
            await returning.come_back(services, given, FIRST, "en")
    assert (await ana.does(MyData)).words_until == 0


async def test_nothing_in_the_store_says_what_the_words_are(arrive: Arrive, services: Services) -> None:
    _, words = await with_words(arrive)
    client = services.store.link.client
    async for key in client.scan_iter():
        raw = await client.dump(key) or b""
        assert words.encode() not in raw
        assert words.replace(" ", "").encode() not in raw


async def test_who_is_no_longer_known_does_not_come_back(arrive: Arrive, services: Services) -> None:
    ana, words = await with_words(arrive)
    await services.store.scripts.ask("DEL", keys.person(ana.connection.person.id))
    with pytest.raises(Refused):
        await returning.come_back(services, words, FIRST, "en")


async def test_a_summary_needs_words_is_screened_and_dies_with_them(arrive: Arrive) -> None:
    ana = arrive("ana")
    await ana.greets()
    assert (await ana.does(KeepSummary, text="Work has been hard.")).code == Code.CONFLICT
    await ana.does(GiveReturnWords)
    await ana.does(KeepSummary, text="Work has been hard; mail me at a@example.com")
    kept = await ana.does(MyData)
    assert "a@example.com" not in kept.summary
    assert (kept.summary.startswith("Work has been hard"), kept.shares) == (True, False)
    await ana.does(ForgetReturnWords)
    assert (await ana.does(MyData)).summary == ""


async def test_a_listener_reads_a_summary_only_by_consent_and_only_the_next_one(arrive: Arrive) -> None:
    ana, wren, channel = await two_who_talk(arrive)
    await ana.does(GiveReturnWords)
    await ana.does(KeepSummary, text="Work has been hard.")
    assert (await wren.does(SharedSummary, channel=channel)).text == ""
    await ana.does(KeepSummary, text="Work has been hard.", share=True)
    assert (await arrive("lark").does(SharedSummary, channel=channel)).code == Code.FORBIDDEN
    for _ in range(2):
        assert (await wren.does(SharedSummary, channel=channel)).text == "Work has been hard."
    assert not (await ana.does(MyData)).shares
    await ana.does(Goodbye, channel=channel)
    assert (await wren.does(SharedSummary, channel=channel)).code == Code.NO_ROOM
    lark = await a_listener(arrive, "lark")
    await ana.does(Queue, client_id=b"2" * 16)
    await lark.does(Accept, offer=await offered(lark))
    await until(lambda: lark.heard(OneBegan))
    assert (await lark.does(SharedSummary, channel=lark.heard(OneBegan)[0].one.channel)).text == ""
