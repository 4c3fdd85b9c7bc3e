"""The next step in cases of their own: which stage, whose round, which capability, which year."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bt_assess.core.compared import Kind
from bt_assess.core.cycle import here
from bt_assess.core.cycle_parts import LONG_AGO, SOON_SEEN, Known, Leads, NextStep, Step
from bt_assess.core.plan import Capability, Plan, StagedObjective
from bt_assess.core.plan_history import StageKind
from bt_assess.core.project import Project, new_project
from bt_assess.core.project_parts import Obstacle, Origin, Phase, Wanted
from bt_assess.core.round import Action, Round
from bt_assess.core.round import Step as RoundStep
from bt_assess.core.saved_comparison import Ref
from tests.core.plan_edits import TODAY
from tests.core.test_cycle import answered, chosen, day, drawn_up, launched, reported, team, time


def step(known: Known, today: date) -> NextStep:
    found = here(known, today)
    assert found.step is found.next.step
    return found.next


class TestTheYear:
    def test_a_day_of_another_year_has_it(self) -> None:
        project = launched()
        late = project.report_due
        assert late is not None
        project = project.model_copy(update={"starts": late - timedelta(weeks=60)})
        was = project.report_due
        assert was is not None
        words = step(Known(projects=[project]), late).what
        assert words.endswith(f"{was:%b} {was.year}")
        assert f"{was.year}" not in step(Known(projects=[project]), was).what

    def test_of_what_a_team_agreed_too(self) -> None:
        action = Action(id="aaaaaaaa", what="Ring", owner="Bo", due=date(TODAY.year + 1, 1, 9))
        done = team(RoundStep.DONE, actions=(action,))
        assert step(Known(rounds=[done]), TODAY).what.endswith(f"9 Jan {TODAY.year + 1}")


def from_round(round_id: str) -> Project:
    """A project that a round led to, and that has reported."""
    origin = Origin(evidence=Ref(kind=Kind.ROUND, id=round_id))
    return reported(63).model_copy(update={"origin": origin})


def done(number: int, id: str, team_: str = "Repairs") -> Round:
    return team(RoundStep.DONE, number, id=id, team=team_)


class TestATeamThatAnsweredARound:
    @pytest.mark.parametrize("newest", [None, answered(0)])
    def test_is_asked_again_in_its_next_round(self, newest: None) -> None:
        rounds = [done(-3, "otherothe", "Sales"), done(0, "firstfirs")]
        known = Known(newest=newest, rounds=rounds, projects=[from_round("firstfirs")])
        found = step(known, day(64))
        assert (found.step, found.leads, found.id) == (Step.AGAIN, Leads.NEXT_ROUND, "firstfirs")
        assert (found.what, found.about) == (
            "Let the team answer again: what has moved?",
            "Repairs",
        )
        # Once it has answered, what has moved is there to be seen.
        again = replace(known, rounds=[*rounds, done(64, "nextnext", " repairs")])
        assert step(again, day(65)).leads is Leads.COMPARE

    def test_the_next_one_follows_its_newest(self) -> None:
        rounds = [done(0, "firstfirs"), done(30, "secondse"), done(40, "salessal", "Sales")]
        known = Known(rounds=rounds, projects=[from_round("firstfirs")])
        assert step(known, day(64)).id == "secondse"

    def test_a_round_of_no_team_is_followed_itself(self) -> None:
        rounds = [done(0, "firstfirs", ""), done(30, "secondse", "")]
        known = Known(rounds=rounds, projects=[from_round("firstfirs")])
        found = step(known, day(64))
        assert (found.leads, found.id, found.about) == (Leads.NEXT_ROUND, "firstfirs", "Spring")

    def test_one_that_is_gone_leads_to_the_rounds(self) -> None:
        known = Known(rounds=[done(0, "salessal", "Sales")], projects=[from_round("gonegone")])
        found = step(known, day(64))
        assert (found.leads, found.id) == (Leads.NEXT_ROUND, "")

    def test_long_after_it_answers_again_too(self) -> None:
        known = Known(rounds=[done(0, "firstfirs"), done(3, "secondse")])
        found = step(known, day(LONG_AGO + 3))
        assert (found.leads, found.id, found.about) == (Leads.NEXT_ROUND, "secondse", "Repairs")
        assert found.what.endswith("the last time was 6 months ago")

    def test_long_after_whoever_was_assessed_last_answers_again(self) -> None:
        """Of one day the team."""
        known = Known(rounds=[done(0, "firstfirs"), done(3, "secondse")])
        for number, leads in ((0, Leads.NEXT_ROUND), (3, Leads.NEXT_ROUND), (4, Leads.NEW)):
            found = step(replace(known, newest=answered(number)), day(LONG_AGO + 4))
            assert (found.leads, found.id) == (leads, "" if leads is Leads.NEW else "secondse")

    @pytest.mark.parametrize("order", [1, -1])
    def test_of_several_teams_it_is_the_last_one(self, order: int) -> None:
        rounds = [done(0, "firstfirs"), done(3, "salessal", "Sales")][::order]
        for known, today in (
            (Known(rounds=rounds), day(LONG_AGO + 3)),
            (Known(rounds=rounds, projects=[reported(63)]), day(64)),
        ):
            # A project of nobody's need began after the first round only.
            of = "salessal" if not known.projects else "firstfirs"
            assert step(known, today).id == of


class TestARoundSetUpBeforeTheReport:
    """It has no other date, and is set up some days before it is answered."""

    FIRST = done(0, "firstfirs")

    def known(self, number: int, state: RoundStep = RoundStep.DONE) -> Known:
        second = team(state, number, id="secondse", team="Repairs")
        return Known(rounds=[second, self.FIRST], projects=[from_round("firstfirs")])

    @pytest.mark.parametrize("number", [49, 60, 62, 63, 64])
    def test_is_after_once_it_is_answered(self, number: int) -> None:
        found = step(self.known(number), day(66))
        assert (found.leads, [ref.id for ref in found.beside]) == (
            Leads.COMPARE, ["firstfirs", "secondse"],
        )  # fmt: skip
        # For as long as one from after the report, however early it was set up.
        soon = max(number, 63) + SOON_SEEN
        assert step(self.known(number), day(soon)).leads is Leads.COMPARE
        assert step(self.known(number), day(soon + 1)).leads is not Leads.COMPARE

    def test_one_from_well_before_was_on_the_way(self) -> None:
        found = step(self.known(48), day(66))
        assert (found.leads, found.id) == (Leads.NEXT_ROUND, "secondse")

    def test_till_then_it_is_gone_on_with(self) -> None:
        for state, what in ((RoundStep.COLLECTING, "collecting"), (RoundStep.CLOSED, "Open the")):
            found = step(self.known(60, state), day(66))
            assert (found.leads, found.id) == (Leads.ROUND, "secondse")
            assert what in found.what

    def test_its_team_sees_it_before_it_is_compared(self) -> None:
        """Though another team's round is newer."""
        known = self.known(60, RoundStep.CLOSED)
        known = replace(known, rounds=[*known.rounds, done(65, "salessal", "Sales")])
        found = step(known, day(66))
        assert (found.leads, found.id) == (Leads.ROUND, "secondse")

    def test_a_session_of_that_day_is_not_after(self) -> None:
        """It has the day on which it was finished."""
        known = Known(newest=answered(60), projects=[reported(63)], others=[time(0)])
        assert step(known, day(66)).leads is Leads.NEW


class TestATeamThatIsCalledSomethingElseNow:
    FIRST = done(0, "firstfirs")

    def second(self, number: int, id: str = "secondse", after: str | None = "firstfirs") -> Round:
        return team(RoundStep.DONE, number, id=id, team="Repairs and Voids", after=after)

    def test_is_known_by_the_round_that_its_own_follows(self) -> None:
        for after, leads in (("firstfirs", Leads.COMPARE), (None, Leads.NEXT_ROUND)):
            rounds = [self.second(64, after=after), self.FIRST]
            known = Known(rounds=rounds, projects=[from_round("firstfirs")])
            found = step(known, day(66))
            assert found.leads is leads
            if leads is Leads.COMPARE:
                assert [ref.id for ref in found.beside] == ["firstfirs", "secondse"]

    def test_however_many_rounds_lie_between(self) -> None:
        third = self.second(64, "thirdthi", "secondse")
        for rounds in ([self.FIRST, self.second(30), third], [third, self.second(30), self.FIRST]):
            found = step(Known(rounds=rounds, projects=[from_round("firstfirs")]), day(66))
            assert [ref.id for ref in found.beside] == ["firstfirs", "thirdthi"]

    def test_its_next_round_follows_its_newest(self) -> None:
        rounds = [self.FIRST, self.second(30)]
        found = step(Known(rounds=rounds, projects=[from_round("firstfirs")]), day(64))
        assert (found.id, found.about) == ("secondse", "Repairs and Voids")


class TestAProjectFromNothing:
    def test_where_nobody_was_assessed_one_finds_out_where_one_stands(self) -> None:
        found = step(Known(projects=[reported(63)]), day(64))
        assert (found.step, found.leads) == (Step.ASSESS, Leads.NEW)
        assert "Find out where you stand" in found.what

    def test_where_somebody_was_they_assess_again(self) -> None:
        found = step(Known(newest=answered(0), projects=[reported(63)]), day(64))
        assert (found.step, found.leads, found.what) == (Step.AGAIN, Leads.NEW, "Assess again")

    def test_where_only_a_team_was_it_answers_again(self) -> None:
        known = Known(rounds=[done(0, "firstfirs")], projects=[reported(63)])
        found = step(known, day(64))
        assert (found.leads, found.id) == (Leads.NEXT_ROUND, "firstfirs")
        assert found.what == "Let the team answer again"

    def test_of_a_team_and_a_person_the_one_assessed_last_is_asked(self) -> None:
        """Before it began, so that there is a before; of one day the team."""
        known = Known(rounds=[done(-3, "firstfirs")], projects=[reported(63)])
        for number, leads in (
            (-4, Leads.NEXT_ROUND), (-3, Leads.NEXT_ROUND), (-2, Leads.NEW), (20, Leads.NEXT_ROUND),
        ):  # fmt: skip
            found = step(replace(known, others=[time(number, "Ann")]), day(64))
            assert found.leads is leads
            asked = [ref.id for ref in found.beside]
            assert asked == (["s0000000"] if leads is Leads.NEW else [])


class TestTheStageThatAPlanIsAt:
    """The same one as on the line of the plan below."""

    def written(self, *kinds: StageKind) -> Plan:
        plan = drawn_up()
        for kind in set(StageKind) - set(kinds):
            plan = plan.with_stage(StagedObjective(kind=kind), TODAY)
        return plan

    def test_where_only_the_last_one_is_written(self) -> None:
        plan = self.written(StageKind.TRANSFORMATIONAL)
        assert "transformational" in step(Known(plans=[plan]), TODAY).what

    def test_where_one_is_done_and_an_earlier_one_was_never_written(self) -> None:
        plan = self.written(StageKind.SUBSTANTIAL, StageKind.TRANSFORMATIONAL)
        plan = plan.stage_done(StageKind.SUBSTANTIAL, TODAY, TODAY)
        assert "transformational" in step(Known(plans=[plan]), TODAY).what

    def test_where_nothing_is_written_the_first(self) -> None:
        assert "incremental" in step(Known(plans=[self.written()]), TODAY).what


class TestTheProjectThatAPlanWants:
    def plan(self, *capabilities: tuple[str, tuple[StageKind, ...]]) -> Plan:
        plan = drawn_up().without_capability("aaaaaaaa")
        for name, serves in capabilities:
            plan = plan.with_capability(Capability(id=name, name=name, serves=serves))
        return plan

    def asked(self, plan: Plan, *projects: Project) -> str:
        """The one capability that is asked for; empty where it is to be chosen."""
        found = step(Known(plans=[plan], projects=projects), day(5))
        assert (found.leads, found.id) == (Leads.BEGIN, "planplan")
        return found.part

    def test_a_single_one_that_the_stage_needs_is_asked_for(self) -> None:
        first, later = (StageKind.INCREMENTAL,), (StageKind.SUBSTANTIAL,)
        assert self.asked(self.plan(("aaaaaaaa", first), ("bbbbbbbb", later))) == "aaaaaaaa"
        assert self.asked(self.plan(("aaaaaaaa", first), ("bbbbbbbb", first))) == ""
        # Where none is said to be needed, it is one of them all.
        assert self.asked(self.plan(("aaaaaaaa", later), ("bbbbbbbb", later))) == ""
        assert self.asked(self.plan(("aaaaaaaa", later))) == "aaaaaaaa"

    def test_one_that_a_project_has_built_is_not_asked_for_again(self) -> None:
        first = (StageKind.INCREMENTAL,)
        plan = self.plan(("aaaaaaaa", first), ("bbbbbbbb", first))
        # Its before and after has been seen: the plan's next step is there again.
        origin = Origin(plan="planplan", capability="aaaaaaaa")
        old = reported(-200).model_copy(update={"origin": origin, "created": day(-300)})
        assert self.asked(plan, old) == "bbbbbbbb"
        assert self.asked(self.plan(("aaaaaaaa", first)), old) == ""
        other = old.model_copy(update={"origin": Origin(plan="otherpla", capability="aaaaaaaa")})
        assert self.asked(plan, other) == ""
        stopped = old.model_copy(update={"stopped": day(-250)})
        assert self.asked(plan, stopped) == ""


class TestWithoutAGoal:
    def running(self, **more: object) -> Project:
        return launched(wanted=Wanted.model_validate(more))

    @pytest.mark.parametrize(
        "goal",
        [{}, {"measure": "Cases"}, {"measure": "Cases", "from_": 9.0}, {"from_": 9, "to": 1}],
    )
    def test_the_goal_comes_before_readings(self, goal: dict[str, object]) -> None:
        for number in (1, 20):
            found = step(Known(projects=[self.running(**goal)]), day(number))
            assert (found.step, found.leads) == (Step.CHOOSE, Leads.PROJECT)
            assert (found.id, found.part) == ("projproj", Phase.CHOOSE)
            assert "goal" in found.what
        assert "reading" in step(Known(projects=[launched()]), day(20)).what

    def test_but_not_before_an_obstacle_or_the_report(self) -> None:
        project = self.running()
        waits = project.with_obstacle(Obstacle(id="cccccccc", what="Keys", raised=day(1)))
        assert "obstacle" in step(Known(projects=[waits]), day(2)).what
        assert "Report back" in step(Known(projects=[project]), day(63)).what

    def test_one_that_is_still_prepared_or_has_ended_is_not_asked(self) -> None:
        bare = new_project("barebare", "Later", TODAY)
        running = chosen().with_action(
            Action(id="aaaaaaaa", what="Ring back", owner="Bo", due=day(50))
        ).launched(TODAY)  # fmt: skip
        stopped = self.running().model_copy(update={"id": "stopstop", "stopped": TODAY})
        known = Known(projects=[bare, running, stopped])
        assert "reading" in step(known, day(1)).what
