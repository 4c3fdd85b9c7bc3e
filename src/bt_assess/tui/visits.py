"""How a screen asks to go somewhere; the app opens what is asked for."""

from enum import Enum
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from bt_assess.store.session_file import StoredSession
    from bt_assess.store.settings import Settings


class Place(Enum):
    """Where a screen can ask to go."""

    NEW = "new"
    ASSESS = "assess"
    REVIEW = "review"
    RESULTS = "results"
    SESSIONS = "sessions"
    COMPARE = "compare"
    ORGANISATION = "organisation"
    ROUNDS = "rounds"
    PLANS = "plans"
    PROJECTS = "projects"
    GRID = "grid"
    HELP = "help"
    SETTINGS = "settings"


class Visit(Message):
    """A screen asks for another one, with the sessions to show there."""

    def __init__(self, place: Place, *sessions: "StoredSession") -> None:
        self.place = place
        self.sessions = sessions
        super().__init__()


class HomeShown(Message):
    """Home has come to the front and wants to know what the folder holds now."""


class FolderShown(Message):
    """A page shows what the folder holds, and wants to know what it holds now (`show_checked`)."""


class SettingsChanged(Message):
    """Somebody set something to their liking."""

    def __init__(self, settings: "Settings") -> None:
        self.settings = settings
        super().__init__()
