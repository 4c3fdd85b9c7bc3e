"""Where one is in the cycle: walked through from nothing to before and after, and what comes first."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bt_assess.core.compared import Compared, Kind
from bt_assess.core.cycle import here
from bt_assess.core.cycle_parts import FORGOTTEN, LONG_AGO, Here, Known, Leads, Step
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
from bt_assess.core.project_parts import (
    MidPoint,
    Needed,
    Obstacle,
    Origin,
    Reading,
    Report,
    Wanted,
)
from bt_assess.core.round import Action, Round
from bt_assess.core.round import Step as RoundStep
from bt_assess.core.saved_comparison import Ref
from bt_assess.core.session import Session
from tests.core import builders
from tests.core.plan_edits import TODAY, plans, projects
from tests.core.rounds import round_of


def day(number: int) -> date:
    return TODAY + timedelta(days=number)


def at(number: int) -> datetime:
    return datetime.combine(day(number), datetime.min.time(), UTC)


def answered(number: int, session_id: str = "s1234567") -> Session:
    """A session that was finished on a day."""
    return builders.session(id=session_id, started=at(number), finished=at(number))


def begun(number: int, respondent: str = "Ann") -> Session:
    return builders.session(id="u1234567", started=at(number), respondent=respondent)


def time(number: int, name: str = "", id: str = "s0000000") -> Compared:
    """A finished session as a list tells of it."""
    return Compared(
        kind=Kind.SESSION, id=id, name=name, team="", when=day(number),
        rubric=answered(0).rubric, standings=(),
    )  # fmt: skip


def team(step: RoundStep, number: int = 0, **more: Any) -> Round:
    return round_of(step=step, created=day(number), **more)


def drawn_up() -> Plan:
    """A plan with nothing missing that the cycle asks for."""
    plan = new_plan("planplan", "North star", TODAY)
    plan = plan.with_destination(Destination(marketplace="Nobody has to ring us twice"), TODAY)
    for kind in StageKind:
        stage = StagedObjective(kind=kind, results="Better", by=day(100 * kind.number))
        plan = plan.with_stage(stage, TODAY)
    return plan.with_capability(Capability(id="aaaaaaaa", name="Decide", serves=tuple(StageKind)))


def chosen(**more: Any) -> Project:
    wanted = Wanted(measure="Open cases", from_=9.0, to=1.0)
    settings = {"function": "Repairs", "leader": "Ann", "team": ("Bo",), "wanted": wanted, **more}
    return new_project("projproj", "Fewer", TODAY, **settings)


def launched(**more: Any) -> Project:
    action = Action(id="aaaaaaaa", what="Ring back", owner="Bo", due=day(50))
    return chosen(**more).with_action(action).launched(TODAY)


def with_readings(project: Project, weeks: int) -> Project:
    for week in range(weeks):
        project = project.with_reading(Reading(on=day(7 * week + 2), value=9.0 - week))
    return project


def reported(number: int, **more: Any) -> Project:
    return launched(**more).with_report(Report(on=day(number), result="Down to two"))


def place(found: Here) -> tuple[Step, Leads, str]:
    return found.step, found.next.leads, found.next.id


class TestOnceRound:
    """From an empty folder to before and after, a step at a time."""

    def test_nothing_is_there(self) -> None:
        found = here(Known(), TODAY)
        assert place(found) == (Step.ASSESS, Leads.NEW, "")
        assert found.done == frozenset()

    def test_an_assessment_is_begun(self) -> None:
        found = here(Known(begun(0)), TODAY)
        assert place(found) == (Step.ASSESS, Leads.SESSION, "u1234567")
        assert found.next.about == "Ann"
        assert found.done == frozenset()

    def test_it_is_finished(self) -> None:
        found = here(Known(newest=answered(0)), TODAY)
        assert place(found) == (Step.CHOOSE, Leads.RESULT, "s1234567")
        assert found.done == {Step.ASSESS, Step.SEE}

    def test_a_team_goes_through_its_round(self) -> None:
        ways = {
            RoundStep.BRIEF: (Step.ASSESS, Leads.ROUND),
            RoundStep.COLLECTING: (Step.ASSESS, Leads.ROUND),
            RoundStep.CLOSED: (Step.SEE, Leads.ROUND),
            RoundStep.DISCUSSING: (Step.SEE, Leads.ROUND),
            RoundStep.ACTING: (Step.CHOOSE, Leads.ROUND),
            RoundStep.DONE: (Step.PLAN, Leads.PLAN),
        }
        for step, (where, leads) in ways.items():
            found = here(Known(rounds=[team(step)]), TODAY)
            assert (found.step, found.next.leads) == (where, leads), step
            assert found.next.id == ("" if leads is Leads.PLAN else "q7w8e9r2")
        assert here(Known(rounds=[team(RoundStep.CLOSED)]), TODAY).done == {Step.ASSESS}
        assert here(Known(rounds=[team(RoundStep.ACTING)]), TODAY).done == {Step.ASSESS, Step.SEE}

    def test_how_many_have_answered_is_told(self) -> None:
        found = here(Known(rounds=[team(RoundStep.COLLECTING)]), TODAY)
        assert "0 of 12" in found.next.what

    def test_what_a_round_agreed_on_is_done_first_where_there_is_no_plan(self) -> None:
        action = Action(id="aaaaaaaa", what="Ring them back", owner="Bo", due=day(20))
        found = here(Known(rounds=[team(RoundStep.DONE, actions=(action,))]), TODAY)
        assert place(found) == (Step.DO, Leads.ROUND, "q7w8e9r2")
        assert found.next.about == "Ring them back"
        assert Step.CHOOSE in found.done

    def test_a_plan_is_drawn_up(self) -> None:
        empty = new_plan("planplan", "North star", TODAY)
        found = here(Known(newest=answered(0), plans=[empty]), TODAY)
        assert place(found) == (Step.PLAN, Leads.PLAN, "planplan")
        assert found.next.about == "North star"
        asked = [found.next.what]
        whole = drawn_up()
        for more in (
            {"destination": whole.destination},
            {"destination": whole.destination, "stages": whole.stages},
        ):
            plan = Plan.model_validate({**dict(empty), **more})
            found = here(Known(newest=answered(0), plans=[plan]), TODAY)
            assert place(found) == (Step.PLAN, Leads.PLAN, "planplan")
            asked.append(found.next.what)
        # Something else is asked for each time.
        assert len(set(asked)) == 3

    def test_a_plan_that_is_drawn_up_asks_for_a_project(self) -> None:
        found = here(Known(newest=answered(0), plans=[drawn_up()]), TODAY)
        assert place(found) == (Step.DO, Leads.BEGIN, "planplan")
        assert "incremental" in found.next.what
        done = drawn_up().stage_done(StageKind.INCREMENTAL, TODAY, TODAY)
        assert "substantial" in here(Known(plans=[done]), TODAY).next.what

    def test_a_project_is_chosen_prepared_launched(self) -> None:
        new = new_project("projproj", "Fewer", TODAY)
        ready = chosen(core_group=("Ann",)).with_needed(
            Needed(id="bbbbbbbb", what="Figures", ready=True)
        )
        asked = []
        for project, step in (
            (new, Step.CHOOSE),
            (chosen(), Step.DO),
            (ready, Step.DO),
            (ready.launch_set(day=day(3)), Step.DO),
        ):
            found = here(Known(newest=answered(0), projects=[project]), TODAY)
            assert place(found) == (step, Leads.PROJECT, "projproj")
            assert found.next.about == "Fewer"
            asked.append(found.next.what)
        assert len(set(asked)) == 4
        assert f"{day(3).day} " in asked[-1]

    def test_it_runs(self) -> None:
        known = Known(newest=answered(0), projects=[launched()])
        found = here(known, day(1))
        assert place(found) == (Step.DO, Leads.PROJECT, "projproj")
        assert "reading" in found.next.what
        assert Step.DO in found.done
        # No plan was made on the way here, and nobody says so.
        assert Step.PLAN not in found.done

    def test_it_has_reported_back(self) -> None:
        known = Known(newest=answered(0), projects=[reported(63)])
        found = here(known, day(64))
        assert place(found) == (Step.AGAIN, Leads.NEW, "projproj")

    def test_assessed_again_before_is_put_beside_after(self) -> None:
        known = Known(newest=answered(64), projects=[reported(63)], others=[time(0)])
        found = here(known, day(64))
        assert place(found)[:2] == (Step.AGAIN, Leads.COMPARE)
        assert [ref.id for ref in found.next.beside] == ["s0000000", "s1234567"]
        # Soon that has been seen, and what comes next is to choose again.
        assert here(known, day(90)).step is Step.CHOOSE

    def test_the_assessment_that_it_came_from_is_not_the_one_after(self) -> None:
        """Even where all happens on one day."""
        origin = Origin(evidence=Ref(kind=Kind.SESSION, id="s1234567"))
        project = launched().model_copy(update={"origin": origin})
        project = project.with_report(Report(on=TODAY, result="Done"))
        before = Known(newest=answered(0, "s1234567"), projects=[project])
        came_from = time(0, id="s1234567")
        after = Known(newest=answered(0, "s7654321"), projects=[project], others=[came_from])
        assert here(before, TODAY).next.leads is Leads.NEW
        found = here(after, TODAY).next
        assert found.leads is Leads.COMPARE
        assert [ref.id for ref in found.beside] == ["s1234567", "s7654321"]

    def test_somebody_else_who_assesses_has_not_moved(self) -> None:
        """The area manager of May saw the need; the head of repairs answers after the report."""
        origin = Origin(evidence=Ref(kind=Kind.SESSION, id="manager1"))
        project = reported(63).model_copy(update={"origin": origin})
        manager, other = time(0, "Manager", "manager1"), time(64, "Head", "repairs2")
        for others in (
            [manager, other],
            # Not even with a before and after of their own.
            [manager, other, time(-1, "Head", "repairs1")],
        ):
            known = Known(newest=answered(0, "manager1"), projects=[project], others=others)
            assert here(known, day(65)).next.leads is Leads.NEW
        known = Known(projects=[project], others=[*others, time(64, " MANAGER ", "manager2")])
        found = here(known, day(65)).next
        assert found.leads is Leads.COMPARE
        assert [ref.id for ref in found.beside] == ["manager1", "manager2"]

    def test_without_evidence_one_person_must_have_a_before_and_an_after(self) -> None:
        first, other, same = time(0, "Ann"), time(64, "Bo", "bobobobo"), time(64, "Ann", "annann22")
        for others, leads in (
            ([first, other], Leads.NEW),
            ([first, other, same], Leads.COMPARE),
        ):
            known = Known(projects=[reported(63)], others=others)
            assert here(known, day(65)).next.leads is leads

    def test_nobody_is_asked_for_ever(self) -> None:
        """Whoever saw the need may be there no more."""
        known = Known(newest=answered(200), projects=[reported(63)], others=[time(0, "Ann")])
        assert here(known, day(62 + LONG_AGO)).step is Step.AGAIN
        assert here(known, day(63 + LONG_AGO)).step is Step.CHOOSE

    def test_where_nobody_had_assessed_before_there_is_nothing_to_put_beside(self) -> None:
        known = Known(newest=answered(64), projects=[reported(63)])
        assert here(known, day(65)).step is Step.CHOOSE

    def test_a_round_counts_as_assessing_again(self) -> None:
        rounds = [team(RoundStep.DISCUSSING, 64)]
        known = Known(newest=answered(0), rounds=rounds, projects=[reported(63)])
        assert here(known, day(65)).step is not Step.AGAIN
        before = team(RoundStep.DONE, 0, id="beforeround", team="Repairs")
        for name, leads in (("repairs", Leads.COMPARE), ("Sales", Leads.NEXT_ROUND)):
            done = [before, team(RoundStep.DONE, 64, team=name)]
            known = Known(newest=answered(0), rounds=done, projects=[reported(63)])
            found = here(known, day(65)).next
            assert found.leads is leads
            # It is not asked of a team that has no time before.
            assert found.about in ("Fewer", "Repairs")
        # A round that still collects is no time yet.
        begun_ = [before, team(RoundStep.COLLECTING, 64, team="Repairs")]
        known = Known(newest=answered(0), rounds=begun_, projects=[reported(63)])
        assert here(known, day(64 + FORGOTTEN + 1)).next.leads is Leads.NEXT_ROUND

    def test_all_stages_are_done(self) -> None:
        """The cycle begins again, instead of a plan after the plan."""
        plan = drawn_up().based_on([Ref(kind=Kind.SESSION, id="s0000000")], {}, TODAY, TODAY)
        for kind in StageKind:
            plan = plan.stage_done(kind, day(20), day(20))
        for newest, rounds in ((answered(0), []), (None, [team(RoundStep.DONE, -10)])):
            known = Known(newest=newest, rounds=rounds, plans=[plan], others=[time(0)])
            found = here(known, day(21))
            assert place(found) == (Step.AGAIN, Leads.NEW, "planplan")
        assert "stand now" in found.next.what
        known = Known(newest=answered(22), plans=[plan], others=[time(0)])
        found = here(known, day(23))
        assert place(found)[:2] == (Step.AGAIN, Leads.COMPARE)
        assert [ref.id for ref in found.next.beside] == ["s0000000", "s1234567"]
        # It may be measured just before it is called done, but not weeks ago.
        for newest, leads in ((answered(19), Leads.COMPARE), (answered(2), Leads.NEW)):
            known = Known(newest=newest, plans=[plan], others=[time(0)])
            assert here(known, day(21)).next.leads is leads
        known = Known(newest=answered(22), plans=[plan], others=[time(0)])
        # Then one chooses again; and another plan that is on its way comes first anyway.
        assert here(known, day(60)).step is Step.CHOOSE
        other = new_plan("otherplan", "Other", day(-9))
        assert here(replace(known, plans=[plan, other]), day(23)).next.id == "otherplan"

    def test_an_action_left_open_in_a_plan_that_is_done_does_not_stand_before_assessing_again(
        self,
    ) -> None:
        plan = drawn_up().with_side("aaaaaaaa", Side.PEOPLE, SideState(action="Teach", due=day(2)))
        known = Known(newest=answered(0), plans=[plan])
        assert here(known, day(21)).next.about == "Teach"
        for kind in StageKind:
            plan = plan.stage_done(kind, day(20), day(20))
        assert place(here(replace(known, plans=[plan]), day(21))) == (
            Step.AGAIN, Leads.NEW, "planplan",
        )  # fmt: skip


class TestWhatComesFirst:
    """Of several things, one."""

    def test_an_obstacle_before_all_that_is_late(self) -> None:
        project = launched().with_obstacle(Obstacle(id="cccccccc", what="Keys", raised=day(30)))
        known = Known(newest=answered(0), projects=[project])
        assert "obstacle" in here(known, day(60)).next.what
        answered_ = Known(newest=answered(0), projects=[launched()])
        assert "obstacle" not in here(answered_, day(60)).next.what

    def test_what_is_late_before_what_is_coming(self) -> None:
        fine = with_readings(chosen().with_action(
            Action(id="aaaaaaaa", what="Ring back", owner="Bo", due=day(2))
        ).launched(TODAY), 1)  # fmt: skip
        found = here(Known(projects=[fine]), day(4))
        assert (found.step, found.next.about) == (Step.DO, "Ring back")
        assert "was due" in found.next.what

    def test_what_is_due_today_before_what_is_late_and_matters_less(self) -> None:
        project = with_readings(launched(), 9)
        assert "Report back" in here(Known(projects=[project]), day(63)).next.what
        # The mid-point that nobody held comes first only while there is something left to steer.
        assert "half-way" in here(Known(projects=[project]), day(49)).next.what
        assert "half-way" not in here(Known(projects=[project]), day(60)).next.what

    def test_the_next_of_what_is_coming(self) -> None:
        project = with_readings(launched(), 5).with_mid_point(MidPoint(on=day(31)))
        assert "reading" in here(Known(projects=[project]), day(36)).next.what
        late = with_readings(launched(), 9).with_mid_point(MidPoint(on=day(31)))
        late = late.with_action(late.launch.actions[0].model_copy(update={"state": "done"}))
        assert "Report back" in here(Known(projects=[late]), day(60)).next.what

    def test_an_unfinished_assessment_before_everything_while_it_is_fresh(self) -> None:
        project = launched().with_obstacle(Obstacle(id="cccccccc", what="Keys", raised=day(0)))
        for age, step, leads in (
            (FORGOTTEN, Step.ASSESS, Leads.SESSION),
            (FORGOTTEN + 1, Step.DO, Leads.PROJECT),
        ):
            known = Known(begun(-age), answered(-200), projects=[project])
            # The mark is where the line is.
            assert place(here(known, TODAY))[:2] == (step, leads)
        # Where nothing else is there, it does not matter how old it is.
        assert here(Known(begun(-900)), TODAY).next.leads is Leads.SESSION
        for other in (Known(begun(-900), answered(-3)), Known(begun(-900), plans=[drawn_up()])):
            assert here(other, TODAY).next.leads is not Leads.SESSION

    def test_what_was_begun_before_the_same_person_finished_another_is_left(self) -> None:
        for name, leads in (("", Leads.RESULT), ("Ann", Leads.SESSION)):
            known = Known(begun(-9, name), answered(-3))
            assert here(known, TODAY).next.leads is leads
        known = Known(begun(-9), answered(-3), others=[time(-4, "ann")])
        assert here(known, TODAY).next.leads is Leads.RESULT
        # What was begun after it goes on.
        assert here(Known(begun(-2, ""), answered(-3)), TODAY).next.leads is Leads.SESSION

    def test_a_fresh_round_that_collects_before_what_is_late(self) -> None:
        project = launched().with_obstacle(Obstacle(id="cccccccc", what="Keys", raised=day(0)))
        for age, leads in ((1, Leads.ROUND), (FORGOTTEN + 1, Leads.PROJECT)):
            rounds = [team(RoundStep.COLLECTING, -age)]
            found = here(Known(rounds=rounds, projects=[project]), TODAY)
            assert found.next.leads is leads
            assert found.step is (Step.ASSESS if leads is Leads.ROUND else Step.DO)

    def test_what_a_team_agreed_on_and_is_late_before_what_comes_next_in_a_plan(self) -> None:
        action = Action(id="aaaaaaaa", what="Write the rule", owner="Bo", due=day(5))
        rounds = [team(RoundStep.DONE, 0, actions=(action,))]
        for plans_ in ([drawn_up()], []):
            found = here(Known(newest=answered(0), rounds=rounds, plans=plans_), day(6))
            assert place(found) == (Step.DO, Leads.ROUND, "q7w8e9r2")
            assert found.next.about == "Write the rule"
        known = Known(newest=answered(0), rounds=rounds, plans=[drawn_up()])
        assert here(known, day(4)).next.leads is Leads.BEGIN
        # Where a project was begun since, that leads on.
        project = with_readings(launched(), 1)
        for more, leads in (
            ({}, Leads.PROJECT),
            ({"created": day(-1)}, Leads.ROUND),
            ({"stopped": day(3)}, Leads.ROUND),
        ):
            one = project.model_copy(update=more)
            assert here(replace(known, projects=[one]), day(6)).next.leads is leads
        # Left for long, it stays under what is due.
        assert here(known, day(5 + FORGOTTEN)).next.leads is Leads.ROUND
        assert here(known, day(6 + FORGOTTEN)).next.leads is Leads.BEGIN

    def test_a_closed_round_waits_for_what_is_late_but_not_for_what_is_coming(self) -> None:
        rounds = [team(RoundStep.CLOSED, -9)]
        coming = Known(rounds=rounds, projects=[launched()])
        assert here(coming, TODAY).next.leads is Leads.ROUND
        assert here(coming, day(20)).next.leads is Leads.PROJECT

    def test_stopped_projects_and_old_rounds_ask_for_nothing(self) -> None:
        stopped = launched().stop(TODAY, "No time")
        old = [team(RoundStep.CLOSED, -400), team(RoundStep.DONE, 0, id="newround")]
        found = here(Known(answered(0), answered(0), old, [drawn_up()], [stopped]), day(90))
        assert place(found) == (Step.DO, Leads.BEGIN, "planplan")

    def test_long_after_the_last_assessment_it_is_time_for_another(self) -> None:
        known = Known(newest=answered(0))
        assert here(known, day(LONG_AGO - 1)).step is Step.CHOOSE
        assert place(here(known, day(LONG_AGO))) == (Step.AGAIN, Leads.NEW, "")
        # A plan under way still comes first.
        planned = Known(newest=answered(0), plans=[drawn_up()])
        assert here(planned, day(LONG_AGO - 150)).step is Step.DO

    def test_of_several_projects_the_one_that_is_furthest_on(self) -> None:
        early = new_project("earliest", "Early", day(-9))
        late = new_project("latelate", "Late", day(-3))
        running = with_readings(launched(), 1)
        for order in ([early, running, late], [late, running, early]):
            assert here(Known(projects=order), day(5)).next.id == "projproj"
        assert here(Known(projects=[late, early]), day(5)).next.id == "earliest"

    def test_a_stage_that_is_measured_is_to_be_called_done(self) -> None:
        base, later = (Ref(kind=Kind.SESSION, id=name) for name in ("s1234567", "s7654321"))
        plan = drawn_up().based_on([base], {"leadership": 1.2}, TODAY, TODAY)
        first = plan.stage(StageKind.INCREMENTAL)
        aimed = first.model_copy(update={"positions": {"leadership": 1.6}})
        plan = plan.with_stage(aimed, TODAY)
        assert here(Known(plans=[plan]), day(5)).next.leads is Leads.BEGIN
        plan = plan.with_measurement(later, {"leadership": 1.7}, day(4))
        assert place(here(Known(plans=[plan]), day(5))) == (Step.PLAN, Leads.PLAN, "planplan")

    def test_a_stage_whose_day_is_over_is_looked_at(self) -> None:
        known = Known(newest=answered(0), plans=[drawn_up()])
        found = here(known, day(101))
        assert place(found) == (Step.PLAN, Leads.PLAN, "planplan")


@given(
    st.none() | st.integers(-900, 30).map(begun),
    st.none() | st.integers(-900, 30).map(answered),
    st.lists(st.builds(team, st.sampled_from(list(RoundStep)), st.integers(-900, 30)), max_size=3),
    st.lists(plans(), max_size=2),
    st.lists(projects(), max_size=2),
    st.integers(-400, 900),
)
def test_there_is_always_one_next_step_and_it_leads_to_what_is_there(
    unfinished: Session | None,
    newest: Session | None,
    rounds: list[Round],
    some_plans: list[Plan],
    some_projects: list[Project],
    number: int,
) -> None:
    known = Known(unfinished, newest, rounds, some_plans, some_projects)
    found = here(known, day(number))
    assert found.next.what
    assert "\n" not in found.next.what
    assert len(found.next.what) <= 60
    assert Step.AGAIN not in found.done
    there = {
        Leads.SESSION: {unfinished.id} if unfinished else set(),
        Leads.RESULT: {newest.id} if newest else set(),
        Leads.ROUND: {r.id for r in rounds},
        Leads.PLAN: {p.id for p in some_plans} | {""},
        Leads.BEGIN: {p.id for p in some_plans},
        Leads.NEXT_ROUND: {r.id for r in rounds} | {""},
        Leads.PROJECT: {p.id for p in some_projects},
    }
    if found.next.leads in there:
        assert found.next.id in there[found.next.leads]
    # The order in which things are found does not matter.
    turned = Known(unfinished, newest, rounds[::-1], some_plans, some_projects)
    if len({(r.created, r.revision) for r in rounds}) == len(rounds):
        assert here(turned, day(number)) == found
