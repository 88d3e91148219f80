"""An allowance: so many at once, so many a minute after that."""


class Allowance:
    """A token bucket by a monotonic clock in seconds."""

    __slots__ = ("_each_s", "_room_s", "_whole_at")

    def __init__(self, per_minute: int, burst: int) -> None:
        self._each_s = 60.0 / per_minute
        self._room_s = self._each_s * burst
        self._whole_at = 0.0

    def take(self, now: float) -> float:
        """Uses one; 0, or the seconds until there is one (and then none is used)."""
        whole_at = max(self._whole_at, now) + self._each_s
        wait = whole_at - now - self._room_s
        if wait > 0:
            return wait
        self._whole_at = whole_at
        return 0.0
