"""What people do in an evening, turn by turn, as chance has it."""

from collections.abc import Iterable
from contextlib import suppress
from typing import NamedTuple

from msgspec import structs

from server.domain import one_to_one, queue, shifts
from server.domain.ages import Band
from server.domain.listening import Listener
from server.protocol.fields import Urgency
from server.protocol.listening import Availability, QueueEnd, TalkEnd, Wish
from server.protocol.refusals import Refused
from tests.domain.listening_people import who_waits
from tests.evenings.watch import SECOND
from tests.evenings.world import LISTENERS, PEERS, PROCESSES, World

TOPICS = (None, "grief", "work")
BACK_S = 12  # who lost a connection because a process died comes back within
AGAIN_S = 40  # and a process that died within


class Turn(NamedTuple):
    """After so many seconds, who does what; `more` decides whatever else there is to it."""

    seconds: int
    what: str
    who: int
    more: int


class Evening(World):
    """Everyone is connected at its beginning."""

    def passes(self, turns: Iterable[Turn]) -> None:
        """Raises where the watch saw what must never be."""
        for name in self.names:
            self.comes(name, self.names.index(name))
        for turn in turns:
            for _ in range(turn.seconds):
                self.second()
            doing = getattr(self, turn.what)
            with suppress(Refused):  # a rule said no: nothing happened
                doing(turn.who, turn.more)

    # -- what people do

    def queues(self, who: int, more: int) -> None:
        name = self.peer(who)
        if name not in self.at:
            return
        urgency = (None, None, None, *Urgency)[more % 6]
        wanted = who_waits(
            name, self.now, wish=Wish(topic=TOPICS[more % 3]), how_hard=more % 6, band=self.bands[name], urgency=urgency
        )
        wanted = structs.replace(wanted, avoids=self.watch.avoided(name), slowly=more % 7 == 0)
        self.seen[name] = self.now
        self.change(queue.queued(self.waiting(name), wanted, self.now))
        self.match()

    def drafts(self, who: int, more: int) -> None:
        self.change(queue.drafted(self.waiting(self.peer(who)), "words", (None, *Urgency)[more % 4]))

    def leaves(self, who: int, more: int) -> None:
        waiting = self.waiting(self.peer(who))
        self.change(queue.left(waiting, self.offered_to(waiting), QueueEnd.LEFT, self.now, self.terms))

    def listens(self, who: int, more: int) -> None:
        name = self.listener(who)
        if name in self.at:
            said = (Availability.AVAILABLE, Availability.AVAILABLE, Availability.BREAK, Availability.OFF)[more % 4]
            listener = self.listening(name) or Listener(person=name, name=name, band=self.bands[name])
            topics = (TOPICS[1],) if more % 5 == 0 else ()
            self.seen[name] = self.now
            self.change(
                shifts.listens(listener, self.waiting(listener.offered), said, topics, (), self.now, self.terms)
            )
            self.watch.says_of_themselves(name, said, topics, self.now)
            self.match()

    def accepts(self, who: int, more: int) -> None:
        for name in self.names[PEERS + who % LISTENERS :] + self.names[PEERS : PEERS + who % LISTENERS]:
            listener = self.listening(name)
            if listener is not None and listener.offer and name in self.at:
                waiting = self.waiting(listener.offered)
                self.seen[name] = self.now
                if waiting is not None and self.has_changed(waiting):
                    waiting, changed = self.waiting(waiting.person), self.listening(name)
                    listener = changed or listener
                self.change(queue.accepted(waiting, listener, listener.offer, self.now, self.terms))
                return

    def meets(self, who: int, more: int) -> None:
        """As most evenings begin: someone asks, someone is available, and whoever is asked accepts."""
        self.queues(who, more)
        self.listens(more, 0)
        self.accepts(more, more)

    def skips(self, who: int, more: int) -> None:
        name = self.listener(who)
        listener = self.listening(name)
        if listener is not None and listener.offer:
            waiting = self.waiting(listener.offered)
            self.change(queue.skipped(waiting, listener, listener.offer, self.now, self.terms))
            self.match()

    def speaks(self, who: int, more: int) -> None:
        """One of all who are in a one-to-one; listeners as often as peers."""
        for talk in self.talks(who):
            name = talk.listener if more % 2 else talk.person
            if name in self.at and not (name == talk.listener and talk.channel in self.speechless):
                self.says(talk.channel, name)
            return

    def answers(self, who: int, more: int) -> None:
        """Every listener who has words, so that one-to-ones live."""
        for place in range(len(self.talks(0))):
            self.speaks(place, 1)

    def falters(self, who: int, more: int) -> None:
        """A listener is away for some seconds, in which the person writes; is back, and says nothing any more."""
        for talk in self.talks(who):
            if talk.listener in self.at:
                del self.at[talk.listener]
                self.back_at[talk.listener] = self.now + (6 + more % 41) * SECOND
                self.writes_at[talk.channel] = self.back_at[talk.listener] - (1 + more % 5) * SECOND
                self.speechless.add(talk.channel)
            return

    def ends(self, who: int, more: int) -> None:
        for talk in self.talks(who):
            self.end(talk, TalkEnd.STOPPED if more % 4 else TalkEnd.GOODBYE)
            return

    def worries(self, who: int, more: int) -> None:
        for talk in self.talks(who):
            self.change(one_to_one.flagged(talk))
            self.watch.worries(talk.channel)
            return

    def slows(self, who: int, more: int) -> None:
        for talk in self.talks(who):
            self.change(one_to_one.slowed(talk, talk.person))
            return

    def blocks(self, who: int, more: int) -> None:
        self.watch.blocks(self.peer(who), self.listener(more))

    def tells(self, who: int, more: int) -> None:
        """Their age, later than others."""
        if self.bands[self.peer(who)] is Band.UNTOLD:
            self.bands[self.peer(who)] = Band.MINOR

    # -- what happens to them

    def drops(self, who: int, more: int) -> None:
        """Until they come back by themselves; some only when the evening is over."""
        name = self.anyone(who)
        self.at.pop(name, None)
        self.back_at[name] = self.now + (more % 90 + 1) * SECOND * (1 if more % 4 else 1_000)

    def listener_drops(self, who: int, more: int) -> None:
        self.drops(PEERS + who % LISTENERS, more)

    def returns(self, who: int, more: int) -> None:
        self.comes(self.anyone(who), more)

    def kill(self, who: int, more: int) -> None:
        """One of two: with whatever it has just claimed, and everyone who is connected to it."""
        place = who % PROCESSES
        if any(process.down_until > self.now for process in self.processes):
            return
        self.claims()
        self.processes[place].down_until = self.now + (more % AGAIN_S + 3) * SECOND
        for name in [name for name, at in self.at.items() if at == place]:
            del self.at[name]
            self.back_at[name] = self.now + (1 + (more + self.names.index(name)) % BACK_S) * SECOND
