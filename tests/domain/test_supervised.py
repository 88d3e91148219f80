"""What is kept beside a one-to-one: a question as supervisors see it, and nobody's name in what is logged."""

from server.domain.supervised import Ask, Handing
from server.protocol.transfers import TransferStep, TransferTo
from tests.domain.listening_people import MINUTE, NOON

ASK = Ask(channel="ask:abc", one="one:abc", person="wren", name="Wren", since=NOON, due=NOON + MINUTE)


def test_a_question_is_seen_without_whose_it_is() -> None:
    item = ASK.as_item()
    assert (item.one, item.name, item.due, item.answered_by) == ("one:abc", "Wren", NOON + MINUTE, "")
    assert "person" not in item.__struct_fields__


def test_neither_is_shown_in_what_is_logged() -> None:
    handing = Handing(
        id="t", kind=TransferTo.LISTENER, summary="a word", step=TransferStep.PEER, until=NOON, to="lark", name="Lark"
    )
    assert "wren" not in repr(ASK)
    assert "a word" not in repr(handing)
