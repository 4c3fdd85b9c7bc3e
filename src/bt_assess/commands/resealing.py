"""reseal: accept a session file that was changed by hand on purpose."""

import sys
from argparse import Namespace
from pathlib import Path

from bt_assess.commands.desk import Refusal, folder_of, rubric_of, say, tell
from bt_assess.core.session import misfits
from bt_assess.store.files import UnreadableFile
from bt_assess.store.reseal import NotResealable, reseal
from bt_assess.store.session_file import ChangedFile, read_session


def run_reseal(arguments: Namespace) -> None:
    """Show what differs, ask, and seal the file as it is now."""
    rubric = rubric_of(arguments)
    path = Path(arguments.file).expanduser()
    if not path.exists() and (arguments.where.path / arguments.file).exists():
        path = arguments.where.path / arguments.file
    try:
        read_session(path, follow_links=True)
    except ChangedFile as fault:
        changed = fault
    except UnreadableFile as error:
        raise Refusal(f"{path.name}: {error.why}") from None
    else:
        tell(f"{path.name}: is as it was saved; there is nothing to do")
        return
    if strange := misfits(changed.session, rubric):
        raise Refusal(f"{path.name}: {strange[0]}")
    say(f"{path.name} {changed.why}.")
    for line in changed.differences(rubric):
        say(f"  {line}")
    if not arguments.yes and not _agreed():
        raise Refusal(f"{path.name}: left as it is")
    try:
        reseal(folder_of(arguments), changed, rubric)
    except NotResealable as error:
        raise Refusal(str(error)) from None
    tell(f"{path.name}: accepted as it is now")


def _agreed() -> bool:
    if not sys.stdin or not sys.stdin.isatty():
        tell("without a terminal nobody can be asked; --yes accepts the file")
        return False
    print("Did you make these changes on purpose, and is the file right now? [y/N] ", end="")
    sys.stdout.flush()
    return sys.stdin.readline().strip().casefold() in ("y", "yes")
