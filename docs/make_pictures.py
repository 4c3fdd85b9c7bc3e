"""Makes the pictures of README.md and docs/ from the demonstration: `make pictures`.

Each is the real app at work on a copy of sessions/examples, on a fixed day, so that the same program
makes the same bytes. The test that goes with it, tests/test_docs.py, says when one is out of date.
"""

import asyncio
import os
import re
import shutil
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import chdir, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import patch

from textual.widgets import TextArea

from bt_assess.core.session import RubricRef, Session
from bt_assess.store.folder import SessionFolder
from bt_assess.store.rounds import RoundsFolder
from bt_assess.store.rubric_file import load_rubric
from bt_assess.store.session_file import read_session
from bt_assess.store.settings import Look, Settings
from bt_assess.tui import desk
from bt_assess.tui.screens.compare import Compare
from bt_assess.tui.screens.grid import Grid
from bt_assess.tui.screens.home import Home
from bt_assess.tui.screens.note import NoteEditor
from bt_assess.tui.screens.plans.checking import CheckPage
from bt_assess.tui.screens.plans.gaps import GapPage
from bt_assess.tui.screens.plans.listed import Plans
from bt_assess.tui.screens.plans.page import PlanPage
from bt_assess.tui.screens.plans.parts import EditDestination
from bt_assess.tui.screens.projects.block import BlockPage
from bt_assess.tui.screens.projects.board import Board
from bt_assess.tui.screens.projects.form import FormPage
from bt_assess.tui.screens.projects.launch import LaunchPage
from bt_assess.tui.screens.projects.listed import Obstacles
from bt_assess.tui.screens.projects.page import ProjectPage
from bt_assess.tui.screens.results import Results
from bt_assess.tui.screens.review import Review
from bt_assess.tui.screens.rounds.discuss import Discuss
from bt_assess.tui.screens.rounds.listed import Rounds
from bt_assess.tui.screens.rounds.opening import OpenRound
from bt_assess.tui.screens.rounds.private import HandOver
from bt_assess.tui.screens.rounds.reveal import Reveal
from bt_assess.tui.screens.sessions import Sessions
from bt_assess.tui.screens.theme_page import ThemePage
from bt_assess.tui.visits import Place, Visit
from docs.make_round import PASSPHRASE
from tests.tui.person import Person, at_the_app, choose, go_on

PICTURES = Path(__file__).parent / "pictures"
EXAMPLES = Path(__file__).parents[1] / "sessions" / "examples"
TODAY = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
HALF_WAY = 69
"""How many statements the unfinished session has behind it."""
FONTS = 'ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace'


async def home(person: Person) -> None:
    await person.on(Home)
    await person.sees("▸ Next", "Latest result", "mixed picture")


async def assess(person: Person) -> None:
    await go_on(person)
    await person.answers("3")
    await person.press("h")
    await person.sees(f"{HALF_WAY + 2} of 117", "✓ saved", "What to look for")


async def note(person: Person) -> None:
    await go_on(person)
    await person.answers("3")
    await person.sees("✓ saved")
    await person.press("n")
    await person.on(NoteEditor)
    person.app.screen.query_one(TextArea).cursor_blink = False
    await person.types("£180k moved from the show flats to damp and mould. It hurt.")
    await person.sees("It hurt.")


async def review(person: Person) -> None:
    await go_on(person)
    await person.press("r")
    await person.on(Review)
    await person.sees("Learning")


async def results(person: Person) -> None:
    await choose(person, "Results")
    await person.on(Results)
    await person.sees("Where to begin")


async def theme(person: Person, ups: int = 1) -> None:
    await choose(person, "Results")
    await person.on(Results)
    await person.sees("In short")
    await person.press(*["up"] * ups, "enter")
    await person.on(ThemePage)
    await person.sees("How true each stage is")


async def mixed(person: Person) -> None:
    await theme(person, 3)
    await person.sees("mixed")


async def points(person: Person) -> None:
    await theme(person, 4)
    heading = "Make the system fit you and work for you"
    while heading not in person.text:
        await person.press("pagedown")
    while heading not in person.text.splitlines()[2]:
        await person.press("down")


async def compare(person: Person) -> None:
    await choose(person, "Compare")
    await person.on(Compare)
    await person.sees("clear change")


async def trend(person: Person) -> None:
    """Every time of the same person, with a target."""
    await compare(person)
    await person.press("2", "w")
    await person.sees("3 chosen")
    await person.press("t", *["right"] * 4, "enter")
    await person.on(Compare)
    await person.sees("◇ target")


async def sessions(person: Person) -> None:
    await choose(person, "Sessions")
    await person.on(Sessions)
    await person.press("space", "down", "down", "down", "down", "space")
    await person.sees("2 marked")


async def grid(person: Person) -> None:
    await choose(person, "The grid")
    await person.on(Grid)
    await person.sees("The grid ›")


async def opened(person: Person) -> None:
    await choose(person, "Round")
    await person.on(Rounds)
    await person.press("enter")
    await person.on(OpenRound)
    await person.types(f"{PASSPHRASE}\r")
    await person.on(Reveal)
    await person.sees("two camps", "9 of 9")


async def discuss(person: Person) -> None:
    await opened(person)
    await person.press("enter")
    await person.on(Discuss)
    await person.sees("Where we see it differently")


async def hand_over(person: Person) -> None:
    """The page before one person's first statement, of a round without names."""
    page = HandOver(RoundsFolder(Path("sessions")).all()[0][0].round)
    await person.app.push_screen(page)
    await person.sees("It is my turn")


async def plan(person: Person) -> None:
    """The demonstration's plan, after a newer assessment."""
    person.app.post_message(Visit(Place.PLANS))
    await person.on(Plans)
    await person.sees("Right the first time")
    await person.press("enter")
    await person.on(PlanPage)
    await person.sees("Destination", "✓ saved")
    person.app.clear_notifications()


async def plan_stage(person: Person) -> None:
    """The stage that is under way, with what is said of it beside the picture."""
    await plan(person)
    await person.press("down", "down")
    await person.reads("Seen by")


async def plan_destination(person: Person) -> None:
    await plan(person)
    await person.press("enter")
    await person.on(EditDestination)
    for area in person.app.screen.query(TextArea):
        area.cursor_blink = False
    await person.press("tab", "tab", "tab")


async def plan_gap(person: Person) -> None:
    await plan(person)
    await person.press("g")
    await person.on(GapPage)
    await person.sees("last measured")


async def plan_check(person: Person) -> None:
    await plan(person)
    await person.press("k")
    await person.on(CheckPage)
    await person.sees("things to look at")


async def project(person: Person) -> None:
    person.app.post_message(Visit(Place.PROJECTS))
    await person.on(Board)
    await person.reads("Why they ring twice")
    await person.press("enter")
    await person.on(ProjectPage)
    await person.sees("Obstacles")


async def launch_block(person: Person) -> None:
    """A question of the launch session, in letters for a room."""
    await project(person)
    await person.press("l")
    await person.on(LaunchPage)
    await person.press(*["down"] * 4, "enter")
    await person.on(BlockPage)
    await person.press("right", "right")
    await person.sees("question 3 of")


async def check_in(person: Person) -> None:
    await project(person)
    await person.press("w")
    await person.on(FormPage)
    await person.types("127\r")
    await person.press("tab")
    await person.sees("127", "✓ saved")
    for area in person.app.screen.query(TextArea):
        area.cursor_blink = False


async def leaders_answer(person: Person) -> None:
    await project(person)
    await person.press("o")
    await person.on(Obstacles)
    await person.press("enter")
    await person.on(FormPage)
    await person.press("right", "enter")
    for area in person.app.screen.query(TextArea):
        area.cursor_blink = False
    await person.types("I pay the supplier. Until it works, the van crew rings the desk.")
    await person.sees("rings the desk", "✓ saved")


@dataclass(frozen=True)
class Picture:
    """The way to a page from Home, and the terminal to look at it in."""

    walk: Callable[[Person], Awaitable[None]]
    size: tuple[int, int]
    look: Look = "dark"
    unfinished: bool = False
    """Whether there is a session half-way through."""


ALL = {
    "home": Picture(home, (100, 34)),
    "assess": Picture(assess, (100, 24), unfinished=True),
    "note": Picture(note, (100, 22), unfinished=True),
    "review": Picture(review, (100, 24), unfinished=True),
    "results": Picture(results, (100, 30)),
    "theme": Picture(theme, (100, 42)),
    "mixed": Picture(mixed, (100, 20)),
    "points": Picture(points, (100, 30)),
    "compare": Picture(compare, (100, 36)),
    "trend": Picture(trend, (120, 36)),
    "sessions": Picture(sessions, (100, 16)),
    "grid": Picture(grid, (100, 46)),
    "hand-over": Picture(hand_over, (100, 20)),
    "reveal": Picture(opened, (100, 22)),
    "discuss": Picture(discuss, (100, 34)),
    "project-page": Picture(project, (100, 36)),
    "project-launch": Picture(launch_block, (110, 26)),
    "project-check-in": Picture(check_in, (100, 30)),
    "project-answer": Picture(leaders_answer, (100, 22)),
    "plan-page": Picture(plan_stage, (120, 36)),
    "plan-destination": Picture(plan_destination, (112, 30)),
    "plan-gap": Picture(plan_gap, (100, 34)),
    "plan-check": Picture(plan_check, (100, 16)),
    "results-light": Picture(results, (100, 30), look="light"),
}


async def made(name: str) -> str:
    """A picture as SVG, as the program draws it now."""
    picture = ALL[name]
    with a_day_at_the_demonstration(unfinished=picture.unfinished) as folder:
        async with at_the_app(
            folder, size=picture.size, settings=Settings(look=picture.look)
        ) as person:
            person.app.animation_level = "none"
            await picture.walk(person)
            await person.settles()
            return without_hosts(person.app.export_screenshot(simplify=True))


@contextmanager
def a_day_at_the_demonstration(*, unfinished: bool) -> Iterator[Path]:
    """A copy of the demonstration in a folder called sessions, the working folder's own."""
    with tempfile.TemporaryDirectory() as place, chdir(place), patch.dict(os.environ, TZ="UTC"):
        os.environ.pop("NO_COLOR", None)
        time.tzset()
        folder = Path(shutil.copytree(EXAMPLES, "sessions"))
        if unfinished:
            leave_half_way(folder)
        with patch.object(desk, "_now", lambda: TODAY):
            yield folder
    time.tzset()


def leave_half_way(folder: Path) -> None:
    """A session that its respondent has not finished yet."""
    rubric = load_rubric()
    seen = read_session(next(folder.glob("*financelead*"))).session.answers
    asked = [statement.id for statement in rubric.asked]
    session = Session(
        id="director2026",
        respondent="Director",
        team="Northfield Homes",
        started=datetime(2026, 11, 20, 15, 30, tzinfo=UTC),
        revision=HALF_WAY,
        at=asked[HALF_WAY],
        rubric=RubricRef(id=rubric.id, version=rubric.version),
        answers={statement_id: seen[statement_id] for statement_id in asked[:HALF_WAY]},
    )
    SessionFolder(folder).save(folder / "2026-11-20-director2026.toml", session, rubric)


def without_hosts(svg: str) -> str:
    """The drawing without fonts from the network, and as wide in whatever font there is."""
    svg = re.sub(r"<!--.*?-->|@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
    svg = svg.replace("Fira Code, monospace", FONTS)
    svg = svg.replace(" textLength=", ' lengthAdjust="spacingAndGlyphs" textLength=')
    return "\n".join(line.strip() for line in svg.splitlines() if line.strip()) + "\n"


async def main() -> None:
    PICTURES.mkdir(exist_ok=True)
    for old in PICTURES.glob("*.svg"):
        if old.stem not in ALL:
            old.unlink()
    for name in ALL:
        (PICTURES / f"{name}.svg").write_text(await made(name), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    asyncio.run(main())
