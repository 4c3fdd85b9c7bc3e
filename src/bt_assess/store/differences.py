"""Comparing a folder of sessions with the rows of its catalogue: by size, times and inode."""

import os
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from bt_assess.store.glance import ARCHIVE

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


def differences(db: sqlite3.Connection, folder: Path, rule: tuple[str, str]) -> Differences:
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


def seen(folder: Path, name: str, *, archived: bool) -> Seen | None:
    """One file as it is now; None when it is gone."""
    place = folder / ARCHIVE if archived else folder
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


def _files(folder: Path, *, archived: bool) -> Iterator["os.DirEntry[str]"]:
    try:
        with os.scandir(folder / ARCHIVE if archived else folder) as entries:
            for entry in entries:
                if entry.name.endswith(".toml") and entry.name[0] != ".":
                    yield entry
    except FileNotFoundError:
        return
