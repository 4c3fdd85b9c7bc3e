"""The pictures of a team: where its people stand, and how they answered a statement.

Pure functions from figures to text.
"""

from collections.abc import Mapping, Sequence

from textual.content import Content

from bt_assess.core.rubric import Stage
from bt_assess.core.session import Answer
from bt_assess.report.scale import column
from bt_assess.tui.widgets.track import STAGE_MARKS, fill, joined, scale

RATED = tuple(answer for answer in Answer if answer.rating is not None)
_TAGS = {Answer.NOT: "not", Answer.PARTLY: "partly", Answer.MOSTLY: "mostly", Answer.FULLY: "fully"}
MOST_DOTS = 6
"""Rows of dots at most; a higher column shows its number instead."""


def dot_plot(width: int, positions: Sequence[float], centre: float) -> Content:
    """A dot for each person over the scale, the centre marked under it."""
    columns: dict[int, int] = {}
    for position in positions:
        place = column(position, width)
        columns[place] = columns.get(place, 0) + 1
    height = min(MOST_DOTS, max(columns.values(), default=1))
    rows = []
    for level in range(height, 0, -1):
        row = [(" ", "")] * width
        for place, count in columns.items():
            if count >= level:
                row[place] = ("●", "bold $primary")
            if level == height and count > MOST_DOTS:
                row[place] = (str(count) if count < 10 else "+", "bold $primary")
        rows.append(joined(row))
    rows.append(joined(scale(width)))
    foot = [(" ", "")] * width
    foot[column(centre, width)] = ("▲", "bold $accent")
    rows.append(joined(foot))
    return Content("\n").join(rows)


def team_track(width: int, centre: float, low: float | None, high: float | None) -> Content:
    """The centre on the scale, with its interval where it may be shown."""
    cells = scale(width)
    here = column(centre, width)
    if low is not None and high is not None:
        fill(cells, column(low, width), column(high, width), "$primary", "─┼")
    cells[here] = ("◆", "bold $primary")
    return joined(cells)


def stage_counts(counts: Mapping[Stage, int]) -> Content:
    """How many people are at each stage: '▁ 2  ▄ 5  ▇ 1'."""
    digits = 3 if sum(counts.values()) >= 100 else 2
    parts: list[tuple[str, str]] = []
    for stage in Stage:
        count = counts.get(stage, 0)
        style = f"${stage.value}" if count else "$faint"
        parts += [
            (f"{STAGE_MARKS[stage]} ", style),
            (f"{count:<{digits}} ", "bold" if count else "$faint"),
        ]
    return Content.assemble(*parts)


def answer_counts(counts: Mapping[Answer, int]) -> Content:
    """How a statement was answered, a square a person: 'not ■■  partly ■  mostly ·  fully ■■■'."""
    parts: list[tuple[str, str]] = []
    for answer in RATED:
        count = counts.get(answer, 0)
        squares = "■" * count if count <= 10 else f"■ × {count}"
        parts.append((f"{_TAGS[answer]} ", "$quiet"))
        parts.append((squares or "·", "$primary" if count else "$faint"))
        parts.append(("   ", ""))
    return Content.assemble(*parts[:-1])
