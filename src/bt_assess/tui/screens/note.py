"""A note to a statement: what is the evidence?"""

from collections.abc import Callable

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static, TextArea

from bt_assess.core.text import NOTE_LENGTH
from bt_assess.tui.dialog import Dialog
from bt_assess.tui.widgets.key_line import KeyLine
from bt_assess.tui.widgets.writing import Writing


class NoteEditor(Dialog[None]):
    """A place to write. What is written is kept as it is typed, however one leaves."""

    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (20, "-low")]

    CSS_PATH = "dialog.tcss"
    BINDINGS = [
        Binding("escape", "keep", "Keep and go back"),
        Binding("ctrl+s", "keep", "Keep", show=False),
    ]

    def __init__(self, statement: str, note: str, keep: Callable[[str], None] | None) -> None:
        """Without `keep`, the note is there to be read only."""
        super().__init__()
        self._statement = statement
        self._note = note
        self._keep = keep

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog -tall"):
            yield Static(self._statement, classes="title", markup=False)
            hint = "What is the evidence? A sentence is enough. Notes are saved in the file."
            if self._keep is None:
                hint = "To read only: this assessment is finished."
            yield Static(Content.styled(hint, "$quiet"), markup=False)
            yield Writing(
                self._note, soft_wrap=True, tab_behavior="focus", read_only=self._keep is None
            )
            yield KeyLine()

    def on_mount(self) -> None:
        area = self.query_one(TextArea)
        area.focus()
        area.move_cursor(area.document.end)

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        over = len(event.text_area.text) - NOTE_LENGTH
        if over > 0:
            self.notify(f"A note has room for {NOTE_LENGTH} characters.", markup=False)
            # Where somebody types stays, though the text is put in anew.
            area, place = event.text_area, event.text_area.cursor_location
            area.text = area.text[:NOTE_LENGTH]
            area.move_cursor(min(place, area.document.end))
        if self._keep is not None:
            self._keep(event.text_area.text)

    def action_keep(self) -> None:
        if self._keep is not None:
            self._keep(self.query_one(TextArea).text)
        self.dismiss()
