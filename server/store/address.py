"""Where the store is: one node, one that a Sentinel names, or a cluster, by what stands in REDIS_URL."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.asyncio.sentinel import Sentinel
from redis.backoff import NoBackoff

from server.config import BadSetting, Settings
from server.store.cluster import Cluster, Place
from server.store.nodes import Nodes, One, Primary

PORT, SENTINEL_PORT = 6379, 26379
FORMS = (
    "redis://, rediss:// and unix:// for one node, redis+sentinel://host:port,host:port/name/0, "
    "redis+cluster://host:port,host:port, or rediss+ instead of redis+ for TLS"
)


async def reached(url: str, settings: Settings) -> Nodes:
    """The store's nodes; `BadSetting` where the address can't be read, OSError where a cluster does not answer."""
    address = urlsplit(url)
    match address.scheme:
        case "redis" | "rediss" | "unix":
            return One(_one(url, settings), settings)
        case "redis+sentinel" | "rediss+sentinel":
            return Primary(_primary(address, settings), settings)
        case "redis+cluster" | "rediss+cluster":
            cluster = Cluster(
                _places(address, PORT),
                lambda host, port: Redis(host=host, port=port, **_how(address, settings)),
                settings,
            )
            await cluster.open()
            return cluster
        case _:
            raise BadSetting(f"REDIS_URL takes {FORMS}")


def _one(url: str, settings: Settings) -> Redis:
    try:
        client: Redis = Redis.from_url(url, **_patience(settings))
    except ValueError:
        raise BadSetting(f"REDIS_URL takes {FORMS}") from None
    return client


def _primary(address: SplitResult, settings: Settings) -> Redis:
    name, _, database = address.path.strip("/").partition("/")
    if not name:
        raise BadSetting("REDIS_URL with a Sentinel needs the primary's name: redis+sentinel://host:port/name/0")
    password = parse_qs(address.query).get("sentinel_password", [None])[0]
    asking = {**_patience(settings), **({"password": password} if password else {})}
    watch: Any = Sentinel(_places(address, SENTINEL_PORT), sentinel_kwargs=asking)  # type: ignore[no-untyped-call]
    client: Redis = watch.master_for(name, db=int(database or 0), **_how(address, settings))
    return client


def _places(address: SplitResult, port: int) -> list[Place]:
    hosts = address.netloc.rpartition("@")[2].split(",")
    try:
        split = [urlsplit(f"//{host}") for host in hosts if host]
        return [(each.hostname or "", each.port or port) for each in split]
    except ValueError:
        raise BadSetting(f"REDIS_URL takes {FORMS}") from None


def _how(address: SplitResult, settings: Settings) -> Mapping[str, Any]:
    """Signing in to the nodes that keep the data."""
    user, _, password = address.netloc.rpartition("@")[0].partition(":")
    signing = {"username": unquote(user) or None, "password": unquote(password) or None}
    return {**_patience(settings), **signing, **({"ssl": True} if address.scheme.startswith("rediss") else {})}


def _patience(settings: Settings) -> dict[str, Any]:
    """No silent retries: a repeated write must be ours to decide, and a caller is told within a second."""
    return {"protocol": 3, "retry": Retry(NoBackoff(), 0), "socket_connect_timeout": settings.store_ms / 1000}
