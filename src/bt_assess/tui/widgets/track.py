"""The pictures of positions: a theme's track, and two tracks in one for before and after.

Pure functions from figures to text. A scale runs from 1 to 3 with its cuts at 1.5 and 2.5.
"""

from textual.content import Content

_CUTS = (1.5, 2.5)
STAGES = ("starting", "developing", "consolidating")


def column(position: float, width: int) -> int:
    """The column (0..width-1) at which a position (1..3) stands on a scale `width` wide."""
    return round((min(3.0, max(1.0, position)) - 1) / 2 * (width - 1))


def axis(width: int) -> Content:
    """The stage names over a scale: the first and the last at its ends, the second in the middle."""
    names = STAGES if width >= 33 else tuple(stage[:3] for stage in STAGES)
    first, middle, last = names
    before = max(1, column(2.0, width) - len(middle) // 2 - len(first))
    after = max(1, width - len(first) - before - len(middle) - len(last))
    return Content.assemble(
        (first, "$starting"), " " * before, (middle, "$developing"), " " * after,
        (last, "$consolidating"),
    )  # fmt: skip


def scale(width: int) -> list[tuple[str, str]]:
    """An empty scale, a (character, style) a cell, with its cuts."""
    cells = [("·", "$faint")] * width
    for cut in _CUTS:
        cells[column(cut, width)] = ("│", "$faint")
    return cells


def track(width: int, position: float, low: float, high: float, style: str) -> Content:
    """A position with its interval on the scale."""
    cells = scale(width)
    left, here, right = (column(value, width) for value in (low, position, high))
    for i in range(left, right + 1):
        cells[i] = ("┼" if cells[i][0] == "│" else "─", style)
    if left < here:
        cells[left] = ("├", style)
    if right > here:
        cells[right] = ("┤", style)
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


def change_track(width: int, before: float, after: float, style: str) -> Content:
    """Before ○ and after ● on one scale, the way between them drawn."""
    cells = scale(width)
    first, last = column(before, width), column(after, width)
    for i in range(min(first, last), max(first, last) + 1):
        cells[i] = ("━", style)
    cells[first] = ("○", style)
    cells[last] = ("●" if first != last else "◉", f"bold {style}")
    return joined(cells)


def level(share: float | None) -> str:
    """A block as high as a share (0..1); a dash where there is none."""
    if share is None:
        return "–"
    return "▁▁▂▃▄▅▆▇█"[min(8, round(share * 8))]


def joined(cells: list[tuple[str, str]]) -> Content:
    """Cells as text, neighbours of one style in one span."""
    runs: list[tuple[str, str]] = []
    for character, style in cells:
        if runs and runs[-1][1] == style:
            runs[-1] = (runs[-1][0] + character, style)
        else:
            runs.append((character, style))
    return Content.assemble(*runs)
