"""The catalogue's file: SQLite beside the sessions, which can be deleted at any time.

It holds names and teams, so nobody else may read it, and what is deleted is overwritten.
"""

import os
import sqlite3
import stat
from contextlib import suppress
from pathlib import Path

from bt_assess.store.glance import NAME as NAME
from bt_assess.store.reading import folded

VERSION = 4
"""Of the tables below; a catalogue with older ones is made anew."""
PATIENCE = 5.0
"""Seconds that another process is waited for that writes."""
_APPLICATION = 0x62744361

_TABLES = """
CREATE TABLE session (
    number INTEGER PRIMARY KEY,
    archived INTEGER NOT NULL,
    name NOT NULL,
    size INTEGER, mtime INTEGER, ctime INTEGER, inode INTEGER,
    scored_by TEXT,
    id TEXT, respondent TEXT, team TEXT, tags TEXT, started TEXT, finished TEXT,
    moment INTEGER, quarter INTEGER, rubric_id TEXT, rubric_version TEXT, answered INTEGER,
    fault TEXT, is_changed INTEGER, words TEXT
);
-- Newest first, as they are read: each goes to the end, which takes half the time of the beginning.
CREATE UNIQUE INDEX named ON session (archived, name DESC);
CREATE INDEX newest ON session (archived, moment DESC, id DESC, words DESC) WHERE fault IS NULL;
CREATE INDEX unfinished ON session (archived, moment DESC, id DESC, words DESC)
    WHERE fault IS NULL AND finished IS NULL;
CREATE INDEX damaged ON session (archived, name) WHERE fault IS NOT NULL;

-- A session's themes as JSON, in the rubric's order; no row for one without.
CREATE TABLE place (session INTEGER PRIMARY KEY, places TEXT NOT NULL);

-- Of a team however it is spelt: `team` is folded.
CREATE TABLE trend (
    rubric_id TEXT NOT NULL, quarter INTEGER NOT NULL, team TEXT NOT NULL, theme INTEGER NOT NULL,
    placed INTEGER NOT NULL, total INTEGER NOT NULL, squares INTEGER NOT NULL,
    mixed INTEGER NOT NULL, not_recognised INTEGER NOT NULL, not_enough INTEGER NOT NULL,
    PRIMARY KEY (rubric_id, quarter, team, theme)
) WITHOUT ROWID;

CREATE TABLE tally (
    archived INTEGER NOT NULL, kind TEXT NOT NULL, rubric_id TEXT NOT NULL, number INTEGER NOT NULL,
    PRIMARY KEY (archived, kind, rubric_id)
) WITHOUT ROWID;
"""

_UNUSABLE = {
    sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR, sqlite3.SQLITE_SCHEMA,
    sqlite3.SQLITE_CONSTRAINT, sqlite3.SQLITE_MISMATCH, sqlite3.SQLITE_FORMAT,
}  # fmt: skip


class NoCatalogueFile(Exception):
    """There can be no file here: the catalogue is kept in memory."""


def is_damaged(error: Exception) -> bool:
    """Whether the file is at fault, so that a new one would do; else the folder or the disk is."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        # Rows that make no sense; but not a connection that was closed meanwhile.
        return not isinstance(error, sqlite3.ProgrammingError)
    return code & 0xFF in _UNUSABLE


def is_busy(error: Exception) -> bool:
    """Whether another process is writing, and has been for seconds."""
    code = getattr(error, "sqlite_errorcode", None)
    return code is not None and code & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def in_memory() -> sqlite3.Connection:
    """A catalogue that lasts as long as the program does."""
    connection = _connected(":memory:")
    connection.executescript(_TABLES)
    return connection


def open_file(path: Path) -> sqlite3.Connection:
    """The catalogue in `path`, made when there is none, made anew when it is damaged or old.

    Raises NoCatalogueFile when that cannot be.
    """
    for is_last in (False, True):
        try:
            _prepare(path)
            return _opened(path)
        except OSError as error:
            raise NoCatalogueFile from error
        except sqlite3.Error as error:
            if is_last or not is_damaged(error):
                raise NoCatalogueFile from error
            remove(path)
    raise NoCatalogueFile


def is_ours(db: sqlite3.Connection) -> bool:
    """Whether it has the tables above."""
    return _kind_of(db) == (VERSION, _APPLICATION)


def _kind_of(db: sqlite3.Connection) -> tuple[int, int]:
    [(version,)] = db.execute("PRAGMA user_version")
    [(application,)] = db.execute("PRAGMA application_id")
    return version, application


def identity(path: Path) -> tuple[int, int] | None:
    """Which file is there; another one once it was deleted, None when there is none."""
    try:
        found = path.lstat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def remove(path: Path) -> None:
    """Delete the catalogue; nothing is lost that the sessions do not hold."""
    for name in (path.name, f"{path.name}-wal", f"{path.name}-shm", f"{path.name}-journal"):
        with suppress(OSError):
            path.with_name(name).unlink()


def _prepare(path: Path) -> None:
    """See to it that an ordinary file is there that only its owner can read."""
    with suppress(FileNotFoundError):
        if not stat.S_ISREG(path.lstat().st_mode):
            path.unlink()
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    descriptor = os.open(path, flags, 0o600)
    try:
        if hasattr(os, "fchmod") and os.fstat(descriptor).st_mode & 0o077:
            os.fchmod(descriptor, 0o600)
    finally:
        os.close(descriptor)


def _opened(path: Path) -> sqlite3.Connection:
    connection = _connected(path)
    try:
        # Readers never wait for the writer; where that cannot be had, SQLite says so and goes on.
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("BEGIN IMMEDIATE")
        version, application = _kind_of(connection)
        if (version, application) == (0, 0):
            for statement in _statements():
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {VERSION}")
            connection.execute(f"PRAGMA application_id = {_APPLICATION}")
        elif application == _APPLICATION and version > VERSION:
            raise NoCatalogueFile
        elif (version, application) != (VERSION, _APPLICATION):
            raise sqlite3.DatabaseError("a catalogue of another kind")
        connection.execute("COMMIT")
    except BaseException:
        connection.close()
        raise
    return connection


def _statements() -> list[str]:
    """The tables one by one: `executescript` would leave the transaction they are made in."""
    found, begun = [], ""
    for line in _TABLES.splitlines(keepends=True):
        begun += line
        if sqlite3.complete_statement(begun):
            found.append(begun)
            begun = ""
    return found


def _connected(path: Path | str) -> sqlite3.Connection:
    # Used by one thread at a time, but not always by the same one.
    connection = sqlite3.connect(
        path, timeout=PATIENCE, isolation_level=None, check_same_thread=False
    )
    try:
        connection.create_function("folded", 1, folded, deterministic=True)
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute("PRAGMA trusted_schema = OFF")
    except BaseException:
        connection.close()
        raise
    return connection
