"""Plans, projects and what is due, in words: the same in text, reports and calendars."""

from datetime import date
from math import floor, log10

from bt_assess.core.due import Due, DueKind
from bt_assess.core.forecast import Forecast, WhyAside, rounded
from bt_assess.core.forecast import WhyNone as WhyNoForecast
from bt_assess.core.plan import Plan, Side
from bt_assess.core.plan_gap import StageState, StageView, WhyNone
from bt_assess.core.plan_history import EventKind, PlanEvent, StageKind
from bt_assess.core.project import Project
from bt_assess.core.project_parts import GoalQuestion, Moved, ObstacleAnswer, Phase, Wanted
from bt_assess.core.rubric import Rubric
from bt_assess.report.pictures import percent
from bt_assess.report.words import date_words

STAGES = {
    StageKind.INCREMENTAL: "Incremental",
    StageKind.SUBSTANTIAL: "Substantial",
    StageKind.TRANSFORMATIONAL: "Transformational",
}
STATES = {
    StageState.EMPTY: "nothing written yet",
    StageState.AHEAD: "still to come",
    StageState.UNDER_WAY: "under way",
    StageState.LATE: "late",
    StageState.REACHED: "measured as reached",
    StageState.DONE: "done",
}
SIDES = {
    Side.PEOPLE: "People",
    Side.PROCESS: "Process",
    Side.KNOWLEDGE: "Knowledge",
    Side.MEASUREMENT: "Measurement",
    Side.ENVIRONMENT: "Environment",
}
PHASES = {
    Phase.CHOOSE: "being chosen",
    Phase.PREPARE: "being prepared",
    Phase.LAUNCH: "at the launch",
    Phase.RUN: "running",
    Phase.MID_POINT: "at its mid-point",
    Phase.REPORT_BACK: "about to report back",
    Phase.DONE: "done",
}
WHY_NO_PROGRESS = {
    WhyNone.NO_BASE: "not measured when the plan began",
    WhyNone.NO_AIM: "no place aimed at",
    WhyNone.NO_WAY: "the aim was reached already when the plan began",
    WhyNone.TOO_NEAR: "the aim was all but reached when the plan began",
    WhyNone.NOTHING_NEW: "nothing measured since the plan began",
    WhyNone.MIXED: "the newest assessment shows a mixed picture",
    WhyNone.NOT_ENOUGH: "the newest assessment has not enough answers",
    WhyNone.NO_PLACE: "the newest assessment shows no one place",
}
WHY_NO_FORECAST = {
    WhyNoForecast.NO_GOAL: "the goal lacks a figure or a day",
    WhyNoForecast.NO_READING: "there is no reading yet",
    WhyNoForecast.NO_WAY: "the goal is where it began",
    WhyNoForecast.TOO_FEW: "it takes readings on four days before there is a forecast",
    WhyNoForecast.TOO_LATE: "the day of the goal has come, so there is nothing left to foretell",
    WhyNoForecast.STOPPED: "the project was stopped",
}
WHY_ASIDE = {
    WhyAside.TOO_EARLY: "not counted: too early",
    WhyAside.OTHER_MEASURE: "not counted: another measure",
}
QUESTIONS = {
    GoalQuestion.IMPORTANT: "Important",
    GoalQuestion.STRETCH: "A stretch that can be measured",
    GoalQuestion.SHORT: "Short",
    GoalQuestion.ACCOUNTABLE: "One person answers for it",
    GoalQuestion.ROOM: "Room to experiment",
    GoalQuestion.PLANNED: "Planned like other work",
    GoalQuestion.LEARNING: "Learning is meant",
}
ANSWERS = {ObstacleAnswer.REMOVED: "removed", ObstacleAnswer.REFOCUSED: "goal refocused"}
DUE = {
    DueKind.ACTION: "Action",
    DueKind.STAGE: "Stage",
    DueKind.DESTINATION: "Destination",
    DueKind.OBSTACLE: "Obstacle without an answer",
    DueKind.DECISION: "Promised about an obstacle",
    DueKind.LAUNCH: "Launch",
    DueKind.READING: "Reading",
    DueKind.MID_POINT: "Mid-point",
    DueKind.REPORT_BACK: "Report back",
}
NOTHING = "nothing written yet"


def figure_words(value: float) -> str:
    """A measure's figure: '1,250', '0.125'; as much of it as anybody reads."""
    if value and not 1e-4 <= abs(value) < 1e15:
        return f"{value:.3g}".replace("-", "−")
    text = f"{value:,.0f}" if abs(value) >= 1e5 else f"{value:,.4f}".rstrip("0").rstrip(".")
    return text.replace("-", "−") if float(text.replace(",", "")) else "0"


def about_words(value: float, way: float) -> str:
    """A figure that was worked out, to about a hundredth of the whole `way`, as nobody can tell more."""
    if not 0 < abs(way) < 1e15 or abs(way) < 1e-12:
        return figure_words(value)
    return figure_words(round(value, max(0, 2 - floor(log10(abs(way))))))


def with_unit(value: float | None, unit: str) -> str:
    """A figure with its unit; '?' while it is open."""
    shown = "?" if value is None else figure_words(value)
    return f"{shown} {unit}".rstrip()


def goal_words(wanted: Wanted) -> str:
    """'Open cases: from 120 to 60 cases by 1 Mar 2027'; what is open is said to be."""
    if not wanted.measure and wanted.from_ is None and wanted.to is None:
        return "No result has been named yet"
    first = "?" if wanted.from_ is None else figure_words(wanted.from_)
    by = f" by {date_words(wanted.by)}" if wanted.by else ""
    head = wanted.measure or "A measure to be named"
    return f"{head}: from {first} to {with_unit(wanted.to, wanted.unit)}{by}"


def by_words(day: date | None) -> str:
    return f"by {date_words(day)}" if day else "no date yet"


def share_words(share: float | None) -> str:
    """A share in per cent; 100 only when all is done, 0 only when nothing is; a dash for none."""
    if share is None:
        return "–"
    return percent(min(0.99, max(0.01, share)) if 0 < share < 1 else share)


def stage_words(view: StageView, done: date | None = None) -> str:
    """How a stage stands: 'under way, 40 % of the way', or why there is no share to tell of."""
    state = STATES[view.state]
    if done:
        state = f"done on {date_words(done)}"
    if view.state is StageState.EMPTY:
        return state
    if view.progress is not None:
        return f"{state}, {share_words(view.progress)} of the way{some_aims(view)}"
    return f"{state}; {WHY_NO_PROGRESS[view.why_not or WhyNone.NO_AIM]}"


def some_aims(view: StageView) -> str:
    """Of how many aims a stage's share is, where it is not of all."""
    return f" in {view.counted} of {view.aims} aims" if view.counted < view.aims else ""


def theme_names(rubric: Rubric, plan: Plan) -> dict[str, str]:
    """What the plan's themes are called; one that the rubric does not know goes by its id."""
    known = {theme.id: theme.name for theme in rubric.themes}
    mine = [*plan.reality.positions, *(t for stage in plan.stages for t in stage.positions)]
    return {**known, **{each: each for each in mine if each not in known}}


def event_words(event: PlanEvent) -> str:
    """What happened to a plan, in a line."""
    stage = f"{STAGES[event.stage]} objective" if event.stage else ""
    source = f" ({event.ref.kind.value} {event.ref.id})" if event.ref else ""
    change = f": {event.before} → {event.after or 'open'}"
    match event.kind:
        case EventKind.STARTED:
            return "The plan began"
        case EventKind.BASED:
            return f"Today’s reality was taken from a measurement{source}"
        case EventKind.MEASURED:
            return f"Measured again{source}"
        case EventKind.DESTINATION_DATE:
            return f"Destination, date moved{change}"
        case EventKind.STAGE_DATE:
            return f"{stage}, date moved{change}"
        case EventKind.STAGE_MEASURE:
            return f"{stage}, measure changed{change}"
        case EventKind.STAGE_AIMS:
            return f"{stage}, places aimed at changed{change}"
        case EventKind.STAGE_DONE:
            return f"{stage}: done"
    return f"{stage}: taken up again"


def phase_words(project: Project, today: date) -> str:
    """How far a project is: 'running, week 3 of 9, 43 days left'."""
    if project.stopped:
        told = f", reported back on {date_words(project.report.on)}" if project.report.on else ""
        return f"stopped on {date_words(project.stopped)}{told}"
    if project.report.on:
        return f"reported back on {date_words(project.report.on)}"
    words = PHASES[project.phase(today)]
    week, left = project.week(today), project.days_left(today)
    if not project.running or left is None:
        return words
    if left < 0:
        return f"{words}, {-left} {'day' if left == -1 else 'days'} late"
    if left == 0:
        return f"{words}: the weeks are over, and today is the day"
    if week is None:
        return words
    days = f"{left} {'day' if left == 1 else 'days'} left"
    return f"{words}, week {week} of {project.weeks}, {days}"


def week_words(project: Project, day: date) -> str:
    """Which week of a project a day is in: '3', 'before 1', 'after 9'; a dash without a first day."""
    if project.starts is None:
        return "–"
    week = project.week(day)
    if week is None:
        return "before 1" if day < project.starts else f"after {project.weeks}"
    return str(week)


def weeks_words(moved: Moved) -> str:
    """The weeks as they were before they were moved: '9 weeks from 12 Oct 2026'."""
    return (
        f"{moved.weeks} {'week' if moved.weeks == 1 else 'weeks'} from {date_words(moved.starts)}"
    )


def forecast_words(found: Forecast, wanted: Wanted, last: float | None = None) -> str:
    """What the readings lead to if all goes on like this, and how sure that is.

    `last` is the newest of them: where that is at the goal, there is less to foretell.
    """
    value, low, high = (
        figure_words(rounded(each, found)) for each in (found.value, found.low, found.high)
    )
    value, on = f"{value} {wanted.unit}".rstrip(), date_words(found.day)
    head = "If it goes on like this"
    if is_reached := _is_reached(wanted, last):
        head = "The goal is reached. If it goes on like this"
    told = f"{head}: about {value} on {on}; four times in five between {low} and {high}."
    if found.low == found.high:
        # All of the range is where the measure goes no further.
        if is_reached and found.surely:
            return "The goal is reached, and stays so if it goes on like this."
        if found.value == last:
            told = f"{head}: still {value} on {on}."
        else:
            way = "down" if last is None or found.value < last else "up"
            told = f"{head}: {way} to {value} by {on}, or sooner."
    if is_reached and found.hardly:
        return f"{told} None of that is at the goal any more."
    if found.surely:
        return f"{told} All of that is at the goal or beyond."
    if found.hardly:
        return f"{told} The goal lies beyond all of it."
    if found.reaches is not None:
        return f"{told} The goal lies within that range, so it is open."
    return told


def _is_reached(wanted: Wanted, last: float | None) -> bool:
    if last is None or wanted.from_ is None or wanted.to is None or wanted.from_ == wanted.to:
        return False
    return last >= wanted.to if wanted.to > wanted.from_ else last <= wanted.to


def due_words(each: Due) -> str:
    """What is due, by its kind: 'Action: Teach it'."""
    return f"{DUE[each.kind]}: {each.what}" if each.what else DUE[each.kind]
