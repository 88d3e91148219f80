from server.domain import care, own_data
from server.domain.errands import OpenTicket
from server.protocol.events import Held, HoldEnded, Restored, Said, TicketChanged
from server.protocol.fields import TicketSource, Urgency
from server.protocol.people import Voice

SAID = Said(channel="room:a", id="m", client_id=b"1" * 16, handle="heron", voice=Voice.PEER, text="hello", at=1)
BECAUSE = OpenTicket("t1", "ana", TicketSource.REPORT, Urgency.CONCERN, None, "heron", "words", "", 1, "a note")


def test_a_message_that_was_brought_back_is_taken_away_where_it_is_shown() -> None:
    back = Restored(channel="room:a", back=3, id="m", handle="h", voice=Voice.PEER, text="hello", said_at=1, at=2)
    assert (own_data.gone("room:a", 9, back).gone, own_data.gone("room:a", 9, SAID).gone) == (3, 9)
    assert own_data.gone("room:a", 9, SAID).own


def test_only_lines_about_that_hold_are_meant() -> None:
    held = Held(channel="room:a", client_id=b"1" * 16, hold="h1", text="hello", why="care", care=True, due=0)
    ended = HoldEnded(
        channel="room:a", client_id=b"1" * 16, hold="h2", decision=None, text="", reason=None, note="", at=1
    )
    assert [own_data.tells_of_hold(event, "h1") for event in (held, ended, SAID)] == [True, False, False]


def test_a_ticket_without_words_is_still_that_ticket() -> None:
    record = care.opened(BECAUSE)
    wordless = own_data.wordless(record)
    ticket = wordless.ticket
    assert (ticket.text, ticket.handle, ticket.note, ticket.state) == ("", "", "", record.ticket.state)
    assert own_data.wordless(wordless) is wordless
    assert own_data.tells_of_ticket(TicketChanged(ticket=record.ticket, at=1), {"t1"})
    assert not own_data.tells_of_ticket(TicketChanged(ticket=ticket, at=1), {"t1"})
