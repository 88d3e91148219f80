"""What one process left undone another finishes, once."""

from server.actions import background, errands
from server.actions.services import Services
from server.domain.channels import inbox
from server.domain.errands import Tell
from server.protocol.codec import UNSTAMPED, encode
from server.protocol.events import TicketSettled
from server.store import keys
from server.store.channels import NOBODY, Utterance
from tests.actions.conftest import NIGHT, Arrive
from tests.store.test_channels import said

ANA = "ana".ljust(32, "0")
TOLD = Tell(inbox(ANA), encode(TicketSettled(ticket="t1", at=UNSTAMPED)))


async def left_undone(services: Services) -> None:
    """As when a process dies right after the step."""
    utterance = Utterance(NIGHT, ANA, b"1" * 16, b"", b"digest00", "", True)
    await services.store.channels.post(utterance, said(), NOBODY, {"e1": TOLD})


async def test_a_sweep_carries_what_was_left_and_leaves_nothing(services: Services) -> None:
    await left_undone(services)
    await errands.sweep(services)
    assert len(await services.store.channels.after(inbox(ANA), 0)) == 1
    assert await services.store.link.client.hlen(keys.out(NIGHT)) == 0


async def test_carried_by_two_it_arrives_once(services: Services) -> None:
    await left_undone(services)
    await errands.carry(services, NIGHT, {"e1": TOLD})
    await errands.carry(services, NIGHT, {"e1": TOLD})
    assert len(await services.store.channels.after(inbox(ANA), 0)) == 1


async def test_carried_soon_is_carried(services: Services, arrive: Arrive) -> None:
    errands.carry_soon(services, NIGHT, {"e1": TOLD})
    await background.finished()
    assert len(await services.store.channels.after(inbox(ANA), 0)) == 1
