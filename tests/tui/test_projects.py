"""Breakthrough projects at the keyboard: from the board through nine weeks to the report back."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from bt_assess.core.project import Project
from bt_assess.core.project_parts import (
    CheckIn,
    GoalAnswer,
    GoalQuestion,
    Obstacle,
    ObstacleAnswer,
    Phase,
    Reading,
    Wanted,
)
from bt_assess.core.round import Action, ActionState
from bt_assess.store.projects import ProjectsFolder, StoredProject
from bt_assess.tui.screens.compare import Compare
from bt_assess.tui.screens.home import Home
from bt_assess.tui.screens.new import NewSession
from bt_assess.tui.screens.projects.again import Again
from bt_assess.tui.screens.projects.block import BlockPage
from bt_assess.tui.screens.projects.board import Board
from bt_assess.tui.screens.projects.check_ins import CheckIns
from bt_assess.tui.screens.projects.dialogs import AskDay, NameProject, StopProject
from bt_assess.tui.screens.projects.findings import Findings
from bt_assess.tui.screens.projects.form import FormPage
from bt_assess.tui.screens.projects.launch import LaunchPage
from bt_assess.tui.screens.projects.listed import Obstacles, Prepare
from bt_assess.tui.screens.projects.page import ProjectPage
from tests.core.builders import NOON
from tests.tui.kept import DAY, given, grid, keep
from tests.tui.person import Person, at_the_app, choose

GRID = grid("33 33 33", "33 33 33")
TODAY = date.today()  # noqa: DTZ011  the app goes by the same clock
GOAL = Wanted(measure="Open complaints", unit="a week", from_=40, to=10)
ACTION = Action(id="aaaaaaaa", what="Call the oldest back", owner="Bo", due=TODAY)


def day(number: int) -> date:
    return TODAY + timedelta(days=number)


def a_project(folder: Path, title: str = "Answered within a week", **more: Any) -> StoredProject:
    settings = {"function": "Complaints", "leader": "Ann", "team": ("Bo", "Cy"), "wanted": GOAL}
    return ProjectsFolder(folder).new(title, day(-40), **{**settings, **more})


def a_running_one(folder: Path, since: int = 30, readings: tuple[float, ...] = ()) -> StoredProject:
    stored = a_project(folder)
    project = stored.thing.with_action(ACTION).launched(day(-since))
    for week, value in enumerate(readings):
        project = project.with_reading(Reading(on=day(7 * week - since + 1), value=value))
    return ProjectsFolder(folder).save(stored, project)


def on_disk(folder: Path) -> Project:
    """The one project there is."""
    [stored] = ProjectsFolder(folder).all()[0]
    return stored.thing


async def saved(person: Person) -> None:
    """Until all is on disk."""
    desk = person.app._desk  # noqa: SLF001
    assert desk is not None
    assert await desk.saver.drain()


async def at_project(person: Person) -> ProjectPage:
    """From Home to the page of the first project."""
    await choose(person, "Projects")
    await person.on(Board)
    await person.press("enter")
    return await person.on(ProjectPage)


async def fill(person: Person, *lines: str) -> None:
    """Type each line and press Enter behind it."""
    for line in lines:
        await person.types(line)
        await person.press("enter")


async def open_part(person: Person, letter: str, page: type[Any]) -> None:
    await person.on(ProjectPage)
    await person.press(letter)
    await person.on(page)


class TestFromTheChoiceToTheReport:
    """A whole project, by keyboard alone."""

    async def test_it_is_chosen_line_by_line(self, tmp_path: Path) -> None:
        async with at_the_app(tmp_path, GRID) as person:
            await choose(person, "Projects")
            await person.on(Board)
            await person.reads("Press n to choose the first one")
            await person.press("n")
            await person.on(NameProject)
            await person.types("Answered within a week\r")
            await person.on(ProjectPage)
            await person.sees("still open: function, result, leader, team")
            await open_part(person, "c", FormPage)
            await person.types("Complaints\r")
            await person.press("tab", "tab")
            await fill(person, "Open complaints", "a week", "40", "12.5", "9 weeks", "Ann Meyer")
            await person.press("tab")
            await person.types("Bo Lind, Cy Okafor\r")
            await person.press("escape")
            await person.sees("function, result, leader and team")
            await saved(person)
        project = on_disk(tmp_path)
        assert project.chosen
        assert (project.title, project.function) == ("Answered within a week", "Complaints")
        assert (project.wanted.measure, project.wanted.unit) == ("Open complaints", "a week")
        assert (project.wanted.from_, project.wanted.to) == (40, 12.5)
        assert project.wanted.by == day(63)
        assert project.leader == "Ann Meyer"
        assert project.team == ("Bo Lind", "Cy Okafor")

    async def test_the_goal_check_asks_seven_things(self, tmp_path: Path) -> None:
        a_project(tmp_path)
        async with at_the_app(tmp_path, GRID) as person:
            await at_project(person)
            await open_part(person, "g", FormPage)
            await person.reads("Is it important?", "Would those you serve")
            await person.press("right", "enter")
            await person.types("every third call")
            await person.press("tab", "right", "right")
            await person.press("escape")
            await person.sees("2 of 7 questions answered")
            await saved(person)
        goals = on_disk(tmp_path).goal_check
        assert goals[GoalQuestion.IMPORTANT].answer is GoalAnswer.YES
        assert goals[GoalQuestion.IMPORTANT].remark == "every third call"
        assert goals[GoalQuestion.STRETCH].answer is GoalAnswer.PARTLY
        assert len(goals) == 2

    async def test_a_core_group_gets_things_ready(self, tmp_path: Path) -> None:
        a_project(tmp_path)
        async with at_the_app(tmp_path, GRID) as person:
            await at_project(person)
            await open_part(person, "p", Prepare)
            await person.press("enter")
            await person.on(FormPage)
            await fill(person, "Bo, Cy", "Flo")
            await person.press("escape")
            await person.on(Prepare)
            await person.sees("Bo, Cy   led by  Flo")
            await person.press("n")
            await person.on(FormPage)
            await fill(person, "The twenty oldest cases", "Bo")
            await person.press("escape")
            await person.on(Prepare)
            await person.press("down", "space")
            await person.sees("✓ The twenty oldest cases  Bo")
            await saved(person)
        project = on_disk(tmp_path)
        assert project.core_group == ("Bo", "Cy")
        assert project.facilitator == "Flo"
        assert [(n.what, n.who, n.ready) for n in project.data_needed] == [
            ("The twenty oldest cases", "Bo", True)
        ]
        assert project.phase(TODAY) is Phase.LAUNCH

    async def test_a_launch_without_an_action_plan_does_not_end(self, tmp_path: Path) -> None:
        a_project(tmp_path)
        async with at_the_app(tmp_path, GRID) as person:
            await at_project(person)
            await open_part(person, "l", LaunchPage)
            await person.press("e")
            await person.reads("The action plan is empty")
            await person.press("n")
            await person.on(FormPage)
            await person.types("Call them back\r")
            await person.press("escape")
            await person.on(LaunchPage)
            await person.press("e")
            await person.reads("does not say who")
            await person.press("end", "up", "enter")
            await person.on(FormPage)
            await person.press("tab")
            await fill(person, "Bo", "2 weeks")
            await person.press("escape")
            await person.on(LaunchPage)
            await person.press("e")
            await person.reads("The weeks begin: 9 of them")
            await saved(person)
        project = on_disk(tmp_path)
        assert (project.launch.held, project.starts) == (TODAY, TODAY)
        [action] = project.launch.actions
        assert (action.what, action.owner, action.due) == ("Call them back", "Bo", day(14))

    async def test_a_check_in_takes_a_reading_and_an_obstacle_to_the_leader(
        self, tmp_path: Path
    ) -> None:
        a_running_one(tmp_path, since=3)
        async with at_the_app(tmp_path, GRID) as person:
            await at_project(person)
            await person.press("w")
            # It is the week's first, so its form is there at once.
            await person.on(FormPage)
            await person.types("36\r")
            await person.press("tab")
            await person.types("Called them")
            await person.press("tab", "tab")
            await person.types("No access at night")
            await person.press("escape")
            await person.reads("Does this go to Ann?")
            await person.press("enter")
            await person.on(CheckIns)
            await person.sees("36", "Called them")
            await person.press("escape")
            await person.sees("1 waits for an answer")
            await saved(person)
        project = on_disk(tmp_path)
        assert [(r.on, r.value) for r in project.readings] == [(TODAY, 36)]
        assert [c.done for c in project.check_ins] == ["Called them"]
        assert [o.what for o in project.unanswered()] == ["No access at night"]

    async def test_the_leader_answers_with_a_day(self, tmp_path: Path) -> None:
        stored = a_running_one(tmp_path)
        obstacle = Obstacle(id="cccccccc", what="No access at night", raised=day(-5))
        ProjectsFolder(tmp_path).save(stored, stored.thing.with_obstacle(obstacle))
        async with at_the_app(tmp_path, GRID) as person:
            await at_project(person)
            await open_part(person, "o", Obstacles)
            await person.press("enter")
            await person.on(FormPage)
            await person.press("right", "enter")
            await person.types("I speak with IT")
            await person.press("tab")
            await person.types("1 week\r")
            await person.press("escape")
            await person.on(Obstacles)
            await person.reads("removed, until")
            await person.press("space")
            await person.reads("removed, done")
            await saved(person)
        [found] = on_disk(tmp_path).obstacles
        assert (found.answer, found.answered) == (ObstacleAnswer.REMOVED, TODAY)
        assert (found.decision, found.due, found.kept) == ("I speak with IT", day(7), True)

    async def test_a_refocused_goal_keeps_the_one_before(self, tmp_path: Path) -> None:
        stored = a_running_one(tmp_path)
        obstacle = Obstacle(id="cccccccc", what="No access at night", raised=day(-5))
        ProjectsFolder(tmp_path).save(stored, stored.thing.with_obstacle(obstacle))
        async with at_the_app(tmp_path, GRID) as person:
            await at_project(person)
            await open_part(person, "o", Obstacles)
            await person.press("enter")
            await person.on(FormPage)
            await person.press("right", "right", "enter")
            await person.types("North first")
            await person.press("escape")
            await person.sees("The goal from now on")
            await person.press("end", "backspace", "backspace")
            await person.types("25\r")
            await person.press("escape")
            await person.on(Obstacles)
            await saved(person)
        project = on_disk(tmp_path)
        assert project.wanted.to == 25
        [change] = project.refocused
        assert (change.before.to, change.why, change.obstacle) == (10, "North first", "cccccccc")

    async def test_the_mid_point_is_kept(self, tmp_path: Path) -> None:
        a_running_one(tmp_path, since=33)
        async with at_the_app(tmp_path, GRID) as person:
            await at_project(person)
            await person.sees("mid-point")
            await open_part(person, "m", FormPage)
            await person.types("Still the right one")
            await person.press("tab", "tab", "tab")
            await person.types("The oldest first")
            await person.press("escape")
            await person.on(ProjectPage)
            await saved(person)
        point = on_disk(tmp_path).mid_point
        assert point is not None
        assert (point.on, point.goal, point.decision) == (
            TODAY, "Still the right one", "The oldest first",
        )  # fmt: skip

    async def test_after_the_report_the_cycle_goes_on(self, tmp_path: Path) -> None:
        for number, rows in enumerate(("33 00 00", "00 00 33")):
            keep(tmp_path, GRID, given(rows, rows), started=NOON + number * DAY, respondent="Ann")
        a_running_one(tmp_path, since=60, readings=(40, 20))
        async with at_the_app(tmp_path, GRID) as person:
            await at_project(person)
            await open_part(person, "r", FormPage)
            await person.types("From 40 to 20")
            await person.press(*["tab"] * 7)
            await person.types("today\r")
            await person.press("escape")
            await person.on(Again)
            await saved(person)
            project = on_disk(tmp_path)
            assert (project.report.result, project.report.on) == ("From 40 to 20", TODAY)
            assert project.phase(TODAY) is Phase.DONE
            await person.press("down", "enter")
            await person.on(Compare)
            await person.press("escape")
            await person.on(Again)
            await person.press("up", "enter")
            await person.on(NewSession)

    async def test_a_report_begins_with_the_result(self, tmp_path: Path) -> None:
        a_running_one(tmp_path, since=60)
        async with at_the_app(tmp_path, GRID) as person:
            await at_project(person)
            await open_part(person, "r", FormPage)
            await person.press(*["tab"] * 7)
            await person.types("today\r")
            await person.reads("A report back begins with the result")
            await saved(person)
        assert on_disk(tmp_path).report.on is None


def drawn(person: Person) -> str:
    """What is on the screen, without the line that explains the picture."""
    return "\n".join(line for line in person.text.splitlines() if "line to the goal" not in line)


class TestThePicture:
    """Readings against the line, today, and a forecast only where there is one."""

    async def test_a_forecast_from_four_readings_on(self, tmp_path: Path) -> None:
        a_running_one(tmp_path, readings=(40, 36, 33))
        async with at_the_app(tmp_path, GRID, size=(120, 36)) as person:
            await at_project(person)
            await person.reads("33 on", "of the way", "A forecast from four readings on: one more")
            assert "◌" not in drawn(person)
            assert drawn(person).count("●") == 3
            assert "◇" in drawn(person)
            assert "┊" in drawn(person)
            await person.press("w")
            await person.on(FormPage)
            await person.types("27")
            await person.press("escape", "escape")
            await person.reads("If all goes on like this: about", "4 times in 5")
            assert "◌" in drawn(person)
            assert drawn(person).count("●") == 4

    async def test_what_is_late_is_on_the_page_the_board_and_home(self, tmp_path: Path) -> None:
        stored = a_running_one(tmp_path)
        late = ACTION.model_copy(update={"due": day(-4)})
        ProjectsFolder(tmp_path).save(stored, stored.thing.with_action(late))
        async with at_the_app(tmp_path, GRID, size=(120, 36)) as person:
            await person.reads("! 2 late")
            await at_project(person)
            await person.reads("! 4 days late Call the oldest back · Bo")
            await person.press("escape")
            await person.on(Board)
            await person.sees("! Answered within")


class TestKeeping:
    """What is typed stays, and what was a mistake goes."""

    async def test_every_edit_can_be_undone(self, tmp_path: Path) -> None:
        before = a_running_one(tmp_path).thing
        async with at_the_app(tmp_path, GRID) as person:
            page = await at_project(person)
            await open_part(person, "c", FormPage)
            await person.types(" by post\r")
            await person.press("escape")
            await open_part(person, "g", FormPage)
            await person.press("right", "escape")
            await open_part(person, "l", LaunchPage)
            await person.press("end", "space", "h", "down", "escape")
            await open_part(person, "p", Prepare)
            await person.press("n")
            await person.on(FormPage)
            await person.types("Figures")
            await person.press("escape", "d", "escape")
            await person.on(ProjectPage)
            assert page.work.project != before
            assert page.work.project.function == "Complaints by post"
            assert page.work.project.launch.actions[0].state is ActionState.DONE
            for _ in range(20):
                if page.work.undoable is None:
                    break
                await person.press("u")
            await person.press("u")
            await person.reads("nothing to undo")
            await saved(person)
        after = on_disk(tmp_path)
        assert after.model_copy(update={"revision": 0}) == before.model_copy(update={"revision": 0})
        assert after.revision > before.revision

    async def test_a_word_typed_is_one_edit(self, tmp_path: Path) -> None:
        a_project(tmp_path)
        async with at_the_app(tmp_path, GRID) as person:
            page = await at_project(person)
            await open_part(person, "c", FormPage)
            await person.types(" by post\r")
            await person.types("The pile grows")
            await person.press("escape", "u")
            assert page.work.project.function == "Complaints by post"
            assert page.work.project.shown_by == ""
            await person.press("u")
            assert page.work.project.function == "Complaints"

    async def test_what_is_typed_is_on_disk_before_the_field_is_left(self, tmp_path: Path) -> None:
        a_project(tmp_path)
        async with at_the_app(tmp_path, GRID) as person:
            await at_project(person)
            await open_part(person, "c", FormPage)
            await person.types(" by post")
            await saved(person)
            assert on_disk(tmp_path).function == "Complaints by post"

    async def test_what_is_no_figure_is_told_and_not_kept(self, tmp_path: Path) -> None:
        a_project(tmp_path)
        async with at_the_app(tmp_path, GRID) as person:
            await at_project(person)
            await open_part(person, "c", FormPage)
            await person.press(*["tab"] * 5)
            await person.types("x\r")
            await person.reads("A figure, as 40 or 12.5")
            await saved(person)
            assert on_disk(tmp_path).wanted.from_ == 40

    async def test_another_window_may_look(self, tmp_path: Path) -> None:
        stored = a_project(tmp_path)
        other = ProjectsFolder(tmp_path)
        other.hold(stored)
        try:
            async with at_the_app(tmp_path, GRID) as person:
                await at_project(person)
                await person.reads("open in another window", "to read only")
                await open_part(person, "c", FormPage)
                await person.types("zzz")
                await person.press("escape")
                await open_part(person, "l", LaunchPage)
                await person.press("n", "h", "e", "escape")
                await person.on(ProjectPage)
                await saved(person)
        finally:
            other.release(stored)
        assert on_disk(tmp_path) == stored.thing

    async def test_it_is_given_back_when_left(self, tmp_path: Path) -> None:
        stored = a_project(tmp_path)
        async with at_the_app(tmp_path, GRID) as person:
            await at_project(person)
            await open_part(person, "c", FormPage)
            await person.types(" by post")
            await person.press("escape", "escape")
            await person.on(Board)
            await person.until(lambda: _is_free(tmp_path, stored), "the lock")
            await person.press("enter")
            await person.on(ProjectPage)
            await open_part(person, "c", FormPage)
            await person.sees("Complaints by post")


def _is_free(folder: Path, stored: StoredProject) -> bool:
    from bt_assess.store.kept import InUseError

    other = ProjectsFolder(folder)
    try:
        held = other.hold(stored)
    except InUseError:
        return False
    other.release(held)
    return True


class TestTheBoard:
    """All projects, in columns or below one another."""

    @pytest.mark.parametrize(("size", "together"), [((120, 36), True), ((80, 24), False)])
    async def test_phases_beside_or_below(
        self, tmp_path: Path, size: tuple[int, int], together: bool
    ) -> None:
        a_project(tmp_path, "To choose", leader="")
        a_running_one(tmp_path)
        async with at_the_app(tmp_path, GRID, size=size) as person:
            await choose(person, "Projects")
            await person.on(Board)
            line = next(x for x in person.text.splitlines() if "To choose" in x)
            assert ("Answered within" in line) is together
            await person.press("home", "right" if together else "down", "enter")
            await person.on(ProjectPage)
            await person.sees("Answered within a week")

    async def test_archive_and_back(self, tmp_path: Path) -> None:
        a_project(tmp_path)
        async with at_the_app(tmp_path, GRID) as person:
            await choose(person, "Projects")
            await person.on(Board)
            await person.press("a")
            await person.reads("Press n to choose the first one")
            assert not ProjectsFolder(tmp_path).all()[0]
            await person.press("v")
            await person.sees("Answered within a week")
            await person.press("a")
            await person.reads("Nothing has been put aside")
            assert len(ProjectsFolder(tmp_path).all()[0]) == 1

    async def test_a_project_stops_and_goes_on(self, tmp_path: Path) -> None:
        a_running_one(tmp_path)
        async with at_the_app(tmp_path, GRID) as person:
            await choose(person, "Projects")
            await person.on(Board)
            await person.press("s")
            await person.on(StopProject)
            await person.types("No hands free\r")
            await person.on(ProjectPage)
            await person.reads("Stopped on", "No hands free")
            await saved(person)
            assert on_disk(tmp_path).stopped == TODAY
            await person.press("s")
            await saved(person)
            assert on_disk(tmp_path).running

    async def test_a_file_changed_by_hand_is_shown_before_it_counts(self, tmp_path: Path) -> None:
        stored = a_project(tmp_path)
        text = stored.path.read_text(encoding="utf-8").replace("Complaints", "Letters")
        stored.path.write_text(text.replace("to = 10.0", "to = 5.0"), encoding="utf-8")
        (tmp_path / "projects" / "2026-01-01-zzzzzzzz.toml").write_text("no", encoding="utf-8")
        async with at_the_app(tmp_path, GRID) as person:
            await choose(person, "Projects")
            await person.on(Board)
            await person.reads("Cannot be read as they are", "2026-01-01-zzzzzzzz.toml")
            await person.press("home")
            await person.marks("! " + stored.path.name)
            await person.press("enter")
            await person.reads("from 40 to 5 a week", "Take it as it is only if")
            await person.press("enter")
            await person.on(Board)
            await person.sees("Answered within a week")
            assert on_disk(tmp_path).function == "Letters"


class TestTheLaunch:
    """The agenda, for a facilitator."""

    async def test_questions_follow_one_another_through_all_blocks(self, tmp_path: Path) -> None:
        a_project(tmp_path)
        async with at_the_app(tmp_path, GRID, size=(60, 16)) as person:
            page = await at_project(person)
            await open_part(person, "l", LaunchPage)
            await person.press("home", "down", "enter")
            await person.on(BlockPage)
            await person.reads("Leader: which result is missing", "question 1 of 4 · block 1 of 9")
            await person.press("t", "right", "right", "right", "right")
            await person.reads("Read the goal aloud", "question 1 of 4 · block 2 of 9")
            # The time goes along with the blocks.
            assert page.work.clock.running == "goal"
            await person.press("left")
            await person.reads("question 4 of 4 · block 1 of 9")
            await person.press("n")
            await person.on(FormPage)
            await person.types("It costs us a day a week")
            await person.press("escape")
            await person.on(BlockPage)
            await saved(person)
        [why, *_] = on_disk(tmp_path).launch.blocks
        assert why.notes == "It costs us a day a week"

    async def test_large_letters_where_there_is_room(self, tmp_path: Path) -> None:
        a_project(tmp_path)
        async with at_the_app(tmp_path, GRID, size=(120, 36)) as person:
            await at_project(person)
            await open_part(person, "l", LaunchPage)
            await person.press("home", "down", "enter")
            await person.on(BlockPage)
            await person.until(lambda: person.text.count("█") > 50, "large letters")
            await person.pilot.resize_terminal(50, 12)
            await person.reads("Leader: which result is missing")
            assert "█" not in person.text

    async def test_a_day_and_minutes(self, tmp_path: Path) -> None:
        a_project(tmp_path)
        async with at_the_app(tmp_path, GRID) as person:
            await at_project(person)
            await open_part(person, "l", LaunchPage)
            await person.press("home", "down", "plus", "plus", "h")
            await person.sees("a day")
            await person.press("u", "minus")
            await saved(person)
            launch = on_disk(tmp_path).launch
            assert (launch.blocks[0].id, launch.blocks[0].minutes) == ("why", 25)
            await person.press("home", "enter")
            await person.on(FormPage)
            await person.types("1 week\r")
            await person.press(*["backspace"] * 5)
            await person.types("13:30\r")
            await person.press("escape")
            await person.sees("13:30  Why this, why now")
            await saved(person)
        launch = on_disk(tmp_path).launch
        assert (launch.day, launch.begins) == (day(7), 13 * 60 + 30)


async def test_a_finding_leads_to_its_question(tmp_path: Path) -> None:
    a_project(tmp_path, leader="")
    async with at_the_app(tmp_path, GRID) as person:
        await at_project(person)
        await open_part(person, "k", Findings)
        await person.reads("no leader answers for it")
        await person.marks("no leader answers")
        await person.press("enter")
        await person.on(FormPage)
        await person.types("Ann")
        await person.press("escape")
        await person.on(Findings)
        await person.until(lambda: "no leader answers" not in person.text, "the finding to go")
        await saved(person)
    assert on_disk(tmp_path).leader == "Ann"


async def test_a_check_in_of_another_day(tmp_path: Path) -> None:
    a_running_one(tmp_path, readings=(40, 36))
    async with at_the_app(tmp_path, GRID) as person:
        await at_project(person)
        await person.press("w")
        await person.on(FormPage)
        await person.press("escape")
        await person.on(CheckIns)
        await person.press("b")
        await person.on(AskDay)
        await person.press("shift+up")
        await person.press("enter")
        await person.on(FormPage)
        await person.types("31")
        await person.press("escape", "escape")
        await person.on(ProjectPage)
        await saved(person)
    assert (day(-7), 31) in [(r.on, r.value) for r in on_disk(tmp_path).readings]


@pytest.mark.parametrize("size", [(20, 5), (44, 12), (80, 24), (200, 50)])
async def test_every_page_bears_any_size(tmp_path: Path, size: tuple[int, int]) -> None:
    a_running_one(tmp_path, readings=(40, 36, 33, 27))
    async with at_the_app(tmp_path, GRID) as person:
        page = await at_project(person)
        await person.pilot.resize_terminal(*size)
        for letter in "cgplwomrk":
            await person.press(letter)
            assert person.app.screen is not page
            if letter == "l":
                await person.press("down", "enter", "right", "t", "left", "escape")
            await person.goes_back_to(page)
        await person.press("escape")
        await person.on(Board)
        await person.press("up", "down", "left", "right", "escape")
        await person.on(Home)


async def test_what_is_typed_is_in_view_on_the_smallest(tmp_path: Path) -> None:
    stored = a_running_one(tmp_path, readings=(40, 36))
    before = CheckIn(on=day(-7), next="All of us on the oldest cases until Friday. " * 4)
    ProjectsFolder(tmp_path).save(stored, stored.thing.with_check_in(before))
    async with at_the_app(tmp_path, GRID) as person:
        await at_project(person)
        await person.pilot.resize_terminal(44, 12)
        await person.press("w")
        await person.on(FormPage)
        await person.sees("The reading", "for example: 31")
        await person.types("777")
        await person.sees("777")
        await person.press("tab", "tab", "tab", "tab")
        await person.types("Roof")
        await person.sees("What is in the way?", "Roof")
