"""The file of an open project was changed elsewhere: which of the two is to count."""

import asyncio
from typing import TYPE_CHECKING, Any

from textual.content import Content

from bt_assess.core.fields import Refused
from bt_assess.core.project import Project
from bt_assess.report.summary import plural
from bt_assess.store.files import UnreadableFile
from bt_assess.store.kept import InUseError, OutOfDate
from bt_assess.tui.screens.pick import Pick
from bt_assess.tui.screens.projects.words import goal_words
from bt_assess.tui.widgets.rows import Row, blank

if TYPE_CHECKING:
    from bt_assess.tui.screens.projects.page import ProjectPage

HERE, FILE = "here", "file"
TITLE = "Its file was changed elsewhere meanwhile. Which of the two counts?"


def in_short(project: Project) -> list[str]:
    """A few lines by which somebody knows a state of a project again."""
    kept = ", ".join((
        plural(len(project.readings), "reading"), plural(len(project.launch.actions), "action"),
        plural(len(project.obstacles), "obstacle"),
    ))  # fmt: skip
    leader = f"; {project.leader} answers for it" if project.leader else ""
    goal = goal_words(project.wanted) or "no result wanted yet"
    return [project.title, goal, f"{kept}{leader}"]


async def settle(page: "ProjectPage") -> None:
    """Ask, and do as is said. For a worker; Esc leaves it open, and nothing is written."""
    work = page.work
    rows = [
        _row("Keep what is here", "a copy of the file goes into the archive", HERE),
        *_said(in_short(work.project)), blank(),
    ]  # fmt: skip
    try:
        theirs = await asyncio.to_thread(work.theirs)
        rows += [
            _row("Take the file", "u brings back what is here", FILE),
            *_said(in_short(theirs)),
        ]
    except UnreadableFile as fault:
        rows += _said([f"The file cannot be taken: it {fault.why}."])
    which = await page.app.push_screen_wait(Pick(TITLE, rows))
    try:
        if which == HERE:
            copy = await work.overrule()
            words = f" The other one is in the archive: {copy}." if copy else ""
            page.notify(f"Saved as it is here.{words}")
        elif which == FILE:
            await work.give_way()
            page.notify("Taken as the file has it; u brings back what was here.")
    except UnreadableFile as fault:
        page.notify(f"It cannot be taken: it {fault.why}.", severity="warning")
    except (OutOfDate, InUseError, Refused, OSError) as error:
        page.notify(f"That did not work: {error}.", severity="warning")
    page.fill()


def _row(name: str, about: str, value: Any) -> Row:
    return Row(lambda width: Content.assemble((name, "bold"), (f"  {about}", "$quiet")), value)


def _said(lines: list[str]) -> list[Row]:
    return [_said_row(line) for line in lines]


def _said_row(line: str) -> Row:
    return Row(lambda width: Content.styled(f"  {line}", "$quiet"))
