"""How the app keeps up with its folder: what was known at once, what is there behind it."""

import asyncio
from contextlib import suppress
from time import monotonic
from typing import TYPE_CHECKING, Any

from textual.css.query import NoMatches
from textual.screen import Screen

from bt_assess.tui.leaving import LeavingApp
from bt_assess.tui.screens.home import Home
from bt_assess.tui.visits import FolderShown

if TYPE_CHECKING:
    from bt_assess.store.catalogue import Progress
    from bt_assess.tui.desk import Desk

SOON = 0.3
"""Seconds within which a folder that can be read at once is shown as it is, without a word."""
LOOK_EACH = 3.0
"""Seconds after which what has been read of a large folder is shown on Home."""


class KeepingUpApp(LeavingApp):
    """An app that shows what a folder held last time, and looks behind it what it holds now."""

    _catching_up: asyncio.Task[None] | None = None
    _looked = 0.0

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self._loaded = asyncio.Event()

    async def _refresh_shelf(self) -> None:
        """Show what the folder held last time, then what it holds; keys never wait for either."""
        desk = self._desk
        if desk is None:
            return
        if desk.shelf.is_empty and any(desk.catalogue.counts()):
            self._show_shelf(desk, is_checked=False)
            self._loaded.set()
        reading = asyncio.create_task(self.catch_up())
        if not (await asyncio.wait({reading}, timeout=SOON))[0]:
            # A folder of very many: there is something to look at before all is read.
            self._show_shelf(desk, is_checked=False)
            self._loaded.set()
        try:
            await reading
        except OSError as error:
            self.notify(f"The sessions folder cannot be read: {error.strerror}.", severity="error")
        desk.look(is_checked=True)
        if desk.catalogue.has_begun_anew:
            # It turned out damaged only as it was asked, and knows nothing: nobody is new here.
            with suppress(OSError):
                await self.catch_up()
            desk.look(is_checked=True)
        self._show_home(desk)

    async def catch_up(self) -> None:
        """Bring the catalogue up to date. Raises OSError where the folder cannot be read."""
        desk, loop = self._desk, asyncio.get_running_loop()
        if desk is None:
            return
        if self._catching_up is not None and not self._catching_up.done():
            # It may have looked already at what has changed since.
            await asyncio.shield(self._catching_up)
        self._catching_up = asyncio.create_task(
            asyncio.to_thread(
                desk.catch_up, lambda news: loop.call_soon_threadsafe(self._show_progress, news)
            )
        )
        await asyncio.shield(self._catching_up)

    def _show_shelf(self, desk: "Desk", *, is_checked: bool) -> None:
        desk.look(is_checked=is_checked)
        self._show_home(desk)

    def _show_home(self, desk: "Desk") -> None:
        self._looked = monotonic()
        home = self.screen_stack[0] if self.screen_stack else None
        if isinstance(home, Home):
            home.show(desk)

    def _show_progress(self, progress: "Progress") -> None:
        if self._desk is not None and monotonic() - self._looked > LOOK_EACH:
            self._show_shelf(self._desk, is_checked=False)
        for screen in self.screen_stack:
            if (show := getattr(screen, "show_progress", None)) and screen.is_mounted:
                show(progress)

    async def on_unmount(self) -> None:
        if self._desk is not None:
            self._desk.is_leaving = True
            if self._catching_up is not None:
                with suppress(OSError):
                    await self._catching_up
            self._desk.close()

    async def on_folder_shown(self, event: FolderShown) -> None:
        event.stop()
        self.run_worker(self._check_for(self.screen), exclusive=True, group="check")

    async def _check_for(self, page: Screen[Any]) -> None:
        with suppress(OSError):
            await self.catch_up()
        if (show := getattr(page, "show_checked", None)) and page.is_mounted:
            # As the app closes a page is emptied before it is gone: nobody looks any more.
            with suppress(NoMatches):
                show()
