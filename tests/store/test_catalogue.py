"""The catalogue says what the files say, whatever becomes of them and of it."""

import os
import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest

from bt_assess.core.rubric import Rubric
from bt_assess.core.scoring import score
from bt_assess.store import catalogue as module
from bt_assess.store.catalogue import Catalogue, Progress
from bt_assess.store.catalogue_file import NAME
from bt_assess.store.catalogue_queries import Counts, Wanted
from bt_assess.store.folder import ARCHIVE, SessionFolder
from tests.core.builders import NOON
from tests.store.catalogues import agrees, ids, many, opened
from tests.store.helpers import RUBRIC, contents, finished, half_done, saved


@pytest.fixture
def folder(tmp_path: Path) -> SessionFolder:
    folder = SessionFolder(tmp_path / "sessions")
    saved(folder, half_done(id="aaaaaaaa", started=NOON - timedelta(days=2)))
    saved(folder, finished(id="bbbbbbbb", started=NOON))
    saved(folder, half_done(id="cccccccc", started=NOON - timedelta(days=1)))
    return folder


@pytest.fixture(autouse=True)
def _times_tell(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bt_assess.store.differences._SETTLED", -1)


def test_newest_first_and_what_a_list_shows(folder: SessionFolder) -> None:
    with opened(folder) as catalogue:
        assert list(catalogue.refresh()) == [
            Progress(0, 3), Progress(1, 3), Progress(2, 3), Progress(3, 3)
        ]  # fmt: skip
        assert ids(catalogue) == ["bbbbbbbb", "cccccccc", "aaaaaaaa"]
        assert catalogue.counts() == Counts(1, 2, 0)
        listed = catalogue.page(0, 1)[0]
        session = folder.resolve("bbb").session
        assert listed.path == folder.resolve("bbb").path
        assert (listed.respondent, listed.team) == ("Ada", "North")
        assert (listed.started, listed.finished) == (session.started, session.finished)
        assert listed.answered == 17
        for place, right in zip(listed.places, score(RUBRIC, session.answers).themes, strict=True):
            assert (place.theme_id, place.status) == (right.theme_id, right.status)
            assert (place.stage, place.confidence) == (right.stage, right.confidence)
            assert place[2:6] == pytest.approx(
                (right.position, right.se, right.low, right.high), abs=1e-6
            )
        assert catalogue.page(1, 1)[0].places == (), "what is unfinished has no result"


def test_answers_and_notes_are_not_in_it(folder: SessionFolder) -> None:
    with opened(folder) as catalogue:
        list(catalogue.refresh())
    kept = b"".join(path.read_bytes() for path in folder.path.glob(f"{NAME}*"))
    assert b"bbbbbbbb" in kept
    for secret in (b"Said in March", b"leadership.starting", b"=1+1", b"mostly"):
        assert secret not in kept


def test_only_its_owner_can_read_it(folder: SessionFolder) -> None:
    (folder.path / NAME).touch(0o644)
    with opened(folder) as catalogue:
        list(catalogue.refresh())
        for path in folder.path.glob(f"{NAME}*"):
            assert path.stat().st_mode & 0o077 == 0, path


def test_what_is_deleted_is_overwritten(folder: SessionFolder) -> None:
    saved(folder, half_done(id="dddddddd", respondent="Zebediah"))
    with opened(folder) as catalogue:
        list(catalogue.refresh())
        folder.resolve("ddd").path.unlink()
        list(catalogue.refresh())
        kept = b"".join(path.read_bytes() for path in folder.path.glob(f"{NAME}*"))
    assert b"Zebediah" not in kept
    assert b"zebediah" not in kept


def test_nothing_changed_reads_nothing(
    folder: SessionFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(folder) as catalogue:
        list(catalogue.refresh())
    monkeypatch.setattr(module, "row_of", None)
    with opened(folder) as catalogue:
        assert ids(catalogue) == ["bbbbbbbb", "cccccccc", "aaaaaaaa"], "from the file at once"
        assert list(catalogue.refresh()) == []


def test_what_was_written_just_now_is_read_once_more(
    folder: SessionFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Within a tick of the clock a file can change without a trace."""
    monkeypatch.setattr("bt_assess.store.differences._SETTLED", 10**18)
    with opened(folder) as catalogue:
        list(catalogue.refresh())
        monkeypatch.setattr("bt_assess.store.differences._SETTLED", -1)
        assert list(catalogue.refresh())[-1:] == [Progress(3, 3)]
        assert list(catalogue.refresh()) == []


def test_a_file_of_the_same_size_and_time_put_in_its_place(folder: SessionFolder) -> None:
    with opened(folder) as catalogue:
        list(catalogue.refresh())
        path = folder.resolve("aaa").path
        times = path.stat()
        saved(folder, half_done(id="aaaaaaaa", team="South"), path.name)
        os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
        assert path.stat().st_size == times.st_size
        assert list(catalogue.refresh())[-1] == Progress(1, 1)
        assert [s.team for s in catalogue.page(0, 9) if s.path == path] == ["South"]


def test_a_file_overwritten_in_place_with_its_old_time(folder: SessionFolder) -> None:
    with opened(folder) as catalogue:
        list(catalogue.refresh())
        path = folder.resolve("aaa").path
        times = path.stat()
        path.write_bytes(path.read_bytes().replace(b"North", b"South"))
        os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
        list(catalogue.refresh())
        assert agrees(catalogue, folder)
        assert [fault.path for fault in catalogue.damaged()] == [path]


def test_files_that_come_and_go_and_are_archived(folder: SessionFolder) -> None:
    with opened(folder) as catalogue:
        list(catalogue.refresh())
        saved(folder, finished(id="dddddddd", started=NOON + timedelta(days=1)))
        folder.resolve("aaa").path.unlink()
        moved = folder.move(folder.resolve("bbb").path, to_archive=True)
        list(catalogue.refresh())
        assert ids(catalogue) == ["dddddddd", "cccccccc"]
        assert [s.path for s in catalogue.page(0, 9, Wanted(archived=True))] == [moved]
        assert catalogue.counts(archived=True) == Counts(1, 0, 0)
        assert agrees(catalogue, folder)
        folder.move(moved, to_archive=False)
        list(catalogue.refresh())
        assert ids(catalogue) == ["dddddddd", "bbbbbbbb", "cccccccc"]
        assert catalogue.counts(archived=True) == Counts(0, 0, 0)


def test_damaged_files_are_told_of_and_come_back(folder: SessionFolder) -> None:
    path = folder.resolve("aaa").path
    good = path.read_bytes()
    with opened(folder) as catalogue:
        path.write_bytes(good[:-10])
        list(catalogue.refresh())
        (fault,) = catalogue.damaged()
        assert (fault.path, fault.is_changed) == (path, False)
        path.write_bytes(good.replace(b"Ada", b"Eve"))
        list(catalogue.refresh())
        (fault,) = catalogue.damaged()
        assert fault.is_changed
        assert "changed by hand" in fault.why
        assert catalogue.counts() == Counts(1, 1, 1)
        path.write_bytes(good)
        list(catalogue.refresh())
        assert catalogue.damaged() == []
        assert catalogue.counts() == Counts(1, 2, 0)


def test_whatever_else_ends_in_toml(folder: SessionFolder, tmp_path: Path) -> None:
    outside = tmp_path / "outside.toml"
    outside.write_bytes(folder.resolve("aaa").path.read_bytes())
    (folder.path / "link.toml").symlink_to(outside)
    (folder.path / "nowhere.toml").symlink_to("nowhere")
    os.mkfifo(folder.path / "pipe.toml")
    (folder.path / "folder.toml").mkdir()
    (folder.path / "empty.toml").touch()
    (folder.path / "two\nlines\x1b.toml").write_text("x")
    Path(os.fsdecode(os.fsencode(folder.path) + b"/bad\xff\xfe.toml")).write_text("x")
    with (folder.path / "large.toml").open("wb") as large:
        large.truncate(200_000_000)
    with opened(folder) as catalogue:
        list(catalogue.refresh())
        assert agrees(catalogue, folder)
        assert catalogue.counts() == Counts(1, 2, 8)
        assert list(catalogue.refresh()) == []
        faults = {fault.path.name: fault.why for fault in catalogue.damaged()}
        assert "link" in faults["link.toml"]
        assert "ordinary" in faults["pipe.toml"]
        assert "too large" in faults["large.toml"]
        Path(os.fsdecode(os.fsencode(folder.path) + b"/bad\xff\xfe.toml")).unlink()
        list(catalogue.refresh())
        assert catalogue.counts().damaged == 7


def test_hidden_files_and_locks_do_not_count(folder: SessionFolder) -> None:
    with opened(folder) as catalogue:
        before = contents(folder.path)
        (folder.path / ".hidden.toml").write_text("x")
        list(catalogue.refresh())
        assert catalogue.counts() == Counts(1, 2, 0)
        after = {name for name in contents(folder.path) if not name.startswith(NAME)}
        assert after == {*before, ".hidden.toml"} - {NAME}


def test_a_clock_that_went_back(folder: SessionFolder) -> None:
    with opened(folder) as catalogue:
        list(catalogue.refresh())
        path = folder.resolve("aaa").path
        os.utime(path, (1, 1))
        assert list(catalogue.refresh())[-1] == Progress(1, 1)
        os.utime(path, (4e9, 4e9))
        assert list(catalogue.refresh())[-1] == Progress(1, 1)
        assert list(catalogue.refresh()) == []


def test_no_folder_yet_and_then_one(tmp_path: Path) -> None:
    folder = SessionFolder(tmp_path / "none")
    with opened(folder) as catalogue:
        assert list(catalogue.refresh()) == []
        assert catalogue.counts() == Counts(0, 0, 0)
        assert catalogue.is_in_memory
        assert not folder.path.exists(), "looking makes no folder"
        saved(folder, half_done(id="aaaaaaaa"))
        list(catalogue.refresh())
        assert ids(catalogue) == ["aaaaaaaa"]
        assert not catalogue.is_in_memory


def test_a_folder_that_cannot_be_read_is_an_error_and_forgets_nothing(
    folder: SessionFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(folder) as catalogue:
        list(catalogue.refresh())

        def refused(_: object) -> None:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(os, "scandir", refused)
        with pytest.raises(PermissionError):
            list(catalogue.refresh())
        assert len(ids(catalogue)) == 3


def test_one_file_is_read_again_when_asked(folder: SessionFolder) -> None:
    with opened(folder) as catalogue:
        list(catalogue.refresh())
        path = folder.resolve("aaa").path
        saved(folder, half_done(id="aaaaaaaa", team="South"), path.name)
        catalogue.correct(path.name)
        assert [s.team for s in catalogue.page(0, 9) if s.path == path] == ["South"]
        path.unlink()
        catalogue.correct(path.name)
        assert "aaaaaaaa" not in ids(catalogue)
        assert list(catalogue.refresh()) == []


def test_another_rubric_of_the_same_name_scores_anew(folder: SessionFolder) -> None:
    data = RUBRIC.model_dump()
    for statement in data["themes"][0]["statements"]:
        statement["lasting"] = True
    other = Rubric.model_validate(data)
    with opened(folder) as catalogue:
        list(catalogue.refresh())
        before = catalogue.page(0, 1)[0].places[0], catalogue.trend()[0].mean
    with opened(folder, other) as catalogue:
        list(catalogue.refresh())
        after = catalogue.page(0, 1)[0].places[0], catalogue.trend()[0].mean
        right = score(other, folder.resolve("bbb").session.answers).themes[0]
        assert after[0].position == pytest.approx(right.position, abs=1e-6)
        assert after[1] == pytest.approx(right.position, abs=1e-6)
        assert before != after
        assert list(catalogue.refresh()) == []


def test_sessions_of_another_rubric_are_listed_without_places(folder: SessionFolder) -> None:
    other = Rubric.model_validate({**RUBRIC.model_dump(), "id": "other-grid"})
    with opened(folder) as catalogue:
        list(catalogue.refresh())
        assert catalogue.page(0, 1)[0].places
    with opened(folder, other) as catalogue:
        list(catalogue.refresh())
        assert len(ids(catalogue)) == 3
        assert all(s.places == () for s in catalogue.page(0, 9))
        assert catalogue.trend() == []
        assert list(catalogue.refresh()) == []


def test_many_are_read_in_processes_of_their_own(tmp_path: Path) -> None:
    folder = SessionFolder(tmp_path)
    many(folder, 450)
    (tmp_path / "bad.toml").write_text("x = ")
    with opened(folder) as catalogue:
        steps = list(catalogue.refresh())
        assert steps[0] == Progress(0, 451)
        assert steps[-1] == Progress(451, 451)
        assert agrees(catalogue, folder)
        assert list(catalogue.refresh()) == []


def test_stopped_half_way_it_goes_on_from_there(tmp_path: Path) -> None:
    folder = SessionFolder(tmp_path)
    many(folder, 450)
    with opened(folder) as catalogue:
        steps = catalogue.refresh()
        while next(steps).done == 0:
            pass
        steps.close()
        there = sum(catalogue.counts())
        assert 0 < there < 450
        assert list(catalogue.refresh())[-1].total == 450 - there
        assert agrees(catalogue, folder)


def test_where_no_process_can_be_had(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = SessionFolder(tmp_path)
    many(folder, 230)
    monkeypatch.setattr("sys.executable", str(tmp_path / "none"))
    with opened(folder) as catalogue:
        assert list(catalogue.refresh())[-1] == Progress(230, 230)
        assert agrees(catalogue, folder)


def test_a_process_that_says_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = SessionFolder(tmp_path)
    many(folder, 230)
    monkeypatch.setattr("sys.executable", "/bin/false")
    with opened(folder) as catalogue:
        assert list(catalogue.refresh())[-1] == Progress(230, 230)
        assert agrees(catalogue, folder)


def test_two_refreshes_at_once_are_one(folder: SessionFolder) -> None:
    with opened(folder) as catalogue:
        steps = catalogue.refresh()
        next(steps)
        assert list(catalogue.refresh()) == []
        list(steps)
        assert agrees(catalogue, folder)


def test_archive_name_is_no_session(folder: SessionFolder) -> None:
    (folder.path / ARCHIVE).mkdir()
    with opened(folder) as catalogue:
        list(catalogue.refresh())
        assert sum(catalogue.counts()) == 3


def test_the_file_is_sqlite(folder: SessionFolder) -> None:
    """Whoever wonders what it holds can look."""
    with opened(folder) as catalogue:
        list(catalogue.refresh())
    connection = sqlite3.connect(folder.path / NAME)
    try:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("SELECT count(*) FROM session").fetchone() == (3,)
    finally:
        connection.close()


def test_closed_it_opens_again(folder: SessionFolder) -> None:
    catalogue = Catalogue(folder, RUBRIC)
    list(catalogue.refresh())
    catalogue.close()
    assert len(ids(catalogue)) == 3
    catalogue.close()


def test_closed_in_the_middle_of_a_refresh(tmp_path: Path) -> None:
    """As when the app is left while it still reads: what was read is kept."""
    folder = SessionFolder(tmp_path)
    many(folder, 450)
    catalogue = Catalogue(folder, RUBRIC)
    steps = catalogue.refresh()
    while next(steps).done == 0:
        pass
    catalogue.close()
    assert list(steps) == []
    assert 0 < sum(catalogue.counts()) < 450
    catalogue.close()
