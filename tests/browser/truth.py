"""What a page claims of a message, read from its words, and whether that is so."""

import time
from enum import Enum

import redis

from tests.browser.fragile import FragileHouse
from tests.browser.people import Visitor

PATIENCE_S = 45.0
LOOK_S = 0.03
# In one look, so that nothing moves between two questions.
LOOK = """text => ({
    rows: [...document.querySelectorAll("[role=log] li.message")]
        .filter(row => row.querySelector(".message__text")?.textContent === text).map(row => row.innerText),
    box: document.querySelector("textarea")?.value === text,
})"""


class Claim(Enum):
    """By the words that stand at the message."""

    SENDING = "Sending"
    ASKING = "We don’t know yet if it arrived"
    WAITING = "Not sent yet"
    IN_THE_ROOM = "In the room"
    HELD = "Held, not in the room yet"
    RETURNED = "Not in the room. Your words are still here"
    NOT_SENT = "Not sent"
    UNSURE = "We don’t know if this arrived"
    LOST = "No longer in the room"
    IN_THE_BOX = ""
    NOWHERE = "\0"


# More than one claim can be found in a sentence: the longer one is meant.
BY_LENGTH = sorted((claim for claim in Claim if claim.value.strip("\0")), key=lambda claim: -len(claim.value))
IN_THE_LOG_ONCE = {Claim.IN_THE_ROOM}
NOT_IN_THE_LOG = {Claim.WAITING, Claim.HELD, Claim.RETURNED, Claim.NOT_SENT, Claim.LOST, Claim.IN_THE_BOX}


class Told:
    """One message of one person in one room, watched until the end."""

    def __init__(self, house: FragileHouse, ana: Visitor, room: str, text: str) -> None:
        self.house, self.ana, self.room, self.text = house, ana, room, text

    def claim(self) -> Claim:
        seen = self.ana.page.evaluate(LOOK, self.text)
        rows: list[str] = seen["rows"]
        assert len(rows) + seen["box"] <= 1, f"it stands on the screen more than once: {rows}"
        if seen["box"]:
            return Claim.IN_THE_BOX
        if not rows:
            return Claim.NOWHERE
        return next(claim for claim in BY_LENGTH if claim.value in rows[0])

    def becomes(self, goal: Claim) -> None:
        """And on the way there the page never says what is not so, and never loses the words."""
        until = time.monotonic() + PATIENCE_S
        while (claim := self._honest()) is not goal:
            assert claim is not Claim.NOWHERE, "the words have vanished"
            assert time.monotonic() < until, f"the page says {claim.name}, not {goal.name}"
            time.sleep(LOOK_S)

    def is_said(self) -> int:
        return self.house.said(self.room, self.text)

    def _honest(self) -> Claim:
        before, claim, after = self._in_the_log(), self.claim(), self._in_the_log()
        if claim in IN_THE_LOG_ONCE:
            assert {1, None} & {before, after}, f"the page says {claim.name}, and the log has it {after} times"
        if claim in NOT_IN_THE_LOG:
            assert {0, None} & {before, after}, f"the page says {claim.name}, and the log has it {after} times"
        return claim

    def _in_the_log(self) -> int | None:
        """Nothing can be asked of a store that is away."""
        try:
            return self.is_said()
        except redis.RedisError:
            return None
