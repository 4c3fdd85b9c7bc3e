"""A project's picture: readings against the line to the goal, with real dates and a forecast.

Pure functions from a project to lines of text.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from textual.content import Content

from bt_assess.core.forecast import Forecast, Line, line, live_readings, rounded, so_far
from bt_assess.core.project import Project
from bt_assess.core.project_parts import Reading
from bt_assess.report.time_axis import along
from bt_assess.tui.screens.projects.words import figure, foretold
from bt_assess.tui.widgets.track import joined
from bt_assess.tui.widgets.trend import SIDE, connect, dates_line

LEGEND = "● reading   ┈ line to the goal ◇   ┊ today   ◌ forecast"
_STOPS_AFTER = timedelta(weeks=26)
"""A reading long after the end does not press all others to the left."""


@dataclass(frozen=True)
class _Frame:
    """What is between the picture's edges."""

    first: date
    last: date
    low: float
    high: float
    room: int
    height: int

    def across(self, day: date) -> int:
        share = min(max(along(day, self.first, self.last), 0.0), 1.0)
        return _rounded(share * (self.room - 1))

    def down(self, value: float) -> int:
        share = (self.high - min(max(value, self.low), self.high)) / (self.high - self.low)
        return _rounded(share * (self.height - 1))


def can_be_drawn(project: Project) -> bool:
    """Whether there is a line to the goal, or readings enough to show."""
    return line(project) is not None or len(project.readings) > 1


def picture(project: Project, today: date, width: int, height: int) -> list[Content]:
    """`height` lines (3 or more) and one of dates below them, of `width` cells."""
    project = so_far(project, today)
    straight = line(project)
    readings = live_readings(project)
    found = foretold(project, today)
    ahead = found if isinstance(found, Forecast) else None
    labels = _labels(straight, readings)
    side = min(max((len(words) for _, words in labels), default=1) + 1, 12)
    frame = _frame(project, straight, readings, ahead, max(8, width - side), height)
    if frame is None:
        return [Content("")] * (height + 1)
    rows: list[list[tuple[str, str]]] = [[(" ", "")] * frame.room for _ in range(height)]
    if frame.first <= today <= frame.last:
        for row in rows:
            row[frame.across(today)] = ("┊", "$quiet")
    if straight is not None:
        _draw_line(rows, frame, straight)
    for one, other in pairwise(readings):
        ends = frame.down(one.value), frame.down(other.value)
        connect(rows, (frame.across(one.on), frame.across(other.on)), ends)
    if ahead is not None:
        _draw_forecast(rows, frame, ahead, straight)
    if straight is not None:
        rows[frame.down(straight.last)][frame.across(straight.ends)] = ("◇", "bold $accent")
    for reading in readings:
        rows[frame.down(reading.value)][frame.across(reading.on)] = ("●", "bold $primary")
    named: dict[int, str] = {}
    for value, words in labels:
        named.setdefault(frame.down(value), words)
    lines = [
        Content.assemble(
            (named.get(y, "").rjust(side - 1)[: side - 1] + " ", "$quiet"), joined(row)
        )
        for y, row in enumerate(rows)
    ]
    dates = dates_line(frame.first, frame.last, frame.room + SIDE)
    return [*lines, Content.assemble(" " * (side - SIDE) if side > SIDE else "", dates)]


def _frame(
    project: Project,
    straight: Line | None,
    readings: Sequence[Reading],
    ahead: Forecast | None,
    room: int,
    height: int,
) -> _Frame | None:
    days = [reading.on for reading in readings]
    values = [reading.value for reading in readings]
    if straight is not None:
        days += [straight.begins, straight.ends]
        values += [straight.first, straight.last]
    if project.report_due is not None and days:
        days.append(project.report_due)
    if not days:
        return None
    if ahead is not None:
        values.append(ahead.value)
    low, high = min(values), max(values)
    if low == high:
        low, high = low - 1, high + 1
    end = max(days)
    if straight is not None:
        end = min(end, max(straight.ends, project.report_due or straight.ends) + _STOPS_AFTER)
    return _Frame(min(days), end, low, high, room, height)


def _labels(straight: Line | None, readings: Sequence[Reading]) -> list[tuple[float, str]]:
    """The figures named at the left: where it began, the goal, the last reading."""
    values = [straight.last, straight.first] if straight else []
    if readings:
        values.append(readings[-1].value)
    return [(value, figure(value)) for value in values]


def _draw_line(rows: list[list[tuple[str, str]]], frame: _Frame, straight: Line) -> None:
    left, right = frame.across(straight.begins), frame.across(straight.ends)
    for column in range(left, right + 1):
        share = (column - left) / max(1, right - left)
        value = straight.first + (straight.last - straight.first) * share
        rows[frame.down(value)][column] = ("┈", "$accent")


def _draw_forecast(
    rows: list[list[tuple[str, str]]], frame: _Frame, ahead: Forecast, straight: Line | None
) -> None:
    row = _row_of_forecast(frame, ahead, straight)
    # Beside the goal, so that neither hides the other.
    column = max(0, frame.across(ahead.day) - 2)
    for each in range(frame.down(ahead.high), frame.down(ahead.low) + 1):
        rows[each][column] = ("│", "$quiet")
    if row is not None:
        rows[row][column] = ("◌", "bold $primary")


def _row_of_forecast(frame: _Frame, ahead: Forecast, straight: Line | None) -> int | None:
    """Where the forecast stands: in the goal's row only when it is the goal as far as people read.

    A small picture puts it on its side of the goal, one row away; None where it has no row left.
    """
    row = frame.down(ahead.value)
    if straight is None or row != frame.down(straight.last):
        return row
    about, goal = rounded(ahead.value, ahead), rounded(straight.last, ahead)
    if about == goal:
        return row
    row += -1 if about > goal else 1
    return row if 0 <= row < frame.height else None


def _rounded(value: float) -> int:
    # Twice, so that the last digits of a float, which differ between Pythons, decide nothing.
    return round(round(value, 6))
