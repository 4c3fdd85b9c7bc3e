"""What is due in all plans, projects and rounds: what is late, what waits, what comes next."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bt_assess.core.plan import Plan
from bt_assess.core.plan_history import StageKind
from bt_assess.core.project import Project
from bt_assess.core.project_parts import Phase
from bt_assess.core.round import Action, ActionState, Round

AHEAD = 14
"""How many days ahead are looked at, unless told."""


class DueKind(StrEnum):
    ACTION = "action"
    STAGE = "stage"
    DESTINATION = "destination"
    OBSTACLE = "obstacle"
    """An obstacle that waits for the leader's answer, since `when`."""
    DECISION = "decision"
    """What the leader promised to do about an obstacle, until it is marked as kept."""
    LAUNCH = "launch"
    READING = "reading"
    MID_POINT = "mid-point"
    REPORT_BACK = "report-back"


class Of(StrEnum):
    PLAN = "plan"
    PROJECT = "project"
    ROUND = "round"


@dataclass(frozen=True)
class Where:
    """What to open: `part` is a capability's, an action's or an obstacle's id, or a stage."""

    of: Of
    id: str
    title: str
    part: str = ""


@dataclass(frozen=True)
class Due:
    """Something due. `what` is in its people's words: the action, the obstacle, the measure.

    `owner` may be empty. `late` is whether its day is over; an obstacle without an answer is late
    from its first day on.
    """

    kind: DueKind
    what: str
    owner: str
    when: date
    where: Where
    late: bool

    @property
    def part(self) -> str:
        """Where in its plan it stands, as `Where.part`; of a project, the kind of what is due."""
        return self.where.part if self.where.of is Of.PLAN else self.kind.value


def due(
    plans: Iterable[Plan],
    projects: Iterable[Project],
    rounds: Iterable[Round],
    today: date,
    *,
    ahead: int | None = AHEAD,
) -> tuple[Due, ...]:
    """What is late, and what is due within `ahead` days (all that has a day, with None), by day."""
    found = [
        *(each for plan in plans for each in _of_plan(plan, today)),
        *(each for project in projects for each in _of_project(project, today)),
        *_of_rounds(rounds, today),
    ]
    near = [
        each for each in found
        if each.late or ahead is None or (each.when - today).days <= ahead
    ]  # fmt: skip
    return tuple(
        sorted(near, key=lambda d: (d.when, list(DueKind).index(d.kind), d.what, d.where.id))
    )


def names_used(
    plans: Iterable[Plan], projects: Iterable[Project], rounds: Iterable[Round]
) -> tuple[str, ...]:
    """The names of people in all of them, to pick an owner from: most used first, then by name."""
    counted: Counter[str] = Counter()
    for plan in plans:
        counted.update(plan.people())
    for project in projects:
        counted.update(project.people())
    for round_ in rounds:
        counted.update({a.owner for a in (*round_.actions, *round_.last_actions) if a.owner})
    return tuple(sorted(counted, key=lambda name: (-counted[name], name.casefold(), name)))


def _of_plan(plan: Plan, today: date) -> Iterator[Due]:
    for capability, side, state in plan.actions():
        if state.state is ActionState.OPEN and state.due:
            where = Where(Of.PLAN, plan.id, plan.title, f"{capability.id}.{side.value}")
            yield Due(
                DueKind.ACTION, state.action, state.owner, state.due, where, state.due < today
            )
    for stage in plan.stages:
        if stage.by and not stage.done:
            where = Where(Of.PLAN, plan.id, plan.title, stage.kind.value)
            yield Due(DueKind.STAGE, stage.results, "", stage.by, where, stage.by < today)
    by = plan.destination.by
    if by and not plan.stage(StageKind.TRANSFORMATIONAL).done:
        where = Where(Of.PLAN, plan.id, plan.title, "destination")
        yield Due(DueKind.DESTINATION, plan.title, "", by, where, by < today)


def _of_project(project: Project, today: date) -> Iterator[Due]:
    if project.report.on or project.stopped:
        return

    def of(kind: DueKind, what: str, owner: str, when: date, part: str = "") -> Due:
        where = Where(Of.PROJECT, project.id, project.title, part)
        return Due(kind, what, owner, when, where, when < today or kind is DueKind.OBSTACLE)

    for obstacle in project.obstacles:
        if obstacle.answer is None:
            yield of(DueKind.OBSTACLE, obstacle.what, project.leader, obstacle.raised, obstacle.id)
        elif obstacle.due and not obstacle.kept:
            what = obstacle.decision or obstacle.what
            yield of(DueKind.DECISION, what, project.leader, obstacle.due, obstacle.id)
    if not project.launch.held:
        if project.launch.day:
            yield of(DueKind.LAUNCH, project.title, project.facilitator, project.launch.day)
        return
    for action in project.launch.actions:
        if action.state is ActionState.OPEN and action.due:
            yield of(DueKind.ACTION, action.what, action.owner, action.due, action.id)
    if (day := _next_reading(project, today)) is not None:
        yield of(DueKind.READING, project.wanted.measure, project.leader, day)
    # In the last week it is too late for a mid-point: the report back is next.
    is_ending = project.phase(today) is Phase.REPORT_BACK
    if project.mid_due and project.mid_point is None and not is_ending:
        yield of(DueKind.MID_POINT, project.title, project.leader, project.mid_due)
    if project.report_due:
        yield of(DueKind.REPORT_BACK, project.title, project.leader, project.report_due)


def _next_reading(project: Project, today: date) -> date | None:
    """The last day of the first week without a reading since the last one; None when all are in.

    A week that was missed is made good by any later reading: nobody can take it afterwards.
    """
    if project.starts is None:
        return None
    weeks = [project.weeks_begun(each.on) for each in project.readings if each.on <= today]
    wanted = max(weeks, default=0) + 1
    if wanted > project.weeks:
        return None
    return project.starts + timedelta(days=7 * wanted - 1)


def _of_rounds(rounds: Iterable[Round], today: date) -> Iterator[Due]:
    """A round's actions; of one that was carried on, what the latest round says counts."""
    latest: dict[str, tuple[Round, Action]] = {}
    for round_ in sorted(rounds, key=lambda r: (r.created, r.revision)):
        for action in (*round_.last_actions, *round_.actions):
            latest[action.id] = (round_, action)
    for round_, action in latest.values():
        if action.state is ActionState.OPEN and action.due:
            where = Where(Of.ROUND, round_.id, round_.title, action.id)
            yield Due(
                DueKind.ACTION, action.what, action.owner, action.due, where, action.due < today
            )
