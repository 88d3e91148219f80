"""Puts the peers' own parts into a folder that git ignores, in the pinned versions, the first time they are needed."""

import contextlib
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).parent
CACHE = HERE.parent.parent / "build" / "compare"
REQUIREMENTS = HERE / "requirements.txt"
PACKAGES = ("package.json", "package-lock.json", ".npmrc")
NCHAN = ("/usr/lib/nginx/modules/ngx_nchan_module.so", "/usr/lib64/nginx/modules/ngx_nchan_module.so")
CENTRIFUGO = "github.com/centrifugal/centrifugo/v6@v6.9.1"
PATIENCE_SECONDS = 600
SHOWN = ("Django", "channels", "channels_redis", "socketify")
PROGRAMS = {
    "nginx": ("nginx", "-v"),
    "nchan": ("dpkg-query", "-W", "-f", "${Version}", "libnginx-mod-nchan"),
    "node": ("node", "--version"),
}


class NotHere(RuntimeError):
    """A peer can't be measured on this machine; the message is the reason, for the table."""


def python() -> Path:
    """A Python with the peers' packages and nothing of ours."""
    program = "bin/python"

    def build(folder: Path) -> None:
        _run(sys.executable, "-m", "venv", str(folder))
        pip = ("-m", "pip", "install", "-q", "--disable-pip-version-check", "--no-deps")
        _run(str(folder / program), *pip, "-r", str(REQUIREMENTS))

    return kept("python", [REQUIREMENTS], build) / program


def node() -> tuple[str, str]:
    """Node, and the folder its programs find their packages in."""
    program, npm = _program("node", "Node 20 or newer"), _program("npm", "npm")

    def build(folder: Path) -> None:
        folder.mkdir(parents=True)
        for name in PACKAGES:
            shutil.copy(HERE / name, folder / name)
        _run(npm, "ci", "--no-audit", "--no-fund", "--silent", cwd=folder)

    return program, str(kept("node", [HERE / name for name in PACKAGES], build) / "node_modules")


def nginx() -> tuple[str, str]:
    """nginx, and the file of its Nchan module."""
    hint = "apt-get install nginx libnginx-mod-nchan"
    program = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    module = next((path for path in NCHAN if Path(path).exists()), None)
    if program is None or module is None:
        raise NotHere(f"nginx with its Nchan module is needed: {hint}")
    return program, module


def centrifugo() -> str:
    """The one on PATH; otherwise one that Go builds."""
    if found := shutil.which("centrifugo"):
        return found
    go = _program("go", "centrifugo, or Go to build it")

    def build(folder: Path) -> None:
        _run(go, "install", CENTRIFUGO, env={"GOBIN": str(folder), "GOFLAGS": "-mod=mod"})

    return str(kept("centrifugo", [], build, CENTRIFUGO) / "centrifugo")


def kept(name: str, sources: list[Path], build: Callable[[Path], None], *more: str) -> Path:
    """The folder of what was built from these sources; the mark, written last, says that it is whole."""
    digest = hashlib.sha256(b"".join(source.read_bytes() for source in sources) + "".join(more).encode())
    folder = CACHE / f"{name}-{digest.hexdigest()[:12]}"
    mark = folder / ".whole"
    if not mark.exists():
        print(f"Setting up {name} for the peers ...", file=sys.stderr)
        shutil.rmtree(folder, ignore_errors=True)
        build(folder)
        mark.touch()
    return folder


def _program(name: str, wanted: str) -> str:
    if found := shutil.which(name):
        return found
    raise NotHere(f"{wanted} is needed")


def _run(*argv: str, cwd: Path | None = None, env: dict[str, str] | None = None) -> None:
    around = {**os.environ, **(env or {})}
    try:
        subprocess.run(argv, cwd=cwd, env=around, check=True, capture_output=True, text=True, timeout=PATIENCE_SECONDS)
    except subprocess.TimeoutExpired:
        raise NotHere(f"{Path(argv[0]).name} {argv[1]} took too long") from None
    except subprocess.CalledProcessError as failed:
        said = (failed.stderr or failed.stdout or "no reason given").strip().splitlines()[-1].strip()
        raise NotHere(f"{Path(argv[0]).name} {argv[1]}: {said}") from None


def versions() -> dict[str, str]:
    """Of the peers, as pinned or found."""
    pinned = (line.partition("==") for line in REQUIREMENTS.read_text().splitlines() if "==" in line)
    python = {name: version for name, _, version in pinned if name in SHOWN}
    packages = json.loads((HERE / "package.json").read_text())["dependencies"]
    found = {name: said for name, argv in PROGRAMS.items() if (said := _said(*argv))}
    return {**python, **packages, **found}


def _said(*argv: str) -> str:
    """The version in what a program says of itself, or nothing."""
    with contextlib.suppress(OSError, subprocess.SubprocessError):
        told = subprocess.run(argv, capture_output=True, text=True, timeout=10)
        if number := re.search(r"\d+\.\d+[\w.+~-]*", told.stdout + told.stderr):
            return number[0]
    return ""
