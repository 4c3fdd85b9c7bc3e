"""form and import: an answer sheet out, a session in."""

import csv
import io
import os
import stat
from pathlib import Path

import pytest

from bt_assess.core.session import Answer, Session
from bt_assess.store.folder import SessionFolder
from bt_assess.store.session_file import read_session
from tests.cli.conftest import HOSTILE, Done, Run
from tests.store.helpers import contents


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.fixture
def sheet(bt: Run, there: list[str], tmp_path: Path) -> Path:
    """A filled answer sheet: keys, words, labels, a note that looks like a formula."""
    filled = rows(bt(*there, "form").out)
    words = ["1", "partly", "Mostly true", "FULLY", "d", "x", "", "not", "2"]
    for row, word in zip(filled, words * 2, strict=True):
        row["answer"] = word
    filled[0]["note"] = "'=1+1"
    filled[1]["note"] = 'Zoë said:\n"we\'ll see"; twice'
    path = tmp_path / "sheet.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(filled[0]))
        writer.writeheader()
        writer.writerows(filled)
    return path


def only_session(folder: SessionFolder, done: Done) -> Session:
    """The session that an import made, by the id that it printed."""
    return folder.resolve(done.out.strip()).session


class TestForm:
    def test_one_row_a_statement_and_no_answers(self, bt: Run, there: list[str]) -> None:
        done = bt(*there, "form")
        assert (done.code, done.err) == (0, "")
        assert done.out.startswith("statement,text,answer,note\r\n")
        found = rows(done.out)
        assert len(found) == 18
        assert found[0] == {
            "statement": "leadership.starting.1",
            "text": "We do leadership.starting.1.",
            "answer": "",
            "note": "",
        }

    def test_into_a_file_which_only_its_owner_can_read(self, bt: Run, there: list[str]) -> None:
        done = bt(*there, "form", "-o", "form.csv")
        assert (done.code, done.out, done.err) == (0, "", "written to form.csv\n")
        assert Path("form.csv").read_bytes().decode() == bt(*there, "form").out
        if os.name != "nt":
            assert stat.S_IMODE(Path("form.csv").stat().st_mode) == 0o600

    def test_a_file_that_is_there_stays(self, bt: Run, there: list[str]) -> None:
        Path("form.csv").write_text("precious")
        done = bt(*there, "form", "-o", "form.csv")
        assert (done.code, done.out) == (1, "")
        assert done.complaints == ["bt-assess: form.csv: is there already; --force replaces it"]
        assert Path("form.csv").read_text() == "precious"

    def test_unless_forced(self, bt: Run, there: list[str]) -> None:
        Path("form.csv").write_text("precious")
        assert bt(*there, "form", "-o", "form.csv", "--force").code == 0
        assert Path("form.csv").read_text().startswith("statement,")
        assert [path.name for path in Path().iterdir()] == ["form.csv"]

    def test_a_dash_is_the_output(self, bt: Run, there: list[str]) -> None:
        assert bt(*there, "form", "-o", "-") == bt(*there, "form")

    @pytest.mark.parametrize(
        ("target", "why"),
        [
            (".", "is not an ordinary file, so it is not replaced"),
            ("no/such/form.csv", "there is no such folder to write to"),
            ("x" * 300, "file name too long"),
            ("a\0b", "the name cannot be a file's"),
            ("link.csv", "is not an ordinary file, so it is not replaced"),
        ],
    )
    def test_what_cannot_be_written(self, bt: Run, there: list[str], target: str, why: str) -> None:
        Path("link.csv").symlink_to("elsewhere.csv")
        done = bt(*there, "form", "--force", "-o", target)
        assert (done.code, done.out) == (1, "")
        assert len(done.complaints) == 1
        assert done.complaints[0].endswith(why)
        assert [path.name for path in Path().iterdir()] == ["link.csv"]

    @pytest.mark.skipif(not Path("/dev/null").exists(), reason="there are no devices")
    def test_a_device_is_not_replaced(self, bt: Run, there: list[str]) -> None:
        assert bt(*there, "form", "--force", "-o", "/dev/null").code == 1
        assert Path("/dev/null").is_char_device()


class TestImport:
    def test_a_finished_session(
        self, bt: Run, there: list[str], folder: SessionFolder, sheet: Path
    ) -> None:
        done = bt(*there, "import", sheet, "--respondent", "Area manager", "--team", "Housing")
        assert done.code == 0
        session = only_session(folder, done)
        assert (session.respondent, session.team) == ("Area manager", "Housing")
        assert session.finished is not None
        assert session.rubric.id == "small-grid"
        assert list(session.answers.values())[:7] == [
            Answer.NOT, Answer.PARTLY, Answer.MOSTLY, Answer.FULLY, Answer.UNKNOWN,
            Answer.NOT_APPLICABLE, Answer.NOT,
        ]  # fmt: skip
        assert len(session.answers) == 16
        assert session.notes == {
            "leadership.starting.1": "=1+1",
            "leadership.starting.2": 'Zoë said:\n"we\'ll see"; twice',
        }

    def test_it_says_the_id_and_the_file(
        self, bt: Run, there: list[str], folder: SessionFolder, sheet: Path
    ) -> None:
        before = set(folder.files())
        done = bt(*there, "import", sheet, "--respondent", "Ada")
        (made,) = set(folder.files()) - before
        assert done.out == f"{read_session(made).session.id}\n"
        assert "16 of 18 statements answered" in done.err
        assert str(made) in done.err

    def test_it_can_be_shown_at_once(self, bt: Run, there: list[str], sheet: Path) -> None:
        made = bt(*there, "import", sheet, "--respondent", "Ada").out.strip()
        assert bt(*there, "show", made).out.startswith("Ada, ")

    def test_the_folder_is_made(self, bt: Run, grid: Path, sheet: Path, tmp_path: Path) -> None:
        new = tmp_path / "new" / "sessions"
        done = bt("import", sheet, "--respondent", "", "--rubric", grid, "--sessions", new)
        assert done.code == 0
        assert len(SessionFolder(new).files()) == 1

    @pytest.mark.parametrize("delimiter", [",", ";", "\t"])
    @pytest.mark.parametrize("line_end", ["\n", "\r\n"])
    @pytest.mark.parametrize("mark", ["", "\ufeff"])
    def test_as_spreadsheets_write_them(
        self,
        bt: Run,
        there: list[str],
        folder: SessionFolder,
        sheet: Path,
        delimiter: str,
        line_end: str,
        mark: str,
    ) -> None:
        expected = only_session(folder, bt(*there, "import", sheet, "--respondent", "Ada"))
        found = rows(sheet.read_bytes().decode())
        with sheet.open("w", encoding="utf-8", newline="") as file:
            file.write(mark)
            writer = csv.writer(file, delimiter=delimiter, lineterminator=line_end)
            writer.writerow(found[0])
            writer.writerows(row.values() for row in found)
        session = only_session(folder, bt(*there, "import", sheet, "--respondent", "Ada"))
        assert session.answers == expected.answers
        assert session.notes == expected.notes

    def test_every_bad_row_at_once_and_nothing_is_written(
        self, bt: Run, there: list[str], folder: SessionFolder, tmp_path: Path
    ) -> None:
        sheet = tmp_path / "bad.csv"
        sheet.write_text(
            "statement,answer,note\n"
            "leadership.starting.1,mostly,fine\n"
            "leadership.starting.2,perhaps,\n"
            "nowhere.starting.1,1,\n"
            "leadership.starting.1,2,\n"
            "leadership.starting.3,1,one,two,three\n"
            f"leadership.developing.1,1,{'x' * 4001}\n"
            ",,only a note\n"
        )
        before = contents(folder.path)
        done = bt(*there, "import", sheet, "--respondent", "Ada")
        assert (done.code, done.out) == (1, "")
        assert contents(folder.path) == before
        starts = [line.split(": ")[:3] for line in done.complaints]
        assert starts == [["bt-assess", "bad.csv", f"line {n}"] for n in range(3, 9)]
        assert "'perhaps' is not an answer; use not (1), partly (2), " in done.complaints[0]
        assert "'nowhere.starting.1' is not a statement of this rubric" in done.complaints[1]
        assert "leadership.starting.1 is on line 2 already" in done.complaints[2]
        assert "has 5 columns, not 3" in done.complaints[3]
        assert "the note has more than 4000 characters" in done.complaints[4]
        assert "'' is not a statement of this rubric" in done.complaints[5]

    @pytest.mark.parametrize(
        ("content", "why"),
        [
            (b"", "is empty"),
            (b"a,b\n1,2\n", "there is no column 'statement'"),
            (b"statement,answer\n", "no statement has an answer"),
            (b"statement,answer\n\xff,1\n", "line 2: is not UTF-8 text"),
            (b"statement,answer\n\0,1\n", "is not a text file"),
            (b'statement,answer\n"x,1\n', "is not valid CSV"),
            (b"x" * 2_000_001, "is too large"),
        ],
        ids=lambda value: str(value)[:20],
    )
    def test_anything(
        self,
        bt: Run,
        there: list[str],
        folder: SessionFolder,
        tmp_path: Path,
        content: bytes,
        why: str,
    ) -> None:
        sheet = tmp_path / "bad.csv"
        sheet.write_bytes(content)
        before = contents(folder.path)
        done = bt(*there, "import", sheet, "--respondent", "Ada")
        assert (done.code, done.out) == (1, "")
        assert why in done.err
        assert all(line.startswith("bt-assess: bad.csv: ") for line in done.complaints)
        assert contents(folder.path) == before

    def test_no_such_sheet(self, bt: Run, there: list[str]) -> None:
        done = bt(*there, "import", "nowhere.csv", "--respondent", "Ada")
        assert done.complaints == ["bt-assess: nowhere.csv: there is no such file"]

    def test_a_name_that_is_too_long(self, bt: Run, there: list[str], sheet: Path) -> None:
        done = bt(*there, "import", sheet, "--respondent", "A" * 81)
        assert done.code == 1
        assert done.complaints == [
            "bt-assess: the respondent's name is too long: at most 80 characters"
        ]

    def test_names_are_cleaned_and_are_no_paths(
        self, bt: Run, there: list[str], folder: SessionFolder, sheet: Path
    ) -> None:
        done = bt(*there, "import", sheet, "--respondent", f"../../{HOSTILE}", "--team", "/etc")
        assert done.code == 0
        session = only_session(folder, done)
        assert session.respondent.startswith("../../\ufffd")
        assert session.team == "/etc"
        assert not {"\x1b", "\x07"} & set(done.out + done.err)

    def test_a_folder_that_is_a_file(self, bt: Run, grid: Path, sheet: Path) -> None:
        done = bt("import", sheet, "--respondent", "A", "--rubric", grid, "--sessions", grid)
        assert (done.code, done.out) == (1, "")
        assert len(done.complaints) == 1
        assert done.complaints[0].endswith("is a file, not a folder of sessions")

    def test_the_respondent_has_to_be_named(self, bt: Run, there: list[str], sheet: Path) -> None:
        done = bt(*there, "import", sheet)
        assert (done.code, done.out) == (2, "")
        (line,) = done.complaints
        assert line.startswith("bt-assess import: the following arguments are required: --resp")
