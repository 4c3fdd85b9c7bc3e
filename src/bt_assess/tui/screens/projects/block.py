"""One block of the launch session for a room to read: a question at a time, time, notes."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Digits, Static

from bt_assess.core.launch import stop, timetable
from bt_assess.core.project import Project
from bt_assess.core.project_parts import Block
from bt_assess.tui.page import Page
from bt_assess.tui.screens.asking import Ask, Kind
from bt_assess.tui.screens.projects.form import FormPage
from bt_assess.tui.screens.projects.large import large
from bt_assess.tui.screens.projects.saved import saved_words
from bt_assess.tui.widgets.bar import TopBar

if TYPE_CHECKING:
    from bt_assess.tui.project_flow import OpenProject


class BlockPage(Page):
    """The facilitator turns the questions with → and ←; the time runs or rests, and never rings."""

    CSS_PATH = "projects.tcss"
    ABOUT = (
        "For a screen that the whole table can read: one question at a time. t lets the time run or"
        " rest; when it is over it says so quietly and goes on. n is a place for notes. From the last"
        " question → leads to the next block."
    )
    BINDINGS: ClassVar = [
        Binding("right,space", "turn(1)", "Next", key_display="→", tooltip="The next question"),
        Binding("left", "turn(-1)", "Before", key_display="←", tooltip="The question before"),
        Binding("t", "time", "Time", tooltip="Let the time run, or rest"),
        Binding("n", "notes", "Notes", tooltip="Write down what is said"),
        Binding("a", "action", "Action", tooltip="An action for the plan: what, who, by when"),
        Binding("escape", "back", "Agenda", tooltip="Back to the agenda; the time goes on"),
    ]

    def __init__(self, work: "OpenProject", block_id: str) -> None:
        super().__init__()
        self.work = work
        self._block = block_id
        self._at = 0
        self._no_further = ""
        """Why → or ← led nowhere; said beside the time, for a message would hide the question."""

    def body(self) -> Iterable[Widget]:
        with Vertical(id="stage"):
            yield Static("", id="head", markup=False)
            yield Static("", id="prompt", markup=False)
            with Horizontal(id="foot"):
                yield Digits("", id="digits")
                yield Static("", id="side", markup=False)

    def on_mount(self) -> None:
        self.set_interval(1, self._show_time)

    def on_resize(self) -> None:
        self.call_after_refresh(self._show)

    def on_screen_resume(self) -> None:
        self.call_after_refresh(self._show)

    def show_saving(self, state: object) -> None:
        self.query_one(TopBar).show(right=saved_words(self.work))

    @property
    def _blocks(self) -> tuple[Block, ...]:
        return self.work.project.launch.blocks

    @property
    def _place(self) -> int:
        return next((i for i, block in enumerate(self._blocks) if block.id == self._block), 0)

    @property
    def _prompts(self) -> tuple[str, ...]:
        found = stop(self._block)
        return found.prompts if found else ()

    def _show(self) -> None:
        block, found = self._blocks[self._place], stop(self._block)
        title = block.title or (found.title if found else block.id)
        left = Content.assemble((title, "bold"), (f"  {self.work.project.title}", "$quiet"))
        self.query_one(TopBar).show(left, saved_words(self.work))
        prompt = self.query_one("#prompt", Static)
        words = self._prompts[self._at] if self._prompts else title
        room = prompt.size
        lines = large(words, room.width, room.height)
        shown = Content.styled("\n".join(lines), "bold") if lines else Content.styled(words, "bold")
        prompt.update(shown)
        # Large letters stand for a room; who leads reads the same in plain ones.
        head = words if lines else (found.purpose if found else "")
        self.query_one("#head", Static).update(Content.styled(head, "$quiet"))
        self._show_time()

    def _show_time(self) -> None:
        block = self._blocks[self._place]
        now = self.work.desk.now()
        gone = int(self.work.clock.gone(self._block, now).total_seconds())
        left = block.minutes * 60 - gone
        self.query_one("#digits", Digits).update(f"{abs(left) // 60}:{abs(left) % 60:02d}")
        runs = self.work.clock.running == self._block
        state = "time runs" if runs else "time rests: t lets it run"
        if left < 0:
            state = f"over its {block.minutes} minutes, {'and runs on' if runs else 'and rests'}"
        asked = (
            f"question {self._at + 1} of {len(self._prompts)}" if self._prompts else "no question"
        )
        ends = timetable([(b.id, b.minutes) for b in self._blocks])[self._place].ends
        until = self.work.project.launch.begins + ends
        where = f"{asked} · block {self._place + 1} of {len(self._blocks)}"
        lines = [
            Content(self._no_further) if self._no_further else Content.styled(where, "$quiet"),
            Content.styled(
                f"{state} · planned until {until // 60 % 24:02d}:{until % 60:02d}", "$quiet"
            ),
        ]
        if block.notes:
            lines.append(Content.styled(f"✎ {' '.join(block.notes.split())}"[:120], "$quiet"))
        self.query_one("#side", Static).update(Content("\n").join(lines))

    def action_turn(self, step: int) -> None:
        """The next question; after the last one the next block, before the first the one before."""
        self._no_further = ""
        if 0 <= self._at + step < max(1, len(self._prompts)):
            self._at += step
        elif 0 <= self._place + step < len(self._blocks):
            self._block = self._blocks[self._place + step].id
            self._at = 0 if step > 0 else max(0, len(self._prompts) - 1)
            self.work.clock.follow(self._block, self.work.desk.now())
        else:
            self._no_further = (
                "That was the last block: Esc, then the action plan."
                if step > 0
                else "This is the first question."
            )
        self._show()

    def action_time(self) -> None:
        self.work.clock.turn(self._block, self.work.desk.now())
        self._show_time()

    def action_notes(self) -> None:
        block, found = self._blocks[self._place], stop(self._block)
        title = block.title or (found.title if found else block.id)
        about = "\n".join(f"· {prompt}" for prompt in self._prompts)
        asked = (_notes(self._block),)
        self.app.push_screen(FormPage(self.work, f"Notes: {title}", asked, about=about))

    def action_action(self) -> None:
        from bt_assess.store.kept import new_id
        from bt_assess.tui.screens.projects import item_asks

        if not self.work.read_only:
            self.app.push_screen(FormPage(self.work, "An action", item_asks.action(new_id())))


def _notes(block_id: str) -> Ask[Project]:
    def read(project: Project) -> str:
        return next((b.notes for b in project.launch.blocks if b.id == block_id), "")

    def write(project: Project, value: str) -> Project:
        return project.with_blocks(
            Block.model_validate({**dict(block), "notes": value}) if block.id == block_id else block
            for block in project.launch.blocks
        )

    return Ask("notes", "What was said?", read, write, Kind.PASSAGE, "In the words of the room.")
