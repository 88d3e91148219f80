import re

from server.config import Settings
from server.protocol import codec, refusals
from server.protocol.manual import manual
from server.protocol.shapes import described, tag

MANUAL = manual()


def test_every_command_and_event_has_its_entry_with_every_field() -> None:
    for struct in (*codec.COMMANDS, *codec.EVENTS):
        entry = re.search(rf"^###+ `{tag(struct)}`\n(.*?)(?=^##)", MANUAL, re.MULTILINE | re.DOTALL)
        assert entry is not None, tag(struct)
        for field in described(struct):
            assert f"| `{field.encode_name}` |" in entry[1]


def test_every_refusal_and_every_close_is_explained() -> None:
    for code in refusals.Code:
        assert re.search(rf"^\| `{code.value}` \| \S.* \|$", MANUAL, re.MULTILINE)
    for close in refusals.Close:
        assert re.search(rf"^\| {close.value} \| \S.* \| (come back|stay away) \|$", MANUAL, re.MULTILINE)


def test_the_limits_are_those_of_the_settings() -> None:
    told = re.findall(r"^\| `(\w+)` \| (\d+) \|", MANUAL, re.MULTILINE)
    assert len(told) > 10
    assert dict(told) == {name: str(getattr(Settings(), name)) for name, _ in told}


def test_nothing_in_the_prose_was_left_unfilled() -> None:
    assert "$" not in re.sub(r"`[^`]*`", "", MANUAL)
