"""A plan or project whose file was changed elsewhere: written over by decision, a copy kept."""

import os
import tomllib
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bt_assess.core.plan import Plan, new_plan
from bt_assess.core.plan_gap import gap, stage_views
from bt_assess.core.project import Project, new_project
from bt_assess.store.folder import InUseError
from bt_assess.store.kept import KeptFolder
from bt_assess.store.plans import PlansFolder
from bt_assess.store.projects import ProjectsFolder
from tests.core import plan_edits
from tests.store import faults
from tests.store.helpers import contents, other_process
from tests.store.kept import TODAY, Case, case_of
from tests.store.test_plans import renamed


@pytest.fixture(params=["plan", "project"])
def case(request: pytest.FixtureRequest, tmp_path: Path) -> Case:
    return case_of(tmp_path, request.param)


def copies(folder: KeptFolder[Any]) -> list[bytes]:
    return [path.read_bytes() for path in sorted((folder.path / "archive").glob("*.txt"))]


@pytest.mark.parametrize("theirs", [b"format = 1", b"", b"\xff\xfe"])
def test_what_was_there_is_kept_as_a_copy(case: Case, theirs: bytes) -> None:
    stored = case.folder.create(case.thing)
    stored.path.write_bytes(theirs)
    mine = renamed(case.thing)
    after, copy = case.folder.overrule(stored, mine)
    assert case.folder.read(stored.path) == after
    assert after.thing == mine
    assert copies(case.folder) == [theirs]
    assert copy is not None
    assert copy.stat().st_mode & 0o777 == 0o600
    # It is no plan and no project any more.
    assert case.folder.all(archived=True) == ([], [])


def test_a_second_copy_is_not_written_over_the_first(case: Case) -> None:
    stored = case.folder.create(case.thing)
    for theirs in (b"first", b"second"):
        stored.path.write_bytes(theirs)
        case.folder.overrule(stored, case.thing)
    assert copies(case.folder) == [b"first", b"second"]


def test_of_a_file_that_is_gone_there_is_no_copy(case: Case) -> None:
    stored = case.folder.create(case.thing)
    stored.path.unlink()
    assert case.folder.overrule(stored, case.thing) == (stored, None)
    assert case.folder.read(stored.path) == stored


def test_what_cannot_be_kept_is_not_written_over(case: Case, tmp_path: Path) -> None:
    stored = case.folder.create(case.thing)
    other = tmp_path / "elsewhere.toml"
    stored.path.rename(other)
    stored.path.symlink_to(other)
    before = other.read_bytes()
    with pytest.raises(OSError, match="cannot be kept: it is a link"):
        case.folder.overrule(stored, renamed(case.thing))
    assert stored.path.is_symlink()
    assert other.read_bytes() == before


def test_not_while_another_window_has_it(case: Case) -> None:
    stored = case.folder.create(case.thing)
    before = contents(case.folder.path)
    with other_process(stored.path) as (_, state):
        assert state == "held"
        with pytest.raises(InUseError):
            case.folder.overrule(stored, renamed(case.thing))
    assert contents(case.folder.path) == before


def test_wherever_the_disk_fills_up_theirs_or_mine_is_there(case: Case) -> None:
    stored = case.folder.create(case.thing)
    mine = renamed(case.thing)
    outcomes = set()
    for step in range(20):
        stored.path.write_bytes(b"theirs")
        try:
            with faults.at_step(step, faults.disk_full) as steps:
                case.folder.overrule(stored, mine)
        except OSError:
            pass
        now = stored.path.read_bytes()
        outcomes.add(now == b"theirs")
        if now == b"theirs":
            continue
        assert case.folder.read(stored.path).thing == mine
        assert b"theirs" in copies(case.folder)
        if len(steps) <= step:
            break
    assert outcomes == {True, False}
    assert len(steps) <= step


def test_a_file_is_known_by_what_it_holds(case: Case, tmp_path: Path) -> None:
    other = case_of(tmp_path, "project" if case.word == "plan" else "plan").folder
    stored = case.folder.create(case.thing)
    assert case.folder.has(stored.path)
    assert not other.has(stored.path)
    text = stored.path.read_text(encoding="utf-8")
    stored.path.write_text(text[: text.rindex("[seal]")], encoding="utf-8")
    assert case.folder.has(stored.path)
    assert not case.folder.has(case.folder.path)
    assert not case.folder.has(tmp_path / os.fsdecode(b"\xff"))


class TestEditsOnDisk:
    """Edits in any order, each saved and read again before the next one."""

    @settings(max_examples=30)
    @given(edits=st.lists(plan_edits.plan_edits(), min_size=1, max_size=6))
    def test_a_plan(self, edits: list[plan_edits.PlanEdit]) -> None:
        with TemporaryDirectory() as place:
            folder = PlansFolder(Path(place))
            stored = folder.create(new_plan("planplan", "Our plan", TODAY))
            memory: Plan = stored.thing
            for edit in edits:
                memory = edit(memory)
                folder.save(stored, edit(stored.thing))
                stored = folder.read(stored.path)
                assert stored.thing == memory
                assert gap(stored.thing) == gap(memory)
                assert stage_views(stored.thing, TODAY) == stage_views(memory, TODAY)

    @settings(max_examples=30)
    @given(edits=st.lists(plan_edits.project_edits(), min_size=1, max_size=6))
    def test_a_project(self, edits: list[plan_edits.ProjectEdit]) -> None:
        with TemporaryDirectory() as place:
            folder = ProjectsFolder(Path(place))
            stored = folder.create(new_project("projproj", "Our project", TODAY))
            memory: Project = stored.thing
            for edit in edits:
                memory = edit(memory)
                folder.save(stored, edit(stored.thing))
                stored = folder.read(stored.path)
                assert stored.thing == memory
                assert stored.thing.phase(TODAY) == memory.phase(TODAY)


def test_what_is_shown_of_a_file_is_all_but_comment_and_seal(case: Case) -> None:
    words = case.folder.words_of(case.thing)
    assert not words.startswith("#")
    tables = tomllib.loads(words)
    assert sorted(tables) == ["format", case.word]
    assert tables[case.word]["title"] == case.thing.title
