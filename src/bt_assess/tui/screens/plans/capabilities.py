"""What the organisation must be able to do: the list, one of them, and one of its five sides."""

from collections.abc import Iterable
from typing import Any, ClassVar

from pydantic import ValidationError
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from bt_assess.core.fields import Refused
from bt_assess.core.plan import Capability, Plan, Side, SideState, capability_of
from bt_assess.core.plan_history import StageKind
from bt_assess.core.rubric import BreakthroughPoint, Rubric
from bt_assess.store.kept import new_id
from bt_assess.tui.page import Page
from bt_assess.tui.planning import OpenPlan, without_point
from bt_assess.tui.saving import SaveState
from bt_assess.tui.screens.asking import Ask, Kind, asked, asks_of
from bt_assess.tui.screens.pick import Pick
from bt_assess.tui.screens.plans.ask import AskLine
from bt_assess.tui.screens.plans.form import PlanForm, PlanRows
from bt_assess.tui.screens.plans.once import on_top, push
from bt_assess.tui.screens.plans.sides import EditSide
from bt_assess.tui.screens.plans.words import (
    SIDE_WORDS,
    STAGE_WORDS,
    saving_words,
    side_line,
)
from bt_assess.tui.widgets.bar import TopBar
from bt_assess.tui.widgets.rows import Row, RowList, blank, heading

NEW = "new"
ABLE = (
    "What must we be able to do, together, to carry this out? Not what one person knows, and not what"
    " we will do: what the organisation can do, whoever is on duty."
)
TO_BEGIN = "Which of these is the project to build? Mark the one that is needed first, and press b."
BEGINS = "b begins a project that builds the marked one."


class Capabilities(Page):
    """The capabilities of a plan, with the stages that need each and what is done about it."""

    CSS_PATH = "plans.tcss"
    ABOUT = (
        "A capability is something that the organisation can do together. Each is needed by a stage,"
        " or by nothing, and then it can go. Enter opens one: its five sides, each with what there"
        " is, what is needed, and who does what about it by when."
    )
    BINDINGS: ClassVar = [
        Binding("n", "new", "New", tooltip="One in your own words"),
        Binding("f", "from_grid", "From the grid", tooltip="Begin with a breakthrough point"),
        Binding("b", "begin", "Begin a project", tooltip="A breakthrough project that builds it"),
        Binding("d", "delete", "Delete", tooltip="Take the marked one out of the plan; u undoes"),
        Binding("left_square_bracket", "shift(-1)", "Move up", key_display="[ ]",
                tooltip="Move the marked one up or down"),
        Binding("right_square_bracket", "shift(1)", "Move down", show=False,
                tooltip="Move the marked one up or down"),
        Binding("u", "undo", "Undo", tooltip="Take the last edit back"),
    ]  # fmt: skip

    def __init__(self, work: OpenPlan, rubric: Rubric, *, to_begin: str | None = None) -> None:
        """`to_begin` is for who comes to begin a project: of this capability, or of one to be
        chosen where it is empty."""
        super().__init__()
        self.work = work
        self._rubric = rubric
        self._to_begin = to_begin

    def bar(self) -> tuple[Content | str, Content | str]:
        left = Content.assemble(
            ("Capabilities required", "bold"), (f"  {self.work.plan.title}", "$quiet")
        )
        return left, saving_words(self.work)

    def body(self) -> Iterable[Widget]:
        with Vertical(id="page"):
            words = Content.styled(ABLE, "$quiet")
            if self._to_begin is not None:
                words = Content(BEGINS if self._to_begin else TO_BEGIN)
            yield Static(words, id="able", markup=False)
            yield RowList()

    def on_mount(self) -> None:
        self.query_one(RowList).focus()
        if self._to_begin:
            self.show(self._to_begin)
            self.call_after_refresh(self.action_begin)

    def on_screen_resume(self) -> None:
        self.show()

    def show(self, pick: Any = None) -> None:
        """The list as the plan has it."""
        rows = []
        for each in self.work.plan.capabilities:
            rows += [Row(_line(each), each.id), *_sides_in_short(each)]
        if not self.work.read_only:
            words = "A new one" if rows else "Name the first one"
            rows += [blank()] if rows else []
            rows.append(Row(lambda width: Content.styled(words, "bold"), NEW))
        self.query_one(RowList).show(rows, pick)
        self.query_one(TopBar).show(*self.bar())
        self.refresh_bindings()

    def show_saving(self, state: SaveState) -> None:
        """How far saving has come; the app tells."""
        if state.path == self.work.path:
            self.query_one(TopBar).show(*self.bar())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        changes = action in ("new", "from_grid", "delete", "shift", "undo")
        return not (changes and self.work.read_only)

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        if event.value == NEW:
            self.action_new()
        else:
            push(self, EditCapability(self.work, event.value))

    def action_new(self) -> None:
        def keep(name: str | None) -> None:
            if name:
                self._add(Capability(id=new_id(), name=name))

        asked = AskLine(
            "What must we be able to do?",
            "Say it so that one could watch it happen.",
            "answer a family within two days, whoever is on duty",
        )
        push(self, asked, keep)

    def action_from_grid(self) -> None:
        rows: list[Row] = []
        for theme in self._rubric.themes:
            if left := without_point(self.work.plan, theme.points):
                rows += [heading(f"  {theme.name}"), *(_point_row(point) for point in left)]

        def take(point: BreakthroughPoint | None) -> None:
            if point is not None:
                self._add(capability_of(new_id(), point))

        title = "Which breakthrough point?"
        push(self, Pick(title, rows, whole=lambda point: str(point.text)), take)

    def _add(self, capability: Capability) -> None:
        try:
            plan = self.work.plan.with_capability(capability)
        except (Refused, ValidationError) as fault:
            words = str(fault) if isinstance(fault, Refused) else "it needs a name"
            self.notify(f"That cannot be: {words}.", severity="warning")
            return
        self.work.change(plan, f"new capability: {capability.name}")
        self.app.push_screen(EditCapability(self.work, capability.id, "serves"))

    def action_begin(self) -> None:
        from bt_assess.tui.screens.projects.begin import from_capability

        if capability := self.work.plan.capability(self.query_one(RowList).value or ""):
            from_capability(self, self.work.plan, capability)

    def action_delete(self) -> None:
        capability = self.work.plan.capability(self.query_one(RowList).value or "")
        if capability is not None:
            plan = self.work.plan.without_capability(capability.id)
            self.work.change(plan, f"deleting {capability.name}")
            self.show()
            self.notify("Taken out of the plan; u takes that back.")

    def action_shift(self, places: int) -> None:
        value = self.query_one(RowList).value
        if self.work.plan.capability(value or ""):
            plan = self.work.plan.moved_capability(value, places)
            self.work.change(plan, "the order of capabilities", is_one=True)
            self.show(value)

    def action_undo(self) -> None:
        what = self.work.undo()
        self.notify(f"Undone: {what}" if what else "There is nothing to undo since it was opened.")
        self.show()


class EditCapability(PlanForm):
    """One capability: its name, the stages that need it, and its five sides."""

    ABOUT = (
        "An ability is built from five sides: the people, the process, what has to be known, how it"
        " is measured, and what around it helps or hinders. Enter on a side opens it. Space ticks a"
        " stage that needs the capability."
    )

    def __init__(self, work: OpenPlan, capability_id: str, field: str = "") -> None:
        self._capability_id = capability_id
        super().__init__(work, "Capability", (name_ask(capability_id),), begin=field)

    def more(self) -> Iterable[Widget]:
        yield asked("Which stages need it?")
        why = "Space ticks a stage that cannot be reached without it."
        yield Ticks(len(StageKind), why, id="serves", enter="Tick")
        yield asked("What has to happen on its five sides?")
        why = "Enter opens a side: what there is, what is needed, who does what about it."
        yield PlanRows(len(Side), why, id="sides", enter="Open")

    def on_screen_resume(self) -> None:
        self.show_more()
        self.show_saved()
        self._leave_what_is_gone()

    def action_undo(self) -> None:
        super().action_undo()
        self._leave_what_is_gone()

    def _leave_what_is_gone(self) -> None:
        """Back to the list when the capability itself was taken back."""
        if self._is_gone and on_top(self):
            self.dismiss()

    @property
    def _is_gone(self) -> bool:
        return self.work.plan.capability(self._capability_id) is None

    def elsewhere(self, begin: str) -> Widget | None:
        if begin in [*Side, "sides"]:
            return self.query_one("#sides")
        return self.query_one("#serves") if begin == "serves" else None

    def show_more(self) -> None:
        """Stages and sides as the plan has them."""
        capability = _capability(self.work.plan, self._capability_id)
        ticks = [_tick(kind, kind in capability.serves) for kind in StageKind]
        self.query_one("#serves", RowList).show(ticks)
        sides = [_side_row(side, capability.side(side)) for side in Side]
        self.query_one("#sides", RowList).show(sides)

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        if self._is_gone:
            return
        if isinstance(event.value, Side):
            self._keep(self.focused)
            push(self, EditSide(self.work, self._capability_id, event.value))
        elif not self.work.read_only:
            serves = set(_capability(self.work.plan, self._capability_id).serves) ^ {event.value}
            plan = self.work.plan.serving_stages(self._capability_id, serves)
            self.work.change(plan, "Capability: the stages that need it", is_one=True)
            self.show_more()
            self.show_saved()


class Ticks(PlanRows):
    """Rows that Enter or Space ticks."""

    BINDINGS: ClassVar = [
        Binding("space", "choose", "Tick", show=False, tooltip="Tick the marked line, or not"),
    ]


def _capability(plan: Plan, capability_id: str) -> Capability:
    found = plan.capability(capability_id)
    return found or Capability(id=capability_id, name="taken out of the plan")


def name_ask(capability_id: str) -> Ask[Plan]:
    """What a capability is called; of one that was taken out, no answer is taken."""
    ask = asks_of(lambda plan: _capability(plan, capability_id), _put)
    return ask(
        "name", "What must we be able to do?", Kind.LINE,
        "Say it so that one could watch it happen.",
        "answer a family within two days, whoever is on duty",
    )  # fmt: skip


def _put(plan: Plan, capability: Capability) -> Plan:
    if plan.capability(capability.id) is None:
        raise Refused("it was taken out of the plan")
    return plan.with_capability(capability)


def _line(capability: Capability) -> Any:
    marks = "".join(str(kind.number) if kind in capability.serves else "·" for kind in StageKind)
    said = sum(not capability.side(side).empty for side in Side)

    def draw(width: int) -> Content:
        words = f"  {said} of 5 sides" if width >= 50 else ""
        name = Content(capability.name).truncate(max(8, width - 5 - len(words)), ellipsis=True)
        gap = " " * (width - 5 - len(words) - name.cell_length)
        style = "$primary" if capability.serves else "$alert"
        return Content.assemble((f"{marks}  ", style), (name.plain, "bold"), gap, (words, "$quiet"))

    return draw


def _sides_in_short(capability: Capability) -> list[Row]:
    """A line for every side with an action."""
    rows = []
    for side in Side:
        state = capability.side(side)
        if state.action:
            rows.append(_under(side, state))
    return rows


def _under(side: Side, state: SideState) -> Row:
    return Row(
        lambda width: Content.assemble(
            (f"       {SIDE_WORDS[side]:<12}", "$quiet"), side_line(state, width - 19)
        )
    )


def _tick(kind: StageKind, ticked: bool) -> Row:
    mark, style = ("☑", "bold") if ticked else ("☐", "$quiet")
    words = f"{mark} {kind.number}  {STAGE_WORDS[kind]}"
    return Row(lambda width: Content.styled(words, style), kind)


def _side_row(side: Side, state: SideState) -> Row:
    return Row(
        lambda width: Content.assemble(
            (f"{SIDE_WORDS[side]:<13}", "bold"), side_line(state, width - 13)
        ),
        side,
    )


def _point_row(point: BreakthroughPoint) -> Row:
    return Row(lambda width: Content(point.text), point)
