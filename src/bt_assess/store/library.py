"""All sessions of a folder, kept in memory and read again only where a file has changed."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bt_assess.core.rubric import Rubric
from bt_assess.store.files import UnreadableFile
from bt_assess.store.folder import SessionFolder, recency
from bt_assess.store.session_file import StoredSession, read_session


@dataclass(frozen=True)
class Shelf:
    """What a folder holds: sessions, newest first, and files that cannot be used."""

    sessions: tuple[StoredSession, ...] = ()
    damaged: tuple[UnreadableFile, ...] = ()

    @property
    def finished(self) -> tuple[StoredSession, ...]:
        return tuple(s for s in self.sessions if s.session.finished is not None)

    @property
    def unfinished(self) -> tuple[StoredSession, ...]:
        return tuple(s for s in self.sessions if s.session.finished is None)


class Library:
    """Reads a folder in small steps, so that whoever asks can do other things between them."""

    def __init__(self, folder: SessionFolder, *, archived: bool = False) -> None:
        self._folder = folder
        self._archived = archived
        self._known: dict[Path, tuple[tuple[int, ...], StoredSession | UnreadableFile]] = {}
        self.shelf = Shelf()

    def refresh(self) -> Iterator[tuple[int, int]]:
        """Bring `shelf` up to date; yields (files read, files in all) as it goes."""
        paths = self._folder.files(archived=self._archived)
        known = {}
        for number, path in enumerate(paths, 1):
            try:
                found = path.lstat()
                mark = (found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino)
            except OSError:
                continue
            if path in self._known and self._known[path][0] == mark:
                known[path] = self._known[path]
                continue
            try:
                known[path] = (mark, read_session(path))
            except UnreadableFile as fault:
                known[path] = (mark, fault)
            yield number, len(paths)
        self._known = known
        found_all = [entry for _, entry in known.values()]
        sessions = [entry for entry in found_all if isinstance(entry, StoredSession)]
        damaged = [entry for entry in found_all if isinstance(entry, UnreadableFile)]
        self.shelf = Shelf(tuple(sorted(sessions, key=recency, reverse=True)), tuple(damaged))


def pair_of(
    given: tuple[StoredSession, ...], finished: tuple[StoredSession, ...], rubric: Rubric
) -> tuple[StoredSession, StoredSession] | None:
    """Which two to compare, the earlier first: those given, filled up with what fits best.

    To one session belongs the one before it of the same person and team, else the next one of
    theirs, else any other; to none, the newest.
    """
    fitting = [s for s in finished if s.session.rubric.id == rubric.id]
    if len(given) < 2:
        anchor = given[0] if given else (fitting[0] if fitting else None)
        others = [s for s in fitting if anchor and s.session.id != anchor.session.id]
        if anchor is None or not others:
            return None

        def fit(other: StoredSession) -> tuple[bool, bool, float]:
            gap = (anchor.session.started - other.session.started).total_seconds()
            return (_whose(other) != _whose(anchor), gap < 0, abs(gap))

        given = (anchor, min(others, key=fit))
    before, after = sorted(given[:2], key=recency)
    return before, after


def _whose(stored: StoredSession) -> tuple[str, str]:
    return stored.session.respondent, stored.session.team
