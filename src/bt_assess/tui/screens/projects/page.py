"""One project: what it is, how it goes as a picture, what is due, and the way to each part."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import App
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from bt_assess.core.due import DueKind, due
from bt_assess.core.project import Project
from bt_assess.core.project_check import check_project
from bt_assess.core.project_parts import Phase
from bt_assess.core.round import ActionState
from bt_assess.report.summary import plural
from bt_assess.tui.page import LOW, TALL, Page
from bt_assess.tui.screens.projects import asks, words
from bt_assess.tui.screens.projects.form import FormPage
from bt_assess.tui.screens.projects.picture import LEGEND, can_be_drawn, picture
from bt_assess.tui.screens.projects.saved import READ_ONLY, saved_words
from bt_assess.tui.widgets.bar import TopBar
from bt_assess.tui.widgets.rows import Row, RowList

if TYPE_CHECKING:
    from bt_assess.tui.project_flow import OpenProject

LABEL = 15
LEAST_PICTURE = 4
MOST_PICTURE = 14
_PARTS = (
    ("c", "choose", "Choose"), ("g", "goal", "Goal check"), ("p", "prepare", "Prepare"),
    ("l", "launch", "Launch"), ("w", "week", "Check-in"), ("o", "obstacles", "Obstacles"),
    ("m", "mid_point", "Mid-point"), ("r", "report", "Report back"),
)  # fmt: skip
_PART_OF: Mapping[str, str] = {
    DueKind.OBSTACLE: "obstacles", DueKind.DECISION: "obstacles", DueKind.LAUNCH: "launch",
    DueKind.ACTION: "launch", DueKind.READING: "week", DueKind.MID_POINT: "mid_point",
    DueKind.REPORT_BACK: "report", Phase.CHOOSE: "choose",
}  # fmt: skip
"""In which part of a project there is what is due, by its kind."""


class ProjectPage(Page):
    """The parts of a project in the order of its weeks; the next one to see to is marked."""

    CSS_PATH = "projects.tcss"
    ABOUT = (
        "A breakthrough project is one result that a team reaches in eight to ten weeks. The picture"
        f" shows the readings: {LEGEND}. Enter opens the part that is marked, or press its letter."
        " All that you type is kept at once; u takes the last change back."
    )
    BINDINGS: ClassVar = [
        *(
            Binding(key, f"part('{name}')", label, show=False, tooltip=f"Open: {label}")
            for key, name, label in _PARTS
        ),
        Binding("u", "undo", "Undo", tooltip="Take the last change back"),
        Binding("k", "check", "Check", tooltip="What makes a breakthrough less likely here"),
        Binding("e", "export", "Report", tooltip="Write the project down as one page"),
        Binding("a", "again", "Assess again", tooltip="Assess once more; before beside after"),
        Binding("s", "stop", "Stop", tooltip="Stop this project"),
        Binding("s", "go_on", "Take up again", tooltip="Take this project up again"),
        Binding("escape", "back", "Back", tooltip="Back to where you came from; all is saved"),
    ]

    def __init__(self, work: "OpenProject", due: str = "") -> None:
        """`due` is the kind of what somebody comes for: the part that it is in is marked."""
        super().__init__()
        self.work = work
        self._came_for = _PART_OF.get(due, "")
        self._is_asked = False

    def bar(self) -> tuple[Content | str, Content | str]:
        project = self.work.project
        today = self.work.today
        about = (
            words.phase_words(project, today), words.left_words(project, today),
            project.organisation,
        )  # fmt: skip
        quiet = " · ".join(part for part in about if part)
        left = Content.assemble((project.title, "bold"), (f"  {quiet}", "$quiet"))
        return left, saved_words(self.work)

    def body(self) -> Iterable[Widget]:
        with Vertical(id="page"):
            yield Static("", id="what", markup=False)
            yield Static("", id="picture", markup=False)
            yield Static("", id="words", markup=False)
            yield RowList(pages=False)

    def on_mount(self) -> None:
        self.query_one(RowList).focus()

    def on_screen_resume(self) -> None:
        self.call_after_refresh(self.fill)
        self.call_after_refresh(self._settle)

    def on_resize(self) -> None:
        self.call_after_refresh(self.fill)

    def on_unmount(self) -> None:
        self.work.leave()

    def show_saving(self, state: object) -> None:
        self.query_one(TopBar).show(right=saved_words(self.work))
        self._settle()

    def _settle(self) -> None:
        """Ask once which of two states counts, and again each time somebody comes back."""
        if self.work.has_clash and self.app.screen is self and not self._is_asked:
            from bt_assess.tui.screens.projects.settle import settle

            self._is_asked = True
            self.run_worker(settle(self), exclusive=True, group="settle")

    def fill(self) -> None:
        """Show the project as it is now."""
        self.query_one(TopBar).show(*self.bar())
        self.refresh_bindings()
        project, today = self.work.project, self.work.today
        width = max(20, self.query_one("#page").content_size.width)
        rows = [self._row(key, name, label) for key, name, label in _PARTS]
        parts = self.query_one(RowList)
        roomy, high = self.size.height >= LOW, self.size.height >= TALL
        what = _what(project, today)
        if not high:
            # A line each: the picture says more than the rest of a long sentence would.
            short = [line.truncate(width - 2, ellipsis=True) for line in what.split("\n")]
            what = Content("\n").join(short)
        self.query_one("#what", Static).update(what)
        news = self._news(width - 2, short=not high)[: 6 if high else 3]
        # A line each, so that the picture has room; each part's own page has all of it.
        news = [line.truncate(width - 2, ellipsis=True) for line in news]
        text = Content("\n").join(news)
        head = len(what.wrap(width - 2)) if roomy else 1
        used = len(news) + head + len(rows)
        # The line at the top, the keys, the dates, and what is left open between.
        between = (5 if high else 4) if news else (4 if high else 3)
        room = self.size.height - used - 2 - between - high
        drawn = self.query_one("#picture", Static)
        drawn.display = roomy and room >= LEAST_PICTURE and can_be_drawn(project)
        if drawn.display:
            lines = picture(project, today, min(width - 2, 120), min(room, MOST_PICTURE))
            if high:
                lines.append(Content.styled(LEGEND, "$quiet"))
            drawn.update(Content("\n").join(lines))
        self.query_one("#words", Static).update(text)
        parts.show(rows, pick=parts.value or self._came_for or _next_part(project, today))

    def _news(self, width: int, *, short: bool) -> list[Content]:
        """What the picture says in words, and what is due."""
        project, today = self.work.project, self.work.today
        lines = [
            Content(text)
            for text in (
                words.reading_words(project, today),
                words.fitted_forecast(project, today, width, short=short),
            )
            if text
        ]
        if project.stopped:
            why = f": {project.stopped_why}" if project.stopped_why else ""
            day = words.day_words(project.stopped, today)
            lines.append(Content(f"Stopped on {day} (s takes it up again){why}"))
            return lines
        for each in due((), [project], (), today)[:3]:
            when, what = words.due_words(each, today)
            mark = ("! ", "bold $alert") if each.late else ("→ ", "$quiet")
            style = "$alert" if each.late else "bold"
            lines.append(Content.assemble(mark, (when.ljust(14), style), what))
        # Before it is chosen all of it is open, which its first row says; that is a start, no fault.
        if (
            project.chosen
            and not project.launch.held
            and (findings := check_project(project, today, before=self.work.before))
        ):
            first = findings[0]
            count = plural(len(findings), "thing")
            lines.append(
                Content.assemble(
                    (f"{count} to look at (k): ", "$quiet"), f"{first.place}: {first.said}"
                )
            )
        return lines

    def _row(self, key: str, name: str, label: str) -> Row:
        about = _about(name, self.work.project, self.work)
        return Row(
            lambda width: Content.assemble(
                (f"{key} ", "$primary"), (label.ljust(LABEL), "bold"), (about, "$quiet")
            ),
            name,
        )

    # What can be opened

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        self.action_part(event.value)

    def action_part(self, name: str, begin: str = "") -> None:
        from bt_assess.tui.screens.projects import check_ins, launch, listed

        self._is_asked = False
        work, today = self.work, self.work.today
        opens: dict[str, Callable[[], Screen[None]]] = {
            "choose": partial(FormPage, work, "Choose", asks.CHOOSE, begin=begin, about=work.comes_from),
            "goal": partial(
                FormPage, work, "Goal check", asks.goal_check(), begin=begin,
                about="The art is in the choice of the goal; the rest is easier once it is right.",
            ),
            "prepare": partial(listed.Prepare, work),
            "launch": partial(launch.LaunchPage, work),
            "week": partial(check_ins.CheckIns, work),
            "obstacles": partial(listed.Obstacles, work),
            "mid_point": partial(
                FormPage, work, "Mid-point", asks.mid_point(today),
                about="Goal, plan and obstacles, looked at again by all.",
            ),
            "report": partial(
                FormPage, work, "Report back",
                asks.report(today, stopped=bool(work.project.stopped)), begin=begin,
                about="The team tells the leaders, in person.", leaving=self._reported,
            ),
        }  # fmt: skip
        self.app.push_screen(page := opens[name]())
        is_open = work.project.running and not work.read_only
        if isinstance(page, check_ins.CheckIns) and is_open and not _seen_today(work):
            # Two minutes: the form is what somebody came for.
            page.open(today)

    def _reported(self, app: App[Any]) -> None:
        """Once it is reported, the cycle goes on: assess again, and see what has moved."""
        if self._is_done and not self.work.read_only:
            self.action_again()

    @property
    def _is_done(self) -> bool:
        """Whether it came to its end; one that was stopped did not, whatever it tells of."""
        return self.work.project.report.on is not None and not self.work.project.stopped

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        is_stopped = self.work.project.stopped is not None
        offered = {"again": self._is_done, "stop": not is_stopped, "go_on": is_stopped}
        return offered.get(action, True)

    def action_again(self) -> None:
        from bt_assess.tui.screens.projects.again import Again

        self.app.push_screen(Again(self.work))

    def action_export(self) -> None:
        from bt_assess.tui.screens.projects import writing

        writing.ask(self, self.work)

    def action_check(self) -> None:
        from bt_assess.tui.screens.projects.findings import Findings

        self.app.push_screen(Findings(self))

    def action_stop(self) -> None:
        from bt_assess.tui.screens.projects.dialogs import StopProject

        work = self.work
        if work.read_only:
            self.notify(READ_ONLY)
            return
        if self._is_done:
            self.notify("It has reported back: there is nothing left to stop.")
            return

        def stop(why: str | None) -> None:
            if why is not None:
                work.edit(work.project.stop(work.today, why), "Stopped")
                self.fill()

        self.app.push_screen(StopProject(), stop)

    def action_go_on(self) -> None:
        work = self.work
        if work.read_only:
            self.notify(READ_ONLY)
            return
        told = work.project.report.on
        work.edit(work.project.stop(None), "Taken up again")
        draft = " Its report is a draft again." if told != work.project.report.on else ""
        self.notify(f"It is taken up again where it stopped.{draft}")
        self.fill()

    def action_undo(self) -> None:
        what = self.work.undo()
        self.notify(f"Undone: {what}" if what else "There is nothing to undo since it was opened.")
        self.fill()


def _seen_today(work: "OpenProject") -> bool:
    project = work.project
    return work.today in {r.on for r in project.readings} | {c.on for c in project.check_ins}


def _what(project: Project, today: date) -> Content:
    """The goal in a sentence, what it was before, and whose it is."""
    goal = words.goal_words(project.wanted) or "What result, from which figure to which, by when?"
    people = []
    if project.leader:
        people.append(f"{project.leader} answers for it")
    if project.team:
        people.append(", ".join(project.team))
    lines = [Content.styled(goal, "bold")]
    if moved := words.moved_words(project, today):
        lines.append(Content(moved))
    if people:
        lines.append(Content.styled(" · ".join(people), "$quiet"))
    return Content("\n").join(lines)


def _next_part(project: Project, today: date) -> str:
    """The part that is to be seen to next."""
    match project.phase(today):
        case Phase.CHOOSE:
            return "choose"
        case Phase.PREPARE:
            return "prepare" if len(project.goal_check) == 7 else "goal"
        case Phase.LAUNCH:
            return "launch"
        case Phase.MID_POINT:
            return "mid_point"
        case Phase.REPORT_BACK | Phase.DONE:
            return "report"
    return "obstacles" if project.unanswered() else "week"


def _about(name: str, project: Project, work: "OpenProject") -> str:
    """How a part stands, in a few words."""
    today = work.today
    match name:
        case "choose":
            return "function, result, leader and team" if project.chosen else _lacks(project)
        case "goal":
            answered = sum(1 for goal in project.goal_check.values() if goal.answer)
            return f"{answered} of 7 questions answered"
        case "prepare":
            ready = sum(1 for needed in project.data_needed if needed.ready)
            if not project.data_needed:
                return "the core group and its figures"
            return f"{ready} of {plural(len(project.data_needed), 'thing')} ready"
        case "launch":
            actions = project.launch.actions
            done = sum(1 for action in actions if action.state is ActionState.DONE)
            if project.launch.held:
                held = words.day_words(project.launch.held, today)
                return f"held {held} · {done} of {plural(len(actions), 'action')} done"
            day = project.launch.day
            return (words.due_on(day, today) if day else "an agenda of a half day or a day") + (
                f" · {plural(len(actions), 'action')} so far" if actions else ""
            )
        case "week":
            missed = project.missed_weeks(today) if project.running else ()
            late = f" · {plural(len(missed), 'week')} without" if missed else ""
            return (
                f"{words.counted_words(project, today)}{late}"
                if project.launch.held
                else ("two minutes a week, once it runs")
            )
        case "obstacles":
            waiting = len(project.unanswered())
            if not project.obstacles:
                return "what is in the way goes to the leader"
            if not waiting:
                return f"{plural(len(project.obstacles), 'answer')} given"
            return f"{waiting} {'waits' if waiting == 1 else 'wait'} for an answer"
        case "mid_point":
            if project.mid_point:
                return f"looked at on {words.day_words(project.mid_point.on, today)}"
            return words.due_on(project.mid_due, today) if project.mid_due else "half-way"
    if project.report.on:
        return f"given on {words.day_words(project.report.on, today)}"
    return words.due_on(project.report_due, today) if project.report_due else "at the end"


def _lacks(project: Project) -> str:
    goal = project.wanted
    lacking = [
        name
        for name, there in (
            ("function", project.function),
            ("result", goal.measure and goal.from_ is not None and goal.to is not None),
            ("leader", project.leader),
            ("team", project.team),
        )
        if not there
    ]
    return f"still open: {', '.join(lacking)}"
