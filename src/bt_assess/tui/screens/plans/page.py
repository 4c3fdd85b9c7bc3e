"""A plan on one page: a picture of steps from reality up to the destination."""

from collections.abc import Iterable
from typing import Any, ClassVar

from textual.binding import Binding
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.geometry import Region
from textual.widget import Widget
from textual.widgets import Static

from bt_assess.core.plan_gap import stage_views
from bt_assess.core.plan_history import StageKind
from bt_assess.tui.comparing_flow import fetched
from bt_assess.tui.page import Page
from bt_assess.tui.planning import OpenPlan, Planning
from bt_assess.tui.saving import SaveState
from bt_assess.tui.screens.plans import picture
from bt_assess.tui.screens.plans.aside import in_full
from bt_assess.tui.screens.plans.ask import NamePlan
from bt_assess.tui.screens.plans.capabilities import Capabilities
from bt_assess.tui.screens.plans.checking import CheckPage, findings
from bt_assess.tui.screens.plans.evidence import rebased
from bt_assess.tui.screens.plans.gaps import GapPage
from bt_assess.tui.screens.plans.going import editor_for
from bt_assess.tui.screens.plans.history import HistoryPage
from bt_assess.tui.screens.plans.once import on_top, push
from bt_assess.tui.screens.plans.parts import EditDestination, EditReality, EditStage
from bt_assess.tui.screens.plans.settle import Settle
from bt_assess.tui.screens.plans.words import how_far, saving_words
from bt_assess.tui.visits import BEGIN
from bt_assess.tui.widgets.bar import TopBar
from bt_assess.tui.widgets.rows import RowList


class Steps(RowList):
    """The picture; a part comes into view whole."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Pages are turned beside it."""
        return action != "page"

    def _reveal(self) -> None:
        end = self.picked + 1
        while end < len(self._rows) and not self._rows[end].is_choice:
            end += 1
        if self.picked >= 0:
            region = Region(0, self.picked, 1, min(end - self.picked, max(1, self.size.height)))
            self.scroll_to_region(region, animate=False, force=True, immediate=True)


class PlanPage(Page):
    """The whole plan at a glance."""

    CSS_PATH = "plans.tcss"
    ABOUT = (
        "Read it from below: where you are, three steps that are each a greater change, and where"
        " you want to be. A step shows its state, its date, what it brings, and how far the"
        " assessments say you have come. Enter opens the marked part; k checks the whole."
    )
    BINDINGS: ClassVar = [
        Binding("k", "check", "Check", tooltip="What is missing, and what does not go together"),
        Binding("g", "gap", "Gap", tooltip="Base, now and aims, theme by theme"),
        Binding("u", "undo", "Undo", tooltip="Take the last edit back"),
        Binding("m", "measure", "Newer round", tooltip="Take up a newer round of the team"),
        Binding(
            "h", "history", "History", tooltip="What was measured and what was moved, and when"
        ),
        Binding("r", "report", "Report", tooltip="Write it to read, print or pass on"),
        Binding("b", "base", "Based on", tooltip="Choose the assessment that shows where you are"),
        Binding("t", "name", "Name", tooltip="Another title, or whose plan it is"),
        Binding("U", "redo", "Redo", show=False, tooltip="Make the edit again"),
        Binding("pagedown,space", "read(1)", "More", show=False, tooltip="Read on beside"),
        Binding("pageup", "read(-1)", "Back up", show=False, tooltip="Read further up beside"),
    ]

    def __init__(self, planning: Planning, work: OpenPlan, part: str = "") -> None:
        """`part` is where somebody wants to be: a stage, 'destination', or 'capability.side'."""
        super().__init__()
        self._part = part
        self._planning = planning
        self.work = work
        self._rubric = planning.desk.rubric
        self._is_asked = False

    def bar(self) -> tuple[Content | str, Content | str]:
        plan = self.work.plan
        views = stage_views(plan, self.work.today)
        whose = f" · {plan.organisation}" if plan.organisation else ""
        left = Content.assemble((plan.title, "bold"), (whose, "$quiet"))
        right = saving_words(self.work)
        if self.is_wide:
            right = Content.assemble((f"{how_far(plan, views)}   ", "$quiet"), right)
        return left, right

    def body(self) -> Iterable[Widget]:
        with Horizontal(id="plan"):
            yield Steps(pages=False)
            with VerticalScroll(id="aside", can_focus=False):
                yield Static("", id="words", markup=False)

    def on_mount(self) -> None:
        self.query_one(Steps).focus()

    def on_screen_resume(self) -> None:
        self.show()

    def on_resize(self) -> None:
        self.call_after_refresh(self.show)

    def show(self) -> None:
        """The plan as it is now."""
        plan, steps = self.work.plan, self.query_one(Steps)
        self._views = stage_views(plan, self.work.today)
        self._findings = findings(self.work, self._rubric)
        room = (steps.scrollable_content_region.width or 76, steps.size.height)
        # An action stands with what one must be able to do.
        pick = picture.CAPABILITIES if "." in self._part else self._part
        rows = picture.rows(plan, self._views, self._findings, self._rubric, *room)
        steps.show(rows, pick=None if steps.value else pick or None)
        self.show_saved()
        self._explain(steps.value)
        self.refresh_bindings()
        self._settle()

    def show_saved(self) -> None:
        self.query_one(TopBar).show(*self.bar())

    def show_saving(self, state: SaveState) -> None:
        """How far saving has come; the app tells."""
        if state.path == self.work.path:
            self.show_saved()
            self._settle()

    def _settle(self) -> None:
        """Ask which is to count where the file was changed elsewhere: here, not in the midst of
        typing. Whoever says 'later' is asked again on coming back from another page."""

        def told(words: str | None) -> None:
            if words:
                self._is_asked = False
                self.notify(words)
            self.show()

        if self.work.has_clash and not self._is_asked and on_top(self):
            self._is_asked = True
            push(self, Settle(self.work), told)

    def open_action(self) -> None:
        """The action that somebody comes for, where it is still there: what has become of it? Or
        the capabilities, to begin a project."""
        head, _, rest = self._part.partition(".")
        if head == BEGIN and self.work.plan.capabilities:
            self._open(Capabilities(self.work, self._rubric, to_begin=rest))
        elif self.work.plan.capability(head):
            editor = editor_for(f"capability.{self._part}.state", self.work, self._rubric)
            if editor is not None:
                self._open(editor)

    def _open(self, page: Page) -> None:
        self._is_asked = False
        push(self, page)

    def on_row_list_picked(self, event: RowList.Picked) -> None:
        self._explain(event.value)

    def _explain(self, part: Any) -> None:
        if self.is_wide and part is not None:
            words = self.query_one("#words", Static)
            width = words.size.width or 50
            words.update(in_full(self.work, part, self._views, self._findings, self._rubric, width))
            self.query_one("#aside").scroll_home(animate=False)

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        match event.value:
            case StageKind() as kind:
                self._open(EditStage(self.work, self._rubric, kind))
            case picture.DESTINATION:
                self._open(EditDestination(self.work))
            case picture.REALITY:
                self._open(EditReality(self.work))
            case picture.CAPABILITIES:
                self._open(Capabilities(self.work, self._rubric))
            case picture.CHECK:
                self.action_check()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "measure":
            return bool(self.work.unread) and not self.work.read_only
        return not (action in ("undo", "redo", "base", "name") and self.work.read_only)

    def action_read(self, direction: int) -> None:
        aside = self.query_one("#aside")
        (aside.scroll_page_down if direction > 0 else aside.scroll_page_up)(animate=False)

    def action_check(self) -> None:
        self._open(CheckPage(self.work, self._rubric))

    def action_gap(self) -> None:
        self._open(GapPage(self.work, self._rubric))

    def action_history(self) -> None:
        self._open(HistoryPage(self.work, self._rubric))

    def action_report(self) -> None:
        from bt_assess.report.making import OfPlan
        from bt_assess.tui.reporting import ask_and_report

        if on_top(self):
            plan, today = self.work.plan, self.work.today
            what = f"A report of {plan.title}"
            ask_and_report(self, self._rubric, OfPlan(plan), what, today, today)

    def action_undo(self) -> None:
        what = self.work.undo()
        self.notify(f"Undone: {what}" if what else "There is nothing to undo since it was opened.")
        self.show()

    def action_redo(self) -> None:
        what = self.work.redo()
        self.notify(f"Made again: {what}" if what else "There is nothing to make again.")
        self.show()

    def action_name(self) -> None:
        def keep(found: tuple[str, str] | None) -> None:
            if found is not None:
                self.work.change(self.work.plan.renamed(*found), "the plan's name")
                self.show()

        plan = self.work.plan
        about = "It stands at the top of the page and in the list of plans."
        push(self, NamePlan(about, plan.title, plan.organisation), keep)

    def action_base(self) -> None:
        if on_top(self):
            self.run_worker(self._base())

    async def _base(self) -> None:
        if await rebased(self.app, self.work):
            self.show()

    def action_measure(self) -> None:
        if on_top(self):
            self.run_worker(self._measure())

    async def _measure(self) -> None:
        items = await fetched(self.app, self._planning.desk, self.work.unread)
        if items:
            news = self.work.measure(items)
            self.notify("Taken up: see the gap, g." if news else "It shows no places yet.")
            self.show()

    def action_back(self) -> None:
        self.app.run_worker(self._planning.leave())
        super().action_back()
