"""Each step of a version is kept, told at the desk and audited; what can't be done now is refused in a sentence."""

import pytest

from server.actions.policy_book import NotNow, Word, propose, put_in_force, roll_back, withdraw
from server.actions.services import Services
from server.domain.channels import DESK
from server.domain.policies import STARTED
from server.judging import compared
from server.protocol.commands import Desk
from server.protocol.events import DeskState, PolicyChanged
from server.protocol.people import Role
from server.protocol.policy import PolicyStep, PolicyWhat
from tests.actions.conftest import Arrive
from tests.actions.soup import soup
from tests.waiting import until

OMAR = Word("Omar", "soup is not for everyone")


async def proposed(services: Services, dish: str = "pea soup") -> int:
    return (await propose(services.store, soup(dish), dish, OMAR, compared)).number


async def test_the_desk_reads_what_a_version_changes_before_it_is_in_force(services: Services, arrive: Arrive) -> None:
    mo = arrive("mo", Role.MODERATOR)
    await mo.does(Desk)
    await proposed(services)
    await until(lambda: mo.heard(PolicyChanged))
    told = mo.heard(PolicyChanged)[0].policy
    assert (told.step, told.by, told.why, told.name) == (PolicyStep.PROPOSED, *OMAR, "pea soup")
    assert {PolicyWhat.SCREENER_ADDED, PolicyWhat.SCREENER_REMOVED} <= {change.what for change in told.changes}
    assert told.more > 0, "the shipped rules are gone by it, and that is more than a desk can show"
    assert not (await services.store.policies.book())[1].leads


async def test_whoever_comes_to_the_desk_later_reads_it_too(services: Services, arrive: Arrive) -> None:
    mo = arrive("mo", Role.MODERATOR)
    assert (await mo.does(Desk)).policy is None
    number = await proposed(services)
    state = await mo.does(Desk)
    assert isinstance(state, DeskState)
    assert state.policy is not None
    assert (state.policy.number, state.policy.step) == (number, PolicyStep.PROPOSED)
    await withdraw(services.store, OMAR, compared)
    assert (await mo.does(Desk)).policy is None


async def test_every_step_is_in_the_audit_with_who_and_why(services: Services) -> None:
    await proposed(services)
    await withdraw(services.store, OMAR, compared)
    await proposed(services)
    await put_in_force(services.store, Word("Ola", "agreed"), compared)
    await roll_back(services.store, None, OMAR, compared)
    rows = await services.store.moderation.audit_rows([DESK])
    assert [(row.who, row.what, row.which, row.why) for row in rows] == [
        ("Omar", "policy_propose", "policy 1", OMAR.why),
        ("Omar", "policy_withdraw", "policy 1", OMAR.why),
        ("Omar", "policy_propose", "policy 2", OMAR.why),
        ("Ola", "policy_apply", "policy 2", "agreed"),
        ("Omar", "policy_rollback", "policy 0", OMAR.why),
    ]


async def test_a_way_back_tells_the_changes_the_other_way_round(services: Services) -> None:
    await proposed(services)
    await put_in_force(services.store, OMAR, compared)
    number = await proposed(services, "bean soup")
    await put_in_force(services.store, OMAR, compared)
    back = await roll_back(services.store, None, OMAR, compared)
    assert (back.number, back.step) == (number - 1, PolicyStep.ROLLED_BACK)
    phrases = {change.what: change.before or change.after for change in back.changes if change.of == "conduct.soup"}
    assert phrases == {PolicyWhat.PHRASE_ADDED: "pea soup", PolicyWhat.PHRASE_REMOVED: "bean soup"}
    to_start = await roll_back(services.store, STARTED, OMAR, compared)
    assert to_start.number == STARTED


@pytest.mark.parametrize("number", [None, 7, STARTED])
async def test_there_is_no_way_back_to_what_was_never_in_force(services: Services, number: int | None) -> None:
    with pytest.raises(NotNow, match="no such version"):
        await roll_back(services.store, number, OMAR, compared)


async def test_nothing_comes_into_force_that_was_not_proposed(services: Services) -> None:
    for step in (put_in_force, withdraw):
        with pytest.raises(NotNow, match="Nothing is proposed"):
            await step(services.store, OMAR, compared)


async def test_what_changes_nothing_is_not_proposed(services: Services) -> None:
    await proposed(services)
    await put_in_force(services.store, OMAR, compared)
    with pytest.raises(NotNow, match="Nothing is different"):
        await proposed(services)
