"""A person at a real pseudo-terminal: keys in, screen out."""

import os
import select
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import pyte
from ptyprocess import PtyProcess

PATIENCE = 30.0
"""Seconds until a wait is given up; a guard against hanging, never a measure."""


class Console:
    """bt-assess on a pseudo-terminal of 80x24 with an emulated screen."""

    def __init__(self, folder: Path, environment: Mapping[str, str] | None = None) -> None:
        self._screen = pyte.Screen(80, 24)
        self._stream = pyte.ByteStream(self._screen)
        self.printed = b""
        self.process = PtyProcess.spawn(
            [sys.executable, "-m", "bt_assess", "--sessions", str(folder)],
            dimensions=(24, 80),
            env={**os.environ, "TERM": "xterm-256color", **(environment or {})},
        )

    @property
    def text(self) -> str:
        return "\n".join(line.rstrip() for line in self._screen.display)

    def pump(self, seconds: float) -> bool:
        """Read for up to this long; False once the program has closed the terminal."""
        if not select.select([self.process.fd], [], [], seconds)[0]:
            return True
        try:
            data = os.read(self.process.fd, 65536)
        except OSError:
            return False
        self.printed += data
        if b"\x1b[c" in data:
            os.write(self.process.fd, b"\x1b[?62;22c")
        self._stream.feed(data)
        return bool(data)

    def wait(self, wanted: str) -> None:
        """Until the text is on the screen."""
        end = time.monotonic() + PATIENCE
        while wanted not in self.text:
            assert time.monotonic() < end, f"{wanted!r} did not come:\n{self.text}"
            assert self.pump(0.1), f"ended before {wanted!r} came:\n{self.text}"

    def press(self, *keys: str) -> None:
        for key in keys:
            os.write(self.process.fd, key.encode())

    def exit_code(self) -> int:
        """Wait for the end; the exit code, 128 + n after a signal it did not handle."""
        end = time.monotonic() + PATIENCE
        while self.process.isalive():
            assert time.monotonic() < end, f"did not end:\n{self.text}"
            self.pump(0.05)
        if self.process.signalstatus is not None:
            return 128 + int(self.process.signalstatus)
        return int(self.process.exitstatus)

    def close(self) -> None:
        self.process.close(force=True)
