"""Comparisons as JSON objects. docs/json.md describes them."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bt_assess.core.compared import (
    Change,
    Compared,
    Standing,
    beside,
    by_date,
    changes,
    false_alarms,
    progress,
    trends,
)
from bt_assess.core.comparison import compare
from bt_assess.core.moved import StatementMove, StrandMove, statement_moves, strand_moves
from bt_assess.core.round import Action
from bt_assess.core.rubric import Rubric
from bt_assess.core.scoring import ByStage
from bt_assess.core.session import Answer
from bt_assess.core.team_change import promises
from bt_assess.report.profile_json import JSON_FORMAT, compare_object


def compared_data(
    rubric: Rubric,
    items: Sequence[Compared],
    targets: Mapping[str, float],
    files: Mapping[str, Path],
) -> dict[str, Any]:
    """All of a comparison; `files` are the sessions' own, by their ids."""
    first, second = items[0].session, items[1].session
    if len(items) > 2 or not first or not second:
        return comparison_object(rubric, items, targets)
    # As it has been since there were only sessions to compare.
    both = (files.get(first.id), files.get(second.id))
    data = compare_object(rubric, compare(rubric, first, second), both)
    return {**data, "targets": targets_object(rubric, items, targets)} if targets else data


def comparison_object(
    rubric: Rubric, items: Sequence[Compared], targets: Mapping[str, float] | None = None
) -> dict[str, Any]:
    """Two or more sessions and rounds; what may not be shown is null, and says why."""
    ordered = tuple(items) if len(items) == 2 else by_date(items)
    first, last = ordered[0], ordered[-1]
    alike = first.kind is last.kind
    two_kinds = len(ordered) == 2 and not alike
    person, team = sorted((first, last), key=lambda item: item.session is None)
    return {
        "format": JSON_FORMAT,
        "rubric": {"id": rubric.id, "version": rubric.version},
        "items": [_item(item) for item in ordered],
        "changes": [_change(c) for c in changes(rubric, first, last)] if alike else [],
        "trends": [
            {
                "id": trend.theme_id,
                "whole": trend.whole and {"from": _id(trend.ends, 0), "to": _id(trend.ends, 1),
                                          **_change(trend.whole)},
                "latest": trend.latest and {"from": _id(trend.steps, 0), "to": _id(trend.steps, 1),
                                            **_change(trend.latest)},
            }
            for trend in trends(rubric, ordered)
        ],
        "beside": [
            {"id": b.theme_id, "person": _standing(b.person), "team": _standing(b.team),
             "difference": b.difference}
            for b in beside(rubric, person, team)
        ] if two_kinds else [],
        "moves": [_move(move) for move in statement_moves(rubric, first, last)],
        "strands": [_strand(move) for move in strand_moves(rubric, first, last)],
        "promises": _promises(ordered),
        "targets": targets_object(rubric, ordered, targets or {}),
        "false_alarms": false_alarms(len(rubric.themes)),
    }  # fmt: skip


def targets_object(
    rubric: Rubric, items: Sequence[Compared], targets: Mapping[str, float]
) -> list[dict[str, Any]]:
    """Where each theme is to get to, and how much of the way is done."""
    found = []
    for theme in rubric.themes:
        if (target := targets.get(theme.id)) is None:
            continue
        # From the first that has a place to the last: a gap is no place to be measured from.
        placed = [p for item in items if (p := item.standing(theme.id).position) is not None]
        base, now = (placed[0], placed[-1]) if len(placed) > 1 else (None, None)
        found.append(
            {"id": theme.id, "target": target, "base": base, "now": now,
             "progress": progress(base, now, target)}
        )  # fmt: skip
    return found


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
        "n": found.n,
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
