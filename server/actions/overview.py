"""The overview: how it goes in every one-to-one, now, for supervisors."""

import asyncio

from msgspec import structs

from server.actions import listening, supervisors, tickets
from server.actions.caller import Caller
from server.actions.services import Services
from server.actions.terms import terms_of
from server.domain import one_to_one
from server.domain import overview as rules
from server.domain.listening import Talk
from server.protocol.supervising import Overview, OverviewState
from server.store.desk import Drawer


async def overview(services: Services, caller: Caller, command: Overview) -> OverviewState:
    found = await look(services)
    quiet = dict(await asyncio.gather(*(_quiet(services, talk) for talk in rules.talks(found.records))))
    seen = structs.replace(found, quiet=quiet)
    return OverviewState(
        ref=command.ref,
        now=seen.now,
        numbers=rules.numbers(seen),
        listeners=rules.listeners(seen),
        ones=rules.ones(seen),
    )


async def look(services: Services) -> rules.Seen:
    """Without who owes whom a word, for which every one-to-one would be read."""
    store = services.store
    kept, attendance, on_duty, drawer = await asyncio.gather(
        store.listening.everything(),
        store.listening.seen(),
        supervisors.on_duty(services),
        store.desk.records(Drawer.TICKETS),
    )
    cared_for = [tickets.decoded(each) for each in drawer]
    return rules.Seen(
        records=tuple(listening.records(kept.values())),
        attendance=attendance,
        quiet={},
        tickets=rules.open_tickets([(each.person, each.ticket) for each in cared_for]),
        supervisors=on_duty,
        now=store.clock.now(),
        terms=terms_of(services.settings),
    )


async def _quiet(services: Services, talk: Talk) -> tuple[str, tuple[str, int]]:
    return talk.channel, one_to_one.owed(talk, await services.store.listening.said(talk.channel))
