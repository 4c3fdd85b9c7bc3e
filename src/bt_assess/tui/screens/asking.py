"""What a form asks: questions, each with its field, what to think of, and an example."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any, ClassVar, Generic, NamedTuple, Protocol, TypeVar

from pydantic import ValidationError
from textual.binding import Binding
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Label, TextArea

from bt_assess.core.fields import BRIEF_LENGTH, LINE_LENGTH, PASSAGE_LENGTH, Refused
from bt_assess.tui.widgets.choice import Choice
from bt_assess.tui.widgets.date_field import DateField
from bt_assess.tui.widgets.field import Field
from bt_assess.tui.widgets.figure_field import NOT_A_FIGURE, FigureField, written
from bt_assess.tui.widgets.names_field import NamesField
from bt_assess.tui.widgets.writing import Writing

T = TypeVar("T")
LONGEST_NAMES = 2000
NOT_KEPT = "That does not fit here, so what was kept before is still there."


class First(Refused):
    """An answer that waits for another one; its text says which, in a few words."""


class Unkept(NamedTuple):
    """Why what stands in a field is not kept, and whether it only waits for another answer."""

    why: str
    waits: bool


class Work(Protocol):
    """The plan or project that is open."""

    @property
    def today(self) -> date: ...

    def leave_field(self) -> None: ...

    def undo(self) -> str | None: ...


class Kind(Enum):
    """How a question is answered."""

    LINE = "line"
    BRIEF = "brief"
    PASSAGE = "passage"
    NAME = "name"
    NAMES = "names"
    DAY = "day"
    PAST = "past"
    """A day that has been: without a year it is the last one, and not the next."""
    FIGURE = "figure"
    CHOICE = "choice"


@dataclass(frozen=True)
class Ask(Generic[T]):
    """A question: `read` takes its answer from a plan or project, `write` gives that with another.

    `write` raises ValueError where an answer cannot be taken; Refused says why in a sentence,
    First what has to be said before.
    """

    key: str
    words: str
    read: Callable[[T], Any]
    write: Callable[[T, Any], T]
    kind: Kind = Kind.LINE
    why: str = ""
    """What to think of."""
    example: str = ""
    options: tuple[tuple[Any, str], ...] = ()
    """Of a choice: what can be chosen, and its words."""
    starts_group: str = ""
    """A heading above it."""

    @property
    def hint(self) -> str:
        """What stands in its field as long as that is empty."""
        return f"for example: {self.example}" if self.example else ""

    def place(self, value: Any) -> int:
        """Which of the options a value is."""
        return next((i for i, (option, _) in enumerate(self.options) if option == value), 0)


def asks_of(part: Callable[[T], Any], put: Callable[[T, Any], T]) -> Callable[..., Ask[T]]:
    """Questions about one part of a thing, each by the name of the part's field."""

    def ask(key: str, words: str, kind: Kind = Kind.LINE, why: str = "", example: str = "",
            **more: Any) -> Ask[T]:  # fmt: skip
        def write(thing: T, value: Any) -> T:
            here = part(thing)
            return put(thing, type(here).model_validate({**dict(here), key: value}))

        def read(thing: T) -> Any:
            return getattr(part(thing), key)

        return Ask(key, words, read, write, kind, why, example, **more)

    return ask


def asked(words: str, group: str = "") -> Label:
    """A question above its field or list, where a group of them begins with its heading."""
    heading = (f"{group}\n" if group else "", "bold $accent")
    return Label(Content.assemble(heading, (words, "bold")), classes="asked", markup=False)


class Sentences(Writing):
    """Room for some sentences, and for no more than is kept."""

    BINDINGS: ClassVar = [Binding("ctrl+z", "take_back", "Undo", show=False)]

    def __init__(self, text: str, ask: Ask[Any], *, read_only: bool, **more: Any) -> None:
        super().__init__(
            text, soft_wrap=True, tab_behavior="focus", read_only=read_only, placeholder=ask.hint,
            **more,
        )  # fmt: skip
        self._most = BRIEF_LENGTH if ask.kind is Kind.BRIEF else PASSAGE_LENGTH

    def on_mount(self) -> None:
        self.move_cursor(self.document.end)

    def on_text_area_changed(self) -> None:
        if len(self.text) > self._most:
            self.notify(f"There is room for {self._most:,} characters here.", markup=False)
            place = self.cursor_location
            self.text = self.text[: self._most]
            self.move_cursor(min(place, self.document.end))

    async def action_take_back(self) -> None:
        """What was typed here goes step by step; then what was changed before."""
        if self.history.undo_stack:
            self.undo()
        else:
            await self.run_action("screen.undo")


def field_of(
    ask: Ask[Any], value: Any, *, names: Sequence[str], today: date, fixed: bool
) -> Widget:
    """The field of a question; one that is `fixed` can be read."""
    name, text = f"ask-{ask.key}", _text(ask, value)
    field: Widget
    match ask.kind:
        case Kind.BRIEF | Kind.PASSAGE:
            return Sentences(text, ask, read_only=fixed, id=name)
        case Kind.LINE:
            field = Field(text, enter="Next", id=name, placeholder=ask.hint, max_length=LINE_LENGTH)
        case Kind.NAME:
            field = NamesField(text, names, id=name)
        case Kind.NAMES:
            field = NamesField(
                text, names, several=True, id=name, max_length=LONGEST_NAMES,
                placeholder="names, with commas between them",
            )  # fmt: skip
        case Kind.DAY | Kind.PAST:
            field = DateField(value, today, is_past=ask.kind is Kind.PAST, id=name)
        case Kind.FIGURE:
            field = FigureField(text, enter="Next", id=name, placeholder=ask.hint, max_length=30)
        case Kind.CHOICE:
            field = Choice(*(words for _, words in ask.options), chosen=ask.place(value), id=name)
    if isinstance(field, Input) and ask.kind in (Kind.LINE, Kind.NAMES):
        # The first letter typed is added, and does not replace a whole sentence.
        field.select_on_focus = False
    field.disabled = fixed
    return field


def held(field: Widget, ask: Ask[Any]) -> Any:
    """What a field says. Raises ValueError with a sentence for people."""
    match field:
        case DateField():
            return field.day()
        case FigureField():
            return field.figure()
        case NamesField():
            people = field.people()
            return people if ask.kind is Kind.NAMES else "".join(people)
        case Choice():
            return ask.options[field.chosen][0]
        case TextArea():
            return field.text.strip()
        case Input():
            return field.value.strip()
    raise TypeError(type(field).__name__)


def show(field: Widget, ask: Ask[Any], value: Any) -> None:
    """Put an answer into the field of its question."""
    match field:
        case Choice():
            field.chosen = ask.place(value)
        case TextArea() if field.text != value:
            field.text = value
            field.move_cursor(field.document.end)
        case Input():
            field.value = _text(ask, value)
            field.cursor_position = len(field.value)


def _text(ask: Ask[Any], value: Any) -> str:
    match ask.kind:
        case Kind.NAMES:
            return ", ".join(value)
        case Kind.DAY | Kind.PAST:
            return value.isoformat() if value else ""
        case Kind.FIGURE:
            return "" if value is None else written(value)
    return str(value)


def why_not(error: ValueError, ask: Ask[Any], value: Any) -> str:
    """Why an answer cannot be taken."""
    if isinstance(error, ValidationError):
        if ask.kind is Kind.FIGURE:
            return NOT_A_FIGURE
        if ask.kind in (Kind.DAY, Kind.PAST) and value is None:
            return "That needs a day."
        return NOT_KEPT if value else "That needs some words."
    text = str(error)
    return f"{text[:1].upper()}{text[1:].removesuffix('.')}."
