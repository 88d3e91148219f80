"""What has been kept for its time leaves."""

from server.actions import background, retention
from server.actions.services import Services
from server.protocol.commands import Join
from server.protocol.events import HoldEnded
from tests.actions.conftest import NIGHT, Arrive
from tests.waiting import until


async def test_a_message_nobody_decided_goes_back_to_its_author_after_a_day(arrive: Arrive, services: Services) -> None:
    ana = arrive("ana")
    await ana.greets()
    await ana.does(Join, channel=NIGHT)
    await ana.says("ring me on 07700 900123")
    await retention.sweep(services)
    assert len(await services.store.moderation.all_held()) == 1
    services.store.clock._ahead_ms += services.settings.history_ms + 1
    await retention.sweep(services)
    await background.finished()
    await until(lambda: ana.heard(HoldEnded))
    assert ana.heard(HoldEnded)[0].decision is None
    assert await services.store.moderation.all_held() == []
