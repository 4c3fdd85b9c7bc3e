"""Choose one of several."""

from collections.abc import Callable, Sequence
from typing import Any

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from bt_assess.tui.dialog import Dialog
from bt_assess.tui.widgets.key_line import KeyLine
from bt_assess.tui.widgets.rows import Row, RowList

MOST_OF_SCREEN = 0.85
"""The share of the screen's height that the dialog takes at most, where there is enough."""
ENOUGH = 20
"""A height in lines below which the dialog takes all of it."""


class Pick(Dialog[Any]):
    """Gives what the row chosen stands for, or nothing."""

    CSS_PATH = "dialog.tcss"
    BINDINGS = [Binding("escape", "dismiss", "Back")]

    def __init__(
        self,
        title: str,
        rows: Sequence[Row],
        now: Any = None,
        whole: Callable[[Any], str] | None = None,
    ) -> None:
        """`now` is what is marked at first; `whole` says all of a choice whose row may be cut."""
        super().__init__()
        self._title = title
        self._rows = rows
        self._now = now
        self._whole = whole

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(self._title, classes="title", markup=False)
            yield RowList(enter="Choose")
            if self._whole is not None:
                yield Static("", id="whole", markup=False)
            yield KeyLine()

    def on_mount(self) -> None:
        self.query_one(RowList).show(self._rows, self._now)
        self.query_one(RowList).focus()

    def on_resize(self) -> None:
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        """As tall as its rows, and no taller than leaves something of the page to be seen."""
        rows = self.query_one(RowList)
        around = self.query_one(".dialog").outer_size.height - rows.outer_size.height
        most = min(self.size.height, max(ENOUGH, int(self.size.height * MOST_OF_SCREEN))) - around
        rows.styles.height = max(1, min(len(self._rows), most))

    def on_row_list_picked(self, event: RowList.Picked) -> None:
        if self._whole is not None and event.value is not None:
            words = Content.styled(self._whole(event.value), "$quiet")
            self.query_one("#whole", Static).update(words)

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        self.dismiss(event.value)
