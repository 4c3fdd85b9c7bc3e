"""What is due: nothing is left out, nothing is told of twice, and the order is that of days."""

from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bt_assess.core.due import Due, DueKind, Of, due, names_used
from bt_assess.core.plan import (
    Capability,
    Destination,
    Plan,
    Side,
    SideState,
    StagedObjective,
    new_plan,
)
from bt_assess.core.plan_history import StageKind
from bt_assess.core.project import Project, new_project
from bt_assess.core.project_parts import MidPoint, Obstacle, ObstacleAnswer, Reading, Report, Wanted
from bt_assess.core.round import Action, ActionState
from tests.core.plan_edits import TODAY, plans, projects
from tests.core.rounds import round_of


def day(number: int) -> date:
    return TODAY + timedelta(days=number)


def action(an_id: str = "aaaaaaaa", when: date | None = None, **more: Any) -> Action:
    return Action.model_validate(
        {"id": an_id, "what": "Try", "owner": "Bo", "due": when or day(100), **more}
    )


def running() -> Project:
    made = new_project(
        "projproj", "Fewer", TODAY, leader="Ann", wanted=Wanted(measure="Open", from_=9, to=1)
    )
    return made.with_action(action()).launched(TODAY)


def of_project(
    project: Project, today: date, ahead: int | None = 14
) -> list[tuple[str, date, bool]]:
    found = due([], [project], [], today, ahead=ahead)
    return [(each.kind.value, each.when, each.late) for each in found]


def with_side(**more: Any) -> Plan:
    plan = new_plan("planplan", "Our plan", TODAY).with_capability(
        Capability(id="aaaaaaaa", name="Decide")
    )
    state = SideState.model_validate({"action": "Teach", "owner": "Bo", "due": day(5), **more})
    return plan.with_side("aaaaaaaa", Side.PEOPLE, state)


class TestPlan:
    """Actions of capabilities, stages, the destination."""

    def test_an_action(self) -> None:
        [found] = due([with_side()], [], [], TODAY)
        assert (found.kind, found.what, found.owner, found.when, found.late) == (
            DueKind.ACTION, "Teach", "Bo", day(5), False,
        )  # fmt: skip
        assert (found.where.of, found.where.id, found.where.title, found.where.part) == (
            Of.PLAN, "planplan", "Our plan", "aaaaaaaa.people",
        )  # fmt: skip

    def test_late_from_the_day_after(self) -> None:
        assert [d.late for d in due([with_side()], [], [], day(5))] == [False]
        assert [d.late for d in due([with_side()], [], [], day(6))] == [True]

    def test_what_is_over_or_has_no_day_is_not_due(self) -> None:
        for more in ({"state": "done"}, {"state": "dropped"}, {"due": None}, {"action": ""}):
            assert due([with_side(**more)], [], [], day(99)) == ()

    def test_stages_and_the_destination(self) -> None:
        plan = new_plan("planplan", "P", TODAY).with_destination(Destination(by=day(9)), TODAY)
        for kind in StageKind:
            stage = StagedObjective(kind=kind, results="Half", by=day(kind.number))
            plan = plan.with_stage(stage, TODAY)
        plan = plan.stage_done(StageKind.INCREMENTAL, TODAY, TODAY)
        found = [(d.kind.value, d.when, d.where.part) for d in due([plan], [], [], TODAY)]
        assert found == [
            ("stage", day(2), "substantial"), ("stage", day(3), "transformational"),
            ("destination", day(9), "destination"),
        ]  # fmt: skip
        arrived = plan.stage_done(StageKind.TRANSFORMATIONAL, TODAY, TODAY)
        assert [d.kind.value for d in due([arrived], [], [], TODAY)] == ["stage"]


class TestProject:
    """The launch, readings, obstacles, the mid-point, the report back."""

    def test_before_it_runs_the_launch(self) -> None:
        made = new_project("projproj", "P", TODAY, facilitator="Di").with_action(action())
        assert of_project(made, TODAY) == []
        assert of_project(made.launch_set(day=day(3)), TODAY) == [("launch", day(3), False)]
        assert of_project(made.launch_set(day=day(3)), day(4)) == [("launch", day(3), True)]

    def test_what_is_due_today_is_not_late(self) -> None:
        made = new_project("projproj", "P", TODAY).launch_set(day=TODAY)
        assert of_project(made, TODAY) == [("launch", TODAY, False)]
        found = {kind: late for kind, _, late in of_project(running(), day(63), None)}
        assert found["report-back"] is False
        assert ("action", day(100), False) in of_project(running(), day(100))
        [action_] = due([], [], [round_of(actions=(action(),))], day(100))
        assert action_.late is False

    def test_a_reading_each_week(self) -> None:
        def readings(project: Project, today: int) -> list[tuple[date, bool]]:
            found = of_project(project, day(today), None)
            return [(when, late) for kind, when, late in found if kind == "reading"]

        made = running()
        assert readings(made, 0) == [(day(6), False)]
        assert readings(made, 7) == [(day(6), True)]
        made = made.with_reading(Reading(on=day(7), value=8))
        assert readings(made, 7) == [(day(20), False)]
        assert readings(made, 21) == [(day(20), True)]
        last = made.with_reading(Reading(on=day(60), value=1))
        assert readings(last, 61) == []
        after = made.with_reading(Reading(on=day(63), value=1))
        assert readings(after, 64) == []
        before = running().with_reading(Reading(on=day(-9), value=8))
        assert readings(before, 7) == [(day(6), True)]

    def test_a_reading_of_a_day_to_come_is_none_yet(self) -> None:
        made = running().with_reading(Reading(on=day(60), value=1))
        assert ("reading", day(6), True) in of_project(made, day(8))

    def test_an_obstacle_is_late_until_it_is_answered(self) -> None:
        made = running().with_obstacle(Obstacle(id="bbbbbbbb", what="No key", raised=TODAY))
        [found] = [d for d in due([], [made], [], TODAY) if d.kind is DueKind.OBSTACLE]
        assert (found.what, found.owner, found.late, found.where.part) == (
            "No key", "Ann", True, "bbbbbbbb",
        )  # fmt: skip
        answered = made.answered("bbbbbbbb", ObstacleAnswer.REMOVED, day(1), "A key", day(4))
        [promise] = [d for d in due([], [answered], [], day(5)) if d.where.part == "bbbbbbbb"]
        assert (promise.kind, promise.what, promise.when, promise.late) == (
            DueKind.DECISION, "A key", day(4), True,
        )  # fmt: skip
        kept = answered.answer_kept("bbbbbbbb", True)
        assert not [d for d in due([], [kept], [], day(5)) if d.where.part == "bbbbbbbb"]

    def test_mid_point_and_report_back(self) -> None:
        made = running()
        assert ("mid-point", day(31), False) in of_project(made, day(17))
        assert not [d for d in of_project(made, day(16)) if d[0] == "mid-point"]
        looked = made.with_mid_point(MidPoint(on=day(31)))
        assert not [d for d in of_project(looked, day(32)) if d[0] == "mid-point"]
        # Missed until the last week begins; from then on the report back takes its place.
        assert ("mid-point", day(31), True) in of_project(made, day(56))
        assert not [d for d in of_project(made, day(57)) if d[0] == "mid-point"]
        assert ("report-back", day(63), False) in of_project(made, day(49))
        assert ("report-back", day(63), True) in of_project(made, day(64))

    def test_once_it_is_over_nothing_is_due(self) -> None:
        made = running().with_obstacle(Obstacle(id="bbbbbbbb", what="No key", raised=TODAY))
        over = made.with_report(Report(on=day(63), result="One"))
        assert of_project(over, day(90), None) == []
        assert of_project(made.stop(day(5)), day(90), None) == []

    def test_actions(self) -> None:
        assert ("action", day(100), True) in of_project(running(), day(101))
        done = running().with_action(action(state=ActionState.DONE))
        assert not [d for d in of_project(done, day(101)) if d[0] == "action"]


class TestRounds:
    """Actions go on from round to round."""

    def test_an_action_of_a_round(self) -> None:
        round_ = round_of(actions=(action(),))
        [found] = due([], [], [round_], day(101))
        assert (found.where.of, found.where.id, found.owner, found.late) == (
            Of.ROUND, round_.id, "Bo", True,
        )  # fmt: skip

    def test_what_the_latest_round_says_counts(self) -> None:
        first = round_of(actions=(action(),))
        done = action(state=ActionState.DONE)
        second = round_of(id="zzzzzzzz", created=day(90), last_actions=(done,))
        assert due([], [], [second, first], day(101)) == ()
        still = round_of(id="zzzzzzzz", created=day(90), last_actions=(action(),))
        [found] = due([], [], [first, still], day(101))
        assert found.where.id == "zzzzzzzz"


class TestAll:
    """All of them together."""

    def test_so_many_days_ahead(self) -> None:
        plans_ = [with_side(due=day(n)) for n in (-3, 0, 7, 8)]
        when = [d.when for d in due(plans_, [], [], TODAY, ahead=7)]
        assert when == [day(-3), day(0), day(7)]
        assert len(due(plans_, [], [], TODAY, ahead=None)) == 4

    @given(st.lists(plans(), max_size=2), st.lists(projects(), max_size=2), st.dates())
    def test_in_order_of_days_and_late_is_told(
        self, some: list[Plan], others: list[Project], today: date
    ) -> None:
        everything = due(some, others, [], today, ahead=None)
        assert [d.when for d in everything] == sorted(d.when for d in everything)
        for each in everything:
            assert each.late == (each.when < today or each.kind is DueKind.OBSTACLE)
        near = due(some, others, [], today)
        assert set(near) <= set(everything)
        assert {d for d in everything if d.late} <= set(near)

    def test_the_order_is_always_one(self) -> None:
        made: list[Due] = list(due([with_side()], [running()], [], day(7), ahead=None))
        again = list(due([with_side()], [running()], [], day(7), ahead=None))
        assert made == again

    def test_names_most_used_first(self) -> None:
        round_ = round_of(actions=(action(owner="Cy"), action("bbbbbbbb", owner="Bo")))
        assert names_used([with_side()], [running()], [round_]) == ("Bo", "Ann", "Cy")
        assert names_used([], [], []) == ()
