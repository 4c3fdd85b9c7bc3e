"""The check: what is missing, what is against itself, what to doubt; Enter goes there."""

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from bt_assess.core.plan_check import Finding, check
from bt_assess.core.rubric import Rubric
from bt_assess.report.summary import plural
from bt_assess.tui.page import LOW, Page
from bt_assess.tui.planning import OpenPlan
from bt_assess.tui.screens.plans.going import editor_for
from bt_assess.tui.screens.plans.once import push
from bt_assess.tui.screens.plans.words import MARKS
from bt_assess.tui.widgets.bar import TopBar
from bt_assess.tui.widgets.rows import Row, RowList, heading


def findings(work: OpenPlan, rubric: Rubric) -> tuple[Finding, ...]:
    """What the check finds today, with the themes' names."""
    return check(work.plan, work.today, names={t.id: t.short for t in rubric.themes})


class CheckPage(Page):
    """A line for each finding, in the plan's order; under them why it matters."""

    CSS_PATH = "plans.tcss"
    ABOUT = (
        "The check reads the plan from the destination down and names what is missing (○), what does"
        " not go together (!) and what to look at again (?). It is advice: a plan can be used as it"
        " is. Enter goes to the field."
    )
    BINDINGS: ClassVar = [
        Binding("u", "undo", "Undo", tooltip="Take the last edit back"),
    ]

    def __init__(self, work: OpenPlan, rubric: Rubric) -> None:
        super().__init__()
        self._work = work
        self._rubric = rubric

    def bar(self) -> tuple[Content | str, Content | str]:
        return Content.assemble(("Check", "bold"), (f"  {self._work.plan.title}", "$quiet")), ""

    def body(self) -> Iterable[Widget]:
        with Vertical(id="page"):
            yield RowList(enter="Go there")
            yield Static("", id="why", markup=False)

    def on_mount(self) -> None:
        self.query_one(RowList).focus()

    def on_screen_resume(self) -> None:
        self.show()

    def show(self) -> None:
        """What there is to look at now; what was mended is gone."""
        found = findings(self._work, self._rubric)
        rows: list[Row] = []
        place = ""
        for each in found:
            if each.place != place:
                place = each.place
                rows.append(heading(f"  {place}"))
            rows.append(_row(each))
        if not found:
            rows = [
                Row(
                    lambda width: Content.styled(
                        "  ✓ Nothing missing, nothing against itself.", "$good"
                    )
                )
            ]
        self.query_one(RowList).show(rows)
        words = f"{plural(len(found), 'thing')} to look at" if found else "all said"
        self.query_one(TopBar).show(right=Content.styled(words, "$quiet"))
        self._explain(self.query_one(RowList).value)

    def on_row_list_picked(self, event: RowList.Picked) -> None:
        self._explain(event.value)

    def _explain(self, finding: Finding | None) -> None:
        words = Content("")
        if finding is not None:
            mark, style, kind = MARKS[finding.kind]
            head, place = f"{mark} {kind}  ", f"{finding.place}: "
            if self.size.height < LOW:
                # With little room: the place stands above the line, and the mark says the kind.
                head, place = f"{mark} ", ""
            words = Content.assemble(
                (head, style), f"{place}{finding.said}\n", (finding.why, "$quiet"),
            )  # fmt: skip
        self.query_one("#why", Static).update(words)

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        if page := editor_for(event.value.where, self._work, self._rubric):
            push(self, page)

    def action_undo(self) -> None:
        what = self._work.undo()
        self.notify(f"Undone: {what}" if what else "There is nothing to undo since it was opened.")
        self.show()


def _row(finding: Finding) -> Row:
    mark, style, _ = MARKS[finding.kind]
    return Row(lambda width: Content.assemble((f"{mark} ", style), finding.what), finding)
