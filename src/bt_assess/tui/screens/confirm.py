"""A question with a yes and a way back."""

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import Static

from bt_assess.tui.dialog import Dialog
from bt_assess.tui.widgets.key_line import KeyLine


class Confirm(Dialog[bool]):
    """Gives True for Enter and False for Esc."""

    CSS_PATH = "dialog.tcss"
    BINDINGS = [Binding("enter", "yes", "Yes"), Binding("escape", "no", "Back")]

    def __init__(self, title: str, text: str, yes: str) -> None:
        super().__init__()
        self._title = title
        self._text = text
        self._bindings.key_to_bindings["enter"] = [Binding("enter", "yes", yes)]

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(self._title, classes="title", markup=False)
            yield Static(self._text, markup=False)
            yield KeyLine()

    def action_yes(self) -> None:
        self.dismiss(True)

    def action_no(self) -> None:
        self.dismiss(False)
