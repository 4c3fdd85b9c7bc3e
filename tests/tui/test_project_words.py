"""What the screens of projects say and draw: figures as they are typed, forecasts, the check."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from bt_assess.core.due import DueKind, due
from bt_assess.core.forecast import Forecast, forecast
from bt_assess.core.plan_check import Finding, FindingKind
from bt_assess.core.project import Project, new_project
from bt_assess.core.project_check import check_project
from bt_assess.core.project_parts import MidPoint, Obstacle, Reading, Wanted
from bt_assess.core.round import Action
from bt_assess.report.html_project import outlook
from bt_assess.tui.screens.home import Home
from bt_assess.tui.screens.pick import Pick
from bt_assess.tui.screens.plans.words import MARKS
from bt_assess.tui.screens.projects.asks import mid_point
from bt_assess.tui.screens.projects.findings import Findings, _row
from bt_assess.tui.screens.projects.picture import picture
from bt_assess.tui.screens.projects.words import (
    due_words,
    figure,
    for_days,
    forecast_words,
    moved_words,
    reading_words,
)
from bt_assess.tui.widgets.figure_field import NOT_A_FIGURE, parse_figure
from bt_assess.tui.widgets.names_field import NamesField
from bt_assess.tui.widgets.rows import RowList
from tests.core.plan_edits import TODAY
from tests.tui.kept import grid
from tests.tui.person import at_the_app


def running(readings: list[float], first: float, to: float) -> Project:
    """A project of nine weeks with a reading each week."""
    made = new_project(
        "projproj", "P", TODAY, wanted=Wanted(measure="Calls", from_=first, to=to), starts=TODAY
    )
    made = made.with_action(Action(id="aaaaaaaa", what="Try", owner="Bo", due=TODAY))
    made = made.launched(TODAY)
    for week, value in enumerate(readings):
        made = made.with_reading(Reading(on=TODAY + timedelta(weeks=week), value=value))
    return made


class TestFigures:
    """A figure is what people meant by it, or is refused."""

    @pytest.mark.parametrize(
        ("text", "value"),
        [
            ("40", 40), ("12.5", 12.5), ("1,5", 1.5), ("0,125", 0.125), ("1,200", 1200),
            ("1 200", 1200), ("1'200", 1200), ("1\u202f200,5", 1200.5), ("12 500", 12500),
            ("84%", 84), ("84,5 %", 84.5), ("−3,5", -3.5), ("- 5", -5), ("+7", 7), (".5", 0.5),
            ("1,200,000", 1_200_000), ("1.200", 1.2), ("1234,567", 1234.567),
            ("1.234,56", 1234.56), ("12.500,5", 12500.5), ("1,234.56", 1234.56),
            ("-1.234.567,8", -1234567.8), ("1,234,567.8", 1234567.8),
        ],
    )  # fmt: skip
    def test_as_people_write_them(self, text: str, value: float) -> None:
        assert parse_figure(text) == value

    @pytest.mark.parametrize(
        "text",
        ["1,2.3", "12.34,5", "1.2,3.4", "0.500,5", "1,2,3", "1,23,456", "1,200,50", "1.234.567",
         "1,,2", "40 45", "1 2", "1,200 300", "1.200 300", ",", ".", "-", "1e5", "nan", "٤٠", "40x",
         "1.234,567.8"],
    )  # fmt: skip
    def test_what_can_be_read_in_two_ways_is_refused(self, text: str) -> None:
        with pytest.raises(ValueError, match=NOT_A_FIGURE):
            parse_figure(text)

    @pytest.mark.parametrize("text", ["", "  ", "%"])
    def test_nothing_is_none(self, text: str) -> None:
        assert parse_figure(text) is None

    @pytest.mark.parametrize("value", [0, 7, 1200, 1234567, 0.125, 1234.56, -3.5, -98765.4])
    def test_what_is_shown_can_be_typed(self, value: float) -> None:
        assert parse_figure(figure(value)) == value


class TestForecast:
    """In words and in the picture."""

    def test_nothing_is_foretold_below_0(self) -> None:
        project = running([40, 33, 24, 18], 40, 5)
        today = TODAY + timedelta(weeks=4)
        words = [forecast_words(project, today), outlook(project, today)]
        words.append(forecast_words(project, today, short=True))
        for each in words:
            assert "down to 0" in each
            assert "−" not in each
            assert "to 0)" not in each
            assert "between" not in each

    @pytest.mark.parametrize("height", [3, 4, 5, 8, 14])
    def test_a_forecast_beside_the_goal_is_not_in_its_row(self, height: int) -> None:
        project = running([168, 155, 149, 132, 136], 168, 84)
        found = forecast(project)
        assert isinstance(found, Forecast)
        assert found.value > 85
        lines = picture(project, TODAY + timedelta(weeks=5), 70, height)
        rows = [line.plain for line in lines[:-1]]
        at = {mark: [y for y, row in enumerate(rows) if mark in row] for mark in "◌◇"}
        assert len(at["◇"]) == len(at["◌"]) == 1
        assert at["◌"] < at["◇"]

    def test_one_that_is_the_goal_is(self) -> None:
        project = running([168, 159, 150, 141, 132], 168, 87)
        lines = picture(project, TODAY + timedelta(weeks=5), 70, 5)
        [row] = [line.plain for line in lines if "◇" in line.plain]
        assert "◌" in row

    def test_past_a_goal_at_the_edge_there_is_no_row(self) -> None:
        # Beyond the goal by less than a row, and the goal's row is the last: the words say it.
        project = running([40, 37, 34, 31, 28], 40, 13.2)
        found = forecast(project)
        assert isinstance(found, Forecast)
        assert found.value < 13.05
        for height in (3, 5):
            rows = [p.plain for p in picture(project, TODAY + timedelta(weeks=5), 70, height)]
            assert "◌" not in "".join(rows)
            assert "◇" in rows[-2]

    def test_a_reading_of_a_day_to_come_is_left_out(self) -> None:
        project = running([40, 37, 34, 31], 40, 10)
        today = TODAY + timedelta(weeks=3)
        hasty = project.with_reading(Reading(on=today + timedelta(days=18), value=11))
        assert reading_words(hasty, today) == reading_words(project, today)
        assert forecast_words(hasty, today) == forecast_words(project, today)
        assert outlook(hasty, today) == outlook(project, today)
        assert picture(hasty, today, 70, 8) == picture(project, today, 70, 8)

    def test_a_small_goal_that_is_reached_is(self) -> None:
        project = running([0.06, 0.05, 0.03, 0.02], 0.06, 0.02)
        told = reading_words(project, TODAY + timedelta(weeks=3))
        assert "100\u00a0% of the way, ahead of the line" in told
        over = TODAY + timedelta(weeks=10)
        assert forecast_words(project, over).startswith("The goal is reached")

    def test_of_a_stopped_one_nothing_is_foretold(self) -> None:
        project = running([40, 37, 34, 31], 40, 10)
        today = TODAY + timedelta(weeks=4)
        assert forecast_words(project, today)
        stopped = project.stop(today, "No staff")
        assert forecast_words(stopped, today) == ""
        assert outlook(stopped, today) == "No forecast: the project was stopped."
        assert not any("◌" in line.plain for line in picture(stopped, today, 70, 8))


class TestDue:
    """What is due, and when."""

    def reading(self, project: Project, today: date) -> tuple[str, str]:
        [found] = [
            each
            for each in due((), [project], (), today, ahead=None)
            if each.kind is DueKind.READING
        ]
        return due_words(found, today)

    def test_a_reading_is_of_this_week_as_long_as_it_has_none(self) -> None:
        project = running([], 40, 10)
        assert self.reading(project, TODAY) == ("in 6 days", "this week's reading")
        assert self.reading(project, TODAY + timedelta(days=6))[1] == "this week's reading"
        assert self.reading(project, TODAY + timedelta(days=7))[1] == "a reading is missing"

    def test_once_it_is_taken_the_next_is_next_weeks(self) -> None:
        project = running([40], 40, 10)
        assert self.reading(project, TODAY) == ("in 13 days", "next week's reading")
        assert self.reading(project, TODAY + timedelta(days=6))[1] == "next week's reading"
        assert self.reading(project, TODAY + timedelta(days=7))[1] == "this week's reading"

    def test_before_the_weeks_begin_it_is_the_first(self) -> None:
        project = running([], 40, 10).changed(starts=TODAY + timedelta(days=8))
        assert self.reading(project, TODAY) == ("in 14 days", "the first reading")


@pytest.mark.parametrize(
    ("days", "words"),
    [(-2, "since today"), (0, "since today"), (1, "since yesterday"), (2, "for 2 days"),
     (21, "for 3 weeks")],
)  # fmt: skip
def test_how_long_something_waits(days: int, words: str) -> None:
    assert for_days(days) == words


class TestGoal:
    """A goal that was moved."""

    def test_it_says_when_and_what_it_was(self) -> None:
        project = running([], 40, 10)
        assert moved_words(project, TODAY) == ""
        on = TODAY + timedelta(days=5)
        moved = project.refocus(project.wanted.changed(to=20), on)
        day = f"{on.day} {on:%b}"
        assert moved_words(moved, TODAY) == f"The goal was moved on {day}; before: from 40 to 10"
        again = moved.refocus(moved.wanted.changed(measure="Letters"), on)
        assert moved_words(again, TODAY) == (
            f"The goal was moved two times, last on {day}; before: from 40 to 20 (Calls)"
        )

    def test_in_a_small_window_it_keeps_the_figures_before(self) -> None:
        wanted = Wanted(measure="Second calls about the same repair", from_=168, to=84)
        project = running([], 168, 84).changed(wanted=wanted)
        moved = project.refocus(wanted.changed(measure="Minutes to an answer"), TODAY)
        again = moved.refocus(wanted, TODAY).refocus(wanted.changed(measure="Calls"), TODAY)
        for each in (moved, again):
            assert "from 168 to 84" in moved_words(each, TODAY)[:72]
            assert "(Second calls about the same repair)" in moved_words(each, TODAY)


class TestCheck:
    """The check of a project."""

    def test_a_quotation_that_is_cut_short_has_no_stop_after_its_dots(self) -> None:
        long = Obstacle(id="bbbbbbbb", what="Nobody has the key to the store " * 5, raised=TODAY)
        project = running([], 40, 10).with_obstacle(long)
        found = check_project(project, TODAY + timedelta(days=20))
        [waits] = [each for each in found if each.where == "project.obstacle.bbbbbbbb"]
        assert waits.said.endswith("the…")
        others = [each.said for each in found if each is not waits]
        assert others
        assert all(each.endswith(".") and not each.endswith("..") for each in others)

    @pytest.mark.parametrize("kind", FindingKind)
    def test_its_signs_are_those_of_a_plans_check(self, kind: FindingKind) -> None:
        row = _row(Finding("project.team", "Choose", kind, "no team", "Why."), 6)
        assert row.draw(60).plain.startswith(f"{MARKS[kind][0]} Choose")
        assert f" {MARKS[kind][0]} " in Findings.INTRO


NAMES = ("Ann", "Ann Hall", "Bo Reed", "Cy Lane")


@pytest.mark.parametrize(
    ("typed", "picked", "line"),
    [
        ("", "Bo Reed", "Bo Reed, "),
        ("Bo Reed", "Cy Lane", "Bo Reed, Cy Lane, "),
        ("Ann Hall, Bo Reed ", "Cy Lane", "Ann Hall, Bo Reed, Cy Lane, "),
        ("Bo Reed, Di Nu", "Cy Lane", "Bo Reed, Di Nu, Cy Lane, "),
        ("Bo Reed, ", "Cy Lane", "Bo Reed, Cy Lane, "),
        ("Ann", "Ann Hall", "Ann, Ann Hall, "),
        ("Bo Reed, cy", "Cy Lane", "Bo Reed, Cy Lane, "),
        ("cy lane", "Cy Lane", "Cy Lane, "),
    ],
)
async def test_a_name_that_is_picked_joins_those_that_are_there(
    typed: str, picked: str, line: str, tmp_path: Path
) -> None:
    async with at_the_app(tmp_path, grid("...... ...... ......")) as person:
        home = await person.on(Home)
        field = NamesField(typed, NAMES, several=True)
        await home.mount(field)
        field.focus()
        await person.press("down")
        pick = await person.on(Pick)
        rows = pick.query_one(RowList)
        for _ in NAMES:
            if rows.value != picked:
                await person.press("down")
        assert rows.value == picked
        await person.press("enter")
        await person.on(Home)
        assert field.value == line


def test_a_mid_point_that_is_written_anew_keeps_its_day() -> None:
    before = MidPoint(on=TODAY, goal="Yes")
    project = running([40], 40, 10).with_mid_point(before)
    goal, plan, *_ = mid_point(TODAY + timedelta(days=3))
    empty = goal.write(project, "")
    assert empty.mid_point is None
    again = plan.write(empty, "Calling back")
    assert again.mid_point == MidPoint(on=TODAY, plan="Calling back")


def test_a_mid_point_begun_is_of_today() -> None:
    today = TODAY + timedelta(days=3)
    goal, *_ = mid_point(today)
    made = goal.write(running([40], 40, 10), "Yes")
    assert made.mid_point == MidPoint(on=today, goal="Yes")
