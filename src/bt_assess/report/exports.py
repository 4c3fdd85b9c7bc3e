"""Many sessions in one file, for spreadsheets and for programs."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

from bt_assess.core.compared import Compared, changes, gone, trends
from bt_assess.core.courses import Course, are_one, is_same_session, laid
from bt_assess.core.rubric import Rubric
from bt_assess.core.session import Session
from bt_assess.core.text import guarded
from bt_assess.report.change_words import Pair, ends_of, nameless_words
from bt_assess.report.compare_notes import absent_words
from bt_assess.report.profile_json import JSON_FORMAT, show_object
from bt_assess.report.same_statements import asked_apart_in, same_statements_words
from bt_assess.report.way_words import way

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
    "target_from", "target_to", "about_places", "caution", "about_beside",
    "missing",
)  # fmt: skip
_OF_A_PLACE, _OF_A_CHANGE = 9, 16
NOT_IN_USE = "not in use"


def compared_csv(
    rubric: Rubric,
    items: Sequence[Compared],
    targets: Mapping[str, float] | None = None,
    pair: Pair | None = None,
    missing: int = 0,
) -> str:
    """A row a theme of each session and round; what does not exist, or may not show, is empty.

    Of a theme that the rubric in use does not have, what was left out has a row.

    The change of a person or a team is from their first to their last time, or that of the `pair`
    which was chosen, and stands with the later one. Different ones have no change between them.
    """
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(COMPARED_COLUMNS)
    found = laid(items)
    ends = [(course, *ends_of(course, pair)) for course in found.courses]
    beside = pair if pair and not are_one(pair) else found.beside
    is_beside = {id(each) for each in beside}
    apart = {theme.id: asked_apart_in([theme], beside) for theme in rubric.themes}
    absent = absent_words(missing, len(items))
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
                    guarded(apart[theme.id]) if id(item) in is_beside else "", absent,
                )
            )  # fmt: skip
        known = {theme.id for theme in rubric.themes}
        for theme_id, tail in tails.items():
            if theme_id not in known:
                rows.writerow((*head, theme_id, *("",) * _OF_A_PLACE, *tail, "", absent))
    return out.getvalue()


def _tails(
    rubric: Rubric, course: Course, ends: Pair, targets: Mapping[str, float]
) -> dict[str, tuple[object, ...]]:
    """What changed in each theme, and how far it is to its target."""
    tails: dict[str, tuple[object, ...]] = {}
    is_same = is_same_session(*ends)
    all_of_it = (course[0], course[-1])
    # The way to a target is from the first time to the last, also beside a change of other times.
    ways = {
        change.theme_id: way(change, targets[change.theme_id])
        for change in (changes(rubric, *all_of_it) if targets else ())
        if change.theme_id in targets
    }
    about = {
        trend.theme_id: same_statements_words(rubric, [trend]) for trend in trends(rubric, course)
    }
    caution = nameless_words(laid(course))
    for change in changes(rubric, *ends):
        left_out = change.left_out
        told = (change.delta, change.se, change.verdict, change.matched)
        aim: tuple[object, ...] = ("",) * 5
        if found := ways.get(change.theme_id):
            aim = (found.target, found.base.position, found.done, *(each.id for each in all_of_it))
        tails[change.theme_id] = (
            *(("",) * len(told) if is_same else told),
            len(left_out.ids),
            "same session" if is_same else change.why_not,
            ends[0].id,
            " ".join(map(guarded, left_out.one_version)),
            " ".join(map(guarded, left_out.not_rated)),
            *aim,
            guarded(about[change.theme_id]),
            caution,
        )
    for theme_id, ids in _of_gone_themes(rubric, ends).items():
        why = (len(ids), NOT_IN_USE, ends[0].id, " ".join(map(guarded, ids)))
        tails[theme_id] = (*("",) * 4, *why, *("",) * 7, caution)
    return tails


def _of_gone_themes(rubric: Rubric, ends: Pair) -> dict[str, list[str]]:
    """The statements of each theme that was answered and that the rubric in use does not have."""
    found: dict[str, list[str]] = {}
    for statement_id in gone(rubric, ends):
        found.setdefault(statement_id.split(".")[0], []).append(statement_id)
    return found
