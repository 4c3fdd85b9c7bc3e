"""At the app nobody watches things glide, and a wait ends soon after nothing goes on any more."""

import asyncio
import gc
import time
from collections.abc import Iterator

import pytest
from textual import app, constants, pilot

TICK = 0.004
"""Seconds that nothing may go on for."""


async def _idle(least: float = TICK, most: float = 1.0) -> None:
    """As Textual's own wait, whose ticks of 20 ms were most of the time that these tests took."""
    begun = time.monotonic()
    while time.monotonic() - begun < most:
        used = time.process_time()
        await asyncio.sleep(TICK)
        if time.process_time() - used < TICK / 10 and time.monotonic() - begun >= least:
            return


@pytest.fixture(autouse=True)
def _without_delays(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as quick:
        quick.setattr(constants, "TEXTUAL_ANIMATIONS", "none")
        quick.setattr(app, "wait_for_idle", _idle)
        quick.setattr(pilot, "wait_for_idle", _idle)
        yield
    # The app settles its memory once it is up; one that is gone would stay, its locks with it.
    gc.unfreeze()
