"""The board: every project in its phase, what is late marked."""

from collections.abc import Iterable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from bt_assess.core.due import due
from bt_assess.core.forecast import how_far, live_readings, so_far
from bt_assess.core.project import Project
from bt_assess.report.plan_words import share_words
from bt_assess.report.summary import plural
from bt_assess.store.files import UnreadableFile
from bt_assess.store.kept import ChangedByHand
from bt_assess.store.projects import StoredProject
from bt_assess.tui.page import Page
from bt_assess.tui.screens.projects import words
from bt_assess.tui.screens.projects.board_cards import Card, Cards, Group
from bt_assess.tui.widgets.bar import TopBar

if TYPE_CHECKING:
    from bt_assess.tui.project_flow import ProjectFlow, Shelved

_EMPTY = (
    "A breakthrough project is one result, one team, eight to ten weeks. A leader names an important"
    " part of the work where results are missing and business as usual will not mend it. The team that"
    " does the job tries things out until they work. It begins with a launch session of a few hours."
    "\n\nPress n to choose the first one."
)


MOST_LINES = 2
"""Lines that each part of a card may take."""
LEAST_TITLE = 24
"""A title that would have less room than this has that of the leader's name."""


class Board(Page):
    """Columns by phase where there is room; headings one below the other where there is not."""

    CSS_PATH = "projects.tcss"
    ABOUT = (
        "Every project stands under its phase, worked out from its dates and from what is there. The"
        " arrow keys move the mark, Enter opens a project. ! marks one of which something is late."
    )
    BINDINGS: ClassVar = [
        Binding("n", "new", "New", tooltip="Begin to choose a new project"),
        Binding("s", "stop", "Stop", tooltip="Stop the marked project"),
        Binding("s", "go_on", "Take up again", tooltip="Take the marked project up again"),
        Binding("a", "archive", "Archive", tooltip="Put the marked project aside, or take it back"),
        Binding("v", "turn", "The archive", tooltip="Show the archive, or what is not in it"),
        Binding("escape", "back", "Home", tooltip="Home"),
    ]

    def __init__(self, flow: "ProjectFlow", shelved: "Shelved") -> None:
        super().__init__()
        self._flow = flow
        self._shelved = shelved
        self._archived = False
        self._looks = 0
        self._seen = False

    def body(self) -> Iterable[Widget]:
        with Vertical(id="page"):
            yield Static(_EMPTY, id="empty", markup=False)
            yield Cards()

    def on_mount(self) -> None:
        cards = self.query_one(Cards)
        cards.focus()
        # What the keys do depends on which project is marked.
        self.watch(cards, "picked", self.refresh_bindings, init=False)

    def on_screen_resume(self) -> None:
        if self._seen:
            self.run_worker(self._look(), exclusive=True, group="look")
        self._seen = True

    def on_resize(self) -> None:
        self.call_after_refresh(self._show)

    async def _look(self) -> None:
        self._looks += 1
        this = self._looks
        found = await self._flow.shelved(archived=self._archived)
        # One that began earlier can end later, and knows less.
        if this == self._looks:
            self._shelved = found
            self._show()

    @property
    def _marked(self) -> StoredProject | None:
        cards = self.query(Cards)
        value = cards.first().value if cards else None
        found = (stored for stored in self._shelved.projects if stored.path == value)
        return next(found, None)

    def _show(self) -> None:
        projects, today = self._shelved.projects, self._flow.desk.now().date()
        where = plural(len(projects), "project") if projects else ""
        if self._archived:
            where = "the archive"
        self.query_one(TopBar).show(
            Content.styled("Projects", "bold"), Content.styled(where, "$quiet")
        )
        nothing = not projects and not self._shelved.damaged
        empty = self.query_one("#empty", Static)
        empty.display = nothing
        empty.update("Nothing has been put aside." if self._archived else _EMPTY)
        self.query_one(Cards).set_class(nothing, "-empty")
        groups = []
        for name, phases in words.COLUMNS:
            here = [s for s in projects if s.thing.phase(today) in phases]
            groups.append(Group(name, tuple(_card(stored, self._flow) for stored in here)))
        damaged = tuple(_damaged(fault) for fault in self._shelved.damaged)
        groups.append(Group("Cannot be read as they are", damaged, lone=True))
        self.query_one(Cards).show(groups, in_columns=self.is_wide)
        self.refresh_bindings()

    # What can be done

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys that mean nothing on an empty board are not shown; `s` says what it would do."""
        if action not in ("stop", "go_on", "archive"):
            return True
        if not self._shelved.projects:
            return False
        is_stopped = (stored := self._marked) is not None and stored.thing.stopped is not None
        return action == "archive" or is_stopped == (action == "go_on")

    def on_marked_chosen(self, event: Cards.Chosen) -> None:
        event.stop()
        if (stored := self._marked) is not None:
            self.app.run_worker(self._flow.open(stored))
        elif isinstance(event.value, ChangedByHand):
            self._ask_to_accept(event.value)
        elif isinstance(event.value, UnreadableFile):
            self.notify(f"{event.value.path.name} {event.value.why}.", severity="warning")

    def _ask_to_accept(self, fault: ChangedByHand[Project]) -> None:
        from bt_assess.tui.screens.confirm import Confirm
        from bt_assess.tui.screens.projects.settle import in_short

        text = "\n".join((
            f"{fault.path.name} was changed by hand, or damaged. It says now:", "",
            *in_short(fault.thing), "", "Take it as it is only if you know who changed it.",
        ))  # fmt: skip

        def decide(sure: bool | None) -> None:
            if sure:
                self.run_worker(self._then_look(self._flow.accept(fault)))

        self.app.push_screen(Confirm("Take this project as it is?", text, "Take it"), decide)

    def action_new(self) -> None:
        from bt_assess.tui.screens.projects.dialogs import NameProject

        def begin(title: str | None) -> None:
            if title:
                self.app.run_worker(self._flow.create(title))

        self.app.push_screen(NameProject(), begin)

    def action_stop(self) -> None:
        """Stopping asks why, and that is asked on the project's own page."""
        if (stored := self._marked) is not None:
            self.app.run_worker(self._flow.open(stored, then="stop"))

    def action_go_on(self) -> None:
        """Whether it goes on is seen on its own page, too."""
        if (stored := self._marked) is not None:
            self.app.run_worker(self._flow.open(stored, then="go_on"))

    def action_archive(self) -> None:
        if (stored := self._marked) is not None:
            self.run_worker(self._move(stored))

    async def _move(self, stored: StoredProject) -> None:
        if await self._flow.move(stored, to_archive=not self._archived):
            where = "back on the board" if self._archived else "in the archive: v shows it"
            self.notify(f"{stored.thing.title} is {where}.")
        await self._look()

    async def _then_look(self, doing: object) -> None:
        await doing  # type: ignore[misc]
        await self._look()

    def action_turn(self) -> None:
        self._archived = not self._archived
        self.run_worker(self._look(), exclusive=True, group="look")


def _card(stored: StoredProject, flow: "ProjectFlow") -> Card:
    return Card(
        partial(_lines, stored.thing, flow), partial(_line, stored.thing, flow), stored.path
    )


def _is_late(project: Project, flow: "ProjectFlow") -> bool:
    return any(each.late for each in due((), [project], (), flow.desk.now().date()))


def _how_it_goes(project: Project, today: date) -> str:
    goal, project = project.wanted, so_far(project, today)
    if goal.from_ is None or goal.to is None:
        return goal.measure or "no result wanted yet"
    readings = live_readings(project)
    if not readings:
        return f"{words.figure(goal.from_)} → {words.figure(goal.to)} {goal.unit}"
    far = how_far(project).progress
    done = "" if far is None else f" · {share_words(far)}"
    return f"{words.figure(readings[-1].value)}, goal {words.figure(goal.to)}{done}"


def _lines(project: Project, flow: "ProjectFlow", width: int) -> list[Content]:
    today = flow.desk.now().date()
    parts = [
        _title(project, flow),
        Content(_how_it_goes(project, today)),
        Content.styled(words.phase_words(project, today), "$quiet"),
        Content.styled(project.leader, "$quiet"),
    ]
    lines = [line for part in parts if part.plain for line in part.wrap(width)[:MOST_LINES]]
    return [line.truncate(width, ellipsis=True) for line in lines]


def _title(project: Project, flow: "ProjectFlow") -> Content:
    mark = ("! ", "bold $alert") if _is_late(project, flow) else ""
    return Content.assemble(mark, (project.title, "bold"))


def _line(project: Project, flow: "ProjectFlow", width: int) -> Content:
    title, today = _title(project, flow), flow.desk.now().date()
    more = Content.assemble(
        f"  {_how_it_goes(project, today)}", (f"  {words.phase_words(project, today)}", "$quiet")
    )
    who = Content.styled(f" · {project.leader}" if project.leader else "", "$quiet")
    if min(title.cell_length, LEAST_TITLE) + more.cell_length + who.cell_length <= width:
        more = more + who
    # A long title gives way to how it goes.
    room = max(12, width - more.cell_length)
    return Content.assemble(title.truncate(room, ellipsis=True), more)


def _damaged(fault: UnreadableFile) -> Card:
    def line(width: int) -> Content:
        return Content.assemble(
            ("! ", "bold $alert"), fault.path.name, (f"  {fault.why}", "$quiet")
        )

    return Card(lambda width: [line(width)], line, fault)
