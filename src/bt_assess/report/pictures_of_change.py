"""The pictures of change: before and after, and a trend over real dates on a fixed 1..3 axis."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from bt_assess.core.rubric import Stage
from bt_assess.core.scoring import CUTS, nearest_stage
from bt_assess.report import drawing as pen
from bt_assess.report.picture_rows import (
    NARROW,
    WIDE,
    Row,
    axis,
    colour_of,
    field_of,
    lines_of,
    named,
    without_place,
)
from bt_assess.report.time_axis import along, ticks
from bt_assess.report.words import date_words


def before_and_after(rows: Sequence[Row], *, name: str, title: str, width: float = WIDE) -> str:
    """A row a theme: before ○ and after ●, the way between them drawn; words say if it is noise."""
    field, (lines, height) = field_of(width), lines_of(len(rows), width, 30)
    shapes = axis(field, lines)
    for row, at in zip(rows, lines, strict=True):
        if row.position is None or row.before is None:
            shapes += named(Row(name=row.name, words=row.words), at, width)
            shapes += without_place(row, at, field)
            continue
        shapes += named(row, at, width, with_figure=False)
        first, last = field.at(row.before), field.at(row.position)
        colour = colour_of(row)
        way = 1 if last > first else -1
        if abs(last - first) > 1:
            shapes.append(pen.line(first, at.track, last, at.track, colour, width=2.5))
        if abs(last - first) > 26:
            shapes.append(pen.arrow(last - 8 * way, at.track, way, colour))
        shapes += [
            pen.dot(first, at.track, 5.5, colour, hollow=True),
            pen.dot(last, at.track, 6.5, colour, ring=1.5),
        ]
    return pen.picture(name, title, _moved(rows), (width, height), shapes)


def _moved(rows: Sequence[Row]) -> str:
    parts = [
        f"{row.name}: {row.words}"
        if row.position is None or row.before is None
        else f"{row.name}: from {row.before:.1f} to {row.position:.1f}, {row.words}"
        for row in rows
    ]
    return f"{'; '.join(parts)}."


@dataclass(frozen=True, kw_only=True)
class Moment:
    """Where a theme stood at a date (1..3), or why it has no place there."""

    when: date
    words: str
    position: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Course:
    """A theme's moments, all of one person or team, and where it is to get to."""

    name: str
    moments: Sequence[Moment]
    target: float | None = None


@dataclass(frozen=True)
class _Panel:
    """A small chart: its place, and how a date and a position become x and y."""

    left: float
    top: float
    width: float
    height: float
    first: date
    last: date

    def x(self, when: date) -> float:
        return self.left + 10 + along(when, self.first, self.last) * (self.width - 20)

    def y(self, position: float) -> float:
        return self.top + self.height - (min(3.0, max(1.0, position)) - 1) / 2 * self.height


_APART = 14.0
"""Dots nearer to one another than this, in pixels, are drawn small."""
_SIDE, _GAP, _HIGH, _FOOT, _GAPS = 18.0, 24.0, 104.0, 24.0, 14.0


def trend(courses: Sequence[Course], *, name: str, title: str, width: float = WIDE) -> str:
    """A small chart a theme, all with the same dates and the same scale of 1..3.

    A time without a place is a gap in the line, marked by an open square under the scale.
    """
    across = 1 if width < NARROW else 3
    cell = (width - (across - 1) * _GAP) / across
    shapes = _legend(width)
    days = [moment.when for course in courses for moment in course.moments]
    first, last = (min(days), max(days)) if days else (date.min, date.min)
    gaps = any(m.position is None for course in courses for m in course.moments)
    foot = _GAPS if gaps else 0
    bottom = 26.0
    for number, course in enumerate(courses):
        left = number % across * (cell + _GAP)
        top = 26 + number // across * (_HIGH + foot + _FOOT + 40)
        shapes.append(pen.words(left, top + 14, course.name, bold=True, room=cell - 4))
        panel = _Panel(left + _SIDE, top + 24, cell - _SIDE, _HIGH, first, last)
        shapes += [*_grid(panel, foot), *_course(panel, course)]
        bottom = panel.top + _HIGH + foot + _FOOT
    return pen.picture(name, title, _told(courses), (width, bottom + 4), shapes)


def _legend(width: float) -> list[str]:
    places = (0.0, width * 0.31, width * 0.66) if width < NARROW else (0.0, 110.0, 240.0)
    return [pen.stage_name(x, 13, stage) for x, stage in zip(places, Stage, strict=True)]


def _grid(panel: _Panel, gaps: float) -> list[str]:
    """The stages as stretches from bottom to top, each with its mark, and the dates under them."""
    shapes = []
    ends = (1.0, *CUTS, 3.0)
    for stage, low, high in zip(Stage, ends, ends[1:], strict=False):
        top, bottom = panel.y(high), panel.y(low)
        shapes += [
            pen.box(panel.left, top, panel.width, bottom - top, stage.value, strength=0.08),
            pen.words(panel.left - 5, (top + bottom) / 2 + 4, pen.STAGE_MARKS[stage],
                      colour=stage.value, size=11, anchor="end"),
        ]  # fmt: skip
    foot = panel.top + panel.height + gaps
    named = ticks(panel.first, panel.last, max(2, int(panel.width // 80)))
    for when, words in named:
        x = panel.x(when)
        # A date near an edge is written towards the middle, so that it stays inside.
        side = x - panel.left
        anchor = "start" if side < 30 else "end" if side > panel.width - 30 else "middle"
        at = x - 10 if anchor == "start" else x + 10 if anchor == "end" else x
        shapes += [
            pen.line(x, foot, x, foot + 4, "quiet"),
            pen.words(at, foot + 17, words, colour="quiet", size=11, anchor=anchor),
        ]
    return shapes


def _course(panel: _Panel, course: Course) -> list[str]:
    shapes = []
    if course.target is not None:
        y = panel.y(course.target)
        shapes += [
            pen.line(panel.left, y, panel.left + panel.width, y, "ink", dashes="4 3"),
            pen.words(panel.left + 3, y - 4, "aim", colour="quiet", size=11),
        ]
    moments = sorted(course.moments, key=lambda moment: moment.when)
    # Where many stand close, small dots let the line between them be seen.
    dense = len(moments) > panel.width / _APART
    for moment in moments:
        if moment.low is not None and moment.high is not None and moment.position is not None:
            x, low, high = panel.x(moment.when), panel.y(moment.low), panel.y(moment.high)
            strength = 0.3 if dense else 0.7
            shapes.append(pen.line(x, low, x, high, "team", width=1.5, strength=strength))
    for before, moment in pairwise(moments):
        if before.position is not None and moment.position is not None:
            shapes.append(
                pen.line(panel.x(before.when), panel.y(before.position), panel.x(moment.when),
                         panel.y(moment.position), "team", width=2)
            )  # fmt: skip
    for moment in moments:
        x = panel.x(moment.when)
        if moment.position is None:
            shapes.append(pen.gap(x, panel.top + panel.height + _GAPS / 2, 7, "quiet"))
            continue
        colour, y = nearest_stage(moment.position).value, panel.y(moment.position)
        shapes.append(pen.dot(x, y, 2.6, colour) if dense else pen.dot(x, y, 4.5, colour, ring=1.5))
    return shapes


def _told(courses: Sequence[Course]) -> str:
    parts = []
    for course in courses:
        moments = [
            f"{date_words(m.when)} {m.words if m.position is None else f'{m.position:.1f}'}"
            for m in course.moments
        ]
        aim = "" if course.target is None else f", aim {course.target:.1f}"
        parts.append(f"{course.name}: {', '.join(moments)}{aim}")
    return f"{'; '.join(parts)}."
