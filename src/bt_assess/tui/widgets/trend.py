"""A trend: where a theme stood at each date, on the scale from 1 to 3, with real dates below.

Pure functions from figures to lines of text.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import ceil

from textual.content import Content

from bt_assess.core.rubric import Stage
from bt_assess.core.scoring import CUTS, nearest_stage
from bt_assess.report.time_axis import along, ticks
from bt_assess.report.words import date_words
from bt_assess.tui.widgets.track import STAGE_MARKS, joined

_BLOCKS = " ▁▂▃▄▅▆▇█"
_PARTS = len(_BLOCKS) - 1
"""Parts of a line that a place is drawn to."""
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

    Each stage has lines of its own, with its mark at the left, so that a place never stands in
    another's. Between two places that follow one another it is filled from below, in eighths of a
    line, so that a change is seen where all are in one line, too; one without a place between them
    leaves it open. `target` (1..3) stands at the right end as ◇.
    """
    room = width - SIDE
    ordered = sorted(points, key=lambda point: point.when)
    rows: list[list[tuple[str, str]]] = [[(" ", "")] * room for _ in range(height)]
    levels: dict[int, int] = {}
    for one, other in pairwise(ordered):
        if one.position is not None and other.position is not None:
            columns = _across(one.when, first, last, room), _across(other.when, first, last, room)
            _fill(levels, columns, (_level(one.position, height), _level(other.position, height)))
    for column, level in levels.items():
        for row in range(height):
            if (eighths := min(_PARTS, level - _PARTS * (height - 1 - row))) > 0:
                rows[row][column] = (_BLOCKS[eighths], "$faint")
    if intervals:
        for point in ordered:
            if point.low is not None and point.high is not None:
                column = _across(point.when, first, last, room)
                for row in range(_down(point.high, height), _down(point.low, height) + 1):
                    rows[row][column] = ("┊", "$quiet")
    if target is not None:
        rows[_down(target, height)][room - 1] = ("◇", "bold $accent")
    for point in ordered:
        column = _across(point.when, first, last, room)
        if point.position is None:
            rows[height // 2][column] = (point.gap, "$quiet")
        else:
            style = f"bold ${nearest_stage(point.position).value}"
            rows[_down(point.position, height)][column] = ("●", style)
    end = _end(height)
    bands = [Stage.CONSOLIDATING] * end + [Stage.DEVELOPING] * (height - 2 * end)
    bands += [Stage.STARTING] * end
    return [
        Content.assemble((STAGE_MARKS[stage].ljust(SIDE), f"${stage.value}"), joined(cells))
        for stage, cells in zip(bands, rows, strict=True)
    ]


def dates_line(first: date, last: date, width: int, *, alone: str = "") -> Content:
    """The dates under a picture of this width; each begins where its day is.

    Where there is but one it has its year, or is called what `alone` says.
    """
    room = width - SIDE
    cells = [" "] * room
    free = 0
    named = ticks(first, last, max(1, room // 10))
    if first == last:
        named = [(first, (alone or date_words(first))[:room])]
    for when, words in named:
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


def _fill(levels: dict[int, int], columns: tuple[int, int], ends: tuple[int, int]) -> None:
    """How high it is in each column between two places."""
    left, right = columns
    for column in range(left, right + 1):
        share = (column - left) / (right - left) if right > left else 1
        levels[column] = _rounded(ends[0] + (ends[1] - ends[0]) * share)


def _down(position: float, height: int) -> int:
    """The line of a position: 3 at the top, 1 at the bottom."""
    return height - 1 - (_level(position, height) - 1) // _PARTS


def _level(position: float, height: int) -> int:
    """How high a position is, from 1, in eighths of a line; a border is the lower stage's.

    It goes up within each stage's lines.
    """
    place = min(3.0, max(1.0, position))
    end = _end(height)
    low, high = CUTS
    if place <= low:
        up = (place - 1) / (low - 1) * end
    elif place <= high:
        up = end + (place - low) / (high - low) * (height - 2 * end)
    else:
        up = height - end + (place - high) / (3 - high) * end
    # Rounded, so that the last digits of a float, which differ between Pythons, decide nothing.
    return max(1, ceil(round(_PARTS * up, 6)))


def _end(height: int) -> int:
    """How many lines the first and the last stage have each: half as far across as the one between."""
    return (height + 1) // 4


def _rounded(value: float) -> int:
    # Twice, so that the last digits of a float, which differ between Pythons, decide nothing.
    return round(round(value, 6))
