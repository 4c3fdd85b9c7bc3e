"""What the pages of projects show of one that stopped, is late, or has more to say than room."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from rich.cells import cell_len
from textual.widgets import Input

from bt_assess.core.due import due
from bt_assess.core.project import Project
from bt_assess.core.project_parts import Needed, Reading, Report
from bt_assess.report.plan_words import phase_words as reports_words
from bt_assess.store.projects import ProjectsFolder
from bt_assess.tui.screens.due import DuePage
from bt_assess.tui.screens.projects.again import Again
from bt_assess.tui.screens.projects.asks import GOAL_QUESTIONS
from bt_assess.tui.screens.projects.block import BlockPage
from bt_assess.tui.screens.projects.board import Board
from bt_assess.tui.screens.projects.check_ins import CheckIns
from bt_assess.tui.screens.projects.form import FormPage
from bt_assess.tui.screens.projects.launch import LaunchPage
from bt_assess.tui.screens.projects.listed import Obstacles, Prepare
from bt_assess.tui.screens.projects.page import ProjectPage
from bt_assess.tui.screens.projects.words import (
    due_on,
    due_words,
    fitted_forecast,
    phase_words,
)
from bt_assess.tui.widgets.rows import RowList
from tests.core.plan_edits import TODAY as SOME_DAY
from tests.tui.person import Person, at_the_app, choose
from tests.tui.test_project_words import running
from tests.tui.test_projects import (
    ACTION,
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

INSIDE = 74
"""The cells that a line of a project's page has in a terminal of 80."""


def last(project: Project, **more: int) -> date:
    """A day so long after the project's first one."""
    assert project.starts
    return project.starts + timedelta(**more)


class TestStopped:
    """A project that was stopped stays so, also when it tells what was learned."""

    def a_stopped_one(self, folder: Path, **more: Report) -> None:
        stored = a_running_one(folder, readings=(40, 34))
        stopped = stored.thing.stop(day(-3), "No hands free")
        ProjectsFolder(folder).save(stored, stopped.model_copy(update=more))

    async def test_it_reports_and_is_not_done(self, tmp_path: Path) -> None:
        self.a_stopped_one(tmp_path)
        async with at_the_app(tmp_path, GRID) as person:
            page = await at_project(person)
            await person.press("r")
            await person.on(FormPage)
            await person.types("We saw why\x1b")
            await person.on(ProjectPage)
            await person.press("r")
            form = await person.on(FormPage)
            form.query_one("#ask-on", Input).focus()
            await person.reads("the project stays stopped")
            await person.types("today\r")
            await person.goes_back_to(page)
            await saved(person)
            assert on_disk(tmp_path).report.on == TODAY
            # Nothing comes between: it is no project of which to ask what it has moved.
            assert not any(isinstance(each, Again) for each in person.app.screen_stack)
            told = f"stopped, reported on {TODAY.day} {TODAY:%b}"
            await person.sees(f"Answered within a week  {told}", "s take up again")
            assert "Assess again" not in person.text
            await person.press("a")
            assert person.app.screen is page
            await person.press("escape")
            await person.on(Board)
            await person.sees(told)
            assert "34, goal 10" in person.text

    async def test_it_can_still_be_taken_up_again(self, tmp_path: Path) -> None:
        self.a_stopped_one(tmp_path, report=Report(on=day(-1), result="We saw why"))
        async with at_the_app(tmp_path, GRID) as person:
            await at_project(person)
            await person.reads("(s takes it up again): No hands free")
            await person.press("s")
            await person.reads("taken up again", "Its report is a draft again")
            await person.sees("week 5 of 9")
            await saved(person)
            project = on_disk(tmp_path)
            assert project.running
            assert project.report == Report(result="We saw why")
            await person.press("u")
            await saved(person)
            assert on_disk(tmp_path).stopped == day(-3)
            assert on_disk(tmp_path).report.on == day(-1)

    async def test_what_has_reported_is_not_stopped(self, tmp_path: Path) -> None:
        stored = a_running_one(tmp_path)
        given = stored.thing.with_report(Report(on=TODAY, result="Ten a week"))
        ProjectsFolder(tmp_path).save(stored, given)
        async with at_the_app(tmp_path, GRID) as person:
            page = await at_project(person)
            await person.press("s")
            await person.reads("nothing left to stop")
            assert person.app.screen is page
            assert page.work.project.stopped is None

    def test_the_words_say_both(self) -> None:
        project = running([40, 30], 40, 10)
        today = last(project, weeks=10)
        stopped = project.stop(last(project, weeks=3), "No hands free")
        assert phase_words(stopped, today) == "stopped"
        told = stopped.with_report(Report(on=today, result="We saw why"))
        assert phase_words(told, today).startswith("stopped, reported on ")
        assert reports_words(told, today).startswith("stopped on ")
        assert ", reported back on " in reports_words(told, today)


async def test_a_reported_project_keeps_its_result_on_the_board(tmp_path: Path) -> None:
    stored = a_running_one(tmp_path, 62, (40, 30, 20, 10))
    given = stored.thing.with_report(Report(on=TODAY, result="Ten a week"))
    ProjectsFolder(tmp_path).save(stored, given)
    for size in ((80, 24), (120, 36)):
        async with at_the_app(tmp_path, GRID, size=size) as person:
            await choose(person, "Projects")
            await person.on(Board)
            await person.sees("10, goal 10 · 100\u00a0%", "reported")


async def test_a_long_title_takes_the_room_of_the_leaders_name(tmp_path: Path) -> None:
    stored = a_running_one(tmp_path, 300, (40, 30))
    title = "Answered within a week, and told so"
    ProjectsFolder(tmp_path).save(stored, stored.thing.changed(title=title))
    async with at_the_app(tmp_path, GRID) as person:
        await choose(person, "Projects")
        await person.on(Board)
        await person.sees("! Answered", "report back was due 34 weeks ago")
        assert "Ann" not in person.line("! Answered").removeprefix(" ▸ ! Answered")


class TestNotYet:
    """Of what has not been held or given nobody reads that it was."""

    def test_a_launch_that_was_not_held(self) -> None:
        project = running([], 40, 10).not_launched()
        project = project.changed(function="Calls", leader="Ann", team=("Bo",))
        assert phase_words(project, SOME_DAY) == "launch today"
        assert phase_words(project, SOME_DAY + timedelta(days=1)) == "launch was due yesterday"
        assert phase_words(project, SOME_DAY + timedelta(days=10)) == "launch was due 10 days ago"
        assert phase_words(project, SOME_DAY - timedelta(days=2)) == "launch in 2 days"

    def test_a_report_that_was_not_given(self) -> None:
        project = running([40], 40, 10)
        assert project.report_due
        at = project.report_due
        assert phase_words(project, at + timedelta(weeks=50)) == "report back was due 50 weeks ago"
        assert phase_words(project, at) == "report back today"
        assert phase_words(project, at - timedelta(days=1)) == "report back tomorrow"

    def test_a_day_gone_by(self) -> None:
        assert due_on(date(2026, 11, 21), date(2026, 11, 21)) == "21 Nov"
        assert due_on(date(2026, 11, 20), date(2026, 11, 21)) == "was due on 20 Nov"
        assert due_on(date(2025, 11, 20), date(2026, 11, 21)) == "was due on 20 Nov 2025"

    @pytest.mark.parametrize(
        ("days", "when"),
        [(0, "today"), (1, "1 day late"), (14, "14 days late"), (21, "3 weeks late")],
    )
    def test_what_is_due(self, days: int, when: str) -> None:
        project = running([], 40, 10).with_action(ACTION.model_copy(update={"due": SOME_DAY}))
        today = SOME_DAY + timedelta(days=days)
        [action] = [each for each in due((), [project], (), today) if each.what == ACTION.what]
        assert due_words(action, today)[0] == when

    async def test_each_part_on_the_page(self, tmp_path: Path) -> None:
        a_running_one(tmp_path, 80)
        stored = a_project(tmp_path, "Not launched")
        ProjectsFolder(tmp_path).save(stored, stored.thing.launch_set(day=day(-10)))
        async with at_the_app(tmp_path, GRID, size=(120, 36)) as person:
            await choose(person, "Projects")
            await person.on(Board)
            await person.sees("launch was due 10")
            await person.press("enter")
            await person.on(ProjectPage)
            was = f"was due on {day(-10).day} {day(-10):%b}"
            await person.sees("Not launched  launch was due 10 days ago")
            assert was in person.line("l Launch")
            await person.press("escape")
            await person.on(Board)
            await person.press("right", "enter")
            await person.on(ProjectPage)
            await person.sees("report back was due")
            assert "was due on" in person.line("m Mid-point")
            assert "was due on" in person.line("r Report back")


class TestForecast:
    """In 80 columns the range gives way, and never what it comes to."""

    @pytest.mark.parametrize(
        ("readings", "first", "to", "verdict"),
        [
            ([0.061, 0.058, 0.05, 0.049, 0.045], 0.06, 0.01, "the goal is not reached like this"),
            ([1234567, 1200000, 1100000, 1150000, 1000000], 1234567, 900000,
             "the goal may be reached"),
            ([9876543, 9876540, 9876541, 9876542, 9876543], 9876543, 1,
             "the goal is not reached like this"),
            ([1234567, 1110000, 1000000, 890000], 1234567, 700000, "the goal is in reach"),
            ([1234567, 600000, 1100000, 550000], 1234567, 560000, "it may stay so"),
        ],
    )  # fmt: skip
    def test_the_verdict_is_there(
        self, readings: list[float], first: float, to: float, verdict: str
    ) -> None:
        project = running(readings, first, to)
        today = SOME_DAY + timedelta(weeks=len(readings) - 1)
        words = fitted_forecast(project, today, INSIDE, short=True)
        assert cell_len(words) <= INSIDE
        assert words.endswith(verdict)
        assert "about" in words

    def test_where_there_is_room_the_range_stays(self) -> None:
        project = running([40, 37, 36, 31], 40, 10)
        today = SOME_DAY + timedelta(weeks=4)
        assert "4 times in 5" in fitted_forecast(project, today, 120)
        short = fitted_forecast(project, today, INSIDE)
        assert short == fitted_forecast(project, today, INSIDE, short=True)
        assert " to " in short
        assert "4 times" not in short
        assert "(" not in fitted_forecast(project, today, 50)

    async def test_on_the_page(self, tmp_path: Path) -> None:
        stored = a_running_one(tmp_path, 34)
        wanted = stored.thing.wanted.changed(from_=0.06, to=0.01)
        project = stored.thing.changed(wanted=wanted)
        for week, value in enumerate([0.061, 0.058, 0.05, 0.049, 0.045]):
            project = project.with_reading(Reading(on=day(7 * week - 33), value=value))
        ProjectsFolder(tmp_path).save(stored, project)
        async with at_the_app(tmp_path, GRID) as person:
            await at_project(person)
            await person.sees("; the goal is not reached like this")


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (44, 20)])
async def test_each_line_of_what_is_due_says_of_what(size: tuple[int, int], tmp_path: Path) -> None:
    """Two projects can ask for the same, and then nothing else tells one line from the other."""
    for title in ("Doors", "Letters in a week, and all of them read"):
        stored = a_project(tmp_path, title)
        ProjectsFolder(tmp_path).save(stored, stored.thing.with_action(ACTION).launched(TODAY))
    async with at_the_app(tmp_path, GRID, size=size) as person:
        await choose(person, "Due")
        await person.on(DuePage)
        await person.sees("Within two weeks")
        lines = [line for line in person.text.splitlines() if f"{TODAY.year}  Action: " in line]
        assert len(lines) == 2
        assert {"Doors" in line for line in lines} == {True, False}
        assert sum("Letters i" in line for line in lines) == 1
        assert all(cell_len(line) <= size[0] for line in lines)


class TestTheMark:
    """What was just added is what the mark is on."""

    async def test_a_new_check_in(self, tmp_path: Path) -> None:
        a_running_one(tmp_path, readings=(40, 34))
        async with at_the_app(tmp_path, GRID) as person:
            await at_project(person)
            await person.press("w")
            await person.on(FormPage)
            await person.types("31\x1b")
            page = await person.on(CheckIns)
            assert page.query_one(RowList).value == TODAY
            await person.press("down", "d")
            assert page.query_one(RowList).value != TODAY

    async def test_one_that_n_adds(self, tmp_path: Path) -> None:
        a_running_one(tmp_path, readings=(40, 34))
        async with at_the_app(tmp_path, GRID) as person:
            await at_project(person)
            await person.press("w")
            await person.on(FormPage)
            await person.press("escape")
            page = await person.on(CheckIns)
            before = page.query_one(RowList).value
            assert before not in (None, TODAY)
            await person.press("n")
            await person.on(FormPage)
            await person.types("31\x1b")
            await person.on(CheckIns)
            assert page.query_one(RowList).value == TODAY

    @pytest.mark.parametrize("letter", ["o", "p", "l"])
    async def test_a_new_line_of_a_list(self, letter: str, tmp_path: Path) -> None:
        stored = a_running_one(tmp_path)
        there = Needed(id="cccccccc", what="Figures")
        ProjectsFolder(tmp_path).save(stored, stored.thing.with_needed(there))
        pages = {"o": Obstacles, "p": Prepare, "l": LaunchPage}
        async with at_the_app(tmp_path, GRID) as person:
            await at_project(person)
            await open_part(person, letter, pages[letter])
            await person.press("n")
            await person.on(FormPage)
            await person.types("What is new\x1b")
            page = await person.on(pages[letter])
            await person.until(lambda: "What is new" in marked(person), "the mark")
            assert page.query_one(RowList).value is not None


def marked(person: Person) -> str:
    return next((line for line in person.text.splitlines() if "▸" in line), "")


class TestRoom:
    """What has no room says so, and hides nothing that is needed."""

    async def test_who_leads_the_launch_shows_beside_a_large_core_group(
        self, tmp_path: Path
    ) -> None:
        group = ("Area manager", "Call centre lead", "Finance partner", "Stores clerk")
        a_project(tmp_path, core_group=group, facilitator="Tenants' panel chair")
        async with at_the_app(tmp_path, GRID) as person:
            await at_project(person)
            await open_part(person, "p", Prepare)
            await person.sees("…   led by  Tenants' panel chair")
            await person.reads(", ".join(group))

    async def test_the_last_block_says_so_beside_its_question(self, tmp_path: Path) -> None:
        a_project(tmp_path)
        async with at_the_app(tmp_path, GRID, size=(44, 12)) as person:
            await at_project(person)
            await open_part(person, "l", LaunchPage)
            await person.marks("leader's w")
            await person.press("enter")
            page = await person.on(BlockPage)
            question = ""
            for _ in range(12):
                if "last block" in person.words:
                    break
                question = page._prompts[page._at]  # noqa: SLF001  what is to be seen
                await person.press("right")
            await person.reads("That was the last block", question)
            assert not person.app._notifications  # noqa: SLF001  a message would lie over it
            await person.press("left")
            await person.reads("question")
            assert "last block" not in person.words

    @pytest.mark.parametrize("size", [(80, 24), (120, 36)])
    async def test_examples_in_the_goal_check_are_whole(
        self, size: tuple[int, int], tmp_path: Path
    ) -> None:
        a_project(tmp_path)
        async with at_the_app(tmp_path, GRID, size=size) as person:
            await at_project(person)
            await person.press("g")
            form = await person.on(FormPage)
            for question, (_, _, example) in GOAL_QUESTIONS.items():
                field = form.query_one(f"#ask-{question.value}-remark", Input)
                shown = field.render_line(0).text.rstrip()
                assert shown == f"for example: {example.partition(': ')[2]}"

    async def test_a_long_line_shows_where_it_goes_on(self, tmp_path: Path) -> None:
        names = tuple(f"Member of the team number {number}" for number in range(4))
        a_project(tmp_path, team=names)
        async with at_the_app(tmp_path, GRID) as person:
            await at_project(person)
            await person.press("c")
            form = await person.on(FormPage)
            field = form.query_one("#ask-team", Input)
            assert field.render_line(0).text.rstrip().endswith("…")
            field.focus()
            await person.until(lambda: field.scroll_offset.x, "the end of the names")
            end = field.render_line(0).text
            assert end.startswith("…")
            assert end.rstrip().endswith("number 3")
            await person.press("home")
            begin = field.render_line(0).text.rstrip()
            assert begin.startswith("Member")
            assert begin.endswith("…")
            await person.press("end", "tab")
            await person.until(lambda: not field.scroll_offset.x, "the beginning")
            assert field.render_line(0).text.startswith("Member")

    async def test_an_example_without_room_ends_with_an_ellipsis(self, tmp_path: Path) -> None:
        a_project(tmp_path)
        async with at_the_app(tmp_path, GRID, size=(44, 20)) as person:
            await at_project(person)
            await person.press("g")
            form = await person.on(FormPage)
            field = form.query_one("#ask-learning-remark", Input)
            shown = field.render_line(0).text.rstrip()
            assert shown.startswith("for example: to change our own")
            assert shown.endswith("…")
            assert cell_len(shown) <= field.size.width
            assert field.placeholder.endswith("for a plan")
