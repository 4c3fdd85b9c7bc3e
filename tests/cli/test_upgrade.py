"""upgrade and rubric diff: two versions of a rubric, and a session carried over."""

import json
import tomllib
from pathlib import Path

import pytest
import tomli_w

from bt_assess.store.folder import SessionFolder
from tests.cli.conftest import Run
from tests.core import builders
from tests.store.helpers import contents


@pytest.fixture
def newer(tmp_path: Path) -> Path:
    """The small rubric, version 1.1: a statement gone, one added, one reworded."""
    themes = [
        builders.theme_data("111 111 111", points=("a", "a")),
        builders.theme_data("111 111 1111", theme_id="learning"),
    ]
    del themes[0]["statements"][1]
    themes[0]["statements"][0]["text"] = "We do it \x41nother way."
    data = {**builders.rubric_data(*themes), "version": "1.1"}
    path = tmp_path / "newer.toml"
    path.write_text(tomli_w.dumps(data), encoding="utf-8")
    return path


class TestUpgrade:
    def test_nothing_is_lost(
        self, bt: Run, there: list[str], newer: Path, folder: SessionFolder
    ) -> None:
        old = (folder.path / "2026-03-02-first234.toml").read_bytes()
        done = bt(*there, "upgrade", "first", "--to", newer, "--yes")
        assert done.code == 0
        assert "From version 1.0 to 1.1: 16 answers carried over." in done.out
        assert "  leadership.starting.2: Not true of us, with a note" in done.out
        assert "Not answered in the newer version: 2 statements." in done.out
        copy = folder.path / "archive" / "2026-03-02-first234-version-1.0.toml"
        assert copy.read_bytes() == old
        assert str(copy) in done.err
        shown = json.loads(
            bt("--rubric", newer, "--sessions", folder.path, "show", "first", "--json").out
        )
        assert shown["rubric"]["version"] == "1.1"
        assert shown["session"]["answered"] == 16

    def test_a_result_counts_what_was_asked_then(
        self, bt: Run, there: list[str], newer: Path
    ) -> None:
        data = tomllib.loads(newer.read_text(encoding="utf-8"))
        data["themes"][1]["statements"][-1]["since"] = "1.1"
        newer.write_text(tomli_w.dumps(data), encoding="utf-8")
        place = ["--rubric", str(newer), *there[2:], "show", "first"]
        assert "16 of 17 answered" in bt(*place).out
        shown = json.loads(bt(*place, "--json").out)["session"]
        assert (shown["answered"], shown["statements"]) == (16, 17)

    def test_without_somebody_to_ask_nothing_happens(
        self, bt: Run, there: list[str], newer: Path, folder: SessionFolder
    ) -> None:
        before = contents(folder.path)
        done = bt(*there, "upgrade", "first", "--to", newer)
        assert (done.code, len(done.complaints)) == (1, 1)
        assert "--yes" in done.err
        assert contents(folder.path) == before

    @pytest.mark.parametrize(("said", "code"), [("y\n", 0), ("n\n", 1), ("", 1)])
    def test_somebody_is_asked(
        self, bt: Run, there: list[str], newer: Path, folder: SessionFolder,
        monkeypatch: pytest.MonkeyPatch, said: str, code: int,
    ) -> None:  # fmt: skip
        import io

        answers = io.StringIO(said)
        monkeypatch.setattr(answers, "isatty", lambda: True)
        monkeypatch.setattr("sys.stdin", answers)
        before = contents(folder.path)
        assert bt(*there, "upgrade", "first", "--to", newer).code == code
        assert (contents(folder.path) == before) is bool(code)

    def test_what_is_not_newer_is_refused(
        self, bt: Run, there: list[str], folder: SessionFolder
    ) -> None:
        before = contents(folder.path)
        done = bt(*there, "upgrade", "first", "--yes")
        assert (done.code, done.out, len(done.complaints)) == (1, "", 1)
        assert "1.0 is not newer" in done.err
        assert contents(folder.path) == before

    def test_the_rubric_in_use_is_taken_where_none_is_named(
        self, bt: Run, newer: Path, folder: SessionFolder
    ) -> None:
        done = bt("--rubric", newer, "--sessions", folder.path, "upgrade", "first", "--yes")
        assert done.code == 0
        assert "answers version 1.1 now" in done.err

    def test_a_faulty_rubric_changes_nothing(
        self, bt: Run, there: list[str], tmp_path: Path, folder: SessionFolder
    ) -> None:
        before = contents(folder.path)
        faulty = tmp_path / "faulty.toml"
        faulty.write_text("format = 1\nid = 'x'", encoding="utf-8")
        assert bt(*there, "upgrade", "first", "--to", faulty, "--yes").code == 1
        assert contents(folder.path) == before

    def test_a_copy_can_be_compared_with_what_came_of_it(
        self, bt: Run, there: list[str], newer: Path, folder: SessionFolder
    ) -> None:
        bt(*there, "upgrade", "first", "--to", newer, "--yes")
        done = bt("--rubric", newer, "--sessions", folder.path, "compare",
                  "2026-03-02-first234-version-1.0.toml", "first")  # fmt: skip
        assert done.code == 0
        assert "These are one session with the same answers, on two versions" in done.out
        assert "clear change" not in done.out
        files = json.loads(
            bt("--rubric", newer, "--sessions", folder.path, "compare",
               "2026-03-02-first234-version-1.0.toml", "first", "--json").out
        )  # fmt: skip
        assert [files[side]["file"] for side in ("before", "after")] != [files["after"]["file"]] * 2


class TestDiff:
    def test_text(self, bt: Run, grid: Path, newer: Path) -> None:
        done = bt("rubric", "diff", grid, newer)
        assert (done.code, done.err) == (0, "")
        assert done.out.startswith("small-grid 1.0 -> small-grid 1.1: A small grid\n")
        assert "Statements added: 1\n  - learning.consolidating.4" in done.out
        assert 'Give each that was added: since = "1.1".' in done.out
        assert "Statements gone: 1\n  - leadership.starting.2" in done.out
        assert "    was  We do leadership.starting.1." in done.out
        assert "    is   We do it Another way." in done.out
        assert "  - leadership.developing.1: not any more" in done.out

    def test_json(self, bt: Run, grid: Path, newer: Path) -> None:
        found = json.loads(bt("rubric", "diff", grid, newer, "--json").out)
        assert (found["before"]["version"], found["after"]["version"]) == ("1.0", "1.1")
        assert found["same"] is False
        statements = found["statements"]
        assert [s["id"] for s in statements["added"]] == ["learning.consolidating.4"]
        assert [s["id"] for s in statements["gone"]] == ["leadership.starting.2"]
        assert [p["after"]["id"] for p in statements["reworded"]] == ["leadership.starting.1"]
        assert [p["after"]["id"] for p in statements["lasting"]] == ["leadership.developing.1"]

    def test_against_the_one_in_use(
        self, bt: Run, there: list[str], grid: Path, newer: Path
    ) -> None:
        assert "Statements added: 1" in bt(*there, "rubric", "diff", newer).out
        same = bt(*there, "rubric", "diff", grid)
        assert "Nothing is different" in same.out
        assert json.loads(bt(*there, "rubric", "diff", grid, "--json").out)["same"] is True

    def test_two_rubrics(self, bt: Run, grid: Path) -> None:
        assert "two rubrics, not two versions" in bt("rubric", "diff", grid).out

    def test_a_faulty_one(self, bt: Run, grid: Path, tmp_path: Path) -> None:
        done = bt("rubric", "diff", grid, tmp_path / "nosuch.toml")
        assert (done.code, done.out, len(done.complaints)) == (1, "", 1)
