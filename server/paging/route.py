"""What every route of the pager is: a name, and a way to tell an alert or to say in a word why it could not."""

from typing import Protocol

from server.domain.paging import Alert

ANSWER_BYTES = 4_096  # of what the other side says, as much is read at most


class Failed(Exception):
    """The alert was not told; `why` is one word from a closed list, and nothing of what the other side said."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Route(Protocol):
    """`tell` ends within its deadline, whatever the other side does; it raises `Failed`, and nothing else."""

    @property
    def name(self) -> str: ...
    async def tell(self, alert: Alert) -> bytes:
        """What the other side answered to a drill; else nothing is read."""

    def close(self) -> None: ...
