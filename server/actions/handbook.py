"""The handbook in a listener's hands: given out in their language, and which questions were asked from it."""

from server.actions import listening
from server.actions.caller import Caller
from server.actions.messages import audit_row
from server.actions.services import Services
from server.domain.channels import LISTENING
from server.protocol.events import Done
from server.protocol.handbook import Handbook, OpenHandbook, RiskAsked
from server.protocol.refusals import Code, Refused


async def open_handbook(services: Services, caller: Caller, command: OpenHandbook) -> Handbook:
    wordings = services.content.wordings
    file = wordings.get(command.lang, wordings[services.settings.language]).handbook
    return Handbook(
        ref=command.ref, moments=file.moments, questions=file.questions, alone=file.alone, on_call=file.on_call
    )


async def risk_asked(services: Services, caller: Caller, command: RiskAsked) -> Done:
    """Who asked what, and nothing of the answer: no mark is kept on anyone."""
    talk = await listening.talk(services, command.channel)
    if talk.listener != caller.person.id:
        raise Refused(Code.NO_ROOM)
    known = services.content.wordings[services.settings.language].handbook.questions
    if command.question not in {question.id for question in known}:
        raise Refused(Code.GONE)
    row = audit_row(services, caller, "risk_asked", talk.channel, command.question)
    await services.store.moderation.note(LISTENING, row)
    return Done(ref=command.ref)
