"""Reports of projects: one line, one week, one forecast, in whatever they are written."""

import csv
import json
from datetime import date, timedelta

import pytest

from bt_assess.core.forecast import Forecast, line
from bt_assess.core.project import Project, new_project
from bt_assess.core.project_parts import Moved, Obstacle, ObstacleAnswer, Reading, Wanted
from bt_assess.core.round import Action
from bt_assess.report.html_project import html_of_project, outlook, reading_rows, readings_picture
from bt_assess.report.making import OfProject, made
from bt_assess.report.markdown import markdown
from bt_assess.report.plan_words import forecast_words, phase_words, week_words
from bt_assess.report.project_paper import paper_of_project
from tests.core.plan_edits import TODAY
from tests.report.pages import Read, rubric
from tests.report.workbook import read

GOAL = Wanted(measure="Open complaints", unit="cases", from_=40, to=10)
NEW = Wanted(measure="Time to an answer", unit="min", from_=30, to=20)


def day(number: int) -> date:
    return TODAY + timedelta(days=number)


def running(readings: dict[int, float], wanted: Wanted = GOAL) -> Project:
    project = new_project("projproj", "Fewer", TODAY, leader="Ann", wanted=wanted)
    project = project.with_action(Action(id="aaaaaaaa", what="Try", owner="Bo", due=day(7)))
    return with_readings(project.launched(TODAY), readings)


def with_readings(project: Project, readings: dict[int, float]) -> Project:
    for number, value in readings.items():
        project = project.with_reading(Reading(on=day(number), value=value))
    return project


def texts(project: Project, today: date) -> list[str]:
    """All that people read, one after the other."""
    page = Read(html_of_project(rubric(), project, made=today))
    assert page.faults == []
    book = read(bytes(made("xlsx", rubric(), OfProject(project), today)))  # type: ignore[arg-type]
    cells = [
        " ".join(str(cell) for cell in row if cell is not None)
        for sheet in book.sheets.values()
        for row in sheet.rows
    ]
    paper = markdown(paper_of_project(project, made=today))
    return [" ".join(text.split()) for text in (page.text, paper, "\n".join(cells))]


def rows_of(project: Project, today: date) -> list[dict[str, str]]:
    return list(csv.DictReader(str(made("csv", rubric(), OfProject(project), today)).splitlines()))


def test_an_answer_to_what_nobody_is_named_for_has_a_month_as_months_are_written() -> None:
    obstacle = Obstacle(id="bbbbbbbb", what="No key", raised=day(1))
    project = running({}).with_obstacle(obstacle)
    project = project.answered("bbbbbbbb", ObstacleAnswer.REMOVED, day(2))
    assert f"Removed on {day(2).day} {day(2):%b} {day(2).year}." in markdown(
        paper_of_project(project, made=day(3))
    )


class TestOtherMeasure:
    """A measure that was given up for another one, and a reading of the same day."""

    def test_all_outputs_begin_afresh(self) -> None:
        project = running({0: 40, 7: 38, 14: 120}).refocus(NEW, day(14), "", "bbbbbbbb")
        today = day(15)
        assert rows_of(project, today) == []
        told = json.loads(made("json", rubric(), OfProject(project), today))
        assert told["readings"] == []
        assert told["why_no_progress"] == "no reading"
        assert told["line"]["begins"] == day(14).isoformat()
        assert [words for *_, words in reading_rows(project)] == [
            "not counted: another measure"
        ] * 3
        for text in texts(project, today):
            assert "120 min" not in text
            assert "of the way to the goal" not in text

    def test_the_first_reading_at_its_start_is_on_the_line(self) -> None:
        project = running({0: 40, 7: 38, 14: 120}).refocus(NEW, day(14), "", "bbbbbbbb")
        project = with_readings(project, {14: 30, 21: 29})
        [first, second] = rows_of(project, day(22))
        assert (first["value"], first["line"], first["ahead"]) == ("30.0", "30.0", "0.0")
        assert float(second["line"]) == pytest.approx(30 - 10 / 7)
        assert reading_rows(project)[2][4] == "on the line"
        described = readings_picture(project, day(22), name="x")
        assert "runs from 30 min on 16 Mar 2026 to 20 min on 4 May 2026" in described.replace(
            "\xa0", " "
        )
        assert line(project) is not None

    def test_each_reading_says_which_of_the_two_it_is(self) -> None:
        project = running({-7: 50, 0: 40}).changed(starts=TODAY)
        project = with_readings(project.refocus(NEW, day(14), "", "bbbbbbbb"), {14: 30})
        assert [words for *_, words in reading_rows(project)] == [
            "not counted: too early",
            "not counted: another measure",
            "on the line",
        ]


class TestWeeks:
    """One number of a week, everywhere; and weeks that were moved."""

    def test_what_is_after_the_last_week_is_in_none(self) -> None:
        project = running({0: 40, 62: 12, 63: 11})
        assert [week_words(project, day(n)) for n in (-1, 0, 62, 63, 400)] == [
            "before 1", "1", "9", "after 9", "after 9",
        ]  # fmt: skip
        assert week_words(project.changed(starts=None).not_launched(), day(-1)) != "–"
        assert week_words(new_project("projproj", "P", TODAY), TODAY) == "–"
        assert [week for _, week, *_ in reading_rows(project)] == ["1", "9", "after 9"]
        assert [row["week"] for row in rows_of(project, day(63))] == ["1", "9", ""]
        for text in texts(project, day(63)):
            assert "after 9" in text or "reading after week 9" in text
            assert "week 9 of 9" not in text
            assert "week 10" not in text
        told = json.loads(made("json", rubric(), OfProject(project), day(63)))
        assert (told["week"], told["days_left"]) == (None, 0)

    def test_the_days_around_the_report_back(self) -> None:
        project = running({})
        assert [phase_words(project, day(n)) for n in (62, 63, 64)] == [
            "about to report back, week 9 of 9, 1 day left",
            "about to report back: the weeks are over, and today is the day",
            "about to report back, 1 day late",
        ]
        assert phase_words(project.changed(starts=day(7)), TODAY) == "running"

    def test_a_move_of_the_weeks_is_told(self) -> None:
        project = running({0: 40}).changed(weeks=10)
        notes = (Moved(on=day(9), starts=TODAY, weeks=9),)
        for text in texts(project, day(10)):
            assert "9 weeks from 2 Mar 2026" not in text
        for text in texts(project.changed(moved=notes), day(10)):
            # Once where it was chosen, and once in the check.
            assert text.replace("\xa0", " ").count("9 weeks from 2 Mar 2026") == 2
            assert text.replace("\xa0", " ").count("11 Mar 2026") == 2


class TestForecast:
    """In the reports' own words."""

    def test_no_more_digits_than_the_range_bears(self) -> None:
        found = Forecast(TODAY, 826_603, 716_703, 936_504, 5, True, False, False)
        told = forecast_words(found, Wanted(unit="visits", from_=1, to=8e5), 7e5)
        assert "about 830,000 visits" in told
        assert "between 720,000 and 940,000." in told
        visits = Wanted(measure="V", unit="visits", from_=1e6, to=5e5)
        project = running({0: 981_234, 7: 905_117, 14: 912_345, 21: 874_321}, visits)
        described = readings_picture(project, day(22), name="x")
        words = described[described.index("The forecast for") :].replace("\xa0", " ")
        assert words.startswith(
            "The forecast for 4 May 2026 is 680,000 visits, between 520,000 and 850,000."
        )
        rows = read(
            bytes(made("xlsx", rubric(), OfProject(project), day(22)))  # type: ignore[arg-type]
        ).sheets["Readings"].rows  # fmt: skip
        assert rows[-1][2] == 680_000

    def test_what_is_reached_is_said_and_not_foretold(self) -> None:
        project = running({0: 40, 7: 21, 14: 8, 21: 0}, GOAL.changed(to=0))
        told = outlook(project, day(22))
        assert told == "The goal is reached, and stays so if it goes on like this."
        share = Wanted(measure="On time", unit="%", from_=60, to=95)
        high = running({0: 60, 7: 75, 14: 88, 21: 97}, share)
        assert outlook(high, day(22)) == told

    @pytest.mark.parametrize(
        ("verdict", "end"),
        [
            ((True, True, False), "All of that is at the goal or beyond."),
            ((False, False, True), "None of that is at the goal any more."),
            ((False, False, False), "The goal lies within that range, so it is open."),
        ],
    )
    def test_reached_it_may_be_lost_again(self, verdict: tuple[bool, bool, bool], end: str) -> None:
        found = Forecast(TODAY, 12, 8, 16, 5, *verdict)
        told = forecast_words(found, GOAL, 9)
        assert told.startswith("The goal is reached. If it goes on like this: about 12 cases on")
        assert told.endswith(end)
        assert "The goal is reached" not in forecast_words(found, GOAL, 11)

    def test_at_its_edge_without_being_there(self) -> None:
        up = GOAL.changed(from_=10, to=40)
        still = Forecast(TODAY, 0, 0, 0, 5, False, False, True)
        assert ": still 0 cases on" in forecast_words(still, up, 0)
        assert ": down to 0 cases by" in forecast_words(still, up, 3)
        top = Forecast(TODAY, 100, 100, 100, 5, True, True, False)
        assert ": up to 100 % by" in forecast_words(
            top, Wanted(unit="%", from_=50, to=100), 96
        ).replace("\xa0", " ")
