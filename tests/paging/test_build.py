"""Routes are made as the file names them; what is secret comes from the environment, or the start is refused."""

import pytest

from server.domain.routes import Command, Email, PagerFile, Webhook
from server.paging.build import BadPager, build
from server.paging.command import CommandRoute
from server.paging.email import EmailRoute
from server.paging.webhook import WebhookRoute

HOOK = Webhook(name="hook", url="https://a.example/", secret="HOOK_SECRET")
MAIL = Email(name="mail", host="b.example", sender="a@b.example", to=("c@d.example",), user="U", password="P")
PROGRAM = Command(name="program", program="true", environment=("TOKEN",))
WHOLE = {"HOOK_SECRET": "1", "U": "2", "P": "3", "TOKEN": "4", "SECRET": "ours"}


def test_each_kind_is_made_and_found_by_its_name() -> None:
    made = build(PagerFile(routes=(HOOK, MAIL, PROGRAM)), WHOLE, lambda alert: ("", ""), 1.0)
    assert [type(route) for route in made.values()] == [WebhookRoute, EmailRoute, CommandRoute]
    assert list(made) == [route.name for route in made.values()] == ["hook", "mail", "program"]


@pytest.mark.parametrize("lacks", ["HOOK_SECRET", "U", "P", "TOKEN"])
def test_a_secret_that_is_missing_is_named_and_never_shown(lacks: str) -> None:
    lacking = {name: value for name, value in WHOLE.items() if name != lacks}
    with pytest.raises(BadPager, match=f"needs the environment variable {lacks}"):
        build(PagerFile(routes=(HOOK, MAIL, PROGRAM)), lacking, lambda alert: ("", ""), 1.0)


def test_an_authority_that_can_not_be_read_is_named() -> None:
    hook = Webhook(name="hook", url="https://a.example/", secret="HOOK_SECRET", ca_file="/nowhere.pem")
    with pytest.raises(BadPager, match="ca_file of the route hook"):
        build(PagerFile(routes=(hook,)), WHOLE, lambda alert: ("", ""), 1.0)
