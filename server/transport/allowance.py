"""An allowance: so many at once, so many a minute after that."""


class Rate:
    """A token bucket's rule, one for all who have one each; what one has is a single time, kept by its owner."""

    __slots__ = ("_each_s", "_room_s")

    def __init__(self, per_minute: int, burst: int) -> None:
        self._each_s = 60.0 / per_minute
        self._room_s = self._each_s * burst

    def take(self, whole_at: float, now: float) -> tuple[float, float]:
        """Uses one: when the bucket is whole again, and 0; or as it was, and the seconds until there is one."""
        later = max(whole_at, now) + self._each_s
        wait = later - now - self._room_s
        return (whole_at, wait) if wait > 0 else (later, 0.0)


class Allowance:
    """One bucket, by a monotonic clock in seconds."""

    __slots__ = ("_rate", "_whole_at")

    def __init__(self, per_minute: int, burst: int) -> None:
        self._rate = Rate(per_minute, burst)
        self._whole_at = 0.0

    def take(self, now: float) -> float:
        """Uses one; 0, or the seconds until there is one (and then none is used)."""
        self._whole_at, wait = self._rate.take(self._whole_at, now)
        return wait
