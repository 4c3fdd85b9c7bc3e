"""A program on a pseudo-terminal of its own, as its session's leader.

No code of this process runs between the fork and the program: it has threads, and a fork with
threads can wait for ever. A shell takes the terminal, then becomes the program.
"""

import os
import pty
import signal
import subprocess
import termios
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

_TAKE_IT = 'tty=$1; shift; exec "$@" <>"$tty" >&0 2>&0'
_GRACE = 0.3
"""Seconds that a program has to end once its terminal is gone."""


@contextmanager
def _nothing_ignored() -> Iterator[None]:
    """What is started here is, as at a real terminal, ended by Ctrl+C and a closed window.

    Whoever runs the tests in the background, or behind nohup, has some of these ignored, and
    whatever they start would inherit that.
    """
    ignored = [n for n in (signal.SIGINT, signal.SIGHUP, signal.SIGQUIT, signal.SIGTSTP)
               if signal.getsignal(n) is signal.SIG_IGN]  # fmt: skip
    for number in ignored:
        signal.signal(number, lambda *_: None)
    try:
        yield
    finally:
        for number in ignored:
            signal.signal(number, signal.SIG_IGN)


class Terminal:
    """`fd` is the terminal's other side: what is written there is typed, what is read was printed."""

    def __init__(
        self,
        words: Sequence[str],
        environment: Mapping[str, str],
        *,
        rows: int = 24,
        columns: int = 80,
        cwd: Path | None = None,
    ) -> None:
        self.fd, theirs = pty.openpty()
        try:
            self.resize(columns, rows)
            with _nothing_ignored():
                self._process = subprocess.Popen(
                    ["/bin/sh", "-c", _TAKE_IT, "sh", os.ttyname(theirs), *words],
                    env=environment, cwd=cwd, start_new_session=True,
                    stdin=subprocess.DEVNULL, stdout=theirs, stderr=theirs,
                )  # fmt: skip
        finally:
            os.close(theirs)
        self._closed = False

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def code(self) -> int | None:
        """The exit code, 128 + n after a signal it did not handle; None while it runs."""
        code = self._process.poll()
        return 128 - code if code is not None and code < 0 else code

    def resize(self, columns: int, rows: int) -> None:
        termios.tcsetwinsize(self.fd, (rows, columns))

    def kill(self) -> None:
        self._process.kill()

    def hang_up(self) -> None:
        """Close the window; the program may go on."""
        if not self._closed:
            self._closed = True
            os.close(self.fd)

    def close(self) -> None:
        """Close the window and see to it that the program is gone."""
        self.hang_up()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(_GRACE)
        if self._process.poll() is None:
            self.kill()
        end = time.monotonic() + 10
        while self._process.poll() is None and time.monotonic() < end:
            time.sleep(0.01)
