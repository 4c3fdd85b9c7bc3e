"""The session somebody is working on: what is kept, undone, and left alone."""

from pathlib import Path

import pytest

from bt_assess.core.rubric import Rubric
from bt_assess.core.session import Answer, Session
from bt_assess.store.folder import SessionFolder
from bt_assess.store.session_file import read_session
from bt_assess.tui.open_session import OpenSession
from tests.core.builders import NOON, rubric, theme_data


class Writer:
    """Saves at once, for real."""

    def __init__(self, folder: SessionFolder, grid: Rubric) -> None:
        self.folder, self.grid = folder, grid

    def submit(self, path: Path, session: Session) -> None:
        self.folder.save(path, session, self.grid)


@pytest.fixture
def grid() -> Rubric:
    return rubric(theme_data("333 333 333", strands="aba bab aab"))


@pytest.fixture
def folder(tmp_path: Path) -> SessionFolder:
    return SessionFolder(tmp_path)


@pytest.fixture
def work(grid: Rubric, folder: SessionFolder) -> OpenSession:
    stored = folder.new(grid, NOON, "Me")
    return OpenSession(stored, grid, folder, Writer(folder, grid))


def test_each_answer_is_on_disk_with_the_place_to_go_on_at(work: OpenSession) -> None:
    first, second, *_ = work.asked
    work.answer(first.id, Answer.FULLY, second.id)
    kept = read_session(work.path).session
    assert kept.answers == {first.id: Answer.FULLY}
    assert kept.at == second.id


def test_undo_takes_back_one_answer_at_a_time(work: OpenSession) -> None:
    first, second, *_ = work.asked
    work.answer(first.id, Answer.FULLY, second.id)
    work.answer(first.id, Answer.NOT, second.id)
    work.answer(second.id, Answer.PARTLY, None)
    assert work.undo() == second.id
    assert work.undo() == first.id
    assert work.session.answers == {first.id: Answer.FULLY}
    assert work.undo() == first.id
    assert work.session.answers == {}
    assert work.undo() is None


def test_looking_around_in_a_new_one_writes_nothing(work: OpenSession) -> None:
    work.move(work.asked[3].id)
    assert not work.path.exists()


def test_a_finished_one_is_read_only_and_cannot_be_undone(work: OpenSession) -> None:
    first, second, *_ = work.asked
    work.answer(first.id, Answer.FULLY, second.id)
    work.finish(NOON)
    assert work.read_only is not None
    assert work.undo() is None
    assert read_session(work.path).session.finished == NOON


def test_a_second_one_may_read_but_not_answer(
    work: OpenSession, grid: Rubric, folder: SessionFolder
) -> None:
    first, second, *_ = work.asked
    work.answer(first.id, Answer.FULLY, second.id)
    other = OpenSession(work.stored, grid, folder, Writer(folder, grid))
    assert other.read_only is not None
    work.close()
    again = OpenSession(other.stored, grid, folder, Writer(folder, grid))
    assert again.read_only is None


def test_what_another_window_answered_meanwhile_is_there(
    work: OpenSession, grid: Rubric, folder: SessionFolder
) -> None:
    first, second, *_ = work.asked
    work.answer(first.id, Answer.FULLY, second.id)
    seen_before = work.stored
    work.answer(second.id, Answer.NOT, None)
    work.close()
    again = OpenSession(seen_before, grid, folder, Writer(folder, grid))
    assert again.session.answers == {first.id: Answer.FULLY, second.id: Answer.NOT}
