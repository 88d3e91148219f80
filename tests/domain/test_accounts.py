"""What a staff name, a passphrase and a token must be."""

import pytest

from server.domain.accounts import NOBODY, Account, Person, check_passphrase, name_key, person_of, staff_name
from server.protocol.people import Role
from server.protocol.refusals import Code, Refused


@pytest.mark.parametrize(
    "name", ["Mo", "", "   ", "x" * 25, "-Mo-", "Mo\u202eom", "<b>Mo</b>", "Mo\nMo!", "😀😀😀", "M\u200bo"]
)
def test_what_is_no_staff_name(name: str) -> None:
    with pytest.raises(Refused) as refused:
        staff_name(name)
    assert refused.value.code is Code.BAD_HANDLE


@pytest.mark.parametrize("name", ["Moira", "Anne-Marie O’Neil", "Zoë", "Łukasz 2", "नीता", "محمد", "x" * 24])
def test_staff_names_of_many_scripts(name: str) -> None:
    assert staff_name(f"  {name} ") == name


def test_a_name_is_one_however_it_is_typed() -> None:
    assert name_key("Zoë  Ash") == name_key("ZOE\u0308 ash ") == name_key("ｚｏë ash")
    assert name_key("Zoe Ash") != name_key("Zoë Ash")


@pytest.mark.parametrize(
    "passphrase", ["", "short", "x" * 14, "abababababababab", "Moira Moira Moira", "moiramoiramoira1"]
)
def test_entry_113_a_passphrase_too_short_or_too_plain(passphrase: str) -> None:
    with pytest.raises(Refused) as refused:
        check_passphrase(passphrase, "Moira", 15)
    assert refused.value.code is Code.PASSPHRASE


@pytest.mark.parametrize(
    "passphrase",
    ["correct horse 1", "x1y2z" * 13, "nul\0 is a character", "e\u0301 not composed e\u0301", "密" * 11 + "码很好的啊"],
)
def test_entry_113_any_long_passphrase_will_do(passphrase: str) -> None:
    check_passphrase(passphrase, "Moira", 15)


def test_entry_113_a_passphrase_without_end_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        check_passphrase("abcdefgh" * 100, "Moira", 15)
    assert refused.value.code is Code.TOO_LONG


@pytest.mark.parametrize(
    "token", [None, "", "x", "a" * 32, "A" * 32 + "." + "b" * 43, "a" * 32 + "." + "b" * 44, "é" * 76]
)
def test_what_is_no_token_is_nobodys(token: str | None) -> None:
    assert person_of(token) == NOBODY


def test_nothing_that_is_printed_shows_who_someone_is() -> None:
    assert repr(Person("secretid", Role.PEER, "Mo", "digest")) == "<peer>"
    assert repr(Account("secretid", "Mo", Role.MODERATOR, "$argon2id$")) == "<account of a moderator>"
