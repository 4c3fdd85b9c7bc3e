"""A project's readings against the line to its goal, and where they lead if all goes on like this."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import cache
from itertools import pairwise
from math import atan, cos, floor, inf, isfinite, log10, pi, sin, sqrt

from bt_assess.core.goal_moves import goals_of, measures_of, place_of, place_on
from bt_assess.core.project import Project
from bt_assess.core.project_parts import Reading, Wanted

LEAST_READINGS = 4
SHARE = 0.8
"""How often the range of a forecast holds what comes, if the readings go on as they did."""

_PER_CENT = re.compile(r"(%|\bper ?cent(age)?\b)(?!.?points?\b)", re.IGNORECASE)


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


class WhyAside(StrEnum):
    """Why a reading does not count."""

    TOO_EARLY = "before the first week"
    OTHER_MEASURE = "of another measure"
    """One that was given up since."""


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
    """The line to the goal; None while a figure or a day is open, or there is no time left.

    It begins with the first week, or where a measure was given up for another one, on that day. It
    ends on the goal's own day, or with the report back where there is none after the first. Goal and
    weeks are those that held `on` a day, today's unless given.
    """
    changes = project.refocused
    return _line(project, len(changes) if on is None else place_on(changes, on), on)


def _line(project: Project, place: int, on: date | None) -> Line | None:
    """The line to one of the goals, in the weeks that held `on` a day."""
    goal = goals_of(project.refocused, project.wanted)[place]
    begins, ends = _weeks_on(project, on)
    if goal.from_ is None or goal.to is None or begins is None or ends is None:
        return None
    measures = _measures(project)
    if first := measures.index(measures[place]):
        begins = max(begins, project.refocused[first - 1].on)
    if goal.by and goal.by > begins:
        ends = goal.by
    return Line(begins, goal.from_, ends, goal.to) if ends > begins else None


def _measures(project: Project) -> list[int]:
    return measures_of(project.refocused, project.wanted)


def _place_of(project: Project, reading: Reading) -> int:
    return place_of(project.refocused, _measures(project), reading)


def measured_since(project: Project) -> date | None:
    """The day since which the measure is the one it is, where another one was given up for it."""
    both = [*zip(project.refocused, pairwise(_measures(project)), strict=True)]
    return next((change.on for change, (was, now) in reversed(both) if was != now), None)


def _weeks_on(project: Project, on: date | None) -> tuple[date | None, date | None]:
    """The first day and the day of the report back, as they were on a day."""
    was = next((each for each in project.moved if on and each.on > on), None)
    if was is None:
        return project.starts, project.report_due
    return was.starts, was.starts + timedelta(weeks=was.weeks)


def goal_on(project: Project, day: date) -> Wanted:
    """The goal that held on a day; one that was changed on that day is the new one."""
    return goals_of(project.refocused, project.wanted)[place_on(project.refocused, day)]


def line_asks(project: Project, day: date) -> float | None:
    """What the line to the goal asked for on a day, by the goal as it was then."""
    straight = line(project, day)
    return None if straight is None else straight.at(day)


def live_readings(project: Project) -> tuple[Reading, ...]:
    """The readings that speak of the goal as it is, oldest first.

    Those from before the first week are not among them, nor those of a measure that was given up.
    """
    return tuple(each for each in project.readings if why_aside(project, each) is None)


def why_aside(project: Project, reading: Reading) -> WhyAside | None:
    """Why a reading says nothing of the goal as it is; None where it does."""
    if project.starts and reading.on < project.starts:
        return WhyAside.TOO_EARLY
    measures = _measures(project)
    is_other = measures[_place_of(project, reading)] != measures[-1]
    return WhyAside.OTHER_MEASURE if is_other else None


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

    A reading is judged by the goal and the weeks that held on its day, whatever became of them since.
    """
    straight = _line(project, _place_of(project, reading), reading.on)
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

    Where neither the readings nor the goal are below 0, the forecast is not either; nor above 100,
    where all of them are per cents up to there.
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
    goal = project.wanted
    least, most = _bounds(goal, readings)
    value, low, high = (min(max(each, least), most) for each in found)
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


def _bounds(goal: Wanted, readings: Iterable[Reading]) -> tuple[float, float]:
    """What the measure does not go below or above, by what has been seen and is wanted of it."""
    seen = [v for v in (goal.from_, goal.to, *(each.value for each in readings)) if v is not None]
    least = 0.0 if min(seen) >= 0 else -inf
    is_share = _PER_CENT.search(goal.unit) is not None
    return least, 100.0 if is_share and least == 0 and max(seen) <= 100 else inf


def rounded(value: float, found: Forecast) -> float:
    """A figure of a forecast to no more digits than its range bears.

    That is two digits of half the range from 10 on, and below that two of the whole range; a figure
    below 100 is whole at least.
    """
    half = abs(found.high - found.low) / 2 or abs(found.value) / 200
    if not 0 < half < inf:
        return value
    digits = 1 - floor(log10(half))
    if digits > 0:
        digits = -floor(log10(half / 5))
    if abs(value) < 100:
        digits = max(digits, 0)
    return round(value, min(digits, 6)) or 0.0


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
