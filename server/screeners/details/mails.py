"""Addresses of mail: as they are written, and as they are told where a sign is a word, in brackets, or left out."""

import re
from collections.abc import Iterator, Sequence

from server.domain.links import Domains
from server.screeners.patterns import compiled, set_of

NAME = r"[a-z0-9][a-z0-9._%+'-]*"
ODD = r"(?:[a-z0-9][a-z0-9._%+'-]*\d|[a-z0-9]{2,}[._-][a-z0-9._-]+)"  # what is no word of a sentence
ENDING = (
    r"(?:com|net|org|co|edu|gov|ac|me|io|de|fr|it|nl|uk|us|es|mx|ar|cl|br|pt|eu|ie|ca|au|nz|in|za|ch|at|se|no|dk|fi|pl"
    r"|ru|jp|be|info|biz|xyz|app|dev|online|site|club|email|school|travel|health|care|mail|tv|gg|ai|example|test|invalid)"
)
WRITTEN = rf"[a-z0-9-]+(?:\.[a-z0-9-]+)*\.{ENDING}\b"
MAIL = r"\b(?:e ?-?mail|mail|correo)\b"
SIGN = r"\b(?:at (?:sign|symbol)|(?:curly|round|circle) a|a (?:in|with) an? (?:circle|tail|ring|loop)|arroba)\b"
WITHIN = r"[^!?\n]{0,24}"  # of a word for mail, what follows is an address
# Stands in manuals and commands, and is nobody's.
NOBODYS = re.compile(r"(?:@(?:your|my|remote|some)?(?:domain|host|hostname|server)\.|^(?:git|user|username|you)@)")

# Before "at example.org" they say what someone does there, and before "at noon dot" that it is a time or a place.
_doing = re.compile(
    r"(?:ing|ed)$"
    r"|^(?:look|work|shop|buy|got|bought|order|up|out|only|on|is|are|was|live|here|there|see|find|sale|book|job)$"
)
_of_a_thing = re.compile(r"\b(?:the|a|an|this|that|our|next|last|every)\s+$")
_word_of_more = re.compile(r" [a-z]{6}")
_device = re.compile(
    r"(?:iphone|ipad|win(?:dows)?|ios|android|galaxy|pixel|ubuntu|macos|outlook|firefox|chrome)[ ._]?\d"
)

# Also with a gap beside its marks where no sentence goes on so, a comma or a middle point for its last, or a gap
# between all of its letters.
_written = compiled(
    rf"{NAME} ?@+ ?[a-z0-9-]+(?:\.[a-z0-9-]+)*(?:\.[a-z]{{2,}}| ?\. ?{ENDING}\b)"
    rf"|{NAME} ?@ ?[a-z0-9-]+ ?[,·。] ?{ENDING}\b"
    r"|\b[a-z0-9](?: [a-z0-9._-])+ @(?: [a-z0-9-])+ \.(?: [a-z]){2,}\b"
    rf"|{NAME}@[^\w\s]{{1,2}}[a-z0-9-]+\.[a-z]{{2,}}|^\s*{NAME}@[a-z-]{{3,}}\s*$"
)
_backwards = compiled(r"\b(?:moc|ten|gro|ude|ed|rf|se|ku\.oc)\.[a-z0-9-]+@[a-z0-9][a-z0-9._-]*")
_alone = compiled(rf"^\s*(?P<name>{NAME}) at {WRITTEN}[\s.!]*$")
_shouted = compiled(r"\b[a-z0-9._]+(?:AT|[ ]?[ⓐⒶ🅐][ ]?)[a-z0-9-]+(?:DOT|\.)(?:[a-z]{2,4})\b")
_begun = re.compile(r"[a-z0-9](@[a-z0-9-]*)?[)\s]*$")
_at_first = re.compile(r"\s*(?:@|at\b|arroba\b)")

Place = tuple[int, int]


class Mails:
    """Knows `at` and `dot` as they are said in each language, and the services that many have their mail from."""

    def __init__(
        self,
        at: Sequence[str],
        dot: Sequence[str],
        marks: Sequence[str],
        services: Sequence[str],
        allowed: Sequence[str] = (),
    ) -> None:
        """`marks` are other words for a mark in a name, as "underscore".

        Addresses at one of the `allowed` domains are anyone's to name.
        """
        self._allowed = Domains(allowed)
        ats, dots, names = "|".join(at), "|".join(dot), f"(?:{'|'.join(services)})"
        open_, close = r"[\[({<*_/|\"'.,-]+\s*", r"\s*[\])}>*_/|\"'.,-]+"
        dotted = rf"(?:\s*{open_}(?:\.|{dots}){close}\s*|\s*\b(?:{dots})\s*|(?:dot|punto)\s*)"
        self._told = compiled("|".join(_told(ats, dots, "|".join((*dot, *marks)), names, dotted, (open_, close))))
        forms = "|".join(_announced(ats, names, dotted)).split("<it>")
        self._announced = compiled("".join(f"{form}<it{place}>" for place, form in enumerate(forms[:-1])) + forms[-1])
        self._at_service = compiled(rf"[a-z]+ (?:{ats}) {names}")  # it may be where they met
        # Where one ends that was begun in the text before, or is known to whoever reads.
        self._ended = compiled(rf"^\s*(?:@|{ats})\s*{names}(?:\s*\.\s*|{dotted})[a-z]{{2,}}\b")
        self._rest = compiled(
            rf"^\s*(?:@|(?:{ats})\b)?\s*"
            rf"(?P<end>{names}\b|[a-z0-9-]+(?:(?:\.|{dotted})[a-z0-9-]+)*(?:\.|{dotted}){ENDING})\b"
        )
        # Of what is announced only what it can't do without: with its gaps, an expression has states without number.
        bare = rf"{MAIL}|{names}|{SIGN}|{_said(ats)}{WRITTEN}"
        self.pattern = f"@|{self._told.pattern}|{self._ended.pattern}|{bare}"
        signs = r"@|\(a\)|\[a\]|mail|%40|&#64;|[*#^~][a-z]|(?:curly|round|circle) a|a circle|a with|[^\x00-\x7f]"
        self._worth_reading = set_of(["|".join((signs, *map(_loosely, (*at, *services))))])

    def written(self, text: str) -> Iterator[Place]:
        """Of folded text, as for all here."""
        if "@" not in text:
            return
        for match in (*_written.finditer(text), *_backwards.finditer(text)):
            start, end = match.span()
            found = text[start:end]
            in_link = text[max(0, start - 1) : start] == "/"
            if not in_link and not NOBODYS.search(found) and not self._allowed.has(found):
                yield start, end

    def told(self, text: str) -> Iterator[Place]:
        if not self._worth_reading.Match(text):
            return
        for match in self._told.finditer(text):
            goes_on = _word_of_more.match(text, match.end()) and self._at_service.fullmatch(match.group())
            if not goes_on and not _of_a_thing.search(text[: match.start()]):
                yield match.span()
        for match in self._announced.finditer(text):
            if not _device.match(match.group()):
                yield next(match.span(group) for group, said in enumerate(match.groups(), 1) if said)
        yield from (match.span() for match in self._ended.finditer(text))
        if (alone := _alone.search(text)) and not _doing.search(alone.group(1)):
            yield alone.span()

    def finished(self, before: str, text: str) -> Iterator[Place]:
        """Where a text gives the place, or the rest, of an address that was begun in those before."""
        begun = _begun.search(before)
        if begun and (begun.group(1) or _at_first.match(text)) and (found := self._rest.search(text)):
            yield found.span(1)
            return
        for gap in (" ", "") if begun and begun.group(1) else (" ",):
            joined, place = before + gap + text, len(before + gap)
            for start, end in (*self.written(joined), *self.told(joined)):
                if start < place < end:
                    yield 0, end - place


def shouted(text: str) -> Iterator[Place]:
    """Of text as it was written: one word in which the signs are told apart by their letters only."""
    return (match.span() for match in _shouted.finditer(text))


def _said(ats: str) -> str:
    return rf"\s*\b(?:then )?(?:{ats})(?:[ -]?sign)?(?: then)?\b\s*"


def _told(ats: str, dots: str, marks: str, names: str, dotted: str, set_apart: tuple[str, str]) -> Iterator[str]:
    """Forms that speak for themselves."""
    open_, close = set_apart
    set_off = rf"\s*{open_}(?:@|a|{ats}){close}\s*"
    said = _said(ats)
    name = rf"{NAME}(?:\s*(?:\b|[\[({{<])(?:{marks})(?:\b|[\])}}>])\s*[a-z0-9]+){{0,4}}"
    at_service = rf"{names}\b(?:(?:\s*\.\s*|{dotted})[a-z]{{2,}})?"
    yield rf"{name}(?:\s*@\s*|{set_off}|{said})(?:{at_service}|(?:[a-z0-9-]+[. ]{{0,3}}){{1,3}}?{dotted}{ENDING}\b)"
    yield rf"{NAME}{set_off}[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{{2,}}\b"
    yield rf"{NAME}{said}[a-z0-9-]+ \. ?{ENDING}\b|{ODD}{said}{WRITTEN}"
    # The sign is left out, or run together with the rest, or another stands for it.
    yield rf"\b[a-z0-9._-]*[\d._][a-z0-9._-]* {names}(?: (?:(?:{dots}) )?|\.)com\b|\b[a-z]+ {names} (?:{dots} )?com\b"
    yield rf"(?:^|\s)@ ?{names}\.[a-z]{{2,}}\b|\b[a-z0-9._]*[a-z0-9](?:at)?{names}(?:\.|dot)com\b"
    yield rf"\b[a-z0-9._]{{2,}}at[a-z0-9-]{{2,}}dot{ENDING}\b|\b{NAME}(?:[*#^~]|%40|&#64;|[^\x00-\x7f]{{1,3}}){WRITTEN}"


def _announced(ats: str, names: str, dotted: str) -> Iterator[str]:
    """Forms that need a word beside them; each with one group for the address."""
    said = _said(ats)
    whose = (
        r"(?:'?s)?,?(?: the| my)?(?: address| addy| name| user| messenger| handle)?"
        r"(?:(?: is| es)\b|[ :=,>?-])*(?:name |user )?"
    )
    yield rf"\b(?:e ?-?mail|mail|correo|reach|write|contact)\b[^!?\n]{{0,40}}?\b(?P<it>{NAME}{said}{WRITTEN})"
    yield rf"{MAIL}{WITHIN}\b(?P<it>{NAME} [a-z0-9-]+ (?:dot |\. ?)?(?:com|net|org)\b|{NAME}@[a-z-]{{3,}}\s*$)"
    yield rf"\b{names}{whose}(?P<it>[a-z]+[._]?[a-z]*(?:\d|[._])[a-z0-9._]*)\b"
    yield rf"\b(?:my|mi|our) {names}(?:'s| is| es|:| =| name| address)+ ?(?P<it>[a-z]{{5,}})[.!]*$"
    yield rf"\b(?:user ?name|login|usuario|name)\b[ :=]*(?:is )?(?P<it>{NAME})\W+(?:[a-z]+ ){{0,3}}{names}\b"
    yield rf"\b(?P<it>[a-z]{{2,}}[._]?\d{{1,6}}[a-z0-9._]*\W{{1,3}}(?:(?:on|with|and|then|the|plus) ){{0,2}}{names})\b"
    yield rf"\b(?:name|then|number|plus)\b[^!?\n]{{0,40}}@ ?(?P<it>{names})\b"
    yield rf"\b(?P<it>{NAME}\b[^!?\n]{{0,12}}{SIGN}[^!?\n]{{0,16}}\b(?:{names}|{WRITTEN}|[a-z0-9]+ dot))\b"
    added = rf"{names}(?:\.|{dotted})com\b[^!?\n]{{0,20}}\b(?:after|to|behind)\b"
    yield rf"\b(?P<it>{added}{WITHIN}(?:nick(?:name)?|name|handle|user))\b"
    yield rf"\b(?P<it>{NAME}[^\w\n]{{0,3}}{WRITTEN})[^\n]{{0,40}}(?:=|\b(?:is|for|with|an?|the|in))\s*(?:an? )?@"


def _loosely(word: str) -> str:
    return rf"(?:\b|_){word}" if word == "at" else word
