"""How a bug is logged: where it happened and its kind, never its message, which can hold what people wrote."""

import traceback
from pathlib import Path


def where(fault: BaseException) -> str:
    frames = traceback.extract_tb(fault.__traceback__)
    steps = " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(frames[-6:]))
    return f"{type(fault).__name__} at {steps}"
