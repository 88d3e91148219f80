"""The seats of a one-to-one: who may be heard in it, by what the step knows of them."""

from server.actions.services import Services
from server.domain import identity
from server.domain.errands import CloseOne, OpenOne


async def open_one(services: Services, one: OpenOne) -> None:
    tag = identity.author_tag(services.secret, one.person, one.channel)
    await services.store.listening.seat(one, tag, bytes(8))


async def close_one(services: Services, one: CloseOne) -> None:
    await services.store.listening.unseat(one.channel, one.listener)
