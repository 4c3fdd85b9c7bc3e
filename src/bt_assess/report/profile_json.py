"""Sessions, profiles and rubrics as JSON objects. docs/json.md describes them."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from bt_assess.core.advice import suggestions
from bt_assess.core.asked import asked, profile_of
from bt_assess.core.rubric import Rubric, RubricTheme, Stage
from bt_assess.core.scoring import Answers, ByStage, ThemeScore
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
    profile = profile_of(rubric, session)
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
        "statements": asked(rubric, session) if session.rubric.id == rubric.id else None,
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
        "raw": by_stage(found.raw),
        "effective": by_stage(found.effective),
        "stage": found.stage and found.stage.value,
        "confidence": found.confidence and found.confidence.value,
        "next": [
            {"id": s.point.id, "need": s.need, "statements": [x.id for x in s.statements]}
            for s in suggestions(theme, found, answers)
        ],
    }


def by_stage(figures: ByStage) -> dict[str, float | None]:
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
