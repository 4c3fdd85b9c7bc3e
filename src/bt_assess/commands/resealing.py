"""reseal: accept a file that was changed by hand on purpose: a session's, a plan's, a project's."""

import os
import sys
from argparse import Namespace
from pathlib import Path
from typing import Any

from bt_assess.commands.desk import folder_of, rubric_of
from bt_assess.commands.out import Refusal, say, tell
from bt_assess.core.session import misfits
from bt_assess.store.files import UnreadableFile, reason, shown_name
from bt_assess.store.folder import ARCHIVE, InUseError
from bt_assess.store.kept import ChangedByHand, KeptFolder, OutOfDate
from bt_assess.store.plans import PlansFolder
from bt_assess.store.projects import ProjectsFolder
from bt_assess.store.reseal import NotResealable, reseal
from bt_assess.store.session_file import ChangedFile, read_session


def run_reseal(arguments: Namespace) -> None:
    """Show what differs, ask, and seal the file as it is now."""
    asked = folder_of(arguments).file_named(arguments.file)
    if (kept := _kept(arguments.where.path, arguments.file, asked)) is not None:
        _reseal_kept(*kept, is_sure=arguments.yes)
        return
    rubric = rubric_of(arguments)
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


def _kept(sessions: Path, word: str, asked: Path) -> tuple[KeptFolder[Any], Path] | None:
    """The plan's or project's file that is meant, by its path or its name, and what keeps it."""
    folders: tuple[KeptFolder[Any], ...] = (PlansFolder(sessions), ProjectsFolder(sessions))
    for folder in folders:
        names = (word, f"{word}.toml")
        here = [place / name for place in (folder.path, folder.path / ARCHIVE) for name in names]
        path = asked
        if not os.path.lexists(asked) and word:
            path = next((each for each in here if os.path.lexists(each)), asked)
        if folder.has(path):
            return folder, path
    return None


def _reseal_kept(folder: KeptFolder[Any], path: Path, *, is_sure: bool) -> None:
    """Show what the file says now, ask, and seal it. Raises Refusal."""
    name = shown_name(path)
    try:
        folder.read(path)
    except ChangedByHand as fault:
        changed = fault
    except UnreadableFile as error:
        raise Refusal(f"{name}: {error.why}") from None
    else:
        tell(f"{name}: is as it was saved; there is nothing to do")
        return
    say(f"{name} {changed.why}. It says now:\n")
    say(folder.words_of(changed.thing))
    if not is_sure:
        _ask(name)
    try:
        folder.accept(changed)
    except InUseError:
        raise Refusal(f"{name}: is open in another window") from None
    except OutOfDate as error:
        raise Refusal(f"{name}: {error}") from None
    except OSError as error:
        raise Refusal(f"{name}: {reason(error)}") from None
    tell(f"{name}: accepted as it is now")


def _itself(path: Path) -> Path:
    """The file itself, so that it is locked and replaced where it is, not a link to it."""
    try:
        return path.resolve() if path.is_symlink() else path
    except OSError as error:
        raise Refusal(f"{shown_name(path)}: {reason(error)}") from None
    except RuntimeError:
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
