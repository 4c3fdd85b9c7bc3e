"""The process that looks ahead is believed when nothing changed, and in nothing else."""

from pathlib import Path

import pytest

from bt_assess.store import catalogue_file, scout
from bt_assess.store.catalogue import Progress
from bt_assess.store.catalogue_file import NAME
from bt_assess.store.folder import ARCHIVE, SessionFolder
from tests.store.catalogues import agrees, many, opened
from tests.store.helpers import RUBRIC, half_done, saved

OTHER = RUBRIC.model_copy(update={"themes": RUBRIC.themes[::-1]})


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SessionFolder:
    """Twelve sessions that a catalogue knows, as large as a folder has to be."""
    monkeypatch.setattr("bt_assess.store.differences._SETTLED", -1)
    monkeypatch.setattr(scout, "LARGE", 1)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    folder = SessionFolder(tmp_path / "sessions")
    many(folder, 12)
    with opened(folder) as catalogue:
        list(catalogue.refresh())
    return folder


def refuse(*_: object) -> None:
    raise AssertionError("looked a second time")


def test_nothing_is_looked_at_twice(folder: SessionFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    scout.send(folder.path)
    monkeypatch.setattr("bt_assess.store.catalogue.differences", refuse)
    with opened(folder) as catalogue:
        assert list(catalogue.refresh()) == []
        assert agrees(catalogue, folder)


def test_its_word_counts_once(folder: SessionFolder) -> None:
    scout.send(folder.path)
    with opened(folder) as catalogue:
        list(catalogue.refresh())
        saved(folder, half_done(id="newnewnew"))
        assert list(catalogue.refresh())[-1] == Progress(1, 1)
        assert agrees(catalogue, folder)


@pytest.mark.parametrize("change", ["new", "gone", "rewritten", "damaged", "archived"])
def test_whatever_changed_is_noticed(folder: SessionFolder, change: str) -> None:
    first = folder.files()[0]
    match change:
        case "new":
            saved(folder, half_done(id="newnewnew"))
        case "gone":
            first.unlink()
        case "rewritten":
            first.write_bytes(first.read_bytes())
        case "damaged":
            first.write_bytes(first.read_bytes()[:-1])
        case "archived":
            (folder.path / ARCHIVE).mkdir()
            first.rename(folder.path / ARCHIVE / first.name)
    scout.send(folder.path)
    assert scout.report(folder.path) is None
    scout.send(folder.path)
    with opened(folder) as catalogue:
        list(catalogue.refresh())
        assert agrees(catalogue, folder)


def test_another_catalogue_than_it_saw(folder: SessionFolder) -> None:
    scout.send(folder.path)
    # It may have looked before or after this: neither may be taken for the other.
    catalogue_file.remove(folder.path / NAME)
    with opened(folder) as catalogue:
        list(catalogue.refresh())
        assert agrees(catalogue, folder)


def test_what_another_rule_scored_is_read_again(folder: SessionFolder) -> None:
    scout.send(folder.path)
    with opened(folder, OTHER) as catalogue:
        assert list(catalogue.refresh())[-1] == Progress(12, 12)


@pytest.mark.parametrize("damage", [b"", b"SQLite format 3\0", b"x" * 9999])
def test_a_damaged_catalogue_is_left_to_the_other(folder: SessionFolder, damage: bytes) -> None:
    (folder.path / NAME).write_bytes(damage)
    scout.send(folder.path)
    assert scout.report(folder.path) is None
    scout.send(folder.path)
    with opened(folder) as catalogue:
        list(catalogue.refresh())
        assert agrees(catalogue, folder)


def test_an_older_catalogue_is_left_to_the_other(
    folder: SessionFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalogue_file, "VERSION", catalogue_file.VERSION - 1)
    catalogue_file.remove(folder.path / NAME)
    with opened(folder) as catalogue:
        list(catalogue.refresh())
    scout.send(folder.path)
    assert scout.report(folder.path) is None


def test_nobody_is_sent_for_little_or_where_no_core_is_free(
    folder: SessionFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("subprocess.Popen", refuse)
    scout.send(tmp_path / "nowhere")
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    scout.send(folder.path)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    monkeypatch.setattr(scout, "LARGE", 10**9)
    scout.send(folder.path)


def test_who_leaves_ends_it(folder: SessionFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that is left to itself fails the test: its pipe is never closed."""
    scout.send(folder.path)
    with opened(folder):
        pass
    assert scout.report(folder.path) is None
