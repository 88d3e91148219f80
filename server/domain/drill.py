"""A drill's result: what each step took, and whether someone would have been reached."""

from msgspec import Struct


class Step(Struct, frozen=True):
    """`says` is empty where there is nothing to add; `counts`: without it the drill has not passed."""

    name: str
    ms: int
    is_well: bool
    says: str = ""
    counts: bool = True


class Result(Struct, frozen=True):
    """As the store keeps it; `at` in milliseconds from 1970 UTC."""

    at: int
    steps: tuple[Step, ...]

    @property
    def passed(self) -> bool:
        return bool(self.steps) and all(step.is_well for step in self.steps if step.counts)
