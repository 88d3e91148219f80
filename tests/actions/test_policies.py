"""A process takes up what is in force, keeps what it has where that can't be used, and says so."""

import logging
import threading
from functools import partial

import pytest

from server import metrics
from server.actions.policies import Policies, begin
from server.actions.policy_book import Word, propose, put_in_force, roll_back
from server.actions.services import Services
from server.domain.policies import STARTED, Files, Judged, Judging, digest
from server.judging import built, compared
from server.protocol.commands import Join
from server.protocol.events import Held, Posted
from tests.actions.conftest import NIGHT, Arrive
from tests.actions.soup import ROOMS, soup

OMAR = Word("Omar", "")


async def in_force(services: Services, files: Files) -> int:
    """A new version, as a command line would put it in force."""
    await propose(services.store, files, "own", OMAR, compared)
    return (await put_in_force(services.store, OMAR, compared)).number


async def begun(services: Services, folder: Files) -> Policies:
    store = services.store
    return await begin(store.policies, store.clock, services.settings, partial(built, rooms=ROOMS), folder, "another")


async def said(services: Services) -> dict[str, Judged]:
    return dict(await services.store.policies.said(0))


async def test_what_is_put_in_force_judges_without_a_restart(services: Services, arrive: Arrive) -> None:
    ana = arrive("ana")
    await ana.does(Join, channel=NIGHT)
    assert isinstance(await ana.says("we had pea soup"), Posted)
    number = await in_force(services, soup())
    await services.policies.look()
    held = await ana.says("we had pea soup")
    assert isinstance(held, Held)
    (record,) = await services.store.moderation.all_held()
    assert record.version == f"pea-soup.{number}/1"
    await roll_back(services.store, None, OMAR, compared)
    await services.policies.look()
    assert isinstance(await ana.says("pea soup once more"), Posted)


async def test_a_room_has_another_level_without_a_restart_and_its_own_again(services: Services, arrive: Arrive) -> None:
    ana = arrive("ana")
    await ana.does(Join, channel=NIGHT)
    number = await in_force(services, soup())
    await services.policies.look()
    assert isinstance(await ana.says("we had pea soup"), Held)
    open_there = b'[levels.open]\nunkind = "note"\n[rooms]\nevening = "open"\n'
    own = {**soup(), "policy.toml": soup()["policy.toml"] + open_there}
    assert await in_force(services, own) == number + 1
    await services.policies.look()
    assert isinstance(await ana.says("we had pea soup"), Posted)
    await roll_back(services.store, None, OMAR, compared)
    await services.policies.look()
    assert isinstance(await ana.says("and pea soup again"), Held)


async def test_matchers_are_built_beside_the_loop(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    threads: list[int] = []

    def noted(own: Files) -> Judging:
        threads.append(threading.get_ident())
        return built(own, ROOMS)

    monkeypatch.setattr(services.policies, "build", noted)
    await in_force(services, soup("leek soup"))
    await services.policies.look()
    await services.policies.look()
    assert len(threads) == 1, "what is known is not built again"
    assert threads[0] != threading.get_ident()


async def test_what_cannot_be_used_is_refused_and_the_old_one_kept(
    services: Services, arrive: Arrive, caplog: pytest.LogCaptureFixture
) -> None:
    ana = arrive("ana")
    await ana.does(Join, channel=NIGHT)
    good = await in_force(services, soup("onion soup"))
    await services.policies.look()
    bad = await in_force(services, soup("fish soup", kind="mood"))
    with caplog.at_level(logging.ERROR):
        await services.policies.look()
    sentence = "The screener soup is of the kind mood, which does not exist."
    assert f"version {bad} of the policy can't be used, and {good} goes on: {sentence}" in caplog.text
    assert isinstance(await ana.says("we had onion soup"), Held)
    told = await said(services)
    assert [(each.number, each.refused) for each in told.values()] == [(good, sentence)]
    assert [sample.value for sample in metrics.policy_refused.family().samples] == [1]
    await roll_back(services.store, None, OMAR, compared)
    await services.policies.look()
    assert [each.refused for each in (await said(services)).values()] == [""]
    assert [sample.value for sample in metrics.policy_refused.family().samples] == [0]


async def test_files_that_are_lost_are_no_other_policy(services: Services) -> None:
    await in_force(services, soup("corn soup"))
    await services.store.scripts.ask("DEL", "{desk}:policy_files")
    await services.policies.look()
    assert (services.policies.number, bool(services.policies.refused)) == (STARTED, True)


async def test_a_process_that_ends_is_no_longer_asked(services: Services) -> None:
    await services.policies.look()
    assert len(await said(services)) == 1
    await services.policies.leave()
    assert await said(services) == {}


async def test_a_process_starts_with_what_is_in_force(services: Services, caplog: pytest.LogCaptureFixture) -> None:
    number = await in_force(services, soup("miso soup"))
    started = await begun(services, {})
    assert (started.number, started.refused) == (number, "")
    assert "other screening files" not in caplog.text
    await begun(services, soup("cold soup"))
    assert f"CONTENT_DIR has other screening files than version {number}" in caplog.text


async def test_a_process_starts_with_its_folder_where_what_is_in_force_cannot_be_used(services: Services) -> None:
    await in_force(services, soup("bad soup", kind="mood"))
    started = await begun(services, soup("bread soup"))
    assert started.number == STARTED
    assert "of the kind mood" in started.refused


async def test_before_anything_leads_the_last_start_is_what_a_version_is_compared_with(services: Services) -> None:
    await begun(services, soup("first soup"))
    _, book = await services.store.policies.book()
    assert [(version.number, version.files) for version in book.versions] == [(STARTED, digest(soup("first soup")))]
    await in_force(services, soup("second soup"))
    await begun(services, soup("third soup"))
    _, book = await services.store.policies.book()
    assert book.version(STARTED).files == digest(soup("first soup"))
