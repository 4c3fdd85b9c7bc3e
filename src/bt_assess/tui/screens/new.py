"""Who answers: the two lines asked before an assessment starts."""

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Label, Static

from bt_assess.core.text import NAME_LENGTH
from bt_assess.tui.dialog import Dialog
from bt_assess.tui.widgets.field import Field
from bt_assess.tui.widgets.key_line import KeyLine


class NewSession(Dialog[tuple[str, str]]):
    """Gives (respondent, team), or nothing. Both may be left empty."""

    CSS_PATH = "dialog.tcss"
    BINDINGS = [
        Binding("tab", "app.focus_next", "Next field"),
        Binding("escape", "dismiss", "Back"),
    ]

    def __init__(self, respondent: str, team: str, statements: int) -> None:
        super().__init__()
        self._respondent = respondent
        self._team = team
        self._statements = statements

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static("A new assessment", classes="title", markup=False)
            yield Static(
                f"{self._statements} statements, one at a time: how true is each of your organisation"
                " today? You can stop at any point and go on later.",
                markup=False,
            )
            yield Label("Your name or role", markup=False)
            yield _field("respondent", self._respondent, "Area manager")
            yield Label("Team or organisation", markup=False)
            yield _field("team", self._team, "Housing")
            yield Static(
                Content.styled("They stand on your results. Both can stay empty.", "$quiet"),
                markup=False,
            )
            yield KeyLine()

    def on_mount(self) -> None:
        self.query_one("#respondent", Input).focus()

    def on_input_submitted(self) -> None:
        self.dismiss(
            (self.query_one("#respondent", Input).value, self.query_one("#team", Input).value)
        )


def _field(id_: str, value: str, example: str) -> Field:
    hint = f"for example: {example}"
    return Field(value, enter="Start", placeholder=hint, id=id_, max_length=NAME_LENGTH)
