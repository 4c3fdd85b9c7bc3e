"""Opening a round: the passphrase, then who was counted."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from bt_assess.core.round import Round, Step
from bt_assess.report.summary import plural
from bt_assess.store.sealing import LONGEST_WORDS
from bt_assess.tui.dialog import Dialog
from bt_assess.tui.page import Page
from bt_assess.tui.screens.confirm import Confirm
from bt_assess.tui.screens.rounds.step import Wish, Wished
from bt_assess.tui.widgets.field import Field
from bt_assess.tui.widgets.key_line import KeyLine
from bt_assess.tui.widgets.reader import Reader


class OpenRound(Page):
    """The passphrase, or the recovery code in its place."""

    CSS_PATH = "rounds.tcss"
    ABOUT = (
        "The answers are sealed. The passphrase you chose opens them; if it is lost, the recovery"
        " code does. Without either, nobody can open them, and nothing is lost by trying."
    )
    BINDINGS: ClassVar = [
        Binding(
            "ctrl+l", "late", "Let more people answer", tooltip="Go back to collecting answers"
        ),
        Binding("escape", "back", "Home", tooltip="Home; the round stays closed"),
    ]
    HEADING = "Open the answers"
    STEP = "6 of 9  reveal"
    THEN = Wish.OPEN
    ASKS, ENTER = "The passphrase, or the recovery code", "Open"

    def __init__(self, round_: Round) -> None:
        super().__init__()
        self._round = round_

    def bar(self) -> tuple[Content | str, Content | str]:
        return Content.styled(self._round.title, "bold"), Content.styled(self.STEP, "$quiet")

    def counted(self) -> str:
        """What there is to open."""
        round_ = self._round
        if round_.step is not Step.CLOSED:
            return "The answers are sealed again since you left. The round goes on where it was."
        return f"{round_.given_in} of {round_.expected} gave in their answers."

    def body(self) -> Iterable[Widget]:
        with Vertical(id="step"):
            yield Static(Content.styled(self.HEADING, "bold"), id="heading", markup=False)
            yield Static(self.counted(), classes="words", markup=False)
            yield Static(self.ASKS, markup=False)
            yield Field("", enter=self.ENTER, id="code", password=True, max_length=LONGEST_WORDS)
            yield Static("", id="words", markup=False)

    def on_mount(self) -> None:
        self.query_one(Input).focus()

    def on_input_submitted(self) -> None:
        words = self.query_one(Input).value
        if words.strip():
            self.query_one(Input).disabled = True
            self._say("One moment: the passphrase is tried. That takes some seconds, on purpose …")
            self.post_message(Wished(self.THEN, words))

    def _say(self, words: str) -> None:
        self.query_one("#words", Static).update(Content(words))

    def refuse(self, words: str) -> None:
        """It opened nothing: say so, and let it be typed again."""
        self._say(words)
        field = self.query_one(Input)
        field.value = ""
        field.disabled = False
        field.focus()

    def action_late(self) -> None:
        self.post_message(Wished(Wish.COLLECT))

    def action_back(self) -> None:
        self.post_message(Wished(Wish.LEAVE))


class NewSheet(OpenRound):
    """The passphrase once more, for another recovery code."""

    ABOUT = (
        "For whoever did not write the recovery code down. The passphrase makes a new one; the old one"
        " opens nothing any more. It goes only as long as nobody has begun."
    )
    BINDINGS: ClassVar = [Binding("escape", "back", "Back", tooltip="Back; the old code stays")]
    HEADING = "A new recovery code"
    STEP = "1 of 9  set up"
    THEN = Wish.NEW_SHEET
    ASKS, ENTER = "The passphrase", "Make a new code"

    def counted(self) -> str:
        return "The code you had stops to work. Nobody has begun, so nothing else changes."

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action != "late"

    def action_back(self) -> None:
        self.post_message(Wished(Wish.CHOOSE, None))


class HeadCount(Dialog[None]):
    """How many answers there are, what is not right, and everybody's receipt."""

    CSS_PATH = "../dialog.tcss"
    BINDINGS = [
        Binding("c", "count_in", "Count them in", tooltip="Files that nobody counted are people's"),
        Binding("escape,enter", "dismiss", "Back", key_display="esc"),
    ]

    def __init__(
        self, lines: Sequence[str], receipts: Sequence[str], uncounted: Sequence[str] = ()
    ) -> None:
        """`uncounted` are files that open and that nobody counted when they were given in."""
        super().__init__()
        self._lines = lines
        self._receipts = sorted(receipts)
        self._uncounted = tuple(uncounted)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action != "count_in" or bool(self._uncounted)

    def action_count_in(self) -> None:
        files = plural(len(self._uncounted), "file")

        def decide(sure: bool | None) -> None:
            if sure:
                self.app.post_message(Wished(Wish.COUNT_IN, self._uncounted))

        self.app.push_screen(
            Confirm(
                f"Count {files} in?",
                "Anybody could have sealed them. Ask around the table first: count them only if you"
                " know whose they are. It cannot be taken back.",
                "Count in",
            ),
            decide,
        )

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static("Who was counted", classes="title", markup=False)
            with Reader(classes="help"):
                yield Static(Content("\n\n").join(self._parts()), markup=False)
            yield KeyLine()

    def _parts(self) -> Iterable[Content]:
        yield Content("\n".join(self._lines))
        yield Content(
            f"{plural(len(self._receipts), 'receipt')}, in the order of the alphabet. Is yours there?"
        )
        columns = 5
        rows = [self._receipts[i : i + columns] for i in range(0, len(self._receipts), columns)]
        yield Content("\n".join("   ".join(row) for row in rows))

    def on_mount(self) -> None:
        self.query_one(Reader).focus()
