"""Plans on this laptop: opened, held for this window, saved behind every edit, taken back."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from textual.app import App

from bt_assess.core.compared import Compared, Kind, of_session
from bt_assess.core.due import names_used
from bt_assess.core.plan import Plan
from bt_assess.core.plan_gap import measured, ref_of, same_people
from bt_assess.core.rubric import BreakthroughPoint
from bt_assess.core.saved_comparison import Ref
from bt_assess.report.words import date_words, who
from bt_assess.store.files import UnreadableFile
from bt_assess.store.folder import InUseError
from bt_assess.store.kept import ChangedByHand, OutOfDate
from bt_assess.store.measured import measuring, named, taken_up
from bt_assess.store.plans import PlansFolder, StoredPlan
from bt_assess.store.projects import ProjectsFolder
from bt_assess.store.round_file import StoredRound
from bt_assess.store.rounds import RoundsFolder
from bt_assess.store.session_file import StoredSession
from bt_assess.tui.comparing_flow import REVEALED
from bt_assess.tui.desk import Desk
from bt_assess.tui.saving import SaveState

MOST_UNDONE = 200
"""How many edits can be taken back."""


class OpenPlan:
    """The plan somebody works on. Every edit goes through here: made, remembered, saved.

    When another window has it open, or the folder cannot be written, `read_only` says so and
    nothing changes.
    """

    def __init__(self, desk: Desk, plans: PlansFolder, stored: StoredPlan) -> None:
        """Raises UnreadableFile when it is damaged meanwhile."""
        self.desk = desk
        self._plans = plans
        self.read_only: str | None = None
        self.names: tuple[str, ...] = ()
        self.unread: tuple[StoredRound, ...] = ()
        """Newer rounds of the same team: they count once their passphrase was given."""
        self.sources: dict[Ref, str] = {}
        """What the sessions and rounds are called that the plan has been measured by."""
        self.has_clash = False
        """Whether the file was changed elsewhere meanwhile, so that nothing can be saved."""
        self._undo: list[tuple[str, Plan]] = []
        self._redo: list[tuple[str, Plan]] = []
        self._typed: object = None
        try:
            stored = plans.hold(stored)
        except InUseError:
            self.read_only = "This plan is open in another window. You can read, not change it."
        except UnreadableFile:
            raise
        except OSError:
            self.read_only = "This folder cannot be written to. You can read, not change it."
        self._stored = stored
        self.path = stored.path
        self.plan: Plan = stored.thing
        if self.read_only is None:
            desk.drafts[self.path] = self

    @property
    def today(self) -> date:
        return self.desk.now().date()

    @property
    def saving(self) -> SaveState | None:
        """How far saving has come; None when nothing was changed."""
        return self.desk.saver.state(self.path)

    def change(self, plan: Plan, what: str, *, is_one: bool = False, typed: object = None) -> bool:
        """Keep an edit; `what` is what it was, for undo. With `is_one`, edits of the same thing one
        after another are taken back together, and so are letters typed into one field (`typed`).
        Whether anything has changed."""
        if self.read_only or plan is self.plan:
            return False
        goes_on = typed is not None and typed == self._typed
        if not goes_on and not (is_one and self._undo and self._undo[-1][0] == what):
            self._undo = [*self._undo, (what, self.plan)][-MOST_UNDONE:]
        elif plan.back_to(self._undo[-1][1]) is plan:
            self._undo.pop()  # As it was: nothing is left to be taken back.
            typed = None
        self._typed = typed
        self._redo = []
        self._take(plan)
        return True

    def leave_field(self) -> None:
        """What is typed from here on is an edit of its own."""
        self._typed = None

    def undo(self) -> str | None:
        """Take the last edit back; what it was, or None."""
        return self._back(self._undo, self._redo)

    def redo(self) -> str | None:
        """Make the edit again that was taken back last; what it was, or None."""
        return self._back(self._redo, self._undo)

    def _back(self, taken: list[tuple[str, Plan]], kept: list[tuple[str, Plan]]) -> str | None:
        if not taken or self.read_only:
            return None
        self._typed = None
        what, old = taken.pop()
        kept.append((what, self.plan))
        self._take(self.plan.back_to(old))
        return what

    def _take(self, plan: Plan) -> None:
        self.plan = plan
        self.desk.saver.submit(self.path, plan)

    def save(self, plan: Plan) -> None:
        """Write it: for the one writer, in its thread. Raises OSError."""
        try:
            self._stored = self._plans.save(self._stored, plan)
        except OutOfDate:
            self.has_clash = True
            raise OSError(0, "its file was changed elsewhere") from None
        except InUseError as error:
            raise OSError(0, str(error)) from None
        self.has_clash = False

    def theirs(self) -> Plan:
        """What the file says now. Raises UnreadableFile; for a thread."""
        try:
            return self._plans.read(self.path).thing
        except ChangedByHand as fault:
            found: Plan = fault.thing
            return found

    async def overrule(self) -> Path | None:
        """The plan of this window counts; where a copy of the other one is. Raises OSError."""
        async with self._settling():
            self._stored, copy = await asyncio.to_thread(
                self._plans.overrule, self._stored, self.plan
            )
        return copy

    async def give_way(self) -> None:
        """The plan of the file counts; this window's comes back by undo.

        Raises UnreadableFile, OutOfDate, InUseError or OSError.
        """
        async with self._settling():
            self._stored = await asyncio.to_thread(self._taken_over)
            self._undo = [*self._undo, ("what the file said", self.plan)][-MOST_UNDONE:]
            self._redo = []
            self._typed = None
            self.plan = self._stored.thing

    def _taken_over(self) -> StoredPlan:
        try:
            return self._plans.read(self.path)
        except ChangedByHand as fault:
            return self._plans.accept(fault)

    @asynccontextmanager
    async def _settling(self) -> AsyncIterator[None]:
        """Nothing is being written meanwhile: the writer would not know which of the two counts."""
        await self.desk.saver.drain()
        self.desk.saver.forget(self.path)
        try:
            yield
            self.has_clash = False
        finally:
            if self.plan is not self._stored.thing:
                self.desk.saver.submit(self.path, self.plan)

    def catch_up(self) -> "News":
        """What others did meanwhile. Reads files: for a thread."""
        desk, plan = self.desk, self.plan
        rounds, _ = RoundsFolder(desk.where.path).all()
        known = measuring(desk.catalogue, desk.rubric, [plan])
        usable = [r for r in rounds if r.round.rubric.id == desk.rubric.id]
        told = [_sealed(r) for r in usable]
        news = measured(plan, [*known.items, *told], aside=known.aside)
        have = {event.ref for event in news.measurements}
        new = {i.id for i in same_people(plan, told) if ref_of(i) not in have}
        unread = tuple(r for r in usable if r.round.id in new and r.round.step in REVEALED)
        all_plans, _ = self._plans.all()
        projects, _ = ProjectsFolder(desk.where.path).all()
        names = names_used(
            [s.thing for s in all_plans], [s.thing for s in projects], [s.round for s in rounds]
        )
        # Of who was measured from another base the history tells as well.
        others = {event.ref for event in plan.history if event.ref} - {
            ref_of(i) for i in known.items
        }
        sessions = (*known.items, *named(desk.catalogue, desk.rubric, others))
        called = {
            **{ref_of(i): f"{who(i.session)}, {date_words(i.when)}" for i in sessions if i.session},
            **{ref_of(i): f"{i.name}, {date_words(i.when)}" for i in told},
        }
        return News(news, names, unread, called)

    async def take_up(self) -> bool:
        """Take up new sessions by itself; whether there was anything new."""
        before = self.plan
        news = await asyncio.to_thread(self.catch_up)
        self.names, self.unread, self.sources = news.names, news.unread, dict(news.called)
        if news.plan is before or self.plan is not before:
            return False
        if self.read_only:
            self.plan = news.plan
        else:
            self._take(news.plan)
        # Why a theme had no place is filled in without a word.
        return _measured_as(news.plan) != _measured_as(before)

    def measure(self, items: Iterable[Compared]) -> bool:
        """Take up rounds that were opened just now; whether there was anything new."""
        rounds, _ = RoundsFolder(self.desk.where.path).all()
        opened = tuple(items)
        mine = [_sealed(r) for r in rounds if r.round.id not in {i.id for i in opened}]
        plan = measured(self.plan, [*mine, *opened])
        read = {item.id for item in opened}
        self.unread = tuple(r for r in self.unread if r.round.id not in read)
        return self.change(plan, "what a newer round shows")

    async def close(self) -> bool:
        """Leave it to others once the last edit is on disk; whether it is."""
        if self.read_only:
            return True
        state = self.desk.saver.state(self.path)
        if state is not None and not state.is_saved:
            await self.desk.saver.drain()
            state = self.desk.saver.state(self.path)
            if state is not None and not state.is_saved:
                return False
        self.desk.saver.forget(self.path)
        self.desk.drafts.pop(self.path, None)
        self._plans.release(self._stored)
        return True


class News(NamedTuple):
    """What others did meanwhile.

    `plan` has what was measured since; `names` were used as owners; `unread` are rounds that would
    have to be opened; `called` says what sessions and rounds are called.
    """

    plan: Plan
    names: tuple[str, ...]
    unread: tuple[StoredRound, ...]
    called: dict[Ref, str]


def _measured_as(plan: Plan) -> list[tuple[Ref | None, Mapping[str, float]]]:
    return [(event.ref, event.positions) for event in plan.measurements]


def _sealed(stored: StoredRound) -> Compared:
    """A round without its figures: whose it is can be told without its passphrase."""
    round_ = stored.round
    return Compared(
        kind=Kind.ROUND, id=round_.id, name=round_.title, team=round_.team, when=round_.created,
        rubric=round_.rubric, round=round_, standings=(),
    )  # fmt: skip


class Planning:
    """Leads from the list of plans to one of them and back."""

    def __init__(self, app: App[Any], desk: Desk) -> None:
        self.app = app
        self.desk = desk
        self.plans = PlansFolder(desk.where.path)
        self._open: OpenPlan | None = None
        self._unsaved: dict[Path, OpenPlan] = {}
        """Plans that were left and could not be saved yet."""
        self._is_busy = False

    async def enter(
        self, sessions: Sequence[StoredSession] = (), items: Sequence[Compared] = ()
    ) -> None:
        """The plans there are; or a new one, from these sessions or an open round."""
        from bt_assess.tui.screens.plans.listed import Plans

        if self._is_busy:
            return
        self._is_busy = True
        try:
            await self.leave()
            await asyncio.to_thread(self.plans.sweep)
            scored = await asyncio.to_thread(
                lambda: [of_session(self.desk.rubric, s.session) for s in sessions]
            )
            page = Plans(self, await asyncio.to_thread(self.all))
            await self.app.push_screen(page)
        finally:
            self._is_busy = False
        if found := [*items, *scored]:
            page.begin(found)

    def all(self, *, archived: bool = False) -> tuple[list[StoredPlan], list[UnreadableFile]]:
        """The plans as opening them shows each, and files that cannot be used: for a thread."""
        found, damaged = self.plans.all(archived=archived)
        desk = self.desk
        plans = taken_up(desk.catalogue, desk.rubric, [stored.thing for stored in found])
        return [
            replace(stored, thing=plan) for stored, plan in zip(found, plans, strict=True)
        ], damaged

    async def leave(self) -> None:
        """The plan is not worked with any more; one that cannot be saved stays with us."""
        if self._open is not None:
            self._unsaved[self._open.path] = self._open
            self._open = None
        for path, work in list(self._unsaved.items()):
            if await work.close():
                self._unsaved.pop(path, None)

    async def begin(
        self,
        title: str,
        organisation: str,
        evidence: Sequence[Compared],
        points: Sequence[BreakthroughPoint],
    ) -> None:
        """A new plan, on disk and open. Raises OSError or ValueError."""
        today = self.desk.now().date()
        stored = await asyncio.to_thread(
            lambda: self.plans.new(
                title, today, organisation=organisation, evidence=evidence, points=points
            )
        )
        await self.open(stored)

    async def open(self, stored: StoredPlan, part: str = "") -> None:
        """Show a plan, with what was measured since, at a `part` of it. Raises UnreadableFile."""
        from bt_assess.tui.screens.plans.page import PlanPage

        await self.leave()
        work = self._unsaved.pop(stored.path, None)
        if work is None:
            work = await asyncio.to_thread(OpenPlan, self.desk, self.plans, stored)
        self._open = work
        has_news = await work.take_up()
        page = PlanPage(self, work, part)
        await self.app.push_screen(page)
        page.open_action()
        if work.read_only:
            self.app.notify(work.read_only, severity="warning")
        elif work.unread:
            self.app.notify("There is a newer round of this team: m takes it up.")
        elif has_news:
            self.app.notify("A newer assessment is taken up: see the gap, g.")

    async def move(self, stored: StoredPlan, *, to_archive: bool) -> StoredPlan:
        """Into the archive or back. Raises InUseError or OSError."""
        await self.leave()
        return await asyncio.to_thread(self.plans.move, stored, to_archive=to_archive)


def without_point(plan: Plan, points: Iterable[BreakthroughPoint]) -> list[BreakthroughPoint]:
    """The points that the plan has no capability of yet."""
    taken = {capability.point for capability in plan.capabilities}
    return [point for point in points if point.id not in taken]
