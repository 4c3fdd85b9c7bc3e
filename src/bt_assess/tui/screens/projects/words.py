"""What the screens of projects say: phases, figures, dates, and where a project stands."""

from datetime import date, timedelta

from rich.cells import cell_len

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
    rounded,
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
        told = project.report.on
        return f"stopped, reported on {day_words(told, today)}" if told else "stopped"
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
            return f"report back {due_in(left)}"
        case Phase.DONE:
            return "reported"
        case Phase.PREPARE | Phase.LAUNCH if project.launch.day:
            return f"launch {due_in((project.launch.day - today).days)}"
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
    return f"in {_count(days)}" if days > 0 else f"{_count(-days)} ago"


def _count(days: int) -> str:
    return plural(days, "day") if days < 15 else plural(round(days / 7), "week")


def due_in(days: int) -> str:
    """'in 3 days', 'was due 10 days ago': of what has not been yet, a day gone by is no sign."""
    return in_days(days) if days >= 0 else f"was due {in_days(days)}"


def due_on(day: date, today: date) -> str:
    """'21 Nov', and of what has not been though its day is over 'was due on 21 Nov'."""
    return day_words(day, today) if day >= today else f"was due on {day_words(day, today)}"


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
    """When the goal and the weeks were moved, and what was before, a line each; empty where not."""
    lines = []
    if notes := project.refocused:
        was = notes[-1].before
        # The figures first: where the line is cut, they are what has to be there.
        before = goal_words(was).removeprefix(f"{was.measure or 'The measure'}: ")
        if was.measure and was.measure != project.wanted.measure:
            before += f" ({was.measure})"
        lines.append(f"The goal was moved {_last([n.on for n in notes], today)}; before: {before}")
    if moves := project.moved:
        last = moves[-1]
        before = f"{plural(last.weeks, 'week')} from {day_words(last.starts, today)}"
        lines.append(
            f"The weeks were moved {_last([m.on for m in moves], today)}; before: {before}"
        )
    return "\n".join(lines)


def _last(days: list[date], today: date) -> str:
    times = "" if len(days) == 1 else f"{number(len(days))} times, last "
    return f"{times}on {day_words(days[-1], today)}"


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
    ends = _ends(project)
    return ends is not None and ends < today


def _ends(project: Project) -> date | None:
    if straight := line(project):
        return straight.ends
    # Without a line, though its figures are there, no day was left for it.
    is_open = None in (project.wanted.from_, project.wanted.to)
    return None if is_open else project.report_due


def fitted_forecast(project: Project, today: date, width: int, *, short: bool = False) -> str:
    """`forecast_words` in a line of `width` cells: the range gives way, and never the verdict."""
    said = "" if short else forecast_words(project, today)
    for span in (True, False):
        if not said or cell_len(said) > width:
            said = forecast_words(project, today, short=True, span=span)
    return said


def forecast_words(project: Project, today: date, *, short: bool = False, span: bool = True) -> str:
    """Where the readings lead if all goes on like this; empty where nobody can tell."""
    project = so_far(project, today)
    match foretold(project, today):
        case Forecast() as found:
            return _foretold_words(project, found, short=short, span=span)
        case WhyNone.TOO_FEW if project.running and not _is_over(
            project, today + timedelta(days=1)
        ):
            left = LEAST_READINGS - len(live_readings(project))
            return f"A forecast from four readings on: {number(left)} more."
        case WhyNone.TOO_FEW | WhyNone.TOO_LATE if project.running and _is_over(project, today):
            goal_day = (ends := _ends(project)) and day_words(ends, today)
            if how_far(project).progress == 1:
                return f"The goal is reached; its day was {goal_day}."
            return (
                f"Too late for the goal's day, {goal_day}: what do the leader and the team do now?"
            )
    return ""


def _foretold_words(project: Project, found: Forecast, *, short: bool, span: bool) -> str:
    about, low, high = (
        figure(rounded(each, found)) for each in (found.value, found.low, found.high)
    )
    on, is_reached = short_day(found.day), how_far(project).progress == 1
    if is_reached and found.surely and found.low == found.high:
        # There is nothing further to foretell: the measure goes no further.
        return "The goal is reached, and stays so if all goes on like this" + ("" if short else ".")
    told = f"about {about} on {on} ({low} to {high}, 4 times in 5)"
    if short:
        told = f"about {about} ({low} to {high})" if span else f"about {about}"
    if found.low == found.high:
        # All of the range is where the measure goes no further.
        last = live_readings(project)[-1].value
        told = f"{'down' if found.value < last else 'up'} to {about}"
        if found.value == last:
            told = f"still {about}" + ("" if short else f" on {on}")
        elif not short:
            told += f" by {on}, or sooner"
    head = f"Forecast for {on}: " if short else "If all goes on like this: "
    if is_reached:
        head = f"{'The goal is reached' if span else 'Reached'}; {head[0].lower()}{head[1:]}"
    return f"{head}{told}{_verdict(found, is_reached)}{'' if short else '.'}"


def _verdict(found: Forecast, is_reached: bool) -> str:
    if found.reaches is None:
        return ""
    if found.surely:
        return "; it stays so" if is_reached else "; the goal is in reach"
    if found.hardly:
        return "; it is lost again" if is_reached else "; the goal is not reached like this"
    if is_reached:
        return "; it may stay so" if found.reaches else "; it may be lost again"
    return "; the goal may be reached" if found.reaches else "; it may fall short"


def counted_words(project: Project, today: date) -> str:
    """'6 readings', and how many of them do not count for the goal as it is."""
    seen = so_far(project, today)
    aside = len(seen.readings) - len(live_readings(seen))
    words = plural(len(seen.readings), "reading")
    if not aside:
        return words
    if aside == len(seen.readings):
        return f"{words}, and {'it does not count' if aside == 1 else 'none of them counts'}"
    return f"{words}, {number(aside)} of which {'does' if aside == 1 else 'do'} not count"


_DUE = {
    DueKind.OBSTACLE: "to be answered by",
    DueKind.DECISION: "promised by",
    DueKind.LAUNCH: "the launch session",
    DueKind.READING: "this week's reading",
    DueKind.MID_POINT: "the mid-point",
    DueKind.REPORT_BACK: "the report back",
}


def due_words(due: Due, today: date) -> tuple[str, str]:
    """When and what: ('2 days late', 'Call them back · Bo')."""
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
    when = in_days(days) if days >= 0 else f"{_count(-days)} late"
    if due.kind is DueKind.OBSTACLE:
        when = f"since {short_day(due.when)}"
    return when, " ".join(words.split())
