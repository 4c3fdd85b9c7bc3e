"""Writing sessions to a file that other programs read."""

from pathlib import Path

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from bt_assess.report.summary import plural
from bt_assess.store.files import reason, write_atomic
from bt_assess.store.session_file import StoredSession
from bt_assess.tui.desk import Desk
from bt_assess.tui.dialog import Dialog
from bt_assess.tui.new_file import new_file, why_not_new
from bt_assess.tui.page import Page
from bt_assess.tui.widgets.field import Field
from bt_assess.tui.widgets.key_line import KeyLine


class ExportTo(Dialog[Path]):
    """Gives the file to write; it does not exist yet."""

    CSS_PATH = "dialog.tcss"
    BINDINGS = [
        Binding("escape", "dismiss", "Back"),
    ]

    def __init__(self, count: int, name: str) -> None:
        super().__init__()
        self._count = count
        self._proposal = name

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(f"Export {plural(self._count, 'session')}", classes="title", markup=False)
            yield Static(
                "The ending decides: .csv for spreadsheets, .json for programs.", markup=False
            )
            yield Field(self._proposal, enter="Write")
            yield Static("", id="fault", markup=False)
            yield KeyLine()

    def on_mount(self) -> None:
        self.query_one(Input).focus()

    def on_input_submitted(self) -> None:
        path = new_file(self.query_one(Input).value.strip())
        if path.suffix.casefold() not in (".csv", ".json"):
            self._fault("The name should end in .csv or .json.")
        elif why_not := why_not_new(path):
            self._fault(why_not)
        else:
            self.dismiss(path)

    def _fault(self, text: str) -> None:
        self.query_one("#fault", Static).update(Content.styled(text, "$alert"))


def ask_and_export(page: Page, desk: Desk, chosen: list[StoredSession]) -> None:
    """Ask for a file and write the sessions to it."""
    from bt_assess.report.exports import sessions_csv, sessions_json

    def write(path: Path | None) -> None:
        if path is None:
            return
        make = sessions_json if path.suffix.casefold() == ".json" else sessions_csv
        try:
            write_atomic(path, make(desk.rubric, [stored.session for stored in chosen]).encode())
        except OSError as error:
            page.notify(f"Not written: {reason(error)}.", severity="error", markup=False)
        else:
            page.notify(f"Written to {path}", markup=False)

    name = f"bt-assess-{desk.now():%Y-%m-%d}.csv"
    page.app.push_screen(ExportTo(len(chosen), str(Path.home() / name)), write)
