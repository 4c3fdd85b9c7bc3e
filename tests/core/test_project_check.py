"""What the check names: what contradicts itself, and what only a file changed by hand can say."""

from datetime import date, timedelta
from typing import Any

import pytest

from bt_assess.core.fields import Refused
from bt_assess.core.plan_check import FindingKind
from bt_assess.core.project import Project, new_project
from bt_assess.core.project_check import check_project
from bt_assess.core.project_parts import (
    CheckIn,
    MidPoint,
    Obstacle,
    ObstacleAnswer,
    Reading,
    Refocus,
    Report,
    Wanted,
)
from bt_assess.core.round import Action, ActionState
from tests.core.plan_edits import TODAY

GOAL = Wanted(measure="Open complaints", unit="a week", from_=40, to=10)
ACTION = Action(id="aaaaaaaa", what="Try it", owner="Bo", due=TODAY)


def day(number: int) -> date:
    return TODAY + timedelta(days=number)


def running(**more: Any) -> Project:
    made = new_project("projproj", "Fewer", TODAY, wanted=GOAL, leader="Ann")
    return made.with_action(ACTION).launched(TODAY).changed(**more)


def contradictions(project: Project, today: date = TODAY) -> dict[str, str]:
    found = check_project(project, today)
    return {f.where: f.what for f in found if f.kind is FindingKind.CONTRADICTION}


class TestDays:
    """Days that do not go together."""

    def test_nothing_clashes_at_first(self) -> None:
        assert contradictions(running()) == {}
        assert contradictions(running(wanted=GOAL.changed(by=day(60))), day(61)) == {}

    def test_a_goal_whose_day_has_passed_before_it_is_launched(self) -> None:
        project = running(wanted=GOAL.changed(by=day(5))).not_launched()
        found = contradictions(project.launch_set(day=day(3)), day(6))
        assert "has passed" in found["project.wanted.by"]

    def test_a_goal_whose_day_is_not_after_the_launch(self) -> None:
        held = running(starts=day(-7), wanted=GOAL.changed(by=TODAY))
        assert "not after the launch" in contradictions(held)["project.wanted.by"]
        planned = new_project("projproj", "Fewer", TODAY, wanted=GOAL.changed(by=day(9)))
        assert contradictions(planned.launch_set(day=day(8))) == {}
        found = contradictions(planned.launch_set(day=day(9)))
        assert "not after the launch" in found["project.wanted.by"]

    def test_an_action_after_the_report_back(self) -> None:
        project = running()
        late = project.with_action(ACTION.model_copy(update={"due": day(64)}))
        assert "Try it" in contradictions(late)["project.launch.actions"]
        on_the_day = project.with_action(ACTION.model_copy(update={"due": day(63)}))
        assert contradictions(on_the_day) == {}
        done = ACTION.model_copy(update={"due": day(64), "state": ActionState.DONE})
        assert contradictions(project.with_action(done)) == {}


class TestByHand:
    """What the app does not take, and a file can say all the same."""

    def test_a_reading_of_a_day_to_come(self) -> None:
        project = running().with_reading(Reading(on=day(7), value=30))
        assert contradictions(project, day(7)) == {}
        found = contradictions(project, day(6))["project.readings"]
        assert found.endswith(f"{day(7).day} {day(7):%b %Y}, which is still to come")

    def test_a_check_in_and_a_report(self) -> None:
        project = running().with_check_in(CheckIn(on=day(7), done="Rang"))
        assert "to come" in contradictions(project, day(6))["project.check_ins"]
        project = running().with_report(Report(on=day(7), result="Ten"))
        assert contradictions(project, day(7)) == {}
        assert "to come" in contradictions(project, day(6))["project.report.on"]

    def test_a_launch_and_a_mid_point(self) -> None:
        project = running().with_mid_point(MidPoint(on=day(7), goal="Yes"))
        assert contradictions(project, day(7)) == {}
        found = contradictions(project, day(-1))
        assert "to come" in found["project.launch.held"]
        assert "to come" in found["project.mid_point.on"]
        assert "project.launch.held" not in contradictions(project, TODAY)

    def test_one_that_runs_and_has_no_first_week(self) -> None:
        project = Project.model_validate({**dict(running()), "starts": None})
        assert "project.starts" in {f.where for f in check_project(project, TODAY)}
        assert "project.starts" not in {f.where for f in check_project(running(), TODAY)}


class TestGoal:
    """A goal that was moved."""

    def test_without_a_reason_it_is_named(self) -> None:
        note = Refocus(on=day(5), before=GOAL)
        project = running(wanted=GOAL.changed(to=20)).with_refocused((note,))
        [found] = [f for f in check_project(project, day(6)) if f.where == "project.wanted.to"]
        assert found.what == f"it was moved on {day(5).day} {day(5):%b %Y}, and nobody says why"

    def test_in_answer_to_an_obstacle_it_is_not(self) -> None:
        project = running().with_obstacle(Obstacle(id="bbbbbbbb", what="No key", raised=TODAY))
        project = project.answered(
            "bbbbbbbb", ObstacleAnswer.REFOCUSED, day(5), "Half", wanted=GOAL.changed(to=20)
        )
        assert "project.wanted.to" not in {f.where for f in check_project(project, day(6))}
        alone = project.without_obstacle("bbbbbbbb")
        assert alone.wanted.to == 20
        [found] = [f for f in check_project(alone, day(6)) if f.where == "project.wanted.to"]
        assert found.what.endswith("and the obstacle that it answered was taken away")

    def test_other_words_are_named_and_that_the_readings_count(self) -> None:
        note = Refocus(on=day(5), before=GOAL)
        words = running(wanted=GOAL.changed(measure="Complaints")).with_refocused((note,))
        both = running(wanted=GOAL.changed(unit="a day", to=20)).with_refocused((note,))
        for project, where in (
            (words, ["project.wanted.measure"]),
            (both, ["project.wanted.to", "project.wanted.measure"]),
        ):
            found = [f for f in check_project(project, day(6)) if "wanted" in f.where]
            assert [f.where for f in found] == where
            assert found[-1].what.endswith("the readings from before still count")

    def test_a_measure_that_was_given_up_is_not(self) -> None:
        note = Refocus(on=day(5), before=GOAL, why="No key", obstacle="bbbbbbbb")
        project = running(wanted=GOAL.changed(measure="Calls")).with_refocused((note,))
        project = project.with_obstacle(Obstacle(id="bbbbbbbb", what="No key", raised=TODAY))
        assert "wanted" not in " ".join(f.where for f in check_project(project, day(6)))


def test_a_report_without_its_result_is_refused_in_a_sentence() -> None:
    """The form adds a full stop."""
    with pytest.raises(Refused, match="result") as refused:
        running().with_report(Report(on=TODAY))
    assert str(refused.value)[-1].isalpha()
