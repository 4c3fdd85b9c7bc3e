"""What is due: what is late, what waits for an answer, what comes within two weeks."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import ClassVar

from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from bt_assess.core.due import Due
from bt_assess.report.plan_words import due_words
from bt_assess.report.summary import plural
from bt_assess.report.words import date_words
from bt_assess.tui.page import Page
from bt_assess.tui.visits import OpenKept
from bt_assess.tui.widgets.rows import Row, RowList, blank, heading

DAY = 13
"""Width of the column of days, in cells."""


class DuePage(Page):
    """A line for each thing, what is late first; Enter opens the plan, project or round."""

    ABOUT = (
        "What plans, projects and rounds ask for: actions, obstacles that wait for an answer,"
        " readings, the mid-point, the report back. Enter opens what the line belongs to. To have"
        " the days in a calendar: bt-assess due --ics dates.ics"
    )
    DEFAULT_CSS = """
    DuePage {
        & #page { padding: 1 1 0 1; }
        & #words { height: auto; max-height: 6; padding: 1 2 0 2; }
        &.-tiny #page { padding: 0; }
        &.-tiny #words { display: none; }
    }
    """
    BINDINGS: ClassVar = [Binding("escape", "back", "Home", tooltip="Home")]

    def __init__(self, found: Sequence[Due], today: date, damaged: int = 0) -> None:
        """`damaged` files cannot be read: what they ask for is missing here, which is said."""
        super().__init__()
        self._damaged = damaged
        self._found = found
        self._today = today

    def bar(self) -> tuple[Content | str, Content | str]:
        return Content.styled("Due", "bold"), Content.styled(date_words(self._today), "$quiet")

    def body(self) -> Iterable[Widget]:
        with Vertical(id="page"):
            yield RowList()
            yield Static("", id="words", markup=False)

    def on_mount(self) -> None:
        self.query_one(RowList).focus()
        self.show(self._found)

    def show(self, found: Sequence[Due]) -> None:
        """Show what is due now."""
        self._found = found
        rows: list[Row] = []
        for late, head in ((True, "  Late"), (False, "  Within two weeks")):
            if part := [each for each in found if each.late is late]:
                rows += [*([blank()] if rows else []), heading(head)]
                rows += [_row(each) for each in part]
        if not rows:
            rows = [heading("  Nothing is late, and nothing is due within two weeks.")]
        if self._damaged:
            those = f"{plural(self._damaged, 'file')} that cannot be read"
            rows += [blank(), heading(f"  ! Without {those}: Home says where.")]
        self.query_one(RowList).show(rows)

    def on_row_list_picked(self, event: RowList.Picked) -> None:
        """All of a line that is too long, and whose it is."""
        words = Content("")
        if isinstance(event.value, Due):
            each = event.value
            owner = f", {each.owner}" if each.owner else ""
            words = Content.assemble(due_words(each), (f"\n{each.where.title}{owner}", "$quiet"))
        self.query_one("#words", Static).update(words)

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        if isinstance(event.value, Due):
            self.post_message(OpenKept(event.value.where.of, event.value.where.id))


def _row(each: Due) -> Row:
    mark = ("! ", "bold $alert") if each.late else "  "
    return Row(
        lambda width: Content.assemble(
            mark, (date_words(each.when).ljust(DAY), "$quiet"), " ".join(due_words(each).split())
        ),
        each,
    )
