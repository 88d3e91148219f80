import random
import re
from functools import partial

import pytest

from server.config import Settings
from server.domain.folding import fold, worded
from server.domain.rulebook import Rulebook
from server.domain.screening import Policy
from server.files import read
from server.screeners import books
from server.screeners.patterns import BadPattern
from server.screeners.phrases.coded import Coded
from server.screeners.phrases.index import alone
from server.screeners.phrases.parts import GAP, SPACE, AnyOf, Between, Part, Series, Times, Word
from server.screeners.phrases.syntax import Phrases
from server.screeners.phrases.wording import Wording
from tests.screeners.phrases.by_letters import by_letters

reading = partial(read, settings=Settings())
BOOKS = dict(books(reading("policy.toml", Policy), reading))
PHRASES = [
    (book, phrase)
    for book in BOOKS.values()
    for phrase in (
        *(phrase for rule in book.rules for phrase in rule.patterns),
        *(phrase for _, phrase in book.guarding()),
    )
]
TEXTS = [text for book in BOOKS.values() for rule in book.rules for text in (*rule.finds, *rule.spares)]
WORDS = {"want": "want|wanna", "do": "<want> (?:to )?go", "loop": "<loop>"}
# Of a gap of so many characters, words are counted; a space that may be missing between many words is left to `apart`.
COUNTED_OTHERWISE = re.compile(r"\[\^[^\]]+\]\{| \?")


def plain(part: Part) -> object:
    match part:
        case Word(letters):
            return "|".join(sorted(letters)) if isinstance(letters, frozenset) else f"/{letters}/"
        case Between(source, marks):
            return " " if part == SPACE else "".join(sorted(marks)) or source.replace(GAP, "_")
        case Series(parts):
            return list(map(plain, parts))
        case AnyOf(ways):
            return tuple(map(plain, ways))
        case Times(again, times):
            return {times: plain(again)}


@pytest.mark.parametrize(
    ("phrase", "parts"),
    [
        ("go home", ["go", " ", "home"]),
        ("don't go", ["dont", " ", "go"]),
        ("go|stay", "go|stay"),
        ("go(?:ing)? home", ["go|going", " ", "home"]),
        ("<want> to", ["wanna|want", " ", "to"]),
        ("hom[ei]ly?", "homel|homely|homil|homily"),
        ("tik ?tok", ("tiktok", ["tik", " ", "tok"])),
        ("(?:i'm|im) ?in", ("imin", ["im", " ", "in"])),
        ("(?:i'm|i am)s", ("ims", ["i", " ", "ams"])),
        ("go(?: on| there)? now", ["go", {"?": [" ", "on|there"]}, " ", "now"]),
        ("go(?:es| on)? now", [("go|goes", ["go", " ", "on"]), " ", "now"]),
        ("(?:so |very )*sad", [{"*": ["so|very", " "]}, "sad"]),
        ("i(?: do|'ll)* go", [("i|ill", ["i|ill", {"*": [" ", "do|doll"]}, " ", "do|doll"]), " ", "go"]),
        ("(?:ha){2,}", "/(?:h+a+){2,}/"),
        ("suicid[a-z]*", "/(?:s+u+i+c+i+d+)(?:[a-z]*)/"),
        (r"\d{1,2}", "|".join(sorted([str(n) for n in range(10)] + [f"{n:02}" for n in range(100)]))),
        (r"k\*ll", "k*ll"),
        ("a@b", ["a", "@", "b"]),
        ("a[.!?]* b", ["a", {"*": "!.?"}, " ", "b"]),
        ("go[^.!?]*", ["go", "_?[^!\\.\\?]*"]),
        ("go[^.!?]{0,9}home", ["go", "_?(?:[^_!\\.\\?]+_?){0,2}", "home"]),
        ("^go$", ["^_", "go", "_?$"]),
    ],
)
def test_a_phrase_is_words_and_what_parts_them(phrase: str, parts: object) -> None:
    assert plain(Wording(Phrases(WORDS)).read(phrase)) == parts


def test_many_words_are_not_written_as_one() -> None:
    many = "|".join(f"{first}{second}" for first in "abcdefgh" for second in "xyz")
    part = Wording(Phrases({})).read(f"(?:{many}) ?(?:{many})")
    assert isinstance(part, Series)
    assert [type(each) for each in part.parts] == [Word, Between, Word]


@pytest.mark.parametrize("phrase", ["[a-z.]+", "[ 0-9]", "(?:a b)+c", "(?:a|b c)* d|(?:a |b){2}c"])
def test_what_cannot_be_read_as_words_is_refused(phrase: str) -> None:
    with pytest.raises(BadPattern):
        Wording(Phrases({})).read(phrase)


@pytest.mark.parametrize("phrase", ["(unclosed", "closed)", "a(?=b)", r"(a)\1", "[a-z]{9999} b"])
def test_a_phrase_that_cannot_be_used_is_refused_at_the_start(phrase: str) -> None:
    with pytest.raises(BadPattern):
        alone(phrase, {})


@pytest.mark.parametrize("which", range(8))
def test_a_phrase_is_found_where_its_letters_are(which: int) -> None:
    """All phrases of ours, in examples of all rules, whole and mixed, with words drawn out and marks between them."""
    chance = random.Random(which)
    tried = 0
    for book, phrase in PHRASES[which::8]:
        if COUNTED_OTHERWISE.search(expanded(phrase, book)):
            continue
        expression, lexicon = alone(phrase, book.words)
        letters = by_letters(phrase, book.words)
        mine = [text for rule in book.rules if phrase in (*rule.patterns, *rule.unless) for text in rule.finds]
        for text in [*mine, *(mixed(chance) for _ in range(12)), *chance.sample(TEXTS, 12)]:
            said = worded(fold(text)).text
            found = bool(expression.places(Coded(said, lexicon)))
            assert found == (letters.search(said) is not None), (phrase, said)
            tried += found
    assert tried > 20


def expanded(phrase: str, book: Rulebook) -> str:
    while names := re.findall(r"<([a-z][a-z0-9-]*)>", phrase):
        for name in names:
            phrase = phrase.replace(f"<{name}>", f"(?:{book.words[name]})")
    return phrase


def mixed(chance: random.Random) -> str:
    words = " ".join(chance.sample(TEXTS, 2)).split()
    begin = chance.randrange(len(words))
    kept = [word for word in words[begin : begin + 12] if chance.random() > 0.1]
    return chance.choice((" ", ", ", "... ", " - ")).join(
        word if chance.random() > 0.2 else word.replace(word[-1], word[-1] * chance.randint(2, 4)) for word in kept
    )
