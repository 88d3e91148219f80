"""Finds links that lead to a person or are made to lead there unseen."""

import re
from collections.abc import Iterator, Sequence

from server.domain.links import Domains
from server.screeners.patterns import compiled

DISTINCT = 3  # letters of a domain's first part from which a gap at its point is no end of a sentence
POINTS = {"dot", "punto"}
NEAR = 20  # characters in which a lure says what a link is for
LABELS = ("chat.", "talk.", "meet.", "invite.", "join.", "call.", "video.", "rooms.", "xn--")

_odd_point = r"\s+[.。]\s+|\s*[\[({]\s*(?:\.|dot|punto|point)\s*[\])}]\s*|\s+(?:dot|punto|point)\s+"
_point = rf"(?:[.。]|{_odd_point})"
_loose_point = rf"(?:{_point}|\s[.。]|[.。]\s)"
_slash = r"(?:/|\s/\s|\s+(?:forward )?slash\s+|\s+barra\s+)"
_tail = rf"(?:{_slash}[a-z0-9@$_+.?=-]+)*"
# Of any domain: someone who writes it so wants nobody but the reader to know it for a link.
_hidden = compiled(
    rf"\bhxxps?\S+|\bwww(?:{_odd_point})[a-z0-9-]+{_loose_point}[a-z]{{2,}}{_tail}"
    r"|\bw w w \. (?:[a-z0-9] ){2,}\.(?: [a-z]){2,}"
    rf"|\b[a-z0-9-]{{2,}}(?:\s+(?:dot|punto)\s+|\s*[\[({{](?:dot|punto|\.)[\])}}]\s*)[a-z]{{2,4}}{_slash}[a-z0-9-]+"
    r"|\b[a-z0-9-]{2,}\s*[\[({](?:\.|dot|punto)[\])}]\s*(?:com|net|org|co|io|me|gg|es)\b"
    rf"|\bh ?t ?t ?p ?s?\s*(?::|colon)\s*(?:/|slash)\s*(?:/|slash)\s*[a-z0-9-]+(?:{_odd_point}[a-z0-9-]+)+{_tail}"
    r"|\bh t t p (?:s )?: ?/ ?/ ?\S+"
    r"|\bwww (?:[a-z0-9-]+ ){1,3}(?:com|net|org)\b|\bdiscord gg\b(?: slash [a-z0-9-]+)?"
    r"|\b(?:[a-z0-9-]+\.)+[a-z]{2,}/(?:join|invite|invites|room|rooms|chat|refer)/[a-z0-9_-]+"
    r"|\b(?:go (?:to|on)|visit|type|look (?:at|up)|search|entra (?:a|en))\s+"
    r"(?P<told>[a-z0-9-]{2,}\s+(?:dot|punto)\s+[a-z]{2,4})\b"
)
_said_point = re.compile(r"\s(?:dot|punto)\s")
_begins = re.compile(r"[./]\s*$")

Place = tuple[int, int]


class Links:
    def __init__(
        self, contact: Sequence[str], allowed: Sequence[str], endings: Sequence[str], lures: Sequence[str]
    ) -> None:
        """Links to one of `contact` are found, and any link after one of the `lures`; never one of the `allowed`."""
        self._contact, self._allowed = Domains(contact), Domains(allowed)
        written = rf"(?:https?://|www\.)[^\s<>\"]+|\b(?:[a-z0-9-]+\.)+(?:{'|'.join(endings)})\b(?:/[^\s<>\"]*)?"
        self._written = compiled(written)
        self._disguised = compiled("|".join(map(_disguised, contact)))
        self._lured = compiled(rf"\b(?:{'|'.join(lures)})\b[^.!?\n]{{0,{NEAR}}}?(?P<link>{written})") if lures else None
        label, point = "[a-z0-9-]{2,}", r"\s(?:dot|punto)\s"
        self._told = compiled(rf"\b{label}(?:{point}{label})+{point}(?:{'|'.join(endings)})\b")
        self.pattern = rf"{written}|\b(?:dot|punto|www|discord gg)\b"

    def found(self, text: str) -> Iterator[Place]:
        """Of folded text."""
        if not any(sign in text for sign in (".", "。", "dot", "punto", "hxxp", "www", "discord gg")):
            return
        for match in self._written.finditer(text):
            if self._leads_there(match.group()):
                yield match.span()
        for match in self._disguised.finditer(text):
            if text[max(0, match.start() - 1) : match.start()] not in tuple("'@.-"):
                yield match.span()
        for match in _hidden.finditer(text):
            yield match.span(1) if match.group(1) else match.span()
        for match in self._told.finditer(text):
            labels = _said_point.split(match.group())
            if POINTS.isdisjoint(labels) and not self._allowed.has(".".join(labels)):
                yield match.span()
        for match in self._lured.finditer(text) if self._lured else ():
            if not self._allowed.has(match.group(1)):
                yield match.span(1)

    def finished(self, before: str, text: str) -> Iterator[Place]:
        """Where a text gives the rest of a link that was begun in the one before."""
        gap = "" if _begins.search(before) or text[:1] in ("/", ".") else " "
        place = len(before + gap)
        for start, end in self.found(before + gap + text):
            if start < place < end:
                yield 0, end - place

    def _leads_there(self, link: str) -> bool:
        if self._allowed.has(link):
            return False
        host = link.removeprefix("https://").removeprefix("http://")
        return self._contact.has(link) or host.startswith(LABELS) or ".xn--" in host


def _disguised(place: str) -> str:
    """A domain of ours as it is told or written around."""
    host, _, path = place.partition("/")
    parts = host.split(".")
    point = _loose_point if len(parts[0]) >= DISTINCT else _point
    told = point.join(map(re.escape, parts))
    end = r"\b" if not path or path[-1].isalnum() else ""
    return rf"\b{told}{_slash if path else ''}{re.escape(path)}{end}{_tail}"
