"""Textual's driver for terminals, which goes on reading after a byte that is no text or a
reply that makes no sense, and stops and goes on as a shell expects."""

import os
import signal
import sys
from typing import TYPE_CHECKING

if sys.platform == "win32" and not TYPE_CHECKING:
    SturdyDriver = None
else:
    from textual.drivers.linux_driver import LinuxDriver

    class SturdyDriver(LinuxDriver):
        """A key of another encoding or a garbled one is passed over; stock drivers end the app."""

        def use_mouse(self, on: bool) -> None:
            """Follow the mouse, or leave it to the terminal, which then lets people select text."""
            # Textual asks for the mouse only once, at the start; both of these mind `_mouse`.
            if on:
                self._mouse = True
                self._enable_mouse_support()
            else:
                self._disable_mouse_support()
                self._mouse = False
            self.flush()

        def _get_terminal_size(self) -> tuple[int, int]:
            # Textual believes COLUMNS and LINES first, and where those are exported no resize.
            try:
                columns, rows = os.get_terminal_size(self.fileno)
            except OSError:
                columns = rows = 0
            return (columns, rows) if columns and rows else super()._get_terminal_size()

        # Textual stops its own process alone and for good: under `make run` the shell would never
        # notice, and in a window without a shell nobody could wake it. So the whole job is asked
        # to stop, which the system leaves out where no shell looks after it. Both handlers leave
        # the work to the loop, as a signal may come while a thread's lock is held.

        def _sigtstp_application(self, *_: object) -> None:
            self._loop.call_soon_threadsafe(self._stop_with_the_job)

        def _sigcont_application(self, *_: object) -> None:
            self._loop.call_soon_threadsafe(self._take_the_terminal, True)

        def _stop_with_the_job(self) -> None:
            if not self._auto_restart or not self._is_reading:
                return
            self.suspend_application_mode()
            handler = signal.signal(signal.SIGTSTP, signal.SIG_DFL)
            os.kill(0, signal.SIGTSTP)
            signal.signal(signal.SIGTSTP, handler)
            self._loop.call_soon(self._take_the_terminal, False)

        def _take_the_terminal(self, anew: bool) -> None:
            """Draw and read again; `anew` also when the app never knew that it was stopped."""
            if not self._auto_restart or self._key_thread is None:
                return
            if self._is_reading and anew:
                self.suspend_application_mode()
            if not self._is_reading:
                self._must_signal_resume = True
                self.resume_application_mode()

        @property
        def _is_reading(self) -> bool:
            return self._key_thread is not None and self._key_thread.is_alive()

        def run_input_thread(self) -> None:
            while True:
                try:
                    return super().run_input_thread()
                except (ValueError, OverflowError):
                    # No text (a UnicodeDecodeError), or a number that Textual cannot make out.
                    if self.exit_event.is_set():
                        return None
