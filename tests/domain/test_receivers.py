"""Who is to go on: one at a time is asked, nobody in wrap-up, and free again when it comes to nothing."""

import pytest

from server.domain import receivers, transfers
from server.protocol.refusals import Code, Refused
from server.protocol.transfers import Consent, TransferStep, TransferTo
from tests.domain.listening_people import MINUTE, NOON, TERMS
from tests.domain.test_one_to_one import ONE
from tests.domain.test_transfers import both, four, offered, proposed, run, says, start


def test_a_yes_is_put_to_one_who_is_free_and_is_offered_nobody_else_meanwhile() -> None:
    records = offered(says(proposed(start()), Consent.YES)[0])
    talk, _, _, lark = four(records)
    assert talk.handing is not None
    assert (talk.handing.to, talk.handing.step, lark.offer) == ("lark", TransferStep.RECEIVER, "t1")


def test_who_lets_it_pass_is_free_at_once_and_not_asked_again() -> None:
    records = offered(says(proposed(start()), Consent.YES)[0])
    talk, waiting, _, lark = four(records)
    records, _ = run(records, receivers.declined(talk, lark))
    talk, waiting, _, lark = four(records)
    assert lark.offer == ""
    assert waiting is not None
    seen = {"lark": NOON, "wren": NOON}
    assert receivers.who_could_come(talk, waiting, records.values(), seen, (), NOON, TERMS) == []


def test_while_both_are_there_the_first_holds_it() -> None:
    talk, _, _, lark = four(both())
    assert (talk.listener, talk.fence, lark.ones) == ("wren", 1, (ONE,))
    assert receivers.may_come_in(talk, "lark")
    assert not receivers.may_come_in(talk, "ben")


def test_a_hand_over_that_comes_to_nothing_is_none_of_the_receivers_first() -> None:
    records = offered(says(proposed(start(to_watch=2)), Consent.YES)[0])
    talk, _, _, lark = four(records)
    records, _ = run(records, receivers.accepted(talk, lark, NOON, TERMS))
    assert four(records)[3].to_watch == 1
    records, _ = run(records, transfers.withdrawn(four(records)[0], "wren"))
    assert (four(records)[3].to_watch, four(records)[3].ones) == (2, ())


def test_wrap_up_is_kept_by_supervisors_too() -> None:
    records = start(wrap_until=NOON + MINUTE)
    talk, _, _, lark = four(records)
    with pytest.raises(Refused) as no:
        transfers.offered_by(talk, lark, "t1", NOON, TERMS)
    assert no.value.code is Code.CONFLICT


def test_supervisors_are_asked_together_and_hear_when_it_is_settled() -> None:
    records = proposed(start(), kind=TransferTo.SUPERVISOR)
    records, told = says(records, Consent.YES)
    assert ("supervision", "transfer_wanted") in told
    talk, _, _, lark = four(records)
    assert receivers.is_wanted(talk)
    _, told = run(records, receivers.accepted(talk, lark, NOON, TERMS))
    assert ("supervision", "transfer_settled") in told
