"""The rounds there are: each with how far it has come, and a new one."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from bt_assess.core.round import Round, Step
from bt_assess.report.words import date_words
from bt_assess.store.files import UnreadableFile
from bt_assess.store.round_file import StoredRound
from bt_assess.tui.page import Page
from bt_assess.tui.screens.rounds.step import Wish, Wished
from bt_assess.tui.widgets.rows import Row, RowList, blank, heading

NEW = "new"


class Rounds(Page):
    """A line for each round, the newest first."""

    CSS_PATH = "rounds.tcss"
    ABOUT = (
        "A round collects a team's answers on this laptop, each person's in private, and opens them"
        " together. Enter goes on where a round stopped."
    )
    BINDINGS: ClassVar = [
        Binding("n", "new", "New round", tooltip="Set up a round"),
        Binding("escape", "back", "Home", tooltip="Home"),
    ]

    def __init__(self, rounds: Sequence[StoredRound], damaged: Sequence[UnreadableFile]) -> None:
        super().__init__()
        self._rounds = rounds
        self._damaged = damaged

    def bar(self) -> tuple[Content | str, Content | str]:
        return Content.styled("Rounds", "bold"), Content.styled("newest first", "$quiet")

    def body(self) -> Iterable[Widget]:
        with Vertical(id="page"):
            yield RowList()
            yield Static(
                Content.styled(
                    "Each team's answers are sealed until its round is opened.", "$quiet"
                ),
                markup=False,
            )

    def on_mount(self) -> None:
        rows = [_row(stored) for stored in self._rounds]
        rows.append(blank())
        rows.append(Row(lambda width: Content.styled("A new round", "bold"), NEW))
        if self._damaged:
            rows += [blank(), heading("  Cannot be read as they are")]
            rows += [_damaged_row(fault) for fault in self._damaged]
        self.query_one(RowList).show(rows)
        self.query_one(RowList).focus()

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        if event.value == NEW:
            self.action_new()
        elif isinstance(event.value, StoredRound):
            self.post_message(Wished(Wish.CHOOSE, event.value))

    def action_new(self) -> None:
        self.post_message(Wished(Wish.NEW))

    def action_back(self) -> None:
        self.post_message(Wished(Wish.LEAVE))


def how_far(round_: Round) -> str:
    """Where a round stands, in a few words."""
    counted = f"{round_.given_in} of {round_.expected}"
    match round_.step:
        case Step.BRIEF | Step.ACTIONS:
            return "about to begin"
        case Step.COLLECTING:
            return f"{counted} have answered"
        case Step.CLOSED:
            return f"{counted} answered; the passphrase opens it"
        case Step.DISCUSSING:
            return "in discussion"
        case Step.ACTING:
            return "agreed; what to do next"
    return f"done, {len(round_.actions)} promised"


def _row(stored: StoredRound) -> Row:
    round_ = stored.round
    team = f" · {round_.team}" if round_.team else ""
    return Row(
        lambda width: Content.assemble(
            (f"{date_words(round_.created):<13}", "$quiet"), (f"{round_.title}{team}", "bold"),
            (f"  {how_far(round_)}", "$quiet"),
        ),
        stored,
    )  # fmt: skip


def _damaged_row(fault: UnreadableFile) -> Row:
    return Row(
        lambda width: Content.assemble(
            ("! ", "bold $alert"), fault.path.name, (f"  {fault.why}", "$quiet")
        ),
        fault,
    )
