from functools import partial

import msgspec
import pytest

from server.config import Settings
from server.domain.handles import HandleWords, check, normal, propose
from server.files import read
from server.protocol.refusals import Code, Refused

WORDS = read("handles.toml", HandleWords, Settings())
SECRET = b"a secret of thirty-two bytes...."
proposed = partial(propose, SECRET, words=WORDS)


def taken(handle: str) -> bool:
    try:
        return bool(check(handle, WORDS))
    except Refused as refused:
        assert refused.code is Code.BAD_HANDLE
        return False


def test_a_proposal_is_two_words_and_a_number() -> None:
    first, second, number = proposed("ana", "room:evening", 0).split("-")
    assert first in WORDS.first
    assert second in WORDS.second
    assert 10 <= int(number) <= 99


def test_a_person_is_proposed_the_same_name_again() -> None:
    assert proposed("ana", "room:evening", 0) == proposed("ana", "room:evening", 0)


def test_another_roll_room_or_secret_gives_another_name() -> None:
    names = {proposed("ana", room, roll) for room in ("room:evening", "room:grief") for roll in range(5)}
    assert len(names) == 10
    assert propose(b"other", "ana", "room:evening", 0, WORDS) != proposed("ana", "room:evening", 0)


def test_every_name_we_can_propose_would_be_taken_from_a_person_too() -> None:
    names = [f"{first}-{second}-47" for first in WORDS.first for second in WORDS.second]
    assert [handle for handle in names if taken(handle)] == names


def test_no_two_proposals_look_alike() -> None:
    names = {
        f"{first}-{second}-{number}" for first in WORDS.first for second in WORDS.second for number in (10, 11, 55, 88)
    }
    assert len({normal(handle) for handle in names}) == len(names)


HONEST = (
    "Anna|quiet heron|José|Zoë-Marie|Ольга|Мария 22|さくら|桜の花|김민지|李小明|محمد|שרה|प्रिया|Ελένη|O'Brien|tulip1987|"
    "Stafford|Bottomley|badminton fan|Diana|Ana|Mia Rose|Modesty|สมชาย|நிலா|Sunflower_3|Nguyễn Văn|Årsta|Hostler|"
    "Dina|Łukasz|Çağla|İpek|Žofia|Παύλος|Юрий|فاطمة|יונתן|মিতা|ਗੁਰ ਪ੍ਰੀਤ|ゆきこ|カナエ|박지우|王小雨|Björn|night.owl|"
    "MsDalloway|grandpa Joe|slow-tortoise|Penistone Pete"
).split("|")


def test_honest_names_in_many_scripts_are_taken() -> None:
    assert not [handle for handle in HONEST if not taken(handle)]


@pytest.mark.parametrize(
    "handle", ["", "ab", "a" * 25, "   ", "😀😀😀", "12345", "__proto__", "constructor", "a_", "_ab", "a--b", "ab{}"]
)
def test_what_is_no_name_is_refused(handle: str) -> None:
    assert not taken(handle)


# Latin, mixed, styled, spaced, foreign.
STAFF = (
    "Admin|admin|ADMIN|аdmin|admіn|аԁmіn|𝓪𝓭𝓶𝓲𝓷|ａｄｍｉｎ|adm1n|@dmin|a.d.m.i.n|A D M I N|Moderator|m0derator|"
    "Mоderator|moderat0r|mod|MOD 1|mod-anna|Staff|staff anna|StaffAnna|5taff|ѕtаff|Porchlight|p0rchlight|porch-light|"
    "Porchlight Team|Supervisor|Operator|realadmin|adminn|aadmiin|Modеrаtоr|модератор|Модератор 1|админ|مشرف|管理员|"
    "관리자|system|Sys tem|Therapist Tom|Counsellor|official|Hotline|M\u00f6derator|ᴀᴅᴍɪɴ|🅰🅳🅼🅸🅽|mo\u200bderator|"
    "\u202enimda|ᵃᵈᵐⁱⁿ|moderator12|xXmoderatorXx"
).split("|")


def test_nobody_passes_for_staff() -> None:
    assert not [handle for handle in STAFF if taken(handle)]


@pytest.mark.parametrize(
    "handle",
    [
        "call 07911123",
        "anna@mail",
        "anna.com",
        "www.anna.net",
        "insta_anna",
        "snap anna",
        "annaontelegram",
        "kik-anna",
        "t.me/anna",
        "0791112",
    ],
)
def test_a_name_that_leads_to_the_person_is_refused(handle: str) -> None:
    assert not taken(handle)


@pytest.mark.parametrize(
    "handle", ["n1gger", "f4ggot", "fuck you", "f.u.c.k", "kill yourself", "k1ll y0urself", "pro-ana girl", "kys"]
)
def test_a_name_that_hurts_is_refused(handle: str) -> None:
    assert not taken(handle)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("quiet-heron-12", "Quiet Heron 12"),
        ("anna", "аnnа"),
        ("lily", "1ily"),
        ("olga", "0lga"),
        ("Zoë", "zoe"),
        ("barn owl", "bam-owl"),
    ],
)
def test_names_that_look_alike_are_one_name(one: str, other: str) -> None:
    assert normal(one) == normal(other)


def test_a_word_list_that_is_too_short_is_refused() -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"review": "", "first": ["calm"], "second": ["heron"]}, HandleWords)
