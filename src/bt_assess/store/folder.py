"""The folder that sessions are kept in: finding it, listing it, saving, locking, archiving."""

import os
import re
import string
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from bt_assess.core.rubric import Rubric
from bt_assess.core.session import RubricRef, Session
from bt_assess.store.files import UnreadableFile, read_bytes, shortened, shown_name, write_atomic
from bt_assess.store.glance import ARCHIVE as ARCHIVE
from bt_assess.store.session_file import ChangedFile, StoredSession, read_session, session_text
from bt_assess.store.where import at_home

_TIME = re.compile(r"^(started|finished) = (\S+ \S+|\S+)\s*$", re.MULTILINE)


class InUseError(Exception):
    """Somebody else has this session open for answering."""


class SessionLock:
    """The right to write one session's file; free at once when its process dies."""

    def __init__(self, path: Path) -> None:
        self._path = path.with_name(f".{path.name}.lock")
        from filelock import FileLock  # what only reads does without

        # Not bound to a thread: taken by the screen, used by the thread that saves.
        self._lock = FileLock(self._path, timeout=0, thread_local=False)

    def acquire(self) -> None:
        """Raises InUseError when another process holds it, OSError when the folder is read-only."""
        from filelock import Timeout

        try:
            self._lock.acquire()
        except Timeout:
            raise InUseError from None

    def release(self) -> None:
        # Removed while it is held: whoever opened it meanwhile sees that it is gone, and starts
        # again. Left behind, there would be one for every session ever opened.
        if self._lock.is_locked:
            with suppress(OSError):
                self._path.unlink()
        self._lock.release()


class NotFound(LookupError):
    """No session, or more than one, goes by this name."""


class SessionFolder:
    """A folder of session files. Damaged files are told of and left where they are."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def files(self, *, archived: bool = False) -> list[Path]:
        """The session files, newest date first; none when there is no folder yet."""
        folder = self.path / ARCHIVE if archived else self.path
        try:
            with os.scandir(folder) as entries:
                names = [
                    entry.name
                    for entry in entries
                    if entry.name.endswith(".toml") and not entry.name.startswith(".")
                ]
        except FileNotFoundError:
            return []
        return [folder / name for name in sorted(names, reverse=True)]

    def read_all(self, *, archived: bool = False) -> Iterator[StoredSession | UnreadableFile]:
        """Each file's session, or what is wrong with it."""
        for path in self.files(archived=archived):
            try:
                yield read_session(path)
            except UnreadableFile as fault:
                yield fault

    def new(self, rubric: Rubric, now: datetime, respondent: str, team: str = "") -> StoredSession:
        """A session that starts now; nothing is written before it is saved."""
        session = Session(
            id=new_id(),
            respondent=respondent,
            team=team,
            started=_to_milliseconds(now),
            rubric=RubricRef(id=rubric.id, version=rubric.version),
        )
        # Never the respondent's name: names are no safe paths, and others see lists of files.
        path = self.path / f"{session.started:%Y-%m-%d}-{session.id}.toml"
        return StoredSession(path, session)

    def save(self, path: Path, session: Session, rubric: Rubric) -> None:
        """Write the session durably. Raises OSError, and then the old file is still there."""
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_atomic(path, session_text(session, rubric).encode())

    def lock(self, path: Path) -> SessionLock:
        """The lock of a session's file, taken. Raises InUseError or OSError."""
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = SessionLock(path)
        lock.acquire()
        return lock

    def move(self, path: Path, *, to_archive: bool) -> Path:
        """Put a file into the archive or take it back. Raises InUseError or OSError."""
        folder = self.path / ARCHIVE if to_archive else self.path
        target = folder / path.name
        lock = self.lock(path)
        try:
            folder.mkdir(mode=0o700, exist_ok=True)
            if target.exists():
                raise FileExistsError(17, "a file of that name is there already")
            path.rename(target)
        finally:
            lock.release()
        return target

    def sweep(self) -> None:
        """Remove what writers that died left behind; a writer that lives holds its lock."""
        with suppress(OSError):
            # Archived files are written too, when a change to them is accepted.
            leftovers = [
                leftover
                for folder in (self.path, self.path / ARCHIVE)
                for leftover in folder.glob(".*.toml.*.tmp")
            ]
            for leftover in leftovers:
                session_file = leftover.with_name(leftover.name[1:].rsplit(".", 2)[0])
                with suppress(InUseError, OSError):
                    lock = self.lock(session_file)
                    try:
                        leftover.unlink(missing_ok=True)
                    finally:
                        lock.release()

    def resolve(self, word: str) -> StoredSession:
        """The session that a file, an id, a unique start of an id, or 'latest' stands for.

        Raises NotFound, or UnreadableFile when it is there but damaged.
        """
        if word.endswith(".toml") or os.sep in word or "/" in word:
            return read_session(self.file_named(word), follow_links=True)
        if word == "latest":
            return self.latest()[0]
        found: dict[str, list[Path]] = {}
        for path in self.files() + self.files(archived=True):
            session_id = path.stem.rsplit("-", 1)[-1]
            if word and session_id.startswith(word):
                found.setdefault(session_id, []).append(path)
        if not found and (named := self._without_ending(word)):
            return read_session(named, follow_links=True)
        if not found:
            found = self._by_contents(word)
        if not found:
            shown = shortened(word)
            raise NotFound(f"no session here goes by {shown!r}; 'bt-assess list' shows them all")
        if word in found:
            found = {word: found[word]}
        paths = [path for same in found.values() for path in same]
        if len(paths) > 1:
            names = ", ".join(shown_name(path) for path in paths[:5])
            raise NotFound(f"{word!r} could be any of {len(paths)} sessions: {names}")
        return read_session(paths[0])

    def file_named(self, word: str) -> Path:
        """The file of this path, else the one of this name here or in the archive."""
        path = at_home(word)
        for place in (path, self.path / word, self.path / ARCHIVE / word):
            # lexists: True or False for any name, where Path.exists() raises for those too long.
            if os.path.lexists(place):
                return place
        return self._without_ending(word) or path

    def _without_ending(self, word: str) -> Path | None:
        """The file that is meant by a name whose `.toml` was left out."""
        name = f"{word}.toml"
        places = (at_home(name), self.path / name, self.path / ARCHIVE / name)
        return next((place for place in places if word and os.path.lexists(place)), None)

    def _by_contents(self, word: str) -> dict[str, list[Path]]:
        """Files that somebody renamed are found by the id inside them."""
        found: dict[str, list[Path]] = {}
        for stored in (*self.read_all(), *self.read_all(archived=True)):
            # One that was changed counts too, so that the answer is what is wrong with it.
            if isinstance(stored, StoredSession | ChangedFile):
                session_id = stored.session.id
                if word and session_id.startswith(word):
                    found.setdefault(session_id, []).append(stored.path)
        return found

    def latest(self) -> tuple[StoredSession, list[UnreadableFile]]:
        """The last session, by its end or else its start, and newer files that cannot be used.

        Raises NotFound.
        """
        faults: list[UnreadableFile] = []
        # Reading a line of each file orders them all; only the newest is read whole.
        for path in sorted(self.files(), key=_moment, reverse=True):
            try:
                return read_session(path), faults
            except UnreadableFile as fault:
                faults.append(fault)
        if faults:
            raise NotFound(
                f"none of the {len(faults)} files here can be used; 'bt-assess list' says why"
            )
        raise NotFound("there are no sessions here yet")


def _moment(path: Path) -> tuple[datetime, str]:
    """When a session file says that it ended, or else began; what says neither comes last."""
    with suppress(UnreadableFile, ValueError):
        head = read_bytes(path, follow_links=False)[:4000].decode(errors="replace")
        found = dict(_TIME.findall(head.partition("\n[answers]")[0]))
        if told := found.get("finished") or found.get("started"):
            moment = datetime.fromisoformat(told)
            return moment if moment.tzinfo else moment.replace(tzinfo=UTC), path.name
    return datetime.min.replace(tzinfo=UTC), path.name


def recency(stored: StoredSession) -> tuple[datetime, str]:
    """Sorts sessions by when they started; ids break a tie, so that the order is always one."""
    return stored.session.started, stored.session.id


def new_id() -> str:
    """Eight letters and digits that are not mistaken for one another (about 39 bits)."""
    import secrets

    alphabet = "".join(c for c in string.ascii_lowercase + string.digits if c not in "ilo01u")
    return "".join(secrets.choice(alphabet) for _ in range(8))


def _to_milliseconds(now: datetime) -> datetime:
    return now.replace(microsecond=now.microsecond // 1000 * 1000)
