"""The small questions of planning: one line, a new plan, which breakthrough points to begin with."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Label, Static

from bt_assess.core.fields import LINE_LENGTH
from bt_assess.core.round import TITLE_LENGTH
from bt_assess.core.rubric import BreakthroughPoint
from bt_assess.core.text import NAME_LENGTH
from bt_assess.tui.dialog import Dialog
from bt_assess.tui.widgets.field import Field
from bt_assess.tui.widgets.key_line import KeyLine
from bt_assess.tui.widgets.rows import Row, RowList

SIZES: list[tuple[int, str]] = [(0, "-tiny"), (20, "-low")]
"""Where there is little room, the words of a dialog give way to what is asked."""


class AskLine(Dialog[str]):
    """Gives a line with something in it; nothing for Esc."""

    CSS_PATH = ["../dialog.tcss", "plans.tcss"]
    VERTICAL_BREAKPOINTS = SIZES
    BINDINGS: ClassVar = [Binding("escape", "dismiss", "Back")]

    def __init__(self, title: str, about: str, example: str) -> None:
        super().__init__()
        self._title, self._about, self._example = title, about, example

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(self._title, classes="title", markup=False)
            yield Static(Content.styled(self._about, "$quiet"), classes="about", markup=False)
            yield Field(
                "", enter="Keep", max_length=LINE_LENGTH, placeholder=f"e.g. {self._example}"
            )
            yield KeyLine()

    def on_mount(self) -> None:
        self.query_one(Input).focus()

    def on_input_submitted(self) -> None:
        if words := self.query_one(Input).value.strip():
            self.dismiss(words)


class NamePlan(Dialog[tuple[str, str]]):
    """Gives the title and whose plan it is; nothing for Esc."""

    CSS_PATH = ["../dialog.tcss", "plans.tcss"]
    VERTICAL_BREAKPOINTS = SIZES
    BINDINGS: ClassVar = [
        Binding("tab", "app.focus_next", "Next line"),
        Binding("escape", "dismiss", "Back"),
    ]

    def __init__(self, about: str, title: str = "", organisation: str = "") -> None:
        super().__init__()
        self._about, self._plan, self._organisation = about, title, organisation

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(
                "The plan's name" if self._plan else "A new plan", classes="title", markup=False
            )
            yield Static(self._about, classes="about", markup=False)
            yield Label("What is it called?", markup=False)
            yield Field(
                self._plan, enter="Next", id="title", max_length=TITLE_LENGTH,
                placeholder="for example: A home within 30 days",
            )  # fmt: skip
            yield Label("Whose plan is it?", markup=False)
            yield Field(
                self._organisation, enter="Keep" if self._plan else "Begin", id="whose",
                max_length=NAME_LENGTH, placeholder="for example: Housing",
            )  # fmt: skip
            yield Static("", id="fault", markup=False)
            yield KeyLine()

    def on_mount(self) -> None:
        self.query_one("#title", Input).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        title, whose = (self.query_one(f"#{name}", Input) for name in ("title", "whose"))
        if not title.value.strip():
            words = "It needs a name to be found again."
            self.query_one("#fault", Static).update(Content.styled(words, "$alert"))
            title.focus()
        elif event.input is title:
            self.query_one("#fault", Static).update("")
            whose.focus()
        else:
            self.dismiss((title.value.strip(), whose.value.strip()))


class ChoosePoints(Dialog[tuple[BreakthroughPoint, ...]]):
    """Gives the breakthrough points to begin with, maybe none; nothing at all for Esc."""

    CSS_PATH = ["../dialog.tcss", "plans.tcss"]
    VERTICAL_BREAKPOINTS = SIZES
    BINDINGS: ClassVar = [
        Binding("space", "tick", "Tick", tooltip="Tick the marked line, or not"),
        Binding("escape", "dismiss", "Back"),
    ]

    def __init__(
        self, points: Sequence[tuple[str, BreakthroughPoint]], ticked: Iterable[str] = ()
    ) -> None:
        """`points` with their theme's name, most needed first; those `ticked` have been chosen
        before."""
        super().__init__()
        self._points = points
        self._ticked = set(ticked)

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog -tall"):
            yield Static("What must we be able to do first?", classes="title", markup=False)
            yield Static(
                "What the answers ask for, most needed first. Space ticks one; each becomes a"
                " capability, whose words you can change. Enter goes on, with none too.",
                classes="about",
                markup=False,
            )
            yield RowList(enter="Go on")
            yield Static("", id="whole", markup=False)
            yield KeyLine()

    def on_mount(self) -> None:
        self.query_one(RowList).focus()
        self._show()

    def _show(self) -> None:
        self.query_one(RowList).show([self._row(name, point) for name, point in self._points])

    def _row(self, theme: str, point: BreakthroughPoint) -> Row:
        mark = "☑" if point.id in self._ticked else "☐"
        style = "bold" if point.id in self._ticked else ""
        return Row(
            lambda width: Content.assemble(
                (f"{mark} {point.text}", style), (f"  {theme}", "$quiet")
            ),
            point.id,
        )

    def on_row_list_picked(self, event: RowList.Picked) -> None:
        """The marked one in full; in its line it may be cut off."""
        found = next((each for each in self._points if each[1].id == event.value), None)
        words = Content.assemble(found[1].text, (f"  {found[0]}", "$quiet")) if found else ""
        self.query_one("#whole", Static).update(words)

    def action_tick(self) -> None:
        if (value := self.query_one(RowList).value) is not None:
            self._ticked ^= {value}
            self._show()

    def on_row_list_chosen(self) -> None:
        self.dismiss(tuple(point for _, point in self._points if point.id in self._ticked))
