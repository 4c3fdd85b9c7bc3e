"""How the app ends: by a key, by a signal, or because its terminal is gone. Saved first, always."""

import asyncio
import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.app import App

from bt_assess.tui.terminal import terminal_is_gone

if TYPE_CHECKING:
    from bt_assess.tui.desk import Desk
    from bt_assess.tui.open_session import OpenSession

PATIENCE = 0.9
"""Seconds that saving may take after a signal, before the app ends all the same."""


class LeavingApp(App[None]):
    """An app that saves what is worked on before it ends, and says what became of it."""

    _place: Path
    _desk: "Desk | None" = None
    _work: "OpenSession | None" = None
    _leaving = False
    parting_words = ""
    """What is said on the terminal once the screen is its own again."""

    def save_what_waits(self) -> None:
        """After a crash: what was not written yet is written now, without the app."""
        if self._desk is not None:
            self._desk.saver.write_now()

    def action_help_quit(self) -> None:
        waits = self._desk is not None and self._desk.saver.unsaved
        state = "your last answers are not saved yet" if waits else "all is saved"
        self.notify(f"Ctrl+Q quits; {state}.")

    def _keep_typed(self) -> None:
        """What stands in a field that nobody has left yet is kept like the rest."""
        for screen in self.screen_stack:
            if keep := getattr(screen, "keep_typed", None):
                keep()

    async def action_quit(self) -> None:
        self._keep_typed()
        if (may_go := getattr(self.screen, "may_go", None)) and not may_go("Ctrl+Q"):
            return
        if hold_back := getattr(self.screen, "hold_back", None):
            # A page that shows something only once asks first.
            hold_back(lambda: self.leave(0))
            return
        if self._desk is None or await self._desk.saver.drain():
            self.leave(0)
            return
        from bt_assess.tui.screens.confirm import Confirm

        if isinstance(self.screen, Confirm):
            # Asked already; a second press is impatience, not an answer.
            return
        trouble = self._desk.saver.unsaved[0].trouble
        text = f"Your last answers are not saved: {trouble}. Make room and they will be, or quit without."
        self.push_screen(
            Confirm("Quit without the last answers?", text, "Quit without them"),
            lambda yes: self.leave(0, saved=False) if yes else None,
        )

    def leave(self, code: int, *, saved: bool = True) -> None:
        """End the app with this exit code."""
        if self._work is not None:
            self._work.close()
        unkept = any(getattr(screen, "has_unkept", False) for screen in self.screen_stack)
        if not saved:
            self.parting_words = "The last answers were not saved."
        elif unkept:
            self.parting_words = f"All is saved in {self._place}, but for what could not be kept"
        elif (self._desk is not None and self._desk.shelf.sessions) or self._work is not None:
            self.parting_words = f"All is saved in {self._place}"
        self.exit(return_code=code)

    def _listen_to_signals(self) -> None:
        if not self.is_headless and sys.platform != "win32":
            loop = asyncio.get_running_loop()
            for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
                loop.add_signal_handler(number, self._on_signal, number)

    def _on_signal(self, number: signal.Signals) -> None:
        if not self._leaving:
            self._leaving = True
            self._farewell = asyncio.get_running_loop().create_task(self._leave_by(number))

    async def _leave_by(self, number: signal.Signals) -> None:
        saved = True
        self._keep_typed()
        if self._desk is not None:
            try:
                saved = await asyncio.wait_for(self._desk.saver.drain(), PATIENCE)
            except TimeoutError:
                saved = False
        if terminal_is_gone():
            # Nobody is left to say goodbye to, and writing to it would wait for ever.
            os._exit(128 + number)
        self.leave(128 + number, saved=saved)

    def panic(self, *renderables: Any) -> None:
        """The keyboard cannot be read any more: as a rule, because the terminal has been closed."""
        if terminal_is_gone():
            self._on_signal(signal.SIGHUP)
        else:
            super().panic(*renderables)
