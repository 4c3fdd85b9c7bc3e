"""Giving a session other tags: its answers, its scores and its place stay as they are."""

from collections.abc import Iterable
from pathlib import Path

from bt_assess.core.rubric import Rubric
from bt_assess.store.folder import SessionFolder
from bt_assess.store.session_file import read_for


def tag(folder: SessionFolder, path: Path, rubric: Rubric, tags: Iterable[str]) -> None:
    """Save these tags with the session of a file.

    Raises InUseError when another window has it open, UnreadableFile, or OSError; the file is as it
    was then.
    """
    lock = folder.lock(path)
    try:
        # As it is now: it may have been changed since it was listed.
        session = read_for(rubric, path).session
        tagged = session.tagged(tags)
        if tagged is not session:
            folder.save(path, tagged, rubric)
    finally:
        lock.release()
