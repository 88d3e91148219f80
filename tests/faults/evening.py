"""An evening as a state machine: who comes and goes, writes and is moderated, and what the model says must follow."""

import os
import random
from collections import Counter

from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from tests.faults.asking import Asking, code, event
from tests.faults.model import SLOW_S, Person, Room
from tests.faults.world import PEOPLE, SERVERS

NAMES, PLACES = st.sampled_from(PEOPLE), st.sampled_from(range(SERVERS))


class Evening(Asking):
    """Every answer is what the model says; after every step everyone sees what the model has."""

    done: Counter[str]

    @initialize()
    def begins(self) -> None:
        self.number = 0
        self.epochs: dict[str, int] = {}
        self.room = self.run(self.world.evening())
        self.model = Room({name: Person() for name in PEOPLE})
        for name in PEOPLE:
            self.joins(name)
            self.says(name, is_held=False)

    # -- in and out

    @rule(name=NAMES)
    def joins(self, name: str) -> None:
        person = self.model.people[name]
        if not person.is_connected:
            return
        following = self.world.people[name].client.of(self.room)
        answer = self.run(self.world.asked(name, "join", since=following.position))
        if person.banned:
            assert code(answer) == "removed"
            return
        joined = event(answer)
        self.model.joined(name)
        assert joined["position"]["seq"] == self.model.top
        assert (joined["muted_until"] > 0, joined["turn_ms"] > 0) == (bool(person.muted), person.turn)
        assert joined["slow_seconds"] == (SLOW_S if self.model.slow else 0)
        mine = sorted(text for text, (whose, _) in self.model.held.items() if whose == name)
        assert sorted(held["text"] for held in joined["held"]) == mine

    @rule(name=NAMES)
    def leaves(self, name: str) -> None:
        if self.model.people[name].is_connected:
            event(self.run(self.world.asked(name, "leave")))
            if self.model.people[name].is_in:
                self.model.left(name)

    @rule(name=NAMES)
    def loses_the_network(self, name: str) -> None:
        if self.model.people[name].is_connected:
            self.run(self.world.loses(name))
            self.model.disconnected(name)

    @rule(name=NAMES, at=PLACES)
    def comes_back(self, name: str, at: int) -> None:
        if not self.model.people[name].is_connected:
            self.run(self.world.comes_back(name, at))
            self.model.people[name].is_connected = True
            self.joins(name)

    # -- saying

    @rule(name=NAMES, is_held=st.booleans())
    def says(self, name: str, is_held: bool) -> None:
        if not self.model.people[name].is_connected:
            return
        text, client_id = self.words(is_held), os.urandom(16)
        answer = self.posts(name, text, client_id)
        expected = self.model.refusal(name)
        if expected:
            assert code(answer) == expected, f"{code(answer)} and not {expected}"
        elif is_held:
            assert event(answer)["type"] == "held"
            self.model.holds(name, client_id, text)
            self.model.wrote(name)
        else:
            assert event(answer)["seq"] == self.model.said(name, client_id, text)
            self.model.wrote(name)

    @rule(name=NAMES, which=st.randoms(use_true_random=False))
    def says_again(self, name: str, which: random.Random) -> None:
        """The same client id: the first answer, whatever has happened since."""
        person = self.model.people[name]
        if not person.is_connected or not person.answers:
            return
        client_id = which.choice(list(person.answers))
        text, became = person.answers[client_id]
        answer = self.posts(name, text, client_id)
        if not person.is_in:
            assert code(answer) == self.model.refusal(name)
        elif became.startswith("posted"):
            assert (event(answer)["type"], event(answer)["seq"]) == ("posted", int(became.split()[1]))
        elif became == "held":
            assert event(answer)["type"] == "held"
        else:
            assert code(answer) == became

    # -- moderating

    @rule(name=NAMES)
    def mutes(self, name: str) -> None:
        seq = self.model.last_of(name)
        if not seq:
            return
        self.run(self.world.staff("mute", channel=self.room, seq=seq, minutes=60, reason="unkind"))
        mute = self.newly_listed("mutes", "mute")
        self.model.people[name].muted, self.model.mutes[mute] = mute, name

    @rule(which=st.randoms(use_true_random=False))
    def unmutes(self, which: random.Random) -> None:
        if not self.model.mutes:
            return
        mute = which.choice(list(self.model.mutes))
        self.run(self.world.staff("unmute", mute=mute))
        person = self.model.people[self.model.mutes.pop(mute)]
        if person.muted == mute:
            person.muted = ""

    @rule(name=NAMES)
    def bans(self, name: str) -> None:
        seq, person = self.model.last_of(name), self.model.people[name]
        if not seq:
            return
        answer = self.run(self.world.staff_is_answered("ban", channel=self.room, seq=seq, minutes=60, reason="unkind"))
        if person.banned:
            assert code(answer) == "conflict"
            return
        event(answer)
        self.model.banned(name, self.newly_listed("bans", "ban"))
        if person.is_connected:
            self.run(self.world.is_told(name, "banned"))

    @rule(which=st.randoms(use_true_random=False))
    def unbans(self, which: random.Random) -> None:
        if self.model.bans:
            ban = which.choice(list(self.model.bans))
            self.run(self.world.staff("unban", ban=ban))
            person = self.model.people[self.model.bans.pop(ban)]
            if person.banned == ban:
                person.banned = ""

    @rule()
    def slow_mode(self) -> None:
        self.model.slow = not self.model.slow
        self.run(self.world.staff("slow_mode", channel=self.room, seconds=SLOW_S if self.model.slow else 0))
        self.model.numbered()

    @rule(which=st.randoms(use_true_random=False))
    def removes(self, which: random.Random) -> None:
        if self.model.shown:
            seq = which.choice(sorted(self.model.shown))
            self.run(self.world.staff("remove", channel=self.room, seq=seq, reason="unkind"))
            del self.model.shown[seq]
            self.model.numbered()

    @rule(which=st.randoms(use_true_random=False), is_allowed=st.booleans())
    def decides(self, which: random.Random, is_allowed: bool) -> None:
        if not self.model.held:
            return
        text = which.choice(sorted(self.model.held))
        name, client_id = self.model.held[text]
        hold = next(each for each in self.desk()["holds"] if each["text"] == text and each["channel"] == self.room)
        decision = "allow" if is_allowed else "refuse"
        fields = {"channel": self.room, "hold": hold["hold"], "decision": decision}
        answer = self.run(self.world.staff_is_answered("decide", **fields))
        if is_allowed and self.model.people[name].banned:
            assert code(answer) == "removed"
            return
        event(answer)
        del self.model.held[text]
        if is_allowed:
            self.model.said(name, client_id, text)
        else:
            self.model.people[name].answers[client_id] = (text, "blocked")

    @rule(name=NAMES, what=st.sampled_from(("mute", "ban", "turn")))
    def expires(self, name: str, what: str) -> None:
        """Its end is moved to now."""
        self.world.expire(name, what)
        person = self.model.people[name]
        match what:
            case "mute":
                person.muted = ""
            case "ban":
                person.banned = ""
            case "turn":
                person.turn = False

    # -- what must be so at every moment

    @invariant()
    def everyone_sees_the_room_as_it_is(self) -> None:
        if not hasattr(self, "model"):
            return
        self.done["steps"] += 1
        shown = [text for _, text in sorted(self.model.shown.items())]
        for name, person in self.model.people.items():
            peer = self.world.people[name]
            following = peer.client.of(self.room)
            if person.is_in and person.is_connected:
                self.run(self.world.has_heard(name, self.model.top))
                assert peer.sees == shown, name
                assert following.top == self.model.top, "no number beyond the last"
            else:
                assert following.top == person.heard_to, f"{name} is out, and heard {following.events}"
            assert following.repeated == 0
            assert following.epoch >= self.epochs.get(name, 0), "never back"
            self.epochs[name] = following.epoch

    def looks_around(self) -> None:
        """After a fault: who is in or kept out asks anew, and the desk is what it was."""
        for name, person in self.model.people.items():
            if person.is_in or person.banned:
                self.joins(name)
        desk = self.desk()
        listed = {
            "holds": sorted(each["text"] for each in desk["holds"] if each["channel"] == self.room),
            "mutes": sorted(each["mute"] for each in desk["mutes"] if each["channel"] == self.room),
            "bans": sorted(each["ban"] for each in desk["bans"] if each["channel"] == self.room),
        }
        assert listed == {
            "holds": sorted(self.model.held),
            "mutes": sorted(self.model.mutes),
            "bans": sorted(self.model.bans),
        }

    def teardown(self) -> None:
        if hasattr(self, "model"):
            self.done["sequences"] += 1
            self.run(self.world.restart())
            self.looks_around()
            self.run(self.world.house.see_everyone_out())
