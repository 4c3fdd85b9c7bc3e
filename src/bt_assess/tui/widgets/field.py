"""A line to type in, whose Enter says what it does."""

from textual.binding import Binding
from textual.events import Paste
from textual.widgets import Input


class Field(Input):
    """Enter reaches it behind the letters typed before, so that none is left out."""

    def __init__(self, value: str = "", *, enter: str, **more: object) -> None:
        """`enter` is what Enter does, for the line of keys."""
        super().__init__(value, **more)  # type: ignore[arg-type]
        self._bindings.key_to_bindings["enter"] = [Binding("enter", "submit", enter)]

    def on_paste(self, event: Paste) -> None:
        """Several lines become one; by itself only the first would come in, without a word."""
        event.prevent_default()
        event.stop()
        lines = event.text.splitlines()
        if len(lines) > 1:
            lines = [" ".join(filter(None, map(str.strip, lines)))]
        if lines:
            self.replace(lines[0], *self.selection)
