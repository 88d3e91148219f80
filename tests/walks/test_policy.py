"""Another policy, while people talk: the desk reads it first, then every process judges by it, and back."""

import asyncio

from tests.actions.soup import soup
from tests.walks.house import Build, House


def bring(house: House, dish: str) -> None:
    """Into the operator's folder, as an editor would."""
    for name, content in soup(dish).items():
        path = house.folder / "content" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)


async def command(house: House, *words: str) -> str:
    """While everyone here goes on hearing."""
    return await asyncio.to_thread(house.command, *words)


async def test_every_process_judges_by_what_the_desk_has_read_and_goes_back(build: Build) -> None:
    house = build(servers=2, policy_ms="200")
    room = house.fresh_room()
    ana, ben, mo = await house.peer(0), await house.peer(1), await house.moderator(at=1)
    for person in (ana, ben, mo):
        await person.joins(room)
    await mo.opens_the_desk()
    bring(house, "pea soup")

    assert "The rule conduct.soup is new: held for a moderator." in await command(house, "policy", "diff")
    await command(house, "policy", "propose", "--why", "no soup tonight", "--by", "Omar")
    told = (await mo.sees_at_the_desk("policy_changed"))["policy"]
    assert (told["step"], told["by"], told["why"]) == ("proposed", "Omar", "no soup tonight")
    assert (await ana.says("we had pea soup"))["type"] == "posted", "nothing has changed yet"

    assert "2 of 2 processes judge by it" in await command(house, "policy", "apply")
    for person in (ana, ben):
        assert (await person.says("we had pea soup, again"))["type"] == "held"
    newcomer = house.open_server()
    newcomer.await_ready()
    await command(house, "policy", "history")  # it would say so, and fail, where one judges by something else

    await command(house, "policy", "rollback", "--why", "soup is fine")
    assert (await ben.says("we had pea soup once more"))["type"] == "posted"
    rows = [row.split("\t")[1:] for row in (await command(house, "audit")).splitlines()]
    assert rows == [
        ["Omar", "policy_propose", "policy 1", "no soup tonight"],
        ["operator", "policy_apply", "policy 1", "no soup tonight"],
        ["operator", "policy_rollback", "policy 0", "soup is fine"],
    ]
