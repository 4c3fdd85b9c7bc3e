"""Plans and projects as CSV, for analysts."""

import csv
import io
from collections.abc import Sequence
from datetime import date

from bt_assess.core.forecast import against_line, line_asks, live_readings, so_far
from bt_assess.core.plan import Plan, Side
from bt_assess.core.project import Project
from bt_assess.core.text import guarded

PLAN_COLUMNS = (
    "plan", "title", "capability", "name", "serves", "side", "today", "needed", "action", "owner",
    "due", "state", "remark",
)  # fmt: skip
PROJECT_COLUMNS = (
    "project", "title", "measure", "unit", "on", "week", "value", "line", "ahead", "note",
)  # fmt: skip


def plan_csv(plan: Plan) -> str:
    """A row a side of each capability: what is done, by whom, and by when."""
    rows = [
        (
            plan.id, guarded(plan.title), each.id, guarded(each.name), " ".join(each.serves), side,
            guarded(state.today), guarded(state.needed), guarded(state.action),
            guarded(state.owner), state.due or "", state.state, guarded(state.remark),
        )
        for each in plan.capabilities
        for side in Side
        for state in [each.side(side)]
    ]  # fmt: skip
    return _csv(PLAN_COLUMNS, rows)


def project_csv(project: Project, today: date) -> str:
    """A row a reading of the goal as it is, until today."""
    rows = [
        (
            project.id, guarded(project.title), guarded(project.wanted.measure),
            guarded(project.wanted.unit), each.on, project.week(each.on), each.value,
            "" if (asked := line_asks(project, each.on)) is None else asked, against_line(project, each),
            guarded(each.note),
        )
        for each in live_readings(so_far(project, today))
    ]  # fmt: skip
    return _csv(PROJECT_COLUMNS, rows)


def _csv(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return out.getvalue()
