"""Who may speak: roles, and the voices a message can carry."""

from enum import StrEnum


class Role(StrEnum):
    """What a signed-in person may do; written by the server, never by a client."""

    PEER = "peer"
    LISTENER = "listener"
    MODERATOR = "moderator"
    PROFESSIONAL = "professional"
    SUPERVISOR = "supervisor"
    OPERATOR = "operator"


class Voice(StrEnum):
    """Who a shown text comes from: a role, or `automatic` for what no person wrote.

    `practice`: a script to train with, which stands in no channel.
    """

    PEER = "peer"
    LISTENER = "listener"
    MODERATOR = "moderator"
    PROFESSIONAL = "professional"
    SUPERVISOR = "supervisor"
    OPERATOR = "operator"
    AUTOMATIC = "automatic"
    PRACTICE = "practice"


EVERYONE = frozenset(Role)
PEERS = frozenset({Role.PEER})
MODERATORS = frozenset({Role.MODERATOR, Role.SUPERVISOR, Role.OPERATOR})
CARERS = MODERATORS | {Role.PROFESSIONAL}
SUPERVISORS = frozenset({Role.SUPERVISOR})
STAFF = EVERYONE - {Role.PEER}
