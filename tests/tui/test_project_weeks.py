"""A project's weeks, and what counts in them: in the words of its screens, and at the keyboard."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from bt_assess.core.forecast import live_readings
from bt_assess.core.project import Project
from bt_assess.core.project_check import check_project
from bt_assess.core.project_parts import Moved, Obstacle, ObstacleAnswer, Reading, Wanted
from bt_assess.store.projects import ProjectsFolder
from bt_assess.tui.screens.projects.check_ins import CheckIns, _day_row
from bt_assess.tui.screens.projects.findings import Findings, where
from bt_assess.tui.screens.projects.form import FormPage
from bt_assess.tui.screens.projects.listed import Obstacles
from bt_assess.tui.screens.projects.page import ProjectPage
from bt_assess.tui.screens.projects.words import counted_words, forecast_words, moved_words
from tests.core.plan_edits import TODAY as BEGAN
from tests.tui.person import at_the_app
from tests.tui.test_project_words import running
from tests.tui.test_projects import (
    GRID,
    TODAY,
    a_running_one,
    at_project,
    day,
    on_disk,
    open_part,
    saved,
)

OTHER = Wanted(measure="Minutes", from_=30, to=20)


def on(number: int) -> date:
    return BEGAN + timedelta(days=number)


def row(project: Project, number: int) -> str:
    return " ".join(_day_row(project, on(number)).draw(80).plain.split())


class TestForecast:
    """What is told of a goal that is reached, and of the measure's edge."""

    def test_a_goal_that_is_reached_is_not_foretold(self) -> None:
        low = running([40, 21, 8, 0], 40, 0)
        high = running([60, 75, 88, 97], 60, 95)
        high = high.changed(wanted=high.wanted.changed(unit="%"))
        for project in (low, high):
            for short in (False, True):
                told = forecast_words(project, on(22), short=short)
                assert (
                    told.rstrip(".") == "The goal is reached, and stays so if all goes on like this"
                )

    @pytest.mark.parametrize(
        ("readings", "to", "verdict"),
        [
            ([31, 30.6, 30.3, 29.9], 30, "it stays so"),
            ([60, 9, 40, 9], 10, "it may stay so"),
            ([29, 28, 31.5, 30], 30, "it may be lost again"),
            ([20, 24, 27, 30], 30, "it is lost again"),
        ],
    )
    def test_one_that_is_reached_may_be_lost(
        self, readings: list[float], to: float, verdict: str
    ) -> None:
        project = running(readings, 40, to)
        told = forecast_words(project, on(40))
        assert told.startswith("The goal is reached; if all goes on like this: ")
        assert told.endswith(f"; {verdict}.")
        short = forecast_words(project, on(40), short=True)
        assert short.startswith("The goal is reached; forecast for 4 May: ")

    def test_towards_a_goal_above_it_goes_up_to_100(self) -> None:
        project = running([60, 75, 88, 94], 60, 98)
        project = project.changed(wanted=project.wanted.changed(unit="%"))
        told = forecast_words(project, on(22))
        assert "up to 100 by 4 May, or sooner; the goal is in reach" in told
        assert "up to 100; the goal is in reach" in forecast_words(project, on(22), short=True)

    def test_at_the_edge_it_stays_there(self) -> None:
        project = running([40, 20, 9, 0], 40, 80)
        told = forecast_words(project, on(22))
        assert "still 0 on 4 May; the goal is not reached like this" in told
        assert "sooner" not in told

    def test_large_figures_have_no_more_digits_than_their_range_bears(self) -> None:
        told = forecast_words(running([9.8e5, 9.1e5, 9.2e5, 8.7e5], 1e6, 1e5), on(22))
        words = told.replace("(", " ").replace(")", " ").split()
        figures = [w.strip(",") for w in words if w.count(",") and w[0].isdigit() and len(w) > 6]
        assert len(figures) == 3
        assert all(each.endswith("0,000") for each in figures)

    def test_where_no_day_is_left_for_the_goal_no_more_readings_are_asked_for(self) -> None:
        project = running([40, 30], 40, 10).refocus(OTHER, on(70), "", "bbbbbbbb")
        assert forecast_words(project, on(71)).startswith("Too late for the goal's day, 4 May")


class TestCounts:
    """What does not count says so, and why."""

    def test_before_the_first_week_and_after_the_last(self) -> None:
        project = running([40, 36], 40, 10).changed(starts=on(7))
        project = project.with_reading(Reading(on=on(70), value=9))
        assert row(project, 0) == "2 Mar before week 1 40 not counted: too early"
        assert row(project, 7) == "9 Mar week 1 36 ahead"
        assert row(project, 70) == "11 May after week 9 9 on the line"

    def test_of_the_measure_before(self) -> None:
        project = running([40, 36], 40, 10).refocus(OTHER, on(7), "", "bbbbbbbb")
        project = project.with_reading(Reading(on=on(8), value=30))
        assert row(project, 0) == "2 Mar week 1 40 not counted: another measure"
        assert row(project, 7) == "9 Mar week 2 36 not counted: another measure"
        assert row(project, 8) == "10 Mar week 2 30 on the line"

    def test_how_many(self) -> None:
        project = running([40, 36, 31], 40, 10)
        assert counted_words(project, on(20)) == "3 readings"
        assert counted_words(project, on(0)) == "1 reading"
        later = project.changed(starts=on(1))
        assert counted_words(later, on(0)) == "1 reading, and it does not count"
        assert counted_words(later, on(20)) == "3 readings, one of which does not count"
        much = project.changed(starts=on(8))
        assert counted_words(much, on(20)) == "3 readings, two of which do not count"
        assert counted_words(much, on(7)) == "2 readings, and none of them counts"


def test_weeks_that_were_moved_are_told() -> None:
    project = running([], 40, 10).refocus(OTHER, on(5))
    notes = (Moved(on=on(9), starts=on(-7), weeks=1), Moved(on=on(12), starts=on(0), weeks=9))
    goal, weeks = moved_words(project.changed(moved=notes), on(20)).split("\n")
    assert goal == "The goal was moved on 7 Mar; before: from 40 to 10 (Calls)"
    assert weeks == "The weeks were moved two times, last on 14 Mar; before: 9 weeks from 2 Mar"
    found = [f for f in check_project(project.changed(moved=notes), on(20)) if f.place == "Weeks"]
    assert [f.what for f in found if "moved" in f.what] == [
        "they were moved on 11 Mar 2026; before: 1 week from 23 Feb 2026",
        "they were moved on 14 Mar 2026; before: 9 weeks from 2 Mar 2026",
    ]
    assert where(found[-1].where) == ("choose", "starts")


async def test_weeks_moved_at_the_keyboard_leave_a_trace_and_lose_no_reading(
    tmp_path: Path,
) -> None:
    stored = a_running_one(tmp_path, readings=(40, 36, 31))
    begins = stored.thing.starts
    assert begins is not None
    async with at_the_app(tmp_path, GRID) as person:
        await at_project(person)
        await open_part(person, "c", FormPage)
        await person.press("shift+tab")
        await person.until(
            lambda: person.app.focused is not None and person.app.focused.id == "ask-starts",
            "the last line",
        )
        await person.press("end", "ctrl+u")
        await person.types((TODAY - timedelta(days=1)).isoformat())
        await person.press("escape")
        await person.sees("would not count any more")
        await saved(person)
        assert on_disk(tmp_path).starts == begins
        await person.press("end", "ctrl+u")
        await person.types((begins - timedelta(days=7)).isoformat())
        await person.press("escape")
        await person.on(ProjectPage)
        await person.sees("The weeks were moved on")
        await person.press("k")
        await person.on(Findings)
        await person.sees("they were moved on")
        await saved(person)
    project = on_disk(tmp_path)
    assert project.moved == (Moved(on=TODAY, starts=begins, weeks=9),)
    assert project.starts == begins - timedelta(days=7)


async def test_another_measure_at_the_keyboard_begins_afresh_on_the_same_day(
    tmp_path: Path,
) -> None:
    stored = a_running_one(tmp_path, readings=(40, 36, 31))
    obstacle = Obstacle(id="cccccccc", what="No access at night", raised=day(-5))
    project = stored.thing.with_obstacle(obstacle).with_reading(Reading(on=TODAY, value=120))
    ProjectsFolder(tmp_path).save(stored, project)
    async with at_the_app(tmp_path, GRID) as person:
        await at_project(person)
        await open_part(person, "o", Obstacles)
        await person.press("enter")
        await person.on(FormPage)
        await person.press("right", "right", "escape")
        await person.sees("The goal from now on")
        await person.press("tab", "tab", "end", "ctrl+u")
        await person.types("Minutes to an answer")
        await person.press("escape", "escape")
        await person.on(ProjectPage)
        await person.sees("none of them counts")
        await saved(person)
        assert on_disk(tmp_path).refocused[-1].read == 120
        assert "120 on" not in person.text
        await person.press("w")
        await person.on(CheckIns)
        await person.sees("not counted: another measure")
        await person.press("enter")
        await person.on(FormPage)
        await person.sees("The reading here is of the measure before and does not count")
        await person.press("end", "ctrl+u")
        await person.types("30")
        await person.press("escape")
        await person.on(CheckIns)
        await person.press("escape")
        await person.on(ProjectPage)
        await person.sees("30 on")
        await saved(person)
    assert [reading.value for reading in live_readings(on_disk(tmp_path))] == [30]


async def test_a_check_in_of_a_day_that_does_not_count_says_why(tmp_path: Path) -> None:
    stored = a_running_one(tmp_path)
    later = stored.thing.changed(starts=day(4))
    ProjectsFolder(tmp_path).save(stored, later)
    async with at_the_app(tmp_path, GRID) as person:
        await at_project(person)
        await person.press("w")
        await person.on(FormPage)
        await person.sees("A reading of this day does not count: the first week begins on")
        await person.types("38")
        await person.press("escape")
        await person.on(CheckIns)
        await person.sees("before week 1")
        await person.sees("not counted: too early")
        await person.press("escape")
        await person.on(ProjectPage)
        await person.sees("1 reading, and it does not count")
        await saved(person)


async def test_another_measure_that_is_taken_back_takes_its_readings_with_it(
    tmp_path: Path,
) -> None:
    stored = a_running_one(tmp_path, readings=(40, 36, 31))
    obstacle = Obstacle(id="cccccccc", what="No access at night", raised=day(-20))
    project = stored.thing.with_obstacle(obstacle)
    project = project.answered("cccccccc", ObstacleAnswer.REFOCUSED, day(-1), wanted=OTHER)
    project = project.with_reading(Reading(on=TODAY, value=9))
    goal = stored.thing.wanted
    ProjectsFolder(tmp_path).save(stored, project)
    async with at_the_app(tmp_path, GRID) as person:
        await at_project(person)
        await person.sees("9 on")
        await open_part(person, "o", Obstacles)
        await person.press("enter")
        await person.on(FormPage)
        await person.press("left", "escape", "escape")
        await person.on(ProjectPage)
        await person.sees("31 on")
        await person.sees("The goal was moved two times")
        assert "The goal is reached" not in person.text
        await saved(person)
        back = on_disk(tmp_path)
        assert back.wanted == goal
        assert [reading.value for reading in live_readings(back)] == [40, 36, 31]
        # Refocused once more on the same day: another change, told beside the way back.
        await open_part(person, "o", Obstacles)
        await person.press("enter")
        await person.on(FormPage)
        await person.press("right", "escape")
        await person.sees("The goal from now on")
        await person.press("end", "ctrl+u")
        await person.types("25")
        await person.press("escape", "escape")
        await person.on(ProjectPage)
        await saved(person)
    again = on_disk(tmp_path)
    assert again.wanted == goal.changed(to=25)
    assert [(each.before.to, each.back) for each in again.refocused] == [
        (goal.to, False),
        (OTHER.to, True),
        (goal.to, False),
    ]
