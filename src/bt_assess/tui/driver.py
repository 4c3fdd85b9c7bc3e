"""Textual's driver for terminals, which goes on reading keys after a byte that is no text."""

import sys
from typing import TYPE_CHECKING

if sys.platform == "win32" and not TYPE_CHECKING:
    SturdyDriver = None
else:
    from textual.drivers.linux_driver import LinuxDriver

    class SturdyDriver(LinuxDriver):
        """A key of another encoding is passed over; the stock driver would end the app."""

        def run_input_thread(self) -> None:
            while True:
                try:
                    return super().run_input_thread()
                except UnicodeDecodeError:
                    if self.exit_event.is_set():
                        return None
