"""How a screen asks to go somewhere; the app opens what is asked for."""

from enum import Enum
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from bt_assess.core.compared import Compared
    from bt_assess.core.due import Of
    from bt_assess.core.project_parts import Origin
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
    DUE = "due"
    GRID = "grid"
    HELP = "help"
    SETTINGS = "settings"


class Visit(Message):
    """A screen asks for another one, with the sessions to show there, and the theme to begin with."""

    def __init__(self, place: Place, *sessions: "StoredSession", theme_id: str = "") -> None:
        self.place = place
        self.sessions = sessions
        self.theme_id = theme_id
        super().__init__()


NEXT_ROUND = "next"
"""What is asked for of a round: not it, but the one that follows."""
BEGIN = "begin"
"""What is asked for of a plan, before a dot and the capability if it is known: a project of it."""


class OpenKept(Message):
    """A screen asks for one plan, project or round by its id; for all of that kind without one.

    `part` is where in it somebody wants to be, as `Due.part` says it; or `NEXT_ROUND`, or `BEGIN`.
    """

    def __init__(self, of: "Of", id: str = "", part: str = "") -> None:
        self.of = of
        self.id = id
        self.part = part
        super().__init__()


class BeginProject(Message):
    """A screen asks for a breakthrough project: of a breakthrough point, or of a plan's capability.

    `about` is the point or the capability in words.
    """

    def __init__(self, origin: "Origin", about: str, organisation: str = "") -> None:
        self.origin = origin
        self.about = about
        self.organisation = organisation
        super().__init__()


class PlanFrom(Message):
    """An open round asks for a new plan that begins with what it shows."""

    def __init__(self, item: "Compared") -> None:
        self.item = item
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
