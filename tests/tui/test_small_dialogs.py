"""Questions about a project in small terminals: what is asked, the field and its keys stay in view."""

from datetime import timedelta
from pathlib import Path

import pytest

from bt_assess.store.projects import ProjectsFolder
from bt_assess.tui.screens.projects.board import Board
from bt_assess.tui.screens.projects.check_ins import CheckIns
from bt_assess.tui.screens.projects.dialogs import AskDay, NameProject, StopProject
from bt_assess.tui.screens.projects.findings import Findings
from bt_assess.tui.screens.projects.form import FormPage
from bt_assess.tui.screens.projects.page import ProjectPage
from bt_assess.tui.screens.report_to import Folders, ReportTo
from tests.tui.person import at_the_app, choose
from tests.tui.test_projects import (
    GRID,
    a_project,
    a_running_one,
    at_project,
    day,
    saved,
)

SMALL, LEAST = (44, 12), (20, 5)
SIZES = [SMALL, LEAST, (20, 24), (44, 20), (80, 6)]


@pytest.fixture(autouse=True)
def _at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))


@pytest.mark.parametrize("size", SIZES)
async def test_a_new_project_is_named(tmp_path: Path, size: tuple[int, int]) -> None:
    async with at_the_app(tmp_path, GRID) as person:
        await choose(person, "Projects")
        await person.on(Board)
        await person.press("n")
        await person.on(NameProject)
        await person.pilot.resize_terminal(*size)
        await person.reads("What would the team call it?", "enter begin", "esc back")
        if size == SMALL:
            await person.reads("A new breakthrough project", "It can be changed later.")
        await person.types("Two days")
        await person.sees("Two days")


async def test_what_a_project_comes_from_leaves_room_for_its_name(tmp_path: Path) -> None:
    async with at_the_app(tmp_path, GRID, size=SMALL) as person:
        about = "Answer each letter within two days of its coming. " * 12
        person.app.push_screen(NameProject(about))
        await person.on(NameProject)
        await person.reads("Answer each letter within", "…", "What would the team call it?")
        await person.reads("It can be changed later.", "enter begin", "esc back")
        await person.types("Two days")
        await person.sees("Two days")
        await person.pilot.resize_terminal(100, 36)
        await person.until(lambda: person.words.count("of its coming.") == 12, "all of it")


@pytest.mark.parametrize("size", SIZES)
async def test_what_enter_does_is_said_before_a_project_stops(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    a_running_one(tmp_path)
    async with at_the_app(tmp_path, GRID) as person:
        await at_project(person)
        await person.press("s")
        await person.on(StopProject)
        await person.pilot.resize_terminal(*size)
        await person.reads("Stop this project?", "Why", "enter stop it", "esc back")
        if size == SMALL:
            await person.reads("It can be taken up again with the same key.", "a line that will")
        await person.types("No hands")
        await person.sees("No hands")
        await person.reads("enter stop it")


@pytest.mark.parametrize("size", SIZES)
async def test_a_day_and_what_is_wrong_with_it(tmp_path: Path, size: tuple[int, int]) -> None:
    a_running_one(tmp_path, readings=(40, 36))
    async with at_the_app(tmp_path, GRID) as person:
        page = await at_project(person)
        page.action_part("week")
        await person.on(FormPage)
        await person.press("escape")
        await person.on(CheckIns)
        await person.press("b")
        await person.on(AskDay)
        await person.pilot.resize_terminal(*size)
        await person.reads("A check-in of which day?", "enter go on", "esc back")
        await person.press("ctrl+u")
        await person.types("soon\r")
        await person.sees("soon")
        await person.reads("A day as in", "enter go on", "esc back")


@pytest.mark.parametrize("size", SIZES)
async def test_a_report_says_what_enter_does(tmp_path: Path, size: tuple[int, int]) -> None:
    a_running_one(tmp_path)
    async with at_the_app(tmp_path, GRID) as person:
        await at_project(person)
        await person.press("e")
        await person.on(ReportTo)
        await person.pilot.resize_terminal(*size)
        await person.reads("◉ HTML", "○ Excel", "○ JSON", "enter next", "esc back")
        if size == SMALL:
            await person.reads(
                "The project Answered", "It prints well.", "bt-assess-report-", "in "
            )
        await person.press("right", "right")
        await person.sees("◉ Excel")
        await person.press("enter")
        await person.reads("enter write", "esc back", "in /")
        await person.press("ctrl+u")
        await person.types("a.odt\r")
        await person.sees("a.odt")
        await person.reads("The name should end", "enter write", "esc back")


async def test_enter_opens_no_folder_that_is_out_of_sight(tmp_path: Path) -> None:
    a_running_one(tmp_path)
    async with at_the_app(tmp_path, GRID) as person:
        await at_project(person)
        await person.press("e")
        dialog = await person.on(ReportTo)
        dialog.query_one(Folders).focus()
        await person.sees("enter open folder")
        await person.pilot.resize_terminal(*SMALL)
        await person.until(lambda: not isinstance(dialog.focused, Folders), "another line")
        await person.reads("enter next")
        folder = person.line("in ")
        await person.press("enter")
        await person.reads("enter write")
        assert person.line("in ") == folder


class TestTheKeyToStop:
    """`s` says which of the two it would do."""

    async def test_on_the_page(self, tmp_path: Path) -> None:
        a_running_one(tmp_path)
        async with at_the_app(tmp_path, GRID) as person:
            await at_project(person)
            await person.sees("s stop")
            await person.press("s")
            await person.on(StopProject)
            await person.types("No hands free\r")
            await person.on(ProjectPage)
            await person.sees("s take up again")
            assert "s stop" not in person.text
            await person.press("u")
            await person.sees("s stop")

    async def test_on_the_board(self, tmp_path: Path) -> None:
        one = a_running_one(tmp_path)
        folder = ProjectsFolder(tmp_path)
        folder.save(one, one.thing.stop(day(-3), "No hands free"))
        a_project(tmp_path, title="Nobody waits")
        async with at_the_app(tmp_path, GRID) as person:
            await choose(person, "Projects")
            await person.on(Board)
            await person.press("home")
            await person.marks("Nobody waits")
            await person.sees("s stop")
            await person.press("home")
            await person.marks("Answered within")
            await person.sees("s take up again")
            assert "s stop" not in person.text
            await person.press("s")
            await person.on(ProjectPage)
            await person.reads("It is taken up again where it stopped.")
            await saved(person)
            await person.press("escape")
            await person.on(Board)
            await person.marks("Answered within")
            await person.sees("s stop")


@pytest.mark.parametrize("width", [20, 44, 60, 80, 120])
async def test_the_part_and_what_is_wrong_there_stand_apart(tmp_path: Path, width: int) -> None:
    stored = a_running_one(tmp_path)
    held = stored.thing.launch.held
    assert held
    early = stored.thing.model_copy(update={"starts": held - timedelta(days=3)})
    ProjectsFolder(tmp_path).save(stored, early)
    async with at_the_app(tmp_path, GRID, size=(width, 36)) as person:
        page = await at_project(person)
        page.action_check()
        await person.on(Findings)
        await person.sees("! P")
        line = person.line("! P").lstrip(" ▸!")
        part, _, what = line.partition("  ")
        assert part == "Prepare and launch" or (width < 60 and part.endswith("…"))
        assert "the first week begins".startswith(what.strip()[:8].rstrip("…"))
        assert what.strip()
