"""What every route of the pager is: a name, and a way to tell an alert or to say in a word why it could not."""

from typing import Protocol

from server.domain.paging import Alert

ANSWER_BYTES = 4_096  # of what the other side says, as much is read at most


class Route(Protocol):
    """`tell` ends within its deadline, whatever the other side does; it raises `Failed`, and nothing else."""

    @property
    def name(self) -> str: ...
    async def tell(self, alert: Alert) -> bytes:
        """What the other side answered to a drill; else nothing is read."""

    def close(self) -> None: ...
