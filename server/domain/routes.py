"""The operator's pager file: by which ways people are called, and who is called at which step."""

from collections.abc import Iterator
from typing import Annotated, Literal, TypeAlias
from urllib.parse import urlsplit

from msgspec import Meta, Struct

from server.domain import urls
from server.domain.opening import Opening
from server.protocol.fields import PageStep
from server.protocol.supervising import AskStep

INDEPENDENT = 2  # ways that must not all fail for one reason, where nobody else would notice

Name = Annotated[str, Meta(pattern=r"^[a-z0-9-]{1,32}\Z", description="as the desk, the log and the metrics show it")]
Variable = Annotated[str, Meta(pattern=r"^[A-Z][A-Z0-9_]{0,63}\Z", description="an environment variable")]
Address = Annotated[str, Meta(pattern=r"^[^\s@]+@[^\s@]+\Z", max_length=254)]
Word = Annotated[str, Meta(max_length=1_000, pattern=r"^[^\x00]*\Z")]


class Webhook(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, tag_field="kind", tag="webhook"):
    """An HTTP POST with the alert as JSON, signed with the secret that the variable holds."""

    name: Name
    url: Annotated[str, Meta(max_length=2_000)]
    secret: Variable
    ca_file: str = ""

    @property
    def stands_on(self) -> str:
        return f"the host {urlsplit(self.url).hostname}"

    def fault(self) -> str | None:
        fault = urls.fault(self.url)
        return f"the url of {self.name} {fault}" if fault else None

    def variables(self) -> tuple[str, ...]:
        return (self.secret,)


class Email(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, tag_field="kind", tag="email"):
    """A letter by SMTP, always encrypted on its way to the server that sends it."""

    name: Name
    host: Annotated[str, Meta(min_length=1, max_length=253)]
    sender: Address
    to: Annotated[tuple[Address, ...], Meta(min_length=1, max_length=20)]
    security: Literal["starttls", "tls"] = "starttls"
    port: Annotated[int, Meta(ge=0, le=65_535, description="0: the usual one")] = 0
    user: Variable | Literal[""] = ""
    password: Variable | Literal[""] = ""
    ca_file: str = ""

    @property
    def stands_on(self) -> str:
        return f"the host {self.host}"

    def fault(self) -> str | None:
        return f"{self.name} has a user without a password" if bool(self.user) != bool(self.password) else None

    def variables(self) -> tuple[str, ...]:
        return (self.user, self.password) if self.user else ()


class Command(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, tag_field="kind", tag="command"):
    """A program of the operator's, with the alert as JSON on its standard input; no shell. Of the environment it is
    given what it needs to run, and the variables that are named here."""

    name: Name
    program: Annotated[Word, Meta(min_length=1)]
    arguments: Annotated[tuple[Word, ...], Meta(max_length=50)] = ()
    environment: Annotated[tuple[Variable, ...], Meta(max_length=50)] = ()

    @property
    def stands_on(self) -> str:
        return f"the program {self.program}"

    def fault(self) -> str | None:
        return None

    def variables(self) -> tuple[str, ...]:
        return self.environment


Way: TypeAlias = Webhook | Email | Command


class Steps(Struct, frozen=True, forbid_unknown_fields=True):
    """The names of the routes by which each is called. `alarm`: nobody is on duty in opening hours.

    `supervisor`: a listener asks for one; without it, the deputy's routes serve.
    """

    team: tuple[Name, ...] = ()
    deputy: tuple[Name, ...] = ()
    everyone: tuple[Name, ...] = ()
    operator: tuple[Name, ...] = ()
    alarm: tuple[Name, ...] = ()
    supervisor: tuple[Name, ...] = ()


class Hours(Struct, frozen=True, forbid_unknown_fields=True):
    """When someone is meant to be on duty, by the clock of a place; outside of it nobody is missed."""

    zone: str
    openings: Annotated[tuple[Opening, ...], Meta(min_length=1)]


class PagerFile(Struct, frozen=True, forbid_unknown_fields=True):
    """Without routes nobody is called."""

    routes: Annotated[tuple[Way, ...], Meta(max_length=20)] = ()
    steps: Steps = Steps()
    hours: Hours | None = None

    def of(self, step: PageStep) -> tuple[str, ...]:
        match step:
            case PageStep.TEAM:
                return self.steps.team
            case PageStep.DEPUTY:
                return self.steps.deputy
            case PageStep.EVERYONE:
                return self.steps.everyone
            case PageStep.OPERATOR:
                return self.steps.operator

    def for_ask(self, step: AskStep) -> tuple[str, ...]:
        match step:
            case AskStep.SUPERVISOR:
                return self.steps.supervisor or self.steps.deputy
            case AskStep.EVERYONE:
                return self.steps.everyone
            case AskStep.OPERATOR:
                return self.steps.operator

    def fault(self, zones: frozenset[str] | set[str]) -> str | None:
        """What is wrong with it, for the operator; nothing where it can be used."""
        return next(self._faults(zones), None)

    def _faults(self, zones: frozenset[str] | set[str]) -> Iterator[str]:
        ways = {way.name: way for way in self.routes}
        if len(ways) < len(self.routes):
            yield "two routes have the same name"
        yield from (fault for way in self.routes if (fault := way.fault()) is not None)
        for step, names in self._by_step():
            yield from (f"steps.{step} names no route of this file: {name}" for name in names if name not in ways)
            is_spared = step == "supervisor" or (step == "alarm" and self.hours is None)
            if self.routes and not names and not is_spared:
                yield f"steps.{step} calls nobody"
        for step, names in self._by_step():
            if step in ("operator", "alarm") and names and len({ways[name].stands_on for name in names}) < INDEPENDENT:
                yield f"steps.{step} needs two routes that don't stand on {ways[names[0]].stands_on} alone"
        if self.hours is not None and self.hours.zone not in zones:
            yield f"hours.zone is no time zone: {self.hours.zone}"

    def _by_step(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        steps = self.steps
        called = tuple((step.value, self.of(step)) for step in PageStep)
        return (*called, ("alarm", steps.alarm), ("supervisor", steps.supervisor))
