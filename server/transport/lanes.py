"""Lanes: what is served at any load, and what is asked to come again while this process has enough under way."""

import random

from server.protocol import commands
from server.protocol.people import Role
from server.protocol.refusals import Code, Refused

# A ping costs no more than its refusal would.
RESERVED = frozenset({commands.Help, commands.Leave, commands.Report, commands.Ping})
# Who was let in at the door is let into their rooms: a whole house that comes back at once is no crowd of talkers.
ENTERING = frozenset({commands.Hello, commands.Join})
UNANSWERED = frozenset({commands.Typing})  # may be lost, and a refusal would be the first answer it ever had
PRIVATE = ("ticket:", "one:")
RETRY_MS = (1_000, 3_000)  # at random between these: who was refused together does not come again together
FEW = 64  # commands under way, below which nothing is refused: a store that hesitates is not a crowd


def is_reserved(command: commands.Command, role: Role | None) -> bool:
    """True for help, leaving and reports, for what staff do, and for the talk in a ticket's thread or a one-to-one."""
    return (
        type(command) in RESERVED
        or (role is not None and role is not Role.PEER)
        or getattr(command, "channel", "").startswith(PRIVATE)
    )


def overloaded() -> Refused:
    return Refused(Code.OVERLOADED, retry_ms=random.randint(*RETRY_MS))
