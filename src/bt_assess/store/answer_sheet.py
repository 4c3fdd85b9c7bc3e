"""The answer sheet: a CSV that is filled in elsewhere and becomes a session."""

import csv
import io
import re
from pathlib import Path

from bt_assess.core.rubric import Rubric
from bt_assess.core.session import Answer, answer_from
from bt_assess.core.text import NOTE_LENGTH, clean_block, guarded, unguarded
from bt_assess.store.files import NotUtf8, UnreadableFile, read_text, shown_name

MOST_ROWS, MOST_COLUMNS = 5000, 100
"""More than any answer sheet has; what is larger is something else."""
COLUMNS = ("statement", "text", "answer", "note")
OF_AN_EXPORT = ("session", "respondent", "team", "started", "finished")
"""Columns that `export` adds: passed over, as whoever imports says who answered."""
_CHOICES = ", ".join(f"{a.value} ({a.key})" for a in Answer)


class FaultySheet(ValueError):
    """A sheet that cannot become a session; `faults` has one line for each bad row."""

    def __init__(self, path: Path, faults: list[str]) -> None:
        super().__init__(f"{shown_name(path)}: {faults[0]}")
        self.path = path
        self.faults = faults


def empty_sheet(rubric: Rubric) -> str:
    """The CSV to fill in, in the order in which statements are asked."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(COLUMNS)
    rows.writerows((s.id, guarded(s.text), "", "") for s in rubric.asked)
    return out.getvalue()


def read_sheet(path: Path, rubric: Rubric) -> tuple[dict[str, Answer], dict[str, str]]:
    """Answers and notes of a filled sheet. Raises UnreadableFile, or FaultySheet with every fault.

    Columns may be separated by commas, semicolons or tabs, as spreadsheets write them.
    """
    rows = _rows(path)
    names = _column_names(path, rows[0][1])
    if whose := _several(names, rows[1:]):
        raise UnreadableFile(path, whose)
    answers: dict[str, Answer] = {}
    notes: dict[str, str] = {}
    faults: list[str] = []
    seen: dict[str, int] = {}
    for line, row in rows[1:]:
        if len(row) > len(names):
            faults.append(f"line {line}: has {len(row)} columns, not {len(names)}")
            continue
        cells = dict(zip(names, (cell.strip() for cell in row), strict=False))
        statement = cells.get("statement", "")
        word = cells.get("answer", "")
        note = unguarded(cells.get("note", ""))
        answer = answer_from(word)
        if statement not in rubric.statements:
            faults.append(f"line {line}: {statement[:60]!r} is not a statement of this rubric")
        elif statement in seen:
            faults.append(f"line {line}: {statement} is on line {seen[statement]} already")
        elif word and answer is None:
            faults.append(
                f"line {line}: {statement}: {word[:40]!r} is not an answer; use {_CHOICES}"
            )
        elif len(note) > NOTE_LENGTH:
            faults.append(
                f"line {line}: {statement}: the note has more than {NOTE_LENGTH} characters"
            )
        else:
            if answer is not None:
                answers[statement] = answer
            if cleaned := clean_block(note):
                notes[statement] = cleaned
        seen.setdefault(statement, line)
    if not faults and not answers:
        faults = ["no statement has an answer"]
    if faults:
        raise FaultySheet(path, faults)
    return answers, notes


def _rows(path: Path) -> list[tuple[int, list[str]]]:
    """The rows that hold anything, with the line on which each begins."""
    try:
        text = read_text(path)
    except NotUtf8 as fault:
        raise UnreadableFile(path, f"{fault.why}; save it as 'CSV UTF-8'") from None
    if "\0" in text:
        raise UnreadableFile(path, "is not a text file")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    rows = []
    line = 1
    try:
        for row in reader:
            # Spreadsheets fill rows up with empty cells, as far as any row goes.
            while row and not row[-1].strip():
                row.pop()
            if row:
                rows.append((line, row))
            if len(rows) > MOST_ROWS or len(row) > MOST_COLUMNS:
                raise UnreadableFile(path, f"line {line}: is too large for an answer sheet")
            line = reader.line_num + 1
    except csv.Error as error:
        too_long = "field limit" in str(error)
        why = f"a cell has more than {csv.field_size_limit()} characters"
        raise UnreadableFile(
            path, f"line {line}: {why if too_long else 'is not valid CSV'}"
        ) from None
    if not rows:
        raise UnreadableFile(path, "is empty")
    return rows


def _several(names: list[str], rows: list[tuple[int, list[str]]]) -> str | None:
    """What to say of an export of more than one session: a sheet is one person's."""
    for name, what in (("session", "sessions"), ("respondent", "respondents")):
        if name in names:
            at = names.index(name)
            found = {row[at].strip() for _, row in rows if len(row) > at}
            if len(found) > 1:
                return f"holds {len(found)} {what}; import them one by one, a file for each"
    return None


def _delimiter(text: str) -> str:
    first = re.split(r"[\r\n]", text, maxsplit=1)[0]
    return max(",;\t", key=first.count)


def _column_names(path: Path, header: list[str]) -> list[str]:
    names = [name.strip().casefold() for name in header]
    faults = [f"line 1: there is no column {needed!r}" for needed in ("statement", "answer")
              if needed not in names]  # fmt: skip
    faults += [f"line 1: {name[:40]!r} is not a column of an answer sheet ({', '.join(COLUMNS)})"
               for name in names if name not in (*COLUMNS, *OF_AN_EXPORT)]  # fmt: skip
    if len(set(names)) < len(names):
        faults.append("line 1: a column is there twice")
    if faults:
        raise FaultySheet(path, faults)
    return names
