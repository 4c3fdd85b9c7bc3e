"""What can be asked of a catalogue: a page of the list, a search, counts, a trend."""

import json
import sqlite3
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from math import sqrt
from pathlib import Path
from typing import Any, NamedTuple

from bt_assess.store.differences import name_of
from bt_assess.store.finding import clause, terms
from bt_assess.store.folder import ARCHIVE
from bt_assess.store.reading import folded


class Order(StrEnum):
    """How a list is sorted; what is equal has the newest first."""

    NEWEST = "newest first"
    NAME = "by name"
    TEAM = "by team"


class ThemePlace(NamedTuple):
    """Where a session stood in a theme; as core.scoring.ThemeScore has it, six digits."""

    theme_id: str
    status: str
    position: float | None
    se: float | None
    low: float | None
    high: float | None
    stage: str | None
    confidence: str | None


@dataclass(frozen=True)
class Listed:
    """A session as a list shows it. Who opens it reads the file, which is right where they differ.

    `places` has a theme each of the rubric in use, none for what is unfinished or of another rubric.
    """

    path: Path
    id: str
    respondent: str
    team: str
    tags: tuple[str, ...]
    started: datetime
    finished: datetime | None
    rubric_id: str
    rubric_version: str
    answered: int
    places: tuple[ThemePlace, ...]
    number: int

    @property
    def when(self) -> datetime:
        """What it is listed by, and of which day it is: its finish, until then its start."""
        return self.finished or self.started


@dataclass(frozen=True)
class Damaged:
    """A file that does not count, and why; one that was `changed` can be accepted (reseal)."""

    path: Path
    why: str
    is_changed: bool


class Counts(NamedTuple):
    finished: int
    unfinished: int
    damaged: int


@dataclass(frozen=True)
class Wanted:
    """Which sessions: all of `words`, in any order, in name, team, tags, day or id.

    `respondent` and `team` are found however they are spelt; a day is found either way, as
    2026-03-02 and as 2 Mar 2026, and so are 2 Mar, Mar 2026 and 2026-03 (see `finding.terms`).
    """

    words: str = ""
    archived: bool = False
    finished: bool | None = None
    rubric_id: str | None = None
    respondent: str | None = None
    team: str | None = None
    tag: str | None = None

    @property
    def is_tallied(self) -> bool:
        """Whether their number is kept, so that nothing has to be counted."""
        return self == Wanted("", self.archived, self.finished, self.rubric_id)


@dataclass(frozen=True)
class Quarter:
    """A team's finished sessions of a quarter in one theme: who had a place, and who had none."""

    team: str
    year: int
    quarter: int
    theme_id: str
    placed: int
    mean: float | None
    sd: float | None
    mixed: int
    not_recognised: int
    not_enough: int


def counts(db: sqlite3.Connection, *, archived: bool) -> Counts:
    return _counts(db, archived, None)


def _counts(db: sqlite3.Connection, archived: bool, rubric_id: str | None) -> Counts:
    found = dict(
        db.execute(
            "SELECT kind, sum(number) FROM tally WHERE archived = ?1 AND (?2 IS NULL OR rubric_id = ?2)"
            " GROUP BY kind",
            (archived, rubric_id),
        )
    )
    return Counts(*(found.get(kind, 0) for kind in Counts._fields))


def count(db: sqlite3.Connection, wanted: Wanted) -> int:
    """How many sessions `wanted` are; at once for all of them, and for all of a rubric's."""
    if wanted.is_tallied:
        found = _counts(db, wanted.archived, wanted.rubric_id)
        return found.finished * (wanted.finished is not False) + found.unfinished * (
            not wanted.finished
        )
    where, values = _where(wanted)
    query = f"SELECT count(*) FROM session WHERE {where}"  # noqa: S608 - see _where
    number: int = db.execute(query, values).fetchone()[0]
    return number


def page(
    db: sqlite3.Connection,
    folder: Path,
    rubric_id: str,
    themes: tuple[str, ...],
    wanted: Wanted,
    offset: int,
    limit: int,
    total: int,
) -> list[Listed]:
    """`limit` sessions from `offset` on, newest first; from the nearer end of `total`."""
    where, values = _where(wanted)
    from_end = total - offset - limit
    is_backwards = offset > from_end >= 0
    order, other = ("ASC", "DESC") if is_backwards else ("DESC", "ASC")
    # The index alone is walked through to the place; only then are rows looked up.
    numbers = [
        row[0]
        for row in db.execute(
            f"SELECT number FROM session WHERE {where} ORDER BY moment {order}, id {order},"  # noqa: S608
            f" words {order}, number {other} LIMIT ? OFFSET ?",
            (*values, limit, from_end if is_backwards else offset),
        )
    ]
    if is_backwards:
        numbers.reverse()
    return _listed(db, folder, rubric_id, themes, numbers)


def numbers(db: sqlite3.Connection, wanted: Wanted, order: Order) -> "array[int]":
    """The rows that `wanted` are, all of them, in order; eight bytes each."""
    where, values = _where(wanted)
    columns = {
        Order.NEWEST: "",
        Order.NAME: "respondent COLLATE NOCASE, team COLLATE NOCASE, ",
        Order.TEAM: "team COLLATE NOCASE, respondent COLLATE NOCASE, ",
    }[order]
    rows = db.execute(
        f"SELECT number FROM session WHERE {where} ORDER BY {columns}"  # noqa: S608 - see _where
        "moment DESC, id DESC, words DESC, number",
        values,
    )
    return array("q", (row[0] for row in rows))


def listed(
    db: sqlite3.Connection,
    folder: Path,
    rubric_id: str,
    themes: tuple[str, ...],
    chosen: Sequence[int],
) -> list[Listed]:
    """These rows, in this order; a row that is gone meanwhile is left out."""
    return _listed(db, folder, rubric_id, themes, list(chosen))


def number_of(db: sqlite3.Connection, name: str | bytes, *, archived: bool) -> int | None:
    """The row of a file, when there is one."""
    found = db.execute(
        "SELECT number FROM session WHERE archived = ? AND name = ?", (archived, name)
    ).fetchone()
    return found[0] if found else None


def damaged(db: sqlite3.Connection, folder: Path, *, archived: bool, limit: int) -> list[Damaged]:
    """Files that do not count, by name, newest first."""
    rows = db.execute(
        "SELECT name, fault, is_changed FROM session WHERE archived = ? AND fault IS NOT NULL"
        " ORDER BY name DESC LIMIT ?",
        (archived, limit),
    )
    place = folder / ARCHIVE if archived else folder
    return [Damaged(place / name_of(name), why, bool(changed)) for name, why, changed in rows]


def distinct(db: sqlite3.Connection, column: str) -> list[str]:
    """Every respondent, or every team, that a session in the list has; in order.

    Each is there once, in the spelling that most sessions have.
    """
    rows = db.execute(
        f"SELECT {column} FROM session"  # noqa: S608 - a name of ours
        f" WHERE archived = 0 AND fault IS NULL AND {column} != ''"
        f" GROUP BY {column} ORDER BY count(*), {column} DESC"
    )
    # The last of several spellings stays.
    found = {folded(name): name for (name,) in rows}
    return [name for _, name in sorted(found.items())]


def tags(db: sqlite3.Connection) -> list[str]:
    rows = db.execute(
        "SELECT DISTINCT t.value FROM session s, json_each(s.tags) t"
        " WHERE s.archived = 0 AND s.fault IS NULL AND s.tags != '[]' ORDER BY 1"
    )
    return [row[0] for row in rows]


def trend(
    db: sqlite3.Connection, rubric_id: str, themes: tuple[str, ...], team: str | None
) -> list[Quarter]:
    """Finished sessions by quarter and theme; with `team` None, the organisation as one."""
    rows = db.execute(
        "SELECT ?3, quarter, theme, sum(placed), sum(total), sum(squares), sum(mixed),"
        " sum(not_recognised), sum(not_enough) FROM trend"
        " WHERE rubric_id = ?1 AND (?2 IS NULL OR team = ?2)"
        " GROUP BY quarter, theme ORDER BY quarter, theme",
        (rubric_id, None if team is None else folded(team), team or ""),
    )
    return [_quarter(row, themes) for row in rows if row[2] < len(themes)]


def trends(db: sqlite3.Connection, rubric_id: str, themes: tuple[str, ...]) -> list[Quarter]:
    """The same for every team, teams in order, their names folded."""
    rows = db.execute(
        "SELECT team, quarter, theme, placed, total, squares, mixed, not_recognised, not_enough"
        " FROM trend WHERE rubric_id = ? ORDER BY team, quarter, theme",
        (rubric_id,),
    )
    return [_quarter(row, themes) for row in rows if row[2] < len(themes)]


def _quarter(row: tuple[Any, ...], themes: tuple[str, ...]) -> Quarter:
    """Sums are in millionths of a stage."""
    team, quarter, theme, placed, total, squares, *gaps = row
    mean = total / placed / 1e6 if placed else None
    sd = None
    if placed > 1:
        sd = sqrt((placed * squares - total * total) / (placed * (placed - 1))) / 1e6
    return Quarter(team, quarter // 4, quarter % 4 + 1, themes[theme], placed, mean, sd, *gaps)


def _where(wanted: Wanted) -> tuple[str, list[Any]]:
    """Nothing that anybody typed becomes part of the SQL: words and names are bound."""
    clauses = ["archived = ?", "fault IS NULL"]
    values: list[Any] = [wanted.archived]
    for term in terms(wanted.words):
        sql, bound = clause(term)
        clauses.append(sql)
        values += bound
    if wanted.finished is not None:
        clauses.append(f"finished IS {'NOT ' if wanted.finished else ''}NULL")
    if wanted.rubric_id is not None:
        clauses.append("rubric_id = ?")
        values.append(wanted.rubric_id)
    for column in ("respondent", "team"):
        if (name := getattr(wanted, column)) is None:
            continue
        # The words are in the index and leave few rows to fold.
        for word in folded(name).split():
            clauses.append("instr(words, ?)")
            values.append(word)
        clauses.append(f"folded({column}) = ?" if name else f"{column} = ?")
        values.append(folded(name))
    if wanted.tag is not None:
        clauses.append("EXISTS (SELECT 1 FROM json_each(tags) WHERE value = ?)")
        values.append(wanted.tag)
    return " AND ".join(clauses), values


def _listed(
    db: sqlite3.Connection,
    folder: Path,
    rubric_id: str,
    themes: tuple[str, ...],
    numbers: list[int],
) -> list[Listed]:
    chosen = json.dumps(numbers)
    rows = db.execute(
        "SELECT number, archived, name, s.id, respondent, team, tags, started, finished, rubric_id,"
        " rubric_version, answered, CASE WHEN rubric_id = ? THEN places END FROM json_each(?) n"
        " JOIN session s ON s.number = n.value LEFT JOIN place p ON p.session = s.number"
        " ORDER BY n.key",
        (rubric_id, chosen),
    )
    return [
        Listed(
            (folder / ARCHIVE if archived else folder) / name_of(name),
            session_id, respondent, team, tuple(json.loads(tagged)),
            datetime.fromisoformat(started), finished and datetime.fromisoformat(finished),
            rubric_id, rubric_version, answered, _places(themes, places), number,
        )
        for (
            number, archived, name, session_id, respondent, team, tagged, started, finished,
            rubric_id, rubric_version, answered, places,
        ) in rows
    ]  # fmt: skip


def _places(themes: tuple[str, ...], places: str | None) -> tuple[ThemePlace, ...]:
    found = json.loads(places) if places else ()
    return tuple(map(_place, themes, found))


def _place(theme_id: str, kept: list[Any]) -> ThemePlace:
    """Figures are kept in millionths."""
    status, position, se, low, high, stage, confidence = kept
    if position is None:
        return ThemePlace(theme_id, status, None, None, None, None, stage, confidence)
    figures = position / 1e6, se / 1e6, low / 1e6, high / 1e6
    return ThemePlace(theme_id, status, *figures, stage, confidence)
