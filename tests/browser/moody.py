"""A screener outside the server that does as a file says: well, late or broken; and one word that no room takes."""

import asyncio
import os
from pathlib import Path

from server.domain.screening import Lane, Opinion, Runs, Screened, Verdict

LATE_S = 30.0
NEVER = "pineapple"


class Moody:
    runs = Runs.REMOTE

    def __init__(self, name: str) -> None:
        self.name = name
        self._mood = Path(os.environ["MOOD"])

    async def screen(self, screened: Screened) -> tuple[Opinion, ...]:
        match self._mood.read_text():
            case "late":
                await asyncio.sleep(LATE_S)
            case "broken":
                raise RuntimeError
        if NEVER in screened.text:
            return (Opinion(Lane.CONDUCT, Verdict.BLOCK, "moody.never", "1", "never"),)
        return ()
