"""The pictures of reports, as SVG: tracks, the heat grid, a team's dots, how many gave each answer.

Pure functions from figures to text. Every picture has a title and a description, and tells nothing
by colour alone. `width` is in pixels: below `NARROW` names stand above what is drawn, for phones.
`name` has to be another one for each picture on a page.
"""

from collections.abc import Mapping, Sequence

from bt_assess.core.rubric import Stage
from bt_assess.core.scoring import nearest_stage
from bt_assess.report import drawing as pen
from bt_assess.report.picture_rows import (
    NARROW,
    PHONE,
    WIDE,
    Field,
    Row,
    axis,
    colour_of,
    field_of,
    interval,
    lines_of,
    named,
    without_place,
)

__all__ = [
    "BARS", "NARROW", "PHONE", "WIDE", "Row", "counts", "dot_plot", "has_bars", "heat_grid",
    "percent", "shares_words", "theme_tracks",
]  # fmt: skip

MOST_DOTS = 9
"""People in one column of dots at most; more are drawn as bars."""


_DOT = 4.2
"""Half of a dot's width."""
BARS = "; where there are too many for dots, a bar shows how many"
"""Belongs into a caption where a picture has bars, see `has_bars`."""


def theme_tracks(
    rows: Sequence[Row], *, name: str, title: str, width: float = WIDE, team: bool = False
) -> str:
    """A track a theme: the place, with how far the answers leave it open. A team's is a diamond."""
    field, (lines, height) = field_of(width), lines_of(len(rows), width, 30)
    shapes = axis(field, lines)
    for row, at in zip(rows, lines, strict=True):
        shapes += named(row, at, width)
        if row.position is None:
            shapes += without_place(row, at, field)
            continue
        here = field.at(row.position)
        if row.low is not None and row.high is not None:
            left, right = field.at(row.low), field.at(row.high)
            shapes += interval(left, right, at.track, colour_of(row))
        shapes.append(
            pen.diamond(here, at.track, 7, colour_of(row))
            if team
            else pen.dot(here, at.track, 6.5, colour_of(row), ring=1.5)
        )
    return pen.picture(name, title, _said(rows), (width, height), shapes)


def dot_plot(rows: Sequence[Row], *, name: str, title: str, width: float = WIDE) -> str:
    """A row a theme, a dot for each person, the middle of the team as a diamond under them.

    Where single places may not be drawn, only the middle is.
    """
    field = field_of(width)
    lines, height = lines_of(len(rows), width, 58 if any(row.positions for row in rows) else 30)
    shapes = axis(field, lines)
    for row, at in zip(rows, lines, strict=True):
        shapes += named(row, at, width)
        if row.position is None and not row.positions:
            shapes += without_place(row, at, field)
            continue
        if row.positions:
            base = at.bottom - 17
            shapes.append(pen.line(field.left, base, field.left + field.width, base, "faint"))
            shapes += _people(row.positions, field, base, base - at.top - 4)
            foot = at.bottom - 8.5
        else:
            foot = at.track
        if row.low is not None and row.high is not None:
            shapes += interval(field.at(row.low), field.at(row.high), foot, "team")
        if row.position is not None:
            shapes.append(pen.diamond(field.at(row.position), foot, 6.5, "team"))
    return pen.picture(name, title, _said(rows), (width, height), shapes)


def _people(positions: Sequence[float], field: Field, base: float, room: float) -> list[str]:
    """A dot a person, those near to one another on top of one another, each in its stage's colour."""
    r, bins = _DOT, _bins(field)
    columns = _columns(positions, bins)
    most = max(columns.values())
    shapes = []
    for place, count in sorted(columns.items()):
        position = 1 + 2 * place / bins
        colour = nearest_stage(position).value
        x = field.at(position)
        if most > MOST_DOTS:
            high = room * count / most
            shapes.append(pen.box(x - r, base - high, 2 * r, high, colour, strength=0.8))
            continue
        step = min(2 * r + 0.6, (room - 2 * r) / max(1, most - 1))
        shapes += [pen.dot(x, base - r - 1 - level * step, r, colour) for level in range(count)]
    return shapes


def has_bars(rows: Sequence[Row], *widths: float) -> bool:
    """Whether at one of these widths some people of a dot plot are too many for dots."""
    return any(
        max(_columns(row.positions, _bins(field_of(width))).values()) > MOST_DOTS
        for row in rows
        for width in widths
        if row.positions
    )


def _bins(field: Field) -> int:
    """How many columns of dots have room beside one another, less one."""
    return max(8, int(field.width / (2 * _DOT + 1)))


def _columns(positions: Sequence[float], bins: int) -> dict[int, int]:
    """How many people stand in each column of dots."""
    columns: dict[int, int] = {}
    for position in positions:
        place = round(round((min(3.0, max(1.0, position)) - 1) / 2 * bins, 6))
        columns[place] = columns.get(place, 0) + 1
    return columns


def heat_grid(
    rows: Sequence[tuple[str, Mapping[Stage, float | None]]],
    *,
    name: str,
    title: str,
    width: float = WIDE,
) -> str:
    """How true each stage is (0..1), a row a strand: in figures, in a bar, and in strength of colour."""
    narrow = width < NARROW
    label = 0.0 if narrow else 236.0
    cell = (width - label) / 3
    pitch, high = (52.0, 28.0) if narrow else (36.0, 32.0)
    shapes = []
    for stage in Stage:
        x = label + (stage.number - 1) * cell
        shapes.append(pen.stage_name(x, 14, stage))
    for number, (strand, found) in enumerate(rows):
        y = 24 + number * pitch
        if narrow:
            shapes.append(pen.words(0, y + 13, strand, size=13, room=width - 4))
            y += 19
        else:
            shapes.append(pen.words(0, y + 20.5, strand, size=13, room=label - 14))
        for stage in Stage:
            shapes += _cell(
                label + (stage.number - 1) * cell, y, cell - 4, high, stage, found[stage]
            )
    told = "; ".join(f"{strand}: {shares_words(found)}" for strand, found in rows)
    height = 24 + len(rows) * pitch
    return pen.picture(name, title, f"{told}.", (width, height), shapes)


def _cell(
    x: float, y: float, width: float, height: float, stage: Stage, share: float | None
) -> list[str]:
    if share is None:
        return [
            pen.box(x, y, width, height, "faint", strength=0.3, round_=3),
            pen.words(x + 9, y + height / 2 + 4.5, "–", colour="quiet", size=13),
        ]
    bar = width - 60
    middle = y + height / 2
    return [
        pen.box(x, y, width, height, stage.value, strength=0.05 + 0.3 * share, round_=3),
        pen.words(x + 9, middle + 4.5, percent(share), size=13),
        pen.box(x + 52, middle - 2, bar, 4, "faint", strength=0.7, round_=2),
        pen.box(x + 52, middle - 2, bar * share, 4, stage.value, round_=2),
    ]


def percent(share: float) -> str:
    """A share (0..1) as '67 %'."""
    return f"{round(round(share * 100, 6))}\u00a0%"


def shares_words(found: Mapping[Stage, float | None]) -> str:
    """'starting 10 %, developing 67 %, consolidating not rated'."""
    return ", ".join(
        f"{stage.value} {'not rated' if (share := found[stage]) is None else percent(share)}"
        for stage in Stage
    )


def counts(
    rows: Sequence[tuple[str, Sequence[int]]],
    headings: Sequence[str],
    *,
    name: str,
    title: str,
    width: float = WIDE,
) -> str:
    """How many gave each answer: a bar and a figure for each, a row a statement (by its number)."""
    label = 26.0
    column = (width - label) / len(headings)
    most = max((n for _, found in rows for n in found), default=1) or 1
    shapes = [
        pen.words(label + number * column, 13, heading, colour="quiet", size=12, room=column - 6)
        for number, heading in enumerate(headings)
    ]
    for place, (number, found) in enumerate(rows):
        y = 22.0 + place * 26
        shapes.append(pen.words(0, y + 15, number, bold=True, size=13))
        for at, count in enumerate(found):
            x = label + at * column
            shapes.append(pen.box(x, y + 4, (column - 34) * count / most, 14, "team", round_=2))
            length = (column - 34) * count / most
            shapes.append(
                pen.words(x + length + (6 if count else 0), y + 15.5, str(count),
                          colour="ink" if count else "quiet", size=13, bold=bool(count))
            )  # fmt: skip
    told = "; ".join(
        f"{number}: " + ", ".join(f"{h} {n}" for h, n in zip(headings, found, strict=True))
        for number, found in rows
    )
    return pen.picture(name, title, f"{told}.", (width, 26 + len(rows) * 26), shapes)


def _said(rows: Sequence[Row]) -> str:
    """What a picture of tracks shows, for whoever does not see it."""
    parts = []
    for row in rows:
        people = f"; people at {_list(row.positions)}" if row.positions else ""
        if row.position is None:
            parts.append(f"{row.name}: {row.words}{people}")
            continue
        span = (
            "" if row.low is None or row.high is None else f", from {row.low:.1f} to {row.high:.1f}"
        )
        parts.append(f"{row.name}: {row.words} at {row.position:.1f}{span}{people}")
    return f"{'; '.join(parts)}."


def _list(positions: Sequence[float]) -> str:
    """Places in order, for the few that anybody can listen to; else how many."""
    if len(positions) > 20:
        return f"{len(positions)} places"
    return ", ".join(f"{position:.1f}" for position in sorted(positions))
