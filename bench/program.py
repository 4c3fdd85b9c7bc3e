"""A program on a pseudo-terminal, and measuring several turn about."""

import os
import select
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tests.terminal import Terminal

HERE = Path(__file__).parent
MINIMAL = [sys.executable, str(HERE / "minimal.py")]
APP = [str(Path(sys.executable).with_name("bt-assess"))]


class Program:
    """A program on a pseudo-terminal that answers what a terminal answers."""

    def __init__(self, command: list[str], home: Path) -> None:
        environment = {**os.environ, "TERM": "xterm-256color", "HOME": str(home)}
        environment.pop("NO_COLOR", None)
        self.started = time.perf_counter()
        self._process = Terminal(command, environment)
        self.output = b""

    def until(self, wanted: bytes, seconds: float = 20.0) -> float:
        """The moment at which `wanted` has been printed."""
        end = time.perf_counter() + seconds
        while wanted not in self.output:
            left = end - time.perf_counter()
            if left <= 0 or not select.select([self._process.fd], [], [], left)[0]:
                raise TimeoutError(f"{wanted!r} did not come")
            self.output += os.read(self._process.fd, 65536)
            if b"\x1b[c" in self.output:
                self.output = self.output.replace(b"\x1b[c", b"")
                os.write(self._process.fd, b"\x1b[?62;22c")
        return time.perf_counter()

    def press(self, key: bytes) -> float:
        """Send a key, forgetting what was printed before; the moment of sending."""
        self.quiet(0.005)
        self.output = b""
        moment = time.perf_counter()
        os.write(self._process.fd, key)
        return moment

    def quiet(self, seconds: float) -> None:
        """Read until nothing has come for so long."""
        while select.select([self._process.fd], [], [], seconds)[0]:
            self.output += os.read(self._process.fd, 65536)

    def memory(self) -> float:
        """The most memory it has had, in MiB (Linux)."""
        status = Path(f"/proc/{self._process.pid}/status").read_text()
        line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024

    def end(self) -> None:
        os.write(self._process.fd, b"\x11")
        end = time.perf_counter() + 5
        while self._process.code is None and time.perf_counter() < end:
            if select.select([self._process.fd], [], [], 0.05)[0]:
                try:
                    os.read(self._process.fd, 65536)
                except OSError:
                    break
        self._process.close()


def turn_about(runs: int, makers: dict[str, Callable[[], float]]) -> dict[str, list[float]]:
    """Each maker's measurements, in seconds, one of each in turn; a first round is not counted."""
    found: dict[str, list[float]] = {name: [] for name in makers}
    for turn in range(runs + 1):
        for name, make in makers.items():
            value = make()
            if turn:
                found[name].append(value)
    return found


def percentile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, round(share * (len(values) - 1)))]
