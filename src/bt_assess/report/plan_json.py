"""Plans, projects and what is due as JSON objects. docs/json.md describes them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from bt_assess.core.due import Due
from bt_assess.core.forecast import (
    WhyNone,
    against_line,
    how_far,
    line,
    line_asks,
    live_readings,
    so_far,
)
from bt_assess.core.plan import Plan
from bt_assess.core.plan_check import Finding, check
from bt_assess.core.plan_gap import gap, stage_views
from bt_assess.core.project import Project
from bt_assess.core.project_check import check_project
from bt_assess.core.rubric import Rubric
from bt_assess.report.html_project import told_of
from bt_assess.report.plan_words import theme_names
from bt_assess.report.profile_json import JSON_FORMAT


def plan_object(rubric: Rubric, plan: Plan, today: date) -> dict[str, Any]:
    """A plan as it was written, the gap as it is worked out, and what the check finds."""
    names = theme_names(rubric, plan)
    return {
        "format": JSON_FORMAT,
        "today": today.isoformat(),
        "plan": plan.model_dump(mode="json", by_alias=True),
        "stages": [_plain(asdict(view)) for view in stage_views(plan, today)],
        "gap": [
            {
                "theme": each.theme_id,
                "name": names.get(each.theme_id, each.theme_id),
                "base": each.base,
                "now": each.now,
                "was": each.was,
                "why_not": each.why_not,
                "when": each.when.isoformat() if each.when else None,
                "ref": each.ref.model_dump(mode="json") if each.ref else None,
                "stages": [_plain(asdict(stage)) for stage in each.stages],
            }
            for each in gap(plan, (theme.id for theme in rubric.themes))
        ],
        "findings": findings_list(check(plan, today, names=names)),
    }


def project_object(project: Project, today: date) -> dict[str, Any]:
    """A project as it was written, how far it is, where it leads, and what the check finds."""
    seen = so_far(project, today)
    straight, far, told = line(project), how_far(seen), told_of(project, today)
    known = isinstance(told, WhyNone)
    return {
        "format": JSON_FORMAT,
        "today": today.isoformat(),
        "project": project.model_dump(mode="json", by_alias=True),
        "phase": project.phase(today).value,
        "week": project.week(today),
        "days_left": project.days_left(today),
        "mid_due": _day(project.mid_due),
        "report_due": _day(project.report_due),
        "missed_weeks": list(project.missed_weeks(today)),
        "progress": far.progress,
        "why_no_progress": far.why_not,
        "line": _plain(asdict(straight)) if straight else None,
        "readings": [
            {
                "on": each.on.isoformat(),
                "value": each.value,
                "line": line_asks(project, each.on),
                "ahead": against_line(project, each),
            }
            for each in live_readings(seen)
        ],
        "forecast": None if isinstance(told, WhyNone) else _plain(asdict(told)),
        "why_no_forecast": told.value if known else None,
        "findings": findings_list(check_project(project, today)),
    }


def plans_object(
    plans: Iterable[tuple[Plan, str]], damaged: Sequence[Mapping[str, str]], today: date
) -> dict[str, Any]:
    """All plans in short, each with the name of its file."""
    return {
        "format": JSON_FORMAT,
        "plans": [
            {
                "id": plan.id,
                "title": plan.title,
                "organisation": plan.organisation,
                "created": plan.created.isoformat(),
                "revision": plan.revision,
                "by": _day(plan.destination.by),
                "stages": [
                    {
                        "kind": view.kind.value,
                        "state": view.state.value,
                        "progress": view.progress,
                        "counted": view.counted,
                        "aims": view.aims,
                    }
                    for view in stage_views(plan, today)
                ],
                "file": file,
            }
            for plan, file in plans
        ],
        "damaged": list(damaged),
    }


def projects_object(
    projects: Iterable[tuple[Project, str]], damaged: Sequence[Mapping[str, str]], today: date
) -> dict[str, Any]:
    """All projects in short, each with the name of its file."""
    return {
        "format": JSON_FORMAT,
        "projects": [
            {
                "id": project.id,
                "title": project.title,
                "organisation": project.organisation,
                "created": project.created.isoformat(),
                "revision": project.revision,
                "leader": project.leader,
                "phase": project.phase(today).value,
                "stopped": project.stopped.isoformat() if project.stopped else None,
                "week": project.week(today),
                "days_left": project.days_left(today),
                "progress": how_far(so_far(project, today)).progress,
                "unanswered": len(project.unanswered()),
                "file": file,
            }
            for project, file in projects
        ],
        "damaged": list(damaged),
    }


def due_object(
    found: Iterable[Due], damaged: Sequence[Mapping[str, str]], today: date
) -> dict[str, Any]:
    """What is late and what comes next."""
    return {
        "format": JSON_FORMAT,
        "today": today.isoformat(),
        "due": [_plain(asdict(each)) for each in found],
        "damaged": list(damaged),
    }


def findings_list(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    return [_plain(asdict(each)) for each in findings]


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _plain(value: Any) -> Any:
    """Days as text, all the way down; words of an enum are text as they are."""
    match value:
        case date():
            return value.isoformat()
        case dict():
            return {key: _plain(each) for key, each in value.items()}
        case list() | tuple():
            return [_plain(each) for each in value]
    return value
