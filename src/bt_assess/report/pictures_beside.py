"""Pictures of people and teams beside each other: nothing leads from one to another."""

from collections.abc import Sequence

from bt_assess.report import drawing as pen
from bt_assess.report.picture_rows import (
    NARROW,
    WIDE,
    Line,
    Row,
    axis,
    colour_of,
    field_of,
    interval,
    lines_of,
    named,
    without_place,
)

_TOP, _HEAD, _HIGH, _BETWEEN, _FOOT = 26, 26, 24, 2, 12


def two_beside(rows: Sequence[Row], *, name: str, title: str, width: float = WIDE) -> str:
    """A row a theme: the one ○ and the other ●, without a way between them; a ring where they meet.

    Of each row `before` is the one's place, `position` the other's; without both its words stand there.
    """
    field, (lines, height) = field_of(width), lines_of(len(rows), width, 30)
    shapes = axis(field, lines)
    for row, at in zip(rows, lines, strict=True):
        if row.position is None or row.before is None:
            shapes += named(Row(name=row.name, words=row.words), at, width)
            shapes += without_place(row, at, field)
            continue
        shapes += [
            *named(row, at, width, with_figure=False),
            pen.dot(field.at(row.before), at.track, 7.5, "team", hollow=True),
            pen.dot(field.at(row.position), at.track, 5, "team", ring=0.5),
        ]
    said = "; ".join(
        f"{row.name}: {row.words}"
        if row.position is None or row.before is None
        else f"{row.name}: {row.before:.1f} and {row.position:.1f}, {row.words}"
        for row in rows
    )
    return pen.picture(name, title, f"{said}.", (width, height), shapes)


def many_beside(
    themes: Sequence[tuple[str, Sequence[Row]]], *, name: str, title: str, width: float = WIDE
) -> str:
    """A block a theme with a row for each that stands there: its place, and how far that is open."""
    field = field_of(width)
    shapes: list[str] = []
    lines: list[Line] = []
    said = []
    y = float(_TOP)
    for theme, rows in themes:
        shapes.append(pen.words(0, y + 16, theme, bold=True, size=14, room=width))
        y += _HEAD
        for row in rows:
            top = y + (18 if width < NARROW else 0)
            middle = top + _HIGH / 2
            words = middle + 4.5 if top == y else y + 14
            at = Line(words, middle, top, top + _HIGH)
            shapes += _row(row, at, width)
            lines.append(at)
            y = at.bottom + _BETWEEN
        y += _FOOT
        said.append(f"{theme}: {', '.join(_said(row) for row in rows)}")
    return pen.picture(
        name, title, f"{'; '.join(said)}.", (width, y), [*axis(field, lines), *shapes]
    )


def height_of_many(themes: int, rows: int) -> float:
    """How high `many_beside` is with so many rows in each theme, where names stand before them."""
    return _TOP + themes * (_HEAD + rows * (_HIGH + _BETWEEN) + _FOOT)


def _row(row: Row, at: Line, width: float) -> list[str]:
    field = field_of(width)
    shapes = named(row, at, width, is_head=False)
    if row.position is None:
        return shapes + without_place(row, at, field)
    if row.low is not None and row.high is not None:
        shapes += interval(field.at(row.low), field.at(row.high), at.track, colour_of(row))
    return [*shapes, pen.dot(field.at(row.position), at.track, 6, colour_of(row), ring=1.5)]


def _said(row: Row) -> str:
    return (
        f"{row.name} {row.words}"
        if row.position is None
        else f"{row.name} {row.position:.1f} {row.words}"
    )
