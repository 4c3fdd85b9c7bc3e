"""The folder in memory: the same as on disk, and no file is read twice for nothing."""

import os
from datetime import timedelta
from pathlib import Path

import pytest

from bt_assess.store.folder import SessionFolder
from bt_assess.store.library import Library
from bt_assess.store.session_file import ChangedFile
from tests.core.builders import NOON
from tests.store.helpers import finished, half_done, saved


@pytest.fixture
def folder(tmp_path: Path) -> SessionFolder:
    folder = SessionFolder(tmp_path / "sessions")
    saved(folder, half_done(id="aaaaaaaa", started=NOON - timedelta(days=2)))
    saved(folder, finished(id="bbbbbbbb", started=NOON))
    saved(folder, half_done(id="cccccccc", started=NOON - timedelta(days=1)))
    return folder


def names(library: Library) -> list[str]:
    return [stored.session.id[0] for stored in library.shelf.sessions]


def read_again(library: Library) -> int:
    """How many files are read to bring the library up to date."""
    return len(list(library.refresh()))


@pytest.fixture
def library(folder: SessionFolder) -> Library:
    library = Library(folder)
    assert list(library.refresh()) == [(1, 3), (2, 3), (3, 3)]
    return library


def test_newest_first_and_sorted_by_whether_they_are_finished(library: Library) -> None:
    assert names(library) == ["b", "c", "a"]
    assert [s.session.id for s in library.shelf.finished] == ["bbbbbbbb"]
    assert [s.session.id for s in library.shelf.unfinished] == ["cccccccc", "aaaaaaaa"]
    assert library.shelf.damaged == ()


def test_nothing_is_there_before_it_is_read(folder: SessionFolder) -> None:
    library = Library(folder)
    progress = library.refresh()
    assert next(progress) == (1, 3)
    assert names(library) == [], "half a folder is not shown as if it were all"
    assert list(progress) == [(2, 3), (3, 3)]
    assert len(names(library)) == 3


def test_what_has_not_changed_is_not_read_again(library: Library) -> None:
    before = library.shelf
    assert list(library.refresh()) == []
    assert library.shelf == before


def test_a_new_file(library: Library, folder: SessionFolder) -> None:
    saved(folder, half_done(id="dddddddd", started=NOON + timedelta(days=1)))
    assert read_again(library) == 1
    assert names(library) == ["d", "b", "c", "a"]


def test_a_file_that_is_gone(library: Library, folder: SessionFolder) -> None:
    folder.files()[0].unlink()
    assert read_again(library) == 0
    assert len(names(library)) == 2


def test_a_file_that_was_saved_again(library: Library, folder: SessionFolder) -> None:
    path = folder.resolve("aaa").path
    saved(folder, half_done(id="aaaaaaaa", team="South"), path.name)
    assert read_again(library) == 1
    assert [s.session.team for s in library.shelf.sessions if s.path == path] == ["South"]


def test_a_file_of_the_same_size_and_time_put_in_its_place(
    library: Library, folder: SessionFolder
) -> None:
    path = folder.resolve("aaa").path
    times = path.stat()
    saved(folder, half_done(id="aaaaaaaa", team="South"), path.name)
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert path.stat().st_size == times.st_size
    assert read_again(library) == 1
    assert [s.session.team for s in library.shelf.sessions if s.path == path] == ["South"]


def test_a_file_that_becomes_damaged_and_is_mended(library: Library, folder: SessionFolder) -> None:
    path = folder.resolve("aaa").path
    good = path.read_bytes()
    path.write_bytes(good[:-10])
    assert read_again(library) == 1
    assert names(library) == ["b", "c"]
    assert [fault.path for fault in library.shelf.damaged] == [path]
    assert read_again(library) == 0
    path.write_bytes(good)
    assert read_again(library) == 1
    assert names(library) == ["b", "c", "a"]
    assert library.shelf.damaged == ()


def test_a_changed_file_is_listed_as_one_that_can_be_accepted(
    library: Library, folder: SessionFolder
) -> None:
    path = folder.resolve("aaa").path
    path.write_text(path.read_text().replace('"Ada"', '"Eve"'))
    read_again(library)
    (fault,) = library.shelf.damaged
    assert isinstance(fault, ChangedFile)
    assert fault.session.respondent == "Eve"


def test_the_archive_has_a_shelf_of_its_own(library: Library, folder: SessionFolder) -> None:
    folder.move(folder.resolve("aaa").path, to_archive=True)
    archive = Library(folder, archived=True)
    assert list(archive.refresh()) == [(1, 1)]
    assert names(archive) == ["a"]
    assert read_again(library) == 0
    assert names(library) == ["b", "c"]


def test_no_folder_yet(tmp_path: Path) -> None:
    library = Library(SessionFolder(tmp_path / "none"))
    assert list(library.refresh()) == []
    assert library.shelf.sessions == ()
