"""Writing a session that was carried to a newer rubric, with a copy of how it was before."""

import os
from contextlib import suppress
from pathlib import Path

from bt_assess.core.rubric import Rubric
from bt_assess.core.upgrade import Upgrade
from bt_assess.store.files import UnreadableFile, read_bytes, write_atomic
from bt_assess.store.folder import ARCHIVE, SessionFolder
from bt_assess.store.session_file import StoredSession, read_session


class ChangedMeanwhile(Exception):
    """The file is not any more what was read; look at it again first."""


def write_upgrade(
    folder: SessionFolder, stored: StoredSession, rubric: Rubric, upgraded: Upgrade
) -> Path:
    """Put the upgraded session in its file's place; the copy of the old file, in the archive.

    Raises ChangedMeanwhile, InUseError or OSError. Whenever it ends, the file is the old one, whole,
    or the new one with its copy beside it; a copy is never written over another file.
    """
    path = stored.path
    lock = folder.lock(path)
    try:
        old = _as_read(stored)
        copy = _free_name(folder, path, stored.session.rubric.version, old)
        copy.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not copy.exists():
            write_atomic(copy, old)
        try:
            folder.save(path, upgraded.session, rubric)
        except BaseException:
            _tidy(path, copy, old)
            raise
    finally:
        lock.release()
    return copy


def _as_read(stored: StoredSession) -> bytes:
    """The file's bytes, which still say what was read."""
    try:
        data = read_bytes(stored.path)
        if read_session(stored.path, follow_links=True).session == stored.session:
            return data
    except UnreadableFile:
        pass
    raise ChangedMeanwhile


def _free_name(folder: SessionFolder, path: Path, version: str, old: bytes) -> Path:
    """A name that nobody has, or that of a copy of the same that a run that was cut short left."""
    number = 1
    while True:
        again = "" if number == 1 else f"-{number}"
        copy = folder.path / ARCHIVE / f"{path.stem}-version-{version}{again}.toml"
        if not os.path.lexists(copy):
            return copy
        with suppress(UnreadableFile):
            if read_bytes(copy, follow_links=False) == old:
                return copy
        number += 1


def _tidy(path: Path, copy: Path, old: bytes) -> None:
    """Take the copy away again where the old file is in its place; else it is needed."""
    with suppress(OSError, UnreadableFile):
        if read_bytes(path) == old:
            copy.unlink()
