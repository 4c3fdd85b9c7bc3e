"""What screens work with, handed to each in its constructor."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bt_assess.core.rubric import Rubric
from bt_assess.store.folder import SessionFolder
from bt_assess.store.where import Whereabouts
from bt_assess.store.library import Library
from bt_assess.store.settings import Settings
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

