"""What screens work with, handed to each in its constructor."""

import os
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from time import monotonic
from typing import Any

from bt_assess.core.rubric import Rubric
from bt_assess.core.session import Session
from bt_assess.store.catalogue import Catalogue, Progress
from bt_assess.store.folder import SessionFolder
from bt_assess.store.rubric_file import load_rubric
from bt_assess.store.settings import Settings
from bt_assess.store.shelf import Shelf, look
from bt_assess.store.where import PLANS, PROJECTS, ROUNDS, Whereabouts
from bt_assess.tui.saving import Saver

TELL_EACH = 0.1
"""Seconds between two words of how far reading a large folder has come."""


@dataclass
class Desk:
    """The rubric, the folder, the one writer, the clock and the settings."""

    rubric: Rubric
    where: Whereabouts
    folder: SessionFolder
    catalogue: Catalogue
    saver: Saver
    now: Callable[[], datetime]
    settings: Settings
    drafts: dict[Path, Any] = field(default_factory=dict)
    """Answers of a round that are being given: saved sealed, by whoever has them."""
    shelf: Shelf = field(default_factory=Shelf)
    is_leaving: bool = False
    had_a_folder: bool = False

    def look(self, *, is_checked: bool) -> None:
        """Put on the shelf what the catalogue holds now."""
        found = look(self.catalogue, self.rubric, is_checked=is_checked)
        is_there = os.path.isdir(self.where.path)  # noqa: PTH112 - says no where it may not look
        self.shelf = replace(found, is_gone=self.had_a_folder and not is_there)
        self.had_a_folder |= is_there

    def catch_up(self, tell: Callable[[Progress], object]) -> None:
        """Bring the catalogue up to date: for a thread. Raises OSError where it cannot be."""
        steps = self.catalogue.refresh()
        told = 0.0
        for progress in steps:
            if self.is_leaving:
                steps.close()
                return
            if monotonic() - told > TELL_EACH:
                told = monotonic()
                tell(progress)

    def sweep(self) -> None:
        """Remove what writers that died left behind, of sessions, plans and projects: for a thread."""
        self.folder.sweep()
        if (self.where.path / PLANS).is_dir():
            from bt_assess.store.plans import PlansFolder

            PlansFolder(self.where.path).sweep()
        if (self.where.path / PROJECTS).is_dir():
            from bt_assess.store.projects import ProjectsFolder

            ProjectsFolder(self.where.path).sweep()

    def close(self) -> None:
        """Let go of the files that are open for reading."""
        self.catalogue.close()


def set_up(place: Path, why: str, rubric: Rubric | None, settings: Settings) -> Desk:
    """A desk for a folder; without a rubric, with the one that ships."""
    rubric = rubric or load_rubric()
    folder = SessionFolder(place)
    drafts: dict[Path, Any] = {}
    saver = Saver(partial(_save, folder, rubric, drafts))
    where = Whereabouts(place, why)
    catalogue = Catalogue(folder, rubric)
    return Desk(rubric, where, folder, catalogue, saver, _now, settings, drafts)


def _save(
    folder: SessionFolder, rubric: Rubric, drafts: dict[Path, Any], path: Path, session: Session
) -> None:
    if draft := drafts.get(path):
        draft.save(session)
    elif path.parent.parent.parent != folder.path / ROUNDS:
        # What belonged to a round and is over is written nowhere, least of all in plain words.
        folder.save(path, session, rubric)


def _now() -> datetime:
    return datetime.now().astimezone()
