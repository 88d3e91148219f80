"""A message on its way, between its screening and the step that says or holds it."""

from msgspec import Struct

from server.domain.screening import Ruling
from server.protocol.commands import Post
from server.protocol.people import Voice


class Draft(Struct, frozen=True):
    """A post on its way: who says what where, and what the screening made of it."""

    command: Post
    text: str
    person: str
    name: str
    voice: Voice
    message: str
    ruling: Ruling
