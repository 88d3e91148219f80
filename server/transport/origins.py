"""Which names we answer to, which pages may open a socket, and whose word on an address is believed."""

import asyncio
from urllib.parse import urlsplit

from msgspec import Struct

from server.config import Settings

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


class House(Struct, frozen=True):
    """Exact bytes only: a substring or a wildcard here would let any page read along."""

    origins: frozenset[bytes]
    hosts: frozenset[bytes]
    proxies: frozenset[str]
    secure: bool


def house(settings: Settings) -> House:
    origins = {settings.url, *_listed(settings.origins)}
    parts = urlsplit(settings.url)
    if parts.scheme == "http" and parts.netloc.rpartition(":")[0] in LOOPBACK:
        origins |= {f"http://{name}:{parts.port}" for name in LOOPBACK}
    return House(
        origins=frozenset(origin.encode() for origin in origins),
        hosts=frozenset(urlsplit(origin).netloc.encode() for origin in origins),
        proxies=frozenset(_listed(settings.proxies)),
        secure=settings.secure,
    )


def caller(house: House, peer: str, forwarded: bytes | None) -> str:
    """The address a request came from: the last hop of X-Forwarded-For that no trusted proxy added.

    Only what the nearest trusted proxy wrote counts, so that a forged chain changes nothing.
    """
    if forwarded is None or (peer and peer not in house.proxies):
        return peer
    hops = [hop.strip() for hop in forwarded.decode("latin-1").split(",")]
    return next((hop for hop in reversed(hops) if hop not in house.proxies), peer)


def peer_address(transport: asyncio.BaseTransport) -> str:
    """The address at the other end; empty over a unix socket, where it can only be a proxy of ours."""
    peer = transport.get_extra_info("peername")
    return str(peer[0]) if isinstance(peer, tuple) else ""


def arrived_in_clear(house: House, peer: str, scheme: bytes | None) -> bool:
    """A proxy we trust says that this came over plain http, though the service lives on https."""
    return house.secure and scheme == b"http" and (not peer or peer in house.proxies)


def _listed(names: str) -> list[str]:
    return [name.strip().rstrip("/") for name in names.split(",") if name.strip()]
