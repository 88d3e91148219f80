"""After a reload each side of a one-to-one finds what is so: what passes on, what was asked, what may be read."""

from server.actions.services import Services
from server.protocol.listening import OneBegan
from server.protocol.own_data import GiveReturnWords, KeepSummary, SharedSummary
from server.protocol.people import Role
from server.protocol.standing import Listening, ListeningState, TransferSide
from server.protocol.supervising import AskSupervisor
from server.protocol.transfers import (
    AcceptTransfer,
    AnswerTransfer,
    Consent,
    DeclineTransfer,
    FinishTransfer,
    HandedOn,
    Transfer,
    TransferAsked,
    TransferOffered,
    TransferStep,
    TransferTo,
)
from tests.actions.conftest import Arrive, Someone
from tests.actions.talking import a_listener, two_who_talk
from tests.actions.test_transfers import SUMMARY, agreed
from tests.waiting import until


async def stands(someone: Someone) -> ListeningState:
    state = await someone.does(Listening)
    assert isinstance(state, ListeningState)
    return state


async def test_each_of_the_three_finds_the_transfer_as_it_is_at_every_step(arrive: Arrive) -> None:
    ana, wren, channel = await two_who_talk(arrive)
    lark = await a_listener(arrive, "lark")
    assert (await stands(ana)).transfer is None
    await wren.does(Transfer, channel=channel, summary=SUMMARY)
    await until(lambda: ana.heard(TransferAsked))
    for someone in (ana, wren):
        transfer = (await stands(someone)).transfer
        assert transfer is not None
        assert (transfer.channel, transfer.step, transfer.name, transfer.summary) == (
            channel,
            TransferStep.PEER,
            "",
            SUMMARY,
        )
        assert transfer.until == ana.heard(TransferAsked)[0].until
    assert (await stands(lark)).wanted is None, "the peer is asked first"

    await ana.does(AnswerTransfer, channel=channel, says=Consent.YES)
    await until(lambda: lark.heard(TransferOffered))
    assert (await stands(lark)).wanted == lark.heard(TransferOffered)[0].offer
    for someone in (ana, wren):
        transfer = (await stands(someone)).transfer
        assert transfer is not None
        assert (transfer.step, transfer.name) == (TransferStep.RECEIVER, ""), "who may still decline is named to nobody"

    await lark.does(AcceptTransfer, channel=channel)
    await until(lambda: lark.heard(OneBegan))
    for someone, side in ((ana, TransferSide.PEER), (wren, TransferSide.LISTENER), (lark, TransferSide.RECEIVER)):
        state = await stands(someone)
        assert state.transfer is not None
        assert (state.transfer.step, state.transfer.name, state.wanted) == (TransferStep.BOTH, "lark", None)
        assert state.transfer.side is side
        assert [(one.channel, one.name) for one in state.ones] == [(channel, "wren")], "until it is handed on"

    await wren.does(FinishTransfer, channel=channel)
    await until(lambda: wren.heard(HandedOn))
    assert (await stands(wren)).ones == ()
    for someone in (ana, lark):
        state = await stands(someone)
        assert (state.transfer, [one.name for one in state.ones]) == (None, ["lark"])


async def test_who_let_it_pass_is_asked_for_nothing_after_a_reload(arrive: Arrive) -> None:
    _, _, lark, channel = await agreed(arrive)
    await lark.does(DeclineTransfer, channel=channel)
    assert (await stands(lark)).wanted is None


async def test_a_transfer_to_supervisors_is_told_as_that(arrive: Arrive) -> None:
    ana, wren, channel = await two_who_talk(arrive)
    await wren.does(Transfer, channel=channel, to=TransferTo.SUPERVISOR)
    transfer = (await stands(ana)).transfer
    assert transfer is not None
    assert transfer.to is TransferTo.SUPERVISOR


async def test_what_a_listener_asked_is_theirs_to_find_again_and_nobody_elses(arrive: Arrive) -> None:
    ana, wren, channel = await two_who_talk(arrive)
    lark = await a_listener(arrive, "lark")
    await wren.does(AskSupervisor, channel=channel)
    await wren.does(AskSupervisor)
    asks = (await stands(wren)).asks
    assert sorted(ask.one or "" for ask in asks) == ["", channel]
    for someone in (ana, lark, arrive("sue", Role.SUPERVISOR)):
        assert (await stands(someone)).asks == ()


async def test_a_peer_sees_what_is_shared_before_and_while_it_can_be_read(arrive: Arrive, services: Services) -> None:
    ana = arrive("ana")
    await ana.greets()
    await ana.does(GiveReturnWords)
    await ana.does(KeepSummary, text="My sister died in May.", share=False)
    assert (await stands(ana)).shares == ""
    await ana.does(KeepSummary, text="My sister died in May.", share=True)
    assert (await stands(ana)).shares == "My sister died in May."
    ana, wren, channel = await two_who_talk(arrive)
    assert (await wren.does(SharedSummary, channel=channel)).text == "My sister died in May."
    assert (await stands(ana)).shares == "My sister died in May.", "theirs can read it still"
    assert (await stands(wren)).shares == ""
    await services.store.scripts.ask("HDEL", "{listening}:records", "waiting:" + "ana".ljust(32, "0"))
    assert (await stands(ana)).shares == "", "shared once, and for the next it is to be said again"
