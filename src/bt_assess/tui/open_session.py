"""The session somebody is working on: its state now, its lock, what can be undone."""

from datetime import datetime
from pathlib import Path
from typing import Protocol

from bt_assess.core.rubric import Rubric, Statement
from bt_assess.core.session import Answer, Session
from bt_assess.store.files import UnreadableFile
from bt_assess.store.folder import InUseError, SessionFolder, SessionLock
from bt_assess.store.session_file import StoredSession, read_session

FINISHED = "This assessment is finished, so its answers are fixed."


class Writer(Protocol):
    """Whatever takes the new state of a session and sees to it that it gets to disk."""

    def submit(self, path: Path, session: Session) -> None: ...


class OpenSession:
    """Every change goes through here: made, remembered for undo, handed to the writer.

    When another window has the session open, or the folder cannot be written, `read_only` says so
    and nothing changes.
    """

    def __init__(
        self, stored: StoredSession, rubric: Rubric, folder: SessionFolder, saver: Writer
    ) -> None:
        self.path: Path = stored.path
        self.session: Session = stored.session
        self.rubric = rubric
        self.read_only: str | None = None
        self._saver = saver
        self._undo: list[tuple[str, Answer | str | None]] = []
        self._lock: SessionLock | None = None
        if self.session.finished is not None:
            self.read_only = FINISHED
            return
        try:
            self._lock = folder.lock(self.path)
        except InUseError:
            self.read_only = "This assessment is open in another window. You can read, not answer."
        except OSError:
            self.read_only = "This folder cannot be written to. You can read, not answer."
        if self._lock is not None:
            self._read_again()

    def _read_again(self) -> None:
        """The file may have moved on before the lock was ours."""
        try:
            self.session = read_session(self.path).session
        except UnreadableFile:
            return
        if self.session.finished is not None:
            self.read_only = FINISHED
            self.close()

    def close(self) -> None:
        """Give up the right to write."""
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    @property
    def asked(self) -> tuple[Statement, ...]:
        return self.rubric.asked

    @property
    def place(self) -> int:
        """The number of the statement to show, from 0: where somebody was, else the first open one."""
        ids = [s.id for s in self.asked]
        if self.session.at in ids:
            return ids.index(self.session.at)
        return next((i for i, own in enumerate(ids) if own not in self.session.answers), 0)

    def open_ids(self) -> list[str]:
        """The statements without an answer, in order."""
        return [s.id for s in self.asked if s.id not in self.session.answers]

    def answer(self, statement_id: str, answer: Answer, then: str | None) -> None:
        """Answer a statement; `then` is where to go on."""
        before = self.session.answers.get(statement_id)
        if before is not answer:
            self._undo.append((statement_id, before))
        self._replace(self.session.answered(statement_id, answer).moved_to(then))

    def undo(self) -> str | None:
        """Take the last change back, of an answer or a note; the statement it was of, or None."""
        if not self._undo or self.read_only:
            return None
        statement_id, before = self._undo.pop()
        # A note before is text, empty where there was none; an answer before can be None.
        is_note = isinstance(before, str) and not isinstance(before, Answer)
        change = self.session.noted if is_note else self.session.answered
        self._replace(change(statement_id, before).moved_to(statement_id))  # type: ignore[arg-type]
        return statement_id

    def note(self, statement_id: str, text: str) -> None:
        """Keep a note as it is being typed; undo takes back all that was typed in one go."""
        before = self.session.notes.get(statement_id, "")
        if text.strip() != before:
            last = self._undo[-1] if self._undo else None
            if last is None or last[0] != statement_id or type(last[1]) is not str:
                self._undo.append((statement_id, before))
            self._replace(self.session.noted(statement_id, text))

    def move(self, statement_id: str) -> None:
        """Remember where somebody is; only once there is something worth a file."""
        if not self.read_only and self.session.revision:
            self._replace(self.session.moved_to(statement_id))

    def finish(self, now: datetime) -> StoredSession:
        """Fix the answers. Raises FinishedError when they are fixed already."""
        self._replace(self.session.finish(now))
        self.read_only = FINISHED
        return self.stored

    @property
    def stored(self) -> StoredSession:
        return StoredSession(self.path, self.session)

    def _replace(self, session: Session) -> None:
        if session is not self.session:
            self.session = session
            self._saver.submit(self.path, session)
