"""What every action is given."""

import pytest

from server.actions.services import Services
from server.protocol.refusals import Code, Refused
from tests.actions.conftest import NIGHT


def test_a_room_is_found_by_its_channel_and_nothing_else_is_one(services: Services) -> None:
    assert services.room(NIGHT).channel == NIGHT
    for channel in ("room:nowhere", "ticket:abc", "desk"):
        with pytest.raises(Refused) as refused:
            services.room(channel)
        assert refused.value.code is Code.NO_ROOM


def test_the_secret_is_not_in_how_it_shows_itself(services: Services) -> None:
    assert repr(services.secret) not in repr(services)
