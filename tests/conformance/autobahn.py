"""`make conformance`: the Autobahn TestSuite asks our socket what RFC 6455 asks; its verdicts become one table."""

import json
import os
import platform
import shutil
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from server.config import Settings
from tests.conformance.echo import Echo, Endpoint

HOUSE = Path(__file__).parents[2]
REPORT = HOUSE / "docs" / "conformance.md"
LAST_RUN = "## The last run\n"
CACHE = HOUSE / ".autobahn"
SUITE = "autobahntestsuite==25.10.1"
START = "import site, sys; site.addsitedir(sys.argv.pop(1)); from autobahntestsuite import wstest; wstest.run()"
IS_2_7 = "import sys; sys.exit(sys.version_info[:2] != (2, 7))"
PATIENCE_SECONDS = 300

SECTIONS = {
    "1": "framing",
    "2": "pings and pongs",
    "3": "reserved bits",
    "4": "opcodes",
    "5": "fragments",
    "6": "UTF-8",
    "7": "close handshake",
    "10": "automatic fragments",
    "9": "limits and speed (informational)",
}
COUNTED = [section for section in SECTIONS if section != "9"]
PASSED = {"OK", "NON-STRICT", "INFORMATIONAL"}

# The suite's messages are larger than ours may be; everything else is as in production where a failure counts.
LARGER = Settings(message_bytes=65_536)
# Section 9 says 16 MiB at once or in pieces of 64 bytes, a thousand messages in a row, and takes its time.
LARGEST = Settings(
    message_bytes=2**24, fragments=2**17, fragment_ms=60_000, flood_per_minute=2**24, unsent_bytes=2**26, pong_ms=15_000
)

Verdicts = dict[str, str]  # by case: "6.4.3" is in section 6


class Stopped(Exception):
    """Why there is no result, in one sentence for whoever asked for it."""


def main() -> None:
    try:
        python = python_2_7()
        install(python)
        verdicts = asked(python, LARGER, COUNTED) | asked(python, LARGEST, ["9"])
    except Stopped as reason:
        sys.exit(f"The Autobahn TestSuite can't say anything: {reason}")
    result = table(verdicts)
    sys.stdout.write(f"\n{result}\n")
    if failed := failures(verdicts):
        sys.exit(f"Failed: {', '.join(failed)}. The suite's own pages say more: {CACHE.name}/reports/index.html")
    REPORT.write_text(REPORT.read_text().partition(LAST_RUN)[0] + f"{LAST_RUN}\n{circumstances()}\n\n{result}")


def python_2_7() -> str:
    """The suite is older than Python 3, and the shims of version managers are there without a Python behind them."""
    managed = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")).glob("versions/2.7*/bin/python2.7")
    found = map(shutil.which, (os.environ.get("PYTHON27", ""), "python2.7", "python2", *map(str, managed)))
    for python in filter(None, found):
        if subprocess.run([python, "-c", IS_2_7], capture_output=True).returncode == 0:
            return python
    raise Stopped("it needs a Python 2.7; `pyenv install 2.7.18` makes one, PYTHON27=/path/to/python2.7 names one.")


def install(python: str) -> None:
    """Once, into a folder of its own; a half-made one is not taken for it."""
    if (CACHE / SUITE).exists():
        return
    sys.stdout.write("Installing the Autobahn TestSuite ...\n")
    making = CACHE / "making"
    shutil.rmtree(making, ignore_errors=True)
    pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--target", str(making), SUITE]
    done = subprocess.run(pip, capture_output=True, text=True)
    if done.returncode:
        raise Stopped(f"{SUITE} could not be installed: {done.stderr.strip().splitlines()[-1:]}")
    making.rename(CACHE / SUITE)


def asked(python: str, settings: Settings, sections: list[str]) -> Verdicts:
    reports = CACHE / "reports"
    echo = Echo(Endpoint(), settings)
    here = f"127.0.0.1:{echo.port}"
    specification = {
        "outdir": str(reports),
        "servers": [{"agent": "us", "url": f"ws://{here}/ws", "origin": f"http://{here}"}],
        "cases": [f"{section}.*" for section in sections],
        "exclude-cases": [],
        "exclude-agent-cases": {},
    }
    shutil.rmtree(reports, ignore_errors=True)
    (CACHE / "spec.json").write_text(json.dumps(specification))
    suite = [python, "-c", START, str(CACHE / SUITE), "-m", "fuzzingclient", "-s", str(CACHE / "spec.json")]
    try:
        subprocess.run(suite, stdout=subprocess.DEVNULL, timeout=PATIENCE_SECONDS, check=True)
        cases = json.loads((reports / "index.json").read_text())["us"]
    except (subprocess.SubprocessError, OSError) as fault:
        raise Stopped(f"it ended without a report: {fault}") from None
    finally:
        echo.stop()
    if missing := [section for section in sections if not any(in_section(case, section) for case in cases)]:
        raise Stopped(f"it asked nothing of section {missing[0]}.")
    return {case: verdict(said["behavior"], said["behaviorClose"]) for case, said in cases.items()}


def verdict(behaviour: str, close: str) -> str:
    """One word for what was said and how the connection ended: the worse of the two."""
    return behaviour if close in PASSED else close


def in_section(case: str, section: str) -> bool:
    return case.startswith(f"{section}.")


def failures(verdicts: Verdicts) -> list[str]:
    return [case for case, said in verdicts.items() if said not in PASSED and not in_section(case, "9")]


def table(verdicts: Verdicts) -> str:
    rows = ["| section | cases | OK | non-strict | informational | failed |", "|---|---|---|---|---|---|"]
    for section, name in SECTIONS.items():
        count = Counter(said for case, said in verdicts.items() if in_section(case, section))
        failed = count.total() - sum(count[said] for said in PASSED)
        row = (f"{section} {name}", count.total(), count["OK"], count["NON-STRICT"], count["INFORMATIONAL"], failed)
        rows.append(f"| {' | '.join(map(str, row))} |")
    return "\n".join(rows) + "\n"


def circumstances() -> str:
    ours = ", ".join(f"{name} {version(name)}" for name in ("uvicorn", "uvloop", "websockets"))
    return f"{datetime.now(UTC):%d %B %Y}; {SUITE.replace('==', ' ')}; Python {platform.python_version()}, {ours}."


if __name__ == "__main__":
    main()
