"""Erasing: lines of a log, names, and all that is a person's, so that no byte of it stays."""

from collections.abc import Mapping

from msgspec import Struct

from server.config import Settings
from server.domain import channels
from server.domain.errands import Errands, packed
from server.protocol.codec import encode
from server.protocol.events import Numbered
from server.store import keys
from server.store.channels import Channels
from server.store.script import Scripts

AT_ONCE = 100  # lines in one step: the log is written anew at its end


class Erasing(Struct, frozen=True):
    scripts: Scripts
    settings: Settings
    channels: Channels

    async def lines(self, channel: str, lines: Mapping[int, Numbered], person: str = "") -> int:
        """Takes numbers out of a log, each told by its event; of one person only, where that is given. How many."""
        erased, numbers = 0, list(lines)
        for first in range(0, len(numbers), AT_ONCE):
            part = [(str(seq).encode(), encode(lines[seq])) for seq in numbers[first : first + AT_ONCE]]
            erased += await self.scripts.run(
                "erase",
                {"meta": keys.meta(channel), "log": keys.log(channel)},
                {
                    **self.channels.placing(channel),
                    "person": person,
                    "lines": b"".join(len(each).to_bytes(4) + each for line in part for each in line),
                },
            )
        return erased

    async def names(self, channel: str, person: str) -> None:
        """In one room or one-to-one: they stay taken for their time, and lead to nobody."""
        await self.scripts.run(
            "forget_names",
            {"name": keys.name(channel, person), "names": keys.names(channel, person)},
            {"prefix": keys.handle(channel, "")},
        )

    async def begin(self, person: str, errands: Errands) -> None:
        """From here on it cannot be lost."""
        inbox = channels.inbox(person)
        await self.channels.outbox.announce(inbox, errands)
        await self.scripts.run(
            "wipe",
            {"person": keys.person(person), "summary": keys.summary(person), "out": keys.out(inbox)},
            {"errands": packed(errands)},
        )
