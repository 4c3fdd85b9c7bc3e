"""Reports of plans and projects: what they say, and that pictures and figures agree with the core."""

import csv
import json
import re
from datetime import date, timedelta
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bt_assess.core.compared import Kind
from bt_assess.core.forecast import Forecast, Line, WhyNone, forecast, line
from bt_assess.core.plan import Plan, StagedObjective, new_plan
from bt_assess.core.plan_gap import stage_views
from bt_assess.core.plan_history import NoPlace, StageKind
from bt_assess.core.project import Project, new_project
from bt_assess.core.project_parts import Wanted
from bt_assess.core.saved_comparison import Ref
from bt_assess.core.text import UNSAFE
from bt_assess.report import pictures_of_plan
from bt_assess.report.html_plan import html_of_plan, stairs
from bt_assess.report.html_project import html_of_project, told_of
from bt_assess.report.making import OfPlan, OfProject, made
from bt_assess.report.markdown import markdown
from bt_assess.report.paper_text import paper_text
from bt_assess.report.pictures import PHONE, WIDE
from bt_assess.report.plan_paper import paper_of_plan
from bt_assess.report.plan_words import (
    about_words,
    figure_words,
    forecast_words,
    goal_words,
    phase_words,
    share_words,
    theme_names,
)
from bt_assess.report.project_paper import paper_of_project
from tests.core.plan_edits import plans, projects
from tests.report.pages import Read, rubric
from tests.report.plans import BEGAN, MADE, RUNNING, a_plan, a_project
from tests.report.workbook import read

KINDS = ("html", "md", "xlsx", "csv", "json")


def text_of(svg: str) -> list[str]:
    return [
        "".join(e.itertext()).replace("\xa0", " ")
        for e in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")
    ]


def read_rows(plan: Plan, sheet: str) -> list[list[Any]]:
    """The rows of a sheet below its head."""
    book = read(bytes(made("xlsx", rubric(), OfPlan(plan), MADE)))  # type: ignore[arg-type]
    return book.sheets[sheet].rows[1:]


class TestPlan:
    def test_the_picture_goes_from_the_destination_down_to_reality(self) -> None:
        plan = a_plan(rubric())
        svg = pictures_of_plan.steps(*stairs(plan, stage_views(plan, MADE)), name="x", title="T")
        names = ("Destination", "Transformational", "Substantial", "Incremental", "Where we are")
        heights = []
        for name in names:
            [found] = [
                each for each in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")
                if each.text == name
            ]  # fmt: skip
            heights.append((float(found.attrib["y"]), -float(found.attrib["x"])))
        assert heights == sorted(heights)
        assert len({x for _, x in heights}) == 5
        assert "under way, 43 % in 2 of 4 aims" in text_of(svg)
        description = re.search(r"<desc[^>]*>(.*?)</desc>", svg)
        assert description
        assert description[1].index("Destination") < description[1].index("Where we are")

    def test_the_page_has_all_that_was_written(self) -> None:
        plan = a_plan(rubric())
        page = Read(html_of_plan(rubric(), plan, made=MADE))
        assert page.faults == []
        wanted = [
            *(getattr(plan.destination, part) for part in
              ("marketplace", "organisation", "why_it_matters", "how_to_contribute")),
            *(getattr(plan.reality, part) for part in
              ("where", "why", "why_change", "inside", "outside")),
            *(stage.results for stage in plan.stages), *(stage.measure for stage in plan.stages),
            *(each.name for each in plan.capabilities),
            *(state.action for _, _, state in plan.actions()),
        ]  # fmt: skip
        for text in wanted:
            assert text
            assert text in page.text
        # What moved is told of: goalposts are not moved in silence.
        assert "Substantial objective, date moved: 2028-12-31 → 2028-06-30" in page.text

    def test_paper_and_page_say_the_same_of_the_gap(self) -> None:
        plan = a_plan(rubric())
        row = ("1.2", "1.6", "1.8 · 67 %")
        page = Read(html_of_plan(rubric(), plan, made=MADE)).text.replace("\xad", "")
        assert f"Leadership {' '.join(row)}" in page
        assert f"| Leadership | {' | '.join(row)} |" in markdown(
            paper_of_plan(rubric(), plan, made=MADE)
        )

    def test_no_output_tells_an_old_place_as_now(self) -> None:
        one, two, three, *_ = rubric().themes
        aims = {one.id: 2.0, two.id: 2.0, three.id: 2.0}
        first, newest = (Ref(kind=Kind.SESSION, id=name) for name in ("ssssssss", "tttttttt"))
        plan = new_plan("planplan", "P", BEGAN)
        plan = plan.based_on([first], {one.id: 1.2, two.id: 1.4, three.id: 1.5}, BEGAN, BEGAN)
        plan = plan.with_stage(
            StagedObjective(kind=StageKind.INCREMENTAL, results="r", positions=aims), BEGAN
        )
        why = {one.id: NoPlace.MIXED, two.id: NoPlace.NOT_ENOUGH}
        plan = plan.with_measurement(newest, {three.id: 1.75}, MADE, why)
        page = Read(html_of_plan(rubric(), plan, made=MADE)).text.replace("\xad", "")
        paper = paper_of_plan(rubric(), plan, made=MADE)
        text = " ".join(paper_text(paper, 200).split()).replace("\u00a0", " ")
        in_md = markdown(paper)
        for theme, base in ((one, "1.2"), (two, "1.4")):
            assert f"{theme.name} {base} was {base} 2.0" in page
            assert f"| {theme.name} | {base} | was {base} | 2.0 |" in in_md
        for words in (page, text):
            now = "No place now, as the newest assessment shows a mixed picture"
            assert f"{now}: {one.name}." in words
            assert (
                "No share, as the newest assessment has not enough answers:"
                f" {two.name} (incremental)."
            ) in words
            assert "50 % of the way in 1 of 3 aims" in words.replace("\u00a0", " ")
        rows = read_rows(plan, "Gap")
        assert [(row[2], row[3]) for row in rows[:3]] == [(None, 1.2), (None, 1.4), (1.75, None)]
        assert "the newest assessment has not enough answers" in rows[1]
        told = json.loads(made("json", rubric(), OfPlan(plan), MADE))["gap"][:3]
        assert [(each["now"], each["was"], each["why_not"]) for each in told] == [
            (None, 1.2, "mixed picture"), (None, 1.4, "not enough"), (1.75, None, None),
        ]  # fmt: skip
        assert told[1]["stages"][0]["why_not"] == "not enough"

    def test_a_stage_that_was_reached_on_a_day_says_so(self) -> None:
        plan = a_plan(rubric()).stage_done(StageKind.INCREMENTAL, date(2026, 11, 9), MADE)
        page = Read(html_of_plan(rubric(), plan, made=MADE))
        assert "done on 9 Nov 2026" in page.text
        assert any("✓ Incremental" in words for words in page.words)

    def test_an_empty_plan_says_what_is_open(self) -> None:
        page = Read(html_of_plan(rubric(), new_plan("planplan", "Empty", MADE), made=MADE))
        assert page.faults == []
        assert "No date yet." in page.text
        assert "it does not say why it matters" in page.text

    def test_the_workbook_has_figures_as_figures(self) -> None:
        book = read(bytes(made("xlsx", rubric(), OfPlan(a_plan(rubric())), MADE)))  # type: ignore[arg-type]
        assert list(book.sheets) == ["Plan", "Stages", "Gap", "Capabilities", "History", "Check"]
        [leadership] = [row for row in book.sheets["Gap"].rows if row[0] == "Leadership"]
        assert leadership[1:3] == [1.2, 1.6]
        assert leadership[5:8] == [1.8, 2.3, 2.8]
        assert leadership[8] == pytest.approx(2 / 3)

    def test_csv_has_a_row_a_side(self) -> None:
        rows = list(
            csv.DictReader(str(made("csv", rubric(), OfPlan(a_plan(rubric())), MADE)).splitlines())
        )
        assert [row["side"] for row in rows[:5]] == [
            "people",
            "process",
            "knowledge",
            "measurement",
            "environment",
        ]
        assert rows[0]["owner"] == "Ruth"
        assert rows[0]["due"] == "2026-11-01"
        assert rows[1]["state"] == "done"
        assert len(rows) == 10

    def test_json_is_the_plan_and_what_is_worked_out(self) -> None:
        plan = a_plan(rubric())
        told = json.loads(made("json", rubric(), OfPlan(plan), MADE))
        assert Plan.model_validate(told["plan"]) == plan
        [leadership] = [each for each in told["gap"] if each["theme"] == "leadership"]
        assert (leadership["base"], leadership["now"]) == (1.2, 1.6)
        assert leadership["stages"][0]["progress"] == pytest.approx(2 / 3)
        assert [each["kind"] for each in told["stages"]] == [kind.value for kind in StageKind]
        assert told["findings"]


class TestProject:
    def test_it_tells_where_it_leads(self) -> None:
        project = a_project()
        found = forecast(project)
        assert isinstance(found, Forecast)
        page = Read(html_of_project(rubric(), project, made=RUNNING))
        assert page.faults == []
        assert "running, week 7 of 9, 20 days left" in page.text
        assert "42 % of the way to the goal" in page.text
        assert f"about {found.value:.1f} in a hundred on 9 Nov 2026" in page.text
        assert f"between {found.low:.1f} and {found.high:.1f}" in page.text
        assert "The goal lies beyond all of it." in page.text
        assert "forecast and its range" in page.words

    def test_a_forecast_of_a_day_that_is_over_is_none(self) -> None:
        project = a_project()
        assert isinstance(told_of(project, date(2026, 11, 9)), Forecast)
        assert told_of(project, date(2026, 11, 10)) is WhyNone.TOO_LATE
        page = Read(html_of_project(rubric(), project, made=MADE))
        assert "If it goes on like this" not in page.text
        assert "forecast and its range" not in page.words
        told = json.loads(made("json", rubric(), OfProject(project), MADE))
        assert (told["forecast"], told["why_no_forecast"]) == (None, "too late")

    def test_with_few_readings_it_says_why_there_is_no_forecast(self) -> None:
        page = Read(html_of_project(rubric(), a_project(weeks=3), made=RUNNING))
        assert "No forecast: it takes readings on four days" in page.text
        assert "No reading was taken in week 4, 5, 6." in page.text

    def test_the_page_has_all_that_was_written(self) -> None:
        project = a_project()
        page = Read(html_of_project(rubric(), project, made=RUNNING)).text
        paper = paper_text(paper_of_project(project, made=RUNNING), 1000)
        report = project.report
        for text in (
            project.function, project.shown_by, project.why_now, project.leader,
            project.leader_gives, *project.team, project.facilitator, project.helper,
            project.launch.notes, project.data_needed[0].what, project.obstacles[0].decision,
            project.check_ins[0].done, project.check_ins[0].next, project.check_ins[0].in_the_way,
            report.result, report.was_new, report.team_learned, report.leader_learned,
            report.morale, report.make_it_last, report.what_next,
            "We drew the way of a repair on the wall.", "waits for an answer since 18 Sep 2026",
            "from 40 to 15 in a hundred", "One action more.",
        ):  # fmt: skip
            assert text
            assert text in page
            assert text in paper

    def test_readings_lie_where_their_days_and_figures_are(self) -> None:
        project = a_project()
        svg = pictures_of_plan.readings(
            [(r.on, r.value) for r in project.readings], line(project), None, RUNNING,
            name="x", title="T", unit="in a hundred",
        )  # fmt: skip
        drawn = [
            (float(each.attrib["cx"]), float(each.attrib["cy"]))
            for each in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}circle")
        ][1:]
        assert len(drawn) == len(project.readings)
        # A week apart each: the same distance; a higher figure is higher up.
        steps = {round(b[0] - a[0]) for a, b in pairwise(drawn)}
        assert max(steps) - min(steps) <= 1
        for (_, y), (_, other), r, s in zip(
            drawn, drawn[1:], project.readings, project.readings[1:], strict=False
        ):
            assert (other < y) == (s.value > r.value)
        assert {"today", "goal", "line to the goal"} <= set(text_of(svg))

    def test_csv_and_workbook_have_the_readings(self) -> None:
        project = a_project()
        rows = list(
            csv.DictReader(str(made("csv", rubric(), OfProject(project), RUNNING)).splitlines())
        )
        assert [float(row["value"]) for row in rows] == [40.0, 37.5, 38.0, 33.0, 30.5, 29.0]
        assert [row["week"] for row in rows] == list("123456")
        book = read(bytes(made("xlsx", rubric(), OfProject(project), RUNNING)))  # type: ignore[arg-type]
        kinds = [row[5] for row in book.sheets["Readings"].rows[1:]]
        assert kinds == ["reading"] * 6 + ["goal", "forecast"]
        assert 'formatCode=""' not in book.text

    def test_json_is_the_project_and_what_is_worked_out(self) -> None:
        project = a_project()
        told = json.loads(made("json", rubric(), OfProject(project), RUNNING))
        assert Project.model_validate(told["project"]) == project
        assert told["project"]["wanted"]["from"] == 40.0
        assert (told["phase"], told["week"], told["days_left"]) == ("run", 7, 20)
        assert told["missed_weeks"] == []
        assert len(told["readings"]) == 6
        assert told["forecast"]["hardly"] is True

    def test_an_empty_project(self) -> None:
        page = Read(html_of_project(rubric(), new_project("projproj", "Empty", MADE), made=MADE))
        assert page.faults == []
        assert "No result has been named yet" in page.text
        assert not list(page.of("svg"))


@settings(max_examples=25, deadline=None)
@given(plans(), st.sampled_from(KINDS))
def test_any_plan_can_be_told_in_any_format(plan: Plan, kind: str) -> None:
    made(kind, rubric(), OfPlan(plan), MADE)
    assert not set(UNSAFE.findall(markdown(paper_of_plan(rubric(), plan, made=MADE)))) - {"\n"}


@settings(max_examples=25, deadline=None)
@given(projects(), st.sampled_from(KINDS), st.dates(date(2026, 1, 1), date(2027, 12, 31)))
def test_any_project_can_be_told_in_any_format(project: Project, kind: str, today: date) -> None:
    made(kind, rubric(), OfProject(project), today)
    assert not set(UNSAFE.findall(markdown(paper_of_project(project, made=today)))) - {"\n"}


figures = st.floats(-1e12, 1e12)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 90), figures), max_size=8, unique_by=lambda p: p[0]),
    st.none() | st.tuples(figures, figures),
    st.none() | st.tuples(figures, figures, figures),
    st.integers(-400, 400),
    st.sampled_from([WIDE, PHONE]),
)
def test_whatever_the_figures_the_picture_stays_in_its_frame(
    points: list[tuple[int, float]],
    goal: tuple[float, float] | None,
    ahead: tuple[float, float, float] | None,
    today: int,
    width: float,
) -> None:
    taken = [(BEGAN + timedelta(days=day), value) for day, value in sorted(points)]
    straight = goal and Line(BEGAN, goal[0], BEGAN + timedelta(days=63), goal[1])
    found = None
    if ahead:
        low, value, high = sorted(ahead)
        found = Forecast(BEGAN + timedelta(days=63), value, low, high, 4)
    svg = pictures_of_plan.readings(
        taken, straight, found, BEGAN + timedelta(days=today), name="x", title="T", width=width
    )
    root = ElementTree.fromstring(svg)
    _, _, wide, high_ = map(float, root.attrib["viewBox"].split())
    for each in root.iter():
        for key, value_ in each.attrib.items():
            if key in ("x", "x1", "x2", "cx"):
                assert -0.1 <= float(value_) <= wide + 0.1
            if key in ("y", "y1", "y2", "cy"):
                assert -0.1 <= float(value_) <= high_ + 0.1


class TestWords:
    @pytest.mark.parametrize(
        ("value", "words"),
        [
            (0.0, "0"), (-0.0, "0"), (1250.0, "1,250"), (0.125, "0.125"), (-3.5, "−3.5"),
            (1e12, "1,000,000,000,000"), (5e-324, "4.94e−324"), (123456.7, "123,457"),
        ],
    )  # fmt: skip
    def test_figures(self, value: float, words: str) -> None:
        assert figure_words(value) == words

    @pytest.mark.parametrize(
        ("value", "way", "words"),
        [
            (20.9463, -26.0, "20.9"), (20.9463, 1000.0, "21"), (0.12345, 0.5, "0.123"),
            (20.9463, 0.0, "20.9463"), (1234.567, 1e6, "1,235"),
        ],
    )  # fmt: skip
    def test_what_is_worked_out_is_not_told_to_the_last_digit(
        self, value: float, way: float, words: str
    ) -> None:
        assert about_words(value, way) == words

    def test_goals(self) -> None:
        assert goal_words(Wanted()) == "No result has been named yet"
        half = Wanted(measure="Open cases", unit="cases", from_=120.0)
        assert goal_words(half) == "Open cases: from 120 to ? cases"

    @pytest.mark.parametrize(
        ("share", "words"),
        [
            (None, "–"), (0.0, "0 %"), (0.002, "1 %"), (0.53, "53 %"), (0.994, "99 %"),
            (0.996, "99 %"), (1 - 1e-12, "99 %"), (1.0, "100 %"),
        ],
    )  # fmt: skip
    def test_all_of_the_way_is_reached_and_nothing_short_of_it(
        self, share: float | None, words: str
    ) -> None:
        assert share_words(share).replace("\u00a0", " ") == words

    def test_a_share_of_some_aims_says_so_and_the_others_say_why(self) -> None:
        source = Ref(kind=Kind.SESSION, id="ssssssss")
        first, second, third = (theme.id for theme in rubric().themes[:3])
        plan = new_plan("planplan", "P", MADE)
        plan = plan.based_on([source], {first: 1.0, second: 2.5}, MADE, MADE)
        aims = {first: 2.0, second: 2.0, third: 2.0}
        plan = plan.with_stage(
            StagedObjective(kind=StageKind.INCREMENTAL, results="r", positions=aims), MADE
        )
        again = Ref(kind=Kind.SESSION, id="tttttttt")
        plan = plan.with_measurement(again, {first: 1.996}, MADE + timedelta(days=9))
        read = " ".join(paper_text(paper_of_plan(rubric(), plan, made=MADE), 200).split())
        read = read.replace("\u00a0", " ")
        assert "under way, 99 % of the way in 1 of 3 aims" in read
        names = theme_names(rubric(), plan)
        reached = "No share, as the aim was reached already when the plan began"
        assert f"{reached}: {names[second]} (incremental)." in read
        unknown = "No share, as it was not measured when the plan began"
        assert f"{unknown}: {names[third]} (incremental)." in read
        assert f"{reached}: {names[second]} (incremental)." in html_of_plan(
            rubric(), plan, made=MADE
        ).replace("&amp;", "&")

    def test_phases(self) -> None:
        project = a_project()
        assert phase_words(project, MADE).endswith("12 days late")
        stopped = project.stop(MADE, "No money")
        assert phase_words(stopped, MADE) == "stopped on 21 Nov 2026"

    @pytest.mark.parametrize(
        ("reaches", "surely", "hardly", "end"),
        [
            (True, True, False, "at the goal or beyond."), (False, False, True, "beyond all of it."),
            (True, False, False, "so it is open."), (None, None, None, "between 1 and 3."),
        ],
    )  # fmt: skip
    def test_forecasts(
        self, reaches: bool | None, surely: bool | None, hardly: bool | None, end: str
    ) -> None:
        found = Forecast(MADE, 2.0, 1.0, 3.0, 4, reaches, surely, hardly)
        assert forecast_words(found, Wanted(from_=1.0, to=3.0)).endswith(end)
