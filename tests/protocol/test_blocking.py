from server.protocol import codec
from server.protocol.blocking import Block, Blocked, BlockItem, Blocks, Unblock
from server.protocol.fields import Scope
from server.protocol.people import PEERS, Role


def test_only_peers_block() -> None:
    assert Block.roles == Unblock.roles == Blocks.roles == PEERS == {Role.PEER}


def test_a_block_is_in_this_room_unless_more_was_said() -> None:
    assert Block(ref=1, channel="room:night", seq=4).scope is Scope.HERE


def test_what_one_is_told_names_nobody() -> None:
    assert Blocked.__struct_fields__ == ("channel", "at")
    assert "person" not in BlockItem.__struct_fields__
    assert {Block, Unblock, Blocks} <= set(codec.COMMANDS)
