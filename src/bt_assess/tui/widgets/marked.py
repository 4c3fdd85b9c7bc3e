"""Things drawn one beside or below another, one of them marked: what their widgets share."""

from abc import abstractmethod
from typing import Any

from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.geometry import Region
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip


class Marked(ScrollView, can_focus=True):
    """Keys move the mark, Enter or a click opens what it points at."""

    DEFAULT_CSS = """
    Marked {
        height: 1fr;
        overflow-x: hidden;
        scrollbar-gutter: stable;
        background: transparent;
        & .marked--picked { background: $picked; }
    }
    """
    COMPONENT_CLASSES = {"marked--picked"}
    BINDINGS = [
        Binding("enter", "choose", "Open", tooltip="Open what the mark ▸ points at"),
        Binding("up", "move(-1)", "Up", show=False, tooltip="Move the mark"),
        Binding("down", "move(1)", "Down", show=False, tooltip="Move the mark"),
        Binding("home", "edge(0)", "First", show=False),
        Binding("end", "edge(-1)", "Last", show=False),
    ]
    picked: reactive[int] = reactive(0, init=False)

    class Chosen(Message):
        """Somebody opened what is marked."""

        def __init__(self, value: Any) -> None:
            self.value = value
            super().__init__()

    @property
    @abstractmethod
    def values(self) -> list[Any]:
        """What each of the things stands for, in their order."""

    @abstractmethod
    def lines_of(self, place: int) -> Region:
        """The lines that are in view when the mark is there."""

    @abstractmethod
    def place_at(self, x: int, y: int) -> int | None:
        """What stands at a column and a line; None for nothing."""

    @property
    def value(self) -> Any:
        """What the marked thing stands for; None when there is nothing."""
        return self.values[self.picked] if self.values else None

    def pick(self, place: int) -> None:
        """Mark one while others are shown than before, or the nearest that there is."""
        self.set_reactive(Marked.picked, self._within(place))
        self.watch_picked()

    def _within(self, place: int) -> int:
        return min(max(0, place), max(0, len(self.values) - 1))

    def watch_picked(self) -> None:
        if self.values:
            region = self.lines_of(self.picked)
            self.scroll_to_region(region, animate=False, force=True, immediate=True)
        self.refresh()

    def action_move(self, step: int) -> None:
        self.picked = self._within(self.picked + step)

    def action_edge(self, place: int) -> None:
        self.picked = place % max(1, len(self.values))

    def action_choose(self) -> None:
        if self.values:
            self.post_message(self.Chosen(self.value))

    def on_click(self, event: events.Click) -> None:
        place = self.place_at(event.x, event.y + self.scroll_offset.y)
        if place is not None:
            self.picked = place
            self.action_choose()

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self.refresh()

    def drawn(self, words: Content, width: int, *, is_marked: bool) -> Strip:
        """A line of a thing, with the mark before it or room for that."""
        style = self.visual_style
        if is_marked:
            style += self.get_visual_style("marked--picked")
        mark = ("▸ ", "bold $primary") if is_marked else "  "
        fitted = Content.assemble(mark, words).truncate(width, ellipsis=True)
        return Strip(fitted.render_segments(style)).extend_cell_length(width, style.rich_style)
