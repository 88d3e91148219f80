"""What the matcher is told of a person: nothing that is not so."""

from server.actions import meeting
from server.actions.services import Services


async def test_who_has_blocked_nobody_and_was_not_asked_for_their_age_may_meet_anyone(services: Services) -> None:
    assert await meeting.avoided_by(services, "ana") == ()
    assert await meeting.band_of(services, "ana") == ""
