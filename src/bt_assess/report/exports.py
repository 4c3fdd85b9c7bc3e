"""Many sessions in one file, for spreadsheets and for programs."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

from bt_assess.core.compared import Compared, changes
from bt_assess.core.courses import Course, is_same_session, laid
from bt_assess.core.rubric import Rubric
from bt_assess.core.session import Session
from bt_assess.core.text import guarded
from bt_assess.report.change_words import Pair, ends_of, way
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
    "why_not", "change_from", "one_version", "not_rated", "target", "target_base", "progress",
)  # fmt: skip
_OF_A_CHANGE = 12


def compared_csv(
    rubric: Rubric,
    items: Sequence[Compared],
    targets: Mapping[str, float] | None = None,
    pair: Pair | None = None,
) -> str:
    """A row a theme of each session and round; what does not exist, or may not show, is empty.

    The change of a person or a team is from their first to their last time, or that of the `pair`
    which was chosen, and stands with the later one. Different ones have no change between them.
    """
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(COMPARED_COLUMNS)
    found = laid(items)
    ends = [(course, *ends_of(course, pair)) for course in found.courses]
    for item in found.items:
        head = (item.kind.value, item.id, guarded(item.name), guarded(item.team), item.when)
        tails: dict[str, tuple[object, ...]] = {}
        for course, first, last in ends:
            if item is last:
                tails = _tails(rubric, course, (first, last), targets or {})
        for theme in rubric.themes:
            place = item.standing(theme.id)
            rows.writerow(
                (
                    *head, theme.id, guarded(theme.name), place.position, place.se, place.low,
                    place.high, place.stage, place.confidence, place.n, place.gap,
                    *tails.get(theme.id, ("",) * _OF_A_CHANGE),
                )
            )  # fmt: skip
    return out.getvalue()


def _tails(
    rubric: Rubric, course: Course, ends: Pair, targets: Mapping[str, float]
) -> dict[str, tuple[object, ...]]:
    """What changed in each theme, and how far it is to its target."""
    tails: dict[str, tuple[object, ...]] = {}
    is_same = is_same_session(*ends)
    for change in changes(rubric, *ends):
        left_out = change.left_out
        told = (change.delta, change.se, change.verdict, change.matched)
        aim: tuple[object, ...] = ("", "", "")
        if (target := targets.get(change.theme_id)) is not None:
            found = way(course, change.theme_id, target)
            aim = (target, found.base.position, found.done)
        tails[change.theme_id] = (
            *(("",) * len(told) if is_same else told),
            len(left_out.ids),
            "same session" if is_same else change.why_not,
            ends[0].id,
            " ".join(map(guarded, left_out.one_version)),
            " ".join(map(guarded, left_out.not_rated)),
            *aim,
        )
    return tails
