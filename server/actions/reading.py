"""Words that are in no channel yet: a draft for a listener, feedback. They are screened like all others."""

from msgspec import Struct, structs

from server.actions import worry
from server.actions.caller import Caller
from server.actions.draft import Draft
from server.actions.services import Services
from server.domain import identity
from server.domain.channels import LISTENING
from server.domain.screening import Ruling, Screened, Surface, Verdict
from server.domain.text import clean
from server.protocol.commands import Post
from server.protocol.fields import Urgency
from server.protocol.people import Voice
from server.protocol.refusals import Code, Refused


class Read(Struct, frozen=True):
    """Words as another will read them, and how soon someone must look."""

    text: str
    urgency: Urgency | None


async def read(services: Services, caller: Caller, client_id: bytes, text: str) -> Read:
    """Risk does not wait for a reader: the card comes at once, and the ticket with it.

    `Refused(BLOCKED)` where the words cannot be taken.
    """
    if not text.strip():
        return Read("", None)
    text = clean(text, services.settings)
    ruling = await _ruling(services, text)
    if ruling.care is not None:
        await _look_after(services, caller, client_id, text, ruling)
    if ruling.verdict is Verdict.BLOCK:
        raise Refused(Code.BLOCKED)
    return Read(ruling.text, ruling.care.urgency if ruling.care else None)


async def looked_over(services: Services, text: str) -> str:
    """Words of the team that a peer will read, without what leads outside; nobody is worried about who wrote them.

    `Refused(BLOCKED)` where they can't be taken.
    """
    if not text.strip():
        return ""
    text = clean(text, services.settings)
    ruling = await _ruling(services, text)
    if ruling.verdict is Verdict.BLOCK:
        raise Refused(Code.BLOCKED)
    return ruling.text


async def _ruling(services: Services, text: str) -> Ruling:
    return await services.screening.screen(
        Screened.of(text, Surface.ONE_TO_ONE, region=services.settings.default_country)
    )


async def _look_after(services: Services, caller: Caller, client_id: bytes, text: str, ruling: Ruling) -> None:
    post = Post(ref=0, channel="", client_id=client_id, text=text)  # it has no channel yet
    message = identity.message_id(services.secret, caller.person.id, LISTENING, identity.digest(text))
    draft = Draft(post, text, caller.person.id, caller.person.name, Voice(caller.person.role.value), message, ruling)
    card = worry.card(services, caller, draft)
    if card is not None:
        services.here.tell(caller.person.id, structs.replace(card, at=services.store.clock.now()))
    for errand, what in worry.errands(services, draft, card).items():
        await services.do(services, errand, what)
