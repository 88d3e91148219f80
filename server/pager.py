"""Builds the pager from the operator's file; for the server, and for the commands that try it."""

import os
from collections.abc import Mapping
from functools import partial

from server import files
from server.actions.pager import OnDuty, Pager
from server.config import Settings
from server.domain import paging
from server.domain.content import Content
from server.outside.thread import Failed
from server.paging.build import build
from server.store.store import Store


def made(
    settings: Settings,
    content: Content,
    store: Store,
    roster: OnDuty,
    secret: bytes,
    environment: Mapping[str, str] = os.environ,
) -> Pager:
    """`BadContent` or `BadPager` says what is wrong with the file."""
    file = files.pager(settings)
    letter = partial(paging.letter, content.words["pager"])
    routes = build(file, environment, letter, settings.page_ms / 1000)
    return Pager(settings, store, roster, file, routes, Failed, secret)
