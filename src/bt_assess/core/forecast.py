"""A project's readings against the line to its goal, and where they lead if all goes on like this."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from math import atan, cos, isfinite, pi, sin, sqrt

from bt_assess.core.goal_moves import is_other_measure
from bt_assess.core.project import Project
from bt_assess.core.project_parts import Reading, Wanted

LEAST_READINGS = 4
SHARE = 0.8
"""How often the range of a forecast holds what comes, if the readings go on as they did."""


class WhyNone(StrEnum):
    """Why there is no line, no progress or no forecast."""

    NO_GOAL = "no goal"
    """The goal lacks one of its figures, or a day."""
    NO_READING = "no reading"
    NO_WAY = "no way"
    """The goal is where it began."""
    TOO_FEW = "too few readings"
    TOO_LATE = "too late"
    """The day is not after the last reading, so there is nothing to foretell."""
    STOPPED = "stopped"
    """Nobody goes on like this any more."""


@dataclass(frozen=True)
class Line:
    """The straight line to the goal."""

    begins: date
    first: float
    ends: date
    last: float

    def at(self, day: date) -> float:
        """The value on a day: the first one before the line, the last one after it."""
        whole = (self.ends - self.begins).days
        gone = min(max((day - self.begins).days, 0), whole)
        return self.first + (self.last - self.first) * (gone / whole)


@dataclass(frozen=True)
class HowFar:
    """How much of the way is done: `progress` is 0..1, and without one `why_not` says why.

    `way` is not cut off: below 0 is further away than at first, above 1 beyond the goal.
    """

    progress: float | None = None
    way: float | None = None
    why_not: WhyNone | None = None


@dataclass(frozen=True)
class Forecast:
    """What the measure comes to on `day`, in its own unit, and the range it is in SHARE of the time.

    `reaches` says whether `value` is at the goal or beyond, `surely` whether the whole range is, and
    `hardly` whether none of it is; None without a goal.
    """

    day: date
    value: float
    low: float
    high: float
    readings: int
    reaches: bool | None = None
    surely: bool | None = None
    hardly: bool | None = None


def line(project: Project, on: date | None = None) -> Line | None:
    """The line from the first week to the goal; None while a figure or a day is open.

    It ends on the goal's own day, or with the report back where there is none after the first.
    The goal is the one that held `on` a day, today's unless given.
    """
    goal, begins = project.wanted if on is None else goal_on(project, on), project.starts
    if goal.from_ is None or goal.to is None or begins is None:
        return None
    ends = goal.by if goal.by and goal.by > begins else project.report_due
    return Line(begins, goal.from_, ends, goal.to) if ends else None


def goal_on(project: Project, day: date) -> Wanted:
    """The goal that held on a day; one that was changed on that day is the new one."""
    return next((c.before for c in project.refocused if c.on > day), project.wanted)


def line_asks(project: Project, day: date) -> float | None:
    """What the line to the goal asked for on a day, by the goal as it was then."""
    straight = line(project, day)
    return None if straight is None else straight.at(day)


def live_readings(project: Project) -> tuple[Reading, ...]:
    """The readings that speak of the goal as it is, oldest first.

    Those from before the first week are not among them, nor those of a measure that was given up.
    """
    since = project.starts or date.min
    goals = [*(change.before for change in project.refocused), project.wanted]
    for change, after in zip(project.refocused, goals[1:], strict=True):
        if is_other_measure(change, after):
            since = max(since, change.on)
    return tuple(reading for reading in project.readings if reading.on >= since)


def so_far(project: Project, today: date) -> Project:
    """The project without readings of days to come, which only a file written by hand can have."""
    kept = tuple(reading for reading in project.readings if reading.on <= today)
    if len(kept) == len(project.readings):
        return project
    return project.model_copy(update={"readings": kept})


def how_far(project: Project) -> HowFar:
    """How far the last reading is on the way to the goal."""
    goal, readings = project.wanted, live_readings(project)
    if goal.from_ is None or goal.to is None:
        return HowFar(why_not=WhyNone.NO_GOAL)
    if not readings:
        return HowFar(why_not=WhyNone.NO_READING)
    way = _way(goal.from_, readings[-1].value, goal.to)
    if way is None:
        return HowFar(why_not=WhyNone.NO_WAY)
    return HowFar(min(max(way, 0.0), 1.0), way)


def against_line(project: Project, reading: Reading) -> float | None:
    """How far a reading is ahead of the line (negative: behind), as a share of the whole way.

    A reading is judged by the goal that held on its day, whatever became of the goal since.
    """
    straight = line(project, reading.on)
    if straight is None:
        return None
    way = _way(straight.first, reading.value, straight.last)
    due = _way(straight.first, straight.at(reading.on), straight.last)
    return None if way is None or due is None else way - due


def _way(first: float, now: float, last: float) -> float | None:
    """How much of the way is done; None where there is none. A measure has a scale of its own, so
    that two figures are as far apart as they are, however small."""
    if first == last:
        return None
    way = (now - first) / (last - first)
    return way if isfinite(way) else None


def forecast(project: Project, day: date | None = None) -> Forecast | WhyNone:
    """What the measure comes to on `day`, the goal's own unless given, or why nobody can tell.

    Where neither the readings nor the goal are below 0, the forecast is not either.
    """
    if project.stopped:
        return WhyNone.STOPPED
    straight, readings = line(project), live_readings(project)
    aim = day or (straight.ends if straight else project.report_due)
    if aim is None:
        return WhyNone.NO_GOAL
    if len(readings) < LEAST_READINGS:
        return WhyNone.TOO_FEW
    if aim <= readings[-1].on:
        return WhyNone.TOO_LATE
    first = readings[0].on
    found = extrapolated(
        [((reading.on - first).days, reading.value) for reading in readings], (aim - first).days
    )
    if found is None:
        return WhyNone.TOO_FEW
    value, low, high = found
    goal = project.wanted
    if all(v is None or v >= 0 for v in (goal.from_, goal.to, *(r.value for r in readings))):
        value, low, high = max(value, 0.0), max(low, 0.0), max(high, 0.0)
    if goal.from_ is None or goal.to is None or goal.from_ == goal.to:
        return Forecast(aim, value, low, high, len(readings))
    target, up = goal.to, goal.to > goal.from_
    near = abs(goal.to - goal.from_) * 1e-9
    worst, best = (low, high) if up else (high, low)

    def there(at: float) -> bool:
        return at >= target - near if up else at <= target + near

    return Forecast(
        aim, value, low, high, len(readings), there(value), there(worst), not there(best)
    )


def extrapolated(
    points: Sequence[tuple[float, float]], x: float
) -> tuple[float, float, float] | None:
    """The least-squares line through `points` at `x`, and its prediction interval (value, low, high).

    None from fewer than LEAST_READINGS points, or when they all have one x. The interval is that of
    one new observation, value +- t(n - 2) * s * sqrt(1 + 1/n + (x - mean)^2 / Sxx), where
    s^2 = sum of squared residuals / (n - 2): Draper and Smith, *Applied Regression Analysis*
    (3rd ed., 1998), on predicting a new observation.

    Readings on one line are no certainty, as each was rounded: s is not less than step / sqrt(12),
    the spread of rounding to a step: JCGM 100:2008 (*Guide to the Expression of Uncertainty in
    Measurement*), F.2.2.1.
    """
    n = len(points)
    if n < LEAST_READINGS:
        return None
    mean_x = sum(px for px, _ in points) / n
    mean_y = sum(py for _, py in points) / n
    sxx = sum((px - mean_x) ** 2 for px, _ in points)
    if sxx == 0:
        return None
    slope = sum((px - mean_x) * (py - mean_y) for px, py in points) / sxx
    residuals = sum((py - mean_y - slope * (px - mean_x)) ** 2 for px, py in points)
    value = mean_y + slope * (x - mean_x)
    spread = max(sqrt(residuals / (n - 2)), step_of(py for _, py in points) / sqrt(12))
    half = t_quantile(n - 2, (1 + SHARE) / 2) * spread * sqrt(1 + 1 / n + (x - mean_x) ** 2 / sxx)
    return value, value - half, value + half


def step_of(values: Iterable[float]) -> float:
    """The step in which figures are given: 1 for whole ones, 0.1 where one has a decimal."""
    finest = min(int(Decimal(repr(each)).normalize().as_tuple().exponent) for each in values)
    return 10.0 ** min(finest, 0)


@cache
def t_quantile(freedom: int, share: float) -> float:
    """The value that Student's t stays below in `share` (0.5..1) of cases."""
    low, high = 0.0, 1.0
    while _t_share(high, freedom) < share:
        high *= 2
    for _ in range(80):
        middle = (low + high) / 2
        if _t_share(middle, freedom) < share:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _t_share(t: float, freedom: int) -> float:
    """P(T < t) for t >= 0: Abramowitz and Stegun, *Handbook* (1964), 26.7.3 and 26.7.4."""
    angle = atan(t / sqrt(freedom))
    square = cos(angle) ** 2
    term = total = 0.0
    if freedom % 2:
        if freedom > 1:
            term = total = cos(angle)
            for k in range(3, freedom - 1, 2):
                term *= square * (k - 1) / k
                total += term
        both = 2 / pi * (angle + sin(angle) * total)
    else:
        term = total = 1.0
        for k in range(2, freedom - 1, 2):
            term *= square * (k - 1) / k
            total += term
        both = sin(angle) * total
    return (1 + both) / 2
