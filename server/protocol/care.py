"""The words of care: how a ticket changes hands until someone was reached, and who answers for it."""

from typing import ClassVar

from server.protocol.commands import Command
from server.protocol.events import Event, Numbered, Passing
from server.protocol.fields import Count, EmergencyCause, HandleText, Id, Millis, Ref
from server.protocol.people import CARERS, Role

# -- anyone ----------------------------------------------------------------------------------------


class Safe(Command, frozen=True):
    """Say "I'm safe", by one tap. Our team is told; nothing is closed by it. Answer: `done`."""


# -- staff -----------------------------------------------------------------------------------------


class Contact(Command, frozen=True):
    """Say that you are in contact with the person of a ticket you hold; your first line to them says it too.

    Answer: `done`.
    """

    ticket: Id
    fence: Count

    roles: ClassVar[frozenset[Role]] = CARERS


class Attempt(Command, frozen=True):
    """Note that you tried to reach the person and could not. `due` of the ticket says when to try again.

    `refused` with `rate` before then. Answer: `done`.
    """

    ticket: Id
    fence: Count

    roles: ClassVar[frozenset[Role]] = CARERS


class Release(Command, frozen=True):
    """Give a ticket back to the desk; its clocks begin anew, and the person is told. Answer: `done`."""

    ticket: Id
    fence: Count

    roles: ClassVar[frozenset[Role]] = CARERS


class HandOver(Command, frozen=True):
    """Offer a ticket to a colleague on duty. You hold it until they `take` it. Answer: `done`."""

    ticket: Id
    fence: Count
    to: HandleText

    roles: ClassVar[frozenset[Role]] = CARERS


class Emergency(Command, frozen=True):
    """Note that you have called an emergency service about the person of a ticket you hold: who and why is kept.

    The program calls nobody. `refused` with `forbidden` where the operator has written no policy for it, or the
    ticket is not imminent. Answer: `done`.
    """

    ticket: Id
    fence: Count
    because: EmergencyCause

    roles: ClassVar[frozenset[Role]] = CARERS


class Deputy(Command, frozen=True):
    """Be the deputy of those on duty, where nobody is. Answer: `done`, or `refused` with `conflict`."""

    roles: ClassVar[frozenset[Role]] = CARERS


class PassDuty(Command, frozen=True):
    """Ask a colleague who is on duty to take over yours, and the deputy's part where it is yours.

    Until they accept, it is yours. Answer: `done`.
    """

    to: HandleText

    roles: ClassVar[frozenset[Role]] = CARERS


class AcceptDuty(Command, frozen=True):
    """Take over the duty that a colleague asked you to take. You are on duty from here on. Answer: `done`."""

    by: HandleText

    roles: ClassVar[frozenset[Role]] = CARERS


# -- events ----------------------------------------------------------------------------------------


class Holding(Event, frozen=True):
    """The ticket is yours; name this `fence` in what you do with it."""

    ref: Ref
    ticket: Id
    fence: Count


class NobodyHere(Numbered, frozen=True):
    """No one from our team is here right now: please don't wait for us. The request is kept; no more is promised."""

    heard: ClassVar[str] = "inbox"

    ticket: Id
    at: Millis


class TicketReturned(Numbered, frozen=True):
    """Whoever was with you had to go. The private thread stays, and our team is asked again."""

    heard: ClassVar[str] = "inbox"

    ticket: Id
    at: Millis


class DutyChanged(Numbered, frozen=True):
    """Who is deputy while they are on duty, and who wants to hand over duty to whom.

    `relieved`: their duty was accepted by a colleague; they can go.
    """

    heard: ClassVar[str] = "desk"

    deputy: HandleText
    passing: tuple[Passing, ...]
    relieved: HandleText
    at: Millis
