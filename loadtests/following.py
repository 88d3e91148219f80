"""What a client knows of a channel: its position, and every numbered event it has heard, once."""

from collections.abc import Iterator
from typing import Any

Event = dict[str, Any]

INBOX, DESK, SUPERVISION = "inbox", "desk", "supervision"

# Whose number a frame's seq is (docs/protocol.md, 4 and 8); all others belong to the event's `channel`.
HEARD_IN_INBOX = {
    "held",
    "hold_ended",
    "help_card",
    "muted",
    "unmuted",
    "banned",
    "unbanned",
    "blocked",
    "signed_out",
    "yours_removed",
    "ticket_taken",
    "ticket_settled",
    "nobody_here",
    "ticket_returned",
    "queue_wait",
    "queue_ended",
    "duties_changed",
    "offered",
    "offer_ended",
    "one_began",
    "one_ended",
    "transfer_asked",
    "transfer_offered",
    "transfer_changed",
    "transfer_ended",
    "handed_on",
    "supervisor_wrote",
    "ask_called",
    "at_once_changed",
    "worry_taken",
    "feedback_passed",
    "training_changed",
    "report_handled",
    "erased",
    "wiped",
}
HEARD_AT_DESK = {
    "hold_arrived",
    "hold_settled",
    "ticket_changed",
    "report_arrived",
    "report_settled",
    "mute_changed",
    "ban_changed",
    "page_seen",
    "pager_changed",
    "policy_changed",
    "duty_changed",
    "unscreened",
}
HEARD_AMONG_SUPERVISORS = {
    "ask_changed",
    "ask_closed",
    "topic_untaken",
    "age_untaken",
    "lift_changed",
    "transfer_wanted",
    "transfer_settled",
}


def numbered_in(event: Event) -> str:
    """The channel whose number the event has."""
    if event["type"] in HEARD_IN_INBOX:
        return INBOX
    if event["type"] in HEARD_AMONG_SUPERVISORS:
        return SUPERVISION
    return DESK if event["type"] in HEARD_AT_DESK else str(event["channel"])


class Following:
    """One followed channel; survives the connection it came over."""

    def __init__(self) -> None:
        self.epoch = 0
        self.top = 0
        self.events: dict[int, Event] = {}
        self.repeated = 0  # events that came twice though the server said "resumed"
        self._merging_to = 0

    @property
    def position(self) -> dict[str, int] | None:
        return {"epoch": self.epoch, "seq": self.top} if self.epoch else None

    def entered(self, position: dict[str, int], resumed: str) -> None:
        """`joined` and its like: what is known stays where its numbers still hold; history then comes over it."""
        if resumed in ("fresh", "ahead", "epoch"):
            self.events.clear()
        if resumed != "resumed":
            self.top = 0
            self._merging_to = position["seq"]
        self.epoch = position["epoch"]

    def hear(self, seq: int, event: Event) -> None:
        if seq not in self.events:
            self.events[seq] = event
        elif seq > self._merging_to:
            self.repeated += 1
        self.top = max(self.top, seq)

    def shown(self) -> list[Event]:
        """The messages on the screen, in order: removed ones gone, restored ones back in their place."""
        screen: dict[int, Event] = {}
        for seq, event in sorted(self.events.items()):
            match event["type"]:
                case "said":
                    screen[seq] = event
                case "removed":
                    screen.pop(event["gone"], None)
                case "restored":
                    screen[event["back"]] = event
        return [event for _, event in sorted(screen.items())]

    def of(self, kind: str) -> Iterator[Event]:
        return (event for _, event in sorted(self.events.items()) if event["type"] == kind)
