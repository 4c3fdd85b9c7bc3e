"""One of a few things, chosen in place: ← and → or Space take the next one, a click too."""

from typing import ClassVar

from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

GAP = 4
"""Cells between two names."""


class Choice(Widget, can_focus=True):
    """Shows the choice made; all of them are on the line, so that none has to be found."""

    DEFAULT_CSS = """
    Choice { height: auto; padding: 0 1; background: $panel; }
    Choice:focus { background: $picked; }
    """
    BINDINGS: ClassVar = [
        Binding("left", "step(-1)", "Choose", key_display="← →", tooltip="Choose another one"),
        Binding("right,space", "step(1)", "Choose", show=False, tooltip="Choose another one"),
        Binding("enter", "done", "Next", tooltip="On to the next line"),
    ]
    chosen: reactive[int] = reactive(0)

    class Done(Message):
        """Somebody has chosen and wants to go on."""

    class Changed(Message):
        """Another one has been chosen."""

    def __init__(self, *names: str, chosen: int = 0, id: str | None = None) -> None:
        super().__init__(id=id)
        self._names = names
        self.set_reactive(Choice.chosen, chosen)

    def action_step(self, step: int) -> None:
        self.chosen = (self.chosen + step) % len(self._names)

    def action_done(self) -> None:
        self.post_message(self.Done())

    def watch_chosen(self) -> None:
        if self.is_mounted:
            self.post_message(self.Changed())

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self._lines(width))

    def _lines(self, width: int) -> list[list[int]]:
        """The places of the names, line by line: where they do not fit in one, they go on below."""
        lines: list[list[int]] = [[]]
        used = 0
        for place, name in enumerate(self._names):
            length = Content(name).cell_length + 2
            if lines[-1] and used + GAP + length > width:
                lines.append([])
                used = 0
            used += length + (GAP if lines[-1] else 0)
            lines[-1].append(place)
        return lines

    def render(self) -> Content:
        def line(places: list[int]) -> Content:
            parts: list[tuple[str, str]] = []
            for place in places:
                here = place == self.chosen
                name = self._names[place]
                parts.append((f"{'◉' if here else '○'} {name}", "bold" if here else "$quiet"))
                parts.append((" " * GAP, ""))
            return Content.assemble(*parts[:-1])

        return Content("\n").join(line(each) for each in self._lines(self.content_size.width))

    def on_click(self, event: events.Click) -> None:
        lines = self._lines(self.content_size.width)
        if not 0 <= event.y < len(lines):
            return
        at = 1
        for place in lines[event.y]:
            end = at + Content(self._names[place]).cell_length + 2
            if at <= event.x < end:
                self.chosen = place
            at = end + GAP
