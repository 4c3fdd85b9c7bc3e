"""A line to type in, whose Enter says what it does."""

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual.binding import Binding
from textual.events import Paste
from textual.geometry import Region
from textual.strip import Strip
from textual.widgets import Input


class Field(Input):
    """Enter reaches it behind the letters typed before, so that none is left out.

    What has no room ends with an ellipsis, as everywhere: the words in it and the example.
    """

    def __init__(self, value: str = "", *, enter: str, **more: object) -> None:
        """`enter` is what Enter does, for the line of keys."""
        super().__init__(value, **more)  # type: ignore[arg-type]
        self._bindings.key_to_bindings["enter"] = [Binding("enter", "submit", enter)]

    def render_line(self, y: int) -> Strip:
        width = self.scrollable_content_region.width
        if y or width < 1:
            return super().render_line(y)
        if not self.value:
            return self._example(width)
        strip, before = super().render_line(y), self.scroll_offset.x
        # Where the cursor is its own letter shows.
        cursor = self._cursor_offset - before if self.has_focus else None
        more = Strip([Segment("…", self.rich_style)])
        if before and cursor != 0:
            strip = Strip.join([more, strip.crop(1)])
        if cell_len(self._value.plain) - before > width and cursor != width - 1:
            strip = Strip.join([strip.crop(0, width - 1), more])
        return strip

    def _example(self, width: int) -> Strip:
        """The line as long as nothing is typed; by itself a long example loses its last words."""
        whole = self.placeholder
        if cell_len(whole) > width:
            fitted = f"{set_cell_size(whole, width - 1).rstrip()}…"
            self.set_reactive(Input.placeholder, fitted)
        try:
            return super().render_line(0)
        finally:
            self.set_reactive(Input.placeholder, whole)

    def on_focus(self) -> None:
        # After a click, whose place counts from what is in view: by itself the end stays hidden.
        self.call_after_refresh(self._show_cursor)

    def _show_cursor(self) -> None:
        if self.has_focus:
            cursor = Region(self._cursor_offset, 0, 1, 1)
            self.scroll_to_region(cursor, animate=False, force=True, immediate=True)

    def on_blur(self) -> None:
        self.scroll_to(0, animate=False, force=True, immediate=True)

    def on_paste(self, event: Paste) -> None:
        """Several lines become one; by itself only the first would come in, without a word."""
        event.prevent_default()
        event.stop()
        lines = event.text.splitlines()
        if len(lines) > 1:
            lines = [" ".join(filter(None, map(str.strip, lines)))]
        if lines:
            self.replace(lines[0], *self.selection)
