"""Jump to any statement: by number, by words, or down the list."""

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input

from bt_assess.core.rubric import Rubric, Statement
from bt_assess.core.session import Answer, Session
from bt_assess.tui.dialog import Dialog
from bt_assess.tui.widgets.field import Field
from bt_assess.tui.widgets.key_line import KeyLine
from bt_assess.tui.widgets.rows import Row, RowList, heading

GLYPHS = {
    Answer.NOT: "1", Answer.PARTLY: "2", Answer.MOSTLY: "3", Answer.FULLY: "4",
    Answer.UNKNOWN: "d", Answer.NOT_APPLICABLE: "x", None: "·",
}  # fmt: skip
HINT = "a number, some words, or 'open' for what is not answered"


class GoTo(Dialog[str]):
    """Gives the id of the statement chosen, or nothing."""

    CSS_PATH = "dialog.tcss"
    BINDINGS = [
        Binding("escape", "dismiss", "Back"),
        Binding("up", "list('move(-1)')", "Up", show=False),
        Binding("down", "list('move(1)')", "Down", show=False),
        Binding("pageup", "list('page(-1)')", "Page up", show=False),
        Binding("pagedown", "list('page(1)')", "Page down", show=False),
    ]

    def __init__(self, rubric: Rubric, session: Session, here: str) -> None:
        super().__init__()
        self._rubric = rubric
        self._session = session
        self._here = here

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog -tall"):
            yield Field(enter="Go there", placeholder=HINT)
            yield RowList()
            yield KeyLine()

    def on_mount(self) -> None:
        self.query_one(RowList).can_focus = False
        self.query_one(Input).focus()
        self._fill("", self._here)

    def on_input_changed(self, event: Input.Changed) -> None:
        self._fill(event.value.strip().casefold(), None)

    def _fill(self, wanted: str, pick: str | None) -> None:
        rows: list[Row] = []
        number = 0
        for theme in self._rubric.themes:
            found = []
            for statement in theme.walk():
                number += 1
                if self._matches(wanted, number, statement):
                    found.append(self._row(number, statement))
            if found:
                rows += [heading(f" {theme.name}"), *found]
        self.query_one(RowList).show(rows, pick)

    def _matches(self, wanted: str, number: int, statement: Statement) -> bool:
        if wanted == "open":
            return statement.id not in self._session.answers
        if wanted.isdecimal():
            return str(number).startswith(wanted)
        return wanted in statement.text.casefold()

    def _row(self, number: int, statement: Statement) -> Row:
        glyph = GLYPHS[self._session.answers.get(statement.id)]
        noted = "✎" if statement.id in self._session.notes else " "
        return Row(
            lambda width: Content.assemble(
                (f"{number:>3} ", "$quiet"), (f"{glyph} ", "bold $primary"), (f"{noted} ", "$quiet"),
                statement.text,
            ),
            statement.id,
        )  # fmt: skip

    async def action_list(self, what: str) -> None:
        await self.app.run_action(what, self.query_one(RowList))

    def on_input_submitted(self) -> None:
        self.dismiss(self.query_one(RowList).value)

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        self.dismiss(event.value)
