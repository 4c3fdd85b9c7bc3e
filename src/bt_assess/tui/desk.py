"""What screens work with, handed to each in its constructor."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from bt_assess.core.rubric import Rubric
from bt_assess.core.session import Session
from bt_assess.store.folder import SessionFolder
from bt_assess.store.library import Library
from bt_assess.store.rubric_file import load_rubric
from bt_assess.store.settings import Settings
from bt_assess.store.where import Whereabouts
from bt_assess.tui.saving import Saver


@dataclass
class Desk:
    """The rubric, the folder, the one writer, the clock and the settings."""

    rubric: Rubric
    where: Whereabouts
    folder: SessionFolder
    library: Library
    saver: Saver
    now: Callable[[], datetime]
    settings: Settings


def set_up(place: Path, why: str, rubric: Rubric | None, settings: Settings) -> Desk:
    """A desk for a folder; without a rubric, with the one that ships."""
    rubric = rubric or load_rubric()
    folder = SessionFolder(place)
    saver = Saver(partial(_save, folder, rubric))
    where = Whereabouts(place, why)
    return Desk(rubric, where, folder, Library(folder), saver, _now, settings)


def _save(folder: SessionFolder, rubric: Rubric, path: Path, session: Session) -> None:
    folder.save(path, session, rubric)


def _now() -> datetime:
    return datetime.now().astimezone()
