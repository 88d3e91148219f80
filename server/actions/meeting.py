"""Whom a person must not meet one-to-one, and of what age they are: what the matcher is told of them, in one place."""

from server.actions.services import Services


async def avoided_by(services: Services, person: str) -> tuple[str, ...]:
    """Whom they have blocked, and who has blocked them."""
    return ()


async def band_of(services: Services, person: str) -> str:
    """`adult`, `minor`, or empty where nobody asked."""
    return ""
