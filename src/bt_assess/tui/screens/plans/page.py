"""A plan on one page: a picture of steps from reality up to the destination."""

from collections.abc import Iterable
from typing import Any, ClassVar

from textual.binding import Binding
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.geometry import Region
from textual.widget import Widget
from textual.widgets import Static

from bt_assess.core.plan_gap import based_on, stage_views
from bt_assess.core.plan_history import StageKind
from bt_assess.tui.comparing_flow import fetched
from bt_assess.tui.page import TALL, Page
from bt_assess.tui.planning import OpenPlan, Planning
from bt_assess.tui.saving import SaveState
from bt_assess.tui.screens.plans import picture
from bt_assess.tui.screens.plans.aside import in_full
from bt_assess.tui.screens.plans.ask import NamePlan
from bt_assess.tui.screens.plans.capabilities import Capabilities
from bt_assess.tui.screens.plans.checking import CheckPage, findings
from bt_assess.tui.screens.plans.evidence import choose_evidence, rows_of_evidence
from bt_assess.tui.screens.plans.gaps import GapPage
from bt_assess.tui.screens.plans.parts import EditDestination, EditReality, EditStage
from bt_assess.tui.screens.plans.words import how_far, saving_words
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
        Binding("b", "base", "Base", tooltip="Choose the assessment that shows where you are"),
        Binding("m", "measure", "Newer round", tooltip="Take up a newer round of the team"),
        Binding("t", "name", "Name", tooltip="Another title, or whose plan it is"),
        Binding("U", "redo", "Redo", show=False, tooltip="Make the edit again"),
        Binding("pagedown,space", "read(1)", "More", show=False, tooltip="Read on beside"),
        Binding("pageup", "read(-1)", "Back up", show=False, tooltip="Read further up beside"),
    ]

    def __init__(self, planning: Planning, work: OpenPlan) -> None:
        super().__init__()
        self._planning = planning
        self.work = work
        self._rubric = planning.desk.rubric

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
        lines = 2 if self.size.height >= TALL else 1
        steps.show(picture.rows(plan, self._views, self._findings, self._rubric, lines))
        self.show_saved()
        self._explain(steps.value)
        self.refresh_bindings()

    def show_saved(self) -> None:
        self.query_one(TopBar).show(*self.bar())

    def show_saving(self, state: SaveState) -> None:
        """How far saving has come; the app tells."""
        if state.path == self.work.path:
            self.show_saved()

    def on_row_list_picked(self, event: RowList.Picked) -> None:
        self._explain(event.value)

    def _explain(self, part: Any) -> None:
        if self.is_wide and part is not None:
            words = self.query_one("#words", Static)
            width = words.size.width or 50
            words.update(
                in_full(self.work.plan, part, self._views, self._findings, self._rubric, width)
            )
            self.query_one("#aside").scroll_home(animate=False)

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        match event.value:
            case StageKind() as kind:
                self.app.push_screen(EditStage(self.work, self._rubric, kind))
            case picture.DESTINATION:
                self.app.push_screen(EditDestination(self.work))
            case picture.REALITY:
                self.app.push_screen(EditReality(self.work))
            case picture.CAPABILITIES:
                self.app.push_screen(Capabilities(self.work, self._rubric))
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
        self.app.push_screen(CheckPage(self.work, self._rubric))

    def action_gap(self) -> None:
        self.app.push_screen(GapPage(self.work, self._rubric))

    def action_undo(self) -> None:
        what = self.work.undo()
        self.notify(f"Taken back: {what}" if what else "There is nothing to take back.")
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
        self.app.push_screen(NamePlan(about, plan.title, plan.organisation), keep)

    def action_base(self) -> None:
        self.run_worker(self._base(), exclusive=True)

    async def _base(self) -> None:
        """Another assessment shows where the plan begins."""
        desk = self._planning.desk
        rows = rows_of_evidence(desk)
        if not rows:
            self.notify("There is no finished assessment yet.")
            return
        title = "Which assessment shows where you are?"
        if items := await choose_evidence(self.app, desk, rows, title):
            plan = based_on(self.work.plan, items, self.work.today)
            self.work.change(plan, "the assessment it is based on")
            await self.work.take_up()
            self.show()

    def action_measure(self) -> None:
        self.run_worker(self._measure(), exclusive=True)

    async def _measure(self) -> None:
        items = await fetched(self.app, self._planning.desk, self.work.unread)
        if items:
            news = self.work.measure(items)
            self.notify("Taken up: see the gap, g." if news else "It shows no places yet.")
            self.show()

    def action_back(self) -> None:
        self.app.run_worker(self._planning.leave())
        super().action_back()
