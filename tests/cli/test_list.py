"""where and list: what is in use, and what there is."""

import json
import os
from pathlib import Path

import pytest

from bt_assess.store.folder import SessionFolder
from tests.cli.conftest import HOSTILE, Run
from tests.store.helpers import contents, half_done, saved


class TestWhere:
    def test_the_option(self, bt: Run, there: list[str], grid: Path) -> None:
        done = bt(*there, "where")
        assert done.code == 0
        assert done.out.splitlines() == [
            f"sessions  {there[3]}",
            "          given with --sessions",
            f"rubric    {grid}",
            "          small-grid 1.0: A small grid",
        ]

    def test_options_count_after_the_command_too_and_the_last_one_wins(
        self, bt: Run, there: list[str]
    ) -> None:
        assert bt("--sessions", "elsewhere", "where", *there) == bt(*there, "where")

    def test_the_environment(
        self, bt: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setenv("BT_ASSESS_SESSIONS", str(tmp_path / "named"))
        out = bt("where").out
        assert str(tmp_path / "named") in out
        assert "named by BT_ASSESS_SESSIONS; not there yet" in out

    def test_the_folder_one_is_in(self, bt: Run) -> None:
        Path("sessions").mkdir()
        out = bt("where").out
        assert out.startswith(f"sessions  {Path.cwd() / 'sessions'}\n")
        assert "it is in the folder you started from\n" in out

    def test_ones_own(self, bt: Run) -> None:
        assert "your own data folder; not there yet" in bt("where").out

    def test_the_rubric_that_ships(self, bt: Run, checkout: Path) -> None:
        out = bt("where").out
        assert str(checkout / "rubric" / "performance-breakthrough.toml") in out
        assert "performance-breakthrough " in out

    def test_the_folder_is_told_though_the_rubric_is_faulty(self, bt: Run, grid: Path) -> None:
        grid.write_text("format = 1\n")
        done = bt("where", "--rubric", grid, "--sessions", "x")
        assert done.code == 1
        assert done.out.startswith(f"sessions  {Path.cwd() / 'x'}\n")
        assert f"bt-assess: {grid}: id: is missing" in done.complaints


class TestList:
    def test_the_newest_comes_first(self, bt: Run, there: list[str]) -> None:
        done = bt(*there, "list")
        assert done.code == 0
        assert done.err == ""
        assert done.out.splitlines() == [
            "third234     3 Mar 2027  Ada · North  (17 of 18, not finished)",
            "second23     2 Mar 2027  Ada · North  (one theme consolidating, one without enough answers)",
            "first234     2 Mar 2026  Ada · North  (one theme developing, one starting)",
        ]

    def test_json(self, bt: Run, there: list[str]) -> None:
        found = json.loads(bt(*there, "list", "--json").out)
        assert found["damaged"] == []
        assert [s["id"] for s in found["sessions"]] == ["third234", "second23", "first234"]
        assert found["sessions"][0] == {
            "id": "third234",
            "respondent": "Ada",
            "team": "North",
            "started": "2027-03-03T12:00:00+00:00",
            "finished": None,
            "revision": 0,
            "answered": 17,
            "statements": 18,
            "file": "2026-03-02-third234.toml",
            "rubric": {"id": "small-grid", "version": "1.0"},
        }

    def test_damaged_files_are_named_at_the_end_and_are_no_error(
        self, bt: Run, there: list[str], folder: SessionFolder
    ) -> None:
        (folder.path / "0-torn.toml").write_text("format = 1\n[session]\nid = ?\n")
        (folder.path / "1-folder.toml").mkdir()
        before = contents(folder.path)
        done = bt(*there, "list")
        assert done.code == 0
        assert done.out.splitlines()[-4:] == [
            "",
            "Files that cannot be used as they are, and are left alone:",
            "  1-folder.toml: is a folder, not a file",
            "  0-torn.toml: line 3: is not valid TOML",
        ]
        assert contents(folder.path) == before

    def test_damaged_files_in_json(self, bt: Run, there: list[str], folder: SessionFolder) -> None:
        (folder.path / "0-torn.toml").write_text("format = 1\n[session]\nid = ?\n")
        done = bt(*there, "list", "--json")
        assert done.code == 0
        assert json.loads(done.out)["damaged"] == [
            {"file": "0-torn.toml", "why": "line 3: is not valid TOML"}
        ]

    def test_archived(self, bt: Run, there: list[str], folder: SessionFolder) -> None:
        folder.move(folder.path / "2026-03-02-first234.toml", to_archive=True)
        assert "first234" not in bt(*there, "list").out
        assert bt(*there, "list", "--archived").out.startswith("first234 ")
        archived = json.loads(bt(*there, "list", "--archived", "--json").out)["sessions"]
        assert [s["id"] for s in archived] == ["first234"]

    def test_nothing_yet(self, bt: Run, grid: Path, tmp_path: Path) -> None:
        options = ["--rubric", str(grid), "--sessions", str(tmp_path / "none")]
        done = bt("list", *options)
        assert (done.code, done.out) == (0, "")
        assert "no sessions in" in done.err
        assert "no sessions have been put aside" in bt("list", "--archived", *options).err
        assert json.loads(bt("list", "--json", *options).out) == {"sessions": [], "damaged": []}
        assert not (tmp_path / "none").exists()

    def test_a_session_of_another_rubric(
        self, bt: Run, there: list[str], folder: SessionFolder
    ) -> None:
        saved(folder, half_done(id="other234", rubric={"id": "other-grid", "version": "2"}))
        assert "Ada · North  (answers another rubric, other-grid)" in bt(*there, "list").out
        found = json.loads(bt(*there, "list", "--json").out)["sessions"]
        (other,) = (s for s in found if s["id"] == "other234")
        assert other["rubric"] == {"id": "other-grid", "version": "2"}
        assert other["statements"] is None

    def test_no_name_given(self, bt: Run, there: list[str], folder: SessionFolder) -> None:
        saved(folder, half_done(id="noname23", respondent="", team=""))
        assert "noname23     2 Mar 2026  No name given  (" in bt(*there, "list").out

    def test_the_folder_is_a_file(self, bt: Run, grid: Path) -> None:
        done = bt("list", "--sessions", grid, "--rubric", grid)
        assert done.code == 1
        assert done.complaints == [f"bt-assess: {grid}: is a file, not a folder of sessions"]

    @pytest.mark.skipif(os.name == "nt", reason="Windows allows no such file names")
    def test_nothing_acts_on_the_terminal(
        self, bt: Run, there: list[str], folder: SessionFolder
    ) -> None:
        saved(folder, half_done(id="hostile2", respondent=HOSTILE, team="\x1b[2J"))
        (folder.path / "\x1b]0;x\x07\n.toml").write_text('"\x1b[2J" = 1')
        (folder.path / "2026-\x1b[2J.toml").write_text('format = 1\n"\\u001b[2J" = 1\n')
        for words in (["list"], ["list", "--json"]):
            done = bt(*there, *words)
            assert done.code == 0
            assert not {"\x1b", "\x07", "\r", "\x9b", "\u202e"} & set(done.out + done.err)
            assert "hostile2" in done.out
