"""Act: one or two breakthrough points, each with an owner and a date."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Label, Static

from bt_assess.core.compared import of_round
from bt_assess.core.disclosure import Shown
from bt_assess.core.round import TEXT_LENGTH, Action, Round
from bt_assess.core.rubric import Rubric
from bt_assess.core.team_advice import TeamSuggestion
from bt_assess.core.text import NAME_LENGTH
from bt_assess.tui.dialog import Dialog
from bt_assess.tui.page import Page
from bt_assess.tui.screens.rounds.before import action_line
from bt_assess.tui.screens.rounds.step import Wish, Wished
from bt_assess.tui.visits import PlanFrom
from bt_assess.tui.widgets.field import Field
from bt_assess.tui.widgets.key_line import KeyLine
from bt_assess.tui.widgets.rows import Row, RowList, blank, heading

WEEKS = 6
"""How far off a date is proposed, in weeks."""
DONE = "done"


class Act(Page):
    """What the team will do: its actions, and the breakthrough points that the answers ask for."""

    CSS_PATH = "rounds.tcss"
    ABOUT = (
        "Choose one or two things to do; more are rarely done. Enter on a breakthrough point makes it"
        " an action with an owner and a date. The next round of this team begins with them."
    )
    BINDINGS: ClassVar = [
        Binding("n", "own", "One of our own", tooltip="An action in your own words"),
        Binding("d", "delete", "Delete", tooltip="Take the marked action off the list"),
        Binding("b", "plan", "Begin a plan", tooltip="A plan from this round and its points"),
        Binding("p", "project", "Project", tooltip="Begin a project of the marked point or action"),
        Binding("escape", "back", "All themes", tooltip="Back to all themes"),
    ]

    def __init__(
        self,
        rubric: Rubric,
        round_: Round,
        suggestions: Sequence[TeamSuggestion],
        today: date,
        shown: Shown | None = None,
    ) -> None:
        super().__init__()
        self._rubric = rubric
        self._round = round_
        self._suggestions = suggestions
        self._today = today
        self._shown = shown

    def bar(self) -> tuple[Content | str, Content | str]:
        return Content.styled(self._round.title, "bold"), Content.styled("9 of 9  act", "$quiet")

    def body(self) -> Iterable[Widget]:
        with Vertical(id="page"):
            yield RowList()
            yield Static("", id="words", markup=False)

    def on_mount(self) -> None:
        self.query_one(RowList).focus()
        self.show(self._round)

    def show(self, round_: Round) -> None:
        """The list as it is now."""
        self._round = round_
        rows: list[Row] = [heading("  What we will do")]
        if round_.actions:
            rows += [_action_row(action) for action in round_.actions]
            rows += [Row(lambda width: Content.styled("That is it: finish", "bold $good"), DONE)]
        else:
            rows.append(
                Row(
                    lambda width: Content.styled(
                        "  Nothing yet: choose one or two below.", "$quiet"
                    )
                )
            )
        taken = {action.point for action in round_.actions}
        left = [s for s in self._suggestions if s.point.id not in taken]
        if left:
            rows += [blank(), heading("  What the answers ask for, most needed first")]
            rows += [self._suggestion_row(each) for each in left]
        self.query_one(RowList).show(rows)

    def _suggestion_row(self, suggestion: TeamSuggestion) -> Row:
        theme = self._rubric.theme(suggestion.theme_id).short
        return Row(
            lambda width: Content.assemble(
                ("→ ", "$quiet"), suggestion.point.text, (f"  {theme}", "$quiet")
            ),
            suggestion,
        )

    def on_row_list_picked(self, event: RowList.Picked) -> None:
        words = Content("")
        if isinstance(event.value, TeamSuggestion) and event.value.statements:
            reasons = [f"• {s.text}" for s in event.value.statements[:2]]
            words = Content.styled("\n".join(["Because of", *reasons]), "$quiet")
        elif isinstance(event.value, Action):
            words = Content.styled("Enter changes it; d takes it off the list.", "$quiet")
        self.query_one("#words", Static).update(words)
        self.refresh_bindings()

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        if event.value == DONE:
            self.post_message(Wished(Wish.FINISH))
        elif isinstance(event.value, Action):
            self._edit(event.value)
        elif isinstance(event.value, TeamSuggestion):
            self._edit(None, event.value.point.text, event.value.point.id)

    def action_own(self) -> None:
        self._edit(None)

    def _edit(self, action: Action | None, what: str = "", point: str | None = None) -> None:
        def keep(found: tuple[str, str, date | None] | None) -> None:
            if found is not None:
                self.post_message(Wished(Wish.PROMISE, (action, point, *found)))

        due = action.due if action else self._today + timedelta(weeks=WEEKS)
        self.app.push_screen(
            EditAction(action.what if action else what, action.owner if action else "", due), keep
        )

    def action_delete(self) -> None:
        value = self.query_one(RowList).value
        if isinstance(value, Action):
            self.post_message(Wished(Wish.TAKE_BACK, value.id))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "project":
            return isinstance(self.query_one(RowList).value, Action | TeamSuggestion)
        return action != "plan" or self._shown is not None

    def action_plan(self) -> None:
        if self._shown is not None:
            self.post_message(PlanFrom(of_round(self._rubric, self._round, self._shown)))

    def action_project(self) -> None:
        from bt_assess.tui.screens.projects.begin import from_round

        match self.query_one(RowList).value:
            case Action() as action:
                from_round(self, self._round, action.what, action.point)
            case TeamSuggestion() as suggestion:
                from_round(self, self._round, suggestion.point.text, suggestion.point.id)

    def action_back(self) -> None:
        self.post_message(Wished(Wish.REVEAL))


def _action_row(action: Action) -> Row:
    return Row(lambda width: action_line(action), action)


class EditAction(Dialog[tuple[str, str, date | None]]):
    """What, who, by when."""

    CSS_PATH = "../dialog.tcss"
    BINDINGS = [
        Binding("tab", "app.focus_next", "Next line"),
        Binding("ctrl+s", "keep", "Keep"),
        Binding("escape", "dismiss", "Back"),
    ]

    def __init__(self, what: str, owner: str, due: date | None) -> None:
        super().__init__()
        self._what = what
        self._owner = owner
        self._due = due

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static("Who does what by when?", classes="title", markup=False)
            yield Label("What", markup=False)
            yield Field(self._what, enter="Next", id="what", max_length=TEXT_LENGTH)
            yield Label("Who", markup=False)
            yield Field(
                self._owner, enter="Next", id="owner", max_length=NAME_LENGTH,
                placeholder="one person, who is in the room",
            )  # fmt: skip
            yield Label("By when", markup=False)
            yield Field(
                self._due.isoformat() if self._due else "", enter="Keep", id="due", max_length=10,
                placeholder="year-month-day",
            )  # fmt: skip
            yield Static("", id="fault", markup=False)
            yield KeyLine()

    def on_mount(self) -> None:
        self.query_one("#owner" if self._what else "#what", Input).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        if event.input.id == "due":
            self.action_keep()
        else:
            self.focus_next()

    def action_keep(self) -> None:
        what, owner, due = (
            self.query_one(f"#{name}", Input).value.strip() for name in ("what", "owner", "due")
        )
        if not what:
            self._fault("what", "Say what will be done.")
        elif not owner:
            self._fault("owner", "Somebody has to have it: one name.")
        else:
            try:
                when = date.fromisoformat(due) if due else None
            except ValueError:
                self._fault("due", "A date as in 2026-12-31, or nothing.")
            else:
                self.dismiss((what, owner, when))

    def _fault(self, name: str, words: str) -> None:
        self.query_one("#fault", Static).update(Content.styled(words, "$alert"))
        self.query_one(f"#{name}", Input).focus()
