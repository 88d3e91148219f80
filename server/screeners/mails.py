"""Addresses of mail: as they are written, and as they are told where a sign is a word, in brackets, or left out."""

import re
from collections.abc import Iterator, Sequence

from server.screeners.patterns import compiled

NAME = r"[a-z0-9][a-z0-9._%+-]*"
ENDING = r"(?:com|net|org|co|edu|me|io|de|fr|it|nl|uk|es|mx|ar|info|eu)"
NEAR = 40  # characters in which a word for mail says that what follows is an address
# Stands in manuals and commands, and is nobody's.
NOBODYS = re.compile(r"(?:@(?:your|my|remote|some)?(?:domain|host|hostname|server)\.|^(?:git|user|username|you)@)")

# Also with a gap beside its marks, a comma for its last, or a gap between all of its letters.
_written = compiled(
    rf"{NAME} ?@+ ?[a-z0-9-]+(?:\.[a-z0-9-]+)* ?\. ?[a-z]{{2,}}|{NAME}@[a-z0-9-]+,{ENDING}\b"
    r"|\b[a-z0-9](?: [a-z0-9._-])+ @(?: [a-z0-9-])+ \.(?: [a-z]){2,}\b"
)
_backwards = compiled(r"\b(?:moc|ten|gro|ude|ed|rf|se|ku\.oc)\.[a-z0-9-]+@[a-z0-9][a-z0-9._-]*")
_begun = re.compile(rf"{NAME}@\s*$")
_place = re.compile(r"\s*[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}\b")

Place = tuple[int, int]


class Mails:
    """Knows `at` and `dot` as they are said in each language, and the services that many have their mail from."""

    def __init__(self, at: Sequence[str], dot: Sequence[str], services: Sequence[str]) -> None:
        self._signs = ("@", "(a)", "[a]", "mail", *at, *services)
        ats, dots, names = "|".join(at), "|".join(dot), "|".join(services)
        open_, close = r"[\[({<*_/|\"-]+\s*", r"\s*[\])}>*_/|\"-]+"
        set_off = rf"\s*{open_}(?:@|a|{ats}){close}\s*"
        said = rf"\s*\b(?:{ats})(?:[ -]?sign)?\b\s*"
        dotted = rf"(?:\s*{open_}(?:\.|{dots}){close}\s*|\s*\b(?:{dots})\b\s*)"
        at_service = rf"(?:{names})\b(?:(?:\s*\.\s*|{dotted})[a-z]{{2,}})?"
        self._told = compiled(
            rf"{NAME}(?:\s*@\s*|{set_off}|{said})(?:{at_service}|(?:[a-z0-9-]+[. ]{{0,3}}){{1,3}}?{dotted}{ENDING}\b)"
            rf"|{NAME}{set_off}[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{{2,}}\b"
            rf"|{NAME}{said}[a-z0-9-]+ \. ?{ENDING}\b"
            rf"|\b[a-z0-9._-]*\d[a-z0-9._-]* (?:{names}) (?:(?:{dots}) )?com\b"
        )
        self._after_its_word = compiled(
            rf"\b(?:e ?-?mail|mail|correo|reach|write|contact)\b[^!?\n]{{0,{NEAR}}}?\b"
            rf"(?P<address>{NAME}{said}[a-z0-9-]+(?:\.[a-z0-9-]+)*\.{ENDING}\b)"
            rf"|\b(?:{names})(?: address| name)?(?: is|:| =)+ ?(?P<name>[a-z]+[._]?[a-z]*(?:\d|[._])[a-z0-9._]*)\b"
        )
        self.pattern = f"{self._told.pattern}|{self._after_its_word.pattern}"

    def written(self, text: str) -> Iterator[Place]:
        """Of folded text, as for all here."""
        if "@" not in text:
            return
        for match in (*_written.finditer(text), *_backwards.finditer(text)):
            start, end = match.span()
            if text[max(0, start - 1) : start] != "/" and not NOBODYS.search(text[start:end]):
                yield start, end

    def told(self, text: str) -> Iterator[Place]:
        if any(sign in text for sign in self._signs):
            yield from (match.span() for match in self._told.finditer(text))
            for match in self._after_its_word.finditer(text):
                yield match.span(1) if match.group(1) else match.span(2)


def finished(before: str, text: str) -> Iterator[Place]:
    """Where a text gives the place of an address that was begun in the one before."""
    if _begun.search(before) and (found := _place.match(text)):
        yield found.span()
