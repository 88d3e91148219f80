"""Every field of a command, and of a body over HTTP, in which someone's own words can stand; and where those may go."""

from collections.abc import Iterable, Iterator
from enum import Enum

from msgspec import Struct, inspect

from server.protocol.shapes import described, tag


class Way(Enum):
    SCREENED = "what others see of it went through the screening"
    STAFF = "nobody reads it but the team, at the desk"
    KNOWN = "refused or left out unless it is something that the service knows"
    OWN = "given back to who wrote it, and shown to nobody else"


WAYS: dict[str, Way] = {
    "accept_duty.by": Way.KNOWN,  # who hands it over
    "answer_lesson.lang": Way.KNOWN,
    "answer_lesson.lesson": Way.KNOWN,  # of the training
    "ban.note": Way.SCREENED,
    "decide.note": Way.SCREENED,
    "escalate.note": Way.STAFF,  # what they saw, on the ticket
    "felt_heard.words": Way.SCREENED,
    "hand_over.to": Way.KNOWN,  # someone on duty
    "hello.build": Way.OWN,  # compared with ours, and kept nowhere
    "keep_summary.text": Way.SCREENED,
    "lift_limit.name": Way.KNOWN,  # a listener
    "listen.not_today": Way.OWN,
    "listen.off_topics": Way.OWN,
    "mute.note": Way.SCREENED,
    "open_course.lang": Way.KNOWN,
    "open_handbook.lang": Way.KNOWN,
    "pass_duty.to": Way.KNOWN,  # someone on duty
    "post.text": Way.SCREENED,
    "practise.lang": Way.KNOWN,
    "practise.moves": Way.KNOWN,  # of the practice
    "practise.practice": Way.KNOWN,  # of the training
    "queue.draft": Way.SCREENED,
    "queue.wish.avoid": Way.KNOWN,  # topics of the wording
    "queue.wish.topic": Way.KNOWN,
    "queue_draft.draft": Way.SCREENED,
    "remove.note": Way.SCREENED,
    "rename.handle": Way.SCREENED,
    "report.note": Way.STAFF,  # beside the message, at the desk
    "risk_asked.question": Way.KNOWN,  # of the handbook
    "set_at_once.name": Way.KNOWN,  # a listener
    "transfer.summary": Way.SCREENED,
}

# The bodies of server/transport/http.py.
BODIES: dict[str, Way] = {
    "Accept.name": Way.SCREENED,  # a volunteer's name, as peers read it
    "Accept.passphrase": Way.OWN,
    "Accept.token": Way.KNOWN,
    "Return.words": Way.KNOWN,
    "SignIn.name": Way.KNOWN,
    "SignIn.passphrase": Way.KNOWN,
}

# An id opens what the server has made under it, or nothing; a language has three letters.
NO_WORDS = (
    r"^(room|ticket|one|ask):[a-z0-9-]{1,40}\Z",
    r"^[a-z0-9]{1,40}\Z",
    r"^[0-9a-f]{32}\Z",
    r"^[a-z]{2,3}\Z",
)


def fields(structs: Iterable[type[Struct]]) -> Iterator[str]:
    """The names of all that can hold words."""
    for struct in structs:
        yield from (f"{tag(struct) or struct.__name__}.{name}" for name in _words_in(struct))


def _words_in(struct: type[Struct]) -> Iterator[str]:
    pending = [(field.name, field.type) for field in described(struct)]
    while pending:
        name, kind = pending.pop()
        match kind:
            case inspect.Metadata(type=inner) | inspect.VarTupleType(item_type=inner):
                pending.append((name, inner))
            case inspect.UnionType(types=types):
                pending += [(name, inner) for inner in types]
            case inspect.StructType(fields=inner_fields):
                pending += [(f"{name}.{field.name}", field.type) for field in inner_fields]
            case inspect.StrType(pattern=pattern) if pattern not in NO_WORDS:
                yield name
