"""What simulated people say, how long it is and how long they take over it."""

import random
import tomllib
from pathlib import Path

CONVERSATIONS = Path(__file__).with_name("conversations.toml")

LENGTH, LENGTH_SPREAD, LONGEST = 45, 0.8, 900  # characters: the median, and log-normal around it
THINKING_S, THINKING_SPREAD, LONGEST_THOUGHT_S = 8.0, 0.7, 45.0
KEYS_PER_S = 9.0
LONGEST_TYPING_S = 15.0
BURST = 0.2  # the share of turns that are several short messages in a row
BURST_MESSAGES = (2, 3)
CONTACT = 0.015  # the share of messages that give a (fictional) number away, and are held for it

ROOMS: dict[str, list[str]] = {
    room: [text for _, text in talk["lines"]] for room, talk in tomllib.loads(CONVERSATIONS.read_text()).items()
}
LINES = [line for lines in ROOMS.values() for line in lines]


def text() -> str:
    """Whole lines, one after the other, up to about a length as people's messages have it."""
    if random.random() < CONTACT:
        return f"You can call me any evening, 020 7946 0{random.randrange(1000):03}."
    length = min(random.lognormvariate(0, LENGTH_SPREAD) * LENGTH, LONGEST)
    said = random.choice(LINES)
    while len(said) < length:
        said += " " + random.choice(LINES)
    return said


def turn() -> list[str]:
    """What one person says before they wait for others."""
    return [text() for _ in range(random.randint(*BURST_MESSAGES) if random.random() < BURST else 1)]


def thinking_seconds(median: float = THINKING_S) -> float:
    return min(random.lognormvariate(0, THINKING_SPREAD) * median, LONGEST_THOUGHT_S)


def typing_seconds(said: str) -> float:
    return min(len(said) / KEYS_PER_S, LONGEST_TYPING_S) * random.uniform(0.7, 1.3)
