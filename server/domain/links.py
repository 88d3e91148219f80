"""Where a link leads."""

from collections.abc import Iterable
from typing import Annotated

from msgspec import Meta

Domain = Annotated[str, Meta(pattern=r"^[a-z0-9-]+(\.[a-z0-9-]+)+(/[a-z0-9@_-]*)?$")]


def leads_to(link: str, places: Iterable[str]) -> bool:
    """To one of these domains, or below one; a place with a path is only that path."""
    host, _, path = link.removeprefix("https://").removeprefix("http://").partition("/")
    parts = host.rpartition("@")[2].split(":")[0].split(".")  # what stands before an @ is a name, made to look like one
    hosts = {".".join(parts[place:]) for place in range(len(parts))}
    return any(place.partition("/")[0] in hosts and path.startswith(place.partition("/")[2]) for place in places)
