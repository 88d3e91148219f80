"""An alert, and other sides that end with their test."""

from server.domain.paging import Alert, Kind
from server.protocol.fields import Urgency
from tests.outside.conftest import Keeper, cert, other

__all__ = ["Keeper", "cert", "other"]

SECRET = "a secret between the two of us"


def alert(kind: Kind = Kind.TICKET) -> Alert:
    return Alert(
        kind=kind,
        service="Porchlight",
        urgency=Urgency.SERIOUS,
        step="team",
        ticket="t1",
        since=1_700_000_000_000,
        waiting=2,
        link="https://chat.example/page/abc",
    )
