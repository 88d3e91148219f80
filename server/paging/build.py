"""Builds the routes of the operator's file; what they must keep secret comes from the environment."""

from collections.abc import Mapping

from server.domain.routes import Command, Email, PagerFile, Way, Webhook
from server.paging.command import ALWAYS, CommandRoute
from server.paging.email import EmailRoute, Letter
from server.paging.route import Route
from server.paging.webhook import WebhookRoute


class BadPager(ValueError):
    """The pager can't be set up; the message is for the operator."""


def build(file: PagerFile, environment: Mapping[str, str], letter: Letter, deadline_s: float) -> dict[str, Route]:
    """Each route by its name."""
    return {way.name: _route(way, environment, letter, deadline_s) for way in file.routes}


def _route(way: Way, environment: Mapping[str, str], letter: Letter, deadline_s: float) -> Route:
    missing = next((name for name in way.variables() if not environment.get(name)), None)
    if missing is not None:
        raise BadPager(f"pager.toml: the route {way.name} needs the environment variable {missing}.")
    try:
        match way:
            case Webhook():
                return WebhookRoute(way, environment[way.secret], deadline_s)
            case Email(user="" | None):
                return EmailRoute(way, "", "", letter, deadline_s)
            case Email():
                return EmailRoute(way, environment[way.user], environment[way.password], letter, deadline_s)
            case Command():
                kept = {name: environment[name] for name in (*ALWAYS, *way.environment) if name in environment}
                return CommandRoute(way, kept, deadline_s)
    except OSError:
        raise BadPager(f"pager.toml: the ca_file of the route {way.name} can't be used.") from None
