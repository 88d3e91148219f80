"""Supervising: what waits for a supervisor, and reading along in a one-to-one, on record each time."""

from server.actions import following, limits, listening, supervisors
from server.actions.caller import Caller
from server.actions.messages import audit_row
from server.actions.services import Services
from server.domain import listening as rules
from server.domain import receivers
from server.domain.channels import LISTENING, SUPERVISION
from server.domain.listening import Talk, Waiting
from server.domain.supervised import Ask
from server.protocol.fields import Position
from server.protocol.refusals import Code, Refused
from server.protocol.supervising import Supervise, SupervisionState, Watch, Watching


async def supervise(services: Services, caller: Caller, command: Supervise) -> SupervisionState:
    """Follows what supervisors are told, and says what waits for one; the events that follow change it from there."""
    await supervisors.note(services, caller)
    ring = await services.here.ring(SUPERVISION)
    after = ring.top
    records = listening.records((await services.store.listening.everything()).values())
    waiting = {each.person: each for each in records if isinstance(each, Waiting)}
    caller.then(lambda: services.here.start(caller, SUPERVISION, after))
    return SupervisionState(
        ref=command.ref,
        position=Position(epoch=ring.epoch, seq=after),
        asks=tuple(each.as_item() for each in records if isinstance(each, Ask) and (each.waits or not each.one)),
        transfers=tuple(
            receivers.as_offer(each, waiting.get(each.person))
            for each in records
            if isinstance(each, Talk) and receivers.is_wanted(each)
        ),
        lifts=limits.waiting(services, records),
    )


async def watch(services: Services, caller: Caller, command: Watch) -> Watching:
    """Without a seat: nothing can be said by it, and nobody is shown as here."""
    talk = await listening.talk(services, command.channel)
    if talk.over:
        raise Refused(Code.NO_ROOM)
    row = audit_row(services, caller, "watch", talk.channel, "")
    await services.store.moderation.note(LISTENING, row)
    if talk.watched and not talk.watcher:
        await listening.change_talk(services, talk.channel, lambda talk, *_: rules.watched(talk, caller.person.name))
    followed = await following.follow(services, caller, talk.channel, command.since)
    return Watching(
        ref=command.ref,
        channel=talk.channel,
        one=rules.as_one(talk),
        position=followed.position,
        resumed=followed.resumed,
    )
