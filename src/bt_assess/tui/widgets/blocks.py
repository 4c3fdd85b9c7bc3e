"""Pictures of several lines each, in columns, one of them marked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

BETWEEN = 3
"""Cells between two columns."""


@dataclass(frozen=True)
class Block:
    """`draw` makes its lines for a width in cells, always as many as `BlockGrid.show` was told."""

    draw: Callable[[int], Sequence[Content]]
    value: Any


class BlockGrid(ScrollView, can_focus=True):
    """Blocks one below the other, then on in the next column; ↑ and ↓ move the mark."""

    DEFAULT_CSS = """
    BlockGrid {
        height: 1fr;
        overflow-x: hidden;
        scrollbar-gutter: stable;
        background: transparent;
        & .blocks--picked { background: $picked; }
    }
    """
    COMPONENT_CLASSES = {"blocks--picked"}
    BINDINGS = [
        Binding("enter", "choose", "Open", tooltip="Open what the mark ▸ points at"),
        Binding("up", "move(-1)", "Up", show=False, tooltip="Move the mark"),
        Binding("down", "move(1)", "Down", show=False, tooltip="Move the mark"),
        Binding("home", "edge(0)", "First", show=False),
        Binding("end", "edge(-1)", "Last", show=False),
        Binding("pageup", "scroll(-1)", "Page up", show=False),
        Binding("pagedown", "scroll(1)", "Page down", show=False),
    ]

    picked: reactive[int] = reactive(0, init=False)

    class Chosen(Message):
        """Somebody opened a block."""

        def __init__(self, value: Any) -> None:
            self.value = value
            super().__init__()

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._blocks: Sequence[Block] = ()
        self._drawn: list[Sequence[Content]] = []
        self._columns = 1
        self._lines = 1
        self._across = 1

    @property
    def value(self) -> Any:
        return self._blocks[self.picked].value if self._blocks else None

    def show(self, blocks: Sequence[Block], *, columns: int, lines: int) -> None:
        """Show these blocks of so many lines each, in so many columns."""
        self._blocks, self._columns, self._lines = blocks, columns, lines
        room = self.scrollable_content_region.width
        self._across = max(1, (room - BETWEEN * (columns - 1)) // columns)
        self._drawn = [block.draw(max(1, self._across - 2)) for block in blocks]
        self.set_reactive(BlockGrid.picked, min(self.picked, max(0, len(blocks) - 1)))
        self.virtual_size = Size(0, self._rows * lines)
        self._reveal()
        self.refresh()

    @property
    def _rows(self) -> int:
        return -(-len(self._blocks) // self._columns)

    def watch_picked(self) -> None:
        self._reveal()
        self.refresh()

    def _reveal(self) -> None:
        top = self.picked % max(1, self._rows) * self._lines
        region = Region(0, top, 1, self._lines)
        self.scroll_to_region(region, animate=False, force=True, immediate=True)

    def action_move(self, step: int) -> None:
        self.picked = min(max(0, self.picked + step), max(0, len(self._blocks) - 1))

    def action_edge(self, place: int) -> None:
        self.picked = place % max(1, len(self._blocks))

    def action_scroll(self, direction: int) -> None:
        step = max(1, self.size.height // self._lines)
        self.action_move(direction * step)

    def action_choose(self) -> None:
        if self._blocks:
            self.post_message(self.Chosen(self.value))

    def on_click(self, event: events.Click) -> None:
        row = (event.y + self.scroll_offset.y) // self._lines
        place = event.x // (self._across + BETWEEN) * self._rows + row
        if row < self._rows and place < len(self._blocks):
            self.picked = place
            self.action_choose()

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self.refresh()

    def render_line(self, y: int) -> Strip:
        row, line = divmod(y + self.scroll_offset.y, self._lines)
        width = self.scrollable_content_region.width
        base = self.visual_style
        if row >= self._rows:
            return Strip.blank(width, base.rich_style)
        strips = []
        for column in range(self._columns):
            place = column * self._rows + row
            if place >= len(self._blocks):
                continue
            is_marked = place == self.picked and line == 0
            style = base + self.get_visual_style("blocks--picked") if is_marked else base
            mark = ("▸ ", "bold $primary") if is_marked else "  "
            words = Content.assemble(mark, self._drawn[place][line])
            fitted = words.truncate(self._across, ellipsis=True)
            strip = Strip(fitted.render_segments(style))
            strips.append(strip.extend_cell_length(self._across, style.rich_style))
            strips.append(Strip.blank(BETWEEN, base.rich_style))
        return Strip.join(strips[:-1]).extend_cell_length(width, base.rich_style)
