"""A person at a real pseudo-terminal: keys in, screen out."""

import os
import re
import select
import sys
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyte

from tests.terminal import Terminal

PATIENCE = 30.0
"""Seconds until a wait is given up; a guard against hanging, never a measure."""

# pyte knows neither the alternate screen nor the keyboard protocol, whose 'u' it would show.
_ALTERNATE = re.compile(rb"(\x1b\[\?1049[hl])")
_KEYBOARD = re.compile(rb"\x1b\[[<>][0-9]*u")


def command(folder: Path) -> list[str]:
    return [sys.executable, "-m", "bt_assess", "--sessions", str(folder)]


class Console:
    """bt-assess on a pseudo-terminal of 80x24 with an emulated screen."""

    def __init__(
        self,
        folder: Path,
        environment: Mapping[str, str] | None = None,
        background: str | None = None,
        words: Sequence[str] | None = None,
    ) -> None:
        """`background` is what the terminal says when it is asked for its own, `words` what is
        started instead of bt-assess itself."""
        self._background = background
        self._screen = pyte.Screen(80, 24)
        self._stream = pyte.ByteStream(self._screen)
        self.printed = b""
        self.process = Terminal(
            words or command(folder),
            {
                **os.environ,
                "TERM": "xterm-256color",
                "COLORTERM": "truecolor",
                **(environment or {}),
            },
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
        if self._background and b"\x1b]11;?" in data:
            os.write(self.process.fd, f"\x1b]11;rgb:{self._background}\x1b\\".encode())
        if b"\x1b[c" in data:
            os.write(self.process.fd, b"\x1b[?62;22c")
        self._show(data)
        return bool(data)

    def _show(self, data: bytes) -> None:
        """As a terminal does: the alternate screen starts empty, and is gone when it is left."""
        for part in _ALTERNATE.split(_KEYBOARD.sub(b"", data)):
            if _ALTERNATE.fullmatch(part):
                self._screen.erase_in_display(2)
            else:
                self._stream.feed(part)

    def wait(self, wanted: str) -> None:
        """Until the text is on the screen."""
        self.until(lambda: wanted in self.text, repr(wanted))

    def until(self, true: Callable[[], bool], what: str) -> None:
        """Until this is so, whatever is on the screen."""
        end = time.monotonic() + PATIENCE
        while not true():
            assert time.monotonic() < end, f"{what} did not come:\n{self.text}"
            assert self.pump(0.1), f"ended before {what} came:\n{self.text}"

    def press(self, *keys: str) -> None:
        for key in keys:
            os.write(self.process.fd, key.encode())

    def mark(self, words: str) -> None:
        """Move the mark of a list to the line with these words.

        Each key is waited for by what the marked line says, as a row that is new above it moves the
        line, and a key pressed too often would lead on from it.
        """
        end = time.monotonic() + PATIENCE
        while True:
            self.until(
                lambda: -1 not in (self._row("▸"), self._row(words)), f"a list with {words!r}"
            )
            at, wanted, marked = self._row("▸"), self._row(words), self._marked
            if at == wanted:
                return
            assert time.monotonic() < end, f"the mark never came to {words!r}:\n{self.text}"
            self.press("\x1b[B" if at < wanted else "\x1b[A")
            self.until(lambda marked=marked: self._marked not in (marked, ""), "the mark")  # type: ignore[misc]

    @property
    def _marked(self) -> str:
        """What the line under the mark says; nothing while there is none."""
        return next((line for line in self.text.splitlines() if "▸" in line), "")

    def _row(self, words: str) -> int:
        lines = self.text.splitlines()
        return next((row for row, line in enumerate(lines) if words in line), -1)

    def resize(self, columns: int, rows: int) -> None:
        """Drag the window to another size."""
        self._screen.resize(rows, columns)
        # What is on it afterwards the program has drawn anew.
        self._screen.erase_in_display(2)
        self.process.resize(columns, rows)

    def settle(self) -> None:
        """Read until nothing more comes."""
        end = time.monotonic() + PATIENCE
        while select.select([self.process.fd], [], [], 0.3)[0]:
            assert time.monotonic() < end, f"it never comes to rest:\n{self.text}"
            if not self.pump(0):
                return

    def wait_for_the_end_of_raw_mode(self, before: list[Any]) -> None:
        end = time.monotonic() + PATIENCE
        while termios.tcgetattr(self.process.fd) != before:
            assert time.monotonic() < end, "the terminal stayed raw"
            self.pump(0.05)

    def background_at(self, row: int, column: int) -> str:
        """The colour behind a cell, as six hexadecimal digits."""
        return str(self._screen.buffer[row][column].bg)

    def code_after_closing(self) -> int:
        """The exit code once nobody holds the terminal any more."""
        self.process.hang_up()
        end = time.monotonic() + PATIENCE
        while (code := self.process.code) is None:
            assert time.monotonic() < end, "it goes on without a terminal"
            time.sleep(0.02)
        return code

    def exit_code(self) -> int:
        """Wait for the end; the exit code, 128 + n after a signal it did not handle."""
        end = time.monotonic() + PATIENCE
        while (code := self.process.code) is None:
            assert time.monotonic() < end, f"did not end:\n{self.text}"
            if not self.pump(0.05):
                time.sleep(0.02)
        return code

    def close(self) -> None:
        self.process.close()
