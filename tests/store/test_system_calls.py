"""The system itself refuses, or the process dies, at each call of a save: the old file or the new.

With strace, which makes real calls fail in a real process; left out where there is none.
"""

import errno
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bt_assess.core.session import Answer, Session
from bt_assess.store.folder import SessionFolder
from bt_assess.store.session_file import read_session
from tests.conftest import Sweep
from tests.store.helpers import CHECKOUT, HANG, half_done, saved

_SAVE = """
import sys
from pathlib import Path
from bt_assess.core.session import Answer
from bt_assess.store.folder import SessionFolder
from bt_assess.store.session_file import read_session
from tests.store.helpers import RUBRIC
path = Path(sys.argv[1])
folder = SessionFolder(path.parent)
session = read_session(path).session.answered("leadership.starting.1", Answer.FULLY)
try:
    folder.save(path, session, RUBRIC)
except OSError as error:
    print("not saved", error.errno)
else:
    print("saved")
"""
_CALLS = "write,fsync,rename,renameat,renameat2"
_CALL = re.compile(r"^\d+ +(write|fsync|rename\w*)\((\d+)?", re.MULTILINE)


def strace(folder: Path, *more: str) -> tuple[subprocess.CompletedProcess[str], str]:
    """Save once in another process under strace; how it went, and the calls it made."""
    [path] = folder.glob("*.toml")
    trace = folder.parent / "trace"
    done = subprocess.run(
        ["strace", "-f", "-e", f"trace={_CALLS}", "-e", "signal=none", "-o", str(trace), *more,
         sys.executable, "-c", _SAVE, str(path)],
        capture_output=True, text=True, timeout=HANG, cwd=CHECKOUT, check=False,
    )  # fmt: skip
    return done, trace.read_text() if trace.exists() else ""


def calls_of_a_save(trace: str) -> list[tuple[str, int]]:
    """Each call of the save, with its place among all the calls of its name."""
    counts: dict[str, int] = {}
    found: list[tuple[str, int]] = []
    for name, descriptor in _CALL.findall(trace):
        counts[name] = counts.get(name, 0) + 1
        if not (name == "write" and descriptor in ("1", "2")):
            found.append((name, counts[name]))
    # What Python itself writes while it starts comes before; a save is the last four calls.
    return found[-4:]


@pytest.fixture(scope="module")
def calls(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, int]]:
    if not shutil.which("strace"):
        pytest.skip("there is no strace here")
    folder = tmp_path_factory.mktemp("clean") / "s"
    folder.mkdir()
    saved(SessionFolder(folder), half_done())
    done, trace = strace(folder)
    if done.returncode:
        pytest.skip("strace may not look into processes here")
    assert done.stdout.strip() == "saved"
    found = calls_of_a_save(trace)
    assert [re.sub(r"at2?$", "", name) for name, _ in found] == [
        "write",
        "fsync",
        "rename",
        "fsync",
    ]
    return found


FAULTS = ["error=ENOSPC", "error=EIO", "signal=SIGKILL"]


def before_and_after() -> tuple[Session, Session]:
    old = half_done()
    return old, old.answered("leadership.starting.1", Answer.FULLY)


@pytest.mark.sweep
def test_old_or_new_at_every_call(
    tmp_path: Path, calls: list[tuple[str, int]], sweep: Sweep[tuple[int, str]]
) -> None:
    old, new = before_and_after()
    cases = [(step, fault) for fault in FAULTS for step in range(len(calls))]
    tried = 0
    for step, fault in sweep(cases, 12):
        name, when = calls[step]
        folder = tmp_path / f"{step}{fault}" / "s"
        folder.mkdir(parents=True)
        path = saved(SessionFolder(folder), old).path
        other = saved(SessionFolder(folder), half_done(id="zzzzzzzz"), "2026-03-03-zzzzzzzz.toml")
        before = other.path.read_bytes()
        other.path.rename(folder / "other")
        done, trace = strace(folder, "-e", f"inject={name}:{fault}:when={when}")
        (folder / "other").rename(other.path)
        assert "INJECTED" in trace or done.returncode == -9, f"{name} {when} was not hit"
        found = read_session(path).session
        assert found in (old, new), f"torn at {name} {when} with {fault}"
        said = done.stdout.split()
        if said == ["saved"]:
            assert found == new
        elif "error" in fault:
            number = getattr(errno, fault.partition("=")[2])
            assert said == ["not", "saved", str(number)]
            # Before the rename the old file stands; after it the new one, which may not last.
            assert found == (new if step == 3 else old)
        else:
            assert said == []
        assert other.path.read_bytes() == before
        SessionFolder(folder).sweep()
        assert sorted(p.name for p in folder.iterdir()) == sorted([path.name, other.path.name])
        tried += 1
    print(f"{tried} injected faults and kills: old or new every time")  # noqa: T201


def test_a_file_that_may_not_grow_is_told_of(tmp_path: Path) -> None:
    """The kernel cuts a write short: what was there stays, and nothing says 'saved'."""
    resource = pytest.importorskip("resource")
    folder = tmp_path / "s"
    folder.mkdir()
    old = half_done()
    path = saved(SessionFolder(folder), old).path
    limit = path.stat().st_size // 2
    done = subprocess.run(
        [sys.executable, "-c", _SAVE, str(path)], capture_output=True, text=True, timeout=HANG,
        cwd=CHECKOUT, check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )  # fmt: skip
    assert done.stdout.split() == ["not", "saved", str(errno.EFBIG)], done.stderr
    assert read_session(path).session == old
    assert [p.name for p in folder.iterdir()] == [path.name]
