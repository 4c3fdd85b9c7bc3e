"""Textual's driver for terminals, which goes on reading keys after a byte that is no text."""

import sys
from typing import TYPE_CHECKING

if sys.platform == "win32" and not TYPE_CHECKING:
    SturdyDriver = None
else:
    from textual.drivers.linux_driver import LinuxDriver

    class SturdyDriver(LinuxDriver):
        """A key of another encoding is passed over; the stock driver would end the app."""

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

        def run_input_thread(self) -> None:
            while True:
                try:
                    return super().run_input_thread()
                except UnicodeDecodeError:
                    if self.exit_event.is_set():
                        return None
