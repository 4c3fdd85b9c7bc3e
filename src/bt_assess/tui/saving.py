"""Saving every answer when it is given: in order, durably, without making anybody wait."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from bt_assess.store.files import reason

RETRY_SECONDS = 2.0


class Counted(Protocol):
    """What can be saved: a session, a plan, a project; its revision counts its changes."""

    @property
    def revision(self) -> int: ...


@dataclass(frozen=True)
class SaveState:
    """How far saving has come for one file: the revision on disk, and what is in the way."""

    path: Path
    wanted: int
    saved: int = -1
    trouble: str | None = None

    @property
    def is_saved(self) -> bool:
        return self.saved >= self.wanted and self.trouble is None


class Saver:
    """The one writer. Newer states of a file replace older ones that still wait."""

    def __init__(self, save: Callable[[Path, Any], None]) -> None:
        self._save = save
        self._tell: Callable[[SaveState], object] = lambda state: None
        self._crashed: Callable[[Exception], object] = lambda error: None
        self._waiting: dict[Path, Counted] = {}
        self._states: dict[Path, SaveState] = {}
        self._writer: asyncio.Task[None] | None = None
        self._hurry = asyncio.Event()

    def tells(
        self, tell: Callable[[SaveState], object], *, crashed: Callable[[Exception], object]
    ) -> None:
        """Whom to tell how saving stands, and of a fault that is no file's."""
        self._tell = tell
        self._crashed = crashed

    def submit(self, path: Path, session: Counted) -> None:
        """Save this state of a session as soon as what is being written is done."""
        self._waiting[path] = session
        before = self._states.get(path, SaveState(path, session.revision))
        trouble = before.trouble
        self._note(SaveState(path, session.revision, before.saved, trouble))
        if self._writer is None or self._writer.done():
            self._writer = asyncio.create_task(self._write())

    def state(self, path: Path) -> SaveState | None:
        return self._states.get(path)

    def forget(self, path: Path) -> None:
        """Know nothing any more of a file, and of what was in it."""
        self._waiting.pop(path, None)
        self._states.pop(path, None)

    @property
    def unsaved(self) -> list[SaveState]:
        """The files of which something is not on disk yet."""
        return [state for state in self._states.values() if not state.is_saved]

    async def drain(self) -> bool:
        """Wait for what is being written, try again what failed; True when all is on disk."""
        self._hurry.set()
        if self._writer is not None:
            await self._writer
        self._hurry.clear()
        if self._waiting:
            # Still no room: whoever waited is told, and trying goes on behind.
            self._writer = asyncio.create_task(self._write(rest_first=True))
        return not self.unsaved

    def write_now(self) -> None:
        """Write what waits, here and now: for when there is no loop any more to do it in."""
        for path, session in list(self._waiting.items()):
            with suppress(OSError):
                self._save(path, session)
                del self._waiting[path]

    async def _write(self, *, rest_first: bool = False) -> None:
        if rest_first:
            await self._rest()
        while self._waiting:
            path, session = next(iter(self._waiting.items()))
            try:
                await asyncio.to_thread(self._save, path, session)
            except OSError as error:
                if path not in self._waiting:
                    continue
                newest = self._waiting[path]
                saved = self._states[path].saved
                self._note(SaveState(path, newest.revision, saved, reason(error)))
                if self._hurry.is_set():
                    return
                await self._rest()
            except Exception as error:
                self._crashed(error)
                return
            else:
                # Forgotten while it was being written: there is nobody to tell.
                if path not in self._waiting:
                    continue
                if self._waiting[path] is session:
                    del self._waiting[path]
                wanted = self._states[path].wanted
                self._note(SaveState(path, wanted, session.revision))

    async def _rest(self) -> None:
        """Wait before trying again, unless somebody is in a hurry."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._hurry.wait(), RETRY_SECONDS)

    def _note(self, state: SaveState) -> None:
        self._states[state.path] = state
        self._tell(state)
