"""What the tests of the store share: a small grid, a full session, other processes."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from bt_assess.core.session import Session
from bt_assess.store.folder import SessionFolder
from bt_assess.store.session_file import StoredSession
from tests.core import builders

RUBRIC = builders.rubric(
    builders.theme_data("111 111 111"),
    builders.theme_data("111 111 111", theme_id="learning"),
)
ANSWERS = {
    **builders.answers("10k 323 01n"),
    **builders.answers("332 11- 000", "learning"),
}
NOTES = {
    "leadership.starting.2": 'Said in March: "we\'ll see".\nAnd again in May.',
    "learning.consolidating.1": "=1+1, \\o/, 1.2.3.4.5.6.7.8.9.10.11.12.13.14",
}
CHECKOUT = Path(__file__).parents[2]
HANG = 60
"""Seconds after which another process is taken to hang; nothing is measured with it."""


def half_done(**more: object) -> Session:
    """A session with answers and notes that is not finished."""
    head = {"respondent": "Ada", "team": "North", "at": "learning.starting.1", "notes": NOTES}
    return builders.session(dict(ANSWERS), **{**head, **more})


def finished(**more: object) -> Session:
    """A session with scores: leadership is developing, learning is starting."""
    return half_done(**more).finish(builders.NOON + timedelta(minutes=15))


def saved(folder: SessionFolder, session: Session, name: str = "") -> StoredSession:
    """The session in a file of its own in `folder`."""
    stored = StoredSession(folder.path / (name or f"2026-03-02-{session.id}.toml"), session)
    folder.save(stored.path, session, RUBRIC)
    return stored


def contents(folder: Path) -> dict[str, bytes]:
    """Every file under `folder` but for locks, byte for byte."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != ".lock"
    }


_HOLD = """
import sys
from pathlib import Path
from bt_assess.store.folder import InUseError, SessionLock
lock = SessionLock(Path(sys.argv[1]))
try:
    lock.acquire()
except InUseError:
    print("in use", flush=True)
else:
    print("held", flush=True)
sys.stdin.read()
"""


@contextmanager
def other_process(path: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Another process that tries to take the lock of `path` and keeps it; what came of it."""
    with subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=CHECKOUT,
    ) as process:
        try:
            assert process.stdout is not None
            yield process, process.stdout.readline().strip()
        finally:
            process.kill()
