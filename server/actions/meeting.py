"""Whom a person must not meet one-to-one, and of what age they are: what the matcher is told of them, in one place."""

from server.actions.services import Services
from server.domain.ages import Band


async def avoided_by(services: Services, person: str) -> tuple[str, ...]:
    """Whom they have blocked, and who has blocked them, in whichever room."""
    return tuple(sorted(await services.store.blocks.never_meet(person)))


async def band_of(services: Services, person: str) -> Band:
    return await services.store.people.band(person)
