"""The words that are in most texts of a language: few enough to write down, and enough to know a language by."""

from typing import Annotated

from msgspec import Meta, Struct

Code = Annotated[str, Meta(pattern=r"^[a-z]{2,3}$")]
FIRST: Code = "en"  # its files carry no language in their names


class Languages(Struct, frozen=True, forbid_unknown_fields=True):
    """By language, as words with spaces between, in small letters without accents.

    `ordinary` words look like others that were mistyped, and are not.
    """

    version: Annotated[str, Meta(min_length=1, max_length=32)]
    frequent: dict[Code, str]
    ordinary: dict[Code, str] = {}

    def words(self, language: Code) -> frozenset[str]:
        return _words(self.frequent, language)

    def themselves(self, language: Code) -> frozenset[str]:
        return _words(self.ordinary, language)


def _words(by_language: dict[Code, str], language: Code) -> frozenset[str]:
    return frozenset(by_language.get(language, "").replace("'", "").split())


def in_language(file: str, language: Code) -> str:
    """The name of a file's counterpart: `care.toml` is English, `care.es.toml` Spanish."""
    stem, _, ending = file.rpartition(".")
    return file if language == FIRST else f"{stem}.{language}.{ending}"
