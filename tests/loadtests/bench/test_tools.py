"""The C tools: compiled once, and one sentence where they can't be."""

import shutil
from pathlib import Path

import pytest

from loadtests.bench.tools import COMPILERS, NoCompiler, built

HAS_COMPILER = any(shutil.which(name) for name in COMPILERS)


@pytest.mark.skipif(not HAS_COMPILER, reason="there is no C compiler here")
def test_both_tools_compile_once(tmp_path: Path) -> None:
    tools = built(tmp_path)
    made = tools.fangen.stat().st_mtime_ns, tools.cfloor.stat().st_mtime_ns
    assert built(tmp_path) == tools
    assert made == (tools.fangen.stat().st_mtime_ns, tools.cfloor.stat().st_mtime_ns)


def test_without_a_compiler_one_sentence_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NoCompiler, match="A C compiler is needed"):
        built(tmp_path)
