"""The check of a plan: each thing that is missing or contradictory is named, and nothing else."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bt_assess.core.compared import Kind
from bt_assess.core.plan import (
    Capability,
    Destination,
    Plan,
    Reality,
    Side,
    SideState,
    StagedObjective,
    new_plan,
)
from bt_assess.core.plan_check import FindingKind, check
from bt_assess.core.plan_history import StageKind
from bt_assess.core.round import ActionState
from bt_assess.core.saved_comparison import Ref
from tests.core.plan_edits import TODAY, plans

LONG = "One sees it in every branch, on the wall and in the weekly talk."
SHORT = "Be the best"
FIRST, SECOND, THIRD = StageKind
END = TODAY + timedelta(days=900)
CAP = "aaaaaaaa"


def day(number: int) -> date:
    return TODAY + timedelta(days=number)


def side(**more: object) -> SideState:
    return SideState.model_validate(
        {"today": "Some", "needed": "All", "action": "Teach", "owner": "Bo", "due": day(50), **more}
    )


def whole() -> Plan:
    """A plan in which there is nothing to find."""
    plan = new_plan("planplan", "Our plan", TODAY)
    plan = plan.with_destination(
        Destination(
            by=END, marketplace=LONG, organisation=LONG, why_it_matters=LONG, how_to_contribute=LONG
        ),
        TODAY,
    )
    reality = Reality(
        where=LONG, why=LONG, why_change=LONG, inside=LONG, outside=LONG,
        evidence=(Ref(kind=Kind.SESSION, id="bbbbbbbb"),), positions={"leadership": 1.5},
        measured=TODAY,
    )  # fmt: skip
    plan = plan.with_reality(reality)
    for number, kind in enumerate(StageKind, start=1):
        stage = StagedObjective(
            kind=kind, results=f"{LONG} {number}", measure="Half", by=day(300 * number),
            positions={"leadership": 1.5 + number / 2},
        )  # fmt: skip
        plan = plan.with_stage(stage, TODAY)
    return plan.with_capability(
        Capability(id=CAP, name="Decide fast", serves=tuple(StageKind),
                   sides={one: side() for one in Side})
    )  # fmt: skip


def destination(**more: object) -> Plan:
    plan = whole()
    return plan.with_destination(
        Destination.model_validate({**dict(plan.destination), **more}), TODAY
    )


def reality(**more: object) -> Plan:
    plan = whole()
    return plan.with_reality(Reality.model_validate({**dict(plan.reality), **more}))


def stage(kind: StageKind, **more: object) -> Plan:
    plan = whole()
    return plan.with_stage(
        StagedObjective.model_validate({**dict(plan.stage(kind)), **more}), TODAY
    )


def capability(**more: object) -> Plan:
    plan = whole()
    return plan.with_capability(plan.capabilities[0].changed(**more))


def people(**more: object) -> Plan:
    return whole().with_side(CAP, Side.PEOPLE, side(**more))


def found(plan: Plan, today: date = TODAY) -> list[tuple[str, FindingKind]]:
    return [(finding.where, finding.kind) for finding in check(plan, today)]


def test_a_whole_plan_has_nothing() -> None:
    assert check(whole(), TODAY) == ()


MISSING, CONTRADICTION, DOUBT = FindingKind


@pytest.mark.parametrize(
    ("plan", "where", "kind"),
    [
        (destination(by=None), "destination.by", MISSING),
        (destination(marketplace=""), "destination.marketplace", MISSING),
        (destination(organisation=""), "destination.organisation", MISSING),
        (destination(organisation=SHORT), "destination.organisation", DOUBT),
        (destination(why_it_matters=""), "destination.why_it_matters", MISSING),
        (destination(how_to_contribute=""), "destination.how_to_contribute", MISSING),
        (reality(where=""), "reality.where", MISSING),
        (reality(where=SHORT), "reality.where", DOUBT),
        (reality(why=""), "reality.why", MISSING),
        (reality(why_change=""), "reality.why_change", MISSING),
        (reality(inside=""), "reality.inside", MISSING),
        (reality(outside=""), "reality.outside", MISSING),
        (reality(evidence=()), "reality.evidence", MISSING),
        (stage(FIRST, results=""), "stage.incremental.results", MISSING),
        (stage(SECOND, measure=""), "stage.substantial.measure", MISSING),
        (stage(THIRD, by=None), "stage.transformational.by", MISSING),
        (stage(SECOND, by=day(300)), "stage.substantial.by", CONTRADICTION),
        (stage(THIRD, by=day(899)), "stage.transformational.by", DOUBT),
        (stage(THIRD, by=day(901)), "stage.transformational.by", CONTRADICTION),
        (stage(FIRST, done=day(1)), "stage.incremental.done", CONTRADICTION),
        (stage(THIRD, done=TODAY), "stage.transformational.done", CONTRADICTION),
        (stage(SECOND, done=TODAY), "stage.substantial.done", CONTRADICTION),
        (stage(FIRST, done=day(-1)), "stage.incremental.done", CONTRADICTION),
        (stage(THIRD, results=f" {LONG.upper()}\n1"), "stage.transformational.results", DOUBT),
        (stage(FIRST, positions={"leadership": 1.4}), "stage.incremental.positions.leadership",
         CONTRADICTION),
        (stage(SECOND, positions={"leadership": 1.9}), "stage.substantial.positions.leadership",
         CONTRADICTION),
        (capability(serves=(FIRST, THIRD)), "stage.substantial.capabilities", MISSING),
        (capability(sides={Side.PEOPLE: side(), Side.KNOWLEDGE: side()}), f"capability.{CAP}.sides",
         DOUBT),
        (capability(sides={s: side() for s in Side if s is not Side.PROCESS}),
         f"capability.{CAP}.process", MISSING),
        (capability(sides={}), f"capability.{CAP}.people", MISSING),
        (people(today=""), f"capability.{CAP}.people.today", MISSING),
        (people(needed=""), f"capability.{CAP}.people.needed", MISSING),
        (people(action="", owner="", due=None), f"capability.{CAP}.people.action", MISSING),
        (people(owner=""), f"capability.{CAP}.people.owner", MISSING),
        (people(due=None), f"capability.{CAP}.people.due", MISSING),
        (people(state=ActionState.DROPPED), f"capability.{CAP}.people.action", MISSING),
        (people(due=day(-1)), f"capability.{CAP}.people.due", CONTRADICTION),
        (people(due=day(301)), f"capability.{CAP}.people.due", CONTRADICTION),
        (whole().with_capability(Capability(id="cccccccc", name="Learn", sides={
            one: side() for one in Side})), "capability.cccccccc.serves", CONTRADICTION),
    ],
)  # fmt: skip
def test_one_thing_wrong_is_one_finding(plan: Plan, where: str, kind: FindingKind) -> None:
    assert found(plan) == [(where, kind)]


def test_without_capabilities() -> None:
    assert found(whole().without_capability(CAP)) == [
        *((f"stage.{kind.value}.capabilities", MISSING) for kind in StageKind),
        ("capabilities", MISSING),
    ]


def test_two_of_one_name() -> None:
    twin = Capability.model_validate(
        {**dict(whole().capabilities[0]), "id": "cccccccc", "name": "DECIDE fast"}
    )
    assert found(whole().with_capability(twin)) == [("capability.cccccccc.name", DOUBT)]


def test_dates_that_have_passed() -> None:
    plan = whole().with_capability(whole().capabilities[0].changed(sides={
        one: side(state=ActionState.DONE) for one in Side
    }))  # fmt: skip
    assert found(plan, day(300)) == []
    assert found(plan, day(301)) == [("stage.incremental.by", CONTRADICTION)]
    done = plan.stage_done(FIRST, day(299), day(299))
    assert found(done, day(301)) == []
    late = [where for where, _ in found(done, day(901))]
    assert late == ["destination.by", "stage.substantial.by", "stage.transformational.by"]


def test_what_only_a_later_stage_needs_may_be_late_for_one_that_is_done() -> None:
    plan = people(due=day(301)).stage_done(FIRST, day(1), day(1))
    assert found(plan, day(2)) == []
    wheres = [where for where, _ in found(people(due=day(601)).stage_done(FIRST, TODAY, TODAY))]
    assert wheres == [f"capability.{CAP}.people.due"]


def test_a_stage_after_the_destination_is_named_though_the_last_has_no_date() -> None:
    plan = stage(THIRD, by=None)
    late = StagedObjective.model_validate({**dict(plan.stage(SECOND)), "by": day(901)})
    assert found(plan.with_stage(late, TODAY)) == [
        ("stage.transformational.by", MISSING),
        ("stage.substantial.by", CONTRADICTION),
    ]
    on_the_day = StagedObjective.model_validate({**dict(late), "by": END})
    assert found(plan.with_stage(on_the_day, TODAY)) == [("stage.transformational.by", MISSING)]
    done = StagedObjective.model_validate({**dict(late), "done": TODAY})
    plan = plan.stage_done(FIRST, TODAY, TODAY)
    assert found(plan.with_stage(done, TODAY)) == [("stage.transformational.by", MISSING)]


def test_an_action_that_is_over_needs_nobody() -> None:
    assert found(people(state=ActionState.DONE, owner="", due=None)) == []
    dropped = people(state=ActionState.DROPPED, owner="", due=None)
    assert [where for where, _ in found(dropped)] == [f"capability.{CAP}.people.action"]


def test_stages_are_done_one_after_the_other() -> None:
    plan = whole()
    for kind, number in zip(StageKind, (5, 3, 7), strict=True):
        plan = plan.stage_done(kind, day(number), day(number))
    [finding] = check(plan, day(9))
    assert finding.where == "stage.substantial.done"
    assert finding.what == "it was done before the incremental objective"
    assert found(plan.stage_done(SECOND, day(5), day(9)), day(9)) == []


def test_dates_rise_though_the_middle_one_is_open() -> None:
    plan = stage(SECOND, by=None)
    plan = plan.with_stage(
        StagedObjective.model_validate({**dict(plan.stage(FIRST)), "by": END}), TODAY
    )
    wheres = [where for where, _ in found(plan)]
    assert wheres == ["stage.substantial.by", "stage.transformational.by"]


def begun_at(place: float, plan: Plan | None = None) -> Plan:
    """The plan, begun where leadership stood at this place."""
    plan = plan or whole()
    reality = Reality.model_validate({**dict(plan.reality), "positions": {"leadership": place}})
    return Plan.model_validate({**dict(plan), "reality": reality})


class TestAims:
    """Aims are held against where one is today."""

    def test_what_was_reached_on_the_way_is_no_contradiction(self) -> None:
        plan = whole().with_measurement(
            Ref(kind=Kind.SESSION, id="cccccccc"), {"leadership": 2.2}, day(10)
        )
        assert check(plan, TODAY) == ()
        assert check(whole(), TODAY, now={"leadership": 3.0}) == ()

    def test_an_aim_below_where_one_began_and_is_today_is_one(self) -> None:
        plan = begun_at(2.1)
        [finding] = check(plan, TODAY, names={"leadership": "Leadership"})
        assert finding.where == "stage.incremental.positions.leadership"
        assert finding.what == "Leadership: it aims at 2.0, and you are at 2.1 today"

    def test_figures_that_are_given_count_more(self) -> None:
        found = check(begun_at(2.6), TODAY, now={"leadership": 2.7})
        assert [f.where.split(".")[1] for f in found] == ["incremental", "substantial"]
        assert check(begun_at(2.6), TODAY, now={}) == ()

    def test_a_stage_that_is_done_is_left_alone(self) -> None:
        plan = begun_at(2.2)
        assert len(check(plan, TODAY)) == 1
        assert check(plan.stage_done(FIRST, TODAY, TODAY), TODAY) == ()

    def test_to_stay_where_one_is_is_no_contradiction(self) -> None:
        assert check(whole(), TODAY, now={"leadership": 2.0}) == ()

    def test_what_is_shown_as_the_same_is_no_contradiction(self) -> None:
        plan = begun_at(1.9167, stage(FIRST, positions={"leadership": 1.9}))
        assert check(plan, TODAY) == ()
        plan = begun_at(1.96, stage(FIRST, positions={"leadership": 1.9}))
        [finding] = check(plan, TODAY)
        assert finding.what == "leadership: it aims at 1.9, and you are at 2.0 today"

    def test_one_aim_for_all_three_stages_is_looked_at_again(self) -> None:
        plan = whole()
        for kind in StageKind:
            again = {**dict(plan.stage(kind)), "positions": {"leadership": 2.0}}
            plan = plan.with_stage(StagedObjective.model_validate(again), TODAY)
        assert found(plan) == [("stage.transformational.positions.leadership", DOUBT)]
        # To hold what is there already is an aim as well.
        held = Reality.model_validate({**dict(plan.reality), "positions": {"leadership": 2.04}})
        assert found(plan.with_reality(held)) == []


def test_an_empty_plan_says_everything_once_and_why() -> None:
    findings = check(new_plan("planplan", "P", TODAY), TODAY)
    wheres = [finding.where for finding in findings]
    assert len(set(wheres)) == len(wheres)
    for finding in findings:
        assert finding.kind is FindingKind.MISSING
        assert finding.why.endswith(".")
        assert not finding.what.endswith(".")


@given(plans(), st.dates())
def test_any_plan_can_be_checked_on_any_day(plan: Plan, today: date) -> None:
    parts: dict[str, Callable[[str], bool]] = {
        "destination": lambda rest: rest in Destination.model_fields,
        "reality": lambda rest: rest in Reality.model_fields,
        "stage": lambda rest: rest.split(".")[0] in list(StageKind),
        "capability": lambda rest: plan.capability(rest.split(".")[0]) is not None,
        "capabilities": lambda rest: not rest,
    }
    for finding in check(plan, today):
        head, _, rest = finding.where.partition(".")
        assert parts[head](rest), finding.where
