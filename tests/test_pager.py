"""The pager is built from the operator's file: the shipped one calls nobody, a whole one has every route."""

from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from server import pager
from server.config import Settings
from server.files import load
from server.paging.build import BadPager
from server.store.store import Store, opened
from tests.domain.test_routes import WHOLE


@dataclass(frozen=True)
class Nobody:
    names: tuple[str, ...] = ()


async def test_it_has_the_routes_of_the_file(settings: Settings, tmp_path: Path) -> None:
    store: Store = await opened(settings, settings.redis_url)
    assert pager.made(settings, load(settings), store, Nobody(), b"secret").routes == {}
    (tmp_path / "pager.toml").write_text(WHOLE)
    own = replace(settings, content_dir=str(tmp_path))
    made = pager.made(own, load(own), store, Nobody(), b"secret", {"HOOK": "secret"})
    assert list(made.routes) == ["phones", "mail", "bell"]
    made.close()
    with pytest.raises(BadPager, match="HOOK"):
        pager.made(own, load(own), store, Nobody(), b"secret", {})
    await store.close()
