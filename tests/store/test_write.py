"""Whatever goes wrong while saving, the old file or the new one is there, never less."""

import errno
import io
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bt_assess.core.session import Answer, Session
from bt_assess.store.files import write_atomic
from bt_assess.store.folder import SessionFolder
from bt_assess.store.session_file import read_session
from tests.store.helpers import CHECKOUT, HANG, RUBRIC, contents, half_done, saved

FAULTS = [errno.ENOSPC, errno.EIO]


class Torn(io.BufferedWriter):
    """A file on a disk that fills up: half of what is written arrives."""

    fault = 0

    def write(self, data: Any) -> int:
        super().write(data[: len(data) // 2])
        super().flush()
        raise OSError(self.fault, os.strerror(self.fault))


class Unflushed(io.BufferedWriter):
    """A file whose last buffer does not arrive."""

    fault = 0

    def flush(self) -> None:
        if not self.closed:
            raise OSError(self.fault, os.strerror(self.fault))


def at_write(monkeypatch: pytest.MonkeyPatch, fault: int) -> None:
    monkeypatch.setattr(Torn, "fault", fault)
    monkeypatch.setattr(os, "fdopen", lambda fd, _mode: Torn(io.FileIO(fd, "wb")))


def at_flush(monkeypatch: pytest.MonkeyPatch, fault: int) -> None:
    monkeypatch.setattr(Unflushed, "fault", fault)
    monkeypatch.setattr(os, "fdopen", lambda fd, _mode: Unflushed(io.FileIO(fd, "wb")))


def refusing(fault: int) -> Callable[..., None]:
    def refuse(*_: object) -> None:
        raise OSError(fault, os.strerror(fault))

    return refuse


def at_open(monkeypatch: pytest.MonkeyPatch, fault: int) -> None:
    monkeypatch.setattr(os, "open", refusing(fault))


def at_sync(monkeypatch: pytest.MonkeyPatch, fault: int) -> None:
    monkeypatch.setattr(os, "fsync", refusing(fault))


def at_rename(monkeypatch: pytest.MonkeyPatch, fault: int) -> None:
    monkeypatch.setattr(os, "replace", refusing(fault))


def at_folder_sync(monkeypatch: pytest.MonkeyPatch, fault: int) -> None:
    real = os.fsync
    calls: list[int] = []

    def second_fails(descriptor: int) -> None:
        calls.append(descriptor)
        if len(calls) == 2:
            raise OSError(fault, os.strerror(fault))
        real(descriptor)

    monkeypatch.setattr(os, "fsync", second_fails)


Step = Callable[[pytest.MonkeyPatch, int], None]
BEFORE_THE_RENAME: list[Step] = [at_open, at_write, at_flush, at_sync, at_rename]


@pytest.mark.parametrize("fault", FAULTS, ids=errno.errorcode.__getitem__)
@pytest.mark.parametrize("step", BEFORE_THE_RENAME)
def test_a_failed_save_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: Step, fault: int
) -> None:
    folder = SessionFolder(tmp_path)
    old = saved(folder, half_done())
    before = contents(tmp_path)
    with monkeypatch.context() as broken:
        step(broken, fault)
        with pytest.raises(OSError, match=os.strerror(fault)):
            folder.save(old.path, changed(old.session), RUBRIC)
    assert contents(tmp_path) == before
    assert read_session(old.path) == old


@pytest.mark.parametrize("fault", FAULTS, ids=errno.errorcode.__getitem__)
@pytest.mark.parametrize("step", BEFORE_THE_RENAME)
def test_a_failed_first_save_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: Step, fault: int
) -> None:
    with monkeypatch.context() as broken:
        step(broken, fault)
        with pytest.raises(OSError, match=os.strerror(fault)):
            saved(SessionFolder(tmp_path), half_done())
    assert contents(tmp_path) == {}


@pytest.mark.parametrize("fault", FAULTS, ids=errno.errorcode.__getitem__)
def test_a_rename_that_may_not_last_is_told_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: int
) -> None:
    folder = SessionFolder(tmp_path)
    old = saved(folder, half_done())
    new = changed(old.session)
    with monkeypatch.context() as broken:
        at_folder_sync(broken, fault)
        with pytest.raises(OSError, match=os.strerror(fault)):
            folder.save(old.path, new, RUBRIC)
    assert list(contents(tmp_path)) == [old.path.name]
    assert read_session(old.path).session == new


def test_a_folder_that_cannot_be_synced_is_no_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some network folders refuse, though the file is saved."""
    with monkeypatch.context() as network:
        at_folder_sync(network, errno.EINVAL)
        write_atomic(tmp_path / "file", b"saved")
    assert contents(tmp_path) == {"file": b"saved"}


@pytest.mark.parametrize("step", BEFORE_THE_RENAME)
def test_saving_works_again_after_a_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: Step
) -> None:
    folder = SessionFolder(tmp_path)
    old = saved(folder, half_done())
    new = changed(old.session)
    with monkeypatch.context() as broken:
        step(broken, errno.ENOSPC)
        with pytest.raises(OSError, match="space"):
            folder.save(old.path, new, RUBRIC)
    folder.save(old.path, new, RUBRIC)
    assert read_session(old.path).session == new


_FULL = """
import resource, sys
from tests.store.helpers import *
folder = SessionFolder(Path(sys.argv[1]))
resource.setrlimit(resource.RLIMIT_FSIZE, (200, 200))
try:
    saved(folder, half_done(team="South"))
except OSError as error:
    print(error.strerror)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="limits of a process are a Unix thing")
def test_a_real_limit_on_file_sizes(tmp_path: Path) -> None:
    """The system itself cuts the file off at 200 bytes."""
    old = saved(SessionFolder(tmp_path), half_done())
    before = contents(tmp_path)
    done = subprocess.run(
        [sys.executable, "-c", _FULL, str(tmp_path)],
        capture_output=True, text=True, check=True, timeout=HANG, cwd=CHECKOUT,
    )  # fmt: skip
    assert done.stdout.strip() == os.strerror(errno.EFBIG)
    assert contents(tmp_path) == before
    assert read_session(old.path) == old


_SAVE_FOR_EVER = """
import itertools, sys
from tests.store.helpers import *
folder, path = SessionFolder(Path(sys.argv[1])), Path(sys.argv[2])
lock = folder.lock(path)
for revision in itertools.count(1):
    folder.save(path, half_done(revision=revision), RUBRIC)
    print(revision, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is a Unix thing")
@pytest.mark.parametrize("told", [1, 2, 7, 40])
def test_killed_while_saving(tmp_path: Path, told: int) -> None:
    """What was said to be saved is there, and at most one that was not yet said."""
    folder = SessionFolder(tmp_path)
    path = tmp_path / "2026-03-02-abcdefgh.toml"
    with subprocess.Popen(
        [sys.executable, "-c", _SAVE_FOR_EVER, str(tmp_path), str(path)],
        stdout=subprocess.PIPE, text=True, cwd=CHECKOUT,
    ) as writer:  # fmt: skip
        assert writer.stdout is not None
        for _ in range(told):
            assert writer.stdout.readline(), "the writer died by itself"
        writer.send_signal(signal.SIGKILL)
        rest = writer.stdout.read().splitlines()
    last = told + len(rest)
    found = read_session(path).session
    assert found.revision in (last, last + 1)
    assert found == half_done(revision=found.revision)
    folder.sweep()
    assert list(contents(tmp_path)) == [path.name]


def changed(session: Session) -> Session:
    return session.answered("leadership.starting.1", Answer.FULLY)
