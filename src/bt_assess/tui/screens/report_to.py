"""Where a report goes, and as what: a format, a name, a folder."""

import os
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from bt_assess.core.text import clean_line
from bt_assess.store.files import reason
from bt_assess.tui.dialog import Dialog
from bt_assess.tui.new_file import new_file, why_not_new
from bt_assess.tui.widgets.choice import Choice
from bt_assess.tui.widgets.field import Field
from bt_assess.tui.widgets.key_line import KeyLine
from bt_assess.tui.widgets.rows import Row, RowList

FORMATS = {
    "HTML": (".html", "One file for any browser, computer or phone. It prints well."),
    "PDF": (".pdf", "To print and to send."),
    "Excel": (".xlsx", "Sheets with figures, answers and notes, and charts."),
    "Markdown": (".md", "For a wiki."),
    "CSV": (".csv", "The bare figures, for spreadsheets and analysts."),
    "JSON": (".json", "Everything, for programs."),
}
MOST_FOLDERS = 500
_NO_PDF = "PDF needs an extra that is not installed: pip install 'bt-assess[pdf]'."


class ReportTo(Dialog[Path]):
    """Gives the file to write, whose ending says the format; it does not exist yet."""

    CSS_PATH = "dialog.tcss"
    VERTICAL_BREAKPOINTS = [(0, "-least"), (9, "-tiny"), (20, "-low")]
    HORIZONTAL_BREAKPOINTS = [(0, "-slim"), (60, "-broad")]
    BINDINGS: ClassVar = [
        Binding("tab", "app.focus_next", "Next line"),
        Binding("ctrl+s", "write", "Write"),
        Binding("escape", "dismiss", "Back"),
    ]

    def __init__(self, what: str, proposal: str, folder: Path) -> None:
        """`proposal` is a name without its ending."""
        super().__init__()
        self._what = what
        self._proposal = proposal
        self._folder = folder

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog -report"):
            yield Static(self._what, classes="title", markup=False)
            yield Choice(*FORMATS, id="format")
            yield Static("", id="about", markup=False)
            yield Field(self._free_name(".html"), enter="Write", id="name")
            yield Static("", id="folder", markup=False)
            yield Folders(enter="Open folder")
            yield Static("", id="fault", markup=False)
            yield KeyLine()

    def on_mount(self) -> None:
        self._about()
        self._show_folder()
        self.query_one(Choice).focus()

    @on(Choice.Changed)
    def _other_format(self) -> None:
        """The name keeps what was typed and takes the format's ending."""
        name = self.query_one(Input)
        name.value = f"{_stem(name.value)}{self._ending}"
        if name.value == f"{_stem(self._proposal)}{self._ending}":
            name.value = self._free_name(self._ending)
        self._about()

    @on(Choice.Done)
    def _format_chosen(self) -> None:
        self.query_one(Input).focus()

    @property
    def _ending(self) -> str:
        return list(FORMATS.values())[self.query_one(Choice).chosen][0]

    def _about(self) -> None:
        ending, about = list(FORMATS.values())[self.query_one(Choice).chosen]
        if ending == ".pdf" and find_spec("typst") is None:
            about = _NO_PDF
        self.query_one("#about", Static).update(Content.styled(about, "$quiet"))

    def _free_name(self, ending: str) -> str:
        """The proposed name; with a number behind it where it is taken."""
        for number in range(1, 1000):
            name = f"{self._proposal}{'' if number == 1 else f'-{number}'}{ending}"
            if not os.path.lexists(self._folder / name):
                return name
        return f"{self._proposal}{ending}"

    def on_descendant_focus(self) -> None:
        # In the smallest terminal only one of the lines has room: the one that is typed in.
        self.set_class(isinstance(self.focused, Input), "-naming")

    # The folder

    def _show_folder(self) -> None:
        try:
            found = _folders(self._folder)
        except OSError as error:
            self._fault(f"{clean_line(str(self._folder))}: {reason(error)}.")
            found = []
        rows = (
            [_row("..", "one up", self._folder.parent)]
            if self._folder.parent != self._folder
            else []
        )
        rows += [_row(f"{clean_line(path.name)}/", "", path) for path in found]
        self.query_one(RowList).show(rows, pick=rows[0].value if rows else None)
        self.query_one("#folder", Static).update(
            Content.assemble(("in  ", "$quiet"), clean_line(str(self._folder)))
        )

    @on(RowList.Chosen)
    def _open(self, event: RowList.Chosen) -> None:
        event.stop()
        self._folder = event.value
        self._fault("")
        self._show_folder()

    # Done

    def on_input_submitted(self) -> None:
        self.action_write()

    def action_write(self) -> None:
        typed = self.query_one(Input).value.strip()
        # A whole path may be typed, too.
        path = new_file(typed, self._folder) if typed else self._folder
        endings = [ending for ending, _ in FORMATS.values()]
        if path.suffix.casefold() not in endings:
            self._fault(f"The name should end in {', '.join(endings[:-1])} or {endings[-1]}.")
        elif path.suffix.casefold() == ".pdf" and find_spec("typst") is None:
            self._fault(_NO_PDF)
        elif why_not := why_not_new(path):
            self._fault(why_not)
        else:
            self.dismiss(path)

    def _fault(self, text: str) -> None:
        self.query_one("#fault", Static).update(Content.styled(text, "$alert"))
        self.set_class(bool(text), "-fault")


class Folders(RowList):
    """The folders in a folder, one of which is marked while the keys go here."""

    MARKS_WITHOUT_FOCUS = False


def _folders(folder: Path) -> list[Path]:
    """The folders in a folder that are not hidden, in order. Raises OSError."""
    with os.scandir(folder) as entries:
        names = [
            entry.name
            for entry in islice(entries, 20 * MOST_FOLDERS)
            if not entry.name.startswith(".") and _is_folder(entry)
        ]
    return [folder / name for name in sorted(names, key=str.casefold)[:MOST_FOLDERS]]


def _is_folder(entry: "os.DirEntry[str]") -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _row(name: str, words: str, path: Path) -> Row:
    return Row(lambda width: Content.assemble((name, "bold"), (f"  {words}", "$quiet")), path)


def _stem(name: str) -> str:
    """A name without the ending of a format."""
    for ending, _ in FORMATS.values():
        if name.casefold().endswith(ending):
            return name[: -len(ending)]
    return name
