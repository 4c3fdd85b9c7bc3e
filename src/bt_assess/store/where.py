"""Which folder sessions are kept in. Needed before anything else, so nothing heavy is imported."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROUNDS = "rounds"
"""The folder of a team's rounds, in the folder of sessions."""
PLANS = "plans"
"""The folder of plans, in the folder of sessions."""
PROJECTS = "projects"
"""The folder of breakthrough projects, in the folder of sessions."""


@dataclass(frozen=True)
class Whereabouts:
    """Which folder is in use, and what decided it."""

    path: Path
    why: str


def at_home(name: str) -> Path:
    """The path of this name, `~` being somebody's home; as it stands where nobody has that name."""
    try:
        return Path(name).expanduser()
    except RuntimeError:
        return Path(name)


def find_folder(option: str | None, environment: Mapping[str, str], here: Path) -> Whereabouts:
    """The folder to use: `--sessions`, BT_ASSESS_SESSIONS, ./sessions, else the user's own."""
    if option:
        return Whereabouts(at_home(option).absolute(), "given with --sessions")
    if named := environment.get("BT_ASSESS_SESSIONS"):
        return Whereabouts(at_home(named).absolute(), "named by BT_ASSESS_SESSIONS")
    if (local := here / "sessions").is_dir():
        return Whereabouts(local.absolute(), "it is in the folder you started from")
    from platformdirs import user_data_path

    own = user_data_path("bt-assess", appauthor=False) / "sessions"
    return Whereabouts(own, "your own data folder")
