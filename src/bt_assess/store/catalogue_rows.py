"""What is done to the rows of a catalogue: writing and deleting them, and adding them up."""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from bt_assess.store.differences import Seen
from bt_assess.store.reading import FAULT, FINISHED, PLACES, RUBRIC, Row, Sums, added_up

_AT_A_TIME = 200
"""So many rows are deleted in one go: others want to write as well."""


@contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    """All of it or nothing; other processes see it at once."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise


def are_all(db: sqlite3.Connection, files: int, rule: tuple[str, str]) -> bool:
    """Whether there are rows of so many files, none of them scored by other rules."""
    [(rows, others)] = db.execute(
        "SELECT (SELECT count(*) FROM session),"
        " EXISTS (SELECT 1 FROM session WHERE rubric_id IS ? AND scored_by IS NOT ?)",
        rule,
    )
    return rows == files and not others


def remove(db: sqlite3.Connection, gone: list[tuple[int, str | bytes]]) -> None:
    """Delete the rows of files that are no longer there."""
    for first in range(0, len(gone), _AT_A_TIME):
        with transaction(db):
            _forget(db, gone[first : first + _AT_A_TIME])


def take_in(
    db: sqlite3.Connection,
    files: Sequence[Seen],
    rows: list[Row],
    sums: Sums,
    rule: tuple[str, str],
) -> None:
    """Put the rows of these files in place of what was there.

    `sums` is what `added_up` makes of them. `rule` is the rubric in use, and what scores come from.
    """
    rubric_id, scored_by = rule
    with transaction(db):
        _forget(db, files)
        base = db.execute("SELECT coalesce(max(number), 0) + 1 FROM session").fetchone()[0]
        db.executemany(
            _INSERT,
            [
                (number, *file, scored_by if row[RUBRIC] == rubric_id else None, *row[:PLACES])
                for number, (file, row) in enumerate(zip(files, rows, strict=True), base)
            ],
        )
        db.executemany(
            "INSERT INTO place VALUES (?, ?)",
            [(number, row[PLACES]) for number, row in enumerate(rows, base) if row[PLACES]],
        )
        _count(db, 1, ((file.archived, *_kind(row)) for file, row in zip(files, rows, strict=True)))
        db.executemany(_ADD_UP, sums)


_INSERT = f"INSERT INTO session VALUES ({', '.join('?' * (8 + PLACES))})"  # noqa: S608 - no values


def _forget(db: sqlite3.Connection, files: Sequence[Seen | tuple[int, str | bytes]]) -> None:
    """Delete the rows of these files, if there are any, and take them out of the sums."""
    numbers: list[tuple[int]] = []
    for archived in (0, 1):
        texts = [file[1] for file in files if file[0] == archived and isinstance(file[1], str)]
        if texts:
            numbers += db.execute(
                "SELECT number FROM json_each(?) CROSS JOIN session"
                " ON archived = ? AND name = value",
                (json.dumps(texts), archived),
            )
    for file in files:
        if isinstance(file[1], bytes):
            numbers += db.execute(
                "SELECT number FROM session WHERE archived = ? AND name = ?", file[:2]
            )
    if not numbers:
        return
    gone = db.execute(
        "SELECT archived, fault, finished, rubric_id, team, quarter, places FROM json_each(?)"
        " JOIN session ON number = value LEFT JOIN place ON session = number",
        (json.dumps([number for (number,) in numbers]),),
    ).fetchall()
    _count(db, -1, ((row[0], _kind_of(*row[1:3]), row[3] or "") for row in gone))
    db.executemany(_ADD_UP, added_up(-1, _places(gone)))
    db.execute("DELETE FROM trend WHERE placed + mixed + not_recognised + not_enough = 0")
    db.executemany("DELETE FROM session WHERE number = ?", numbers)
    db.executemany("DELETE FROM place WHERE session = ?", numbers)


def _places(gone: list[Any]) -> Iterator[tuple[Any, ...]]:
    """What they added to the sums, those that counted."""
    for archived, _, _, *counted, places in gone:
        if places and not archived:
            yield *counted, json.loads(places)


def _kind(row: Row) -> tuple[str, str]:
    return _kind_of(row[FAULT], row[FINISHED]), row[RUBRIC] or ""


def _kind_of(fault: str | None, finished: str | None) -> str:
    return "damaged" if fault is not None else "unfinished" if finished is None else "finished"


def _count(db: sqlite3.Connection, sign: int, kinds: Iterator[tuple[int, str, str]]) -> None:
    db.executemany(
        "INSERT INTO tally VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET number = number + ?4",
        [(*kind, sign * number) for kind, number in Counter(kinds).items()],
    )


# Sums go up and down with the rows.
_ADD_UP = """
INSERT INTO trend VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT DO UPDATE SET
    placed = placed + excluded.placed, total = total + excluded.total,
    squares = squares + excluded.squares, mixed = mixed + excluded.mixed,
    not_recognised = not_recognised + excluded.not_recognised,
    not_enough = not_enough + excluded.not_enough
"""
