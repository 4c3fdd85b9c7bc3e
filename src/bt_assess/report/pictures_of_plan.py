"""The pictures of plans and projects: a plan as steps, and readings against the line to the goal."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from math import floor, isfinite, log10

from bt_assess.core.forecast import Forecast, Line, rounded
from bt_assess.report import drawing as pen
from bt_assess.report.picture_rows import NARROW, WIDE
from bt_assess.report.plan_words import figure_words, share_words, with_unit
from bt_assess.report.time_axis import along, ticks
from bt_assess.report.words import date_words

_PAD, _LINE, _GAP = 14.0, 18.0, 8.0


@dataclass(frozen=True, kw_only=True)
class Stair:
    """One step of a plan: what it is called, by when, what is written there, and how far it is."""

    name: str
    by: str = ""
    text: str = ""
    state: str = ""
    progress: float | None = None
    done: bool = False


def steps(
    reality: Stair, stages: Sequence[Stair], destination: Stair, *, name: str, title: str,
    width: float = WIDE,
) -> str:  # fmt: skip
    """The whole plan: reality at the bottom, its stages as steps, the destination at the top."""
    narrow = width < NARROW
    indent = 16.0 if narrow else 52.0
    lines = 3 if narrow else 2
    shapes: list[str] = []
    y = 0.0
    rising = [reality, *stages, destination]
    for place in reversed(range(len(rising))):
        stair, left = rising[place], indent * place
        shapes += _stair(stair, left, y, width - left, lines, full=place == len(rising) - 1)
        high = _height(stair, width - left, lines)
        if place:
            # The riser: where the next step begins, further to the left and lower.
            shapes.append(pen.line(left, y + high, left, y + high + _GAP, "quiet", width=1.5))
        y += high + _GAP
    said = "; ".join(
        ", ".join(part for part in (s.name, s.by, s.state, s.text) if part)
        for s in reversed(rising)
    )
    return pen.picture(name, title, f"From the top down: {said}.", (width, y - _GAP), shapes)


def _height(stair: Stair, width: float, lines: int) -> float:
    rows = len(_wrapped(stair.text, width - 2 * _PAD, 13, lines))
    narrow_by = bool(stair.by) and width < NARROW / 1.6
    return 2 * _PAD + 14 + rows * _LINE + (narrow_by * _LINE) + (24 if stair.state else 0)


def _stair(
    stair: Stair, x: float, y: float, width: float, lines: int, *, full: bool
) -> Iterator[str]:
    """A step; the destination is filled whole, so that it is seen first."""
    ink, quiet = ("paper", "paper") if full else ("ink", "quiet")
    room = width - 2 * _PAD
    below = width < NARROW / 1.6
    yield pen.box(x, y, width, _height(stair, width, lines), "team",
                  strength=1 if full else 0.12, round_=4)  # fmt: skip
    at = y + _PAD + 12
    left = x + _PAD
    by_room = 0 if below or not stair.by else pen.text_width(stair.by, 12) + 12
    mark = "✓ " if stair.done else ""
    yield pen.words(
        left, at, f"{mark}{stair.name}", bold=True, size=15, colour=ink, room=room - by_room
    )
    if stair.by and below:
        at += _LINE
        yield pen.words(left, at, stair.by, size=12, colour=quiet, room=room)
    elif stair.by:
        yield pen.words(x + width - _PAD, at, stair.by, size=12, colour=quiet, anchor="end")
    for row in _wrapped(stair.text, room, 13, lines):
        at += _LINE
        yield pen.words(left, at, row, colour=ink, room=room)
    if stair.state:
        at += 22
        bar = 0.0
        if stair.progress is not None:
            bar = min(140.0, room * 0.35)
            yield pen.box(left, at - 9, bar, 8, "faint", round_=4)
            if stair.progress > 0:
                yield pen.box(left, at - 9, max(8.0, bar * stair.progress), 8, "team", round_=4)
            bar += 10
        yield pen.words(left + bar, at, stair.state, size=12, colour=quiet, room=room - bar)


def _wrapped(text: str, room: float, size: float, most: int) -> list[str]:
    """A text in at most `most` lines; what is left over is told by '…'."""
    lines: list[str] = []
    words = pen.safe(text).split()
    while words and len(lines) < most:
        if len(lines) == most - 1:
            return [*lines, pen.fitted(" ".join(words)[:400], room, size)]
        row = words.pop(0)
        while words and pen.text_width(f"{row} {words[0]}", size) <= room:
            row = f"{row} {words.pop(0)}"
        lines.append(pen.fitted(row[:400], room, size))
    return lines


@dataclass(frozen=True)
class _Field:
    """The chart's frame, and how days and figures become x and y."""

    left: float
    top: float
    width: float
    height: float
    first: date
    last: date
    low: float
    high: float

    def x(self, day: date) -> float:
        return self.left + min(1.0, max(0.0, along(day, self.first, self.last))) * self.width

    def y(self, value: float) -> float:
        whole = self.high - self.low
        share = (value - self.low) / whole if whole > 0 and isfinite(whole) else 0.5
        return self.top + self.height * (1 - min(1.0, max(0.0, share)))


def readings(
    taken: Sequence[tuple[date, float]], line: Line | None, forecast: Forecast | None, today: date,
    *, name: str, title: str, unit: str = "", width: float = WIDE, flat: bool = False,
) -> str:  # fmt: skip
    """Readings by date as dots, the line to the goal broken, today, and a forecast with its range.

    A `flat` one takes about half the height, for a page where words are to have the room.
    """
    field = _field(taken, line, forecast, today, width)
    if field is not None and flat:
        field = replace(field, height=120)
    if field is None:
        return pen.picture(name, title, "There is nothing to draw yet.", (width, 30), [
            pen.words(0, 20, "nothing to draw yet", colour="quiet"),
        ])  # fmt: skip
    shapes = [*_legend(line, forecast, width), *_axes(field, width)]
    if field.first <= today <= field.last:
        x = field.x(today)
        shapes.append(pen.line(x, field.top, x, field.top + field.height, "quiet", dashes="1 3"))
        side, by = ("end", -4) if x > field.left + field.width / 2 else ("start", 4)
        shapes.append(
            pen.words(x + by, field.top - 5, "today", colour="quiet", size=11, anchor=side)
        )
    if line is not None:
        shapes.append(
            pen.line(field.x(line.begins), field.y(line.first), field.x(line.ends), field.y(line.last),
                     "ink", width=1.5, dashes="6 4")
        )  # fmt: skip
        shapes += _goal(field, line)
    points = [(field.x(day), field.y(value)) for day, value in taken]
    if forecast is not None and points:
        shapes += _forecast(field, points[-1], forecast)
    for (x1, y1), (x2, y2) in pairwise(points):
        shapes.append(pen.line(x1, y1, x2, y2, "team", width=2, rounded=True))
    shapes += [pen.dot(x, y, 4.5, "team", ring=1.5) for x, y in points]
    foot = field.top + field.height + 26
    return pen.picture(name, title, _told(taken, line, forecast, unit), (width, foot), shapes)


def _field(
    taken: Sequence[tuple[date, float]], line: Line | None, forecast: Forecast | None, today: date,
    width: float,
) -> _Field | None:  # fmt: skip
    days = [day for day, _ in taken]
    values = [value for _, value in taken]
    if line is not None:
        days += [line.begins, line.ends]
        values += [line.first, line.last]
    if not values:
        return None
    low, high = min(values), max(values)
    if forecast is not None:
        days.append(forecast.day)
        # A wide range is cut off at the edge: what was measured is not to shrink to a line.
        room = (high - low) * 0.6
        low = max(min(low, forecast.low), low - room)
        high = min(max(high, forecast.high), high + room)
    if low == high:
        low, high = low - 1, high + 1
    edge = (high - low) * 0.08
    first, last = min(days), max(days)
    # Somebody who looks long afterwards does not need all the days since.
    if first <= today <= last + timedelta(days=28):
        last = max(last, today)
    if first == last:
        last += timedelta(days=7)
    left = 12 + max(pen.text_width(figure_words(v), 11) for v in (*_round(low, high), low, high))
    left = min(left, width * 0.3)
    top = 62.0 if width < NARROW else 44.0
    return _Field(left, top, width - left - 44, 210 if width < NARROW else 250, first, last,
                  low - edge, high + edge)  # fmt: skip


def _round(low: float, high: float) -> list[float]:
    """Three to six round figures between two."""
    whole = high - low
    if not (0 < whole < float("inf")) or whole / 5 < 1e-300:
        return [low]
    power = 10.0 ** floor(log10(whole / 4))
    step = next((power * by for by in (1, 2, 5, 10) if whole / (power * by) <= 5), power * 10)
    first = floor(low / step)
    found = [number * step for number in range(first, first + 12)]
    return [value for value in found if low <= value <= high] or [low]


def _axes(field: _Field, width: float) -> Iterator[str]:
    right, foot = field.left + field.width, field.top + field.height
    for value in _round(field.low, field.high):
        y = field.y(value)
        yield pen.line(field.left, y, right, y, "faint")
        yield pen.words(field.left - 7, y + 4, figure_words(value), colour="quiet", size=11,
                        anchor="end", room=field.left - 7)  # fmt: skip
    yield pen.line(field.left, foot, right, foot, "quiet")
    for day, words in ticks(field.first, field.last, 3 if width < NARROW else 7):
        x = field.x(day)
        side = x - field.left
        anchor = "start" if side < 20 else "end" if field.width - side < 20 else "middle"
        yield pen.line(x, foot, x, foot + 4, "quiet")
        yield pen.words(x, foot + 18, words, colour="quiet", size=11, anchor=anchor)


def _goal(field: _Field, line: Line) -> Iterator[str]:
    x, y = field.x(line.ends), field.y(line.last)
    yield pen.diamond(x, y, 7, "consolidating")
    yield pen.words(x + 11, y + 4, "goal", size=12, bold=True, colour="consolidating")


def _forecast(field: _Field, last: tuple[float, float], found: Forecast) -> Iterator[str]:
    x = field.x(found.day)
    low, high = field.y(found.low), field.y(found.high)
    yield pen.line(x, low, x, high, "team", width=7, strength=0.35, rounded=True)
    yield pen.line(*last, x, field.y(found.value), "team", width=1.5, dashes="2 4")
    yield pen.dot(x, field.y(found.value), 5, "team", hollow=True)


def _legend(line: Line | None, forecast: Forecast | None, width: float) -> Iterator[str]:
    entries = [("reading", "dot")]
    if line is not None:
        entries.append(("line to the goal", "line"))
    if forecast is not None:
        entries.append(("forecast and its range", "range"))
    x, y = 0.0, 12.0
    for text, kind in entries:
        long = 30 + pen.text_width(text, 12) + 14
        if x and x + long > width:
            x, y = 0.0, y + 20
        match kind:
            case "dot":
                yield pen.dot(x + 10, y - 4, 4.5, "team", ring=1.5)
            case "line":
                yield pen.line(x, y - 4, x + 22, y - 4, "ink", width=1.5, dashes="6 4")
            case _:
                yield pen.line(x + 10, y - 9, x + 10, y + 1, "team", width=7, strength=0.35)
                yield pen.dot(x + 10, y - 4, 4, "team", hollow=True)
        yield pen.words(x + 28, y, text, size=12, colour="quiet")
        x += long


def _told(
    taken: Sequence[tuple[date, float]], line: Line | None, forecast: Forecast | None, unit: str
) -> str:
    parts = [f"{date_words(day)}: {with_unit(value, unit)}" for day, value in taken]
    told = [f"Readings: {', '.join(parts)}" if parts else "No reading yet"]
    if line is not None:
        told.append(
            f"The line to the goal runs from {with_unit(line.first, unit)} on"
            f" {date_words(line.begins)} to {with_unit(line.last, unit)} on {date_words(line.ends)}"
        )
    if forecast is not None:
        told.append(
            f"The forecast for {date_words(forecast.day)} is"
            f" {with_unit(rounded(forecast.value, forecast), unit)}, between"
            f" {figure_words(rounded(forecast.low, forecast))} and"
            f" {figure_words(rounded(forecast.high, forecast))}"
        )
    return f"{'. '.join(told)}."


def ahead_words(share: float | None) -> str:
    """How a reading lies to the line, as a share of the whole way."""
    if share is None:
        return "–"
    if abs(share) < 0.005:
        return "on the line"
    return f"{share_words(abs(share))} of the way {'ahead' if share > 0 else 'behind'}"
