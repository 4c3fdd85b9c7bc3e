"""Folders of sessions to start from, and what is in them afterwards."""

from datetime import timedelta
from pathlib import Path

from bt_assess.core.session import Answer, Session
from bt_assess.store.folder import SessionFolder
from bt_assess.store.rubric_file import load_rubric
from bt_assess.store.session_file import read_session
from tests.core.builders import NOON

RUBRIC = load_rubric()


def keep(folder: Path, name: str, answered: int, days: int = 0) -> None:
    """A session of this name with so many answers in order; finished when that is all."""
    store = SessionFolder(folder)
    moment = NOON + timedelta(days=days)
    stored = store.new(RUBRIC, moment, name, "")
    given = {s.id: list(Answer)[(n + days) % 4] for n, s in enumerate(RUBRIC.asked[:answered])}
    values = {**dict(stored.session), "answers": given, "revision": answered}
    session = Session.model_validate(values)
    if answered == len(RUBRIC.asked):
        session = session.finish(moment + timedelta(minutes=15))
    store.save(stored.path, session, RUBRIC)


def only_session(folder: Path) -> Session:
    [path] = folder.glob("*.toml")
    return read_session(path).session


def answers(folder: Path) -> int:
    """How many answers are on disk in the only session."""
    return len(only_session(folder).answers)


def keys_given(session: Session) -> str:
    """The keys of its answers, in the order in which statements are asked."""
    return "".join(session.answers[s.id].key for s in RUBRIC.asked if s.id in session.answers)
