"""How pictures of themes are laid out: a row a theme on one scale, for paper and for phones."""

from collections.abc import Sequence
from dataclasses import dataclass

from bt_assess.core.rubric import Stage
from bt_assess.core.scoring import CUTS
from bt_assess.report import drawing as pen

WIDE, PHONE = 680, 330
NARROW = 480
_NAME, _BEHIND = 158, 152
_INSET = 8


@dataclass(frozen=True, kw_only=True)
class Row:
    """A theme's line in a picture: where it stands (1..3), and in words what that is.

    Without a `position` the words stand in the track. `before` is for before and after,
    `positions` are the single places of people.
    """

    name: str
    words: str
    stage: Stage | None = None
    position: float | None = None
    low: float | None = None
    high: float | None = None
    before: float | None = None
    positions: Sequence[float] = ()


@dataclass(frozen=True)
class Field:
    """Where a track lies in a picture."""

    left: float
    width: float

    def at(self, position: float) -> float:
        """The x of a position."""
        return self.left + (min(3.0, max(1.0, position)) - 1) / 2 * self.width


@dataclass(frozen=True)
class Line:
    """Where a row's parts are: baseline of its words, middle of its track, and its two ends."""

    words: float
    track: float
    top: float
    bottom: float


def field_of(width: float) -> Field:
    if width < NARROW:
        return Field(_INSET, width - 2 * _INSET)
    return Field(_NAME, width - _NAME - _BEHIND)


def lines_of(count: int, width: float, height: float) -> tuple[list[Line], float]:
    """Where `count` rows are, each track `height` high, and how high all are together."""
    found = []
    y = 26.0
    for _ in range(count):
        if width < NARROW:
            top = y + 20
            found.append(Line(y + 15, top + height / 2, top, top + height))
            y = top + height + 8
        else:
            found.append(Line(y + height / 2 + 4.5, y + height / 2, y, y + height))
            y += height + 4
    return found, y + 4


def axis(field: Field, lines: Sequence[Line]) -> list[str]:
    """The stages' stretches behind the tracks, their names above."""
    shapes = []
    ends = (1.0, *CUTS, 3.0)
    for stage, low, high in zip(Stage, ends, ends[1:], strict=False):
        left, right = field.at(low), field.at(high)
        left, right = left - _INSET * (low == 1), right + _INSET * (high == 3)
        for each in lines:
            tint = 0.07 if stage is not Stage.DEVELOPING else 0.09
            shapes.append(
                pen.box(left, each.top, right - left, each.bottom - each.top, stage.value,
                        strength=tint)
            )  # fmt: skip
        # Each name over its own stretch; the outer ones begin and end with it.
        anchor, at = {
            Stage.STARTING: ("start", left),
            Stage.DEVELOPING: ("middle", (left + right) / 2),
            Stage.CONSOLIDATING: ("end", right),
        }[stage]
        shapes.append(pen.stage_name(at, 14, stage, anchor=anchor))
    for cut in CUTS:
        shapes += [
            pen.line(field.at(cut), each.top, field.at(cut), each.bottom, "faint", width=1)
            for each in lines
        ]
    return shapes


def named(
    row: Row, at: Line, width: float, *, with_figure: bool = True, is_head: bool = True
) -> list[str]:
    """A row's name, and what is said of it: before and behind the track, or above it."""
    narrow = width < NARROW
    figure = "" if row.position is None or not with_figure else f"{row.position:.1f}"
    drawn = row.position is not None or row.positions
    said = f"{figure}  {row.words}".strip() if drawn else ""
    name_room = width * 0.46 if narrow else _NAME - 14
    said_room = width * 0.5 if narrow else _BEHIND - 18
    shapes = [pen.words(0, at.words, row.name, bold=is_head, room=name_room)]
    if said and narrow:
        shapes.append(
            pen.words(width, at.words, said, colour="quiet", anchor="end", room=said_room)
        )
    elif said:
        shapes.append(
            pen.words(width - _BEHIND + 18, at.words, said, colour="quiet", room=said_room)
        )
    return shapes


def without_place(row: Row, at: Line, field: Field) -> list[str]:
    text = pen.fitted(row.words, field.width - 24, 12)
    half = pen.text_width(text, 12) / 2 + 8
    middle = field.left + field.width / 2
    right = field.left + field.width
    return [
        pen.line(field.left, at.track, middle - half, at.track, "faint", dashes="2 4"),
        pen.words(middle, at.track + 4, text, colour="quiet", size=12, anchor="middle"),
        pen.line(middle + half, at.track, right, at.track, "faint", dashes="2 4"),
    ]


def colour_of(row: Row) -> str:
    return row.stage.value if row.stage else "team"


def interval(left: float, right: float, y: float, colour: str) -> list[str]:
    return [
        pen.line(left, y, right, y, colour, width=2.5, strength=0.75),
        *(pen.line(x, y - 5, x, y + 5, colour, width=1.5, strength=0.75) for x in (left, right)),
    ]
