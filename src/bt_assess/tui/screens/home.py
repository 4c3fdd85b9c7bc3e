"""Home: what is unfinished, what to do next, and where we stand."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.content import Content
from textual.events import Resize
from textual.widget import Widget
from textual.widgets import Static

from bt_assess.store.glance import glance
from bt_assess.tui.page import LOW, Page
from bt_assess.tui.visits import HomeShown, Place, Visit
from bt_assess.tui.widgets.rows import Row, RowList

if TYPE_CHECKING:
    from bt_assess.store.catalogue import Progress
    from bt_assess.tui.desk import Desk

LABEL = 14
"""Width of the menu's first column, in cells."""

INTRODUCTION = (
    "Find out where your organisation stands on six themes, from starting to consolidating,"
    " and what would move it on. You read 117 short statements and say how true each is of you."
    " That takes about 15 minutes, and every answer is saved as you give it."
)
PROMISE = "Answers stay in this folder, in files you can read. Nothing leaves it."


class Home(Page):
    """The first screen. It is painted at once and learns what the folder holds afterwards."""

    ABOUT = (
        "Start here. What you have not finished comes first, then the steps of the cycle: assess,"
        " see where you stand, compare with an earlier time."
    )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Home is where Esc leads; there is nothing behind it."""
        return action != "back"

    def __init__(self, place: Path) -> None:
        super().__init__()
        self._place = place
        self._desk: Desk | None = None
        self._first: object = None

    def bar(self) -> tuple[Content | str, Content | str]:
        return Content.styled("bt-assess", "bold $primary"), Content.styled(
            f"sessions  {_short(self._place)}", "$quiet"
        )

    def body(self) -> Iterable[Widget]:
        with Vertical(id="menu"):
            yield Static("Where do we stand, and what next?", id="question", markup=False)
            yield Static("", id="introduction", markup=False)
            yield RowList(id="steps")
            yield Static("", id="news", markup=False)
            with Vertical(id="latest"):
                yield Static("", id="latest-head", markup=False)
                yield Static("", id="latest-tracks", markup=False)
            yield Static(Content.styled(PROMISE, "$quiet"), id="promise", markup=False)

    def on_mount(self) -> None:
        rows = [_step("Assess", "", (Place.NEW,))]
        if (count := glance(self._place)) is not None:
            # Until the folder has been looked at, this is how it was last time, and says so.
            rows.append(_step("Sessions", f"{count:,} when last looked at", (Place.SESSIONS,)))
        self._steps(rows)
        self.query_one(RowList).focus()

    def on_screen_resume(self) -> None:
        self.post_message(HomeShown())

    def show(self, desk: "Desk") -> None:
        """Show what the folder holds now."""
        from bt_assess.tui.screens import home_content as content

        first = self._desk is None
        self._desk = desk
        # Nobody is greeted as new before it is known that they are.
        empty = desk.shelf.is_empty and desk.shelf.is_checked
        self.set_class(empty, "-first-time")
        self.set_class(desk.shelf.newest is not None, "-has-result")
        self.query_one("#introduction", Static).update(INTRODUCTION if empty else "")
        rows = content.steps(desk)
        # What has just been begun is what somebody wants to go on with.
        fresh = rows[0].value != self._first
        self._first = rows[0].value
        self._steps(rows, to_first=first or fresh)
        self.query_one("#news", Static).update(content.news(desk))
        self.call_after_refresh(self._show_latest)

    def show_progress(self, progress: "Progress") -> None:
        """Show how far reading a large folder has come."""
        if self._desk is not None:
            from bt_assess.tui.screens import home_content as content

            words = content.news(self._desk, progress)
            self.query_one("#news", Static).update(words)

    def _show_latest(self) -> None:
        if self._desk is None or self._desk.shelf.newest is None:
            return
        from bt_assess.tui.screens import home_content as content

        tracks = self.query_one("#latest-tracks", Static)
        width = max(20, tracks.size.width or 44)
        head, lines = content.latest(self._desk, self._desk.shelf.newest, width)
        self.query_one("#latest-head", Static).update(head)
        tracks.update(lines)

    def on_resize(self, event: Resize) -> None:
        # With little room, what can be done comes before what this is.
        steps, words = self.query_one("#steps"), self.query_one("#introduction")
        if event.size.height < LOW:
            self.query_one("#menu").move_child(words, after=steps)
        else:
            self.query_one("#menu").move_child(words, before=steps)
        self.call_after_refresh(self._show_latest)

    def _steps(self, rows: list[Row], to_first: bool = False) -> None:
        steps = self.query_one(RowList)
        steps.styles.height = len(rows)
        steps.show(rows, pick=rows[0].value if to_first else None)

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        place, *sessions = event.value
        self.post_message(Visit(place, *sessions))


def _step(label: str, text: str, value: tuple[object, ...]) -> Row:
    return Row(
        lambda width: Content.assemble(
            (label.ljust(LABEL), "bold"),
            (Content(text).truncate(max(0, width - LABEL), ellipsis=True)),
        ),
        value,
    )


def _short(path: Path) -> str:
    try:
        return f"~/{path.relative_to(Path.home())}"
    except (ValueError, RuntimeError):
        return str(path)
