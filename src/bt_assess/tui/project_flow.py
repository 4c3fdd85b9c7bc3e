"""Breakthrough projects in the app: the board, one that is open, every edit saved and undone."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

from pydantic import ValidationError
from textual.app import App

from bt_assess.core.due import names_used
from bt_assess.core.fields import Refused
from bt_assess.core.plan import Plan
from bt_assess.core.project import Project
from bt_assess.core.project_edit import edited
from bt_assess.core.project_parts import Origin
from bt_assess.store.files import UnreadableFile, reason
from bt_assess.store.kept import ChangedByHand, InUseError, OutOfDate
from bt_assess.store.plans import PlansFolder
from bt_assess.store.projects import ProjectsFolder, StoredProject
from bt_assess.store.rounds import RoundsFolder
from bt_assess.tui.desk import Desk
from bt_assess.tui.screens.projects.board import Board
from bt_assess.tui.screens.projects.clock import Clock
from bt_assess.tui.screens.projects.dialogs import NameProject
from bt_assess.tui.screens.projects.page import ProjectPage

MOST_UNDONE = 500
"""How many edits are remembered to be undone."""
T = TypeVar("T")
_TROUBLE = (OutOfDate, InUseError, UnreadableFile, Refused, ValidationError, OSError)


@dataclass(frozen=True)
class Shelved:
    """The projects of a folder, and the files that cannot be used."""

    projects: tuple[StoredProject, ...] = ()
    damaged: tuple[UnreadableFile, ...] = ()


class OpenProject:
    """A project that is worked on: each edit goes to the one writer at once, and can be undone."""

    def __init__(
        self,
        desk: Desk,
        folder: ProjectsFolder,
        stored: StoredProject,
        *,
        names: tuple[str, ...] = (),
        before: int = 0,
        comes_from: str = "",
        read_only: bool = False,
    ) -> None:
        """`names` are to pick people from; `before` is how many projects have come to an end;
        `comes_from` is the breakthrough point or the capability behind it, in words."""
        self.desk = desk
        self.project = stored.thing
        self.before = before
        self.comes_from = comes_from
        self.read_only = read_only
        self.has_clash = False
        """Whether the file was changed elsewhere meanwhile, so that nothing can be saved."""
        self.clock = Clock()
        """The launch session's time, kept while one goes from block to block."""
        self._names = names
        self._folder = folder
        self._stored = stored
        self._undo: list[tuple[str, Project]] = []
        self._typed: object = None
        self._left = False
        self._farewell: asyncio.Task[None] | None = None
        self._one_writer = Lock()
        if not read_only:
            desk.drafts[stored.path] = self

    @property
    def path(self) -> Path:
        return self._stored.path

    @property
    def today(self) -> date:
        return self.desk.now().date()

    @property
    def names(self) -> tuple[str, ...]:
        """People to pick from: those of this project first."""
        return tuple(dict.fromkeys((*self.project.people(), *self._names)))

    def edit(
        self, new: Project, what: str, *, typed: object = None, because: str | None = None
    ) -> bool:
        """Take `new` in the place of the project and save it; False when nothing changes.

        Letters typed into one field (`typed`) are one edit to undo. `because` is the obstacle that
        another goal answers. Raises Refused for what cannot be of today.
        """
        if self.read_only or new is self.project:
            return False
        is_more = typed is not None and typed == self._typed
        first = self._undo[-1][1] if is_more else self.project
        new = edited(new, self.today, last=self.project, first=first, because=because)
        if not is_more:
            self._undo = [*self._undo[-MOST_UNDONE:], (what, self.project)]
        self._typed = typed
        self._take(new)
        return True

    def leave_field(self) -> None:
        """What is typed from here on is an edit of its own."""
        self._typed = None

    @property
    def undoable(self) -> str | None:
        """What undoing would take back."""
        return self._undo[-1][0] if self._undo else None

    def undo(self) -> str | None:
        """Take the last edit back; what it was, None where there is none."""
        if not self._undo:
            return None
        what, old = self._undo.pop()
        self._typed = None
        self._take(self.project.back_to(old))
        return what

    def _take(self, new: Project) -> None:
        self.project = new
        # The writer only asks for a revision, which projects count as sessions do.
        self.desk.saver.submit(self.path, new)

    def save(self, project: Project) -> None:
        """Write it: called by the writer, in its thread. Raises OSError, and is asked again then."""
        with self._one_writer:
            try:
                self._stored = self._folder.save(self._stored, project)
            except OutOfDate:
                self.has_clash = True
                raise OSError(0, "its file was changed elsewhere") from None
            except InUseError as error:
                raise OSError(0, str(error) or "it is open in another window") from error
            self.has_clash = False

    # Changed elsewhere while it was open

    def theirs(self) -> Project:
        """What the file says now. Raises UnreadableFile; for a thread."""
        try:
            return self._folder.read(self.path).thing
        except ChangedByHand as fault:
            found: Project = fault.thing
            return found

    async def overrule(self) -> str:
        """The project of this window counts; the name of a copy of the other. Raises OSError."""
        copy = await self._settled(self._overruled, self.project)
        return copy.name if copy else ""

    def _overruled(self, project: Project) -> Path | None:
        with self._one_writer:
            self._stored, copy = self._folder.overrule(self._stored, project)
        return copy

    async def give_way(self) -> None:
        """The project of the file counts; this window's comes back by undo.

        Raises UnreadableFile, OutOfDate, InUseError or OSError.
        """
        mine = self.project
        await self._settled(self._taken_over)
        self._undo = [*self._undo[-MOST_UNDONE:], ("what the file said", mine)]
        self._typed = None
        self.project = self._stored.thing

    def _taken_over(self) -> None:
        with self._one_writer:
            try:
                self._stored = self._folder.read(self.path)
            except ChangedByHand as fault:
                self._stored = self._folder.accept(fault)

    async def _settled(self, settle: Callable[..., T], *given: Any) -> T:
        """Nothing else is written meanwhile: a late try would write the other one over."""
        self.desk.saver.forget(self.path)
        await self.desk.saver.drain()
        try:
            found = await asyncio.to_thread(settle, *given)
        except BaseException:
            self.desk.saver.submit(self.path, self.project)
            raise
        self.has_clash = False
        return found

    def leave(self) -> None:
        """Give it back to others, as soon as all of it is on disk."""
        self._left = True
        if not self.read_only and not self._release():
            self._farewell = asyncio.create_task(self._leave())

    def stay(self) -> None:
        """Somebody came back before it could be given back."""
        self._left = False

    async def _leave(self) -> None:
        # Without room on the disk it stays ours, and is tried again until the app ends.
        while not self._release() and await self.desk.saver.drain():
            pass

    def _release(self) -> bool:
        """Let go of it, where nothing of it waits; whether that is done."""
        saver = self.desk.saver
        state = saver.state(self.path)
        if state is not None and not state.is_saved:
            return False
        if self._left and self.desk.drafts.get(self.path) is self:
            saver.forget(self.path)
            del self.desk.drafts[self.path]
            self._folder.release(self._stored)
        return True


class ProjectFlow:
    """From Home to the board, from there to one project, and back."""

    def __init__(self, app: App[Any], desk: Desk) -> None:
        self.app = app
        self.desk = desk
        self.folder = ProjectsFolder(desk.where.path)
        self._busy = False

    async def enter(self) -> None:
        """The board, with Home behind it."""
        while len(self.app.screen_stack) > 1:
            await self.app.pop_screen()
        await asyncio.to_thread(self.folder.sweep)
        await self.app.push_screen(Board(self, await self.shelved()))

    async def shelved(self, *, archived: bool = False) -> Shelved:
        """What there is now, the newest first; what was just edited is on disk before."""
        await self.desk.saver.drain()
        try:
            found, damaged = await asyncio.to_thread(self.folder.all, archived=archived)
        except OSError as error:
            self.tell(error)
            return Shelved()
        return Shelved(tuple(found), tuple(damaged))

    async def open(self, stored: StoredProject, *, then: str = "", part: str = "") -> None:
        """Open its page; where another window has it, to be read. `then` is an action of the page,
        `part` the kind of what is due whose part is marked."""
        if self._busy:
            return
        self._busy = True
        try:
            await self._open(stored, then, part)
        finally:
            self._busy = False

    async def _open(self, stored: StoredProject, then: str, part: str) -> None:
        if (waiting := self.desk.drafts.get(stored.path)) is not None:
            # It was left while its last words could not be written: they are still there.
            waiting.stay()
            await self._show(waiting, then, part)
            return
        read_only = False
        try:
            try:
                stored = await asyncio.to_thread(self.folder.hold, stored)
            except InUseError:
                read_only = True
                self.app.notify("This project is open in another window, so it is to be read here.")
            names, before, comes_from = await asyncio.to_thread(self._around, stored.thing)
        except _TROUBLE as error:
            self.tell(error)
            return
        work = OpenProject(
            self.desk, self.folder, stored, names=names, before=before, comes_from=comes_from,
            read_only=read_only,
        )  # fmt: skip
        await self._show(work, then, part)

    async def _show(self, work: OpenProject, then: str, part: str) -> None:
        page = ProjectPage(work, part)
        await self.app.push_screen(page)
        if then:
            await page.run_action(then)

    def _around(self, this: Project) -> tuple[tuple[str, ...], int, str]:
        """Names that are used in the folder, how many other projects have been reported, and what
        this one comes from."""
        projects = [s.thing for way in (False, True) for s in self.folder.all(archived=way)[0]]
        plans = [stored.thing for stored in PlansFolder(self.desk.where.path).all()[0]]
        rounds = [stored.round for stored in RoundsFolder(self.desk.where.path).all()[0]]
        done = sum(1 for project in projects if project.report.on and project.id != this.id)
        return names_used(plans, projects, rounds), done, self._comes_from(this.origin, plans)

    def _comes_from(self, origin: Origin | None, plans: Sequence[Plan]) -> str:
        """The capability or the breakthrough point in words; empty where it is gone."""
        if origin is None:
            return ""
        for plan in plans:
            if plan.id == origin.plan and (found := plan.capability(origin.capability or "")):
                return f"From the plan {plan.title}: {found.name}"
        points = (point for theme in self.desk.rubric.themes for point in theme.points)
        text = next((point.text for point in points if point.id == origin.point), "")
        return f"From the breakthrough point: {text}" if text else ""

    async def create(
        self, title: str, *, organisation: str = "", origin: Origin | None = None
    ) -> None:
        """A new project, and its page; `origin` is the breakthrough point or capability behind it."""
        today = self.desk.now().date()

        def make() -> StoredProject:
            return self.folder.new(title, today, origin=origin, organisation=organisation)

        if (stored := await self._tried(asyncio.to_thread(make))) is not None:
            await self.open(stored)

    def begin(self, origin: Origin, about: str, organisation: str = "") -> None:
        """A new project of a breakthrough point or a capability; `about` is that in words."""

        def make(title: str | None) -> None:
            if title:
                making = self.create(title, organisation=organisation, origin=origin)
                self.app.run_worker(making)

        self.app.push_screen(NameProject(about), make)

    async def move(self, stored: StoredProject, *, to_archive: bool) -> bool:
        """Put it aside, or take it back."""
        moving = asyncio.to_thread(self.folder.move, stored, to_archive=to_archive)
        return await self._tried(moving) is not None

    async def accept(self, fault: ChangedByHand[Project]) -> bool:
        """Take a file that was changed by hand as it is."""
        return await self._tried(asyncio.to_thread(self.folder.accept, fault)) is not None

    async def _tried(self, doing: Awaitable[StoredProject]) -> StoredProject | None:
        try:
            return await doing
        except _TROUBLE as error:
            self.tell(error)
            return None

    def tell(self, error: Exception) -> None:
        self.app.notify(in_words(error), severity="warning")


def in_words(error: Exception) -> str:
    """What went wrong, in a sentence."""
    match error:
        case InUseError():
            return "This project is open in another window."
        case ValidationError():
            return "That does not fit there."
        case OSError():
            return f"That did not work: {(error.strerror and reason(error)) or error}."
    text = str(error)
    return f"{text[:1].upper()}{text[1:]}."
