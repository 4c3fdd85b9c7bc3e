"""Text from outside never acts on the terminal, a crash never shows what people wrote, and the
collector never makes a key wait."""

import gc
import os
import re
import traceback
from contextlib import suppress
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from platformdirs import user_log_path
from rich.cells import cell_len
from rich.segment import Segment
from textual.app import App
from textual.color import Color
from textual.filter import LineFilter

from bt_assess.core.text import UNSAFE

_CACHE = type(lru_cache(len))


class SafeCharacters(LineFilter):
    """Control characters, wherever they came from, reach the terminal as a mark of equal width."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        return [
            Segment(UNSAFE.sub(_mark, segment.text), segment.style, segment.control)
            if not segment.control and UNSAFE.search(segment.text)
            else segment
            for segment in segments
        ]


def _mark(match: re.Match[str]) -> str:
    return "\ufffd" * cell_len(match[0])


def crash_log() -> Path:
    return user_log_path("bt-assess", appauthor=False) / "crashes.log"


def record_crash(error: BaseException, now: datetime, log: Path) -> str:
    """Write where it happened (never with which values) to a private log; words for the person."""
    # A worker's failure is wrapped in one that knows no place.
    error = getattr(error, "error", error)
    reference = os.urandom(3).hex().upper()
    frames = traceback.extract_tb(error.__traceback__)
    lines = [f"{now:%Y-%m-%d %H:%M:%S} {reference} {type(error).__name__}"]
    # A frame's source line is our code; values and messages could be what people wrote.
    lines += [f"  {Path(f.filename).name}:{f.lineno} {f.name}" for f in frames]
    with suppress(OSError):
        log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")
    return (
        f"bt-assess stopped because of a fault of its own (reference {reference})."
        " Every answer that showed as saved is saved."
        f" Where it happened is noted in {log}"
    )


def forget_texts(app: App[None]) -> None:
    """Let go of what was on the screen: the libraries that draw keep lines they have measured, and
    an editor that is gone stays on the list of who wants to hear of a change of colours."""
    for listeners in getattr(app, "__watchers", {}).values():
        listeners[:] = [each for each in listeners if not each[0]._closing]  # noqa: SLF001
    # Settled memory is not looked through.
    gc.unfreeze()
    for thing in gc.get_objects():
        if isinstance(thing, _CACHE) and thing.__module__.startswith(("rich", "textual")):
            thing.cache_clear()
    settle_memory()


def settle_memory() -> None:
    """What is in memory now stays: keep the collector from looking through it at every key."""
    gc.collect()
    gc.freeze()
    gc.enable()
