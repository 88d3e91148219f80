"""The operator's pager file: what is refused, and in which words."""

from dataclasses import replace
from pathlib import Path

import pytest

from server.config import Settings
from server.domain.routes import PagerFile
from server.files import BadContent, pager

WHOLE = """
[[routes]]
name = "phones"
kind = "webhook"
url = "https://alerts.example/porchlight"
secret = "HOOK"

[[routes]]
name = "mail"
kind = "email"
host = "smtp.example"
sender = "porch@light.example"
to = ["on-call@light.example"]

[[routes]]
name = "bell"
kind = "command"
program = "/usr/local/bin/ring"

[steps]
team = ["phones"]
deputy = ["phones", "bell"]
everyone = ["phones"]
operator = ["phones", "mail"]
alarm = ["mail", "bell"]

[hours]
zone = "Europe/London"
openings = [{ days = [1, 2], opens = "18:00", until = "02:00" }]
"""


def read(folder: Path, text: str) -> PagerFile:
    (folder / "pager.toml").write_text(text)
    return pager(replace(Settings(), content_dir=str(folder)))


def test_ours_calls_nobody() -> None:
    assert pager(Settings()) == PagerFile()


def test_a_whole_one_is_read(tmp_path: Path) -> None:
    file = read(tmp_path, WHOLE)
    assert [route.name for route in file.routes] == ["phones", "mail", "bell"]
    assert file.steps.operator == ("phones", "mail")


@pytest.mark.parametrize(
    ("was", "becomes", "says"),
    [
        ('name = "bell"', 'name = "mail"', "two routes have the same name"),
        ('"phones", "mail"]', '"phones", "fax"]', "steps.operator names no route of this file: fax"),
        ('"phones", "mail"]', '"phones"]', "steps.operator needs two routes that don't stand on the host alerts"),
        ('["mail", "bell"]', '["mail"]', "steps.alarm needs two routes"),
        ('["mail", "bell"]', "[]", "steps.alarm calls nobody"),
        ('team = ["phones"]', "team = []", "steps.team calls nobody"),
        ("https://", "http://", "must begin with https://"),
        ("https://alerts", "https://us:secret@alerts", "is no address"),
        ("https://alerts.example/", "https:///", "is no address"),
        ("https://alerts.example", "https://[alerts", "is no address"),
        ('secret = "HOOK"', 'secret = "hook: the secret itself"', "routes[0].secret"),
        ('kind = "command"', 'kind = "carrier pigeon"', "kind"),
        ('to = ["on-call@light.example"]', "to = []", "to"),
        ("Europe/London", "Europe/Nowhere", "hours.zone is no time zone"),
        ('secret = "HOOK"', 'secret = "HOOK"\nretries = 3', "retries"),
        ('sender = "porch@light.example"', 'sender = "porch@light.example"\nuser = "U"', "without a password"),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, was: str, becomes: str, says: str) -> None:
    assert was in WHOLE
    with pytest.raises(BadContent, match=r"pager\.toml in CONTENT_DIR") as refused:
        read(tmp_path, WHOLE.replace(was, becomes, 1))
    assert says in str(refused.value)


def test_two_ways_to_one_host_are_one(tmp_path: Path) -> None:
    twice = WHOLE.replace('host = "smtp.example"', 'host = "alerts.example"')
    with pytest.raises(BadContent, match="steps.operator needs two routes"):
        read(tmp_path, twice)


def test_a_webhook_on_this_machine_may_be_in_clear(tmp_path: Path) -> None:
    assert read(tmp_path, WHOLE.replace("https://alerts.example", "http://127.0.0.1:9000")).routes
