"""What a form cannot keep yet stays in its field, is said not to be kept, and is kept once it can."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Input, TextArea

from bt_assess.core.plan import Destination
from bt_assess.core.plan_history import StageKind
from bt_assess.core.project_parts import Obstacle, ObstacleAnswer
from bt_assess.store.plans import PlansFolder
from bt_assess.store.projects import ProjectsFolder
from bt_assess.tui.screens.plans.parts import EditDestination, EditStage
from bt_assess.tui.screens.projects.form import FormPage
from bt_assess.tui.screens.projects.launch import LaunchPage
from bt_assess.tui.screens.projects.listed import Obstacles
from bt_assess.tui.screens.projects.page import ProjectPage
from bt_assess.tui.widgets.choice import Choice
from bt_assess.tui.widgets.date_field import parse_day
from tests.tui.person import Person, at_the_app
from tests.tui.test_plans import a_plan, the_plan, written
from tests.tui.test_projects import (
    GOAL,
    GRID,
    TODAY,
    a_project,
    a_running_one,
    at_project,
    day,
    on_disk,
    open_part,
    saved,
)

ANSWERED = Obstacle(
    id="cccccccc", what="No access at night", raised=day(-9), answer=ObstacleAnswer.REMOVED,
    answered=day(-7), decision="I speak with IT", due=day(12), kept=True,
)  # fmt: skip


def with_obstacle(folder: Path, obstacle: Obstacle) -> None:
    stored = a_running_one(folder)
    ProjectsFolder(folder).save(stored, stored.thing.with_obstacle(obstacle))


async def at_the_answer(person: Person) -> FormPage:
    await at_project(person)
    await open_part(person, "o", Obstacles)
    await person.press("enter")
    return await person.on(FormPage)


async def test_a_day_without_a_year_is_the_day_that_is_meant(tmp_path: Path) -> None:
    a_project(tmp_path)
    async with at_the_app(tmp_path, GRID) as person:
        await at_project(person)
        await open_part(person, "l", LaunchPage)
        await person.press("n")
        form = await person.on(FormPage)
        await person.types("Ring the supplier")
        await person.press("tab")
        await person.types("Zoe")
        await person.press("tab")
        # Its beginning, "5 D", is a day as well: five days from today.
        await person.types("5 Dec")
        assert form.thing.launch.actions[0].due is None
        await person.press("tab", "tab")
        await person.types("first try")
        [action] = form.thing.launch.actions
        assert form.query_one("#ask-due", Input).value == str(action.due)
        await person.sees("✓ saved")
        await person.press("escape")
        await person.on(LaunchPage)
        await saved(person)
    [action] = on_disk(tmp_path).launch.actions
    assert action.due == parse_day("5 Dec", TODAY)
    assert action.due is not None
    assert (action.due.month, action.due.day) == (12, 5)
    assert (action.what, action.owner, action.remark) == ("Ring the supplier", "Zoe", "first try")


async def test_who_and_when_wait_for_what(tmp_path: Path) -> None:
    a_project(tmp_path)
    async with at_the_app(tmp_path, GRID) as person:
        await at_project(person)
        await open_part(person, "l", LaunchPage)
        await person.press("n")
        form = await person.on(FormPage)
        await person.press("tab")
        await person.types("Bo")
        # In plain sight at once, before the line is left.
        await person.sees("… not kept yet: say first what it is")
        await person.press("tab")
        await person.types("2 weeks\r")
        await person.press("right", "shift+tab", "shift+tab", "shift+tab")
        await person.sees("… not kept yet: say first what it is", "! Say first what it is.")
        await person.types("Call them back")
        await person.sees("✓ saved")
        assert "Say first" not in person.text
        await person.press("ctrl+z")
        # What was kept with it is one edit with it.
        assert form.thing.launch.actions == ()
        await person.types("Write to them")
        await person.press("tab")
        await person.types("Cy")
        await person.press("escape")
        await person.on(LaunchPage)
        await saved(person)
    [action] = on_disk(tmp_path).launch.actions
    assert (action.what, action.owner) == ("Write to them", "Cy")


async def test_nothing_that_waits_is_lost_when_all_can_be_kept(tmp_path: Path) -> None:
    a_project(tmp_path)
    async with at_the_app(tmp_path, GRID) as person:
        await at_project(person)
        await open_part(person, "l", LaunchPage)
        await person.press("n")
        await person.on(FormPage)
        await person.press("tab")
        await person.types("Bo\r")
        await person.types("2 weeks\r")
        await person.press("shift+tab", "shift+tab", "shift+tab")
        await person.types("Call them back")
        await person.press("escape")
        await person.on(LaunchPage)
        await saved(person)
    [action] = on_disk(tmp_path).launch.actions
    assert (action.what, action.owner, action.due) == ("Call them back", "Bo", day(14))


async def test_on_the_smallest_it_is_said_too(tmp_path: Path) -> None:
    a_project(tmp_path)
    async with at_the_app(tmp_path, GRID, size=(44, 12)) as person:
        await at_project(person)
        await open_part(person, "l", LaunchPage)
        await person.press("n", "tab")
        await person.types("Bo")
        await person.sees("… not kept yet")
        await person.pilot.resize_terminal(100, 30)
        await person.sees("… not kept yet: say first what it is")
        await person.press("escape", "escape")
        await saved(person)


async def test_who_goes_is_told_what_still_waits(tmp_path: Path) -> None:
    a_project(tmp_path)
    async with at_the_app(tmp_path, GRID) as person:
        await at_project(person)
        await open_part(person, "l", LaunchPage)
        await person.press("n")
        await person.on(FormPage)
        await person.press("tab")
        await person.types("Bo")
        await person.press("escape")
        await person.reads("! Say first what it is. Esc once more goes without it.")
        await person.press("escape")
        await person.on(LaunchPage)
        await saved(person)
    assert on_disk(tmp_path).launch.actions == ()


async def test_a_note_waits_for_its_reading_and_comes_back_with_it(tmp_path: Path) -> None:
    a_running_one(tmp_path)
    async with at_the_app(tmp_path, GRID) as person:
        await at_project(person)
        await person.press("w")
        form = await person.on(FormPage)
        await person.press("tab")
        await person.types("holidays")
        await person.sees("… not kept yet: say first what the reading is")
        await person.press("shift+tab")
        await person.types("120")
        await person.sees("✓ saved")
        # Written anew, it takes its note along.
        await person.press("backspace", "backspace", "backspace")
        await person.sees("… not kept yet")
        assert form.thing.readings == ()
        await person.types("90")
        await person.press("escape")
        await person.until(lambda: person.app.screen is not form, "leaving")
        await saved(person)
    [reading] = on_disk(tmp_path).readings
    assert (reading.value, reading.note) == (90, "holidays")


async def test_what_is_no_figure_is_not_said_to_be_kept(tmp_path: Path) -> None:
    a_running_one(tmp_path)
    async with at_the_app(tmp_path, GRID) as person:
        await at_project(person)
        await person.press("w")
        form = await person.on(FormPage)
        await person.types("£120")
        await person.sees("… not kept yet")
        await person.press("tab", "tab")
        await person.types("Called them")
        await person.sees("… not kept yet", "! A figure, as 40")
        # Esc leads to the line it is about.
        await person.press("escape")
        await person.until(lambda: person.app.focused is form.query_one("#ask-value"), "the line")
        await person.press("home", "delete")
        await person.sees("✓ saved")
        await person.press("escape")
        await person.until(lambda: person.app.screen is not form, "leaving")
        await saved(person)
    assert [reading.value for reading in on_disk(tmp_path).readings] == [120]


async def test_a_decision_and_its_day_wait_for_the_answer(tmp_path: Path) -> None:
    with_obstacle(tmp_path, Obstacle(id="cccccccc", what="No access", raised=day(-5)))
    async with at_the_app(tmp_path, GRID) as person:
        await at_the_answer(person)
        await person.press("tab")
        await person.types("I speak with IT")
        await person.press("tab")
        await person.types("1 week\r")
        await person.sees("… not kept yet: say first what the leader does")
        await person.press("shift+tab", "shift+tab", "shift+tab", "right")
        await person.sees("✓ saved")
        await person.press("escape")
        await person.on(Obstacles)
        await saved(person)
    [found] = on_disk(tmp_path).obstacles
    assert (found.answer, found.answered) == (ObstacleAnswer.REMOVED, TODAY)
    assert (found.decision, found.due) == ("I speak with IT", day(7))


PASSING = [("left", "right"), ("right", "right", "right"), ("left", "tab", "shift+tab", "right")]


@pytest.mark.parametrize("keys", PASSING)
async def test_an_answer_that_is_passed_over_loses_nothing(
    tmp_path: Path, keys: tuple[str, ...]
) -> None:
    with_obstacle(tmp_path, ANSWERED)
    async with at_the_app(tmp_path, GRID) as person:
        form = await at_the_answer(person)
        for key in keys:
            await person.press(key)
            await person.settles()
            there = form.thing.obstacles[0]
            assert form.query_one("#ask-decision", TextArea).text == "I speak with IT"
            assert ("… not kept yet" in person.text) is (there.answer is None)
        await person.sees("✓ saved")
        await person.press("escape")
        await person.on(Obstacles)
        await saved(person)
    assert on_disk(tmp_path).obstacles == (ANSWERED,)


@pytest.mark.parametrize("keys", PASSING)
async def test_a_refocused_goal_comes_back_with_its_answer(
    tmp_path: Path, keys: tuple[str, ...]
) -> None:
    stored = a_running_one(tmp_path)
    project = stored.thing.with_obstacle(Obstacle(id="cccccccc", what="No access", raised=day(-9)))
    before = project.answered(
        "cccccccc", ObstacleAnswer.REFOCUSED, day(-7), "North", wanted=GOAL.changed(to=20)
    )
    ProjectsFolder(tmp_path).save(stored, before)
    async with at_the_app(tmp_path, GRID) as person:
        form = await at_the_answer(person)
        await person.press(keys[0])
        await person.settles()
        assert form.thing.wanted == GOAL
        await person.press(*keys[1:])
        await person.sees("✓ saved")
        await saved(person)
    after = on_disk(tmp_path)
    assert (after.obstacles, after.wanted) == (before.obstacles, before.wanted)
    assert after.refocused == before.refocused


async def test_an_answer_that_is_taken_back_comes_back_whole_by_undo(tmp_path: Path) -> None:
    with_obstacle(tmp_path, ANSWERED)
    async with at_the_app(tmp_path, GRID) as person:
        form = await at_the_answer(person)
        await person.press("left", "tab")
        await person.sees("! Say first what the leader does.")
        await person.press("shift+tab", "ctrl+z")
        await person.sees("✓ saved")
        assert form.thing.obstacles == (ANSWERED,)
        assert form.query_one("#ask-kept", Choice).chosen == 1
        await person.press("left", "escape")
        await person.reads("Esc once more")
        await person.press("escape")
        await person.on(Obstacles)
        await saved(person)
    [found] = on_disk(tmp_path).obstacles
    assert (found.answer, found.decision, found.due) == (None, "", None)


async def test_undo_beyond_the_obstacle_that_is_answered(tmp_path: Path) -> None:
    a_running_one(tmp_path)
    async with at_the_app(tmp_path, GRID) as person:
        await at_project(person)
        await open_part(person, "o", Obstacles)
        await person.press("n")
        await person.on(FormPage)
        await person.types("No access")
        await person.press("escape")
        await person.on(Obstacles)
        await person.press("enter")
        form = await person.on(FormPage)
        await person.press("ctrl+z", "ctrl+z")
        await person.reads("There is nothing to undo")
        assert form.thing.obstacles == ()
        person.app.clear_notifications()
        await person.press("right", "tab")
        await person.reads("That obstacle is not there any more")


async def test_an_obstacle_is_of_today_or_before(tmp_path: Path) -> None:
    a_running_one(tmp_path)
    async with at_the_app(tmp_path, GRID) as person:
        await at_project(person)
        await open_part(person, "o", Obstacles)
        await person.press("n")
        form = await person.on(FormPage)
        await person.types("No access")
        await person.press("tab", "tab")
        await person.types("tomorrow\r")
        await person.sees("! That day is still to come")
        await person.press("shift+tab", "ctrl+u")
        await person.types("yesterday")
        await person.press("escape")
        await person.until(lambda: person.app.screen is not form, "leaving")
        await saved(person)
    [found] = on_disk(tmp_path).obstacles
    assert found.raised == day(-1)


async def test_a_report_of_a_day_to_come_is_refused_as_its_line_is_left(tmp_path: Path) -> None:
    a_running_one(tmp_path, since=60)
    async with at_the_app(tmp_path, GRID) as person:
        await at_project(person)
        await open_part(person, "r", FormPage)
        await person.types("Twelve")
        await person.press(*["tab"] * 7)
        await person.types("tomorrow\r")
        await person.sees("! That day is still to come", "… not kept yet")
        await person.press("escape", "escape")
        await person.on(ProjectPage)
        await saved(person)
    assert on_disk(tmp_path).report.on is None


async def test_each_fault_stays_until_it_is_mended_itself(tmp_path: Path) -> None:
    a_plan(tmp_path)
    stored = PlansFolder(tmp_path).all()[0][0]
    here = Destination(by=date(2027, 11, 30))
    PlansFolder(tmp_path).save(stored, stored.thing.with_destination(here, TODAY))
    async with at_the_app(tmp_path, GRID) as person:
        await the_plan(person)
        await person.press("enter")
        form: Any = await person.on(EditDestination)
        await person.press("ctrl+u")
        await person.types("12/31/2027")
        await person.press("tab")
        await person.types("Homes within a month")
        await person.sees("! A day as in", "… not kept yet")
        assert form.thing.destination.by == here.by
        await person.press("shift+tab", "ctrl+u")
        await person.types("31 Dec 2027")
        await person.press("tab")
        await person.sees("✓ saved")
        assert "! A day as in" not in person.text
        await saved(person)
    assert written(tmp_path).destination.by == date(2027, 12, 31)


async def test_who_passes_over_done_does_not_move_its_day(tmp_path: Path) -> None:
    a_plan(tmp_path)
    stored = PlansFolder(tmp_path).all()[0][0]
    was = date(2026, 9, 25)
    PlansFolder(tmp_path).save(stored, stored.thing.stage_done(StageKind.INCREMENTAL, was, was))
    before = written(tmp_path)
    async with at_the_app(tmp_path, GRID) as person:
        await the_plan(person)
        await person.press("down", "down", "down", "enter")
        form = await person.on(EditStage)
        form.query_one("#ask-done").focus()
        await person.press("left")
        assert form.thing.stage(StageKind.INCREMENTAL).done is None
        await person.press("tab", "shift+tab", "right", "escape")
        await saved(person)
    after = written(tmp_path)
    assert after.stage(StageKind.INCREMENTAL).done == was
    assert after.history == before.history


@pytest.mark.parametrize("key", ["c", "w"])
async def test_of_a_figure_that_is_none_no_half_is_kept(tmp_path: Path, key: str) -> None:
    """1, 13, 13O: a goal stays what it was, and there is no reading of 13."""
    a_running_one(tmp_path, readings=(40, 36))
    async with at_the_app(tmp_path, GRID) as person:
        await at_project(person)
        await open_part(person, key, FormPage)
        field = person.app.screen.query_one("#ask-to" if key == "c" else "#ask-value", Input)
        field.focus()
        field.value = ""
        await person.types("13O")
        await person.sees("… not kept yet")
        await person.press("escape")
        await person.reads("Esc once more goes without it.")
        await person.press("escape")
        await person.until(lambda: not isinstance(person.app.screen, FormPage), "the page before")
        await saved(person)
    project = on_disk(tmp_path)
    assert project.wanted.to == 10.0
    assert [reading.value for reading in project.readings] == [40, 36]
    assert project.refocused == ()


async def test_a_title_that_is_emptied_is_what_it_was(tmp_path: Path) -> None:
    a_project(tmp_path)
    title = on_disk(tmp_path).title
    async with at_the_app(tmp_path, GRID) as person:
        await at_project(person)
        await open_part(person, "c", FormPage)
        field = person.app.screen.query_one("#ask-title", Input)
        field.focus()
        field.cursor_position = len(field.value)
        for _ in title:
            await person.press("backspace")
        await person.sees("… not kept yet")
        await person.goes_back_to(ProjectPage)
        await person.sees(title)
    assert on_disk(tmp_path).title == title


async def test_who_quits_is_told_once_what_is_not_kept(tmp_path: Path) -> None:
    a_running_one(tmp_path)
    async with at_the_app(tmp_path, GRID) as person:
        await at_project(person)
        await open_part(person, "w", FormPage)
        await person.press("tab")
        await person.types("Storm week")
        await person.sees("… not kept yet")
        await person.press("ctrl+q")
        await person.reads("Ctrl+Q once more goes without it.")
        assert person.app.is_running
        await person.press("ctrl+q")
        await person.until(lambda: person.app._exit, "the end")  # noqa: SLF001
    assert person.app.parting_words.endswith("but for what could not be kept")
