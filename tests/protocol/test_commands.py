import pytest
from msgspec import inspect

from server.protocol import codec, commands
from server.protocol.listening import LISTENERS
from server.protocol.people import CARERS, EVERYONE, MODERATORS, PEERS, STAFF, SUPERVISORS
from server.protocol.shapes import described, manual_entry, tag
from tests.protocol import words

# The role matrix of the wire; a command that changes hands is changed here too, on purpose.
WHO = {
    EVERYONE: (
        "hello ping join leave rename post withdraw typing history report help answer safe listening goodbye extend"
    ),
    PEERS: "block unblock blocks queue queue_draft leave_queue type_slowly felt_heard rate_again answer_transfer"
    " my_data delete_mine wipe give_return_words forget_return_words keep_summary",
    LISTENERS: "listen accept skip worried abusive own_numbers open_handbook risk_asked shared_summary"
    " open_course answer_lesson practise"
    " ask_supervisor close_ask transfer withdraw_transfer accept_transfer decline_transfer finish_transfer",
    SUPERVISORS: "feedbacks settle_feedback supervise overview watch lift_limit set_at_once take_over",
    CARERS: "duty desk take settle contact attempt release hand_over emergency deputy pass_duty accept_duty",
    STAFF: "hand escalate",
    MODERATORS: "decide remove restore mute unmute ban unban slow_mode gate spare settle_report",
}

every_command = pytest.mark.parametrize("command", codec.COMMANDS, ids=lambda command: str(tag(command)))


@every_command
def test_a_command_is_explained_to_those_who_write_clients(command: type[commands.Command]) -> None:
    said = manual_entry(command)
    assert said.endswith(".")
    assert "Answer" in said or "No answer" in said


@every_command
def test_every_number_and_text_of_a_command_has_a_bound(command: type[commands.Command]) -> None:
    bounded = {name: kind for name, kind in _leaves(command) if name != "version"}
    for name, kind in bounded.items():
        match kind:
            case inspect.IntType():
                assert kind.ge is not None, name
                assert kind.le is not None, name
            case inspect.StrType():
                assert kind.max_length is not None, name
            case inspect.BytesType():
                assert kind.max_length is not None, name


def test_who_may_send_what_is_written_down_twice_and_agrees() -> None:
    allowed = {tag(command): command.roles for command in codec.COMMANDS}
    assert allowed == {name: roles for roles, names in WHO.items() for name in names.split()}


def test_of_every_field_that_can_hold_words_it_is_said_who_may_read_them() -> None:
    """A new one is screened, or it is said why it need not be; tests/screening/test_every_word.py tries them all."""
    assert sorted(words.fields(codec.COMMANDS)) == sorted(words.WAYS)


def test_a_class_name_is_the_wire_name() -> None:
    assert commands.wire_name("SlowMode") == "slow_mode"
    assert [tag(command) for command in codec.COMMANDS][:2] == ["hello", "ping"]


def _leaves(struct: type) -> list[tuple[str, inspect.Type]]:
    found: list[tuple[str, inspect.Type]] = []
    pending = [(field.name, field.type) for field in described(struct)]
    while pending:
        name, kind = pending.pop()
        match kind:
            case inspect.Metadata(type=inner):
                pending.append((name, inner))
            case inspect.UnionType(types=types):
                pending += [(name, inner) for inner in types]
            case inspect.StructType(fields=inner_fields):
                pending += [(f"{name}.{field.name}", field.type) for field in inner_fields]
            case _:
                found.append((name, kind))
    return found
