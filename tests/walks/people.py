"""The people in the walks, and what they do: `ana.joins(room)`, `ben.hears("...")`, `mo.mutes(message)`."""

import os
from typing import Any

import pytest

from loadtests.client import Client, Refused
from loadtests.following import DESK, INBOX, Event


class Peer:
    """Someone in a room. What they last joined is the room they mean."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.channel = ""

    # -- in and out

    async def joins(self, room: str) -> Event:
        self.channel = room if ":" in room else f"room:{room}"
        return await self.client.join(self.channel)

    async def leaves(self) -> None:
        await self.client.ask("leave", channel=self.channel)

    async def loses_the_network(self) -> None:
        await self.client.lose()

    async def comes_back(self) -> Event:
        """Over a new connection; `joined` of the room says how it was resumed."""
        await self.client.open()
        return self.client.rooms[self.channel]

    # -- talking

    async def says(self, text: str, client_id: bytes | None = None, **more: Any) -> Event:
        return await self.client.post(self.channel, text, client_id, **more)

    async def is_refused(self, text: str, **more: Any) -> Refused:
        with pytest.raises(Refused) as no:
            await self.says(text, **more)
        return no.value

    async def hears(self, text: str) -> Event:
        """The message, once it is on this person's screen."""
        return await self.client.until(
            lambda: next((said for said in self.client.of(self.channel).shown() if said["text"] == text), {})
        )

    async def hears_in_all(self, messages: int) -> None:
        await self.client.until(lambda: len(self.sees) >= messages)

    async def no_longer_sees(self, text: str) -> None:
        await self.client.until(lambda: text not in self.sees)

    @property
    def sees(self) -> list[str]:
        return self.client.texts(self.channel)

    async def number_of(self, text: str) -> int:
        """The message's number in the room, by which staff and reports name it."""
        await self.hears(text)
        events = self.client.of(self.channel).events
        return next(seq for seq, event in events.items() if event.get("text") == text)

    async def notices(self, kind: str, **fields: object) -> Event:
        """Something without a number: who is here, who is writing, who is on duty; the latest counts."""

        def latest() -> Event:
            heard = [event for event in self.client.heard if event["type"] == kind]
            return heard[-1] if heard and all(heard[-1][name] == value for name, value in fields.items()) else {}

        return await self.client.until(latest)

    async def knows_on_duty(self, *names: str) -> None:
        """As the doors and room headers tell it: what was said at the start, and every change since."""

        def known() -> bool:
            heard = [self.client.welcome, *(event for event in self.client.heard if event["type"] == "on_duty")]
            return list(heard[-1]["staff"]) == list(names)

        await self.client.until(known)

    # -- what concerns this person alone

    async def is_told(self, kind: str, **fields: object) -> Event:
        return await self._numbered(INBOX, kind, fields)

    def was_told(self, kind: str) -> list[Event]:
        return list(self.client.of(INBOX).of(kind))

    async def reports(self, seq: int, reason: str, note: str = "") -> Event:
        return await self.client.ask("report", channel=self.channel, seq=seq, reason=reason, note=note)

    async def asks_for_help(self, client_id: bytes | None = None) -> Event:
        channel = self.channel or None
        return await self.client.ask("help", client_id=client_id or os.urandom(16), channel=channel)

    async def withdraws(self, client_id: bytes) -> Event:
        return await self.client.ask("withdraw", channel=self.channel, client_id=client_id)

    async def blocks(self, seq: int, scope: str = "here") -> Event:
        return await self.client.ask("block", channel=self.channel, seq=seq, scope=scope)

    async def has_blocked(self) -> list[Event]:
        return list((await self.client.ask("blocks"))["blocks"])

    async def unblocks(self, block: str) -> Event:
        return await self.client.ask("unblock", block=block)

    async def _numbered(self, channel: str, kind: str, fields: dict[str, object]) -> Event:
        def found() -> Event:
            told = self.client.of(channel).of(kind)
            return next((event for event in told if fields.items() <= event.items()), {})

        return await self.client.until(found)


class Moderator(Peer):
    """Someone of the team, with the desk open."""

    async def opens_the_desk(self) -> Event:
        return await self.client.follow_desk()

    async def goes_on_duty(self) -> None:
        await self.client.ask("duty", state="on")

    async def sees_at_the_desk(self, kind: str, **fields: object) -> Event:
        return await self._numbered(DESK, kind, fields)

    async def finds_held(self, text: str) -> Event:
        def found() -> Event:
            arrived = (event["hold"] for event in self.client.of(DESK).of("hold_arrived"))
            return next((hold for hold in arrived if hold["text"] == text), {})

        return await self.client.until(found)

    async def finds_report(self) -> Event:
        """Of this room."""

        def found() -> Event:
            arrived = (event["report"] for event in self.client.of(DESK).of("report_arrived"))
            return next((report for report in arrived if report["channel"] == self.channel), {})

        return await self.client.until(found)

    async def finds_mute(self) -> Event:
        """Of this room."""

        def found() -> Event:
            changed = (event["mute"] for event in self.client.of(DESK).of("mute_changed"))
            return next((mute for mute in changed if mute["channel"] == self.channel), {})

        return await self.client.until(found)

    async def finds_ticket(self, **fields: object) -> Event:
        def found() -> Event:
            tickets = [event["ticket"] for event in self.client.of(DESK).of("ticket_changed")]
            return next((ticket for ticket in reversed(tickets) if fields.items() <= ticket.items()), {})

        return await self.client.until(found)

    async def decides(self, hold: Event, decision: str, reason: str | None = None, note: str = "") -> Event:
        channel = hold["channel"]
        return await self.client.ask(
            "decide", channel=channel, hold=hold["hold"], decision=decision, reason=reason, note=note
        )

    async def removes(self, seq: int, reason: str = "unkind", note: str = "") -> Event:
        return await self.client.ask("remove", channel=self.channel, seq=seq, reason=reason, note=note)

    async def restores(self, seq: int) -> Event:
        return await self.client.ask("restore", channel=self.channel, seq=seq)

    async def mutes(self, seq: int, minutes: int = 5, scope: str = "here", note: str = "") -> Event:
        return await self.client.ask(
            "mute", channel=self.channel, seq=seq, minutes=minutes, reason="unkind", scope=scope, note=note
        )

    async def unmutes(self, mute: str) -> Event:
        return await self.client.ask("unmute", mute=mute)

    async def bans(self, seq: int, minutes: int = 60, reason: str = "unkind", note: str = "") -> Event:
        return await self.client.ask("ban", channel=self.channel, seq=seq, minutes=minutes, reason=reason, note=note)

    async def finds_ban(self) -> Event:
        """Of this room."""

        def found() -> Event:
            changed = (event["ban"] for event in self.client.of(DESK).of("ban_changed"))
            return next((ban for ban in changed if ban["channel"] == self.channel), {})

        return await self.client.until(found)

    async def unbans(self, ban: str) -> Event:
        return await self.client.ask("unban", ban=ban)

    async def sets_slow_mode(self, seconds: int) -> Event:
        return await self.client.ask("slow_mode", channel=self.channel, seconds=seconds)

    async def turns_the_door(self, state: str) -> Event:
        return await self.client.ask("gate", channel=self.channel, state=state)

    async def takes(self, ticket: str) -> Event:
        return await self.client.ask("take", ticket=ticket)

    async def does_with(self, what: str, held: Event, **more: object) -> Event:
        """With a ticket that is theirs; `held` is the answer to having taken it."""
        return await self.client.ask(what, ticket=held["ticket"], fence=held["fence"], **more)

    async def settles(self, held: Event, outcome: str = "safe_for_now") -> Event:
        return await self.does_with("settle", held, outcome=outcome)
