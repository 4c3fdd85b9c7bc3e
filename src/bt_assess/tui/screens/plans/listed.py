"""The plans there are: each with how far it is, a new one, and those put aside."""

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, ClassVar

from pydantic import ValidationError
from textual import work
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from bt_assess.core.compared import Compared
from bt_assess.core.fields import Refused
from bt_assess.core.plan_gap import positions_of, stage_views
from bt_assess.core.rubric import BreakthroughPoint
from bt_assess.report.words import date_words
from bt_assess.store.files import UnreadableFile, reason
from bt_assess.store.folder import InUseError
from bt_assess.store.kept import ChangedByHand, OutOfDate, Stored
from bt_assess.store.plans import StoredPlan
from bt_assess.tui.page import Page
from bt_assess.tui.planning import Planning
from bt_assess.tui.screens.plans.ask import ChoosePoints, NamePlan
from bt_assess.tui.screens.plans.byhand import AcceptChange
from bt_assess.tui.screens.plans.evidence import (
    choose_evidence,
    nothing_row,
    promised,
    rows_of_evidence,
    suggested,
)
from bt_assess.tui.screens.plans.once import on_top
from bt_assess.tui.screens.plans.words import how_far
from bt_assess.tui.widgets.bar import TopBar
from bt_assess.tui.widgets.rows import Row, RowList, blank, heading

NEW = "new"
Listed = tuple[list[StoredPlan], list[UnreadableFile]]


class Plans(Page):
    """A line for each plan, the newest first."""

    CSS_PATH = "plans.tcss"
    ABOUT = (
        "A plan leads from where you are to where you want to be, in three stages, and says what the"
        " organisation must be able to do for each. Enter opens one; n begins one, from an"
        " assessment or from nothing."
    )
    BINDINGS: ClassVar = [
        Binding("n", "new", "New plan", tooltip="Begin a plan"),
        Binding("a", "archive", "Put aside", tooltip="Into the archive, or back from there"),
        Binding("v", "turn", "Archive", tooltip="The plans put aside, or those in use"),
    ]

    def __init__(self, planning: Planning, there: Listed) -> None:
        """`there` is what the folder holds, for Enter to find a line from the first moment on."""
        super().__init__()
        self._planning = planning
        self._there: Listed | None = there
        self._archived = False
        self._is_busy = False
        self._looks = 0

    def bar(self) -> tuple[Content | str, Content | str]:
        left = "Plans put aside" if self._archived else "Plans"
        return Content.styled(left, "bold"), Content.styled("newest first", "$quiet")

    def body(self) -> Iterable[Widget]:
        with Vertical(id="page"):
            yield RowList()
            yield Static(
                Content.styled(
                    "From where we are to where we want to be, in three steps.", "$quiet"
                ),
                id="able",
                markup=False,
            )

    def on_mount(self) -> None:
        self.query_one(RowList).focus()

    def on_screen_resume(self) -> None:
        if self._there is not None:
            self._list(*self._there)
            self._there = None
        else:
            self.run_worker(self.show(), exclusive=True, group="list")

    async def show(self) -> None:
        """What the folder holds now."""
        self._looks += 1
        this = self._looks
        await self._planning.leave()
        read = self._planning.all
        found = await asyncio.to_thread(lambda: read(archived=self._archived))
        # One that began earlier can end later, and knows less.
        if this == self._looks:
            self._list(*found)

    def _list(self, found: list[StoredPlan], damaged: list[UnreadableFile]) -> None:
        rows = [self._row(stored) for stored in found]
        if not self._archived:
            rows += [blank()] if rows else []
            words = "A new plan" if rows else "Begin the first plan"
            rows.append(Row(lambda width: Content.styled(words, "bold"), NEW))
        elif not rows:
            rows = [Row(lambda width: Content.styled("  Nothing is put aside.", "$quiet"))]
        if damaged:
            rows += [blank(), heading("  Cannot be read as they are")]
            rows += [_damaged_row(fault) for fault in damaged]
        self.query_one(RowList).show(rows)
        self.query_one(TopBar).show(*self.bar())

    def _row(self, stored: StoredPlan) -> Row:
        plan = stored.thing
        views = stage_views(plan, self._planning.desk.now().date())
        whose = f" · {plan.organisation}" if plan.organisation else ""
        words = f"  {how_far(plan, views)}"

        def draw(width: int) -> Content:
            room = max(12, width - 13 - len(words))
            name = Content.assemble((plan.title, "bold"), whose).truncate(room, ellipsis=True)
            when = f"{date_words(plan.created):<13}"
            return Content.assemble((when, "$quiet"), name, (words, "$quiet"))

        return Row(draw, stored)

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        if event.value == NEW:
            self.action_new()
        elif isinstance(event.value, Stored):
            self._open(event.value)
        elif isinstance(event.value, ChangedByHand):
            self._accept(event.value)
        elif isinstance(event.value, UnreadableFile):
            self.notify(f"{event.value.path.name} {event.value.why}.", severity="warning")

    @contextmanager
    def _one_at_a_time(self) -> Iterator[bool]:
        """Whether nothing is being done already: a second press is impatience."""
        if self._is_busy or not on_top(self):
            yield False
            return
        self._is_busy = True
        try:
            yield True
        finally:
            self._is_busy = False

    @work(group="open")
    async def _open(self, stored: StoredPlan) -> None:
        with self._one_at_a_time() as free:
            if not free:
                return
            try:
                await self._planning.open(stored)
            except UnreadableFile as fault:
                self.notify(f"It {fault.why}.", severity="warning")
                await self.show()

    @work(group="open")
    async def _accept(self, fault: ChangedByHand[Any]) -> None:
        """A file changed by hand is shown first, and counts once somebody says so."""
        with self._one_at_a_time() as free:
            if free:
                await self._accepted(fault)

    async def _accepted(self, fault: ChangedByHand[Any]) -> None:
        if await self.app.push_screen_wait(
            AcceptChange(fault.path.name, self._planning.plans.words_of(fault.thing))
        ):
            try:
                await asyncio.to_thread(self._planning.plans.accept, fault)
            except (OutOfDate, InUseError) as error:
                text = str(error)
                self.notify(f"{text[:1].upper()}{text[1:]}.", severity="warning")
            except OSError as error:
                self.notify(f"Not saved: {reason(error)}.", severity="error")
            await self.show()

    def action_turn(self) -> None:
        self._archived = not self._archived
        self.run_worker(self.show(), exclusive=True, group="list")

    def action_archive(self) -> None:
        value = self.query_one(RowList).value
        if isinstance(value, Stored):
            self.run_worker(self._move(value))

    async def _move(self, stored: StoredPlan) -> None:
        try:
            await self._planning.move(stored, to_archive=not self._archived)
        except InUseError:
            self.notify("It is open in another window.", severity="warning")
        except OSError as error:
            self.notify(f"That did not work: {reason(error)}.", severity="error")
        else:
            words = "Back among the plans." if self._archived else "Put aside: v shows what is."
            self.notify(words)
        await self.show()

    def action_new(self) -> None:
        self.begin(None)

    @work(group="open")
    async def begin(self, items: Sequence[Compared] | None) -> None:
        """Ask what it begins with, its name and its first capabilities; then open it."""
        with self._one_at_a_time() as free:
            if free:
                await self._begun(items)

    async def _begun(self, items: Sequence[Compared] | None) -> None:
        desk = self._planning.desk
        if items is None:
            items = ()
            if rows := await asyncio.to_thread(rows_of_evidence, desk):
                title = "What shows where you are today?"
                found = await choose_evidence(
                    self.app, desk, [*rows, blank(), nothing_row()], title
                )
                if found is None:
                    return
                items = found
        about = "Where we want to be, where we are, three stages between, and what it takes."
        if any(positions_of(item) for item in items):
            about = "Its themes and places come from the assessment; the words are yours."
        elif items:
            about = "The assessment shows no places yet; the plan begins with it all the same."
        team = next((item.team for item in items if item.team), "")
        named: tuple[str, str] | None = await self.app.push_screen_wait(
            NamePlan(about, organisation=team)
        )
        if named is None:
            return
        points: tuple[BreakthroughPoint, ...] = ()
        if asked := suggested(desk.rubric, items):
            chosen: tuple[BreakthroughPoint, ...] | None = await self.app.push_screen_wait(
                ChoosePoints(asked, promised(items))
            )
            if chosen is None:
                return
            points = chosen
        try:
            await self._planning.begin(*named, items, points)
        except (Refused, ValidationError):
            self.notify("That cannot be its name.", severity="warning")
        except OSError as error:
            self.notify(f"Not saved: {reason(error)}.", severity="error")


def _damaged_row(fault: UnreadableFile) -> Row:
    return Row(
        lambda width: Content.assemble(
            ("! ", "bold $alert"), fault.path.name, (f"  {fault.why}", "$quiet")
        ),
        fault,
    )
