"""The work of comparing passphrases: bounded, and off the loop."""

import asyncio
import threading

import pytest

from server.actions import passphrases
from server.protocol.refusals import Code, Refused


async def test_one_fits_and_others_do_not() -> None:
    kept = await passphrases.kept("correct horse", 4)
    assert await passphrases.fits(kept, "correct horse", 4)
    assert not await passphrases.fits(kept, "correct horse ", 4)
    assert not await passphrases.fits("not a hash", "correct horse", 4)
    assert not await passphrases.fits(None, "correct horse", 4)


async def test_no_more_than_so_many_are_worked_on_at_once_and_few_may_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    working, most, gate = 0, 0, threading.Event()

    def work(*given: object) -> bool:
        nonlocal working, most
        working += 1
        most = max(most, working)
        gate.wait(10)
        working -= 1
        return True

    monkeypatch.setattr(passphrases, "_fits", work)
    monkeypatch.setattr(passphrases, "_decoy", lambda: "decoy")
    tries = [asyncio.create_task(passphrases.fits("kept", "any", 2)) for _ in range(passphrases.WAITING_MOST)]
    await asyncio.sleep(0)
    with pytest.raises(Refused) as refused:
        await passphrases.fits("kept", "any", 2)
    assert refused.value.code is Code.UNAVAILABLE
    gate.set()
    assert all(await asyncio.gather(*tries))
    assert most <= 2
