"""What commands work on: the folder, the rubric, a session by its name."""

from argparse import Namespace

from bt_assess.commands.out import Refusal, tell
from bt_assess.core.rubric import Rubric
from bt_assess.core.session import misfits
from bt_assess.store.files import LONGEST_PATH, UnreadableFile, reason, shortened, shown_name
from bt_assess.store.folder import NotFound, SessionFolder
from bt_assess.store.rubric_file import FaultyRubric, load_rubric
from bt_assess.store.session_file import ChangedFile, StoredSession
from bt_assess.store.where import at_home


def rubric_of(arguments: Namespace) -> Rubric:
    """The rubric in use. Raises Refusal, with every fault of a faulty one."""
    path = at_home(arguments.rubric) if arguments.rubric else None
    try:
        return load_rubric(path)
    except FaultyRubric as error:
        raise Refusal(*(f"{error.path}: {fault}" for fault in error.faults)) from None
    except UnreadableFile as error:
        raise Refusal(f"{shortened(str(error.path), LONGEST_PATH)}: {error.why}") from None


def folder_of(arguments: Namespace) -> SessionFolder:
    return SessionFolder(arguments.where.path)


def everything(
    arguments: Namespace, *, archived: bool = False
) -> tuple[list[StoredSession], list[UnreadableFile]]:
    """All sessions and all files that cannot be used. Raises Refusal where the folder cannot."""
    try:
        found = list(folder_of(arguments).read_all(archived=archived))
    except OSError as error:
        raise Refusal(f"{arguments.where.path}: {reason(error)}") from None
    sessions = [entry for entry in found if isinstance(entry, StoredSession)]
    return sessions, [entry for entry in found if isinstance(entry, UnreadableFile)]


def session_of(arguments: Namespace, word: str, rubric: Rubric) -> StoredSession:
    """The session that goes by `word`. Raises Refusal when there is none that `rubric` can read."""
    try:
        if word == "latest":
            stored, newer = folder_of(arguments).latest()
            for fault in newer:
                tell(f"bt-assess: passed over, though it is newer: {fault}")
        else:
            stored = folder_of(arguments).resolve(word)
    except NotFound as error:
        raise Refusal(str(error)) from None
    except ChangedFile as error:
        raise Refusal(
            f"{shown_name(error.path)}: {error.why};"
            f" 'bt-assess reseal {error.path}' shows what differs"
        ) from None
    except UnreadableFile as error:
        raise Refusal(str(error)) from None
    except OSError as error:
        raise Refusal(f"{shortened(word)}: {reason(error)}") from None
    if strange := misfits(stored.session, rubric):
        raise Refusal(f"{shown_name(stored.path)}: {strange[0]}")
    return stored
