"""One writer per session, and what writers that died leave behind."""

import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from bt_assess.store.folder import InUseError, SessionFolder
from bt_assess.store.session_file import read_session
from tests.store.helpers import CHECKOUT, HANG, contents, half_done, other_process, saved

NAME = "2026-03-02-abcdefgh.toml"


class TestLock:
    """The right to write a session."""

    def test_another_process_has_it(self, tmp_path: Path) -> None:
        folder = SessionFolder(tmp_path)
        with other_process(tmp_path / NAME) as (_, state):
            assert state == "held"
            with pytest.raises(InUseError):
                folder.lock(tmp_path / NAME)

    def test_we_have_it(self, tmp_path: Path) -> None:
        lock = SessionFolder(tmp_path).lock(tmp_path / NAME)
        with other_process(tmp_path / NAME) as (_, state):
            assert state == "in use"
        lock.release()
        with other_process(tmp_path / NAME) as (_, state):
            assert state == "held"

    def test_two_windows_of_one_process(self, tmp_path: Path) -> None:
        folder = SessionFolder(tmp_path)
        lock = folder.lock(tmp_path / NAME)
        with pytest.raises(InUseError):
            folder.lock(tmp_path / NAME)
        lock.release()
        folder.lock(tmp_path / NAME).release()

    def test_other_sessions_are_free(self, tmp_path: Path) -> None:
        folder = SessionFolder(tmp_path)
        with other_process(tmp_path / NAME) as (_, state):
            assert state == "held"
            folder.lock(tmp_path / "2026-03-02-zzzzzzzz.toml").release()

    def test_free_at_once_when_its_process_is_killed(self, tmp_path: Path) -> None:
        folder = SessionFolder(tmp_path)
        with other_process(tmp_path / NAME) as (process, state):
            assert state == "held"
            process.send_signal(signal.SIGTERM if os.name == "nt" else signal.SIGKILL)
            process.wait(HANG)
            folder.lock(tmp_path / NAME).release()

    def test_a_lock_file_that_is_left_is_no_lock(self, tmp_path: Path) -> None:
        (tmp_path / f".{NAME}.lock").write_text("123")
        SessionFolder(tmp_path).lock(tmp_path / NAME).release()

    def test_reading_needs_no_lock(self, tmp_path: Path) -> None:
        stored = saved(SessionFolder(tmp_path), half_done())
        with other_process(stored.path) as (_, state):
            assert state == "held"
            assert read_session(stored.path) == stored

    def test_locks_are_not_listed_as_sessions(self, tmp_path: Path) -> None:
        folder = SessionFolder(tmp_path)
        lock = folder.lock(tmp_path / NAME)
        assert folder.files() == []
        lock.release()


# Nobody is kept out of a folder by its mode when they are root, so the process becomes somebody
# else; it works from inside the folder, as it may not even look at the path that leads there.
_READ_ONLY = """
import os
from pathlib import Path
from bt_assess.store.folder import SessionFolder
from tests.store.helpers import half_done, saved
folder = SessionFolder(Path())
os.chdir({folder!r})
# What is loaded late is loaded now: later on, nobody else may read it.
import filelock
list(folder.read_all())
if os.getuid() == 0:
    os.setgroups([])
    os.setuid(65534)
for act in (
    lambda: folder.lock(Path({name!r})),
    lambda: saved(folder, half_done()),
    lambda: folder.move(Path({name!r}), to_archive=True),
):
    try:
        act()
    except OSError as error:
        print(type(error).__name__)
folder.sweep()
print(len(list(folder.read_all())))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="modes of folders are a Unix thing")
def test_a_folder_that_may_only_be_read(tmp_path: Path) -> None:
    folder = tmp_path / "sessions"
    path = saved(SessionFolder(folder), half_done()).path
    (folder / f".{NAME}.abcd.tmp").write_text("left")
    path.chmod(0o644)
    folder.chmod(0o555)
    before = contents(folder)
    try:
        done = subprocess.run(
            [sys.executable, "-c", _READ_ONLY.format(folder=str(folder), name=NAME)],
            capture_output=True, text=True, timeout=HANG, cwd=CHECKOUT,
        )  # fmt: skip
    finally:
        folder.chmod(0o755)
    assert done.stderr == ""
    assert done.stdout.split() == ["PermissionError"] * 3 + ["1"]
    assert contents(folder) == before
    assert stat.S_IMODE(path.stat().st_mode) == 0o644


class TestSweep:
    """Temporary files of writers that died."""

    def test_leftovers_go_and_everything_else_stays(self, tmp_path: Path) -> None:
        folder = SessionFolder(tmp_path)
        saved(folder, half_done())
        archived = saved(folder, half_done(id="zzzzzzzz")).path
        archived = folder.move(archived, to_archive=True)
        for name in ("notes.tmp", ".mine.tmp", ".x.toml.swp", "a.toml.1.tmp", "draft.txt"):
            (tmp_path / name).write_text("mine")
        before = contents(tmp_path)
        (tmp_path / f".{NAME}.0badcafe.tmp").write_text("half of a ses")
        (tmp_path / ".2026-01-01-gone2345.toml.0badcafe.tmp").write_text("")
        archived.with_name(f".{archived.name}.0badcafe.tmp").write_text("half")
        folder.sweep()
        assert contents(tmp_path) == before

    def test_a_writer_that_lives_keeps_its_file(self, tmp_path: Path) -> None:
        folder = SessionFolder(tmp_path)
        theirs = tmp_path / f".{NAME}.0badcafe.tmp"
        others = tmp_path / ".2026-01-01-gone2345.toml.0badcafe.tmp"
        with other_process(tmp_path / NAME) as (_, state):
            assert state == "held"
            theirs.write_text("being written")
            others.write_text("left")
            folder.sweep()
            assert theirs.exists()
            assert not others.exists()
        folder.sweep()
        assert not theirs.exists()

    def test_a_folder_that_is_not_there_is_not_made(self, tmp_path: Path) -> None:
        SessionFolder(tmp_path / "none").sweep()
        assert not (tmp_path / "none").exists()

    def test_what_is_in_the_way_stops_nothing(self, tmp_path: Path) -> None:
        (tmp_path / ".a.toml.0badcafe.tmp").mkdir()
        leftover = tmp_path / ".b.toml.0badcafe.tmp"
        leftover.write_text("left")
        SessionFolder(tmp_path).sweep()
        assert not leftover.exists()
