"""What a screener behind HTTP is asked and may answer: signs from a closed list, of which only more can follow."""

from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct

from server.domain import urls
from server.domain.folding import Span
from server.domain.screening import Lane, Opinion, Surface, Verdict
from server.protocol.fields import Urgency

VERSION = "hook"  # of the opinions; which version the other side is, only its operator knows
SIGNS = 16
SPANS = 32


class Sign(StrEnum):
    """There is none that says a text is harmless: no text can talk a model behind the hook into letting it pass."""

    DISTRESS = "distress"
    WISH = "wish"
    THOUGHTS = "thoughts"
    SELFHARM = "selfharm"
    DANGER = "danger"
    FRIEND = "friend"
    METHOD = "method"
    PLAN = "plan"
    GOODBYE = "goodbye"
    HARM = "harm"
    UNKIND = "unkind"
    HATE = "hate"
    SEXUAL = "sexual"
    SPAM = "spam"
    PROFANITY = "profanity"
    CONTACT = "contact"


# As the rules of the same reason have it; where policy.toml says something else of the reason, that holds.
FOLLOWS: dict[Sign, tuple[Lane, Verdict, Urgency | None]] = {
    Sign.DISTRESS: (Lane.CARE, Verdict.ALLOW, None),
    Sign.WISH: (Lane.CARE, Verdict.NOTE, Urgency.CONCERN),
    Sign.THOUGHTS: (Lane.CARE, Verdict.NOTE, Urgency.SERIOUS),
    Sign.SELFHARM: (Lane.CARE, Verdict.NOTE, Urgency.SERIOUS),
    Sign.DANGER: (Lane.CARE, Verdict.NOTE, Urgency.SERIOUS),
    Sign.FRIEND: (Lane.CARE, Verdict.NOTE, Urgency.CONCERN),
    Sign.METHOD: (Lane.CARE, Verdict.HOLD, Urgency.SERIOUS),
    Sign.PLAN: (Lane.CARE, Verdict.HOLD, Urgency.IMMINENT),
    Sign.GOODBYE: (Lane.CARE, Verdict.HOLD, Urgency.IMMINENT),
    Sign.HARM: (Lane.CONDUCT, Verdict.HOLD, None),
    Sign.UNKIND: (Lane.CONDUCT, Verdict.HOLD, None),
    Sign.HATE: (Lane.CONDUCT, Verdict.HOLD, None),
    Sign.SEXUAL: (Lane.CONDUCT, Verdict.HOLD, None),
    Sign.SPAM: (Lane.CONDUCT, Verdict.HOLD, None),
    Sign.PROFANITY: (Lane.CONDUCT, Verdict.ALLOW, None),
    Sign.CONTACT: (Lane.PRIVACY, Verdict.HOLD, None),
}


class HookFile(Struct, frozen=True, forbid_unknown_fields=True):
    """Where the hook is, which texts it is shown and which signs it may answer with; `secret` names a variable."""

    url: Annotated[str, Meta(max_length=2_000)]
    secret: Annotated[str, Meta(pattern=r"^[A-Z][A-Z0-9_]{0,63}\Z")]
    deadline_ms: Annotated[int, Meta(ge=10, le=5_000)] = 750  # within SCREENING_REMOTE_MS, which ends it in any case
    at_once: Annotated[int, Meta(ge=1, le=64)] = 8
    surfaces: Annotated[tuple[Surface, ...], Meta(min_length=1)] = (Surface.MESSAGE,)
    signs: Annotated[tuple[Sign, ...], Meta(min_length=1)] = tuple(Sign)
    ca_file: str = ""

    def fault(self) -> str | None:
        """What is wrong with it, for the operator; nothing where it can be used."""
        fault = urls.fault(self.url)
        return f"its url {fault}" if fault else None


class Question(Struct, frozen=True):
    """All that the other side is told: nobody's name, nobody's room, and nothing that was said before."""

    text: str
    level: str


class Seen(Struct, frozen=True, forbid_unknown_fields=True):
    """`spans` are [from, to) in the text, counted in code points."""

    sign: Sign
    spans: Annotated[tuple[tuple[int, int], ...], Meta(max_length=SPANS)] = ()
    score: Annotated[float, Meta(ge=0, le=1)] = 1.0

    def opinion(self, hook: str) -> Opinion:
        lane, verdict, urgency = FOLLOWS[self.sign]
        spans = tuple(Span(start, end) for start, end in self.spans)
        rule, reason = f"{hook}.{self.sign.value}", self.sign.value
        return Opinion(lane, verdict, rule, VERSION, reason, urgency, spans, self.score)


class Answer(Struct, frozen=True, forbid_unknown_fields=True):
    """What it saw; nothing is an answer, too."""

    seen: Annotated[tuple[Seen, ...], Meta(max_length=SIGNS)]
