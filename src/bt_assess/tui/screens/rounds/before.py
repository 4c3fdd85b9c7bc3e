"""Before anybody answers: the recovery code, what the round is for, what was promised last time."""

from collections.abc import Callable, Iterable
from typing import ClassVar

from textual.binding import Binding
from textual.content import Content

from bt_assess.core.round import Action, ActionState, Round
from bt_assess.report.summary import plural
from bt_assess.report.words import date_words
from bt_assess.tui.screens.confirm import Confirm
from bt_assess.tui.screens.rounds.step import StepPage, Wish, Wished
from bt_assess.tui.widgets.rows import Row, RowList


class RecoverySheet(StepPage):
    """The code that opens the round when the passphrase is forgotten; shown this once."""

    STEP = 1
    ABOUT = (
        "The recovery code opens the answers when the passphrase is lost. It is shown once, and it"
        " is not kept on this laptop: without the passphrase and the code nobody can open the round."
    )
    BINDINGS: ClassVar = [
        Binding("s", "save", "Save as a file", tooltip="Save the sheet as a text file, to print"),
        Binding("escape", "back", "Back", show=False, tooltip="Write the code down first"),
    ]

    def __init__(self, round_: Round, code: str) -> None:
        super().__init__(round_.title)
        self._round = round_
        self._code = code

    def heading(self) -> str:
        return "Your recovery code"

    def words(self) -> Iterable[Content | str]:
        yield Content.styled(f"    {self._code}", "bold $accent")
        yield (
            "Write it down and keep it away from this laptop, or press s to save it as a sheet to"
            " print. It opens the round when the passphrase is forgotten."
        )
        yield (
            "It is shown this once. Without the passphrase and without this code, nobody can ever"
            " open the answers."
        )

    def wishes(self) -> Iterable[tuple[str, str, Wish]]:
        yield "I have written it down", "on to the round", Wish.GO_ON

    def action_save(self) -> None:
        from bt_assess.tui.screens.rounds.sheet import ask_and_save_sheet

        ask_and_save_sheet(self, self._round, self._code)

    def action_back(self) -> None:
        self.notify(
            "Write the code down first; it is not shown again. Enter goes on.", markup=False
        )

    def hold_back(self, leave: Callable[[], object]) -> None:
        """Ask before the code is gone; `leave` quits."""

        def decide(sure: bool | None) -> None:
            if sure:
                leave()

        self.app.push_screen(
            Confirm(
                "Quit without the code?",
                "It is not shown again. Until somebody has begun, the page ‘what it is for’ makes a"
                " new one for whoever knows the passphrase.",
                "Quit",
            ),
            decide,
        )


class Brief(StepPage):
    """What a facilitator says before the laptop goes round."""

    STEP = 2
    ABOUT = "Read this out, or let people read it, before the laptop goes round."

    def __init__(self, round_: Round, statements: int) -> None:
        super().__init__(round_.title)
        self._round = round_
        self._statements = statements

    def heading(self) -> str:
        return "What we are about to do"

    def words(self) -> Iterable[Content | str]:
        round_ = self._round
        minutes = f"about {round_.minutes} minutes" if round_.minutes else "about 15 minutes"
        yield (
            f"Each of us says how true {self._statements} short statements are of our organisation,"
            f" alone and in {minutes}. Then we look at the picture together: first at what divides"
            " us, then at what to do."
        )
        yield who_sees(round_)
        yield what_remains(round_)
        yield (
            "'Don't know' is a welcome answer: what we cannot see is worth knowing too. There are no"
            " right answers, and no marks."
        )

    def wishes(self) -> Iterable[tuple[str, str, Wish]]:
        if self._round.last_actions:
            yield "Go on", "to what we promised last time", Wish.GO_ON
        else:
            yield "Begin", "pass the laptop to the first person", Wish.GO_ON
        if not self._round.begun:
            yield "New recovery code", "the first one is lost; takes the passphrase", Wish.NEW_SHEET


def who_sees(round_: Round) -> str:
    """Who will see what, in a sentence or two that everybody hears before they begin."""
    if round_.named:
        return (
            "Your name stands beside your answers: the whole team will see them when the round is"
            " opened. This round was set up so, and it stays so."
        )
    return (
        "Answers carry no name. They are sealed when you finish, and this program shows nobody's"
        f" answers singly, to anybody: figures show only from {round_.figures_from} people on. Notes"
        " are read out in no order, so write them so that they could be anybody's."
    )


def what_remains(round_: Round) -> str:
    """What sealing does not stop, in a round without names; said before anybody agrees to it."""
    if round_.named:
        return ""
    return (
        "Whoever has both the passphrase and other programs could open a single file. Whoever watches"
        " the folder could tell which file came when."
    )


NEXT_STATE = {
    ActionState.OPEN: ActionState.DONE,
    ActionState.DONE: ActionState.DROPPED,
    ActionState.DROPPED: ActionState.OPEN,
}
"""What Enter on an action of last time makes of it."""


class LastActions(StepPage):
    """What was promised last time, each with what has become of it."""

    STEP = 3
    ABOUT = (
        "What this team promised itself last time. Enter on a line says what has become of it: still"
        " open, done, or dropped."
    )

    def __init__(self, round_: Round) -> None:
        super().__init__(round_.title)
        self._round = round_

    def heading(self) -> str:
        done = sum(action.state is ActionState.DONE for action in self._round.last_actions)
        return (
            f"Last time we promised {plural(len(self._round.last_actions), 'thing')}; {done} done"
        )

    def words(self) -> Iterable[Content | str]:
        yield "Enter on a line: still open, done, or dropped."

    def show(self, round_: Round) -> None:
        """The same page with what has changed."""
        self._round = round_
        self.fill()

    def fill(self) -> None:
        super().fill()
        rows = [_action_row(action) for action in self._round.last_actions]
        rows.append(
            Row(lambda width: Content.styled("Go on to the first person", "bold"), Wish.GO_ON)
        )
        listed = self.query_one("#wishes", RowList)
        listed.styles.height = min(len(rows), 12)
        listed.show(rows)

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        if event.value is Wish.GO_ON:
            self.wish(Wish.GO_ON)
        else:
            self.post_message(Wished(Wish.GO_ON, event.value))


_STATES = {
    ActionState.OPEN: ("○", "still open", "$alert"),
    ActionState.DONE: ("●", "done", "$good"),
    ActionState.DROPPED: ("–", "dropped", "$quiet"),
}


def action_line(action: Action) -> Content:
    """An action in a line: its state, what, who, by when."""
    glyph, word, style = _STATES[action.state]
    due = f" · by {date_words(action.due)}" if action.due else ""
    owner = f"  {action.owner}" if action.owner else "  nobody yet"
    return Content.assemble((f"{glyph} {word:11}", style), action.what, (f"{owner}{due}", "$quiet"))


def _action_row(action: Action) -> Row:
    return Row(lambda width: action_line(action), action.id)
