"""A house whose screeners work in a thread and behind HTTP, and who makes them die, hang and speak rubbish."""

from collections.abc import Callable
from pathlib import Path

from loadtests.ports import free_port
from tests.faults.brief import BriefHouse
from tests.faults.figures import of
from tests.faults.hooked import SECRET, Hooked
from tests.faults.people import WHOLE
from tests.walks.house import PROGRAM

SCREENERS = """
[[screeners]]
name = "thread"
kind = "tests.faults.altered:Moody"

[[screeners]]
name = "hook"
kind = "hook"
file = "screening/hook.toml"
"""

DEADLINE_MS = of(250, 750)  # shorter than a fault lasts

Fault = tuple[str, Callable[[], None], Callable[[], None]]  # its name, its beginning, its end


class Shaken(BriefHouse):
    def __init__(self, moods: Path, program: tuple[str, ...] = PROGRAM) -> None:
        self.program = program
        self.hook = Hooked(moods, free_port())
        self._mood, self._ledger = moods / "thread.mood", moods / "thread.ledger"
        patient = {"hold_ms": "3600000", "store_ms": "15000"}  # the machine may be busy
        super().__init__(2, **WHOLE, **patient, hook=SECRET, moods=str(moods))

    @property
    def faults(self) -> list[Fault]:
        hook = self.hook
        return [
            ("hook killed", hook.kill, hook.start),
            ("hook hung", hook.hang, hook.go_on),
            ("hook speaks rubbish", hook.speak_rubbish, hook.speak_well),
            ("thread dead", lambda: self._be("dead"), self._mood.unlink),
            ("thread hung", lambda: self._be("hung"), self._mood.unlink),
            ("thread speaks rubbish", lambda: self._be("rubbish"), self._mood.unlink),
        ]

    def screened(self) -> set[str]:
        """What both have looked at."""
        return set(self._ledger.read_text().splitlines()) & set(self.hook.ledger.read_text().splitlines())

    def close(self) -> None:
        self.hook.go_on()
        self.hook.kill()
        super().close()

    def _be(self, mood: str) -> None:
        """All at once: whoever looks finds one mood or the other."""
        beside = self._mood.with_suffix(".new")
        beside.write_text(mood)
        beside.rename(self._mood)

    def _write_rooms(self) -> None:
        super()._write_rooms()
        content = self.folder / "content"
        policy = (content / "policy.toml").read_text()
        assert "\n[verdicts]" in policy
        (content / "policy.toml").write_text(policy.replace("\n[verdicts]", f"{SCREENERS}\n[verdicts]", 1))
        (content / "screening").mkdir()
        file = f'url = "http://127.0.0.1:{self.hook.port}/"\nsecret = "HOOK"\ndeadline_ms = {DEADLINE_MS}\n'
        (content / "screening" / "hook.toml").write_text(file)
