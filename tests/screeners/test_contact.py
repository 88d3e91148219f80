import pytest

from server.config import Settings
from server.domain.screening import Lane, Screened, Verdict
from server.domain.text import clean
from server.files import read
from server.screeners.contact import Contact, ContactBook

SETTINGS = Settings()
FILES = {"contact": "screening/contact.toml", "contact-es": "screening/contact.es.toml"}
BOOKS = [(name, read(file, ContactBook, SETTINGS)) for name, file in FILES.items()]
CONTACT = Contact("contact", BOOKS, ("US", "GB"))


def found(text: str, *context: str, region: str = "") -> set[str]:
    screened = Screened.of(clean(text, SETTINGS), context=context, region=region)
    return {opinion.rule.removeprefix("contact.") for opinion in CONTACT.screen(screened)}


@pytest.mark.parametrize(
    "text",
    [
        "call me on 07911 123456",
        "+1 (415) 555-2671",
        "my cell 415-555-2671",
        "+44 7911 123456",
        "0 7 9 1 1 1 2 3 4 5 6",
        "0-7-9-1-1-1-2-3-4-5-6",
        "０７９１１ １２３４５６",
        "zero seven nine one one, one two three four five six",
        "text 07911.123.456 tonight",
        "my new no. is 0044 7700 900123",
        "07700900077",
        "it is 07700_900_123",
        "seis uno dos, tres cuatro cinco, seis siete ocho",
        "mi cel es 55 1234 5678, llámame",
    ],
)
def test_a_phone_number_is_found(text: str) -> None:
    assert "phone" in found(text)


def test_a_national_number_is_found_where_the_room_says_which_nation() -> None:
    assert "phone" in found("030 901820", region="DE")


@pytest.mark.parametrize(
    "text",
    [
        "you can call 116 123 for free",
        "ring 988 or text 741741",
        "1-800-273-8255 is a crisis line",
        "on 2024-10-11 at 10:30",
        "born 11/10/1987",
        "192.168.100.200",
        "I took 100 steps, then 2000, then 35000",
        "version 10.2.33",
        "3 years 4 months 12 days",
        "llama al 024 o al 112, es gratis",
        "en México, la línea de la vida es 800 911 2000",
        "i5 17 7oo l473 7o pl@n7 garl!c",
        "ch3353 70a$713 r@nk!ng 7hr3@d, g0",
        "g1g 1n @ church, br!ng @ cu5h!0n",
        "th3 plan7'5 @live!! on3 l3@f!!",
        "1'm dy1ng 70 $33 7h3 n3w $3@50n, no 5p01l3rs pl$",
        "1'm sc@r3d of my mum wh3n $h3 h45 7h3 v4cuum 0u7",
    ],
)
def test_helplines_dates_and_other_numbers_are_not(text: str) -> None:
    assert not found(text)


@pytest.mark.parametrize(
    "text",
    [
        "ana@example.org",
        "write to a.n.a+1@mail.example.co.uk",
        "ana at gmail dot com",
        "ana (at) example (dot) org",
        "ana[at]hotmail.com",
        "ana＠example．org",
        "wr1t3 70 m3 47 4na@example.org",
        "ana @ gmail",
        "a n a @ e x a m p l e . o r g",
        "ana @ example . com without the gaps",
        "ana _at_ example _dot_ org",
        "ana arroba ejemplo punto es",
        "аna@exаmple.org",
    ],
)
def test_an_address_of_mail_is_found(text: str) -> None:
    assert "email" in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "https://discord.gg/abc",
        "t.me/ana",
        "www.instagram.com/ana",
        "linktr.ee/ana",
        "join.skype.com/abc",
        "bit.ly/x",
        "just posted a photo https://www.example.org/ana",
        "subí una foto nueva https://www.example.org/ana",
    ],
)
def test_a_link_that_leads_to_a_person_is_found(text: str) -> None:
    assert "link" in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "https://www.nhs.uk/mental-health",
        "see samaritans.org",
        "she posted the article https://www.example.org/sleep",
        "bbc.co.uk/news",
        "e.g.this one",
        "javascript:alert(1)",
        "wait.what",
    ],
)
def test_other_links_are_text(text: str) -> None:
    assert not found(text)


@pytest.mark.parametrize(
    "text",
    [
        "come to 12 Acacia Road",
        "I live at 5 green lane",
        "221B Baker Street, London",
        "SW1A 1AA",
        "Springfield, IL 62704",
        "Lindenstraße 12",
        "12 rue de la Paix",
        "Via Roma 5",
        "4500 Elm, Apt. 12",
        "PO Box 1200",
        "vivo en la calle mayor 12",
        "mi dirección es av. rivadavia al 2345",
        "ven a la cra 7 # 45",
    ],
)
def test_where_someone_lives_is_found(text: str) -> None:
    assert "address" in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "it's a 20 minute drive",
        "one long road",
        "2 hard drives",
        "I live on my own street of sorrow",
        "vivo con 2 gatos en la calle",
    ],
)
def test_ways_and_drives_are_not_addresses(text: str) -> None:
    assert not found(text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [("GB29 NWBK 6016 1331 9268 19", "bank"), ("4111 1111 1111 1111", "card"), ("my ssn is 078-05-1120", "national")],
)
def test_numbers_of_accounts_are_found(text: str, kind: str) -> None:
    assert kind in found(text)


@pytest.mark.parametrize(
    "texts", [[f"line {number}" for number in range(7, 30)], [f"{turn % 4}:{turn}" for turn in range(30)]]
)
def test_who_counts_or_keeps_a_score_gives_no_number(texts: list[str]) -> None:
    assert [text for place, text in enumerate(texts) if found(text, *texts[max(0, place - 5) : place])] == []


def test_a_number_given_in_pieces_is_found_at_the_last_piece() -> None:
    assert not found("07911")
    assert "phone" in found("123456", "my number starts so", "07911")
    assert "phone" in found("nine zero zero one two three", "zero seven seven zero zero")
    assert not found("I slept 4 hours, then 12", "07911 123")


def test_times_scores_and_numbers_of_two_digits_are_no_pieces() -> None:
    assert not found("0:24", "0:20", "0:21", "0:22", "0:23")
    assert not found("4-2", "07-5", "3-1", "10-12", "6-4")
    assert not found("85", "07", "91", "77", "64")


def test_what_is_found_is_private_and_held_for_contact() -> None:
    (opinion,) = CONTACT.screen(Screened.of("write to ana@example.org please"))
    assert (opinion.lane, opinion.verdict, opinion.reason) == (Lane.PRIVACY, Verdict.HOLD, "contact")
    assert [(span.start, span.end) for span in opinion.spans] == [(9, 24)]


HARD = ["1 " * 1000, "+" * 2000, "a@" * 1000, "a." * 1000, "zero " * 400, "0" * 2000, "(1" * 1000, "at dot " * 280]


@pytest.mark.parametrize("text", HARD, ids=[text[:6] for text in HARD])
def test_a_text_made_to_be_slow_is_answered(text: str) -> None:
    found(text)
