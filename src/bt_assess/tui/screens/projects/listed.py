"""Lists of a project's parts: what to get ready, and the obstacles."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from bt_assess.core.fields import Refused
from bt_assess.core.project import Project
from bt_assess.core.project_parts import Needed, Obstacle, ObstacleAnswer
from bt_assess.store.kept import new_id
from bt_assess.tui.page import Page
from bt_assess.tui.screens.asking import Ask
from bt_assess.tui.screens.projects import asks, item_asks, words
from bt_assess.tui.screens.projects.form import FormPage
from bt_assess.tui.screens.projects.saved import READ_ONLY, saved_words
from bt_assess.tui.widgets.bar import TopBar
from bt_assess.tui.widgets.rows import Row, RowList, blank, kept_end

if TYPE_CHECKING:
    from bt_assess.tui.project_flow import OpenProject


class ListPage(Page):
    """Lines of one part of a project; Enter changes one, n adds one, d takes one away."""

    CSS_PATH = "projects.tcss"
    HEADING: ClassVar[str] = ""
    INTRO: ClassVar[str] = ""
    EMPTY: ClassVar[str] = ""
    """What stands there as long as there is nothing."""
    BINDINGS: ClassVar = [
        Binding("n", "new", "New", tooltip="Add one"),
        Binding("d", "delete", "Delete", tooltip="Take the marked one away; u brings it back"),
        Binding("u", "undo", "Undo", tooltip="Take the last change back"),
    ]

    def __init__(self, work: "OpenProject") -> None:
        super().__init__()
        self.work = work
        self.came_from: Any = None
        """What was opened last, perhaps a new one: the mark goes to it once it is in the list."""

    def bar(self) -> tuple[Content | str, Content | str]:
        left = Content.assemble((self.HEADING, "bold"), (f"  {self.work.project.title}", "$quiet"))
        return left, saved_words(self.work)

    def body(self) -> Iterable[Widget]:
        with Vertical(id="page"):
            yield Static(self.INTRO, id="intro", markup=False)
            yield RowList()
            yield Static("", id="words", markup=False)

    def on_mount(self) -> None:
        self.query_one(RowList).focus()

    def on_screen_resume(self) -> None:
        self.fill()

    def show_saving(self, state: object) -> None:
        self.query_one(TopBar).show(right=saved_words(self.work))

    def fill(self, pick: Any = None) -> None:
        """Show the list as it is now."""
        self.query_one(TopBar).show(*self.bar())
        rows = self.rows() or [nothing(self.EMPTY)]
        if pick is None and any(row.value == self.came_from for row in rows if row.is_choice):
            pick, self.came_from = self.came_from, None
        self.query_one(RowList).show(rows, pick=pick)

    def rows(self) -> list[Row]:
        """What is in the list."""
        return []

    def about(self, value: Any) -> Content | str:
        """More about the marked one."""
        return ""

    def on_row_list_picked(self, event: RowList.Picked) -> None:
        self.query_one("#words", Static).update(self.about(event.value))

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        self.open(event.value)

    def open(self, value: Any) -> None:
        """Somebody opened a line."""

    def form(self, heading: str, questions: tuple[Ask[Project], ...], **more: Any) -> None:
        self.app.push_screen(FormPage(self.work, heading, questions, **more))

    def change(self, new: Project, what: str) -> None:
        """Take the changed project."""
        if self.work.read_only:
            self.notify(READ_ONLY)
            return
        self.work.edit(new, what)
        self.fill()

    def action_new(self) -> None:
        if self.work.read_only:
            self.notify(READ_ONLY)
        else:
            self.add()

    def add(self) -> None:
        """Somebody wants one more."""

    def action_delete(self) -> None:
        value = self.query_one(RowList).value
        if value is None:
            return
        if self.work.read_only:
            self.notify(READ_ONLY)
            return
        try:
            new = self.without(value)
        except Refused as error:
            text = str(error)
            self.notify(f"{text[:1].upper()}{text[1:]}.", severity="warning")
            return
        if new is not None and new is not self.work.project:
            self.change(new, "taken away")
            self.notify("Taken away; u brings it back.")

    def without(self, value: Any) -> Project | None:
        """The project without what a line stands for; None where it stays. Raises Refused."""
        return None

    def action_undo(self) -> None:
        what = self.work.undo()
        self.notify(f"Undone: {what}" if what else "There is nothing to undo since it was opened.")
        self.fill()


def nothing(words: str) -> Row:
    """A line that says that there is none, and how to have one."""
    return Row(lambda width: Content.styled(f"  {words}", "$quiet"))


class Prepare(ListPage):
    """The core group, and what it gets ready before the launch."""

    HEADING = "Prepare"
    INTRO = "A core group gathers facts before the launch, so that the session begins with them."
    ABOUT = (
        "What the team needs to see at the launch, mostly figures, each with somebody who gets it."
        " Space marks it as ready."
    )
    BINDINGS: ClassVar = [
        Binding("space", "ready", "Ready", tooltip="Mark it as ready, or not yet"),
    ]

    def rows(self) -> list[Row]:
        project = self.work.project
        rows = [_people_row(project), blank()]
        rows += [_needed_row(needed) for needed in project.data_needed]
        if not project.data_needed:
            rows.append(nothing("Nothing yet: n adds what to get."))
        return rows

    def about(self, value: Any) -> str:
        if value == "people":
            # All of them, where the line above is too long for its width.
            group = ", ".join(self.work.project.core_group)
            who = f"{group}\n" if len(self.work.project.core_group) > 1 else ""
            return f"{who}Enter: who gathers the facts, and who leads the launch session."
        return "Space marks it as ready; Enter changes it." if value else ""

    def open(self, value: Any) -> None:
        if value == "people":
            self.form("Core group", asks.PEOPLE)
        else:
            self.form("To get ready", item_asks.needed(value))

    def add(self) -> None:
        self.came_from = new_id()
        self.form("To get ready", item_asks.needed(self.came_from))

    def without(self, value: Any) -> Project | None:
        return None if value == "people" else self.work.project.without_needed(value)

    def action_ready(self) -> None:
        value = self.query_one(RowList).value
        found = next((n for n in self.work.project.data_needed if n.id == value), None)
        if found is not None:
            new = Needed.model_validate({**dict(found), "ready": not found.ready})
            self.change(self.work.project.with_needed(new), found.what)


def _people_row(project: Project) -> Row:
    group = Content.assemble(
        ("Core group  ", "bold"), ", ".join(project.core_group) or "nobody yet"
    )
    lead = project.facilitator or "nobody yet"
    led = Content.assemble(("   led by  ", "bold"), lead)
    return Row(lambda width: kept_end(group, led, width), "people")


def _needed_row(needed: Needed) -> Row:
    mark = ("✓ ", "bold $good") if needed.ready else ("○ ", "$quiet")
    who = Content.styled(f"  {needed.who or 'nobody yet'}", "$quiet")
    what = " ".join(needed.what.split())
    return Row(
        lambda width: Content.assemble(mark, kept_end(Content(what), who, width - 2)), needed.id
    )


class Obstacles(ListPage):
    """What is in the way, and what the leader did about it."""

    HEADING = "Obstacles"
    INTRO = (
        "What the team cannot clear away goes to the leader, who removes it or refocuses the goal."
    )
    EMPTY = "Nothing in the way: n adds what is."
    ABOUT = (
        "An obstacle goes to the leader, who removes it or refocuses the goal, and names a day. Enter"
        " is the leader's answer; e changes the obstacle itself; space marks a promise as kept."
    )
    BINDINGS: ClassVar = [
        Binding("e", "edit", "Change", tooltip="Change the words of the obstacle"),
        Binding("space", "kept", "Kept", tooltip="Mark what was promised as done, or not yet"),
    ]

    def rows(self) -> list[Row]:
        project = self.work.project
        order = sorted(project.obstacles, key=lambda o: (o.answer is not None, o.kept))
        return [_obstacle_row(each, self.work.today) for each in order]

    def about(self, value: Any) -> Content | str:
        found = self.work.project.obstacle(value) if value else None
        if found is None:
            return ""
        lines = [found.what]
        if found.answer is None:
            waits = (self.work.today - found.raised).days
            leader = self.work.project.leader or "the leader"
            lines.append(f"Waits for {leader} {words.for_days(waits)}. Enter is the answer.")
        else:
            lines.append(
                f"{_answer_words(found)}: {found.decision}"
                if found.decision
                else (f"{_answer_words(found)}.")
            )
        return Content.styled("\n".join(lines), "$quiet")

    def open(self, value: Any) -> None:
        found = self.work.project.obstacle(value)
        if found is not None:
            self.form(
                "The leader's answer", item_asks.answer(value, self.work.today),
                about=found.what, leaving=lambda app: self._refocus(value),
            )  # fmt: skip

    def _refocus(self, obstacle_id: str) -> None:
        """An answer that changes the goal leads to the goal."""
        found = self.work.project.obstacle(obstacle_id)
        if self.work.read_only or found is None:
            return
        if found.answer is ObstacleAnswer.REFOCUSED:
            page = FormPage(
                self.work, "The goal from now on", item_asks.refocus(found, self.work.today),
                about="The goal as it was is kept beside it, and why it changed.",
            )  # fmt: skip
            page.because = obstacle_id
            self.app.push_screen(page)

    def add(self) -> None:
        self.came_from = new_id()
        self.form("An obstacle", item_asks.obstacle(self.came_from, self.work.today))

    def action_edit(self) -> None:
        if (value := self.query_one(RowList).value) is not None:
            self.form("An obstacle", item_asks.obstacle(value, self.work.today))

    def action_kept(self) -> None:
        found = self.work.project.obstacle(self.query_one(RowList).value or "")
        if found is None:
            return
        if found.answer is None:
            self.notify("There is no answer yet: Enter gives it.")
            return
        self.change(self.work.project.answer_kept(found.id, not found.kept), "promise kept")

    def without(self, value: Any) -> Project | None:
        return self.work.project.without_obstacle(value)


def _answer_words(obstacle: Obstacle) -> str:
    did = "removed" if obstacle.answer is ObstacleAnswer.REMOVED else "goal refocused"
    if obstacle.kept:
        return f"{did}, done"
    return f"{did}, until {words.short_day(obstacle.due)}" if obstacle.due else did


def _obstacle_row(obstacle: Obstacle, today: date) -> Row:
    if obstacle.answer is None:
        mark = ("! ", "bold $alert")
        about = f"since {words.short_day(obstacle.raised)}"
    else:
        late = obstacle.due is not None and obstacle.due < today and not obstacle.kept
        mark = ("! ", "bold $alert") if late else ("✓ ", "bold $good")
        mark = mark if obstacle.kept or late else ("→ ", "$primary")
        about = _answer_words(obstacle)
    first = obstacle.what.partition("\n")[0]
    return Row(
        lambda width: Content.assemble(
            mark,
            Content(first).truncate(max(10, width - len(about) - 4), ellipsis=True),
            (f"  {about}", "$quiet"),
        ),
        obstacle.id,
    )
