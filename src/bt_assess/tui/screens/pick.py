"""Choose one of several sessions."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from bt_assess.report.words import day, who
from bt_assess.store.session_file import StoredSession
from bt_assess.tui.widgets.key_line import KeyLine
from bt_assess.tui.widgets.rows import Row, RowList


class Pick(ModalScreen[StoredSession]):
    """Gives the session chosen, or nothing."""

    CSS_PATH = "dialog.tcss"
    BINDINGS = [Binding("escape", "dismiss", "Back")]

    def __init__(self, title: str, sessions: Sequence[StoredSession], now: StoredSession) -> None:
        super().__init__()
        self._title = title
        self._sessions = sessions
        self._now = now

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog -tall"):
            yield Static(self._title, classes="title", markup=False)
            yield RowList(enter="Choose")
            yield KeyLine()

    def on_mount(self) -> None:
        self.query_one(RowList).show([_row(stored) for stored in self._sessions], self._now)
        self.query_one(RowList).focus()

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        self.dismiss(event.value)


def _row(stored: StoredSession) -> Row:
    session = stored.session
    return Row(
        lambda width: Content.assemble((f"{day(session.started):<13}", "$quiet"), who(session)),
        stored,
    )
