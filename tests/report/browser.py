"""A Chromium without a window, asked over a pipe what it makes of a page."""

import base64
import json
import os
import select
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

BROWSER = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
_FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-extensions", "--disable-dev-shm-usage", "--hide-scrollbars",
    "--remote-debugging-pipe",
)  # fmt: skip
_LONGEST = 120


class Browser:
    """One page at a time, shown at any width, in light or dark."""

    def __init__(self, write: int, read: int, folder: Path) -> None:
        self._write, self._read, self._folder = write, read, folder
        self._number = 0
        self._rest = b""
        self._session: str | None = None
        self._said: list[dict[str, Any]] = []
        target = self.send("Target.createTarget", url="about:blank")["targetId"]
        attached = self.send("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Log"):
            self.send(f"{domain}.enable")

    def show(
        self, page: str, *, width: int = 1100, dark: bool = False, media: str = "screen"
    ) -> None:
        """Load a page, policy and all."""
        self.send(
            "Emulation.setDeviceMetricsOverride",
            width=width, height=900, deviceScaleFactor=1, mobile=False,
        )  # fmt: skip
        features = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
        self.send("Emulation.setEmulatedMedia", media=media, features=features)
        file = self._folder / "page.html"
        file.write_text(page, encoding="utf-8")
        self._said.clear()
        self.send("Page.navigate", url=file.as_uri())
        while not self.said("Page.loadEventFired"):
            self._hear()

    def ask(self, expression: str) -> Any:
        """What an expression comes to in the page; the page's own policy does not bind it."""
        done = self.send(
            "Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True
        )
        assert "exceptionDetails" not in done, done["exceptionDetails"]
        return done["result"].get("value")

    def said(self, kind: str) -> list[dict[str, Any]]:
        """What the page has told of itself since it was loaded."""
        return [each["params"] for each in self._said if each["method"] == kind]

    def picture(self, *, height: int | None = None) -> bytes:
        """The whole page, or as much of its top, as PNG."""
        size = self.send("Page.getLayoutMetrics")["cssContentSize"]
        clip = {**size, "height": min(height or 16000, size["height"]), "scale": 1}
        done = self.send("Page.captureScreenshot", clip=clip, captureBeyondViewport=True)
        return base64.b64decode(done["data"])

    def paper(self, width: float = 8.27, height: float = 11.69) -> bytes:
        """The page as PDF, its size in inches."""
        self.send("Emulation.setEmulatedMedia", media="print")
        done = self.send(
            "Page.printToPDF", paperWidth=width, paperHeight=height, printBackground=False,
            preferCSSPageSize=False,
        )  # fmt: skip
        return base64.b64decode(done["data"])

    def send(self, method: str, **params: Any) -> dict[str, Any]:
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        data = json.dumps(message).encode() + b"\0"
        while data:
            data = data[os.write(self._write, data) :]
        while True:
            heard = self._hear()
            if heard.get("id") == self._number:
                assert "error" not in heard, heard
                result: dict[str, Any] = heard["result"]
                return result

    def _hear(self) -> dict[str, Any]:
        end = time.monotonic() + _LONGEST
        while b"\0" not in self._rest:
            ready, _, _ = select.select([self._read], [], [], max(0, end - time.monotonic()))
            assert ready, "the browser says nothing"
            piece = os.read(self._read, 1 << 16)
            assert piece, "the browser is gone"
            self._rest += piece
        line, _, self._rest = self._rest.partition(b"\0")
        message: dict[str, Any] = json.loads(line)
        if "method" in message:
            self._said.append(message)
        return message


@contextmanager
def browser(folder: Path) -> Iterator[Browser]:
    """A browser with a profile of its own, gone afterwards."""
    assert BROWSER
    theirs, write = os.pipe()
    read, answers = os.pipe()

    def as_they_expect() -> None:
        # The two ends may be 3 and 4 themselves, so both are moved out of the way first.
        first, second = os.dup(theirs), os.dup(answers)
        first, second = (os.dup2(each, each + 50) for each in (first, second))
        os.dup2(first, 3)
        os.dup2(second, 4)

    process = subprocess.Popen(
        [BROWSER, *_FLAGS, f"--user-data-dir={folder / 'profile'}", "about:blank"],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        close_fds=False, preexec_fn=as_they_expect,
    )  # fmt: skip
    os.close(theirs)
    os.close(answers)
    try:
        found = Browser(write, read, folder)
        yield found
        os.write(write, b'{"id":1000000,"method":"Browser.close"}\0')
    finally:
        os.close(write)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        os.close(read)
