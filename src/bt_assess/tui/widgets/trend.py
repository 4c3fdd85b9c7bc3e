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
_DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
"""The eight dots of a braille cell, by row and column."""
_SQUARE = 0x2800


@dataclass(frozen=True)
class Point:
    """A theme at a date: `position`, `low` and `high` are 1..3; without a position, `gap` is shown."""

    when: date
    position: float | None
    low: float | None = None
    high: float | None = None
    gap: str = "~"


class _Canvas:
    """Dots, eight to a cell."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self._cells = [[0] * width for _ in range(height)]

    def dot(self, x: int, y: int) -> None:
        self._cells[y // 4][x // 2] |= _DOTS[y % 4][x % 2]

    def line(self, x1: int, y1: int, x2: int, y2: int) -> None:
        steps = max(abs(x2 - x1), abs(y2 - y1), 1)
        for i in range(steps + 1):
            self.dot(_rounded(x1 + (x2 - x1) * i / steps), _rounded(y1 + (y2 - y1) * i / steps))

    def at(self, row: int, column: int) -> str:
        dots = self._cells[row][column]
        return chr(_SQUARE + dots) if dots else ""


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
    cuts, line = _Canvas(room, height), _Canvas(room, height)
    for cut in CUTS:
        for x in range(0, room * 2, 4):
            cuts.dot(x, _down(cut, height))
    for one, other in pairwise(ordered):
        if one.position is not None and other.position is not None:
            line.line(
                _across(one.when, first, last, room), _down(one.position, height),
                _across(other.when, first, last, room), _down(other.position, height),
            )  # fmt: skip
    if intervals:
        for point in ordered:
            if point.low is not None and point.high is not None:
                x = _across(point.when, first, last, room)
                line.line(x, _down(point.low, height), x, _down(point.high, height))
    rows = [
        [
            (mark, "$quiet") if (mark := line.at(row, column))
            else (cuts.at(row, column) or " ", "$faint")
            for column in range(room)
        ]
        for row in range(height)
    ]  # fmt: skip
    if target is not None:
        rows[_down(target, height) // 4][room - 1] = ("◇", "bold $accent")
    for point in ordered:
        column = _across(point.when, first, last, room) // 2
        if point.position is None:
            rows[height // 2][column] = (point.gap, "$quiet")
        else:
            style = f"bold ${nearest_stage(point.position).value}"
            rows[_down(point.position, height) // 4][column] = ("●", style)
    marks = {
        _down(place, height) // 4: stage for place, stage in zip((1, 2, 3), Stage, strict=True)
    }
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
        start = min(_across(when, first, last, room) // 2, room - len(words))
        if start >= free:
            cells[start : start + len(words)] = words
            free = start + len(words) + 2
    return Content.styled(" " * SIDE + "".join(cells), "$quiet")


def _across(when: date, first: date, last: date, room: int) -> int:
    """The column of dots of a date; half a cell stays free at either end."""
    return 1 + _rounded(along(when, first, last) * (room * 2 - 3))


def _down(position: float, height: int) -> int:
    """The row of dots of a position: 3 at the top, 1 at the bottom."""
    return _rounded((3 - min(3.0, max(1.0, position))) / 2 * (height * 4 - 1))


def _rounded(value: float) -> int:
    # Twice, so that the last digits of a float, which differ between Pythons, decide nothing.
    return round(round(value, 6))
