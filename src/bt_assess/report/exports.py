"""Many sessions in one file, for spreadsheets and for programs."""

import csv
import io
import json
from collections.abc import Sequence

from bt_assess.core.rubric import Rubric
from bt_assess.core.session import Session
from bt_assess.core.text import guarded
from bt_assess.report.profile_json import JSON_FORMAT, show_object

COLUMNS = (
    "session", "respondent", "team", "started", "finished", "statement", "text", "answer", "note",
)  # fmt: skip


def sessions_csv(rubric: Rubric, sessions: Sequence[Session]) -> str:
    """A row a statement a session; a statement that has no answer has an empty one."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(COLUMNS)
    for session in sessions:
        head = (
            session.id,
            guarded(session.respondent),
            guarded(session.team),
            session.started.isoformat(),
            session.finished.isoformat() if session.finished else "",
        )
        for statement in rubric.asked:
            answer = session.answers.get(statement.id)
            note = session.notes.get(statement.id, "")
            said = answer.value if answer else ""
            rows.writerow((*head, statement.id, guarded(statement.text), said, guarded(note)))
    return out.getvalue()


def sessions_json(rubric: Rubric, sessions: Sequence[Session]) -> str:
    """A list of what `show --json` prints, with the answers and notes."""
    found = [
        {
            **show_object(rubric, session),
            "answers": {i: a.value for i, a in session.answers.items()},
            "notes": session.notes,
        }
        for session in sessions
    ]
    return (
        json.dumps({"format": JSON_FORMAT, "sessions": found}, indent=2, ensure_ascii=False) + "\n"
    )
