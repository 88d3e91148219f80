"""A warm transfer over real channels: consent, one who accepts, both, and a seat that only one holds."""

from server.actions import listening
from server.actions.services import Services
from server.domain import transfers as rules
from server.domain.listening import Step, Talk, Terms
from server.protocol.commands import Join
from server.protocol.events import Done, Joined, Posted, Said
from server.protocol.listening import ListenerState, OneBegan, OneEntered
from server.protocol.people import Role, Voice
from server.protocol.refusals import Code
from server.protocol.standing import Listening
from server.protocol.transfers import (
    AcceptTransfer,
    AnswerTransfer,
    Consent,
    DeclineTransfer,
    FinishTransfer,
    HandedOn,
    OneHanded,
    TakeOver,
    Transfer,
    TransferAsked,
    TransferChanged,
    TransferEnd,
    TransferEnded,
    TransferOffered,
    TransferStep,
    TransferTo,
    TransferWanted,
    WithdrawTransfer,
)
from tests.actions.conftest import Arrive, Someone
from tests.actions.talking import a_listener, kept, listener_of, two_who_talk
from tests.actions.test_asks import a_supervisor
from tests.waiting import until

SUMMARY = "likes to be asked, not advised"


async def agreed(arrive: Arrive) -> tuple[Someone, Someone, Someone, str]:
    """Ana has said that Lark may go on, and Lark is asked."""
    ana, wren, channel = await two_who_talk(arrive)
    lark = await a_listener(arrive, "lark")
    assert isinstance(await wren.does(Transfer, channel=channel, summary=SUMMARY), Done)
    await until(lambda: ana.heard(TransferAsked))
    assert not lark.heard(TransferOffered), "the peer is asked first"
    assert ana.heard(TransferAsked)[0].summary == SUMMARY
    assert isinstance(await ana.does(AnswerTransfer, channel=channel, says=Consent.YES), Done)
    await until(lambda: lark.heard(TransferOffered))
    return ana, wren, lark, channel


async def test_it_passes_on_warmly_under_the_same_channel(arrive: Arrive, services: Services) -> None:
    ana, wren, lark, channel = await agreed(arrive)
    offer = lark.heard(TransferOffered)[0].offer
    assert (offer.summary, offer.by, offer.channel) == (SUMMARY, "wren", channel)
    assert isinstance(await lark.does(AcceptTransfer, channel=channel), Done)
    await until(lambda: lark.heard(OneBegan))
    assert isinstance(await lark.does(Join, channel=channel), Joined)
    await until(lambda: ana.heard(OneEntered))
    assert ana.heard(OneEntered)[0].voice is Voice.LISTENER
    for someone in (lark, wren, ana):
        assert isinstance(await someone.says("we are all here", channel=channel), Posted)
    assert isinstance(await wren.does(FinishTransfer, channel=channel), Done)
    await until(lambda: wren.heard(HandedOn) and ana.heard(OneHanded))
    assert (await wren.says("one more", channel=channel)).code == Code.NOT_JOINED
    assert (await wren.does(Join, channel=channel)).code == Code.NO_ROOM
    assert isinstance(await lark.does(Join, channel=channel), Joined)
    assert isinstance(await lark.says("now it is us two", channel=channel), Posted)
    await until(lambda: ana.heard(Said)[-1].text == "now it is us two")
    talk = await kept(services, channel)
    assert isinstance(talk, Talk)
    assert (talk.channel, talk.name, talk.fence) == (channel, "lark", 2)
    assert (await wren.does(Listening)).duties.state is ListenerState.WRAP_UP
    assert "now it is us two" not in [said.text for said in wren.heard(Said)]


async def test_a_no_leaves_everything_as_it_was(arrive: Arrive) -> None:
    ana, wren, channel = await two_who_talk(arrive)
    lark = await a_listener(arrive, "lark")
    await wren.does(Transfer, channel=channel)
    await ana.does(AnswerTransfer, channel=channel, says=Consent.NO)
    await until(lambda: wren.heard(TransferEnded))
    assert wren.heard(TransferEnded)[0].why is TransferEnd.DECLINED
    assert isinstance(await wren.says("I stay", channel=channel), Posted)
    assert not lark.heard(TransferOffered)
    assert (await ana.does(AnswerTransfer, channel=channel, says=Consent.YES)).code == Code.GONE


async def test_who_lets_it_pass_is_followed_by_the_next(arrive: Arrive, services: Services) -> None:
    _, wren, lark, channel = await agreed(arrive)
    ibis = await a_listener(arrive, "ibis")
    assert isinstance(await lark.does(DeclineTransfer, channel=channel), Done)
    await until(lambda: ibis.heard(TransferOffered))
    assert (await listener_of(services, "lark")).offer == ""
    assert isinstance(await wren.does(WithdrawTransfer, channel=channel), Done)
    await until(lambda: ibis.heard(TransferEnded))
    assert (await ibis.does(AcceptTransfer, channel=channel)).code == Code.CONFLICT


async def test_strangers_have_no_part_in_it(arrive: Arrive) -> None:
    _, _, lark, channel = await agreed(arrive)
    ibis, ben = arrive("ibis", Role.LISTENER), arrive("ben")
    for kind in (Transfer, WithdrawTransfer, FinishTransfer):
        assert (await ibis.does(kind, channel=channel)).code in (Code.NO_ROOM, Code.CONFLICT)
    assert (await ibis.does(AcceptTransfer, channel=channel)).code == Code.CONFLICT
    assert (await ben.does(AnswerTransfer, channel=channel, says=Consent.YES)).code == Code.NO_ROOM
    assert (await lark.does(Join, channel=channel)).code == Code.NO_ROOM, "not before they have accepted"


async def test_nobody_who_comes_in_time_ends_it_and_frees_who_was_asked(arrive: Arrive, services: Services) -> None:
    ana, wren, lark, channel = await agreed(arrive)
    later = services.settings.receive_ms

    def rule(held: listening.Between, terms: Terms, now: int) -> Step | None:
        return rules.looked_at(held.talk, held.listener, held.receiver, {}, now + later, terms)

    await listening.change_between(services, channel, rule)
    await until(lambda: wren.heard(TransferEnded) and ana.heard(TransferEnded) and lark.heard(TransferEnded))
    assert wren.heard(TransferEnded)[0].why is TransferEnd.NOBODY
    assert (await listener_of(services, "lark")).offer == ""


async def test_a_supervisor_takes_over_with_the_peers_consent(arrive: Arrive, services: Services) -> None:
    ana, wren, channel = await two_who_talk(arrive)
    sue = await a_supervisor(arrive)
    assert (await wren.does(TakeOver, channel=channel)).code == Code.FORBIDDEN
    assert isinstance(await sue.does(TakeOver, channel=channel), Done)
    await until(lambda: ana.heard(TransferAsked) and wren.heard(TransferChanged))
    assert (ana.heard(TransferAsked)[0].name, ana.heard(TransferAsked)[0].to) == ("sue", TransferTo.SUPERVISOR)
    await ana.does(AnswerTransfer, channel=channel, says=Consent.YES)
    await until(lambda: sue.heard(OneBegan) and wren.heard(TransferChanged)[-1].step is TransferStep.BOTH)
    await sue.does(Join, channel=channel)
    await wren.does(FinishTransfer, channel=channel)
    await until(lambda: wren.heard(HandedOn))
    assert isinstance(await sue.says("I am Sue.", channel=channel), Posted)
    rows = await services.store.moderation.audit_rows(["listening"])
    assert ("sue", "take_over", channel) in [(row.who, row.what, row.which) for row in rows]


async def test_any_supervisor_may_accept_what_is_wanted_of_them(arrive: Arrive) -> None:
    ana, wren, channel = await two_who_talk(arrive)
    sue, lark = await a_supervisor(arrive), await a_listener(arrive, "lark")
    await wren.does(Transfer, channel=channel, to=TransferTo.SUPERVISOR)
    await ana.does(AnswerTransfer, channel=channel, says=Consent.YES)
    await until(lambda: sue.heard(TransferWanted))
    assert (await lark.does(AcceptTransfer, channel=channel)).code == Code.CONFLICT
    assert isinstance(await sue.does(AcceptTransfer, channel=channel), Done)
    assert isinstance(await sue.does(AcceptTransfer, channel=channel), Done), "asked again it is theirs still"


async def test_what_is_passed_on_is_looked_at_as_all_that_a_peer_reads(arrive: Arrive) -> None:
    ana, wren, channel = await two_who_talk(arrive)
    await wren.does(Transfer, channel=channel, summary="write to her at someone@example.com")
    await until(lambda: ana.heard(TransferAsked))
    assert "someone@example.com" not in ana.heard(TransferAsked)[0].summary
