"""The pictures of positions: a theme's track, and two tracks in one for before and after.

Pure functions from figures to text.
"""

from textual.content import Content

from bt_assess.core.rubric import Stage
from bt_assess.report.scale import axis as axis_pieces
from bt_assess.report.scale import column, cut_columns

STAGE_MARKS = {Stage.STARTING: "▁", Stage.DEVELOPING: "▄", Stage.CONSOLIDATING: "▇"}
"""A stage is told by its colour, its mark and its word, wherever there is room for all three."""


def stage_name(stage: Stage, style: str = "") -> Content:
    """A stage's mark and word in its colour."""
    return Content.styled(f"{STAGE_MARKS[stage]} {stage.value}", f"{style} ${stage.value}")


def axis(width: int) -> Content:
    """The stage names over a scale."""
    pieces = axis_pieces(width, STAGE_MARKS)
    return Content.assemble(*((text, f"${s.value}" if s else "") for text, s in pieces))


def scale(width: int) -> list[tuple[str, str]]:
    """An empty scale, a (character, style) a cell, with its cuts."""
    cells = [("·", "$faint")] * width
    for cut in cut_columns(width):
        cells[cut] = ("┊", "$quiet")
    return cells


def fill(cells: list[tuple[str, str]], left: int, right: int, style: str, line: str) -> None:
    """A line over the scale, thin for what is open and heavy for a change; cuts stay to be seen."""
    for i in range(left, right + 1):
        cells[i] = (line[cells[i][0] == "┊"], style)


def track(width: int, position: float, low: float, high: float, style: str) -> Content:
    """A position with its interval on the scale."""
    cells = scale(width)
    left, here, right = (column(value, width) for value in (low, position, high))
    fill(cells, left, right, style, "─┼")
    cells[here] = ("●", f"bold {style}")
    return joined(cells)


def worded_track(width: int, words: str, style: str) -> Content:
    """A track that has no position: the words stand in it."""
    label = f" {words} "
    if len(label) > width - 4:
        return Content.styled(words[:width].ljust(width), style)
    start = (width - len(label)) // 2
    line = "─" * start
    return Content.assemble(
        (line, "$faint"), (label, style), ("─" * (width - start - len(label)), "$faint")
    )


def change_track(
    width: int, before: float, after: float, style: str, *, target: float | None = None
) -> Content:
    """Before ○ and after ● on one scale, the way between them drawn; the target ◇, if any."""
    cells = scale(width)
    first, last = column(before, width), column(after, width)
    fill(cells, min(first, last), max(first, last), style, "━┿")
    if target is not None:
        cells[column(target, width)] = ("◇", "bold $accent")
    cells[first] = ("○", style)
    cells[last] = ("●" if first != last else "◉", f"bold {style}")
    return joined(cells)


def joined(cells: list[tuple[str, str]]) -> Content:
    """Cells as text, neighbours of one style in one span."""
    runs: list[tuple[str, str]] = []
    for character, style in cells:
        if runs and runs[-1][1] == style:
            runs[-1] = (runs[-1][0] + character, style)
        else:
            runs.append((character, style))
    return Content.assemble(*runs)
