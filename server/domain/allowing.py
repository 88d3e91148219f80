"""What the operator never wants flagged: phrases and domains, everywhere or in some rooms."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated

from msgspec import Meta, Struct

from server.domain.folding import Folded, Span, fold, worded
from server.domain.links import Domain, Domains
from server.domain.rooms import RoomId

Phrase = Annotated[str, Meta(min_length=2, max_length=200)]

_inner = re.compile(r"\w(?:.*\w)?", re.DOTALL)  # without the marks around it


class Allowed(Struct, frozen=True, forbid_unknown_fields=True):
    """A phrase is whole words, large or small; a domain is it and what lies below it. No rooms: everywhere."""

    phrases: tuple[Phrase, ...] = ()
    domains: tuple[Domain, ...] = ()
    rooms: tuple[RoomId, ...] = ()


def is_allowed(spans: Sequence[Span], text: str, folded: Folded, allowed: Iterable[Allowed], room: str) -> bool:
    """Whether all that was flagged is allowed: what goes beyond a phrase stays flagged."""
    here = [each for each in allowed if not each.rooms or room in each.rooms]
    if not here or not spans:
        return False
    phrases = list(_phrases(here, worded(folded)))
    domains = Domains(domain for each in here for domain in each.domains)
    return all(_within(span, text, phrases) or domains.has(text[span.start : span.end].lower()) for span in spans)


def _phrases(allowed: Iterable[Allowed], words: Folded) -> Iterator[Span]:
    for phrase in (phrase for each in allowed for phrase in each.phrases):
        if written := worded(fold(phrase)).text.strip():
            found = re.finditer(rf"(?<!\w){re.escape(written)}(?!\w)", words.text)
            yield from (words.span(*place.span()) for place in found)


def _within(span: Span, text: str, phrases: Iterable[Span]) -> bool:
    inner = _inner.search(text, span.start, span.end)
    return inner is not None and any(each.start <= inner.start() and inner.end() <= each.end for each in phrases)
