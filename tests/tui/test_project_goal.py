"""The goal of a project that runs, and its days, at the keyboard."""

from pathlib import Path

from bt_assess.core.project_check import check_project
from bt_assess.core.project_parts import Obstacle, ObstacleAnswer, Reading
from bt_assess.store.projects import ProjectsFolder
from bt_assess.tui.screens.projects.check_ins import CheckIns
from bt_assess.tui.screens.projects.dialogs import AskDay
from bt_assess.tui.screens.projects.findings import Findings
from bt_assess.tui.screens.projects.form import FormPage
from bt_assess.tui.screens.projects.listed import Obstacles
from bt_assess.tui.screens.projects.page import ProjectPage
from tests.tui.person import Person, at_the_app
from tests.tui.test_projects import (
    GOAL,
    GRID,
    TODAY,
    a_running_one,
    at_project,
    day,
    on_disk,
    open_part,
    saved,
)


async def at_the_figure(person: Person) -> None:
    """In the line of the figure to reach, which is marked."""
    await open_part(person, "c", FormPage)
    await person.press(*["tab"] * 6)
    assert person.app.focused is not None
    assert person.app.focused.id == "ask-to"
    await person.press("end", "backspace", "backspace")


async def test_a_goal_that_is_moved_is_told_and_comes_back_with_one_undo(tmp_path: Path) -> None:
    a_running_one(tmp_path, readings=(40, 36, 31))
    async with at_the_app(tmp_path, GRID) as person:
        await at_project(person)
        await at_the_figure(person)
        await person.types("25")
        await person.press("escape")
        await person.on(ProjectPage)
        await person.sees("The goal was moved on")
        await person.reads("before: from 40 to 10 a week")
        await saved(person)
        [change] = on_disk(tmp_path).refocused
        assert (change.on, change.before, change.obstacle) == (TODAY, GOAL, None)
        await person.press("k")
        await person.on(Findings)
        await person.sees("and nobody says why")
        await person.press("escape")
        await person.on(ProjectPage)
        await person.press("u")
        await person.sees("Undone")
        await saved(person)
        assert "was moved" not in person.text
    project = on_disk(tmp_path)
    assert (project.wanted, project.refocused) == (GOAL, ())


async def test_a_goal_is_refocused_once_more_in_answer_to_the_same(tmp_path: Path) -> None:
    stored = a_running_one(tmp_path)
    obstacle = Obstacle(id="cccccccc", what="No access at night", raised=day(-20))
    project = stored.thing.with_obstacle(obstacle).answered(
        "cccccccc", ObstacleAnswer.REFOCUSED, day(-15), "North first", wanted=GOAL.changed(to=20)
    )
    ProjectsFolder(tmp_path).save(stored, project)
    async with at_the_app(tmp_path, GRID) as person:
        await at_project(person)
        await open_part(person, "o", Obstacles)
        await person.press("enter")
        await person.on(FormPage)
        await person.press("escape")
        await person.sees("The goal from now on")
        await person.press("end", "backspace", "backspace")
        await person.types("25\r")
        await person.press("escape")
        await person.on(Obstacles)
        await saved(person)
    project = on_disk(tmp_path)
    assert project.wanted.to == 25
    told = [(change.on, change.before.to, change.obstacle) for change in project.refocused]
    assert told == [(day(-15), 10, "cccccccc"), (TODAY, 20, "cccccccc")]


async def test_a_report_is_not_given_on_a_day_to_come(tmp_path: Path) -> None:
    a_running_one(tmp_path, since=60)
    async with at_the_app(tmp_path, GRID) as person:
        await at_project(person)
        await open_part(person, "r", FormPage)
        await person.types("Twelve")
        await person.press(*["tab"] * 7)
        await person.types(day(9).isoformat())
        await person.press("escape")
        await person.sees("That day is still to come")
        await person.press("escape")
        await person.on(ProjectPage)
        await saved(person)
    report = on_disk(tmp_path).report
    assert (report.on, report.result) == (None, "Twelve")


async def test_a_reading_is_not_of_a_day_to_come(tmp_path: Path) -> None:
    a_running_one(tmp_path, readings=(40,))
    async with at_the_app(tmp_path, GRID) as person:
        await at_project(person)
        await person.press("w")
        await person.on(FormPage)
        await person.press("escape")
        await person.on(CheckIns)
        await person.press("b")
        await person.on(AskDay)
        await person.types(f"{day(9).isoformat()}\r")
        await person.sees("That day is still to come")
        await person.on(CheckIns)
        await saved(person)
    assert [reading.value for reading in on_disk(tmp_path).readings] == [40]


async def test_an_answer_is_one_change_and_what_is_changed_beside_it_another(
    tmp_path: Path,
) -> None:
    stored = a_running_one(tmp_path, readings=(40, 36, 31))
    obstacle = Obstacle(id="cccccccc", what="No access at night", raised=day(-20))
    project = stored.thing.with_obstacle(obstacle).answered(
        "cccccccc", ObstacleAnswer.REFOCUSED, day(-15), "North first"
    )
    ProjectsFolder(tmp_path).save(stored, project)
    async with at_the_app(tmp_path, GRID) as person:
        await at_project(person)
        await open_part(person, "o", Obstacles)
        await person.press("enter")
        await person.on(FormPage)
        await person.press("escape")
        await person.sees("The goal from now on")
        await person.press("end", "backspace", "backspace")
        await person.types("25\r")
        await person.types(f"{day(50).isoformat()}\r")
        await person.press("escape")
        await person.on(Obstacles)
        await saved(person)
        [change] = on_disk(tmp_path).refocused
        assert (change.before, change.obstacle) == (GOAL, "cccccccc")
        await person.press("escape")
        await person.on(ProjectPage)
        await at_the_figure(person)
        await person.types("22")
        await person.press("escape")
        await person.on(ProjectPage)
        await saved(person)
    project = on_disk(tmp_path)
    told = [(change.before.to, change.obstacle) for change in project.refocused]
    assert told == [(10, "cccccccc"), (25, None)]
    assert project.answered("cccccccc", None, TODAY).wanted == GOAL.changed(to=22)


async def test_a_reading_of_a_day_to_come_is_not_counted(tmp_path: Path) -> None:
    """One that was written by hand."""
    stored = a_running_one(tmp_path, readings=(40, 36))
    hasty = stored.thing.with_reading(Reading(on=day(9), value=20))
    ProjectsFolder(tmp_path).save(stored, hasty)
    async with at_the_app(tmp_path, GRID) as person:
        await at_project(person)
        await person.sees("2 readings")
        assert "3 readings" not in person.text


async def test_a_finding_about_an_obstacle_leads_to_the_obstacles(tmp_path: Path) -> None:
    stored = a_running_one(tmp_path, readings=(40, 36))
    obstacle = Obstacle(id="cccccccc", what="No access at night", raised=day(-20))
    ProjectsFolder(tmp_path).save(stored, stored.thing.with_obstacle(obstacle))
    async with at_the_app(tmp_path, GRID) as person:
        await at_project(person)
        await person.press("k")
        await person.on(Findings)
        [at] = [
            number
            for number, each in enumerate(check_project(on_disk(tmp_path), TODAY))
            if each.where == "project.obstacle.cccccccc"
        ]
        await person.press(*["down"] * at, "enter")
        await person.on(Obstacles)
