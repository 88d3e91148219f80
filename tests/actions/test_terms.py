"""The terms of listening are the operator's, and keep what is promised."""

from server.actions.services import Services
from server.actions.terms import terms_of


def test_the_terms_are_the_operators(services: Services) -> None:
    terms = terms_of(services.settings)
    assert (terms.offer, terms.wrap, terms.imminent) == (45_000, 120_000, 3_600_000)
    assert terms.lease + services.settings.attend_ms + 2 * services.settings.look_ms < 60_000, "within a minute"
    assert terms.silent + 2 * services.settings.look_ms < 5 * 60_000, "within five minutes"
