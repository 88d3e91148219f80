"""Writes what a phrase says as an expression of the codes of its words."""

from server.screeners.phrases.coding import Coding
from server.screeners.phrases.parts import AnyOf, Between, Part, Series, Times, Word, may_be_left_out

Beginnings = tuple[frozenset[str], bool]  # codes of a first word, and whether there may be none


class Writer:
    """Of all phrases; a part that is in many of them is written once."""

    def __init__(self, coding: Coding) -> None:
        self._coding = coding
        self._known: dict[int, str] = {}
        self._kept: list[Part] = []

    def written(self, part: Part) -> str:
        if (known := self._known.get(id(part))) is not None:
            return known
        self._kept.append(part)  # as long as its id is known
        written = self._known[id(part)] = self._written(part)
        return written

    def _written(self, part: Part) -> str:
        match part:
            case Word(letters):
                return self._coding.pattern(letters)
            case Between(source):
                return source
            case Series(parts):
                return "".join(map(self.written, parts))
            case AnyOf(ways):
                return f"(?:{'|'.join(map(self.written, ways))})"
            case Times(again, times):
                return f"(?:{self.written(again)}){times}"

    def beginnings(self, part: Part) -> frozenset[str] | None:
        """The codes of which it must begin with one; None where that can't be told."""
        found = self._begun(part)
        return None if found is None or found[1] else found[0]

    def _begun(self, part: Part) -> Beginnings | None:
        match part:
            case Word(letters) if isinstance(letters, frozenset):
                return self._coding.codes(letters), "" in letters
            case Series(parts):
                codes = frozenset[str]()
                for each in parts:
                    if (found := self._begun(each)) is None:
                        return None
                    codes |= found[0]
                    if not found[1]:
                        return codes, False
                return codes, True
            case AnyOf(ways):
                begun = list(map(self._begun, ways))
                known = [found for found in begun if found is not None]
                if len(known) < len(begun):
                    return None
                return frozenset[str]().union(*(codes for codes, _ in known)), any(empty for _, empty in known)
            case Times(again, times) if (found := self._begun(again)) is not None:
                return found[0], found[1] or may_be_left_out(times)
        return None
