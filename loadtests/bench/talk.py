"""What the benchmark's members say: several hundred ordinary messages, so that no cache flatters anyone."""

import random
from pathlib import Path

LINES = tuple(Path(__file__).with_name("chat.txt").read_text().splitlines())
TEXTS = 401  # prime, so that each who writes in turn comes through all of them
SHORTEST, LONGEST = 185, 215  # characters


def texts(count: int = TEXTS) -> tuple[str, ...]:
    """Different texts of about 200 characters, the same in every run."""
    choose = random.Random("porchlight")
    said: dict[str, None] = {}
    while len(said) < count:
        text = ""
        while len(text) < SHORTEST:
            text = f"{text} {choose.choice(LINES)}".strip()
        if len(text) <= LONGEST:
            said[text] = None
    return tuple(said)
