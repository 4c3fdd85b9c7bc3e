"""A file that was changed by hand: shown, and taken over when somebody says so."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from bt_assess.tui.dialog import Dialog
from bt_assess.tui.screens.plans.ask import SIZES
from bt_assess.tui.widgets.key_line import KeyLine
from bt_assess.tui.widgets.reader import Reader


class AcceptChange(Dialog[bool]):
    """Gives True when the file is to count as it is."""

    CSS_PATH = ["../dialog.tcss", "plans.tcss"]
    VERTICAL_BREAKPOINTS = SIZES
    BINDINGS: ClassVar = [
        Binding("enter", "yes", "Take it as it is"),
        Binding("escape", "dismiss", "Leave it alone"),
    ]

    def __init__(self, name: str, text: str) -> None:
        super().__init__()
        self._file = name
        self._text = text

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog -tall"):
            yield Static("Changed by hand, or damaged", classes="title", markup=False)
            yield Static(
                f"{self._file} reads well, but is not what was saved. This is what it says now:",
                classes="about",
                markup=False,
            )
            with Reader():
                yield Static(Content(self._text), id="text", markup=False)
            yield KeyLine()

    def on_mount(self) -> None:
        self.query_one(Reader).focus()

    def action_yes(self) -> None:
        self.dismiss(True)
