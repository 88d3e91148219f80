import pytest

from server.screeners.details.links import Links

LINKS = Links(
    ("discord.gg", "t.me", "discord.com/invite", "bit.ly"), ("example.org",), ("com", "org", "gg", "me"), ("click",)
)


@pytest.mark.parametrize(
    "text",
    [
        "https://discord.gg/abcd",
        "discord . gg / abcd",
        "discord[.]gg/abcd",
        "discord dot gg slash abcd",
        "discord .gg/abcd",
        "t dot me slash ana",
        "discord.com/invite/abcd",
        "hxxps://example.com/a",
        "www dot example dot com",
        "example dot com slash chat",
        "https://chat.example.com/r/1",
        "https://xn--exmple-cua.com",
        "my forum is heron dot example dot com",
        "http colon slash slash heron dot example dot com",
        "h t t p s : / / heron.example.com",
        "www heron example com, put the dots in",
        "after discord gg slash abcd",
    ],
)
def test_a_link_that_leads_to_a_person_is_found_however_it_is_told(text: str) -> None:
    assert list(LINKS.found(text))


@pytest.mark.parametrize(
    "text",
    [
        "www.example.com/recipes",
        "the talk is at https://example.com/talk",
        "don't. me neither",
        "that was it. me too",
        "dot your i's",
        "click https://example.org/help",
        "we met at noon dot com boom",
        "it said dot dot dot dot com",
        "help dot example dot org has it",
    ],
)
def test_any_other_link_and_the_end_of_a_sentence_are_none(text: str) -> None:
    assert not list(LINKS.found(text))


def test_any_link_after_a_lure_is_one() -> None:
    assert list(LINKS.found("click here example.com/free")) == [(11, 27)]


def test_a_link_in_two_texts_is_one() -> None:
    assert set(LINKS.finished("discord.gg/", "abcd")) == {(0, 4)}
    assert set(LINKS.finished("t.me", "/ana")) == {(0, 4)}
    assert not list(LINKS.finished("I was there", "abcd"))
