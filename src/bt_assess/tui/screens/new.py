"""Who answers: the two lines asked before an assessment starts."""

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Label, Static

from bt_assess.core.text import NAME_LENGTH
from bt_assess.tui.widgets.key_line import KeyLine


class NewSession(ModalScreen[tuple[str, str]]):
    """Gives (respondent, team), or nothing. Both may be left empty."""

    CSS_PATH = "dialog.tcss"
    BINDINGS = [
        Binding("enter", "start", "Start", priority=True),
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
            yield Input(self._respondent, placeholder="for example: Area manager", id="respondent",
                        max_length=NAME_LENGTH)  # fmt: skip
            yield Label("Team or organisation", markup=False)
            yield Input(self._team, placeholder="for example: Housing", id="team",
                        max_length=NAME_LENGTH)  # fmt: skip
            yield Static(
                Content.styled("They stand on your results. Both can stay empty.", "$quiet"),
                markup=False,
            )
            yield KeyLine()

    def on_mount(self) -> None:
        self.query_one("#respondent", Input).focus()

    def action_start(self) -> None:
        self.dismiss(
            (self.query_one("#respondent", Input).value, self.query_one("#team", Input).value)
        )
