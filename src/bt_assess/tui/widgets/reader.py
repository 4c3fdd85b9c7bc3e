"""Text to read on: scrolls with the arrow keys, leaves ← and → to the page."""

from textual.binding import Binding
from textual.containers import VerticalScroll


class Reader(VerticalScroll, can_focus=True, inherit_bindings=False):
    """A column of text; its width does not change when a scroll bar appears."""

    DEFAULT_CSS = "Reader { scrollbar-gutter: stable; }"

    BINDINGS = [
        Binding("up", "scroll_up", "Up", show=False, tooltip="Read on with ↑ and ↓"),
        Binding("down", "scroll_down", "Down", show=False, tooltip="Read on with ↑ and ↓"),
        Binding("pageup", "page_up", "Page up", show=False, tooltip="A page back or on"),
        Binding(
            "pagedown,space", "page_down", "More", key_display="PgDn", tooltip="A page back or on"
        ),
        Binding("home", "scroll_home", "First", show=False, tooltip="To the beginning or the end"),
        Binding("end", "scroll_end", "Last", show=False, tooltip="To the beginning or the end"),
    ]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is nothing to page through where all is in view."""
        return action != "page_down" or self.max_scroll_y > 0

    def watch_virtual_size(self) -> None:
        self.call_after_refresh(self.refresh_bindings)
