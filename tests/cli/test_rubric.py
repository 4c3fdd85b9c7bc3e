"""rubric check, rubric show: a grid of one's own, and the grid to read."""

import json
from pathlib import Path

import pytest

from bt_assess.core.rubric import Rubric
from bt_assess.store.rubric_file import load_rubric
from tests.cli.conftest import Run


@pytest.fixture
def rubric(grid: Path) -> Rubric:
    return load_rubric(grid)


class TestCheck:
    def test_no_faults(self, bt: Run, grid: Path) -> None:
        done = bt("rubric", "check", grid)
        assert (done.code, done.err) == (0, "")
        assert done.out == (
            f"{grid}: no faults, well done."
            " small-grid 1.0: 2 themes, 2 strands, 18 statements, 3 breakthrough points.\n"
        )

    def test_the_one_that_ships(self, bt: Run, checkout: Path) -> None:
        done = bt("rubric", "check", checkout / "rubric" / "performance-breakthrough.toml")
        assert done.code == 0
        assert "6 themes" in done.out

    def test_every_fault_in_one_run_each_with_its_line(self, bt: Run, grid: Path) -> None:
        text = grid.read_text()
        lines = text.splitlines()
        first = lines.index("[[themes.statements]]") + 1
        text = text.replace('text = "We do leadership.starting.1."', "text = 7", 1)
        text = text.replace('strand = "a"\ntext = "We do learning.consolidating.3."',
                            'strand = "b"\ntext = "We do learning.consolidating.3."', 1)  # fmt: skip
        text = text.replace('version = "1.0"', 'version = "one"', 1)
        grid.write_text(text)
        done = bt("rubric", "check", grid)
        assert (done.code, done.out) == (1, "")
        assert done.complaints[-1] == f"bt-assess: {grid}: 3 faults"
        faults = done.complaints[:-1]
        assert len(faults) == 3
        assert all(line.startswith(f"{grid}: ") for line in faults)
        assert (
            f"{grid}: version: is not in the form it has to have:"
            " one to three whole numbers with dots between them, as in 1.0"
        ) in faults
        assert (
            f"{grid}: line {first}: theme leadership, statement leadership.starting.1, text:"
            " should be text in quotes"
        ) in faults
        assert any("the strand 'b' is not one of its theme's" in line for line in faults)

    @pytest.mark.parametrize(
        ("content", "why"),
        [
            (b"", "is missing"),
            (b"a = ", "is not valid TOML"),
            (b"\xff\xfe", "line 1: is not UTF-8 text"),
            (b"themes = 1", "should be a list"),
            (b"a" + b".a" * 50_000 + b" = 1", "line 1: a key has more than 12 parts"),
            (b"a = " + b"[" * 50_000, "is nested too deeply"),
            (b"#" * 2_000_001, "is too large: more than 2 MB"),
        ],
        ids=lambda value: str(value)[:20],
    )
    def test_anything(self, bt: Run, grid: Path, content: bytes, why: str) -> None:
        grid.write_bytes(content)
        done = bt("rubric", "check", grid)
        assert (done.code, done.out) == (1, "")
        assert why in done.err
        assert "Traceback" not in done.err
        assert done.complaints[-1].startswith(f"bt-assess: {grid}: ")

    @pytest.mark.parametrize("name", ["nowhere.toml", "~nobody-here/x.toml", "x" * 5000, "a\0b"])
    def test_no_file(self, bt: Run, name: str) -> None:
        done = bt("rubric", "check", name)
        assert done.code == 1
        assert len(done.complaints) == 1

    def test_faults_do_not_act_on_the_terminal(self, bt: Run, grid: Path) -> None:
        grid.write_text('"\\u001b]0;x\\u0007" = 1\n' + grid.read_text())
        done = bt("rubric", "check", grid)
        assert done.code == 1
        assert "\x1b" not in done.err
        assert "unknown key" in done.err


class TestShow:
    def test_everything_is_there(self, bt: Run, grid: Path, rubric: Rubric) -> None:
        done = bt("rubric", "show", "--rubric", grid)
        assert (done.code, done.err) == (0, "")
        assert done.out.startswith("A small grid (small-grid 1.0)\n")
        for theme in rubric.themes:
            texts = [s.text for s in theme.statements] + [p.text for p in theme.points]
            assert all(text in done.out for text in texts)
            assert f"{theme.name}  '{theme.complaint}'" in done.out
            assert f"BREAKTHROUGH POINTS: {theme.call}" in done.out

    def test_json(self, bt: Run, grid: Path, rubric: Rubric) -> None:
        found = json.loads(bt("rubric", "show", "--json", "--rubric", grid).out)
        assert list(found) == ["id", "version", "statements", "points"]
        assert (found["id"], found["version"]) == ("small-grid", "1.0")
        assert [s["id"] for s in found["statements"]] == list(rubric.statements)
        assert found["statements"][0] == {
            "id": "leadership.starting.1",
            "strand": "a",
            "lasting": False,
            "text": "We do leadership.starting.1.",
            "help": "Listen for it.",
        }
        assert found["statements"][1]["help"] is None
        assert found["statements"][3]["lasting"] is True
        assert found["points"][0] == {"id": "leadership.point.1", "strands": ["a"], "text": "Do 1."}
        assert len(found["points"]) == 3

    def test_the_option_before_between_and_after(self, bt: Run, grid: Path) -> None:
        said = bt("rubric", "show", "--rubric", grid)
        assert bt("--rubric", grid, "rubric", "show") == said
        assert bt("rubric", "--rubric", grid, "show") == said

    def test_the_one_that_ships(self, bt: Run) -> None:
        found = json.loads(bt("rubric", "show", "--json").out)
        assert len(found["statements"]) == 117
        out = bt("rubric", "show").out
        assert max(map(len, out.splitlines())) <= 80
