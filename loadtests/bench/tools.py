"""Compiles the two C tools once: the load generator, and the floor it is compared with."""

import hashlib
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
BUILD = HERE.parent.parent / "build" / "bench"
COMPILERS = ("cc", "gcc", "clang")


class NoCompiler(RuntimeError):
    """The tools can't be built here; the message says why."""


@dataclass(frozen=True)
class Tools:
    """Where the compiled tools are."""

    fangen: Path
    cfloor: Path


def built(folder: Path = BUILD) -> Tools:
    """Both tools, compiled where their source is new."""
    if sys.platform != "linux":
        raise NoCompiler("The benchmark reads /proc and pins cores: it runs on Linux only.")
    return Tools(_built("fangen", folder), _built("cfloor", folder))


def library(source: Path, folder: Path = BUILD) -> Path:
    """A library of one file, for LD_PRELOAD."""
    return _compiled(source, folder, "-shared", "-fPIC")


def _built(name: str, folder: Path) -> Path:
    return _compiled(HERE / f"{name}.c", folder)


def _compiled(source: Path, folder: Path, *options: str) -> Path:
    program = folder / f"{source.stem}-{hashlib.sha256(source.read_bytes()).hexdigest()[:12]}"
    if not program.exists():
        folder.mkdir(parents=True, exist_ok=True)
        draft = program.with_suffix(".new")
        subprocess.run([_compiler(), "-O2", *options, "-o", str(draft), str(source), "-ldl"], check=True)
        draft.replace(program)
    return program


def _compiler() -> str:
    found = next((path for name in COMPILERS if (path := shutil.which(name))), None)
    if found is None:
        raise NoCompiler("A C compiler is needed to build this tool: sudo apt-get install gcc libc6-dev")
    return found
