"""Sign-ins, accounts and invitations in the store; of every secret only a digest is kept."""

from msgspec import Struct

from server.config import Settings
from server.domain import channels
from server.domain.accounts import Account, Person
from server.protocol.codec import encode
from server.protocol.events import Numbered
from server.protocol.people import Role
from server.store import keys
from server.store.channels import NOBODY, Channels
from server.store.script import Scripts

GRACE_MS = 60_000  # a replaced token still opens, for another tab's request that is under way
SETTLE_MS = 60_000  # a name is kept for who is choosing a passphrase with it
IN_HAND_MS = 30_000  # an invitation is in one person's hand
QUARTER_HOUR_MS = 15 * 60_000


class Found(Struct, frozen=True):
    person: Person
    renewed: bool


class Accounts(Struct, frozen=True):
    scripts: Scripts
    settings: Settings
    channels: Channels

    async def begin(self, person: Person, age: str = "") -> None:
        """Signs a person in; a staff sign-in ends by the clock, a peer's when it was not used for long."""
        staff = person.role is not Role.PEER
        await self.scripts.run(
            "session_begin",
            {
                "person": keys.person(person.id),
                "session": keys.session(person.id, person.session),
                "sessions": keys.sessions(person.id),
            },
            {
                "role": person.role.value,
                "name": person.name,
                "age": age,
                "ends": int(staff),
                "session_ms": self.settings.staff_session_ms if staff else self.settings.session_ms,
                "person_ms": self.settings.person_ms,
            },
        )

    async def find(self, person: str, digest: str, fresh: str = "", age: str = "") -> Found | None:
        """Whose sign-in it is; with `fresh`, that digest takes its place where the token is due for renewal."""
        answer = await self.scripts.run(
            "session_find",
            {
                "person": keys.person(person),
                "session": keys.session(person, digest),
                "sessions": keys.sessions(person),
                "fresh": keys.session(person, fresh),
            },
            {
                "renew": int(bool(fresh)),
                "age": age,
                "rotate_ms": self.settings.rotate_ms,
                "session_ms": self.settings.session_ms,
                "person_ms": self.settings.person_ms,
                "grace_ms": GRACE_MS,
            },
        )
        if answer is None:
            return None
        role, name, renewed = answer
        return Found(Person(person, Role(role.decode()), name.decode(), fresh if renewed else digest), bool(renewed))

    async def end(self, person: str, digest: str, event: Numbered) -> bool:
        """Ends a sign-in and tells the person's inbox so; false where there was none."""
        inbox = channels.inbox(person)
        ended = await self.scripts.run(
            "session_end",
            {"session": keys.session(person, digest), "meta": keys.meta(inbox), "log": keys.log(inbox)},
            {**self.channels.placing(inbox), "event": encode(event), "author_tag": NOBODY, "person": person},
        )
        return bool(ended)

    async def take_name(self, key: str, account: Account) -> bool:
        """True where the name was free; `settle` must follow within a minute."""
        arguments = {
            "person": account.person,
            "name": account.name,
            "role": account.role.value,
            "passphrase": account.passphrase,
            "settle_ms": SETTLE_MS,
        }
        return bool(await self.scripts.run("account_take", {"account": keys.account(key)}, arguments))

    async def open_account(self, key: str, person: str) -> bool:
        """Keeps a name that was taken; false where that took too long."""
        await self.scripts.ask("SADD", keys.staff(), person)
        settled = await self.scripts.run(
            "account_settle", {"account": keys.account(key)}, {"person": person, "open": 1}
        )
        return bool(settled)

    async def release_name(self, key: str, person: str) -> None:
        await self.scripts.run("account_settle", {"account": keys.account(key)}, {"person": person, "open": 0})

    async def account(self, key: str) -> Account | None:
        """The account of that name, where there is one that can be used."""
        found: list[bytes | None] = await self.scripts.ask(
            "HMGET", keys.account(key), "person", "name", "role", "passphrase", "open"
        )
        person, name, role, passphrase, is_open = ((value or b"").decode() for value in found)
        return Account(person, name, Role(role), passphrase) if is_open else None

    async def may_try(self, key: str, prefix: str) -> bool:
        """Counts one try; false where this network has used up its tries on this name."""
        wait_ms = await self.scripts.run(
            "quota",
            {"count": keys.tries(key, prefix)},
            {"allowed": self.settings.logins_per_quarter_hour, "window_ms": QUARTER_HOUR_MS},
        )
        return not wait_ms

    async def forget_tries(self, key: str, prefix: str) -> None:
        await self.scripts.ask("DEL", keys.tries(key, prefix))

    async def invite(self, digest: str, role: Role) -> None:
        await self.scripts.ask("SET", keys.invitation(digest), role.value, "PX", self.settings.invitation_ms)

    async def take_invitation(self, digest: str) -> Role | None:
        """The role it gives, for one person at a time; nothing where it is used, over, or in another's hand."""
        if not await self.scripts.ask("EXISTS", keys.invitation(digest)):
            return None
        if not await self.scripts.ask("SET", keys.invitation_in_hand(digest), "1", "PX", IN_HAND_MS, "NX"):
            return None
        role: bytes | None = await self.scripts.ask("GET", keys.invitation(digest))
        return Role(role.decode()) if role else None

    async def give_back_invitation(self, digest: str) -> None:
        await self.scripts.ask("DEL", keys.invitation_in_hand(digest))

    async def use_up_invitation(self, digest: str) -> bool:
        """True for exactly one caller."""
        return bool(await self.scripts.ask("DEL", keys.invitation(digest)))

    async def any_staff(self) -> bool:
        return bool(await self.scripts.ask("SCARD", keys.staff()))
