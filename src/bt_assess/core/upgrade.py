"""Carrying a session to a newer version of its rubric."""

from dataclasses import dataclass

from bt_assess.core.rubric import Rubric, is_newer
from bt_assess.core.session import RubricRef, Session


class NotNewer(ValueError):
    """A rubric that is not a newer version of the one that the session answers, and why."""


@dataclass(frozen=True, kw_only=True)
class Upgrade:
    """A session as it is on the newer version.

    `gone` are the statements that had an answer or a note and are not in the newer version; `new`
    are its statements that are not answered.
    """

    session: Session
    gone: tuple[str, ...]
    new: tuple[str, ...]


def upgrade(session: Session, rubric: Rubric) -> Upgrade:
    """The session with what it says of the statements that `rubric` has. Raises NotNewer.

    Answers go by ids: a statement whose meaning changed has a new one, and is to be answered anew.
    """
    if session.rubric.id != rubric.id:
        raise NotNewer(f"it answers the rubric {session.rubric.id!r}, not {rubric.id!r}")
    if not is_newer(rubric.version, session.rubric.version):
        raise NotNewer(
            f"it answers version {session.rubric.version}, and {rubric.version} is not newer"
        )
    known = rubric.statements
    said = dict.fromkeys((*session.answers, *session.notes))
    changed = Session.model_validate(
        {
            **dict(session),
            "rubric": RubricRef(id=rubric.id, version=rubric.version),
            "answers": {i: a for i, a in session.answers.items() if i in known},
            "notes": {i: note for i, note in session.notes.items() if i in known},
            "at": session.at if session.at in known else None,
            "revision": session.revision + 1,
            # Whoever has not finished is still to be asked what is new.
            "asked": (session.asked or session.rubric.version) if session.finished else None,
        }
    )
    return Upgrade(
        session=changed,
        gone=tuple(i for i in said if i not in known),
        new=tuple(i for i in known if i not in session.answers),
    )
