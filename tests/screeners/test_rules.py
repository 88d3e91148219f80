import tomllib
from functools import partial
from pathlib import Path

import pytest

from server.config import Settings
from server.domain.rulebook import Rulebook
from server.domain.screening import Lane, Policy, Screened, Verdict, settled
from server.domain.text import clean
from server.files import read
from server.protocol.fields import Urgency
from server.screeners import books
from server.screeners.rules import Rules, surer

SETTINGS = Settings()
reading = partial(read, settings=SETTINGS)
BOOKS = dict(books(reading("policy.toml", Policy), reading))
CARE = [book for book in BOOKS.values() if book.lane is Lane.CARE]
SCREENERS = {name: Rules(name, book) for name, book in BOOKS.items()}
FINDS = [(name, rule.id, text) for name, book in BOOKS.items() for rule in book.rules for text in rule.finds]
SPARES = [(name, rule.id, text) for name, book in BOOKS.items() for rule in book.rules for text in rule.spares]


def found(name: str, text: str, *context: str) -> set[str]:
    screened = Screened.of(clean(text, SETTINGS), context=context)
    return {opinion.rule for opinion in SCREENERS[name].screen(screened)}


def score(name: str, text: str) -> float:
    return max(opinion.score for opinion in SCREENERS[name].screen(Screened.of(clean(text, SETTINGS))))


def urgency(text: str, *context: str) -> Urgency | None:
    screened = Screened.of(clean(text, SETTINGS), context=context)
    opinions = settled([opinion for name in ("care", "care-es") for opinion in SCREENERS[name].screen(screened)])
    order = [None, *Urgency]
    return max((opinion.urgency for opinion in opinions), key=order.index, default=None)


@pytest.mark.parametrize(("name", "rule", "text"), FINDS)
def test_a_rule_finds_its_examples(name: str, rule: str, text: str) -> None:
    assert rule in found(name, text)


@pytest.mark.parametrize(("name", "rule", "text"), SPARES)
def test_a_rule_leaves_alone_what_only_sounds_alike(name: str, rule: str, text: str) -> None:
    assert rule not in found(name, text)


@pytest.mark.parametrize("name", BOOKS)
def test_every_file_says_who_has_yet_to_review_it(name: str) -> None:
    assert BOOKS[name].review == "awaiting clinical review"


@pytest.mark.parametrize("name", BOOKS)
def test_every_name_in_our_files_stands_for_one_thing(name: str) -> None:
    assert BOOKS[name].fault() is None


def test_only_method_goodbye_and_plan_are_held_for_care() -> None:
    rules = [rule for book in CARE for rule in book.rules]
    assert {rule.reason for rule in rules if rule.verdict is Verdict.HOLD} == {"method", "goodbye", "plan"}
    assert not [rule.id for rule in rules if rule.verdict in (Verdict.MASK, Verdict.BLOCK)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I feel so worthless", None),
        ("I wish I was dead", Urgency.CONCERN),
        ("my friend says she wants to kill herself", Urgency.CONCERN),
        ("I want to kill myself", Urgency.SERIOUS),
        ("I keep cutting my arms", Urgency.SERIOUS),
        ("I'm going to kill myself", Urgency.IMMINENT),
        ("I'm going to kill myself tonight", Urgency.IMMINENT),
        ("this is my last message", Urgency.IMMINENT),
        ("I just took all my pills", Urgency.IMMINENT),
        ("me siento tan inútil", None),
        ("ojalá estuviera muerto", Urgency.CONCERN),
        ("mi amiga dice que quiere matarse", Urgency.CONCERN),
        ("quiero matarme", Urgency.SERIOUS),
        ("me corto los brazos", Urgency.SERIOUS),
        ("voy a matarme", Urgency.IMMINENT),
        ("voy a matarme esta noche", Urgency.IMMINENT),
        ("este es mi último mensaje", Urgency.IMMINENT),
        ("me acabo de tomar todas las pastillas", Urgency.IMMINENT),
    ],
)
def test_urgency_follows_the_tiers(text: str, expected: Urgency | None) -> None:
    assert urgency(text) is expected


DISGUISED = [
    "1 w4n7 70 k1ll mys3lf",
    "i want to ki11 myse1f",
    "i want to k i l l  m y s e l f",
    "i w a n t t o k i l l m y s e l f",
    "i want to k.i.l.l myself",
    "I WANT TO KILL MYSELF",
    "i waaaant to killll myyyself",
    "і wаnt tо kіll mуsеlf",
    "i want to ki\u200bll my\u200bself",
    "𝓲 𝔀𝓪𝓷𝓽 𝓽𝓸 𝓴𝓲𝓵𝓵 𝓶𝔂𝓼𝓮𝓵𝓯",
    "i wánt tö kíll mÿself",
    "iwanttokillmyself",
    "#iwanttokillmyself",
    "i want to unalive myself",
    "i want to\nkill myself",
]


@pytest.mark.parametrize("text", DISGUISED)
def test_a_disguise_does_not_hide_it(text: str) -> None:
    assert "care.thoughts" in found("care", text)


EXCUSED = [
    "i won't be around tomorrow, h*o*s*p*i*t*a*l a*p*p*o*i*n*t*m*e*n*t for my knee",
]


@pytest.mark.parametrize("text", EXCUSED)
def test_what_excuses_it_may_be_in_disguise(text: str) -> None:
    assert not found("care", text) | found("conduct", text)


SPANISH = [
    "qu13r0 m4t4rm3",
    "quiero m a t a r m e",
    "q u i e r o m a t a r m e",
    "QUIERO MATARME",
    "quieeeero matarmeeee",
    "quіеrо mаtаrmе",
    "quie\u200bro mat\u200barme",
    "𝓺𝓾𝓲𝓮𝓻𝓸 𝓶𝓪𝓽𝓪𝓻𝓶𝓮",
    "quieromatarme",
    "#quieromatarme",
    "quiero matramе",
    "¡¿quiero matarme?!",
    "m kiero matar",
    "quiero\nmatarme",
]


@pytest.mark.parametrize("text", SPANISH)
def test_a_disguise_does_not_hide_it_in_spanish(text: str) -> None:
    assert "care.es.thoughts" in found("care-es", text)


@pytest.mark.parametrize("name", [name for name in BOOKS if name.endswith("-es")])
def test_a_pack_has_a_counterpart_of_each_rule_in_english(name: str) -> None:
    """Of the same reason, and with the same that follows from it."""

    def said(book: Rulebook) -> list[tuple[str, ...]]:
        return [(rule.id.replace(".es.", "."), rule.reason, rule.verdict, str(rule.urgency)) for rule in book.rules]

    english = BOOKS[name.removesuffix("-es")]
    assert said(BOOKS[name]) == said(english)
    assert BOOKS[name].lane is english.lane


@pytest.mark.parametrize("name", [name for name in BOOKS if name.endswith("-es")])
def test_a_pattern_is_written_as_texts_are_read(name: str) -> None:
    """An accent in a pattern would never be there."""
    book = BOOKS[name]
    phrases = [phrase for rule in book.rules for phrase in (*rule.patterns, *rule.unless)]
    phrases += [*book.words.values(), *(guard for guards in book.guards.values() for guard in guards)]
    assert [phrase for phrase in phrases if not phrase.isascii()] == []


def test_a_sentence_cut_into_pieces_is_read_as_one() -> None:
    assert "care.thoughts" in found("care", "kill myself", "i really want to")
    assert "care.wish" in found("care", "die", "i just", "want to")


def test_a_sentence_that_is_over_goes_no_further() -> None:
    assert not found("care", "my mum gets home at 9", "i want to kill myself")


def test_what_was_said_before_is_not_found_a_second_time() -> None:
    assert not found("care", "thanks for listening", "i want to kill myself")


def test_what_is_said_in_one_part_excuses_nothing_in_another() -> None:
    assert "harm.urging" not in found("conduct", "nobody should say kill yourself")
    assert "harm.urging" in found("conduct", "nobody should say that anything here is harmful\n\nkill yourself")
    assert "care.thoughts" in found("care", "i want to\n\nkill myself")


def test_a_span_is_where_the_words_stand_in_the_clean_text() -> None:
    text = clean("well... I want to k i l l  m y s e l f today", SETTINGS)
    spans = {span for opinion in SCREENERS["care"].screen(Screened.of(text)) for span in opinion.spans}
    assert any(text[span.start : span.end].startswith("want") for span in spans)


def test_a_rule_file_speaks_for_its_lane() -> None:
    (opinion, *_) = SCREENERS["conduct"].screen(Screened.of("you are pathetic"))
    assert (opinion.lane, opinion.verdict) == (Lane.CONDUCT, Verdict.HOLD)


EVIL = [
    "a" * 2000,
    "i want to " * 200,
    "k i l l " * 250,
    "ki11 " * 400,
    "!" * 2000,
    "my friend " * 200,
    "i " * 1000,
    "1" * 2000,
]


@pytest.mark.parametrize("name", BOOKS)
@pytest.mark.parametrize("text", EVIL, ids=[text[:8] for text in EVIL])
def test_a_text_made_to_be_slow_is_answered(name: str, text: str) -> None:
    found(name, text)


CORPUS = tomllib.loads((Path(__file__).parent / "corpus.toml").read_text())
ALARMED = {kind: [text for text in texts if urgency(text)] for kind, texts in CORPUS.items()}


def test_most_of_what_is_said_outright_is_heard() -> None:
    assert len(ALARMED["explicit"]) >= 0.9 * len(CORPUS["explicit"])


def test_little_of_what_only_sounds_alike_calls_anyone() -> None:
    assert len(ALARMED["lookalike"]) <= 0.05 * len(CORPUS["lookalike"])


@pytest.mark.parametrize("kind", ["support", "ordinary"])
def test_support_and_small_talk_call_nobody(kind: str) -> None:
    assert ALARMED[kind] == []


@pytest.mark.parametrize("kind", ["support", "ordinary"])
@pytest.mark.parametrize("name", ["conduct", "contact"])
def test_support_and_small_talk_are_not_held(kind: str, name: str) -> None:
    held = {rule.id for rule in BOOKS[name].rules if rule.verdict is Verdict.HOLD}
    assert not [text for text in CORPUS[kind] if found(name, text) & held]


def test_a_beginning_that_may_be_left_out_may_also_stand_without_a_space() -> None:
    assert "unkind.profanity" in found("conduct", "what a motherfucker")


@pytest.mark.parametrize(
    "hidden",
    [
        "you are a w0rthless p1ece of trash",
        "y\u043eu are a worthless piece of trash",
        "y o u a r e w o r t h l e s s",
    ],
)
def test_what_is_found_only_where_it_was_hidden_is_surer(hidden: str) -> None:
    plain = "you are a worthless piece of trash"
    assert score("conduct", hidden) == surer(score("conduct", plain)) > score("conduct", plain)
    assert score("conduct", f"{hidden}, {plain}") == score("conduct", plain)


def test_in_care_hiding_is_no_sign() -> None:
    assert score("care", "i want to k1ll mys3lf") == score("care", "i want to kill myself")
