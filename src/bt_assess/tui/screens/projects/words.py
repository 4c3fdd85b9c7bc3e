"""What the screens of projects say: phases, figures, dates, and where a project stands."""

from datetime import date, timedelta

from bt_assess.core.due import Due, DueKind
from bt_assess.core.forecast import (
    LEAST_READINGS,
    Forecast,
    WhyNone,
    against_line,
    forecast,
    how_far,
    line,
    live_readings,
    so_far,
)
from bt_assess.core.project import Project
from bt_assess.core.project_parts import Phase, Wanted
from bt_assess.report.plan_words import share_words
from bt_assess.report.summary import number, plural
from bt_assess.tui.widgets.figure_field import written

COLUMNS: tuple[tuple[str, tuple[Phase, ...]], ...] = (
    ("Choose", (Phase.CHOOSE,)),
    ("Prepare", (Phase.PREPARE,)),
    ("Launch", (Phase.LAUNCH,)),
    ("Run", (Phase.RUN, Phase.MID_POINT)),
    ("Report back", (Phase.REPORT_BACK, Phase.DONE)),
)
"""The board: what stands together, in the order of time."""


def phase_words(project: Project, today: date) -> str:
    """'week 3 of 9', 'mid-point', 'stopped': how far it is."""
    if project.stopped:
        return "stopped"
    phase = project.phase(today)
    week = project.week(today)
    match phase:
        case Phase.RUN | Phase.MID_POINT:
            if week is None:
                return "begins soon"
            point = ", mid-point" if phase is Phase.MID_POINT else ""
            return f"week {min(week, project.weeks)} of {project.weeks}{point}"
        case Phase.REPORT_BACK:
            left = project.days_left(today) or 0
            return f"report back {in_days(left)}"
        case Phase.DONE:
            return "reported"
        case Phase.PREPARE | Phase.LAUNCH if project.launch.day:
            return f"launch {in_days((project.launch.day - today).days)}"
        case Phase.LAUNCH:
            return "ready for its launch"
    return "being chosen" if phase is Phase.CHOOSE else "being prepared"


def left_words(project: Project, today: date) -> str:
    """'5 weeks left', while it runs; empty before, and once its day has come."""
    left = project.days_left(today)
    if project.phase(today) not in (Phase.RUN, Phase.MID_POINT) or left is None:
        return ""
    return f"{plural(left // 7, 'week')} left" if left >= 14 else f"{plural(left, 'day')} left"


def in_days(days: int) -> str:
    """'today', 'in 3 days', '2 weeks ago'."""
    if days == 0:
        return "today"
    if abs(days) == 1:
        return "tomorrow" if days > 0 else "yesterday"
    count = plural(abs(days), "day") if abs(days) < 15 else plural(round(abs(days) / 7), "week")
    return f"in {count}" if days > 0 else f"{count} ago"


def for_days(days: int) -> str:
    """'since today', 'since yesterday', 'for 3 days': how long something has waited."""
    if days > 1:
        return f"for {in_days(-days).removesuffix(' ago')}"
    return f"since {in_days(-max(days, 0))}"


def figure(value: float | None) -> str:
    """A figure as people write it: 40, 12.5, 1,200; '…' where it is open."""
    return "…" if value is None else written(value)


def goal_words(wanted: Wanted) -> str:
    """'Open complaints: from 40 to 10 a week by 30 Jan 2027'; empty where nothing is said."""
    if not wanted.measure and wanted.from_ is None and wanted.to is None:
        return ""
    parts = [f"{wanted.measure or 'The measure'}:"]
    parts.append(f"from {figure(wanted.from_)} to {figure(wanted.to)}")
    if wanted.unit:
        parts.append(wanted.unit)
    if wanted.by:
        parts.append(f"by {short_day(wanted.by)} {wanted.by.year}")
    return " ".join(parts)


def short_day(day: date) -> str:
    """'21 Nov'."""
    return f"{day.day} {day:%b}"


def day_words(day: date, today: date) -> str:
    """'21 Nov', with the year where it is another one."""
    return short_day(day) if day.year == today.year else f"{short_day(day)} {day.year}"


def moved_words(project: Project, today: date) -> str:
    """When the goal was moved, and what it was before; empty where it was not."""
    if not project.refocused:
        return ""
    last, count = project.refocused[-1], len(project.refocused)
    before = goal_words(last.before)
    if last.before.measure == project.wanted.measure:
        before = before.removeprefix(f"{last.before.measure}: ")
    times = "" if count == 1 else f"{number(count)} times, last "
    return f"The goal was moved {times}on {day_words(last.on, today)}; before: {before}"


def reading_words(project: Project, today: date) -> str:
    """How far the last reading is, in a sentence; empty where there is none."""
    project = so_far(project, today)
    readings = live_readings(project)
    if not readings:
        return ""
    last = readings[-1]
    words = f"{figure(last.value)} on {short_day(last.on)}"
    far = how_far(project)
    if far.progress is not None:
        words += f", {share_words(far.progress)} of the way"
    ahead = against_line(project, last)
    if ahead is not None:
        if abs(ahead) < 0.05:
            words += ", on the line"
        else:
            words += f", {'ahead of' if ahead > 0 else 'behind'} the line"
    return words


def foretold(project: Project, today: date) -> Forecast | WhyNone:
    """The forecast, unless its day is over: nobody foretells what has been."""
    found = forecast(so_far(project, today))
    is_over = isinstance(found, Forecast) and found.day < today
    return WhyNone.TOO_LATE if is_over else found


def _is_over(project: Project, today: date) -> bool:
    """Whether the day of the goal has gone by."""
    straight = line(project)
    return straight is not None and straight.ends < today


def forecast_words(project: Project, today: date, *, short: bool = False) -> str:
    """Where the readings lead if all goes on like this; empty where nobody can tell."""
    project = so_far(project, today)
    match foretold(project, today):
        case Forecast() as found:
            span = f"{figure(rounded(found.low, found))} to {figure(rounded(found.high, found))}"
            verdict = ""
            if found.surely:
                verdict = "; the goal is in reach"
            elif found.hardly:
                verdict = "; the goal is not reached like this"
            elif found.reaches is not None:
                verdict = "; the goal may be reached" if found.reaches else "; it may fall short"
            about = figure(rounded(found.value, found))
            if found.low == found.high:
                # All of the range was cut off at 0.
                if short:
                    return f"Forecast for {short_day(found.day)}: down to {about}{verdict}"
                return (
                    f"If all goes on like this: down to {about} by {short_day(found.day)}, or sooner"
                    f"{verdict}."
                )
            if short:
                return f"Forecast for {short_day(found.day)}: about {about} ({span}){verdict}"
            return (
                f"If all goes on like this: about {about} on {short_day(found.day)}"
                f" ({span}, 4 times in 5){verdict}."
            )
        case WhyNone.TOO_FEW if project.running and not _is_over(
            project, today + timedelta(days=1)
        ):
            left = LEAST_READINGS - len(live_readings(project))
            return f"A forecast from four readings on: {number(left)} more."
        case WhyNone.TOO_FEW | WhyNone.TOO_LATE if project.running and _is_over(project, today):
            goal_day = (straight := line(project)) and day_words(straight.ends, today)
            if how_far(project).progress == 1:
                return f"The goal is reached; its day was {goal_day}."
            return (
                f"Too late for the goal's day, {goal_day}: what do the leader and the team do now?"
            )
    return ""


def rounded(value: float, found: Forecast) -> float:
    """No more digits than the width of the range can bear."""
    width = abs(found.high - found.low) or abs(found.value) / 100
    digits = 0
    while width < 10 and digits < 6:
        width *= 10
        digits += 1
    return round(value, digits) or 0.0


_DUE = {
    DueKind.OBSTACLE: "to be answered by",
    DueKind.DECISION: "promised by",
    DueKind.LAUNCH: "the launch session",
    DueKind.READING: "this week's reading",
    DueKind.MID_POINT: "the mid-point",
    DueKind.REPORT_BACK: "the report back",
}


def due_words(due: Due, today: date) -> tuple[str, str]:
    """When and what: ('2 days ago', 'Call them back (Bo)')."""
    words = _DUE.get(due.kind, due.what)
    days = (due.when - today).days
    if due.kind is DueKind.READING:
        # Its day is the last of its week; two weeks off, no week has begun.
        by_days = ((0, "a reading is missing"), (7, words), (14, "next week's reading"))
        words = next((said for most, said in by_days if days < most), "the first reading")
    if due.kind in (DueKind.OBSTACLE, DueKind.DECISION):
        words = f"{words} {due.owner}".rstrip() + f": {due.what}"
    elif due.owner:
        words += f" · {due.owner}"
    when = in_days(days)
    if due.kind is DueKind.OBSTACLE:
        when = f"since {short_day(due.when)}"
    return when, " ".join(words.split())
