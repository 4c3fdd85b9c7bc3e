"""Sheets as spreadsheets write them become answers; what is wrong is told of all at once."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bt_assess.core.session import Answer
from bt_assess.core.text import NOTE_LENGTH, guarded
from bt_assess.report.exports import sessions_csv
from bt_assess.store.answer_sheet import COLUMNS, FaultySheet, empty_sheet, read_sheet
from bt_assess.store.files import UnreadableFile
from bt_assess.store.rubric_file import load_rubric
from tests.core import builders
from tests.store.helpers import ANSWERS, NOTES, RUBRIC, finished

Found = tuple[dict[str, Answer], dict[str, str]]


def read(folder: Path, text: str | bytes) -> Found:
    """What a file with this text says."""
    path = folder / "sheet.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_sheet(path, RUBRIC)


def faults(folder: Path, text: str) -> list[str]:
    with pytest.raises(FaultySheet) as caught:
        read(folder, text)
    assert str(caught.value) == f"sheet.csv: {caught.value.faults[0]}"
    return caught.value.faults


def filled(delimiter: str = ",", end: str = "\r\n") -> str:
    """The empty sheet, filled in as somebody would in a spreadsheet."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, delimiter=delimiter, lineterminator=end)
    writer.writeheader()
    for row in csv.DictReader(io.StringIO(empty_sheet(RUBRIC), newline="")):
        answer = ANSWERS.get(row["statement"])
        note = guarded(NOTES.get(row["statement"], ""))
        writer.writerow({**row, "answer": answer.value if answer else "", "note": note})
    return out.getvalue()


class TestEmpty:
    """The sheet to fill in."""

    def test_statements_come_in_the_order_in_which_they_are_asked(self) -> None:
        rubric = load_rubric()
        rows = list(csv.reader(io.StringIO(empty_sheet(rubric), newline="")))
        assert tuple(rows[0]) == COLUMNS
        assert [row[0] for row in rows[1:]] == [s.id for s in rubric.asked]
        assert [row[0] for row in rows[1:]] != list(rubric.statements), "strand by strand"
        assert [row[1] for row in rows[1:]] == [s.text for s in rubric.asked]
        assert {(row[2], row[3]) for row in rows[1:]} == {("", "")}

    def test_no_statement_is_run_as_a_formula(self) -> None:
        theme = builders.theme_data("11 11 11")
        theme["statements"][0]["text"] = "=HYPERLINK(A1)"
        rows = list(csv.reader(io.StringIO(empty_sheet(builders.rubric(theme)))))
        assert rows[1][1] == "'=HYPERLINK(A1)"

    def test_an_empty_one_is_no_session(self, tmp_path: Path) -> None:
        assert faults(tmp_path, empty_sheet(RUBRIC)) == ["no statement has an answer"]


@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["plain", "byte order mark"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"], ids=["CRLF", "LF", "CR"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"], ids=["comma", "semicolon", "tab"])
def test_as_spreadsheets_write_it(tmp_path: Path, delimiter: str, end: str, mark: str) -> None:
    assert read(tmp_path, mark + filled(delimiter, end)) == (ANSWERS, NOTES)


def test_rows_filled_up_with_empty_cells(tmp_path: Path) -> None:
    assert read(tmp_path, "statement;answer;;\nlearning.starting.1;4;;;;\n;;;\n;;;;;;") == (
        {"learning.starting.1": Answer.FULLY},
        {},
    )


def test_columns_in_any_order_and_only_those_needed(tmp_path: Path) -> None:
    assert read(tmp_path, " Answer ,STATEMENT\nfully, learning.starting.1 \n") == (
        {"learning.starting.1": Answer.FULLY},
        {},
    )


class TestExported:
    """What `export` wrote is an answer sheet too, where it is one person's."""

    def test_every_answer_and_note_comes_back(self, tmp_path: Path) -> None:
        text = sessions_csv(RUBRIC, [finished(respondent="=Ada", team="@North")])
        assert text.startswith("session,respondent,team,started,finished,statement,")
        assert read(tmp_path, text) == (ANSWERS, NOTES)

    @pytest.mark.parametrize(
        ("ids", "names", "why"),
        [
            (("first234", "second23"), ("Ada", "Ada"), "sheet.csv: holds 2 sessions; import them"),
            (("first234", "first234"), ("Ada", "Eve"), "sheet.csv: holds 2 respondents; import"),
        ],
    )
    def test_of_several_it_is_told_in_a_line(
        self, tmp_path: Path, ids: tuple[str, str], names: tuple[str, str], why: str
    ) -> None:
        sessions = [finished(id=i, respondent=n) for i, n in zip(ids, names, strict=True)]
        with pytest.raises(UnreadableFile) as caught:
            read(tmp_path, sessions_csv(RUBRIC, sessions))
        assert str(caught.value).startswith(why)
        assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("not", Answer.NOT), ("1", Answer.NOT), ("Not true of us", Answer.NOT),
        ("PARTLY", Answer.PARTLY), ("2", Answer.PARTLY), ("partly true", Answer.PARTLY),
        ("Mostly", Answer.MOSTLY), ("3", Answer.MOSTLY), ("MOSTLY TRUE", Answer.MOSTLY),
        ("fully", Answer.FULLY), ("4", Answer.FULLY), (" Fully true ", Answer.FULLY),
        ("unknown", Answer.UNKNOWN), ("d", Answer.UNKNOWN), ("D", Answer.UNKNOWN),
        ("Don't know", Answer.UNKNOWN), ("don’t know", Answer.UNKNOWN),
        ("not-applicable", Answer.NOT_APPLICABLE), ("X", Answer.NOT_APPLICABLE),
        ("Doesn’t apply to us", Answer.NOT_APPLICABLE),
    ],
)  # fmt: skip
def test_words_keys_and_labels(tmp_path: Path, said: str, answer: Answer) -> None:
    found, _ = read(tmp_path, f"statement,answer\nlearning.starting.1,{said}\n")
    assert found == {"learning.starting.1": answer}


class TestNotes:
    """What people write beside an answer."""

    def test_lines_and_quotes(self, tmp_path: Path) -> None:
        row = 'learning.starting.1,4,"First, a line.\r\nThen ""another"".\r\n\r\nAnd a last."\r\n'
        _, notes = read(tmp_path, f"statement,answer,note\r\n{row}")
        assert notes == {"learning.starting.1": 'First, a line.\nThen "another".\n\nAnd a last.'}

    def test_a_note_without_an_answer_is_kept(self, tmp_path: Path) -> None:
        text = "statement,answer,note\nlearning.starting.1,4,\nlearning.starting.2,,Ask Eve\n"
        assert read(tmp_path, text) == (
            {"learning.starting.1": Answer.FULLY},
            {"learning.starting.2": "Ask Eve"},
        )

    @pytest.mark.parametrize(
        "note", ["=1+1", "+44 1", "-1", "@home", "＝1", "'quoted'", "'tis", "=", "- one\n- two"]
    )
    def test_a_note_like_a_formula_comes_back_as_it_was(self, tmp_path: Path, note: str) -> None:
        out = io.StringIO()
        csv.writer(out).writerows([COLUMNS, ("learning.starting.1", "", "4", guarded(note))])
        assert read(tmp_path, out.getvalue())[1] == {"learning.starting.1": note}

    def test_controls_are_shown_and_do_nothing(self, tmp_path: Path) -> None:
        text = "statement,answer,note\nlearning.starting.1,4,\x1b]0;title\x07\n"
        assert read(tmp_path, text)[1] == {"learning.starting.1": "\ufffd]0;title\ufffd"}


class TestFaults:
    """Everything that is wrong, with the line on which a row begins."""

    def test_every_bad_row_is_told_of(self, tmp_path: Path) -> None:
        text = (
            "statement,answer,note\r\n"
            'learning.starting.1,4,"A note\r\nof three\r\nlines"\r\n'
            "learning.starting.9,4,\r\n"
            "\r\n"
            "learning.starting.2,perhaps,\r\n"
            "learning.starting.1,3,\r\n"
            "learning.starting.3,2,a,b\r\n"
            f'learning.developing.1,2,"long\r\n{"x" * NOTE_LENGTH}"\r\n'
            ",4,\r\n"
        )
        assert faults(tmp_path, text) == [
            "line 5: 'learning.starting.9' is not a statement of this rubric",
            (
                "line 7: learning.starting.2: 'perhaps' is not an answer; use not (1), partly (2), "
                "mostly (3), fully (4), unknown (d), not-applicable (x)"
            ),
            "line 8: learning.starting.1 is on line 2 already",
            "line 9: has 4 columns, not 3",
            f"line 10: learning.developing.1: the note has more than {NOTE_LENGTH} characters",
            "line 12: '' is not a statement of this rubric",
        ]

    def test_columns(self, tmp_path: Path) -> None:
        assert faults(tmp_path, "statement,remark,remark\n") == [
            "line 1: there is no column 'answer'",
            "line 1: 'remark' is not a column of an answer sheet (statement, text, answer, note)",
            "line 1: 'remark' is not a column of an answer sheet (statement, text, answer, note)",
            "line 1: a column is there twice",
        ]

    def test_what_is_shown_of_a_cell_is_safe_and_short(self, tmp_path: Path) -> None:
        text = f"statement,answer\n\x1b[2J\u202e{'x' * 1000},4\nlearning.starting.1,\x1b[2J\n"
        found = faults(tmp_path, text)
        assert len(found) == 2
        assert all(line.isprintable() and len(line) < 200 for line in found)

    @pytest.mark.parametrize(
        ("data", "why"),
        [
            (b"", "sheet.csv: is empty"),
            (b"\xef\xbb\xbf\r\n\r\n", "sheet.csv: is empty"),
            (b",,,\n", "sheet.csv: is empty"),
            (filled().encode("utf-16"), "sheet.csv: line 1: is not UTF-8 text; save it as"),
            (filled().encode("utf-16-le"), "sheet.csv: is not a text file"),
            (
                filled().replace("'ll", "’ll").encode("cp1252"),
                "sheet.csv: line 3: is not UTF-8 text; save it as 'CSV UTF-8'",
            ),
            (b"PK\x03\x04\x14\x00\x06\x00", "sheet.csv: is not a text file"),
            (b"\x89PNG\r\n\x1a\n\x00\xff", "sheet.csv: line 1: is not UTF-8 text"),
            (b'statement,answer\na,b\nc,"d\n\n\n', "sheet.csv: line 3: is not valid CSV"),
            (b'statement,answer\n"a"b,c\n', "sheet.csv: line 2: is not valid CSV"),
            (
                b"statement,answer\n" + b"x" * 200_000 + b",4\n",
                "sheet.csv: line 2: a cell has more than 131072 characters",
            ),
            (b"statement,answer\n" * 200_000, "sheet.csv: is too large: more than 2 MB"),
        ],
    )
    def test_what_is_no_sheet(self, tmp_path: Path, data: bytes, why: str) -> None:
        with pytest.raises(UnreadableFile) as caught:
            read(tmp_path, data)
        assert str(caught.value).startswith(why)
        assert "\n" not in str(caught.value)

    def test_a_folder_and_a_file_that_is_not_there(self, tmp_path: Path) -> None:
        with pytest.raises(UnreadableFile, match="is a folder, not a file"):
            read_sheet(tmp_path, RUBRIC)
        with pytest.raises(UnreadableFile, match="there is no such file"):
            read_sheet(tmp_path / "none.csv", RUBRIC)

    @given(data=st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
    def test_anything_at_all(self, tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
        with pytest.raises((UnreadableFile, FaultySheet)):
            read(tmp_path_factory.mktemp("sheet"), b"statement,answer\n" + data)
