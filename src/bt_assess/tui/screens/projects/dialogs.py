"""Short questions about a project: its name, why it stops, a day."""

from datetime import date
from textwrap import shorten

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Label, Static

from bt_assess.core.fields import BRIEF_LENGTH
from bt_assess.core.text import NAME_LENGTH, clean_line
from bt_assess.tui.dialog import Dialog
from bt_assess.tui.page import LOW
from bt_assess.tui.widgets.date_field import DateField
from bt_assess.tui.widgets.field import Field
from bt_assess.tui.widgets.key_line import KeyLine

SMALL: list[tuple[int, str]] = [(0, "-least"), (9, "-tiny"), (20, "-low")]
NARROW: list[tuple[int, str]] = [(0, "-slim"), (40, "-broad")]
"""Where there is little room, the words of a dialog give way to what is asked and to its keys."""
ABOUT_LINES = 4
"""Lines of what a project comes from, where there is little room."""


class NameProject(Dialog[str]):
    """What a new project is called; `about` is what it comes from."""

    CSS_PATH = "../dialog.tcss"
    VERTICAL_BREAKPOINTS = SMALL
    HORIZONTAL_BREAKPOINTS = NARROW
    BINDINGS = [Binding("escape", "dismiss", "Back")]

    def __init__(self, about: str = "") -> None:
        super().__init__()
        self._about = about

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static("A new breakthrough project", classes="title", markup=False)
            if self._about:
                yield Static("", id="about", markup=False)
            yield Label("What would the team call it?", markup=False)
            yield Field(
                "", enter="Begin", max_length=NAME_LENGTH,
                placeholder="for example: Answered within a week",
            )  # fmt: skip
            later = Content.styled("It can be changed later.", "$quiet")
            yield Static(later, classes="about", markup=False)
            yield KeyLine()

    def on_resize(self) -> None:
        for about in self.query("#about").results(Static):
            room = len(self._about)
            if self.size.height < LOW:
                room = min(room, ABOUT_LINES * (self.size.width - 6))
            words = shorten(self._about, max(room, 10), placeholder="…")
            about.update(Content.styled(words, "$quiet"))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        if title := clean_line(event.value):
            self.dismiss(title)


class StopProject(Dialog[str]):
    """Why a project stops before its report."""

    CSS_PATH = "../dialog.tcss"
    VERTICAL_BREAKPOINTS = SMALL
    HORIZONTAL_BREAKPOINTS = NARROW
    BINDINGS = [Binding("escape", "dismiss", "Back")]

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static("Stop this project?", classes="title", markup=False)
            yield Static(
                "What was learned stays. It can be taken up again with the same key.",
                classes="about", markup=False,
            )  # fmt: skip
            yield Label("Why", markup=False)
            yield Field(
                "", enter="Stop it", max_length=BRIEF_LENGTH,
                placeholder="a line that will still make sense next year",
            )  # fmt: skip
            yield KeyLine()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        self.dismiss(event.value.strip())


class AskDay(Dialog[date]):
    """A day that has been."""

    CSS_PATH = "../dialog.tcss"
    VERTICAL_BREAKPOINTS = SMALL
    HORIZONTAL_BREAKPOINTS = NARROW
    BINDINGS = [Binding("escape", "dismiss", "Back")]

    def __init__(self, words: str, today: date) -> None:
        super().__init__()
        self._words = words
        self._today = today

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(self._words, classes="title", markup=False)
            yield DateField(self._today, self._today, is_past=True, enter="Go on")
            yield Static("", id="fault", markup=False)
            yield KeyLine()

    def on_input_submitted(self) -> None:
        try:
            day = self.query_one(DateField).day()
        except ValueError as error:
            self.query_one("#fault", Static).update(Content.styled(str(error), "$alert"))
            self.add_class("-fault")
            return
        if day is not None:
            self.dismiss(day)
