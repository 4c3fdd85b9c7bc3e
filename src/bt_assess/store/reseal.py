"""Accepting a session file that was changed by hand on purpose."""

from bt_assess.core.rubric import Rubric
from bt_assess.core.session import Session, misfits
from bt_assess.store.files import UnreadableFile, reason, shown_name
from bt_assess.store.folder import InUseError, SessionFolder
from bt_assess.store.session_file import ChangedFile, StoredSession, read_session


class NotResealable(ValueError):
    """A file that cannot be accepted as it is, and why."""


def reseal(folder: SessionFolder, fault: ChangedFile, rubric: Rubric) -> StoredSession:
    """Write the session that `fault` holds with a seal of its own. Raises NotResealable.

    What is accepted is what was shown: a file that has changed again since is refused.
    """
    if strange := misfits(fault.session, rubric):
        raise NotResealable(f"{shown_name(fault.path)}: {strange[0]}")
    try:
        lock = folder.lock(fault.path)
    except InUseError:
        raise NotResealable(f"{shown_name(fault.path)}: is open in another window") from None
    except OSError as error:
        raise NotResealable(f"{shown_name(fault.path)}: {reason(error)}") from None
    try:
        if _session_now(fault) != fault.session:
            raise NotResealable(
                f"{shown_name(fault.path)}: has changed again; look at it once more"
            )
        # A revision of its own, so that two copies can be told apart.
        session = Session.model_validate(
            {**dict(fault.session), "revision": fault.session.revision + 1}
        )
        folder.save(fault.path, session, rubric)
    except OSError as error:
        raise NotResealable(f"{shown_name(fault.path)}: {reason(error)}") from None
    finally:
        lock.release()
    return StoredSession(fault.path, session)


def _session_now(fault: ChangedFile) -> object:
    try:
        return read_session(fault.path, follow_links=True).session
    except ChangedFile as again:
        return again.session
    except UnreadableFile:
        return None
