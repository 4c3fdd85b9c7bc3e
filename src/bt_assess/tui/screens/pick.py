"""Choose one of several."""

from collections.abc import Sequence
from typing import Any

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import Static

from bt_assess.tui.dialog import Dialog
from bt_assess.tui.widgets.key_line import KeyLine
from bt_assess.tui.widgets.rows import Row, RowList


class Pick(Dialog[Any]):
    """Gives what the row chosen stands for, or nothing."""

    CSS_PATH = "dialog.tcss"
    BINDINGS = [Binding("escape", "dismiss", "Back")]

    def __init__(self, title: str, rows: Sequence[Row], now: Any = None) -> None:
        super().__init__()
        self._title = title
        self._rows = rows
        self._now = now

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog -tall"):
            yield Static(self._title, classes="title", markup=False)
            yield RowList(enter="Choose")
            yield KeyLine()

    def on_mount(self) -> None:
        self.query_one(RowList).show(self._rows, self._now)
        self.query_one(RowList).focus()

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        self.dismiss(event.value)
