"""When to come back after a connection ended, as docs/protocol.md section 11 has it."""

RESTART, OVERLOADED = 1012, 1013
AFTER_RESTART_SECONDS, AFTER_OVERLOAD_SECONDS = 5.0, 30.0
FIRST_WAIT_SECONDS, LONGEST_WAIT_SECONDS = 0.5, 20.0


def wait_seconds(code: int, tries: int, chance: float) -> float:
    """Until the next try; `tries` were made since the connection ended, `chance` is a number from 0 up to 1."""
    if code == RESTART and tries == 0:
        return chance * AFTER_RESTART_SECONDS
    if code == OVERLOADED:
        return chance * AFTER_OVERLOAD_SECONDS
    spread = min(LONGEST_WAIT_SECONDS, FIRST_WAIT_SECONDS * 2.0**tries)
    return min(LONGEST_WAIT_SECONDS, FIRST_WAIT_SECONDS + chance * spread)
