"""G13: when every process is killed at once, everybody is back soon, and nobody hammers at the door."""

import asyncio
import time

from tests.faults.crowd import Member, gathered, opened_house
from tests.faults.figures import FULL, of, resident_mib, tell
from tests.walks.house import House

PEOPLE, ROOMS = of(40, 5_000), of(4, 100)
BUDGET = {"handshakes_per_second": of("10", "200"), "handshake_burst": of("5", "400")}
PATIENCE_S = 120.0
MOST_TRIES, MOST_S = 8, 60.0


async def test_after_everything_is_killed_everyone_comes_back_by_themselves() -> None:
    async with opened_house(2, connections="20000", sessions_per_prefix="1000000", **BUDGET) as house:
        members = await gathered(house, PEOPLE, [house.fresh_room() for _ in range(ROOMS)])
        for server in house.servers:
            server.kill()
        killed = time.monotonic()
        for member in members:
            member.note.forget()
            await member.is_gone()
        for server in house.servers:
            server.start()
        # Together: each who is not back by then fails this test.
        await asyncio.gather(*(member.is_back(PATIENCE_S) for member in members))
        tell_of(members, killed, house)
        assert all(member.client.rooms[member.channel]["resumed"] == "resumed" for member in members)
        assert sum(member.note.turned_away for member in members) > 0, "the storm was none: nobody was asked to wait"
        assert max(member.note.tries for member in members) <= MOST_TRIES
        assert not any(member.client.of(member.channel).repeated for member in members)
        if FULL:
            assert max(member.back_at for member in members) - killed <= MOST_S


def tell_of(members: list[Member], killed: float, house: House) -> None:
    back = sorted(member.back_at - killed for member in members)
    tell(
        f"{len(members)} clients, both processes killed",
        all_back_s=back[-1],
        half_back_s=back[len(back) // 2],
        most_tries=max(member.note.tries for member in members),
        tries_each=sum(member.note.tries for member in members) / len(members),
        turned_away=sum(member.note.turned_away for member in members),
        resident_mib=[round(resident_mib(server._process.pid)) for server in house.servers],
    )
