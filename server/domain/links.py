"""Where a link leads."""

from collections.abc import Iterable
from typing import Annotated

from msgspec import Meta

Domain = Annotated[str, Meta(pattern=r"^[a-z0-9-]+(\.[a-z0-9-]+)+(/[a-z0-9@_-]*)?$")]


class Domains:
    """Each is it and what lies below it; one with a path is only that path."""

    def __init__(self, domains: Iterable[str]) -> None:
        self._paths: dict[str, list[str]] = {}
        for domain in domains:
            host, _, path = domain.partition("/")
            self._paths.setdefault(host, []).append(path)

    def has(self, link: str) -> bool:
        """Whether it leads to one of them."""
        host, _, path = link.removeprefix("https://").removeprefix("http://").partition("/")
        parts = host.rpartition("@")[2].split(":")[0].split(".")  # before an @ stands a name, made to look like a host
        hosts = (".".join(parts[place:]) for place in range(len(parts)))
        return any(path.startswith(begin) for above in hosts for begin in self._paths.get(above, ()))
