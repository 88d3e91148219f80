"""A step's Lua: what it includes put in, and names for what it takes."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources

from server.store.call import Argument

HEADER = re.compile(r"^-- (KEYS|ARGV):(.*)$", re.MULTILINE)
INCLUDE = re.compile(r"^-- include: (\w+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Script:
    """One step: its source with names for KEYS and ARGV, and the SHA-1 under which the store knows it."""

    name: str
    keys: tuple[str, ...]
    arguments: tuple[str, ...]
    source: str
    sha: str

    def call(self, keys: Mapping[str, str], arguments: Mapping[str, Argument]) -> tuple[Argument, ...]:
        """The command, its arguments in the script's own order; a missing or unknown name is a bug and raises."""
        if len(keys) != len(self.keys) or len(arguments) != len(self.arguments):
            raise TypeError(f"{self.name} takes {self.keys} and {self.arguments}")
        return (
            "EVALSHA",
            self.sha,
            len(self.keys),
            *map(keys.__getitem__, self.keys),
            *map(arguments.__getitem__, self.arguments),
        )


def load(name: str) -> Script:
    """Reads `scripts/<name>.lua`, puts in what it includes, and gives KEYS and ARGV their names."""
    text = _whole(name)
    names: dict[str, list[str]] = {"KEYS": [], "ARGV": []}
    for kind, listed in HEADER.findall(text):
        names[kind] += listed.split()
    prelude = "".join(
        f"local {name} = {kind}[{place}]\n"
        for kind, listed in names.items()
        for place, name in enumerate(listed, start=1)
    )
    source = prelude + text
    sha = hashlib.sha1(source.encode(), usedforsecurity=False).hexdigest()
    return Script(name, tuple(names["KEYS"]), tuple(names["ARGV"]), source, sha)


def _whole(name: str) -> str:
    text = resources.files("server.store").joinpath("scripts", f"{name}.lua").read_text()
    return INCLUDE.sub(lambda found: _whole(found[1]), text)
