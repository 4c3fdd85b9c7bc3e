"""Sessions, profiles and comparisons as JSON objects. docs/json.md describes them."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from bt_assess.core.advice import suggestions
from bt_assess.core.compared import LeftOut, changes, of_session
from bt_assess.core.comparison import Comparison, ThemeChange
from bt_assess.core.rubric import Rubric, RubricTheme, Stage
from bt_assess.core.scoring import Answers, ByStage, ThemeScore, score
from bt_assess.core.session import Session, answered

JSON_FORMAT = 1


def list_object(
    rubric: Rubric, sessions: Iterable[tuple[Path, Session]], damaged: Iterable[tuple[Path, str]]
) -> dict[str, Any]:
    """What a folder holds: who answered what, and which files cannot be used, and why."""
    return {
        "sessions": [
            {**session_object(rubric, session, file), "rubric": rubric_ref(session)}
            for file, session in sessions
        ],
        "damaged": [{"file": file.name, "why": why} for file, why in damaged],
    }


def show_object(rubric: Rubric, session: Session, file: Path | None = None) -> dict[str, Any]:
    """One session with its profile and what comes next."""
    profile = score(rubric, session.answers)
    return {
        "format": JSON_FORMAT,
        "rubric": rubric_ref(session),
        "session": session_object(rubric, session, file),
        "themes": [
            theme_object(theme, profile.theme(theme.id), session.answers) for theme in rubric.themes
        ],
    }


def rubric_ref(session: Session) -> dict[str, str]:
    return {"id": session.rubric.id, "version": session.rubric.version}


def session_object(rubric: Rubric, session: Session, file: Path | None) -> dict[str, Any]:
    """Who answered what, when; `answered` of `statements`, null where another rubric has them."""
    return {
        "id": session.id,
        "respondent": session.respondent,
        "team": session.team,
        "started": session.started.isoformat(),
        "finished": session.finished and session.finished.isoformat(),
        "revision": session.revision,
        "answered": answered(session, rubric),
        "statements": len(rubric.statements) if session.rubric.id == rubric.id else None,
        "file": file and file.name,
    }


def theme_object(theme: RubricTheme, found: ThemeScore, answers: Answers) -> dict[str, Any]:
    """A theme's score, unrounded; what does not exist is null."""
    return {
        "id": theme.id,
        "status": found.status.value,
        "pattern": found.pattern and found.pattern.value,
        "position": found.position,
        "se": found.se,
        "low": found.low,
        "high": found.high,
        "coherence": found.coherence,
        "coverage": found.coverage,
        "raw": _by_stage(found.raw),
        "effective": _by_stage(found.effective),
        "stage": found.stage and found.stage.value,
        "confidence": found.confidence and found.confidence.value,
        "next": [
            {"id": s.point.id, "need": s.need, "statements": [x.id for x in s.statements]}
            for s in suggestions(theme, found, answers)
        ],
    }


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
    left_out = [change.left_out for change in changes(rubric, before, after)]
    return {
        "format": JSON_FORMAT,
        "rubric": rubric_ref(comparison.after),
        "before": session_object(rubric, comparison.before, files[0]),
        "after": session_object(rubric, comparison.after, files[1]),
        "themes": [
            _change_object(change, out, is_change)
            for change, out in zip(comparison.themes, left_out, strict=True)
        ],
    }


def _change_object(change: ThemeChange, left_out: LeftOut, is_change: bool) -> dict[str, Any]:
    return {
        "id": change.theme_id,
        "before": _side(change.before),
        "after": _side(change.after),
        "delta": change.delta if is_change else None,
        "se": change.se if is_change else None,
        "verdict": change.verdict and change.verdict.value if is_change else None,
        "left_out": change.left_out,
        "left_out_ids": {
            "one_version": list(left_out.one_version),
            "not_rated": list(left_out.not_rated),
        },
    }


def _side(found: ThemeScore) -> dict[str, Any]:
    return {
        "status": found.status.value,
        "position": found.position,
        "se": found.se,
        "stage": found.stage and found.stage.value,
    }


def _by_stage(figures: ByStage) -> dict[str, float | None]:
    return {stage.value: figures[stage] for stage in Stage}


def rubric_object(rubric: Rubric) -> dict[str, Any]:
    """The grid: its statements and breakthrough points, in the rubric's order."""
    return {
        "id": rubric.id,
        "version": rubric.version,
        "statements": [
            {
                "id": s.id,
                "strand": s.strand,
                "lasting": s.lasting,
                "text": s.text,
                "help": s.help,
            }
            for s in rubric.statements.values()
        ],
        "points": [
            {"id": p.id, "strands": list(p.strands), "text": p.text}
            for theme in rubric.themes
            for p in theme.points
        ],
    }
