"""The table of commands is whole, roles are checked cell by cell, and a bug is one code without content."""

import logging
from typing import Any, cast

import pytest

from server.actions import dispatch
from server.actions.services import Services
from server.protocol import codec, commands
from server.protocol.events import Pong
from server.protocol.people import Role
from server.protocol.refusals import Code
from tests.actions.conftest import Arrive


def test_every_command_has_its_action_and_only_those() -> None:
    assert set(dispatch.ACTIONS) | {commands.Hello} == set(codec.COMMANDS)


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("kind", list(dispatch.ACTIONS), ids=lambda kind: kind.__name__)
async def test_a_role_may_run_what_the_command_says_and_nothing_else(
    kind: type[commands.Command], role: Role, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def runs(services: Services, caller: object, command: commands.Command) -> Pong:
        return Pong(ref=1, now=0)

    caller = type("Caller", (), {"person": type("Someone", (), {"role": role})()})()
    command = type("Bare", (), {"ref": 1, "roles": kind.roles})()  # what it asks for does not matter here
    actions: dict[Any, Any] = {type(command): runs}
    monkeypatch.setattr(dispatch, "ACTIONS", actions)
    answer = await dispatch.run(cast(Any, None), cast(Any, caller), cast(Any, command))
    assert isinstance(answer, Pong) is (role in kind.roles)


async def test_a_bug_is_one_code_and_its_message_is_not_logged(
    arrive: Arrive, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def breaks(*_: object) -> None:
        raise ValueError("secret words of a person")

    monkeypatch.setitem(cast(dict[Any, Any], dispatch.ACTIONS), commands.Ping, breaks)
    with caplog.at_level(logging.DEBUG):
        answer = await arrive("ana").does(commands.Ping)
    assert answer.code == Code.INTERNAL
    assert "ValueError" in caplog.text
    assert "secret words" not in caplog.text
