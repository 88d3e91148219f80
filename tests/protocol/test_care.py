"""The words of care are words of the wire like all others, and nothing of them is for other peers."""

from server.protocol import care, codec, commands, events

WORDS = [each for each in vars(care).values() if isinstance(each, type) and each.__module__ == care.__name__]


def test_every_word_of_care_can_be_sent_or_heard() -> None:
    assert WORDS
    assert set(WORDS) <= {*codec.COMMANDS, *codec.EVENTS}


def test_what_is_heard_of_care_is_heard_by_oneself_or_by_staff() -> None:
    heard = {each.heard for each in WORDS if issubclass(each, events.Event)}
    assert heard == {"reply", "inbox", "desk"}


def test_who_acts_on_a_ticket_that_can_change_hands_names_its_fence() -> None:
    acting = [care.Contact, care.Attempt, care.Release, care.HandOver, care.Emergency, commands.Settle]
    assert all("fence" in each.__struct_fields__ for each in acting)
