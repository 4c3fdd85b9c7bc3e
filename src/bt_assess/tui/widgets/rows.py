"""A list of one-line rows that draws only what is visible, however long it is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip


@dataclass(frozen=True)
class Row:
    """A row: `draw` makes its text for a width in cells; without a `value` it cannot be chosen."""

    draw: Callable[[int], Content]
    value: Any = None

    @property
    def is_choice(self) -> bool:
        return self.value is not None


def heading(text: str) -> Row:
    return Row(lambda width: Content.styled(text, "bold $quiet"))


def blank() -> Row:
    return Row(lambda width: Content(""))


def kept_end(text: Content, end: Content, width: int) -> Content:
    """A text and what stands behind it; where both have no room, the text gives way."""
    return Content.assemble(text.truncate(max(10, width - end.cell_length), ellipsis=True), end)


def place_of(rows: Sequence[Row], value: Any) -> int | None:
    """Where the choice of this value is. Rows that know it need not all be made to be asked."""
    if find := getattr(rows, "place_of", None):
        found: int | None = find(value)
        return found
    return next((i for i, row in enumerate(rows) if row.is_choice and row.value == value), None)


class RowList(ScrollView, can_focus=True):
    """Rows to choose from with arrow keys, Enter or the mouse."""

    DEFAULT_CSS = """
    RowList {
        height: 1fr;
        overflow-x: hidden;
        background: transparent;
        & .rows--picked { background: $picked; }
    }
    """
    COMPONENT_CLASSES = {"rows--picked"}
    MARKS_WITHOUT_FOCUS: ClassVar = True
    """Whether the mark shows while the keys go elsewhere; among fields it would mislead."""
    BINDINGS = [
        Binding("enter", "choose", "Open", tooltip="Open what the mark ▸ points at"),
        Binding("up", "move(-1)", "Up", show=False, tooltip="Move the mark"),
        Binding("down", "move(1)", "Down", show=False, tooltip="Move the mark"),
        Binding("pageup", "page(-1)", "Page up", show=False),
        Binding("pagedown", "page(1)", "Page down", show=False),
        Binding("home", "edge(-1)", "First", show=False),
        Binding("end", "edge(1)", "Last", show=False),
    ]

    picked: reactive[int] = reactive(-1, init=False)

    class About(Message):
        """Something about a row: the list it is in, and what it stands for."""

        def __init__(self, rows: "RowList", value: Any) -> None:
            self.rows = rows
            self.value = value
            super().__init__()

        @property
        def control(self) -> "RowList":
            return self.rows

    class Chosen(About):
        """Somebody opened a row."""

    class Picked(About):
        """The mark moved to another row."""

    def __init__(self, *, id: str | None = None, pages: bool = True, enter: str = "Open") -> None:
        """`enter` says what Enter does to a row. Without `pages`, the keys for pages and ends are
        left to what is around the list."""
        super().__init__(id=id)
        [binding] = self._bindings.key_to_bindings["enter"]
        self._bindings.key_to_bindings["enter"] = [replace(binding, description=enter)]
        self._pages = pages
        self._rows: Sequence[Row] = ()
        self._missed: Any = None
        """What was marked when its row went, until another is marked by hand."""

    @property
    def value(self) -> Any:
        """What the marked row stands for; None when nothing is marked."""
        return self._rows[self.picked].value if 0 <= self.picked < len(self._rows) else None

    def show(self, rows: Sequence[Row], pick: Any = None) -> None:
        """Show these rows; mark the one of value `pick`, else the one marked before, else the first.

        A mark whose row goes for a while, as a folder is read anew, comes back with it. Rows may be
        made as they are looked at: then only those around the mark are, as long as it is still in
        its place.
        """
        marked, place = self.value, max(0, self.picked)
        missed, self._missed = self._missed, None
        self._rows = rows
        self.virtual_size = Size(0, len(rows))
        for wanted in (missed, marked) if pick is None else (pick,):
            if wanted is not None:
                if (found := self._place_of(wanted, place)) is not None:
                    place = found
                    break
                self._missed = wanted if self._missed is None else self._missed
        else:
            place = self._nearest(place)
        self.set_reactive(RowList.picked, place)
        self.refresh()
        self._reveal()
        if self.is_mounted:
            self.post_message(self.Picked(self, self.value))

    def _place_of(self, value: Any, place: int) -> int | None:
        """Where the choice of this value is now; at first it is looked for where it was."""
        rows = self._rows
        if place < len(rows) and rows[place].is_choice and rows[place].value == value:
            return place
        return place_of(rows, value)

    def watch_picked(self) -> None:
        self._missed = None
        self.refresh()
        self._reveal()
        self.post_message(self.Picked(self, self.value))

    def _reveal(self) -> None:
        if self.picked >= 0:
            # The heading above the first choice comes into view with it.
            above = 1 if self.picked and not self._rows[self.picked - 1].is_choice else 0
            region = Region(0, self.picked - above, 1, 1 + above)
            self.scroll_to_region(region, animate=False, force=True, immediate=True)

    def action_choose(self) -> None:
        if self.value is not None:
            self._missed = None
            self.post_message(self.Chosen(self, self.value))

    def action_move(self, step: int) -> None:
        place = self.picked + step
        while 0 <= place < len(self._rows) and not self._rows[place].is_choice:
            place += step
        if 0 <= place < len(self._rows):
            self.picked = place
        elif step < 0:
            self.scroll_home(animate=False)
        else:
            self.scroll_end(animate=False)

    def action_page(self, direction: int) -> None:
        self._land(self.picked + direction * max(1, self.size.height - 1), direction)

    def action_edge(self, direction: int) -> None:
        self._land(0 if direction < 0 else len(self._rows) - 1, direction)

    def _land(self, place: int, direction: int) -> None:
        """Mark the choice at `place` or the nearest one to it."""
        if (found := self._nearest(place, direction)) >= 0:
            self.picked = found

    def _nearest(self, place: int, direction: int = 1) -> int:
        """The choice nearest to a place; of two, the one in this direction; -1 where there is none."""
        place = min(max(0, place), len(self._rows) - 1)
        for away in range(len(self._rows)):
            for found in (place + away * direction, place - away * direction):
                if 0 <= found < len(self._rows) and self._rows[found].is_choice:
                    return found
        return -1

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return self._pages or action not in ("page", "edge")

    def on_click(self, event: events.Click) -> None:
        place = event.y + self.scroll_offset.y
        if 0 <= place < len(self._rows) and self._rows[place].is_choice:
            self.picked = place
            self.action_choose()

    def watch_has_focus(self, has_focus: bool) -> None:
        self.refresh()

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self.refresh()

    def render_line(self, y: int) -> Strip:
        place = y + self.scroll_offset.y
        width = self.scrollable_content_region.width
        base = self.visual_style
        if place >= len(self._rows):
            return Strip.blank(width, base.rich_style)
        row = self._rows[place]
        is_picked = place == self.picked and (self.MARKS_WITHOUT_FOCUS or self.has_focus)
        if is_picked:
            base = base + self.get_visual_style("rows--picked")
        mark = ("▸ ", "bold $primary") if is_picked else "  "
        body = row.draw(max(1, width - 2)) if row.is_choice else row.draw(width)
        line = Content.assemble(mark, body) if row.is_choice else body
        fitted = line.truncate(width, ellipsis=True)
        segments = fitted.render_segments(base)
        return Strip(segments).extend_cell_length(width, base.rich_style)
