"""Home: where we are in the cycle, the one next step, and where we stand."""

import asyncio
from collections.abc import Collection, Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.content import Content
from textual.css.query import NoMatches
from textual.events import Resize
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from bt_assess.store.glance import glance
from bt_assess.tui.page import LOW, Page
from bt_assess.tui.visits import HomeShown, Place, Visit
from bt_assess.tui.widgets.rows import Row, RowList

if TYPE_CHECKING:
    from bt_assess.store.catalogue import Progress
    from bt_assess.tui.around import Around
    from bt_assess.tui.desk import Desk

LABEL = 14
"""Width of the menu's first column, in cells."""

AROUND_ROWS = 20
"""Lines of Home besides the menu, where the latest result is drawn too."""
SOME = 5
"""So many lines of the menu are to be seen before there is room for any words."""
NARROW, VERY_NARROW = 56, 30
"""Below these widths a row's label takes less room, then no more than it needs."""

INTRODUCTION = (
    "Find out where your organisation stands on six themes, from starting to consolidating,"
    " and what would move it on. You read 117 short statements and say how true each is of you."
    " That takes about 15 minutes, and every answer is saved as you give it."
)
CYCLE = ("Assess", "See", "Choose", "Plan", "Do", "Again")
"""The steps of the cycle, in the order of `core.cycle.Step`: here nothing is loaded for them."""
PROMISE = "Answers stay in this folder, in files you can read. Nothing leaves it."


class Home(Page):
    """The first screen. It is painted at once and learns what the folder holds afterwards."""

    ABOUT = (
        "Start here. The line at the top is the cycle: ✓ is behind you, ● is where you are, ○ is to"
        " come. What you have not finished comes first, or the one step that comes next; below it"
        " is everything there is."
    )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Home is where Esc leads; there is nothing behind it."""
        return action != "back"

    def __init__(self, place: Path) -> None:
        super().__init__()
        self._place = place
        self._desk: Desk | None = None
        self._first: object = None
        self._around: Around | None = None

    def bar(self) -> tuple[Content | str, Content | str]:
        return Content.styled("bt-assess", "bold $primary"), Content.styled(
            f"sessions  {_short(self._place)}", "$quiet"
        )

    def body(self) -> Iterable[Widget]:
        with Vertical(id="menu"):
            yield Static("Where do we stand, and what next?", id="question", markup=False)
            yield Cycle(id="cycle")
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
        first = self._desk is None
        self._desk = desk
        try:
            self._show_rows(to_first=first)
        except NoMatches:
            # The folder was still being read as the app closed: nobody looks any more.
            return
        self.call_after_refresh(self._show_latest)
        # The next step is for all that is there; of half of it, it would be another one.
        if desk.shelf.is_checked:
            self.run_worker(self._look_around(desk), exclusive=True, group="around")

    async def _look_around(self, desk: "Desk") -> None:
        """Plans, projects and rounds, and where one is with them: behind what is shown already."""
        from bt_assess.tui.screens import home_content as content

        # Without a menu the app is closing, and nobody reads it any more.
        with suppress(OSError, NoMatches):
            self._around = await asyncio.to_thread(content.look_around, desk, self._around)
            self._show_rows()

    def _show_rows(self, *, to_first: bool = False) -> None:
        if self._desk is None:
            return
        from bt_assess.tui.screens import home_content as content

        self._greet(self._desk)
        rows = content.steps(self._desk, self._around, airy=self.size.height >= LOW)
        has_room = self.size.height >= len(rows) + AROUND_ROWS
        self.set_class(has_room and self._desk.shelf.newest is not None, "-has-result")
        # What has just been begun, or comes next now, is what somebody wants to go on with; unless
        # they have moved on in the menu meanwhile.
        is_new = rows[0].value != self._first
        stays = self.query_one(RowList).value not in (None, self._first)
        self._steps(rows, to_first=to_first or (is_new and not stays))
        self._first = rows[0].value
        self._tell(content.news(self._desk, self._around))
        if self._around is not None:
            step, done = content.place_in_cycle(self._around)
            self.query_one(Cycle).show(step, done)

    def _greet(self, desk: "Desk") -> None:
        """Say what this is, in a folder in which there is nothing at all."""
        shelf, found = desk.shelf, self._around
        # Nobody is greeted as new before it is known that they are.
        is_new = shelf.is_empty and shelf.is_checked and not shelf.is_gone
        is_new = is_new and found is not None and found.is_empty
        self.set_class(is_new, "-first-time")
        self.query_one("#introduction", Static).update(INTRODUCTION if is_new else "")

    def show_progress(self, progress: "Progress") -> None:
        """Show how far reading a large folder has come."""
        if self._desk is not None:
            from bt_assess.tui.screens import home_content as content

            self._tell(content.news(self._desk, self._around, progress))

    def _tell(self, words: Content) -> None:
        news = self.query_one("#news", Static)
        news.display = bool(words)
        news.update(words)

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
        steps.styles.min_height = max(1, min(SOME, event.size.height - 3))
        if event.size.height < LOW:
            self.query_one("#menu").move_child(words, after=steps)
        else:
            self.query_one("#menu").move_child(words, before=steps)
        self._show_rows()
        self.call_after_refresh(self._show_latest)

    def _steps(self, rows: list[Row], to_first: bool = False) -> None:
        steps = self.query_one(RowList)
        steps.styles.max_height = len(rows)
        steps.show(rows, pick=rows[0].value if to_first else None)

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        if isinstance(event.value, tuple):
            place, *sessions = event.value
            self.post_message(Visit(place, *sessions))
        elif self._desk is not None:
            from bt_assess.tui.screens import home_content as content

            to = content.visit(self._desk, event.value)
            if isinstance(to, Message):
                self.post_message(to)
            else:
                self.app.push_screen(to)


class Cycle(Static):
    """The cycle as a line: what is behind, where one is, what is to come."""

    def __init__(self, *, id: str) -> None:
        super().__init__(markup=False, id=id)
        self._step: int | None = None
        self._done: Collection[int] = ()

    def show(self, step: int, done: Collection[int]) -> None:
        """Mark the step where one is, and those of which there is something to show."""
        self._step, self._done = step, done
        self.refresh(layout=True)

    def render(self) -> Content:
        return cycle_line(self._step, self._done, self.size.width)


def cycle_line(step: int | None, done: Collection[int], width: int) -> Content:
    """The cycle in `width` cells, as much of it as there is room for."""
    names = [
        (f"{'●' if n == step else '✓' if n in done else '○'}{{}}{name}", _look(n, step, done))
        for n, name in enumerate(CYCLE)
    ]
    for gap, line in ((" ", " ── "), ("", " ")):
        parts = [Content.styled(text.format(gap), look) for text, look in names]
        whole = Content.styled(line, "$faint").join(parts)
        if whole.cell_length <= width:
            return whole
    if step is None:
        return Content("")
    return Content.styled(f"● {CYCLE[step]}, {step + 1} of 6", "bold $primary")


def _look(number: int, step: int | None, done: Collection[int]) -> str:
    if number == step:
        return "bold $primary"
    return "$good" if number in done else "$quiet"


def _step(label: str, text: str, value: tuple[object, ...]) -> Row:
    return Row(
        lambda width: Content.assemble((in_column(label, width), "bold"), text),
        value,
    )


def in_column(label: str, width: int) -> str:
    """A row's label, as wide as the others in a row of `width` cells."""
    if width < VERY_NARROW:
        return f"{label}  "
    return label.ljust(LABEL if width >= NARROW else 10)


def _short(path: Path) -> str:
    try:
        return f"~/{path.relative_to(Path.home())}"
    except (ValueError, RuntimeError):
        return str(path)
