"""Tags: words of one's own to find sessions by."""

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from bt_assess.report.summary import plural
from bt_assess.tui.dialog import Dialog
from bt_assess.tui.widgets.field import Field
from bt_assess.tui.widgets.key_line import KeyLine

LONGEST = 400
"""Longest line of tags, in characters."""


class Tags(Dialog[list[str]]):
    """Gives the tags that were typed, with commas between; nothing when one turns back."""

    CSS_PATH = "dialog.tcss"
    BINDINGS = [
        Binding("escape", "dismiss", "Back"),
    ]

    def __init__(self, count: int, tags: list[str], known: list[str]) -> None:
        """`known` are the tags that other sessions have."""
        super().__init__()
        self._count = count
        self._tags = tags
        self._known = known

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(
                f"Tags for {plural(self._count, 'session')}", classes="title", markup=False
            )
            yield Static(
                "Words to find them by, with commas between; searching finds them too.",
                markup=False,
            )
            yield Field(
                ", ".join(self._tags), enter="Keep", placeholder="for example: board, region north",
                max_length=LONGEST,
            )  # fmt: skip
            if self._known:
                known = f"In use: {', '.join(self._known)}"
                yield Static(Content.styled(known, "$quiet"), markup=False)
            yield KeyLine()

    def on_mount(self) -> None:
        self.query_one(Input).focus()

    def on_input_submitted(self) -> None:
        words = self.query_one(Input).value.split(",")
        self.dismiss([word.strip() for word in words if word.strip()])
