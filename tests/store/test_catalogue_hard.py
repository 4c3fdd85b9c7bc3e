"""Whatever happens to the catalogue's file, nobody is told of an error and no row is wrong."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from bt_assess.store import catalogue_file, readers
from bt_assess.store.catalogue import Catalogue, Progress
from bt_assess.store.catalogue_file import NAME
from bt_assess.store.folder import SessionFolder, SessionLock
from bt_assess.store.quick_scores import recipe
from bt_assess.store.reading import READY
from tests.conftest import Sweep
from tests.store.catalogues import agrees, ids, many, opened
from tests.store.helpers import CHECKOUT, HANG, RUBRIC, half_done, saved


@pytest.fixture
def folder(tmp_path: Path) -> SessionFolder:
    folder = SessionFolder(tmp_path / "sessions")
    many(folder, 12)
    return folder


def build(folder: SessionFolder) -> Path:
    with opened(folder) as catalogue:
        list(catalogue.refresh())
    return folder.path / NAME


def check(folder: SessionFolder, *, in_memory: bool = False) -> None:
    with opened(folder) as catalogue:
        catalogue.counts()
        list(catalogue.refresh())
        assert agrees(catalogue, folder)
        assert catalogue.is_in_memory is in_memory


@pytest.mark.parametrize("damage", [b"", b"x", b"not a database" * 999, b"SQLite format 3\0"])
def test_a_file_that_is_no_catalogue(folder: SessionFolder, damage: bytes) -> None:
    (folder.path / NAME).write_bytes(damage)
    check(folder)


def test_a_catalogue_damaged_anywhere(folder: SessionFolder, sweep: Sweep[int]) -> None:
    """Every page overwritten, and every cut at a page's end."""
    path = build(folder)
    good = path.read_bytes()
    for place in sweep(range(0, len(good), 512), 30):
        path.write_bytes(good[:place] + os.urandom(512) + good[place + 512 :])
        check_or_honest(folder)
        path.write_bytes(good[:place])
        check_or_honest(folder)


def check_or_honest(folder: SessionFolder) -> None:
    """No error; and what is wrong in a row that SQLite cannot know of is gone once it is read."""
    with opened(folder) as catalogue:
        list(catalogue.refresh())
        for path in folder.files():
            catalogue.correct(path.name)
        assert catalogue.page(0, 99) is not None
        catalogue.trends()


def test_another_programs_database(folder: SessionFolder) -> None:
    connection = sqlite3.connect(folder.path / NAME)
    connection.execute("CREATE TABLE session (a)")
    connection.execute("PRAGMA user_version = 1")
    connection.close()
    check(folder)


def test_an_older_catalogue_is_made_anew(
    folder: SessionFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = build(folder)
    monkeypatch.setattr(catalogue_file, "VERSION", catalogue_file.VERSION + 1)
    check(folder)
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA user_version").fetchone() == (catalogue_file.VERSION,)
    connection.close()


def test_a_newer_programs_catalogue_is_left_alone(
    folder: SessionFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalogue_file, "VERSION", catalogue_file.VERSION + 1)
    path = build(folder)
    before = path.read_bytes()
    monkeypatch.undo()
    check(folder, in_memory=True)
    assert path.read_bytes() == before


def test_a_link_or_a_pipe_in_its_place(folder: SessionFolder, tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_bytes(b"precious")
    (folder.path / NAME).symlink_to(victim)
    check(folder)
    assert victim.read_bytes() == b"precious"
    (folder.path / NAME).unlink()
    os.mkfifo(folder.path / NAME)
    check(folder)


def test_a_folder_in_its_place(folder: SessionFolder) -> None:
    (folder.path / NAME).mkdir()
    check(folder, in_memory=True)


def test_a_read_only_folder(folder: SessionFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    original = os.open

    def refused(path: object, flags: int, *rest: int) -> int:
        if str(path).endswith(NAME):
            raise OSError(30, "Read-only file system")
        return original(str(path), flags, *rest)

    monkeypatch.setattr(os, "open", refused)
    check(folder, in_memory=True)
    assert not (folder.path / NAME).exists()


def test_a_disk_that_fills_up(folder: SessionFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    original = catalogue_file.open_file

    def small(path: Path) -> sqlite3.Connection:
        connection = original(path)
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")
        return connection

    monkeypatch.setattr(catalogue_file, "open_file", small)
    many(folder, 400)
    check(folder, in_memory=True)


@pytest.mark.parametrize("gone", [("",), ("", "-wal"), ("", "-wal", "-shm"), ("-wal", "-shm")])
def test_deleted_while_it_is_open(folder: SessionFolder, gone: tuple[str, ...]) -> None:
    with opened(folder) as catalogue:
        list(catalogue.refresh())
        for ending in gone:
            (folder.path / f"{NAME}{ending}").unlink()
        saved(folder, half_done(id="newnewnew"))
        list(catalogue.refresh())
        assert agrees(catalogue, folder)
    check(folder)


def test_deleted_between_two_steps(folder: SessionFolder) -> None:
    many(folder, 450)
    with opened(folder) as catalogue:
        for number, _ in enumerate(catalogue.refresh()):
            if number == 1:
                catalogue_file.remove(folder.path / NAME)
        list(catalogue.refresh())
        assert agrees(catalogue, folder)
    check(folder)


def test_busy_for_long_it_is_left_for_the_next_time(
    folder: SessionFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = build(folder)
    monkeypatch.setattr(catalogue_file, "PATIENCE", 0)
    saved(folder, half_done(id="newnewnew"))
    other = sqlite3.connect(path, isolation_level=None)
    try:
        with opened(folder) as catalogue:
            assert len(ids(catalogue)) == 12
            other.execute("BEGIN IMMEDIATE")
            list(catalogue.refresh())
            assert len(ids(catalogue)) == 12
            other.execute("ROLLBACK")
            list(catalogue.refresh())
            assert agrees(catalogue, folder)
            assert not catalogue.is_in_memory
    finally:
        other.close()


_REFRESH = """
import sys
from pathlib import Path
from bt_assess.store import differences
from bt_assess.store.catalogue import Catalogue
from bt_assess.store.folder import SessionFolder
from tests.store.helpers import RUBRIC
differences._SETTLED = -1  # what was written just now would be read twice
catalogue = Catalogue(SessionFolder(Path(sys.argv[1])), RUBRIC)
for done, total in catalogue.refresh():
    print(done, total, flush=True)
catalogue.close()
print("end", flush=True)
"""


def refreshing(folder: SessionFolder) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", _REFRESH, str(folder.path)],
        stdout=subprocess.PIPE, text=True, cwd=CHECKOUT,
    )  # fmt: skip


def test_two_processes_at_once(tmp_path: Path) -> None:
    folder = SessionFolder(tmp_path)
    many(folder, 1500)
    with refreshing(folder) as one, refreshing(folder) as two:
        for process in (one, two):
            out, _ = process.communicate(timeout=HANG)
            assert out.endswith("end\n")
            assert process.returncode == 0
    with opened(folder) as catalogue:
        assert len(ids(catalogue)) == 1500
        assert agrees(catalogue, folder)
        assert not catalogue.is_in_memory


def test_two_processes_while_files_come_and_go(tmp_path: Path) -> None:
    folder = SessionFolder(tmp_path)
    many(folder, 600)
    with refreshing(folder) as one, refreshing(folder) as two:
        for path in folder.files()[::3]:
            path.unlink()
        many(SessionFolder(tmp_path / "archive"), 50)
        one.communicate(timeout=HANG)
        two.communicate(timeout=HANG)
    check(folder)


def test_killed_in_the_middle_of_a_build(tmp_path: Path) -> None:
    folder = SessionFolder(tmp_path)
    many(folder, 1500)
    with refreshing(folder) as process:
        assert process.stdout is not None
        while process.stdout.readline().startswith("0 "):
            pass
        process.kill()
    with opened(folder) as catalogue:
        steps = list(catalogue.refresh())
        assert steps[0].total < 1500, "what was read was kept"
        assert agrees(catalogue, folder)
        assert not catalogue.is_in_memory
        trend = catalogue.trends()
    (folder.path / NAME).unlink()
    with opened(folder) as catalogue:
        list(catalogue.refresh())
        assert catalogue.trends() == trend, "sums are as if it had been built in one go"


_CHILDREN = """
import sys
from bt_assess.store.quick_scores import recipe
from bt_assess.store.readers import Readers
from tests.store.helpers import RUBRIC
# More than waits for who reads it: so readers are still there.
with Readers(recipe(RUBRIC), 4000, lambda number: (sys.argv[1], True)) as readers:
    next(iter(readers.rows()))
    print(*[child.pid for child in readers._children], flush=True)
    sys.stdin.read()
"""


def test_a_reader_ends_with_its_input() -> None:
    """Also when it has nothing to do and so would not notice."""
    with subprocess.Popen(
        [sys.executable, "-m", "bt_assess.store.reading"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=CHECKOUT,
    ) as reader:  # fmt: skip
        try:
            assert reader.stdin is not None
            assert reader.stdout is not None
            reader.stdin.write(json.dumps(recipe(RUBRIC)) + "\n")
            reader.stdin.flush()
            assert reader.stdout.readline() == READY
            reader.stdin.close()
            assert reader.wait(HANG) == 0
        finally:
            reader.kill()


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="asks /proc who is alive")
def test_the_readers_die_with_whoever_started_them(folder: SessionFolder) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _CHILDREN, str(folder.files()[0])],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=CHECKOUT,
    ) as parent:  # fmt: skip
        assert parent.stdout is not None
        children = [os.pidfd_open(int(pid)) for pid in parent.stdout.readline().split()]
        assert children
        parent.kill()
    try:
        import select

        for child in children:
            assert select.select([child], [], [], HANG)[0], "a reader outlived its parent"
    finally:
        for child in children:
            os.close(child)


def test_a_file_that_is_too_much_for_a_reader(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reader that dies takes no other file with it, and the file is told of."""
    folder = SessionFolder(tmp_path)
    many(folder, 260)
    poison = folder.files()[30]
    fake = tmp_path / "python"
    fake.write_text(
        f"#!{sys.executable}\n"
        "import os, signal\n"
        "from bt_assess.store import reading\n"
        "right = reading.row_of\n"
        "def row_of(path, scorer):\n"
        f"    if path == {str(poison)!r}:\n"
        f"        os.kill(os.getpid(), {int(signal.SIGKILL)})\n"
        "    return right(path, scorer)\n"
        "reading.row_of = row_of\n"
        "reading.main()\n"
    )
    fake.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(fake))
    with opened(folder) as catalogue:
        assert list(catalogue.refresh())[-1] == Progress(260, 260)
        assert len(ids(catalogue)) == 259
        (fault,) = catalogue.damaged()
        assert fault.path == poison
        assert "too much" in fault.why


def test_another_process_that_builds_is_waited_for(
    folder: SessionFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    many(folder, 260)
    lock = SessionLock(folder.path / NAME)
    lock.acquire()
    catalogue = Catalogue(folder, RUBRIC)
    try:
        steps = catalogue.refresh()
        assert next(steps) == Progress(0, 260)
        assert next(steps) == Progress(0, 260), "nothing is read twice"
        lock.release()
        assert list(steps)[-1] == Progress(260, 260)
    finally:
        lock.release()
        catalogue.close()


def test_another_process_that_stands_still_is_not_waited_for(
    folder: SessionFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    many(folder, 260)
    monkeypatch.setattr("bt_assess.store.catalogue._PATIENCE", 0.0)
    lock = SessionLock(folder.path / NAME)
    lock.acquire()
    try:
        check(folder)
    finally:
        lock.release()


def test_a_chunk_is_not_the_whole_work() -> None:
    """The tests above mean several chunks by 450 files."""
    assert readers.CHUNK * 2 < 450
