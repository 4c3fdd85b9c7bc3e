"""Pictures of several lines each, in columns, one of them marked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from textual.binding import Binding
from textual.content import Content
from textual.geometry import Region, Size
from textual.strip import Strip

from bt_assess.tui.widgets.marked import Marked

BETWEEN = 3
"""Cells between two columns."""


@dataclass(frozen=True)
class Block:
    """`draw` makes its lines for a width in cells, always as many as `BlockGrid.show` was told."""

    draw: Callable[[int], Sequence[Content]]
    value: Any


class BlockGrid(Marked):
    """Blocks one below the other, then on in the next column; ↑ and ↓ move the mark."""

    BINDINGS: ClassVar = [
        Binding("pageup", "scroll(-1)", "Page up", show=False),
        Binding("pagedown", "scroll(1)", "Page down", show=False),
    ]

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._blocks: Sequence[Block] = ()
        self._drawn: list[Sequence[Content]] = []
        self._columns = 1
        self._lines = 1
        self._across = 1

    @property
    def values(self) -> list[Any]:
        return [block.value for block in self._blocks]

    def show(self, blocks: Sequence[Block], *, columns: int, lines: int) -> None:
        """Show these blocks of so many lines each, in so many columns."""
        self._blocks, self._columns, self._lines = blocks, columns, lines
        room = self.scrollable_content_region.width
        self._across = max(1, (room - BETWEEN * (columns - 1)) // columns)
        self._drawn = [block.draw(max(1, self._across - 2)) for block in blocks]
        self.virtual_size = Size(0, self._rows * lines)
        self.pick(self.picked)

    @property
    def _rows(self) -> int:
        return -(-len(self._blocks) // self._columns)

    def lines_of(self, place: int) -> Region:
        return Region(0, place % max(1, self._rows) * self._lines, 1, self._lines)

    def place_at(self, x: int, y: int) -> int | None:
        row = y // self._lines
        place = x // (self._across + BETWEEN) * self._rows + row
        return place if row < self._rows and place < len(self._blocks) else None

    def action_scroll(self, direction: int) -> None:
        step = max(1, self.size.height // self._lines)
        self.action_move(direction * step)

    def render_line(self, y: int) -> Strip:
        row, line = divmod(y + self.scroll_offset.y, self._lines)
        width = self.scrollable_content_region.width
        blank = self.visual_style.rich_style
        if row >= self._rows:
            return Strip.blank(width, blank)
        strips = []
        for place in range(row, len(self._blocks), self._rows):
            is_marked = place == self.picked and line == 0
            strips.append(self.drawn(self._drawn[place][line], self._across, is_marked=is_marked))
            strips.append(Strip.blank(BETWEEN, blank))
        return Strip.join(strips[:-1]).extend_cell_length(width, blank)
