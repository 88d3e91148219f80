"""Supervising over real sockets and two processes: a question, a watch, a warm transfer, a limit lifted by two."""

from collections.abc import Callable

from loadtests.following import SUPERVISION, Event
from tests.walks.house import House
from tests.walks.people import Peer
from tests.walks.test_listening import listener, rests, they_talk


async def supervisor(house: House, name: str, at: int = 0) -> Peer:
    sue = await listener(house, name, at, role="supervisor")
    await sue.client.ask("listen", availability="off")
    await sue.client.ask("duty", state="on")
    await sue.client.follow_supervision()
    return sue


async def among_supervisors(sue: Peer, kind: str, fits: Callable[[Event], bool]) -> Event:
    def found() -> Event:
        return next((event for event in sue.client.of(SUPERVISION).of(kind) if fits(event)), {})

    return await sue.client.until(found)


async def test_a_question_and_a_watch_of_which_the_peer_hears_nothing(house: House) -> None:
    ana, wren, channel = await they_talk(house, "Egret")
    sue = await supervisor(house, "Sula")
    before = (ana.client.of("inbox").top, ana.client.of(channel).top)
    asked = await wren.client.ask("ask_supervisor", channel=channel)
    assert asked["supervisors"] == ["Sula"]
    await among_supervisors(sue, "ask_changed", lambda event: event["ask"]["one"] == channel)
    assert (await sue.client.ask("watch", channel=channel))["one"]["name"] == "Egret"
    sue.channel = channel
    await sue.hears("it has been a long week")
    for person in (wren, sue):
        await person.joins(asked["channel"])
    await wren.says("how do I ask about a plan?")
    await sue.hears("how do I ask about a plan?")
    await sue.says("In plain words. I read along.")
    await wren.is_told("supervisor_wrote", channel=asked["channel"])
    await wren.hears("In plain words. I read along.")
    seen = await sue.client.ask("overview")
    assert [(row["channel"], row["ask"]) for row in seen["ones"] if row["channel"] == channel] == [(channel, 0)]
    assert (ana.client.of("inbox").top, ana.client.of(channel).top) == before
    unnumbered = ("here", "pong", "on_duty", "writing", "queue_place")
    assert not [event for event in ana.client.heard if event["type"] not in unnumbered]
    await ana.client.ask("goodbye", channel=channel)
    await rests(wren)
    await sue.client.ask("duty", state="off")


async def test_a_one_to_one_passes_on_and_only_one_holds_it(house: House) -> None:
    ana, wren, channel = await they_talk(house, "Plover")
    lark = await listener(house, "Dunlin", at=0)
    await wren.client.ask("transfer", channel=channel, summary="likes to be asked")
    await wren.client.ask("withdraw_transfer", channel=channel)
    await ana.is_told("transfer_ended", channel=channel, why="withdrawn")
    await wren.client.ask("transfer", channel=channel, summary="and is tired today")
    assert (await ana.is_told("transfer_asked", summary="and is tired today"))["channel"] == channel
    await ana.client.ask("answer_transfer", channel=channel, says="yes")
    await lark.is_told("transfer_offered")
    await lark.client.ask("decline_transfer", channel=channel)
    ibis = await listener(house, "Knot", at=1)
    await ibis.is_told("transfer_offered")
    await ibis.client.ask("accept_transfer", channel=channel)
    await ibis.joins(channel)
    await ibis.says("Hello, I am Knot.")
    await ana.hears("Hello, I am Knot.")
    await wren.client.ask("finish_transfer", channel=channel)
    await wren.is_told("handed_on", name="Knot")
    await ana.client.until(lambda: list(ana.client.of(channel).of("one_handed")))
    assert (await wren.is_refused("am I still here?")).code == "not_joined"
    await ibis.says("we two go on")
    await ana.hears("we two go on")
    await ana.client.ask("goodbye", channel=channel)
    for each in (wren, lark, ibis):
        await rests(each)


async def test_each_side_finds_a_transfer_again_after_a_reload(house: House) -> None:
    ana, wren, channel = await they_talk(house, "Sanderling")
    lark = await listener(house, "Turnstone", at=0)
    await wren.client.ask("transfer", channel=channel, summary="likes to be asked")
    await ana.is_told("transfer_asked")
    again = await house.peer(1, session=ana.client.session)
    transfer = (await again.client.ask("listening"))["transfer"]
    assert (transfer["step"], transfer["name"], transfer["summary"]) == ("peer", "", "likes to be asked")
    await again.client.ask("answer_transfer", channel=channel, says="yes")
    await lark.is_told("transfer_offered")
    assert (await lark.client.ask("listening"))["wanted"]["summary"] == "likes to be asked"
    assert (await wren.client.ask("listening"))["transfer"]["step"] == "receiver"
    await lark.client.ask("accept_transfer", channel=channel)
    await lark.is_told("one_began")
    for person in (ana, wren, lark):
        assert (await person.client.ask("listening"))["transfer"]["name"] == "Turnstone"
    await wren.client.ask("withdraw_transfer", channel=channel)
    await lark.is_told("transfer_ended", channel=channel)
    assert (await wren.client.ask("listening"))["transfer"] is None
    assert (await lark.client.ask("listening"))["ones"] == []
    await ana.client.ask("goodbye", channel=channel)
    for each in (wren, lark):
        await rests(each)


async def test_a_listener_who_would_like_to_talk_is_heard_after_goodbye_and_takes_their_words_along(
    house: House,
) -> None:
    ana, wren, channel = await they_talk(house, "Redshank")
    sue = await supervisor(house, "Saga")
    await ana.client.ask("goodbye", channel=channel)
    await wren.is_told("one_ended")
    asked = await wren.client.ask("ask_supervisor")
    assert asked["supervisors"] == ["Saga"]
    thread = asked["channel"]
    item = (await among_supervisors(sue, "ask_changed", lambda event: event["ask"]["channel"] == thread))["ask"]
    assert (item["one"], item["name"]) == (None, "Redshank")
    before = ana.client.of("inbox").top
    for person in (wren, sue):
        await person.joins(thread)
    await wren.says("that one stays with me")
    await sue.hears("that one stays with me")
    await sue.says("I have time. What of it?")
    await wren.is_told("supervisor_wrote", channel=thread, one=None)
    again = await house.peer(1, session=wren.client.session)
    assert [(ask["channel"], ask["answered_by"]) for ask in (await again.client.ask("listening"))["asks"]] == [
        (thread, "Saga")
    ]
    await again.client.ask("close_ask", channel=thread)
    await sue.no_longer_sees("that one stays with me")
    await among_supervisors(sue, "ask_closed", lambda event: event["channel"] == thread)
    assert ana.client.of("inbox").top == before
    await rests(wren)
    await sue.client.ask("duty", state="off")


async def test_a_supervisor_takes_over_and_two_lift_a_limit(house: House) -> None:
    ana, wren, channel = await they_talk(house, "Curlew")
    sue, sam = await supervisor(house, "Sigrid"), await supervisor(house, "Samir", at=1)
    await sue.client.ask("lift_limit", name="Curlew")
    await among_supervisors(sam, "lift_changed", lambda event: event["lift"]["by"] == "Sigrid")
    await sam.client.ask("lift_limit", name="Curlew")
    await among_supervisors(sue, "lift_changed", lambda event: event["lift"]["until"] > 0)
    await sue.client.ask("set_at_once", name="Curlew", at_once=2)
    await wren.is_told("at_once_changed", at_once=2, by="Sigrid")
    await sue.client.ask("set_at_once", name="Curlew", at_once=1)
    await sue.client.ask("take_over", channel=channel)
    await ana.is_told("transfer_asked", name="Sigrid")
    await ana.client.ask("answer_transfer", channel=channel, says="yes")
    await sue.is_told("one_began")
    await sue.joins(channel)
    await ana.client.until(lambda: list(ana.client.of(channel).of("one_entered")))
    await wren.client.ask("finish_transfer", channel=channel)
    await sue.says("I am Sigrid, I go on with you.")
    await ana.hears("I am Sigrid, I go on with you.")
    await ana.client.ask("goodbye", channel=channel)
    for each in (wren, sue, sam):
        await rests(each)
    for each in (sue, sam):
        await each.client.ask("duty", state="off")
