"""A form: questions one below the other; what is typed is kept as it is typed."""

from abc import abstractmethod
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, ClassVar, Generic, TypeVar

from textual import on
from textual.app import App
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.events import DescendantBlur, DescendantFocus
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from bt_assess.tui.page import Page
from bt_assess.tui.screens.asking import (
    Ask,
    First,
    Kind,
    Unkept,
    Work,
    asked,
    field_of,
    held,
    show,
    why_not,
)
from bt_assess.tui.widgets.bar import TopBar
from bt_assess.tui.widgets.choice import Choice
from bt_assess.tui.widgets.date_field import DateField

T = TypeVar("T")
ROOMY = 70
"""From this width on the line at the top has room for a reason."""


class Questions(VerticalScroll):
    """There is less room for it when there is more to say of a question."""

    def on_resize(self) -> None:
        if isinstance(self.screen, Form):
            self.screen.reveal()


class Form(Page, Generic[T]):
    """What the question at hand is about stands beside or below all of them.

    What is typed is kept as it is typed; a day, which means something else until it is written to
    its end, as one leaves its line, and the page says so. What cannot be kept stays in its field,
    and is kept as soon as it can be; until then the page says that it is not.
    """

    CSS_PATH = Path(__file__).with_name("form.tcss")
    # The question to begin with gets it, once; what Textual would scroll to is not there yet.
    AUTO_FOCUS = ""
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
        work: Work,
        heading: str,
        asks: Sequence[Ask[T]],
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
        self._begin = begin
        self._leaving = leaving
        self._unkept: dict[str, Unkept] = {}
        self._told = ""
        """The question of which is told why its answer is not kept."""
        self._insisted: dict[str, Unkept] = {}
        """What was told when somebody wanted to go, and by which key."""
        self._by = ""
        self._entered: dict[str, Any] = {}
        """What was kept when somebody came into a field: what comes back if the rest cannot be."""

    # What differs between a plan and a project

    @property
    @abstractmethod
    def thing(self) -> T:
        """What is asked about, as it is now."""

    @property
    @abstractmethod
    def subject(self) -> str:
        """What the heading is of."""

    @property
    @abstractmethod
    def names(self) -> Sequence[str]:
        """People to pick from."""

    @property
    @abstractmethod
    def why_fixed(self) -> str:
        """Why nothing can be changed here; empty where it can."""

    @abstractmethod
    def saving_words(self) -> Content:
        """Whether all that was taken is on disk."""

    @abstractmethod
    def take(self, new: T, ask: Ask[T]) -> None:
        """Keep what it has become by an answer; all that is typed there in one go is one edit."""

    def more(self) -> Iterable[Widget]:
        """What follows the questions."""
        return ()

    def show_more(self) -> None:
        """Show there what is so now."""

    def elsewhere(self, begin: str) -> Widget | None:
        """What to begin with where that is no question."""
        return None

    # The page

    def bar(self) -> tuple[Content | str, Content | str]:
        left = Content.assemble((self._heading, "bold"), (f"  {self.subject}", "$quiet"))
        ask = self._ask(self.focused)
        if self._waits() and ask is not None and ask.key not in self._unkept:
            words = "… kept by Enter" if self._has_day() else "… not kept yet"
            return left, Content.styled(words, "$quiet")
        if self._unkept:
            first = next((each.why for each in self._unkept.values() if each.waits), "")
            more = f": {first[:1].lower()}{first[1:].removesuffix('.')}" if first else ""
            if self.size.width < ROOMY:
                more = ""
            return left, Content.styled(f"… not kept yet{more}", "$alert")
        return left, self.saving_words()

    def body(self) -> Iterable[Widget]:
        fixed = bool(self.why_fixed)
        with Horizontal(id="beside"):
            with Questions(id="form", can_focus=fixed):
                if self._about:
                    yield Static(Content.styled(self._about, "$quiet"), id="intro", markup=False)
                for ask in self._asks.values():
                    if ask.words:
                        yield asked(ask.words, ask.starts_group)
                    yield field_of(
                        ask, ask.read(self.thing), names=self.names, today=self.work.today,
                        fixed=fixed,
                    )  # fmt: skip
                yield from self.more()
            with Vertical(id="about"):
                yield Static("", id="why", markup=False)
        fault = Static("", id="fault", markup=False)
        fault.display = False
        yield fault

    def on_mount(self) -> None:
        self.show_more()
        begin = self.elsewhere(self._begin)
        if self.why_fixed:
            self.app.clear_notifications()  # They say the same, and lie over it.
            self._tell(Content.styled(self.why_fixed, "$quiet"))
            begin = begin or self.query_one("#form")
        key = self._begin if self._begin in self._asks else next(iter(self._asks))
        # Where it is on the page is known a moment later, and changes as fields grow.
        (begin or self._field(key)).focus(scroll_visible=False)
        self.watch(self.query_one("#form"), "virtual_size", self.reveal, init=False)

    def on_resize(self) -> None:
        self.reveal()
        # There may be more or less room for it.
        self.call_after_refresh(self.show_saved)

    def reveal(self) -> None:
        """Keep what is typed into in view."""
        if self.focused is not None:
            self.call_after_refresh(self._reveal, self.focused)

    def _reveal(self, field: Widget) -> None:
        """Bring a field into view, and the question above it."""
        form = self.query_one("#form", VerticalScroll)
        if field.parent is not form:
            return
        around = form.children
        above = around[max(0, around.index(field) - 1)].virtual_region
        form.scroll_to_region(
            above.union(field.virtual_region), animate=False, force=True, immediate=True
        )

    def show_saving(self, state: object) -> None:
        """How far saving has come; the app tells."""
        self.show_saved()

    def show_saved(self) -> None:
        self.query_one(TopBar).show(*self.bar())

    def _field(self, key: str) -> Widget:
        return self.query_one(f"#ask-{key}")

    def _ask(self, field: Widget | None) -> Ask[T] | None:
        return self._asks.get(((field and field.id) or "").removeprefix("ask-"))

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        ask = self._ask(event.widget)
        if ask is not None and ask.key not in self._unkept:
            self._entered[ask.key] = ask.read(self.thing)
        why = ask.why if ask else getattr(event.widget, "why", "")
        parts = [Content(why)] if why else []
        if ask and ask.example and ask.kind is not Kind.CHOICE:
            parts.append(
                Content.assemble(("For example: ", "$quiet"), (ask.example, "italic $quiet"))
            )
        words = Content("\n\n" if self.is_wide else "\n").join(parts)
        self.query_one("#why", Static).update(words)
        self.show_saved()
        self.reveal()

    # What is typed

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(Choice.Changed)
    def _changed(self, event: Input.Changed | TextArea.Changed | Choice.Changed) -> None:
        event.stop()
        if isinstance(self.focused, DateField):
            self.show_saved()
        else:
            # Who is in the midst of a word is not told that it is none.
            self._keep(self.focused)

    def _waits(self) -> bool:
        """Whether there is a day in the line that one is in, or half of one, that is not kept."""
        field, ask = self.focused, self._ask(self.focused)
        if not isinstance(field, DateField) or ask is None or self.why_fixed:
            return False
        return not self._has_day() or bool(field.day() != ask.read(self.thing))

    def _has_day(self) -> bool:
        """Whether what stands in the line that one is in is a whole day, or nothing."""
        try:
            if isinstance(self.focused, DateField):
                self.focused.day()
        except ValueError:
            return False
        return True

    def _keep(self, field: Widget | None, typed: Ask[T] | None = None) -> None:
        """Take what stands in a field, as one edit with what is `typed`, or remember why not."""
        ask = self._ask(field)
        if field is None or ask is None or self.why_fixed:
            return
        value, before = None, self.thing
        try:
            value = held(field, ask)
            if value != ask.read(before):
                self.take(ask.write(before, value), typed or ask)
        except ValueError as error:
            why = why_not(error, ask, value)
            self._unkept[ask.key] = Unkept(why, isinstance(error, First))
            if typed is None:
                self._bring_back(ask)
        else:
            if self._unkept.pop(ask.key, None) or self.thing is not before:
                self._insisted = {}
            if typed is None and self.thing is not before:
                self._keep_others(ask, before)
            if typed is None and self._told:
                self._say_on()
        if typed is None:
            self.show_saved()

    def _bring_back(self, ask: Ask[T]) -> None:
        """Of what cannot be kept, no first half is: what was there before is there again."""
        before = self.thing
        if ask.key not in self._entered or ask.read(before) == self._entered[ask.key]:
            return
        # What was there may itself be nothing that can be kept, as of an action that is new.
        with suppress(ValueError):
            self.take(ask.write(before, self._entered[ask.key]), ask)
            self._keep_others(ask, before)

    def _keep_others(self, this: Ask[T], before: T) -> None:
        """Take what waited for an answer, and what went or came with it: the fields show it."""
        for ask in self._asks.values():
            field = self._field(ask.key)
            if ask is this or (field is self.focused and isinstance(field, DateField)):
                continue
            if ask.key in self._unkept or ask.read(self.thing) != ask.read(before):
                self._keep(field, this)

    def _leave(self, field: Widget | None) -> None:
        """Take what stands in a field that is left, and tell what is not kept."""
        self._keep(field)
        self.work.leave_field()
        ask = self._ask(field)
        if ask is not None and not self.why_fixed:
            self._say_on(ask.key)

    def keep_typed(self) -> None:
        """What stands in the field that one is in is kept; the app asks before it ends."""
        self._leave(self.focused)

    def _say_on(self, key: str = "") -> None:
        """Tell what cannot be kept, of this question at first, until it can or is taken back."""
        more = f" {self._by} once more goes without it." if self._unkept == self._insisted else ""
        keys = [each for each in (key, self._told, *self._unkept) if each in self._unkept]
        self._told = keys[0] if keys else ""
        words = f"! {self._unkept[self._told].why}{more}" if keys else ""
        self._tell(Content.styled(words, "$alert"))

    def _tell(self, words: Content) -> None:
        line = self.query_one("#fault", Static)
        line.display = bool(words)
        line.update(words)

    def on_descendant_blur(self, event: DescendantBlur) -> None:
        self._leave(event.widget)
        ask = self._ask(event.widget)
        if ask is not None and ask.key not in self._unkept and isinstance(event.widget, DateField):
            show(event.widget, ask, ask.read(self.thing))

    @on(Input.Submitted)
    @on(Choice.Done)
    def _next(self) -> None:
        self.focus_next()

    def action_undo(self) -> None:
        """Take the last change back, what is not kept yet first, and show all as it is then."""
        if self.why_fixed:
            return
        here = self._ask(self.focused)
        if not (is_unkept := self._waits()):
            self._keep(self.focused)
        if here is not None and (is_unkept or here.key in self._unkept):
            what: str | None = "what was typed here"
            self._unkept.pop(here.key, None)
        elif (what := self.work.undo()) is None and self._unkept:
            what = "what was not kept"
            self._unkept.clear()
        self.notify(
            f"Undone: {what}" if what else "There is nothing to undo since it was opened.",
            markup=False,
        )
        for ask in self._asks.values():
            if ask.key not in self._unkept:
                show(self._field(ask.key), ask, ask.read(self.thing))
                self._entered[ask.key] = ask.read(self.thing)
        for key in tuple(self._unkept):
            # It may be as it was before it went with another answer.
            self._keep(self._field(key))
        self.show_more()
        self._say_on()
        self.show_saved()

    @property
    def has_unkept(self) -> bool:
        """Whether something stands here that could not be kept."""
        return bool(self._unkept)

    def may_go(self, by: str) -> bool:
        """Whether somebody who presses this key leaves nothing that they have not been told of."""
        self._leave(self.focused)
        if not self._unkept or self._unkept == self._insisted:
            return True
        # Once is told; whoever insists goes without.
        self._insisted, self._by = dict(self._unkept), by
        self.app.clear_notifications()  # They may lie over what is told.
        if not self._unkept[self._told].waits:
            self._field(self._told).focus()
        self._say_on()
        return False

    def action_back(self) -> None:
        if not self.may_go("Esc"):
            return
        app = self.app
        super().action_back()
        if self._leaving is not None:
            self._leaving(app)
