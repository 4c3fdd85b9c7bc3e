"""What is done to the rows of a catalogue: comparing with the folder, writing, adding up."""

import json
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from bt_assess.store.folder import ARCHIVE, SessionFolder
from bt_assess.store.reading import Row

_SETTLED = 2_000_000_000
"""Nanoseconds after which a file's times tell whether it changes again; some disks count so coarse."""
_INODE = 0x7FFF_FFFF_FFFF_FFFF
"""SQLite counts no further."""


class Seen(NamedTuple):
    """A file as the folder has it."""

    archived: int
    name: str | bytes
    size: int
    mtime: int
    ctime: int
    inode: int


class Differences(NamedTuple):
    """What a catalogue has to catch up with."""

    to_read: list[Seen]
    gone: list[tuple[int, str | bytes]]
    files: int


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


def key_of(name: str) -> str | bytes:
    """A file's name as a row has it: text, or the bytes of one that is no text."""
    if name.isascii():
        return name
    try:
        name.encode()
    except UnicodeEncodeError:
        return os.fsencode(name)
    return name


def name_of(key: str | bytes) -> str:
    return os.fsdecode(key) if isinstance(key, bytes) else key


def differences(
    db: sqlite3.Connection, folder: SessionFolder, rule: tuple[str, str]
) -> Differences:
    """Compare the folder with the rows. Raises OSError when the folder cannot be read."""
    to_read: list[Seen] = []
    gone: list[tuple[int, str | bytes]] = []
    files = 0
    known: tuple[dict[str | bytes, Any], dict[str | bytes, Any]] = {}, {}
    # A row that was scored by other rules counts as changed. In the order of the table, as going by
    # the names takes a quarter longer.
    for row in db.execute(
        "SELECT archived, name,"
        " CASE WHEN rubric_id IS ? AND scored_by IS NOT ? THEN NULL ELSE mtime END,"
        " ctime, inode, size FROM session NOT INDEXED",
        rule,
    ):
        known[row[0]][row[1]] = row
    for archived in (0, 1):
        now = time.time_ns()
        for entry in _files(folder, archived=bool(archived)):
            key = key_of(entry.name)
            try:
                found = entry.stat(follow_symlinks=False)
            except OSError:
                continue
            files += 1
            row = known[archived].pop(key, None)
            if row is None or row[2:] != (
                found.st_mtime_ns, found.st_ctime_ns, found.st_ino & _INODE, found.st_size
            ):  # fmt: skip
                to_read.append(_seen(archived, key, found, now))
        gone += [(archived, key) for key in known[archived]]
    to_read.sort(key=lambda seen: str(seen.name), reverse=True)
    return Differences(to_read, gone, files)


def seen(folder: SessionFolder, name: str, *, archived: bool) -> Seen | None:
    """One file as it is now; None when it is gone."""
    place = folder.path / ARCHIVE if archived else folder.path
    try:
        found = (place / name).lstat()
    except OSError:
        return None
    return _seen(int(archived), key_of(name), found, time.time_ns())


def _seen(archived: int, key: str | bytes, found: os.stat_result, now: int) -> Seen:
    # What was written just now may change again within the same tick of the clock: it is given a
    # size that no file has, and so is read once more the next time.
    is_settled = abs(now - max(found.st_mtime_ns, found.st_ctime_ns)) > _SETTLED
    size = found.st_size if is_settled else -1
    return Seen(archived, key, size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino & _INODE)


def _files(folder: SessionFolder, *, archived: bool) -> Iterator["os.DirEntry[str]"]:
    try:
        with os.scandir(folder.path / ARCHIVE if archived else folder.path) as entries:
            for entry in entries:
                if entry.name.endswith(".toml") and entry.name[0] != ".":
                    yield entry
    except FileNotFoundError:
        return


def remove(db: sqlite3.Connection, gone: list[tuple[int, str | bytes]]) -> None:
    """Delete the rows of files that are no longer there."""
    db.execute("CREATE TEMP TABLE IF NOT EXISTS gone (archived, name)")
    with transaction(db):
        db.execute("DELETE FROM gone")
        db.executemany("INSERT INTO gone VALUES (?, ?)", gone)
        _forget(db, "SELECT number FROM session JOIN gone USING (archived, name)")
        db.execute("DELETE FROM gone")


def ask(db: sqlite3.Connection, seen: list[Seen]) -> None:
    """Note what is being read, by number from 0 on, for `take_in`."""
    db.execute(
        "CREATE TEMP TABLE IF NOT EXISTS asked"
        " (number INTEGER PRIMARY KEY, archived, name, size, mtime, ctime, inode)"
    )
    with transaction(db):
        db.execute("DELETE FROM asked")
        db.executemany("INSERT INTO asked VALUES (?, ?, ?, ?, ?, ?, ?)", (
            (number, *file) for number, file in enumerate(seen)
        ))  # fmt: skip


def take_in(
    db: sqlite3.Connection, first: int, last: int, rows: str, rule: tuple[str, str]
) -> None:
    """Put the rows of the files numbered `first` to `last` in place of what was there.

    `rows` is JSON, `[[number, row], ...]`: SQLite takes it apart without the interpreter, so that
    the app's keys do not wait. `rule` is the rubric in use, and what scores come from.
    """
    with transaction(db):
        _forget(
            db,
            "SELECT s.number FROM asked a JOIN session s USING (archived, name)"
            " WHERE a.number BETWEEN ? AND ?",
            (first, last),
        )
        base = db.execute("SELECT coalesce(max(number), 0) + 1 FROM session").fetchone()[0]
        db.execute(_INSERT_SESSIONS, {"base": base, "rows": rows, "id": rule[0], "by": rule[1]})
        db.execute(_INSERT_PLACES, {"base": base, "rows": rows})
        db.execute(_ADD_UP.format(chosen="s.number >= :base"), {"sign": 1, "base": base})


_INSERT_SESSIONS = """
INSERT INTO session SELECT
    :base + a.number, a.archived, a.name, a.size, a.mtime, a.ctime, a.inode,
    CASE WHEN json_extract(r.value, '$[1][8]') = :id THEN :by END,
    json_extract(r.value, '$[1][0]'), json_extract(r.value, '$[1][1]'),
    json_extract(r.value, '$[1][2]'), json_extract(r.value, '$[1][3]'),
    json_extract(r.value, '$[1][4]'), json_extract(r.value, '$[1][5]'),
    json_extract(r.value, '$[1][6]'), json_extract(r.value, '$[1][7]'),
    json_extract(r.value, '$[1][8]'), json_extract(r.value, '$[1][9]'),
    json_extract(r.value, '$[1][10]'), json_extract(r.value, '$[1][11]'),
    json_extract(r.value, '$[1][12]'), json_extract(r.value, '$[1][13]')
FROM json_each(:rows) r JOIN asked a ON a.number = json_extract(r.value, '$[0]')
"""
_INSERT_PLACES = """
INSERT INTO place SELECT
    :base + json_extract(r.value, '$[0]'), p.key,
    json_extract(p.value, '$[0]'), json_extract(p.value, '$[1]'), json_extract(p.value, '$[2]'),
    json_extract(p.value, '$[3]'), json_extract(p.value, '$[4]'), json_extract(p.value, '$[5]'),
    json_extract(p.value, '$[6]')
FROM json_each(:rows) r, json_each(r.value, '$[1][14]') p
"""


def as_json(numbered: list[tuple[int, Row]]) -> str:
    return json.dumps(numbered, separators=(",", ":"))


def _forget(db: sqlite3.Connection, chosen: str, values: tuple[int, ...] = ()) -> None:
    """Delete the rows that `chosen` selects, and take them out of the sums."""
    numbers = db.execute(chosen, values).fetchall()
    if not numbers:
        return
    chosen = "s.number IN (SELECT value FROM json_each(:numbers))"
    gone = {"sign": -1, "numbers": json.dumps([number for (number,) in numbers])}
    db.execute(_ADD_UP.format(chosen=chosen), gone)
    db.execute("DELETE FROM trend WHERE placed + mixed + not_recognised + not_enough = 0")
    db.executemany("DELETE FROM session WHERE number = ?", numbers)


# Sums go up and down with the rows. Positions are added up as millionths, in whole numbers, so that
# nothing is left of what is taken away.
_ADD_UP = """
INSERT INTO trend SELECT
    s.rubric_id, s.team, s.quarter, p.theme, :sign * sum(p.status = 'placed'),
    :sign * sum(CASE p.status WHEN 'placed' THEN CAST(round(p.position * 1e6) AS INTEGER) ELSE 0 END),
    :sign * sum(CASE p.status WHEN 'placed' THEN CAST(round(p.position * 1e6) AS INTEGER)
        * CAST(round(p.position * 1e6) AS INTEGER) ELSE 0 END),
    :sign * sum(p.status = 'mixed'), :sign * sum(p.status = 'not_recognised'),
    :sign * sum(p.status = 'not_enough')
FROM session s CROSS JOIN place p ON p.session = s.number
WHERE s.quarter IS NOT NULL AND s.archived = 0 AND {chosen}
GROUP BY s.rubric_id, s.team, s.quarter, p.theme
ON CONFLICT DO UPDATE SET
    placed = placed + excluded.placed, total = total + excluded.total,
    squares = squares + excluded.squares, mixed = mixed + excluded.mixed,
    not_recognised = not_recognised + excluded.not_recognised,
    not_enough = not_enough + excluded.not_enough
"""
