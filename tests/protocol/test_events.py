import pytest
from msgspec import Struct

from server.protocol import codec, events
from server.protocol.shapes import tag

NUMBERED = [event for event in codec.EVENTS if issubclass(event, events.Numbered)]

# A client's whole vocabulary; what left this list would be missed by clients in the world.
HEARD = {
    "reply": "refused done pong welcome joined named posted page reported help_received desk_state holding block_list"
    " queued listening_state queue_place felt_numbers feedback_list handbook"
    " data_kept return_words summary_shared"
    " supervisor_asked supervision_state overview_state watching"
    " course lesson_answered practice_turn",
    "room": "here writing said removed restored room_changed one_nudged one_time one_extended one_entered one_handed",
    "all": "on_duty condition",
    "inbox": "held hold_ended help_card muted unmuted banned unbanned signed_out yours_removed ticket_taken"
    " ticket_settled nobody_here ticket_returned blocked"
    " queue_wait queue_ended duties_changed offered offer_ended one_began one_ended"
    " feedback_passed report_handled worry_taken erased wiped"
    " transfer_asked transfer_offered transfer_changed transfer_ended handed_on"
    " supervisor_wrote ask_called at_once_changed training_changed",
    "desk": "hold_arrived hold_settled ticket_changed report_arrived report_settled mute_changed ban_changed"
    " duty_changed page_seen pager_changed policy_changed unscreened",
    "supervision": "ask_changed ask_closed topic_untaken age_untaken lift_changed transfer_wanted transfer_settled",
}


@pytest.mark.parametrize("event", NUMBERED, ids=tag)
def test_the_moment_is_the_last_field_of_a_numbered_event(event: type[Struct]) -> None:
    """The script that numbers it writes the time over the last eight bytes."""
    assert event.__struct_fields__[-1] == "at"


@pytest.mark.parametrize("event", NUMBERED, ids=tag)
def test_a_numbered_event_says_whose_number_it_has(event: type[events.Numbered]) -> None:
    assert event.heard in ("room", "inbox", "desk", "supervision")
    assert event.heard != "room" or "channel" in event.__struct_fields__


def test_where_every_event_is_heard_is_written_down_twice_and_agrees() -> None:
    heard = {tag(event): event.heard for event in codec.EVENTS}
    assert heard == {name: where for where, names in HEARD.items() for name in names.split()}
