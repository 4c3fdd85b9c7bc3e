"""What is due: what is late, what waits for an answer, what comes within two weeks."""

import asyncio
from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.css.query import NoMatches
from textual.widget import Widget
from textual.widgets import Static

from bt_assess.core.due import Due
from bt_assess.report.plan_words import due_words
from bt_assess.report.summary import plural
from bt_assess.report.words import date_words
from bt_assess.tui.page import Page
from bt_assess.tui.visits import OpenKept
from bt_assess.tui.widgets.bar import TopBar
from bt_assess.tui.widgets.rows import Row, RowList, blank, heading

if TYPE_CHECKING:
    from bt_assess.tui.around import Around
    from bt_assess.tui.desk import Desk

DAY = 13
"""Width of the column of days, in cells."""
WHERE = 30
"""Width of the column that says which plan, project or round it is of, where there is room."""


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

    def __init__(self, desk: "Desk", found: "Around") -> None:
        """`found` is what there is, for Enter to find a line from the first moment on."""
        super().__init__()
        self._desk = desk
        self._found = found
        self._seen = False

    def anew(self) -> "DuePage":
        """The same page once more, for one that is closed."""
        return DuePage(self._desk, self._found)

    def bar(self) -> tuple[Content | str, Content | str]:
        today = date_words(self._desk.now().date())
        return Content.styled("Due", "bold"), Content.styled(today, "$quiet")

    def body(self) -> Iterable[Widget]:
        with Vertical(id="page"):
            yield RowList()
            yield Static("", id="words", markup=False)

    def on_mount(self) -> None:
        self.query_one(RowList).focus()
        self.show(self._found)

    def on_screen_resume(self) -> None:
        # What one comes back from may have done what was due.
        if self._seen:
            self.look()
        self._seen = True

    def look(self) -> None:
        """Read what is due now, behind what is shown."""
        self.run_worker(self._look(), exclusive=True, group="look")

    async def _look(self) -> None:
        from bt_assess.tui.screens.home_content import look_around

        await self._desk.saver.drain()
        # Where the folder cannot be read just now, Home says so; nor does anybody look once it closes.
        with suppress(OSError, NoMatches):
            self.show(await asyncio.to_thread(look_around, self._desk, self._found))

    def show(self, found: "Around") -> None:
        """Show what is due now."""
        self._found = found
        rows: list[Row] = []
        for late, head in ((True, "  Late"), (False, "  Within two weeks")):
            if part := [each for each in found.due if each.late is late]:
                rows += [*([blank()] if rows else []), heading(head)]
                rows += [_row(each) for each in part]
        if not rows:
            rows = [heading("  Nothing is late, and nothing is due within two weeks."), *_NOTHING]
        if found.damaged:
            those = f"{plural(len(found.damaged), 'file')} that cannot be read"
            rows += [blank(), heading(f"  ! Without {those}: Home says where.")]
        self.query_one(TopBar).show(*self.bar())
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
            where = event.value.where
            self.post_message(OpenKept(where.of, where.id, event.value.part))


def _row(each: Due) -> Row:
    mark = ("! ", "bold $alert") if each.late else "  "
    words = Content(" ".join(due_words(each).split()))

    def draw(width: int) -> Content:
        head = Content.assemble(mark, (date_words(each.when).ljust(DAY), "$quiet"))
        # Two projects can ask for the same: without its name a line does not tell which.
        column = min(WHERE, width * 3 // 10)
        room = max(1, width - head.cell_length - column)
        fitted = words.truncate(max(1, room - 2), ellipsis=True)
        gap = " " * (room - fitted.cell_length)
        where = Content.styled(" ".join(each.where.title.split()), "$quiet")
        return Content.assemble(head, fitted, gap, where.truncate(column, ellipsis=True))

    return Row(draw, each)


def _said(words: str) -> Row:
    return Row(lambda width: Content.styled(words, "$quiet"))


_NOTHING = (
    blank(),
    _said("  What plans, projects and rounds ask for stands here, once it has a day:"),
    _said("  actions, readings, obstacles that wait for an answer, and reports back."),
)
