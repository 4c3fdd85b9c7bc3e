"""export: many sessions in one file."""

import csv
import io
import json
from pathlib import Path

import pytest

from bt_assess.store.folder import SessionFolder
from tests.cli.conftest import Run
from tests.store.helpers import NOTES, contents, half_done, saved

HEAD = "session,respondent,team,started,finished,statement,text,answer,note"


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


class TestCsv:
    def test_a_row_a_statement_a_session_oldest_first(self, bt: Run, there: list[str]) -> None:
        done = bt(*there, "export")
        assert (done.code, done.err) == (0, "")
        assert done.out.startswith(f"{HEAD}\r\n")
        found = rows(done.out)
        assert [row["session"] for row in found[::18]] == ["first234", "second23", "third234"]
        assert len(found) == 3 * 18
        assert found[0] == {
            "session": "first234",
            "respondent": "Ada",
            "team": "North",
            "started": "2026-03-02T12:00:00+00:00",
            "finished": "2026-03-02T12:15:00+00:00",
            "statement": "leadership.starting.1",
            "text": "We do leadership.starting.1.",
            "answer": "partly",
            "note": "",
        }
        assert found[1]["note"] == NOTES["leadership.starting.2"]
        assert found[-1]["finished"] == ""

    def test_what_looks_like_a_formula_is_text(
        self, bt: Run, there: list[str], folder: SessionFolder
    ) -> None:
        saved(folder, half_done(id="formula2", respondent="=cmd|'/c calc'!A1", team="＝1"))
        found = rows(bt(*there, "export", "formula").out)
        assert {row["respondent"] for row in found} == {"'=cmd|'/c calc'!A1"}
        assert {row["team"] for row in found} == {"'＝1"}
        (note,) = (r["note"] for r in found if r["statement"] == "learning.consolidating.1")
        assert note == f"'{NOTES['learning.consolidating.1']}"

    def test_those_that_are_named_in_their_order(self, bt: Run, there: list[str]) -> None:
        found = rows(bt(*there, "export", "third", "first", "first234", "--csv").out)
        assert [row["session"] for row in found[::18]] == ["third234", "first234"]

    def test_no_sessions(self, bt: Run, grid: Path) -> None:
        done = bt("export", "--rubric", grid, "--sessions", "none")
        assert (done.code, done.out) == (0, f"{HEAD}\r\n")


class TestJson:
    def test_what_show_prints_with_answers_and_notes(self, bt: Run, there: list[str]) -> None:
        found = json.loads(bt(*there, "export", "first", "--json").out)
        assert found["format"] == 1
        (session,) = found["sessions"]
        shown = json.loads(bt(*there, "show", "first", "--json").out)
        shown["session"]["file"] = None
        answers, notes = session.pop("answers"), session.pop("notes")
        assert session == shown
        assert len(answers) == 17
        assert answers["leadership.starting.1"] == "partly"
        assert notes == NOTES

    def test_csv_and_json_at_once_is_too_much(self, bt: Run, there: list[str]) -> None:
        assert bt(*there, "export", "--csv", "--json").code == 2


class TestLeftOut:
    @pytest.mark.parametrize("kind", ["--csv", "--json"])
    def test_damaged_files_are_named(
        self, bt: Run, there: list[str], folder: SessionFolder, kind: str
    ) -> None:
        (folder.path / "torn.toml").write_text("format = ?\n")
        saved(folder, half_done(id="other234", rubric={"id": "other-grid", "version": "2"}))
        before = contents(folder.path)
        done = bt(*there, "export", kind)
        assert done.code == 0
        assert done.complaints == [
            "left out: torn.toml: line 1: is not valid TOML",
            "left out: 2026-03-02-other234.toml: it answers the rubric 'other-grid', not 'small-grid'",
        ]
        assert "third234" in done.out
        assert "other234" not in done.out
        assert contents(folder.path) == before

    def test_one_that_was_asked_for_is_an_error(self, bt: Run, there: list[str]) -> None:
        done = bt(*there, "export", "first", "nobody", "-o", "out.csv")
        assert (done.code, done.out) == (1, "")
        assert len(done.complaints) == 1
        assert not Path("out.csv").exists()

    def test_the_folder_is_a_file(self, bt: Run, grid: Path) -> None:
        done = bt("export", "--rubric", grid, "--sessions", grid)
        assert done.complaints == [f"bt-assess: {grid}: is a file, not a folder of sessions"]
        assert done.code == 1


class TestOutput:
    def test_into_a_file(self, bt: Run, there: list[str]) -> None:
        done = bt(*there, "export", "-o", "all.csv")
        assert (done.code, done.out, done.err) == (0, "", "written to all.csv\n")
        assert Path("all.csv").read_bytes().decode() == bt(*there, "export").out

    def test_never_over_another_by_itself(self, bt: Run, there: list[str]) -> None:
        bt(*there, "export", "-o", "all.csv")
        before = Path("all.csv").read_bytes()
        assert bt(*there, "export", "first", "-o", "all.csv").code == 1
        assert Path("all.csv").read_bytes() == before
        assert bt(*there, "export", "first", "-o", "all.csv", "--force").code == 0
        assert len(rows(Path("all.csv").read_bytes().decode())) == 18
