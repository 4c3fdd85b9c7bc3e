"""What the editors of a plan have in common: questions, an example beside each, kept as typed."""

from abc import abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any, ClassVar

from pydantic import ValidationError
from textual import events
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from bt_assess.core.fields import BRIEF_LENGTH, LINE_LENGTH, Refused
from bt_assess.core.plan import Plan
from bt_assess.tui.page import Page
from bt_assess.tui.planning import OpenPlan
from bt_assess.tui.saving import SaveState
from bt_assess.tui.screens.plans.words import saving_words
from bt_assess.tui.widgets.bar import TopBar
from bt_assess.tui.widgets.choice import Choice
from bt_assess.tui.widgets.date_field import DateField
from bt_assess.tui.widgets.field import Field
from bt_assess.tui.widgets.names_field import NamesField
from bt_assess.tui.widgets.rows import RowList
from bt_assess.tui.widgets.writing import Writing


class Sort(Enum):
    """What is asked for."""

    LINE = "line"
    TEXT = "text"
    DAY = "day"
    NAME = "name"
    CHOICE = "choice"


@dataclass(frozen=True)
class Question:
    """`name` is the field's; `example` shows what an answer looks like. `choices` are (value, words)."""

    name: str
    words: str
    example: str = ""
    sort: Sort = Sort.TEXT
    length: int = BRIEF_LENGTH
    choices: tuple[tuple[Any, str], ...] = ()


class TextField(Writing):
    """Room for some sentences. Tab goes on, so that nobody has to leave it by the mouse."""

    BINDINGS: ClassVar = [
        Binding("tab", "screen.focus_next", "Next", tooltip="On to the next question"),
    ]

    def __init__(self, text: str, length: int, *, id: str, read_only: bool) -> None:
        super().__init__(text, soft_wrap=True, tab_behavior="focus", id=id, read_only=read_only)
        self._length = length

    def on_mount(self) -> None:
        self.move_cursor(self.document.end)

    def on_text_area_changed(self) -> None:
        if len(self.text) > self._length:
            self.notify(f"There is room for {self._length} characters here.", markup=False)
            place = self.cursor_location
            self.text = self.text[: self._length]
            self.move_cursor(min(place, self.document.end))


class Form(Page):
    """An editor of a part. What is typed is kept as it is typed; a day, which means something else
    until it is written to its end, as one leaves its line, and the page says so."""

    CSS_PATH = "plans.tcss"
    BINDINGS: ClassVar = [
        Binding("escape", "back", "Back, kept", tooltip="Back to the plan; what is typed is kept"),
    ]

    def __init__(self, work: OpenPlan, field: str = "") -> None:
        """`field` is the question to begin with, the first one unless told."""
        super().__init__()
        self.work = work
        self._begin = field
        self._warned = False

    # What an editor says

    @abstractmethod
    def heading(self) -> str:
        """What is edited."""

    @abstractmethod
    def questions(self) -> Sequence[Question]:
        """What is asked, in order; each by the name of its field."""

    @abstractmethod
    def value(self, name: str) -> Any:
        """What the plan has now for a question."""

    @abstractmethod
    def keep(self, name: str, value: Any) -> None:
        """Take an answer into the plan; see `change`. Raises ValidationError or Refused for what
        cannot be."""

    def more(self) -> Iterable[Widget]:
        """What follows the questions."""
        return ()

    # The page

    def bar(self) -> tuple[Content | str, Content | str]:
        left = Content.assemble((self.heading(), "bold"), (f"  {self.work.plan.title}", "$quiet"))
        return left, self.kept_words()

    def kept_words(self) -> Content:
        """Whether all that stands here is on disk."""
        if self._waits():
            return Content.styled("… kept by Enter", "$quiet")
        return saving_words(self.work)

    def body(self) -> Iterable[Widget]:
        with VerticalScroll(id="form", can_focus=False):
            for question in self.questions():
                with Horizontal(classes=f"question -{question.sort.value}"):
                    with Vertical(classes="asks"):
                        yield Static(Content.styled(question.words, "bold"), markup=False)
                        if question.example:
                            yield Static(
                                Content.styled(f"e.g. {question.example}", "$quiet"),
                                classes="example",
                                markup=False,
                            )
                    yield self._field(question)
            yield from self.more()
        yield Static("", id="fault", markup=False)

    def _field(self, question: Question) -> Widget:
        value, fixed = self.value(question.name), self.work.read_only is not None
        field: Widget
        match question.sort:
            case Sort.TEXT:
                return TextField(value, question.length, id=question.name, read_only=fixed)
            case Sort.DAY:
                field = DateField(value, self.work.today, id=question.name)
            case Sort.NAME:
                names = tuple(dict.fromkeys([*self.work.plan.people(), *self.work.names]))
                field = NamesField(value, names, id=question.name)
            case Sort.CHOICE:
                place = next((i for i, (v, _) in enumerate(question.choices) if v == value), 0)
                names = tuple(words for _, words in question.choices)
                field = Choice(*names, chosen=place, id=question.name)
            case Sort.LINE:
                field = Field(value, enter="Next", id=question.name, max_length=LINE_LENGTH)
        field.disabled = fixed
        return field

    def on_mount(self) -> None:
        fields = {question.name for question in self.questions()}
        if self._begin in fields:
            self.query_one(f"#{self._begin}").focus()
        else:
            self.focus_elsewhere(self._begin)

    def focus_elsewhere(self, field: str) -> None:
        """Begin with what is no question; the first question where there is no such thing."""
        if questions := self.questions():
            self.query_one(f"#{questions[0].name}").focus()

    # Keeping

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._typed_into(event.input)

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        event.stop()
        self._typed_into(event.text_area)

    def _typed_into(self, field: Widget) -> None:
        if field is not self.focused:
            return
        if isinstance(field, DateField):
            self.show_saved()
        else:
            self._keep(field, tells=False)

    def _waits(self) -> bool:
        """Whether there is a day in the line that one is in, or half of one, that is not kept."""
        field = self.focused
        if not isinstance(field, DateField) or field.id is None or self.work.read_only:
            return False
        try:
            return bool(field.day() != self.value(field.id))
        except ValueError:
            return True

    def change(self, plan: Plan, what: str, name: str) -> None:
        """Keep an edit of the field `name`; all that is typed there in one go is taken back in one."""
        self.work.change(plan, what, typed=(id(self), name))

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        self._keep(event.widget)
        self.work.leave_field()
        if isinstance(event.widget, DateField):
            event.widget.tidy()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.focus_next()

    def on_choice_done(self) -> None:
        self.focus_next()

    def on_choice_changed(self) -> None:
        self._keep(self.focused)

    def keep_typed(self) -> None:
        """What stands in the field that one is in is kept; the app asks before it ends."""
        self._keep(self.focused)

    def _keep(self, widget: Widget | None, *, tells: bool = True) -> bool:
        """Take over what a field holds; False where it cannot be, and the page says why, if it
        `tells`: who is in the midst of a word is not told that it is none."""
        question = next((q for q in self.questions() if widget and q.name == widget.id), None)
        if question is None or widget is None or self.work.read_only:
            return True
        try:
            value = _typed(question, widget)
            if value != self.value(question.name):
                self.keep(question.name, value)
        except (Refused, ValueError) as fault:
            return tells and self._say(_fault(question, fault))
        self._warned = False
        self.query_one("#fault", Static).update("")
        self.show_saved()
        return True

    def _say(self, words: str) -> bool:
        self.query_one("#fault", Static).update(Content.styled(f"! {words}", "$alert"))
        return False

    def action_back(self) -> None:
        if not self._keep(self.focused) and not self._warned:
            # Once: whoever presses again wants out.
            self._warned = True
            return
        self.work.leave_field()
        super().action_back()

    # How saving stands

    def show_saving(self, state: SaveState) -> None:
        """How far saving has come; the app tells."""
        if state.path == self.work.path:
            self.show_saved()

    def show_saved(self) -> None:
        self.query_one(TopBar).show(*self.bar())


class PlanRows(RowList):
    """A list among questions: pages and ends belong to the form."""

    MARKS_WITHOUT_FOCUS = False

    def __init__(self, *, id: str, enter: str) -> None:
        super().__init__(id=id, pages=False, enter=enter)


def _fault(question: Question, fault: Exception) -> str:
    if isinstance(fault, ValidationError):
        return "That needs some words." if question.sort is Sort.LINE else "Not that."
    words = str(fault)
    return f"{words[:1].upper()}{words[1:].rstrip('.')}."


def _typed(question: Question, widget: Widget) -> Any:
    match widget:
        case DateField():
            found: date | None = widget.day()
            return found
        case TextArea():
            return widget.text.strip()
        case Input():
            return widget.value.strip()
        case Choice():
            return question.choices[widget.chosen][0]
    raise TypeError(type(widget).__name__)
