"""The store as the server opens it, for the store's own tests."""

from collections.abc import AsyncIterator

import pytest

from server.config import Settings
from server.store.store import Store, opened


@pytest.fixture
async def store(settings: Settings) -> AsyncIterator[Store]:
    store = await opened(settings, settings.redis_url)
    yield store
    await store.close()
