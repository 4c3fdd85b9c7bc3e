"""A trend: where a theme stood at each date, on the scale from 1 to 3, with real dates below.

Pure functions from figures to lines of text.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from textual.content import Content

from bt_assess.core.rubric import Stage
from bt_assess.core.scoring import CUTS, nearest_stage
from bt_assess.report.time_axis import along, ticks
from bt_assess.tui.widgets.track import STAGE_MARKS, joined

SIDE = 2
"""Width of the stages' marks left of a picture, in cells."""


@dataclass(frozen=True)
class Point:
    """A theme at a date: `position`, `low` and `high` are 1..3; without a position, `gap` is shown."""

    when: date
    position: float | None
    low: float | None = None
    high: float | None = None
    gap: str = "~"


def trend_lines(
    points: Sequence[Point],
    first: date,
    last: date,
    width: int,
    height: int,
    *,
    target: float | None = None,
    intervals: bool = False,
) -> list[Content]:
    """The picture, `height` lines (3 or more) of `width` cells; what has no place is left open.

    A line joins two places that follow one another; one without a place between them breaks it.
    `target` (1..3) stands at the right end as ◇.
    """
    room = width - SIDE
    ordered = sorted(points, key=lambda point: point.when)
    rows: list[list[tuple[str, str]]] = [[(" ", "")] * room for _ in range(height)]
    if height > len(Stage):
        # With a line for each stage the lines themselves are the scale.
        for cut in CUTS:
            rows[_down(cut, height)] = [("┈", "$faint")] * room
    if intervals:
        # Below the line, which may go up and down in the same columns.
        for point in ordered:
            if point.low is not None and point.high is not None:
                column = _across(point.when, first, last, room)
                for row in range(_down(point.high, height), _down(point.low, height) + 1):
                    rows[row][column] = ("┊", "$quiet")
    for one, other in pairwise(ordered):
        if one.position is not None and other.position is not None:
            columns = _across(one.when, first, last, room), _across(other.when, first, last, room)
            connect(rows, columns, (_down(one.position, height), _down(other.position, height)))
    if target is not None:
        rows[_down(target, height)][room - 1] = ("◇", "bold $accent")
    for point in ordered:
        column = _across(point.when, first, last, room)
        if point.position is None:
            rows[height // 2][column] = (point.gap, "$quiet")
        else:
            style = f"bold ${nearest_stage(point.position).value}"
            rows[_down(point.position, height)][column] = ("●", style)
    marks = {_down(place, height): stage for place, stage in zip((1, 2, 3), Stage, strict=True)}
    return [
        Content.assemble(
            (STAGE_MARKS[marks[row]].ljust(SIDE), f"${marks[row].value}")
            if row in marks
            else " " * SIDE,
            joined(cells),
        )
        for row, cells in enumerate(rows)
    ]


def dates_line(first: date, last: date, width: int) -> Content:
    """The dates under a picture of this width; each begins where its day is."""
    room = width - SIDE
    cells = [" "] * room
    free = 0
    for when, words in ticks(first, last, max(1, room // 10)):
        # The last one ends at the edge rather than being cut.
        start = min(_across(when, first, last, room), room - len(words))
        if start >= free:
            cells[start : start + len(words)] = words
            free = start + len(words) + 2
    return Content.styled(" " * SIDE + "".join(cells), "$quiet")


def connect(
    rows: list[list[tuple[str, str]]], columns: tuple[int, int], ends: tuple[int, int]
) -> None:
    """A line from one place to the next, a step at a time, that meets both.

    Where there is no column between them it goes up or down in the later one's own.
    """
    (left, right), (top, bottom) = columns, ends
    if left == right:
        for between in range(min(top, bottom) + 1, max(top, bottom)):
            rows[between][right] = ("│", "$quiet")
        return
    before = top
    last = max(left + 1, right - 1)
    for column in range(left + 1, last + 1):
        row = _rounded(top + (bottom - top) * (column - left) / (last - left))
        if row == before:
            rows[row][column] = ("─", "$quiet")
        else:
            rows[before][column] = ("╯" if row < before else "╮", "$quiet")
            rows[row][column] = ("╭" if row < before else "╰", "$quiet")
            for between in range(min(row, before) + 1, max(row, before)):
                rows[between][column] = ("│", "$quiet")
        before = row


def _across(when: date, first: date, last: date, room: int) -> int:
    """The column of a date."""
    return _rounded(along(when, first, last) * (room - 1))


def _down(position: float, height: int) -> int:
    """The line of a position: 3 at the top, 1 at the bottom."""
    return _rounded((3 - min(3.0, max(1.0, position))) / 2 * (height - 1))


def _rounded(value: float) -> int:
    # Twice, so that the last digits of a float, which differ between Pythons, decide nothing.
    return round(round(value, 6))
