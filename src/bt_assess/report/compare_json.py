"""Comparisons as JSON objects. docs/json.md describes them."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

from bt_assess.core.compared import (
    OF_TWO,
    Change,
    Compared,
    Kind,
    Standing,
    by_date,
    changes,
    false_alarms,
    gone,
    trends,
)
from bt_assess.core.comparison import compare
from bt_assess.core.courses import Course, Laid, is_same_session, laid
from bt_assess.core.moved import StatementMove, StrandMove, statement_moves, strand_moves
from bt_assess.core.round import Action
from bt_assess.core.rubric import Rubric
from bt_assess.core.saved_comparison import Ref
from bt_assess.core.scoring import ByStage
from bt_assess.core.session import Answer
from bt_assess.core.team_change import promises
from bt_assess.report.change_words import Pair, ends_of, nameless_words, whose_course
from bt_assess.report.pair_json import compare_object
from bt_assess.report.profile_json import JSON_FORMAT
from bt_assess.report.same_statements import asked_apart_words, same_statements_words
from bt_assess.report.way_words import way

Files: TypeAlias = dict[int, Path]
"""Files of sessions by what id() is of them: a copy has the same id and the same words."""


def compared_data(
    rubric: Rubric,
    items: Sequence[Compared],
    targets: Mapping[str, float],
    files: Files,
    pair: Pair | None = None,
    missing: Sequence[Ref] = (),
) -> dict[str, Any]:
    """All of a comparison; `files` are the sessions' own, and `missing` what was kept and is not here."""
    items = by_date(items)
    first, second = items[0].session, items[1].session
    if len(items) > 2 or not first or not second:
        return comparison_object(rubric, items, targets, pair, missing)
    # As it has been since there were only sessions to compare.
    both = (files.get(id(first)), files.get(id(second)))
    found = laid(items)
    told = found.is_one and not is_same_session(*items)
    data = compare_object(rubric, compare(rubric, first, second), both, is_change=told)
    data |= {
        "is_one": found.is_one,
        "same_session": is_same_session(*items),
        "beside": _beside(rubric, found.beside),
        "about_beside": asked_apart_words(rubric, found.beside) or None,
        "gone": list(gone(rubric, items)),
        "caution": nameless_words(found) or None,
        "missing": _missing(missing),
    }
    return {**data, "targets": targets_object(rubric, found, targets)} if targets else data


def comparison_object(
    rubric: Rubric,
    items: Sequence[Compared],
    targets: Mapping[str, float] | None = None,
    pair: Pair | None = None,
    missing: Sequence[Ref] = (),
) -> dict[str, Any]:
    """Two or more sessions and rounds; what may not be shown is null, and says why.

    Of the person or team whose times they are, the changes are those of `pair`, where there is one.
    """
    found = laid(items)
    ends = [ends_of(course, pair) for course in found.courses]
    every = list(enumerate(ends))
    over_time = [trends(rubric, course) for course in found.courses]
    return {
        "format": JSON_FORMAT,
        "rubric": {"id": rubric.id, "version": rubric.version},
        "items": [_item(item) for item in found.items],
        "courses": [
            {"kind": course[0].kind.value, "name": whose_course(course), "team": course[-1].team,
             "items": [item.id for item in course], "from": first.id, "to": last.id,
             "same_session": is_same_session(first, last),
             "about_places": same_statements_words(rubric, told) or None}
            for course, (first, last), told in zip(found.courses, ends, over_time, strict=True)
        ],
        "changes": [
            {"course": n, **_change(c)}
            for n, both in every if not is_same_session(*both) for c in changes(rubric, *both)
        ],
        "trends": [
            {
                "course": n,
                "id": trend.theme_id,
                "whole": trend.whole and {"from": _id(trend.ends, 0), "to": _id(trend.ends, 1),
                                          **_change(trend.whole)},
                "latest": trend.latest and {"from": _id(trend.steps, 0), "to": _id(trend.steps, 1),
                                            **_change(trend.latest)},
            }
            for n, told in enumerate(over_time) for trend in told
        ],
        "beside": _beside(rubric, found.beside),
        "about_beside": asked_apart_words(rubric, found.beside) or None,
        "moves": [
            {"course": n, **_move(move)}
            for n, both in every for move in statement_moves(rubric, *both)
        ],
        "strands": [
            {"course": n, **_strand(move)}
            for n, both in every for move in strand_moves(rubric, *both)
        ],
        "promises": [each for course in found.courses for each in _promises(by_date(course))],
        "targets": targets_object(rubric, found, targets or {}),
        "gone": list(gone(rubric, found.items)),
        "false_alarms": false_alarms(len(rubric.themes)),
        "caution": nameless_words(found) or None,
        "missing": _missing(missing),
    }  # fmt: skip


def _missing(refs: Sequence[Ref]) -> list[dict[str, str]]:
    return [{"kind": ref.kind.value, "id": ref.id} for ref in refs]


def targets_object(
    rubric: Rubric, found: Laid, targets: Mapping[str, float]
) -> list[dict[str, Any]]:
    """Where each theme is to get to, and how much of the way each person or team has done."""
    if not targets:
        return []
    ways = [
        (number, course, way(change, targets[change.theme_id]))
        for number, course in enumerate(found.courses)
        for change in changes(rubric, course[0], course[-1])
        if change.theme_id in targets
    ]
    return [
        {"course": number, "id": each.theme_id, "from": course[0].id, "to": course[-1].id,
         "target": each.target,
         "base": each.base.position, "now": each.now.position, "progress": each.done,
         "base_gap": each.base.gap and each.base.gap.value,
         "now_gap": each.now.gap and each.now.gap.value}
        for number, course, each in ways
    ]  # fmt: skip


def _beside(rubric: Rubric, items: Course) -> list[dict[str, Any]]:
    """Different people and teams as they are now; how far two of them are from each other."""
    if not items:
        return []
    ordered = items
    if len(items) == 2:
        ordered = tuple(sorted(items, key=lambda item: item.session is None))
    kinds = [item.kind for item in ordered]
    is_pair = kinds == [Kind.SESSION, Kind.ROUND]
    rows = []
    for theme in rubric.themes:
        places = [item.standing(theme.id) for item in ordered]
        apart = None
        if len(ordered) == 2 and places[0].position is not None and places[1].position is not None:
            apart = places[0].position - places[1].position
        rows.append(
            {
                "id": theme.id,
                "person": _standing(places[0]) if is_pair else None,
                "team": _standing(places[1]) if is_pair else None,
                "difference": apart,
                "each": [
                    {"kind": item.kind.value, "id": item.id, **_standing(place)}
                    for item, place in zip(ordered, places, strict=True)
                ],
            }
        )
    return rows


def _id(pair: tuple[Compared, Compared] | None, place: int) -> str | None:
    return pair[place].id if pair else None


def _item(item: Compared) -> dict[str, Any]:
    return {
        "kind": item.kind.value,
        "id": item.id,
        "name": item.name,
        "team": item.team,
        "tags": list(item.tags),
        "when": item.when.isoformat(),
        "rubric": {"id": item.rubric.id, "version": item.rubric.version},
        "people": item.shown.respondents if item.shown and item.shown.shown else None,
        "themes": [{"id": s.theme_id, **_standing(s)} for s in item.standings],
    }


def _standing(found: Standing) -> dict[str, Any]:
    return {
        "position": found.position,
        "se": found.se,
        "low": found.low,
        "high": found.high,
        "stage": found.stage and found.stage.value,
        "confidence": found.confidence and found.confidence.value,
        # Each of the two has a place by itself, so that nobody would be wrong.
        "n": None if found.gap in OF_TWO else found.n,
        "gap": found.gap and found.gap.value,
    }


def _change(change: Change) -> dict[str, Any]:
    return {
        "id": change.theme_id,
        "before": _standing(change.before),
        "after": _standing(change.after),
        "delta": change.delta,
        "se": change.se,
        "verdict": change.verdict and change.verdict.value,
        "matched": change.matched,
        "why_not": change.why_not and change.why_not.value,
        "left_out": {
            "one_version": list(change.left_out.one_version),
            "not_rated": list(change.left_out.not_rated),
        },
    }


def _move(move: StatementMove) -> dict[str, Any]:
    return {
        "id": move.statement.id,
        "change": move.change,
        "before": move.before and move.before.value,
        "after": move.after and move.after.value,
        "counts_before": _counts(move.counts_before),
        "counts_after": _counts(move.counts_after),
        "notes_before": list(move.notes_before),
        "notes_after": list(move.notes_after),
    }


def _counts(counts: Mapping[Answer, int] | None) -> dict[str, int] | None:
    return None if counts is None else {answer.value: n for answer, n in counts.items()}


def _strand(move: StrandMove) -> dict[str, Any]:
    def shares(found: ByStage) -> dict[str, float | None]:
        return {stage.value: share for stage, share in found.items()}

    return {
        "theme": move.theme_id,
        "strand": move.strand_id,
        "size": move.size,
        "before": shares(move.before),
        "after": shares(move.after),
    }


def _promises(items: Sequence[Compared]) -> list[dict[str, Any]]:
    """The actions of every round but the last, as they were made and as they stand."""
    rounds = [item.round for item in items if item.round]
    return [
        {"round": round_.id, "then": _action(promise.then), "now": _action(promise.now),
         "told": promise.told}
        for number, round_ in enumerate(rounds[:-1])
        for promise in promises(round_, *rounds[number + 1 :])
    ]  # fmt: skip


def _action(action: Action) -> dict[str, Any]:
    return action.model_dump(mode="json")
