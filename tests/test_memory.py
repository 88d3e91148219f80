"""What was free and scattered is given back to the system."""

import platform
import subprocess
import sys

import pytest

SCATTERED = """
import asyncio, os
from server import memory

def resident():
    with open("/proc/self/statm") as statm:
        return int(statm.read().split()[1]) * os.sysconf("SC_PAGESIZE")

few = resident()
held = [bytearray(2_000) for _ in range(50_000)]
between = held[::500]  # these stay, so that nothing above them can go by itself
many = resident()
del held
asyncio.run(memory.give_back())
assert many - few > 50 * 2**20, "or nothing is shown"
assert resident() - few < (many - few) / 4
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="other allocators give back by themselves")
def test_what_lies_free_between_what_is_used_is_given_back() -> None:
    subprocess.run([sys.executable, "-c", SCATTERED], check=True, timeout=60)
