"""The file of an open plan was changed elsewhere: which of the two is to count."""

import asyncio
from difflib import unified_diff
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from bt_assess.core.plan import Plan
from bt_assess.store.files import UnreadableFile, reason
from bt_assess.store.folder import InUseError
from bt_assess.store.kept import OutOfDate
from bt_assess.store.plans import plan_text
from bt_assess.tui.dialog import Dialog
from bt_assess.tui.page import LOW
from bt_assess.tui.planning import OpenPlan
from bt_assess.tui.screens.plans.ask import SIZES
from bt_assess.tui.widgets.key_line import KeyLine
from bt_assess.tui.widgets.reader import Reader

_FROM = {"-": ("here", "bold $primary"), "+": ("in the file", "bold $accent")}


class Settle(Dialog[str]):
    """Gives what became of it, in a sentence; nothing for Esc, which leaves it open."""

    CSS_PATH = ["../dialog.tcss", "plans.tcss"]
    VERTICAL_BREAKPOINTS = SIZES
    BINDINGS: ClassVar = [
        Binding("k", "keep", "Keep what is here", tooltip="A copy of the other one is kept"),
        Binding("t", "take", "Take the file", tooltip="u brings back what is here"),
        Binding("escape", "dismiss", "Later"),
    ]

    def __init__(self, work: OpenPlan) -> None:
        super().__init__()
        self._work = work

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog -tall"):
            # With little room the keys at the foot give way, and what they do is not explained.
            low = self.app.size.height < LOW
            title = "Changed elsewhere: k keep mine, t the file"
            yield Static(
                title if low else "Changed elsewhere meanwhile", classes="title", markup=False
            )
            yield Static(
                "The file of this plan is not the one that was opened, so nothing is written over"
                " it. What you typed is still here. Keep it, and a copy of the file goes into the"
                " archive; or take the file, and u brings yours back.",
                classes="about",
                markup=False,
            )
            with Reader():
                yield Static("", id="text", markup=False)
            yield Static("", id="fault", markup=False)
            yield KeyLine()

    def on_mount(self) -> None:
        self.query_one(Reader).focus()
        self.run_worker(self._look())

    async def _look(self) -> None:
        try:
            theirs = await asyncio.to_thread(self._work.theirs)
            words = differences(self._work.plan, theirs)
        except UnreadableFile as fault:
            words = Content.styled(f"Nothing that can be taken: it {fault.why}.", "$alert")
        self.query_one("#text", Static).update(words)

    def action_keep(self) -> None:
        self.run_worker(self._keep(), exclusive=True)

    def action_take(self) -> None:
        self.run_worker(self._take(), exclusive=True)

    async def _keep(self) -> None:
        try:
            copy = await self._work.overrule()
        except (OSError, InUseError) as error:
            self._say(f"Not saved: {_reason(error)}.")
        else:
            words = f" The other one is in the archive: {copy.name}" if copy else ""
            self.dismiss(f"Saved as it is here.{words}")

    async def _take(self) -> None:
        try:
            await self._work.give_way()
        except UnreadableFile as fault:
            self._say(f"It cannot be taken: it {fault.why}.")
        except (OutOfDate, InUseError, OSError) as error:
            self._say(f"It cannot be taken: {_reason(error)}.")
        else:
            self.dismiss("Taken as the file has it; u brings back what was here.")

    def _say(self, words: str) -> None:
        self.query_one("#fault", Static).update(Content.styled(words, "$alert"))


def _reason(error: Exception) -> str:
    return reason(error) if isinstance(error, OSError) else str(error)


def differences(here: Plan, file: Plan) -> Content:
    """The lines in which two states of a plan differ."""
    mine, theirs = (plan_text(each).splitlines() for each in (here, file))
    found: list[Content] = []
    # The first two lines are names of files, which there are none of.
    for line in list(unified_diff(mine, theirs, n=0, lineterm=""))[2:]:
        mark, text = line[:1], line[1:]
        if mark in _FROM and text and not text.startswith(("revision = ", "sha256 = ")):
            name, style = _FROM[mark]
            found.append(Content.assemble((f"{name:<12}", style), text))
    return Content("\n").join(found) if found else Content("The two say the same.")
