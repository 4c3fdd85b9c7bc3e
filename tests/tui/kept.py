"""Sessions in a folder, with answers that are known."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bt_assess.core.rubric import Rubric
from bt_assess.core.session import Answer, Session
from bt_assess.store.folder import SessionFolder
from bt_assess.store.session_file import StoredSession, read_session
from tests.core.builders import NOON, answers, rubric, theme_data

DAY = timedelta(days=1)


def grid(*rows: str, **more: Any) -> Rubric:
    """A rubric of a theme for each row, named A, B, C ..., with as many statements as the row."""
    themes = []
    for letter, row in zip("abcdefgh", rows, strict=False):
        data = theme_data(row, theme_id=f"theme-{letter}", **more)
        name = f"Theme {letter.upper()}"
        themes.append({**data, "name": name, "short": name, "tag": letter.upper()})
    return rubric(*themes)


def given(*rows: str) -> dict[str, Answer]:
    """The answers to `grid(*rows)` that the rows stand for."""
    found: dict[str, Answer] = {}
    for letter, row in zip("abcdefgh", rows, strict=False):
        found |= answers(row, f"theme-{letter}")
    return found


def keep(
    folder: Path,
    grid: Rubric,
    given: dict[str, Answer] | None = None,
    *,
    respondent: str = "Me",
    team: str = "",
    started: datetime = NOON,
    finished: bool = True,
    took: timedelta = timedelta(),
    **more: Any,
) -> Path:
    """The file of a session with these answers, started at `started`, finished `took` later."""
    store = SessionFolder(folder)
    begun = store.new(grid, started, respondent, team)
    values = {
        **dict(begun.session),
        "revision": 1,
        "answers": given or {},
        "finished": started + took if finished else None,
        **more,
    }
    store.save(begun.path, Session.model_validate(values), grid)
    return begun.path


def kept(folder: Path) -> StoredSession:
    """The one session of a folder, as it is on disk now."""
    [path] = folder.glob("*.toml")
    return read_session(path)
