"""The recovery sheet as a text file, to print and to keep away from the laptop."""

from pathlib import Path

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from bt_assess.core.round import Round
from bt_assess.report.words import date_words
from bt_assess.store.files import reason, write_atomic
from bt_assess.tui.dialog import Dialog
from bt_assess.tui.new_file import new_file, why_not_new
from bt_assess.tui.page import Page
from bt_assess.tui.widgets.field import Field
from bt_assess.tui.widgets.key_line import KeyLine


def sheet_text(round_: Round, code: str) -> str:
    """What stands on the sheet."""
    return (
        f"bt-assess: recovery sheet\n\n"
        f"Round      {round_.title}\n"
        f"Team       {round_.team or '-'}\n"
        f"Set up     {date_words(round_.created)}\n"
        f"Round id   {round_.id}\n\n"
        f"Recovery code\n\n    {code}\n\n"
        "If the passphrase is lost, type this code in its place when the round is opened.\n"
        "Keep this sheet away from the laptop: whoever has both can read the answers.\n"
        "Without the passphrase and without this code, nobody can ever open them.\n"
    )


class SaveSheet(Dialog[Path]):
    """Gives the file to write; it does not exist yet."""

    CSS_PATH = "../dialog.tcss"
    BINDINGS = [Binding("escape", "dismiss", "Back")]

    def __init__(self, proposal: Path) -> None:
        super().__init__()
        self._proposal = proposal

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static("Save the recovery sheet", classes="title", markup=False)
            yield Static(
                "A memory stick is a good place. Print it, then delete the file.", markup=False
            )
            yield Field(str(self._proposal), enter="Write")
            yield Static("", id="fault", markup=False)
            yield KeyLine()

    def on_mount(self) -> None:
        self.query_one(Input).focus()

    def on_input_submitted(self) -> None:
        path = new_file(self.query_one(Input).value.strip())
        if fault := why_not_new(path):
            self.query_one("#fault", Static).update(Content.styled(fault, "$alert"))
        else:
            self.dismiss(path)


def ask_and_save_sheet(page: Page, round_: Round, code: str) -> None:
    """Ask for a file and write the sheet to it."""

    def write(path: Path | None) -> None:
        if path is None:
            return
        try:
            write_atomic(path, sheet_text(round_, code).encode())
        except OSError as error:
            page.notify(f"Not written: {reason(error)}.", severity="error", markup=False)
        else:
            page.notify(f"Written to {path}. Print it, then delete it.", markup=False)

    page.app.push_screen(SaveSheet(Path.home() / f"recovery-sheet-{round_.id}.txt"), write)
