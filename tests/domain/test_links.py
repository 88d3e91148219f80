import pytest

from server.domain.links import Domains

DOMAINS = Domains(("example.org", "chat.example.com/me", "chat.example.com/us"))


@pytest.mark.parametrize(
    ("link", "leads"),
    [
        ("example.org", True),
        ("https://www.example.org/help?now", True),
        ("example.org:8443/help", True),
        ("notexample.org", False),
        ("example.org.elsewhere.com", False),
        ("https://chat.example.com/me", True),
        ("chat.example.com/us", True),
        ("chat.example.com/you", False),
    ],
)
def test_a_link_leads_to_a_domain_or_below_it(link: str, leads: bool) -> None:
    assert DOMAINS.has(link) is leads


def test_a_name_before_the_host_hides_nothing() -> None:
    assert not DOMAINS.has("https://example.org:x@elsewhere.com/")
    assert DOMAINS.has("https://kind.page:x@example.org/")
