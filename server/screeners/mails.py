"""Addresses of mail: as they are written, and as they are told where a sign is a word, in brackets, or left out."""

import re
from collections.abc import Iterator, Sequence

from server.domain.links import leads_to
from server.screeners.patterns import compiled, set_of

NAME = r"[a-z0-9][a-z0-9._%+'-]*"
ENDING = r"(?:com|net|org|co|edu|me|io|de|fr|it|nl|uk|es|mx|ar|cl|br|pt|info|eu|ie|ca|au|us|ch|at|se)"
NEAR = 40  # characters in which a word for mail says that what follows is an address
# Stands in manuals and commands, and is nobody's.
NOBODYS = re.compile(r"(?:@(?:your|my|remote|some)?(?:domain|host|hostname|server)\.|^(?:git|user|username|you)@)")
# Before "at example.org" they say what someone does there, and before "at noon dot" that it is a time or a place.
_doing = re.compile(
    r"(?:ing|ed)$|^(?:look|work|shop|buy|got|bought|order|up|out|only|on|is|are|was|live|here|there|see|find|sale|book|job)$"
)
_of_a_thing = re.compile(r"\b(?:the|a|an|this|that|our|next|last|every)\s+$")

# Also with a gap beside its marks, a comma or a middle point for its last, or a gap between all of its letters.
_written = compiled(
    rf"{NAME} ?@+ ?[a-z0-9-]+(?:\.[a-z0-9-]+)* ?\. ?[a-z]{{2,}}|{NAME} ?@ ?[a-z0-9-]+ ?[,·。] ?{ENDING}\b"
    r"|\b[a-z0-9](?: [a-z0-9._-])+ @(?: [a-z0-9-])+ \.(?: [a-z]){2,}\b"
    rf"|{NAME}@[^\w\s]{{1,2}}[a-z0-9-]+\.[a-z]{{2,}}"
)
_backwards = compiled(r"\b(?:moc|ten|gro|ude|ed|rf|se|ku\.oc)\.[a-z0-9-]+@[a-z0-9][a-z0-9._-]*")
_alone = compiled(rf"^\s*(?P<name>{NAME}) at [a-z0-9-]+(?:\.[a-z0-9-]+)*\.{ENDING}\b[\s.!]*$")
_begun = re.compile(r"[a-z0-9](@[a-z0-9-]*)?[)\s]*$")
_at_first = re.compile(r"\s*(?:@|at\b|arroba\b)")
_device = re.compile(
    r"(?:iphone|ipad|windows|win|ios|android|galaxy|pixel|ubuntu|macos|outlook|office|firefox|chrome)[ ._]?\d"
)
_shouted = compiled(r"\b[a-z0-9._]+(?:AT|[ ]?[ⓐⒶ🅐][ ]?)[a-z0-9-]+(?:DOT|\.)(?:[a-z]{2,4})\b")

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
        """`marks` are other words for a mark in a name, as "underscore"; addresses at one of the `allowed` domains are anyone's to name."""
        self._allowed = tuple(allowed)
        ats, dots, names = "|".join(at), "|".join(dot), "|".join(services)
        open_, close = r"[\[({<*_/|\"'.,-]+\s*", r"\s*[\])}>*_/|\"'.,-]+"
        set_off = rf"\s*{open_}(?:@|a|{ats}){close}\s*"
        said = rf"\s*\b(?:then )?(?:{ats})(?:[ -]?sign)?(?: then)?\b\s*"
        dotted = rf"(?:\s*{open_}(?:\.|{dots}){close}\s*|\s*\b(?:{dots})\s*|(?:dot|punto)\s*)"
        at_service = rf"(?:{names})\b(?:(?:\s*\.\s*|{dotted})[a-z]{{2,}})?"
        domain = rf"(?:{at_service}|(?:[a-z0-9-]+[. ]{{0,3}}){{1,3}}?{dotted}{ENDING}\b)"
        written = rf"[a-z0-9-]+(?:\.[a-z0-9-]+)*\.{ENDING}\b"
        name = rf"{NAME}(?:\s*\b(?:{'|'.join((*dot, *marks))})\b\s*[a-z0-9]+){{0,4}}"
        self._told = compiled(
            rf"{name}(?:\s*@\s*|{set_off}|{said}){domain}"
            rf"|{NAME}{set_off}[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{{2,}}\b"
            rf"|{NAME}{said}[a-z0-9-]+ \. ?{ENDING}\b|(?:{NAME}\d|[a-z0-9]{{2,}}[._][a-z0-9._]+){said}{written}"
            rf"|\b[a-z0-9._-]*[\d._][a-z0-9._-]* (?:{names})(?: (?:(?:{dots}) )?|\.)com\b"
            rf"|\b[a-z]+ (?:{names}) (?:{dots} )?com\b|(?:^|\s)@ ?(?:{names})\.[a-z]{{2,}}\b"
            rf"|\b[a-z0-9._]*[a-z0-9](?:at)?(?:{names})(?:\.|dot)com\b|\b[a-z0-9._]{{2,}}at[a-z0-9-]{{2,}}dot{ENDING}\b"
            rf"|\b{NAME}(?:[*#^~]|%40|&#64;){written}"
        )
        whose = rf"(?:'?s)?(?: address| addy| name| user| messenger| handle)?(?:(?: is| es)\b|[ :=,>?-])*"
        self._after_its_word = compiled(
            rf"\b(?:e ?-?mail|mail|correo|reach|write|contact)\b[^!?\n]{{0,{NEAR}}}?\b(?P<address>{NAME}{said}{written})"
            rf"|\b(?:{names}){whose}(?:name |user )?(?P<name>[a-z]+[._]?[a-z]*(?:\d|[._])[a-z0-9._]*)\b"
            rf"|\b(?:my|mi|our) (?:{names})(?:'s| is| es|:| =| name| address)+ ?(?P<plain>[a-z]{{5,}})[.!]*$"
            rf"|\b(?:user ?name|login|usuario|name)\b[ :=]*(?:is )?(?P<user>{NAME})\W+(?:[a-z]+ ){{0,3}}(?:{names})\b"
            rf"|\b(?:name|then|number|plus)\b[^!?\n]{{0,{NEAR}}}@ ?(?P<service>{names})\b"
            rf"|\b(?P<sign>{NAME}\b[^!?\n]{{0,12}}\b(?:at (?:sign|symbol)|curly a|arroba)\b[^!?\n]{{0,16}}\b(?:{names}|{written}|[a-z0-9]+ dot))\b"
            rf"|\b(?P<put>(?:{names})(?:\.|{dotted})com\b[^!?\n]{{0,20}}\b(?:after|to|behind)\b[^!?\n]{{0,12}}\b(?:nick|nickname|name|handle|user))\b"
            rf"|\b(?P<beside>[a-z]{{2,}}[._]?\d{{1,6}}[a-z0-9._]*\W{{1,3}}(?:(?:on|with|and|then|the|plus) ){{0,2}}(?:the )?(?:{names}))\b"
        )
        # Where it ends, begun in the text before or known to whoever reads.
        self._ended = compiled(rf"^\s*(?:@|{ats})\s*(?P<end>(?:{names})(?:\s*\.\s*|{dotted})[a-z]{{2,}})\b")
        self._rest = compiled(
            rf"^\s*(?:@|(?:{ats})\b)?\s*(?P<end>(?:{names})\b|[a-z0-9-]+(?:(?:\.|{dotted})[a-z0-9-]+)*(?:\.|{dotted}){ENDING})\b"
        )
        self.pattern = f"@|{self._told.pattern}|{self._after_its_word.pattern}|{self._ended.pattern}"
        self._worth_reading = set_of(
            [r"@|\(a\)|\[a\]|mail|%40|&#64;|[*#^~][a-z]|curly a|" + "|".join(map(_loosely, (*at, *services)))]
        )

    def written(self, text: str) -> Iterator[Place]:
        """Of folded text, as for all here."""
        if "@" not in text:
            return
        for match in (*_written.finditer(text), *_backwards.finditer(text)):
            start, end = match.span()
            found = text[start:end]
            if (
                text[max(0, start - 1) : start] != "/"
                and not NOBODYS.search(found)
                and not leads_to(found, self._allowed)
            ):
                yield start, end

    def told(self, text: str) -> Iterator[Place]:
        if not self._worth_reading.Match(text):
            return
        for match in self._told.finditer(text):
            if not _of_a_thing.search(text[: match.start()]):
                yield match.span()
        for match in self._after_its_word.finditer(text):
            if not _device.match(match.group()):
                yield next(match.span(group) for group, told in enumerate(match.groups(), 1) if told)
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


def _loosely(word: str) -> str:
    return rf"(?:\b|_){word}" if word == "at" else word
