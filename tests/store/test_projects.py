"""What is only in files of projects; what plans and projects share is in test_plans.py."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from pydantic import ValidationError

from bt_assess.core.compared import Kind
from bt_assess.core.project import Project
from bt_assess.core.project_parts import Origin, Wanted
from bt_assess.core.saved_comparison import Ref
from bt_assess.store.files import LARGEST
from bt_assess.store.projects import ProjectsFolder, project_text
from tests.core import plan_edits
from tests.store.kept import TODAY, a_project, largest_project


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(project=plan_edits.projects())
def test_any_project_comes_back(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "project.toml"
    path.write_text(project_text(project), encoding="utf-8", newline="")
    assert ProjectsFolder(tmp_path).read(path).thing == project


@pytest.mark.parametrize("sign", ["x", "é", "山", "😀", '"', "\\", "'", "\u0301"])
def test_the_largest_project_can_be_read(sign: str, tmp_path: Path) -> None:
    folder = ProjectsFolder(tmp_path)
    stored = folder.create(largest_project(sign))
    assert folder.read(stored.path) == stored
    assert stored.path.stat().st_size < LARGEST


def test_the_goal_reads_from_and_to(tmp_path: Path) -> None:
    tables = tomllib.loads(project_text(a_project()))
    wanted = tables["project"]["wanted"]
    assert (wanted["from"], wanted["to"], wanted["unit"]) == (40.0, 10.5, "a week")
    assert "from_" not in wanted


def test_a_new_one_with_where_it_came_from(tmp_path: Path) -> None:
    folder = ProjectsFolder(tmp_path)
    origin = Origin(point="leadership.point.1", evidence=Ref(kind=Kind.SESSION, id="aaaaaaaa"))
    stored = folder.new("Fewer complaints", TODAY, origin=origin, leader="Ann", weeks=8)
    assert folder.read(stored.path) == stored
    assert stored.thing.origin == origin
    assert (stored.thing.leader, stored.thing.weeks, stored.thing.revision) == ("Ann", 8, 0)


def test_what_makes_no_sense_leaves_nothing(tmp_path: Path) -> None:
    folder = ProjectsFolder(tmp_path)
    for wrong in ({"weeks": 0}, {"weeks": 53}, {"team": ("x",) * 3 + ("y",), "weeks": True}):
        with pytest.raises(ValidationError):
            folder.new("P", TODAY, **wrong)
    with pytest.raises(ValidationError):
        Wanted(from_=float("nan"))
    assert list(tmp_path.iterdir()) == []
