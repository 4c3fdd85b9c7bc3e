"""Two sessions as a JSON object, before and after. docs/json.md describes it."""

from pathlib import Path
from typing import Any

from bt_assess.core.compared import Change, Standing, changes, of_session
from bt_assess.core.comparison import Comparison, ThemeChange
from bt_assess.core.rubric import Rubric
from bt_assess.core.scoring import ThemeScore
from bt_assess.report.profile_json import JSON_FORMAT, rubric_ref, session_object


def compare_object(
    rubric: Rubric,
    comparison: Comparison,
    files: tuple[Path | None, Path | None],
    *,
    is_change: bool = True,
) -> dict[str, Any]:
    """Two sessions theme by theme, scored on what was rated both times.

    Without `is_change` they are of two people, or one session twice: nothing can have changed.
    """
    before, after = (of_session(rubric, s) for s in (comparison.before, comparison.after))
    told = changes(rubric, before, after)
    return {
        "format": JSON_FORMAT,
        "rubric": rubric_ref(comparison.after),
        "before": session_object(rubric, comparison.before, files[0]),
        "after": session_object(rubric, comparison.after, files[1]),
        "themes": [
            _change_object(change, found, is_change)
            for change, found in zip(comparison.themes, told, strict=True)
        ],
    }


def _change_object(change: ThemeChange, told: Change, is_change: bool) -> dict[str, Any]:
    return {
        "id": change.theme_id,
        "before": _side(change.before, told.before),
        "after": _side(change.after, told.after),
        "delta": change.delta if is_change else None,
        "se": change.se if is_change else None,
        "verdict": change.verdict and change.verdict.value if is_change else None,
        "why_not": told.why_not and told.why_not.value if is_change else None,
        "left_out": len(told.left_out.ids),
        "left_out_ids": {
            "one_version": list(told.left_out.one_version),
            "not_rated": list(told.left_out.not_rated),
        },
    }


def _side(found: ThemeScore, told: Standing) -> dict[str, Any]:
    """One of two times; `told` is by itself where too little was rated both times."""
    return {
        "status": found.status.value,
        "gap": told.gap and told.gap.value,
        "position": found.position,
        "se": found.se,
        "stage": found.stage and found.stage.value,
    }
