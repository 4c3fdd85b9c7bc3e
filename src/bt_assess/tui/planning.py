"""Plans on this laptop: opened, held for this window, saved behind every edit, taken back."""

import asyncio
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from textual.app import App

from bt_assess.core.compared import Compared, Kind, of_session
from bt_assess.core.due import names_used
from bt_assess.core.plan import Plan
from bt_assess.core.plan_gap import measured, ref_of, same_people
from bt_assess.core.rubric import BreakthroughPoint
from bt_assess.core.saved_comparison import MOST_COMPARED
from bt_assess.store.catalogue_queries import Wanted
from bt_assess.store.files import UnreadableFile
from bt_assess.store.folder import InUseError
from bt_assess.store.kept import OutOfDate
from bt_assess.store.plans import PlansFolder, StoredPlan
from bt_assess.store.projects import ProjectsFolder
from bt_assess.store.round_file import StoredRound
from bt_assess.store.rounds import RoundsFolder
from bt_assess.store.session_file import StoredSession
from bt_assess.store.shelf import opened as opened_session
from bt_assess.tui.comparing_flow import REVEALED, looked_up
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
        self._desk = desk
        self._plans = plans
        self.read_only: str | None = None
        self.names: tuple[str, ...] = ()
        self.unread: tuple[StoredRound, ...] = ()
        """Newer rounds of the same team: they count once their passphrase was given."""
        self._undo: list[tuple[str, Plan]] = []
        self._redo: list[tuple[str, Plan]] = []
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
        return self._desk.now().date()

    @property
    def saving(self) -> SaveState | None:
        """How far saving has come; None when nothing was changed."""
        return self._desk.saver.state(self.path)

    def change(self, plan: Plan, what: str, *, is_one: bool = False) -> bool:
        """Keep an edit; `what` is what it was, for undo. With `is_one`, edits of the same thing one
        after another are taken back together. Whether anything has changed."""
        if self.read_only or plan is self.plan:
            return False
        if not (is_one and self._undo and self._undo[-1][0] == what):
            self._undo = [*self._undo, (what, self.plan)][-MOST_UNDONE:]
        self._redo = []
        self._take(plan)
        return True

    def undo(self) -> str | None:
        """Take the last edit back; what it was, or None."""
        return self._back(self._undo, self._redo)

    def redo(self) -> str | None:
        """Make the edit again that was taken back last; what it was, or None."""
        return self._back(self._redo, self._undo)

    def _back(self, taken: list[tuple[str, Plan]], kept: list[tuple[str, Plan]]) -> str | None:
        if not taken or self.read_only:
            return None
        what, old = taken.pop()
        kept.append((what, self.plan))
        self._take(self.plan.back_to(old))
        return what

    def _take(self, plan: Plan) -> None:
        self.plan = plan
        self._desk.saver.submit(self.path, plan)

    def save(self, plan: Plan) -> None:
        """Write it: for the one writer, in its thread. Raises OSError."""
        try:
            self._stored = self._plans.save(self._stored, plan)
        except (OutOfDate, InUseError) as error:
            raise OSError(0, str(error)) from None

    def catch_up(self) -> tuple[Plan, tuple[str, ...], tuple[StoredRound, ...]]:
        """The plan with what was measured since, the names used before, and the rounds that would
        have to be opened. Reads files: for a thread."""
        desk, plan = self._desk, self.plan
        rounds, _ = RoundsFolder(desk.where.path).all()
        items, _gone = looked_up(desk, plan.reality.evidence)
        sessions = [s for s in items if isinstance(s, StoredSession)]
        known = {s.session.id: of_session(desk.rubric, s.session) for s in sessions}
        for stored in sessions:
            theirs = Wanted(
                finished=True, rubric_id=desk.rubric.id, respondent=stored.session.respondent,
                team=stored.session.team,
            )  # fmt: skip
            for listed in desk.catalogue.page(0, MOST_COMPARED, theirs):
                found = opened_session(desk.catalogue, listed, desk.rubric)
                if found is not None and found.session.id not in known:
                    known[found.session.id] = of_session(desk.rubric, found.session)
        usable = [r for r in rounds if r.round.rubric.id == desk.rubric.id]
        told = [_sealed(r) for r in usable]
        have = {event.ref for event in plan.measurements}
        new = {i.id for i in same_people(plan, told) if ref_of(i) not in have}
        unread = tuple(r for r in usable if r.round.id in new and r.round.step in REVEALED)
        all_plans, _ = self._plans.all()
        projects, _ = ProjectsFolder(desk.where.path).all()
        names = names_used(
            [s.thing for s in all_plans], [s.thing for s in projects], [s.round for s in rounds]
        )
        return measured(plan, known.values()), names, unread

    async def take_up(self) -> bool:
        """Take up new sessions by itself; whether there was anything new."""
        before = self.plan
        plan, self.names, self.unread = await asyncio.to_thread(self.catch_up)
        if plan is before or self.plan is not before:
            return False
        if self.read_only:
            self.plan = plan
        else:
            self._take(plan)
        return True

    def measure(self, items: Iterable[Compared]) -> bool:
        """Take up rounds that were opened just now; whether there was anything new."""
        rounds, _ = RoundsFolder(self._desk.where.path).all()
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
        state = self._desk.saver.state(self.path)
        if state is not None and not state.is_saved:
            await self._desk.saver.drain()
            state = self._desk.saver.state(self.path)
            if state is not None and not state.is_saved:
                return False
        self._desk.saver.forget(self.path)
        self._desk.drafts.pop(self.path, None)
        self._plans.release(self._stored)
        return True


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

    async def enter(self, sessions: Sequence[StoredSession] = ()) -> None:
        """The plans there are; or a new one, from these sessions."""
        from bt_assess.tui.screens.plans.listed import Plans

        await self.leave()
        await asyncio.to_thread(self.plans.sweep)
        page = Plans(self)
        await self.app.push_screen(page)
        if sessions:
            items = await asyncio.to_thread(
                lambda: [of_session(self.desk.rubric, s.session) for s in sessions]
            )
            page.begin(items)

    async def leave(self) -> None:
        """The plan is not worked with any more; one that cannot be saved stays with us."""
        if self._open is not None and await self._open.close():
            self._open = None

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

    async def open(self, stored: StoredPlan) -> None:
        """Show a plan, with what was measured since. Raises UnreadableFile."""
        from bt_assess.tui.screens.plans.page import PlanPage

        await self.leave()
        if self._open is None or self._open.path != stored.path:
            self._open = await asyncio.to_thread(OpenPlan, self.desk, self.plans, stored)
        work = self._open
        has_news = await work.take_up()
        await self.app.push_screen(PlanPage(self, work))
        if work.read_only:
            self.app.notify(work.read_only, severity="warning")
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
