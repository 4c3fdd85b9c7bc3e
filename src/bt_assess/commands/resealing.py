"""reseal: accept a session file that was changed by hand on purpose."""

import sys
from argparse import Namespace
from pathlib import Path

from bt_assess.commands.desk import folder_of, rubric_of
from bt_assess.commands.out import Refusal, say, tell
from bt_assess.core.session import misfits
from bt_assess.store.files import UnreadableFile, shown_name
from bt_assess.store.reseal import NotResealable, reseal
from bt_assess.store.session_file import ChangedFile, read_session


def run_reseal(arguments: Namespace) -> None:
    """Show what differs, ask, and seal the file as it is now."""
    rubric = rubric_of(arguments)
    asked = folder_of(arguments).file_named(arguments.file)
    path = _itself(asked)
    name = shown_name(path)
    try:
        read_session(path, follow_links=True)
    except ChangedFile as fault:
        changed = fault
    except UnreadableFile as error:
        # By the name that was typed: where a link leads to may be news to whoever typed it.
        raise Refusal(f"{shown_name(asked)}: {error.why}") from None
    else:
        tell(f"{name}: is as it was saved; there is nothing to do")
        return
    if strange := misfits(changed.session, rubric):
        raise Refusal(f"{name}: {strange[0]}")
    say("\n  ".join([f"{name} {changed.why}.", *changed.differences(rubric)]))
    if not arguments.yes:
        _ask(name)
    try:
        reseal(folder_of(arguments), changed, rubric)
    except NotResealable as error:
        raise Refusal(str(error)) from None
    tell(f"{name}: accepted as it is now")


def _itself(path: Path) -> Path:
    """The file itself, so that it is locked and replaced where it is, not a link to it."""
    try:
        return path.resolve() if path.is_symlink() else path
    except (OSError, RuntimeError):
        raise Refusal(f"{shown_name(path)}: is a link that leads nowhere") from None


def _ask(name: str) -> None:
    """Raises Refusal unless somebody at a terminal says yes."""
    try:
        somebody = sys.stdin is not None and sys.stdin.isatty()
    except ValueError:
        somebody = False
    if not somebody:
        raise Refusal(f"{name}: left as it is; nobody can be asked here, and --yes accepts it")
    tell("Did you make these changes on purpose, and is the file right now? [y/N] ", end="")
    if sys.stdin.readline().strip().casefold() not in ("y", "yes"):
        raise Refusal(f"{name}: left as it is")
