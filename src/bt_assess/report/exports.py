"""Many sessions in one file, for spreadsheets and for programs."""

import csv
import io
import json
from collections.abc import Sequence
from typing import Any

from bt_assess.core.compared import Compared, changes
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


def sessions_object(rubric: Rubric, sessions: Sequence[Session]) -> dict[str, Any]:
    """A list of what `show --json` prints, with the answers and notes."""
    found = [
        {
            **show_object(rubric, session),
            "answers": {i: a.value for i, a in session.answers.items()},
            "notes": session.notes,
        }
        for session in sessions
    ]
    return {"format": JSON_FORMAT, "sessions": found}


def sessions_json(rubric: Rubric, sessions: Sequence[Session]) -> str:
    """The same as text."""
    return json.dumps(sessions_object(rubric, sessions), indent=2, ensure_ascii=False) + "\n"


COMPARED_COLUMNS = (
    "kind", "id", "name", "team", "date", "theme", "theme_name", "position", "se", "low", "high",
    "stage", "confidence", "people", "gap", "change", "change_se", "verdict", "matched", "left_out",
    "why_not",
)  # fmt: skip


def compared_csv(rubric: Rubric, items: Sequence[Compared]) -> str:
    """A row a theme of each session and round; what does not exist, or may not show, is empty.

    The change is from the first to the last, and stands with the last.
    """
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(COMPARED_COLUMNS)
    found = {change.theme_id: change for change in changes(rubric, items[0], items[-1])}
    for item in items:
        head = (item.kind.value, item.id, guarded(item.name), guarded(item.team), item.when)
        for theme in rubric.themes:
            place, change = item.standing(theme.id), found[theme.id]
            tail = (
                change.delta, change.se, change.verdict, change.matched, len(change.left_out.ids),
                change.why_not,
            )  # fmt: skip
            rows.writerow(
                (
                    *head, theme.id, guarded(theme.name), place.position, place.se, place.low,
                    place.high, place.stage, place.confidence, place.n, place.gap,
                    *(tail if item is items[-1] else ("",) * len(tail)),
                )
            )  # fmt: skip
    return out.getvalue()
