"""The pager's calls in the store: left once for each route, taken by one process, made or tried again."""

from collections.abc import Mapping

from msgspec import Struct, msgpack

from server.config import Settings
from server.domain import paging
from server.domain.channels import DESK
from server.domain.paging import Call, Link, Quiet
from server.protocol.codec import UNSTAMPED, encode
from server.protocol.events import PagerChanged, PageSeen
from server.store import keys
from server.store.channels import NOBODY, Channels
from server.store.script import Scripts

LIFE_MS = 24 * 3_600_000  # what is known of calls, after the last of them was left, tried or seen

_calls = msgpack.Decoder(Call)


class Called(Struct, frozen=True):
    """What became of a ticket's calls: by which routes it was made and when, and what came back of a drill's."""

    quiet: Quiet
    sent: Mapping[str, int]
    back: Mapping[str, str]


class Paging(Struct, frozen=True):
    scripts: Scripts
    settings: Settings
    channels: Channels

    async def leave(self, route: str, call: Call) -> bool:
        """False where this very call was left before."""
        left = await self.scripts.run(
            "call",
            {**_of(route), "called": keys.called(call.ticket)},
            {
                "route": route,
                "ticket": call.ticket,
                "call_id": call.id,
                "call": msgpack.encode(call),
                "gravity": paging.gravity(call),
                "life_ms": LIFE_MS,
            },
        )
        return bool(left)

    async def take(self, route: str, most: int, lease_ms: int) -> list[Call]:
        """What is due, for this process alone while the lease lasts."""
        taken = await self.scripts.run("call_take", _of(route), {"most": most, "lease_ms": lease_ms})
        return [_calls.decode(call) for call in taken[1::2]]

    async def sent(self, route: str, call: Call, back: str = "") -> None:
        await self.scripts.run(
            "call_sent",
            self._keys(route, call),
            {
                **self._what(route, call),
                "back": back,
                "event": encode(PagerChanged(route=route, fails=False, at=UNSTAMPED)),
            },
        )

    async def failed(self, route: str, call: Call) -> int:
        """How often it has failed in a row."""
        tries: int = await self.scripts.run(
            "call_failed",
            self._keys(route, call),
            {
                **self._what(route, call),
                "first_ms": self.settings.page_retry_ms,
                "most_ms": self.settings.page_retry_most_ms,
                "tries_most": self.settings.page_tries,
                "event": encode(PagerChanged(route=route, fails=True, at=UNSTAMPED)),
            },
        )
        return tries

    async def put_off(self, route: str, call: Call, until: int) -> None:
        """To a moment, or for ever with 0."""
        await self.scripts.run(
            "call_put_off", _of(route), {"ticket": call.ticket, "call": msgpack.encode(call), "at": until}
        )

    async def seen(self, link: Link, mark: str, link_ms: int) -> bool:
        """Seen by phone; false where this link was used before."""
        seen = await self.scripts.run(
            "call_seen",
            {
                "seen": keys.call_seen(mark),
                **_of(link.route),
                "called": keys.called(link.call.ticket),
                "meta": keys.meta(DESK),
                "log": keys.log(DESK),
            },
            {
                **self._what(link.route, link.call),
                "gravity": paging.gravity(link.call),
                "quiet_ms": self.settings.page_quiet_ms,
                "link_ms": link_ms,
                "event": encode(PageSeen(ticket=link.call.ticket, route=link.route, at=UNSTAMPED)),
            },
        )
        return bool(seen)

    async def was_seen(self, mark: str) -> bool:
        return bool(await self.scripts.ask("EXISTS", keys.call_seen(mark)))

    async def called(self, ticket: str) -> Called:
        found: dict[bytes, bytes] = await self.scripts.ask("HGETALL", keys.called(ticket))
        told = {name.decode(): value.decode() for name, value in found.items()}
        return Called(
            quiet=Quiet(int(told.get("quiet", 0)), int(told.get("gravity", 0))),
            sent={name[5:]: int(value) for name, value in told.items() if name.startswith("sent:")},
            back={name[5:]: value for name, value in told.items() if name.startswith("back:")},
        )

    async def failing(self) -> tuple[str, ...]:
        return tuple(sorted(route.decode() for route in await self.scripts.ask("HKEYS", keys.routes_failing())))

    async def waiting(self, route: str) -> int:
        return int(await self.scripts.ask("HLEN", keys.calls(route)))

    async def red_since(self, *, is_red: bool) -> int:
        """Since when nobody is on duty in opening hours, as all processes agree; 0 where someone is."""
        return int(await self.scripts.run("red", {"since": keys.red_since()}, {"is_red": int(is_red)}))

    async def keep_drill(self, result: bytes) -> None:
        await self.scripts.ask("SET", keys.drill(), result)

    async def last_drill(self) -> bytes | None:
        result: bytes | None = await self.scripts.ask("GET", keys.drill())
        return result

    def _keys(self, route: str, call: Call) -> dict[str, str]:
        return {
            **_of(route),
            "called": keys.called(call.ticket),
            "failing": keys.routes_failing(),
            "meta": keys.meta(DESK),
            "log": keys.log(DESK),
        }

    def _what(self, route: str, call: Call) -> dict[str, str | int | bytes]:
        return {
            **self.channels.placing(DESK),
            "route": route,
            "ticket": call.ticket,
            "call": msgpack.encode(call),
            "life_ms": LIFE_MS,
            "author_tag": NOBODY,
        }


def _of(route: str) -> dict[str, str]:
    return {"calls": keys.calls(route), "due": keys.calls_due(route)}
