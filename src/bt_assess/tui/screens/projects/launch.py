"""The launch session: its day and agenda, and the action plan that it ends with."""

from typing import Any, ClassVar

from pydantic import ValidationError
from textual.binding import Binding
from textual.content import Content

from bt_assess.core.fields import Refused
from bt_assess.core.launch import Length, stop, timetable
from bt_assess.core.project import Project
from bt_assess.core.project_parts import Block
from bt_assess.core.round import Action, ActionState
from bt_assess.store.kept import new_id
from bt_assess.tui.screens.projects import asks, item_asks, words
from bt_assess.tui.screens.projects.block import BlockPage
from bt_assess.tui.screens.projects.listed import ListPage, nothing
from bt_assess.tui.screens.projects.saved import READ_ONLY
from bt_assess.tui.widgets.rows import Row, RowList, blank, heading, kept_end

END = "end"
DAY = "day"
STEP = 5
_NEXT_STATE = {
    ActionState.OPEN: ActionState.DONE,
    ActionState.DONE: ActionState.DROPPED,
    ActionState.DROPPED: ActionState.OPEN,
}
_MARKS = {ActionState.OPEN: "○", ActionState.DONE: "✓", ActionState.DROPPED: "×"}


class LaunchPage(ListPage):
    """The agenda with its times, then the action plan: what, who, by when."""

    HEADING = "Launch"
    INTRO = (
        "One session, morning or whole day: at its end it is written down who does what by when."
    )
    ABOUT = (
        "The agenda leads a facilitator through the session. Enter opens a block: its questions in"
        " large type, its time, a place for notes. + and - give a block more or less time. The session"
        " ends with an action plan that says of each action what, who and by when."
    )
    BINDINGS: ClassVar = [
        Binding("n", "new", "Action", tooltip="Add an action to the plan"),
        Binding("space", "state", "Done", tooltip="Mark the action as done, dropped or open"),
        Binding("h", "length", "½ day/day", tooltip="The agenda of half a day, or of a day"),
        Binding("plus", "minutes(1)", "Time", key_display="+ −", tooltip="5 minutes more"),
        Binding("minus", "minutes(-1)", "Less", show=False, tooltip="5 minutes less"),
        Binding("e", "end", "End it", tooltip="End the session: the weeks begin"),
    ]

    def rows(self) -> list[Row]:
        project = self.work.project
        launch = project.launch
        day = words.day_words(launch.day, self.work.today) if launch.day else "no day yet"
        length = "half a day" if launch.length is Length.HALF_DAY else "a day"
        over = launch.minutes - launch.length.minutes
        more = f", {abs(over)} min {'over' if over > 0 else 'to spare'}" if over else ""
        rows = [_row(f"{day} · {length}{more}", DAY, "who leads it, which day, at what time")]
        for block, timed in zip(
            launch.blocks, timetable([(b.id, b.minutes) for b in launch.blocks]), strict=True
        ):
            rows.append(_block_row(block, launch.begins + timed.begins))
        rows += [blank(), heading("  The action plan: what, who, by when")]
        rows += [_action_row(action, self.work) for action in launch.actions]
        if not launch.actions:
            rows.append(nothing("Nothing yet: n adds what, who, by when."))
        if launch.held is None:
            rows.append(_row("End the session", END, "the weeks begin"))
        return rows

    def about(self, value: Any) -> Content | str:
        if isinstance(value, str) and (found := stop(value)) is not None:
            return Content.styled(found.purpose, "$quiet")
        if value == END:
            return Content.styled(
                "Read the plan aloud, each owner their own. Then Enter.", "$quiet"
            )
        action = self._action(value)
        return Content.styled(action.remark, "$quiet") if action else ""

    def _action(self, value: Any) -> Action | None:
        return next((a for a in self.work.project.launch.actions if a.id == value), None)

    def _block(self, value: Any) -> Block | None:
        return next((b for b in self.work.project.launch.blocks if b.id == value), None)

    def open(self, value: Any) -> None:
        if value == END:
            self.action_end()
        elif value == DAY:
            self.form("The launch session", asks.launch_day())
        elif self._block(value) is not None:
            self.app.push_screen(BlockPage(self.work, value))
        else:
            self.form("An action", item_asks.action(value))

    def add(self) -> None:
        self.came_from = new_id()
        self.form("An action", item_asks.action(self.came_from))

    def without(self, value: Any) -> Project | None:
        return self.work.project.without_action(value) if self._action(value) else None

    def action_state(self) -> None:
        action = self._action(self.query_one(RowList).value)
        if action is not None:
            changed = action.model_copy(update={"state": _NEXT_STATE[action.state]})
            self.change(self.work.project.with_action(changed), action.what)

    def action_length(self) -> None:
        now = self.work.project.launch.length
        new = Length.DAY if now is Length.HALF_DAY else Length.HALF_DAY
        self.change(self.work.project.launch_of(new), "length of the launch")

    def action_minutes(self, step: int) -> None:
        block = self._block(self.query_one(RowList).value)
        if block is None:
            return
        blocks = [
            _longer(each, step * STEP) if each.id == block.id else each
            for each in self.work.project.launch.blocks
        ]
        try:
            self.change(self.work.project.with_blocks(blocks), "minutes of a block")
        except ValidationError:
            return

    def action_end(self) -> None:
        work = self.work
        if work.read_only:
            self.notify(READ_ONLY)
            return
        if work.project.launch.held is not None:
            self.notify("It has ended already; u on this page takes that back.")
            return
        try:
            new = work.project.launched(work.today)
        except Refused as error:
            text = str(error)
            self.notify(f"{text[:1].upper()}{text[1:]}.", severity="warning")
            return
        self.change(new, "end of the launch")
        due = work.project.report_due
        back = f" Report back on {words.day_words(due, work.today)}." if due else ""
        wanted = work.project.wanted
        has_goal = wanted.measure and wanted.from_ is not None and wanted.to is not None
        goal = "" if has_goal else " There is no goal yet: c on the project's page chooses it."
        self.notify(f"The weeks begin: {work.project.weeks} of them.{back}{goal}")


def _longer(block: Block, minutes: int) -> Block:
    return Block.model_validate({**dict(block), "minutes": max(STEP, block.minutes + minutes)})


def clock_time(minutes: int) -> str:
    """'09:05' of the minutes after midnight."""
    return f"{minutes // 60 % 24:02d}:{minutes % 60:02d}"


def _row(label: str, value: str, about: str) -> Row:
    return Row(lambda width: Content.assemble((label, "bold"), (f"  {about}", "$quiet")), value)


def _block_row(block: Block, begins: int) -> Row:
    found = stop(block.id)
    title = block.title or (found.title if found else block.id)
    notes = f"  ✎ {block.notes}" if block.notes else ""
    notes = " ".join(notes.split("\n"))
    style = "" if found is None or found.prompts else "$quiet"
    return Row(
        lambda width: Content.assemble(
            (f"{clock_time(begins)}  ", "$quiet"), (title, style),
            (f"  {block.minutes} min", "$quiet"), (notes, "$quiet"),
        ),
        block.id,
    )  # fmt: skip


def _action_row(action: Action, work: Any) -> Row:
    late = action.state is ActionState.OPEN and action.due is not None and action.due < work.today
    when = words.day_words(action.due, work.today) if action.due else "no date"
    about = Content.styled(
        f"  {action.owner or 'nobody yet'}, {when}", "$alert" if late else "$quiet"
    )
    what = " ".join(action.what.split("\n"))
    style = "$quiet" if action.state is not ActionState.OPEN else ""
    return Row(
        lambda width: Content.assemble(
            (f"{_MARKS[action.state]} ", "bold"),
            kept_end(Content.styled(what, style), about, width - 3),
        ),
        action.id,
    )
