"""A form about a project: questions with examples; what is typed is kept as it is typed."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any, ClassVar

from pydantic import ValidationError
from textual import on
from textual.app import App
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.events import DescendantFocus
from textual.widget import Widget
from textual.widgets import Input, Label, Static, TextArea

from bt_assess.core.fields import BRIEF_LENGTH, LINE_LENGTH, PASSAGE_LENGTH
from bt_assess.core.project import Project
from bt_assess.tui.page import Page
from bt_assess.tui.screens.projects.saved import saved_words
from bt_assess.tui.screens.projects.words import NOT_A_FIGURE, figure, parse_figure
from bt_assess.tui.widgets.bar import TopBar
from bt_assess.tui.widgets.choice import Choice
from bt_assess.tui.widgets.date_field import DateField
from bt_assess.tui.widgets.field import Field
from bt_assess.tui.widgets.names_field import NamesField
from bt_assess.tui.widgets.writing import Writing

if TYPE_CHECKING:
    from bt_assess.tui.project_flow import OpenProject

LONGEST_NAMES = 2000
NOT_KEPT = "That does not fit here, so the line is as it was before."


class Kind(Enum):
    """How a question is answered."""

    LINE = "line"
    BRIEF = "brief"
    PASSAGE = "passage"
    NAME = "name"
    NAMES = "names"
    DAY = "day"
    FIGURE = "figure"
    CHOICE = "choice"


@dataclass(frozen=True)
class Ask:
    """A question: `read` takes its answer from the project, `write` gives the project with another.

    `write` raises ValueError where an answer cannot be taken; Refused says why in a sentence.
    """

    key: str
    words: str
    read: Callable[[Project], Any]
    write: Callable[[Project, Any], Project]
    kind: Kind = Kind.LINE
    why: str = ""
    """What to think of."""
    example: str = ""
    options: tuple[tuple[Any, str], ...] = ()
    """Of a choice: what can be chosen, and its words."""
    starts_group: str = ""
    """A heading above it."""


class Questions(VerticalScroll):
    """There is less room for it when there is more to say of a question."""

    def on_resize(self) -> None:
        if isinstance(self.screen, FormPage):
            self.screen.reveal()


class FormPage(Page):
    """Questions one below the other; what the one at hand is about stands beside or below them."""

    CSS_PATH = "projects.tcss"
    # The question to begin with gets it, once; what Textual would scroll to is not there yet.
    AUTO_FOCUS = ""
    ABOUT = (
        "Tab goes to the next question and Shift+Tab back. All is kept as you type it; Esc goes back."
        " Ctrl+Z takes the last change back, as u does on the project's page."
    )
    BINDINGS: ClassVar = [
        Binding("tab", "app.focus_next", "Next", tooltip="On to the next question"),
        Binding(
            "shift+tab", "app.focus_previous", "Before", show=False, tooltip="The question before"
        ),
        Binding("ctrl+z", "undo", "Undo", show=False, tooltip="Take the last change back"),
        Binding("escape", "back", "Done", tooltip="Back; all is kept as you typed it"),
    ]

    def __init__(
        self,
        work: "OpenProject",
        heading: str,
        asks: Sequence[Ask],
        *,
        about: str = "",
        begin: str = "",
        leaving: Callable[[App[Any]], object] | None = None,
    ) -> None:
        """`about` stands above the questions; `begin` is the key of the question to begin with;
        `leaving` is called once somebody has gone back."""
        super().__init__()
        self.work = work
        self._heading = heading
        self._asks = {ask.key: ask for ask in asks}
        self._about = about
        self._begin = begin or next(iter(self._asks))
        self._leaving = leaving

    def bar(self) -> tuple[Content | str, Content | str]:
        left = Content.assemble((self._heading, "bold"), (f"  {self.work.project.title}", "$quiet"))
        return left, saved_words(self.work)

    def body(self) -> Iterable[Widget]:
        with Horizontal(id="beside"):
            with Questions(id="form", can_focus=False):
                if self._about:
                    yield Static(Content.styled(self._about, "$quiet"), id="intro", markup=False)
                follows_choice = False
                for ask in self._asks.values():
                    if ask.starts_group:
                        yield Label(ask.starts_group, classes="group", markup=False)
                    if ask.words:
                        classes = "asked -after-choice" if follows_choice else "asked"
                        yield Label(ask.words, classes=classes, markup=False)
                    follows_choice = ask.kind is Kind.CHOICE
                    field = self._field(ask)
                    if isinstance(field, Input) and ask.kind in (Kind.LINE, Kind.NAMES):
                        # The first letter typed is added, and does not replace a whole sentence.
                        field.select_on_focus = False
                    yield field
            with Vertical(id="about"):
                yield Static("", id="why", markup=False)
        yield Static("", id="fault", markup=False)

    def on_mount(self) -> None:
        if self.work.read_only:
            for field in self.query("Input, TextArea, Choice"):
                field.disabled = True
            self._say(Content.styled("Open in another window: here to read only.", "$quiet"))
        else:
            # Where it is on the page is known a moment later.
            self.query_one(f"#ask-{self._begin}").focus(scroll_visible=False)

        # Where a field is on the page is known only then, and changes as fields grow.
        self.watch(self.query_one("#form"), "virtual_size", self.reveal, init=False)

    def on_resize(self) -> None:
        self.reveal()

    def reveal(self) -> None:
        """Keep what is typed into in view."""
        if self.focused is not None:
            self.call_after_refresh(self._reveal, self.focused)

    def show_saving(self, state: object) -> None:
        self.query_one(TopBar).show(right=saved_words(self.work))

    def _field(self, ask: Ask) -> Widget:
        value, name = ask.read(self.work.project), f"ask-{ask.key}"
        hint = f"for example: {ask.example}" if ask.example else ""
        match ask.kind:
            case Kind.BRIEF | Kind.PASSAGE:
                return Writing(
                    value, soft_wrap=True, tab_behavior="focus", id=name, placeholder=hint
                )
            case Kind.NAME:
                return NamesField(value, self.work.names, id=name)
            case Kind.NAMES:
                return NamesField(
                    ", ".join(value), self.work.names, several=True, id=name,
                    placeholder="names, with commas between them", max_length=LONGEST_NAMES,
                )  # fmt: skip
            case Kind.DAY:
                return DateField(value, self.work.today, id=name)
            case Kind.FIGURE:
                text = "" if value is None else figure(value)
                return Field(text, enter="Next", id=name, placeholder=hint, max_length=30)
            case Kind.CHOICE:
                values = [option for option, _ in ask.options]
                return Choice(
                    *(words for _, words in ask.options), id=name,
                    chosen=values.index(value) if value in values else 0,
                )  # fmt: skip
        return Field(value, enter="Next", id=name, placeholder=hint, max_length=LINE_LENGTH)

    def action_undo(self) -> None:
        """Take the last change back, and show all fields as they are then."""
        what = self.work.undo()
        self.notify(f"Undone: {what}" if what else "There is nothing to undo since it was opened.")
        for ask in self._asks.values():
            _show_value(self.query_one(f"#ask-{ask.key}"), ask, ask.read(self.work.project))
        self._say(Content(""))

    # What is typed

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(Choice.Changed)
    def _changed(self, event: Input.Changed | TextArea.Changed | Choice.Changed) -> None:
        event.stop()
        if isinstance(event, TextArea.Changed):
            self._hold_to_length(event.text_area)
        if (field := self.focused) is not None and field.id:
            self._keep(field)

    def _hold_to_length(self, area: TextArea) -> None:
        ask = self._asks[(area.id or "").removeprefix("ask-")]
        most = BRIEF_LENGTH if ask.kind is Kind.BRIEF else PASSAGE_LENGTH
        if len(area.text) > most:
            self.notify(f"There is room for {most:,} characters.")
            place = area.cursor_location
            area.text = area.text[:most]
            area.move_cursor(min(place, area.document.end))

    def _keep(self, field: Widget) -> str:
        """Take what stands in a field; why not, where that cannot be."""
        ask = self._asks.get((field.id or "").removeprefix("ask-"))
        if ask is None or self.work.read_only:
            return ""
        try:
            new = ask.write(self.work.project, _value(field, ask))
        except ValidationError:
            return NOT_A_FIGURE if ask.kind is Kind.FIGURE else NOT_KEPT
        except ValueError as error:
            text = str(error)
            return f"{text[:1].upper()}{text[1:].removesuffix('.')}."
        self.work.edit(new, ask.words or "a remark", typed=(id(self), ask.key))
        self._say(Content(""))
        return ""

    def _say(self, words: Content) -> None:
        self.query_one("#fault", Static).update(words)

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        self.work.leave_field()
        ask = self._asks.get((event.widget.id or "").removeprefix("ask-"))
        if ask is not None:
            parts = [Content(ask.why)] if ask.why else []
            if ask.example and ask.kind is not Kind.CHOICE:
                parts.append(
                    Content.assemble(("For example: ", "$quiet"), (ask.example, "italic $quiet"))
                )
            self.query_one("#why", Static).update(
                Content("\n\n" if self.is_wide else "\n").join(parts)
            )
            self.call_after_refresh(self._reveal, event.widget)

    def _reveal(self, field: Widget) -> None:
        """Bring a field into view, and the question above it."""
        form = self.query_one("#form", VerticalScroll)
        if field.parent is not form:
            return
        around = form.children
        asked = around[max(0, around.index(field) - 1)].virtual_region
        form.scroll_to_region(
            asked.union(field.virtual_region), animate=False, force=True, immediate=True
        )

    def on_descendant_blur(self, event: DescendantFocus) -> None:
        field = event.widget
        if fault := self._keep(field):
            self._say(Content.styled(fault, "$alert"))
        elif isinstance(field, DateField):
            field.tidy()

    @on(Input.Submitted)
    @on(Choice.Done)
    def _next(self) -> None:
        self.focus_next()

    def action_back(self) -> None:
        fault = self._keep(self.focused) if self.focused is not None else ""
        if fault and str(self.query_one("#fault", Static).content) != fault:
            # Once is told; whoever insists goes without that line.
            self._say(Content.styled(fault, "$alert"))
            return
        self.work.leave_field()
        app = self.app
        super().action_back()
        if self._leaving is not None:
            self._leaving(app)


def _show_value(field: Widget, ask: Ask, value: Any) -> None:
    match field:
        case DateField():
            field.value = value.isoformat() if value else ""
        case Choice():
            values = [option for option, _ in ask.options]
            field.chosen = values.index(value) if value in values else 0
        case TextArea() if field.text != value:
            field.text = value
        case Input():
            if ask.kind is Kind.NAMES:
                value = ", ".join(value)
            elif ask.kind is Kind.FIGURE:
                value = "" if value is None else figure(value)
            field.value = value


def _value(field: Widget, ask: Ask) -> Any:
    """What a field says. Raises ValueError with a sentence for people."""
    match field:
        case DateField():
            return field.day()
        case NamesField():
            people = field.people()
            return people if ask.kind is Kind.NAMES else (people[0] if people else "")
        case Choice():
            return ask.options[field.chosen][0]
        case TextArea():
            return field.text
        case Input():
            return parse_figure(field.value) if ask.kind is Kind.FIGURE else field.value
    return None
