"""What every page has: a line at the top, keys at the bottom, a way back and help."""

from collections.abc import Iterable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget

from bt_assess.tui.visits import Place, Visit
from bt_assess.tui.widgets.bar import TopBar
from bt_assess.tui.widgets.key_line import KeyLine

WIDE = 110
"""From this width on a page has room for a second column."""
LOW = 20
"""Below this height a page keeps to what cannot be done without."""
TALL = 30
"""From this height on a page has room for a picture more."""


class Page(Screen[None]):
    """A full screen of the app; `ABOUT` is what Help says of it."""

    ABOUT: ClassVar[str] = ""
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (LOW, "-low"), (TALL, "-high")]
    BINDINGS = [
        Binding("escape", "back", "Back", tooltip="Back to where you came from; nothing is lost"),
        Binding("question_mark", "help", "Help", key_display="?", tooltip="Explain the keys here"),
    ]

    def compose(self) -> ComposeResult:
        yield TopBar(*self.bar())
        yield from self.body()
        yield KeyLine()

    def bar(self) -> tuple[Content | str, Content | str]:
        """What stands at the top, left and right."""
        return self.title or "", ""

    def body(self) -> Iterable[Widget]:
        """The widgets between the line at the top and the keys."""
        return ()

    @property
    def is_wide(self) -> bool:
        return self.size.width >= WIDE

    def action_back(self) -> None:
        # What was said here has no meaning elsewhere.
        self.app.clear_notifications()
        self.dismiss()

    def action_help(self) -> None:
        self.post_message(Visit(Place.HELP))
