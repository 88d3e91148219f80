"""The examples of docs/screening-files.md, as they stand there."""

import re
from pathlib import Path
from types import ModuleType

PAGE = Path(__file__).parents[2] / "docs" / "screening-files.md"


def example(beginning: str) -> ModuleType:
    """The block of code whose first line begins so, as a module."""
    blocks = re.findall(r"```python\n(.+?)```", PAGE.read_text(), re.DOTALL)
    (code,) = (block for block in blocks if block.startswith(f'"""{beginning}'))
    module = ModuleType("example")
    exec(compile(code, str(PAGE), "exec"), module.__dict__)
    return module
