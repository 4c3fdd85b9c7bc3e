"""One of a few things, chosen in place: ← and → or Space take the next one, a click too."""

from typing import ClassVar

from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget


class Choice(Widget, can_focus=True):
    """Shows the choice made; all of them are on the line, so that none has to be found."""

    DEFAULT_CSS = """
    Choice { height: 1; padding: 0 1; background: $panel; }
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

    def render(self) -> Content:
        parts: list[tuple[str, str]] = []
        for place, name in enumerate(self._names):
            here = place == self.chosen
            parts.append((f"{'◉' if here else '○'} {name}", "bold" if here else "$quiet"))
            parts.append(("    ", ""))
        return Content.assemble(*parts[:-1])

    def on_click(self, event: events.Click) -> None:
        at = 1
        for place, name in enumerate(self._names):
            end = at + Content(name).cell_length + 2
            if at <= event.x < end:
                self.chosen = place
            at = end + 4
