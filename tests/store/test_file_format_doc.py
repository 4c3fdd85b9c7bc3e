"""docs/file-format.md says what the program does: its examples are read, its code is run."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from bt_assess.core.plan import Destination, Plan, Reality
from bt_assess.core.project import Project
from bt_assess.core.project_parts import MidPoint, Refocus, Report
from bt_assess.store.comparisons import comparison_text, read_comparison
from bt_assess.store.folder import SessionFolder
from bt_assess.store.plans import PlansFolder, plan_text
from bt_assess.store.projects import ProjectsFolder, project_text
from bt_assess.store.rubric_file import load_rubric
from bt_assess.store.session_file import read_for, session_text
from tests.core.builders import answers
from tests.store.helpers import HANG, RUBRIC, finished, half_done, saved


@pytest.fixture
def blocks(checkout: Path) -> list[str]:
    """The examples: a session, scores, the check of a seal, a rubric, a comparison, a plan, a project."""
    text = (checkout / "docs" / "file-format.md").read_text(encoding="utf-8")
    found = re.findall(r"^```\w+\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    assert len(found) == 7
    return found


def test_the_example_is_a_session_as_it_was_saved(tmp_path: Path, blocks: list[str]) -> None:
    path = tmp_path / "2026-03-02-k3f9p7ab.toml"
    path.write_text(blocks[0], encoding="utf-8")
    rubric = load_rubric()
    session = read_for(rubric, path).session
    assert tomllib.loads(session_text(session, rubric)) == tomllib.loads(blocks[0])


def test_the_scores_have_the_keys_that_are_written(blocks: list[str]) -> None:
    described = tomllib.loads(blocks[1])["scores"]
    written = tomllib.loads(session_text(finished(), RUBRIC))["scores"]
    assert described.keys() <= written.keys()
    assert list(described["leadership"]) == list(written["leadership"])
    assert described["scoring_version"] == written["scoring_version"]


class TestSeal:
    """The few lines that check a seal without us."""

    def verdict(self, path: Path, code: str) -> str:
        done = subprocess.run(
            [sys.executable, "-I", "-c", code, str(path)],
            capture_output=True, text=True, timeout=HANG, cwd=path.parent,
        )  # fmt: skip
        assert done.stderr == ""
        return done.stdout.strip()

    def test_what_was_saved(self, tmp_path: Path, blocks: list[str]) -> None:
        folder = SessionFolder(tmp_path)
        wild = half_done(
            respondent="Zoë 😀 \"x\" \\ /", team="\x7f\u2028", notes={"learning.starting.1": "a\nb\tc"}
        )  # fmt: skip
        for session in (half_done(), finished(), wild, half_done(answers=answers("3 3 3"))):
            path = saved(folder, session).path
            assert self.verdict(path, blocks[2]) == "as it was saved"

    def test_what_was_changed(self, tmp_path: Path, blocks: list[str]) -> None:
        path = saved(SessionFolder(tmp_path), half_done()).path
        text = path.read_text()
        for changed in (text.replace('"Ada"', '"Eve"'), text.split("[seal]")[0]):
            path.write_text(changed)
            assert self.verdict(path, blocks[2]) == "changed or damaged"


def test_the_rubric_is_one(tmp_path: Path, blocks: list[str]) -> None:
    path = tmp_path / "grid.toml"
    path.write_text(blocks[3], encoding="utf-8")
    assert load_rubric(path).id == "my-grid"


def test_the_comparison_is_one_as_it_was_saved(tmp_path: Path, blocks: list[str]) -> None:
    path = tmp_path / "2026-11-21-m4t8w2xa.toml"
    path.write_text(blocks[4], encoding="utf-8")
    comparison = read_comparison(path).comparison
    assert comparison.name == "Our year"
    assert tomllib.loads(comparison_text(comparison)) == tomllib.loads(blocks[4])


def test_the_plan_is_one_as_it_was_saved(tmp_path: Path, blocks: list[str]) -> None:
    path = tmp_path / "2026-03-02-p5x8k2ma.toml"
    path.write_text(blocks[5], encoding="utf-8")
    plan = PlansFolder(tmp_path).read(path).thing
    assert tomllib.loads(plan_text(plan)) == tomllib.loads(blocks[5])


def test_the_project_is_one_as_it_was_saved(tmp_path: Path, blocks: list[str]) -> None:
    path = tmp_path / "2026-03-02-j4m6r8ta.toml"
    path.write_text(blocks[6], encoding="utf-8")
    project = ProjectsFolder(tmp_path).read(path).thing
    assert tomllib.loads(project_text(project)) == tomllib.loads(blocks[6])


def test_every_key_of_plans_and_projects_is_described(blocks: list[str], checkout: Path) -> None:
    text = (checkout / "docs" / "file-format.md").read_text(encoding="utf-8")
    described = text[text.index("# A plan\n") :]
    for model in (Plan, Destination, Reality, Project, Report, MidPoint, Refocus):
        for name, field in model.model_fields.items():
            assert f"`{field.alias or name}`" in described or f"`{name}" in described, name
