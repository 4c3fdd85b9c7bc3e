"""A plan: edits in any order, its history, and the gap that is worked out."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from bt_assess.core.compared import Compared, Kind, Standing
from bt_assess.core.fields import PASSAGE_LENGTH, Refused
from bt_assess.core.plan import (
    MOST_CAPABILITIES,
    Capability,
    Destination,
    Plan,
    Reality,
    Side,
    SideState,
    StagedObjective,
    capability_of,
    new_plan,
)
from bt_assess.core.plan_gap import (
    StageState,
    WhyNone,
    based_on,
    gap,
    measured,
    same_people,
    stage_views,
)
from bt_assess.core.plan_history import MOST_EVENTS, EventKind, PlanEvent, StageKind
from bt_assess.core.round import ActionState
from bt_assess.core.rubric import BreakthroughPoint
from bt_assess.core.saved_comparison import Ref
from bt_assess.core.scoring import Status
from bt_assess.core.session import RubricRef
from bt_assess.core.text import UNSAFE
from tests.core import builders
from tests.core.plan_edits import TODAY, PlanEdit, plan_edits, plans
from tests.core.rounds import round_of

REF = RubricRef(id="grid", version="1.0")
FIRST, SECOND, THIRD = StageKind
LATER = TODAY + timedelta(days=30)


def compared(
    item_id: str, when: date, found: dict[str, float | None], *, name: str = "Ada", team: str = "N",
    finished: bool = True,
) -> Compared:  # fmt: skip
    session = builders.session({}, id=item_id)
    return Compared(
        kind=Kind.SESSION, id=item_id, name=name, team=team, when=when, rubric=REF,
        session=session.finish(builders.NOON) if finished else session,
        standings=tuple(
            Standing(theme_id=t, position=p, gap=Status.MIXED if p is None else None)
            for t, p in found.items()
        ),
    )  # fmt: skip


def team_round(item_id: str, when: date, place: float, **more: Any) -> Compared:
    round_ = round_of(id=item_id, created=when, **more)
    return Compared(
        kind=Kind.ROUND, id=item_id, name=round_.title, team=round_.team, when=when, rubric=REF,
        round=round_, standings=(Standing(theme_id="leadership", position=place, n=6),),
    )  # fmt: skip


def a_plan(base: float | None = 1.5, *aims: float | None) -> Plan:
    """A plan whose base is measured, and whose stages aim at places in leadership."""
    plan = new_plan("planplan", "Our plan", TODAY)
    plan = based_on(plan, [compared("aaaaaaaa", TODAY, {"leadership": base})], TODAY)
    for kind, aim in zip(StageKind, aims, strict=False):
        positions = {} if aim is None else {"leadership": aim}
        plan = plan.with_stage(StagedObjective(kind=kind, positions=positions, results="r"), TODAY)
    return plan


def leadership(plan: Plan, kind: StageKind = FIRST) -> Any:
    [theme] = gap(plan)
    return theme.stages[kind.number - 1]


class TestEdits:
    """Whatever is typed, in whatever order."""

    @given(plans(), plan_edits())
    def test_no_order_of_edits_makes_an_invalid_plan(self, plan: Plan, edit: PlanEdit) -> None:
        after = edit(plan)
        dumped = after.model_dump(mode="python", exclude_none=True, by_alias=True)
        assert Plan.model_validate(dumped) == after
        assert Plan.model_validate(dumped).model_dump() == after.model_dump()
        if {**dict(after), "revision": plan.revision} == dict(plan):
            assert after is plan
        else:
            assert after.revision == plan.revision + 1

    @given(plans())
    def test_every_text_is_clean(self, plan: Plan) -> None:
        def texts(value: Any) -> list[str]:
            match value:
                case str():
                    return [value]
                case dict():
                    return [t for pair in value.items() for part in pair for t in texts(part)]
                case list() | tuple():
                    return [t for part in value for t in texts(part)]
                case _:
                    return []

        for text in texts(plan.model_dump()):
            assert not UNSAFE.search(text.replace("\n", ""))
            assert len(text) <= PASSAGE_LENGTH

    @given(plans(), st.lists(plan_edits(), min_size=1, max_size=5))
    def test_undo_brings_all_back_but_the_revision(self, plan: Plan, edits: list[PlanEdit]) -> None:
        after = plan
        for edit in edits:
            after = edit(after)
        back = after.back_to(plan)
        assert {**dict(back), "revision": 0} == {**dict(plan), "revision": 0}
        assert back is after or back.revision == after.revision + 1

    def test_an_edit_leaves_the_old_plan_alone(self) -> None:
        old = a_plan(1.5, 2.0)
        before = old.model_dump()
        old.with_capability(Capability(id="aaaaaaaa", name="Decide")).stage_done(
            FIRST, LATER, LATER
        )
        assert old.model_dump() == before

    def test_what_is_the_same_once_it_is_clean_is_no_change(self) -> None:
        plan = a_plan(1.5, 2.0).with_capability(Capability(id="aaaaaaaa", name="Decide"))
        assert plan.renamed(" Our\nplan\t", "\r\n") is plan
        assert plan.with_stage(plan.stage(FIRST), LATER) is plan
        assert plan.with_capability(plan.capabilities[0]) is plan
        assert plan.with_side("aaaaaaaa", Side.PEOPLE, SideState(today=" \n")) is plan

    def test_there_are_three_stages_in_order(self) -> None:
        plan = a_plan()
        with pytest.raises(ValidationError, match="three stages"):
            Plan.model_validate({**dict(plan), "stages": plan.stages[:2]})
        with pytest.raises(ValidationError, match="three stages"):
            Plan.model_validate({**dict(plan), "stages": plan.stages[::-1]})

    def test_too_many_capabilities_are_refused_in_words(self) -> None:
        plan = a_plan()
        for number in range(MOST_CAPABILITIES):
            plan = plan.with_capability(Capability(id=f"aaaaaa{number:02}", name="Decide"))
        with pytest.raises(Refused, match="at most 24 capabilities"):
            plan.with_capability(Capability(id="zzzzzzzz", name="Decide"))
        assert plan.with_capability(Capability(id="aaaaaa00", name="Choose")).capabilities[
            0
        ].name == ("Choose")

    def test_a_capability_is_there_once(self) -> None:
        plan = new_plan("planplan", "P", TODAY)
        one = Capability(id="aaaaaaaa", name="Decide")
        with pytest.raises(ValidationError, match="there twice"):
            Plan.model_validate({**dict(plan), "capabilities": (one, one)})
        other = Capability(id="aaaaaaaa", name="Choose")
        with pytest.raises(ValidationError, match="there twice"):
            Plan.model_validate({**dict(plan), "capabilities": (one, other)})

    @pytest.mark.parametrize("place", [0.99, 3.01, float("nan"), float("inf")])
    def test_a_place_is_between_one_and_three(self, place: float) -> None:
        with pytest.raises(ValidationError):
            StagedObjective(kind=FIRST, positions={"leadership": place})

    def test_an_empty_side_is_no_side(self) -> None:
        cap = Capability(id="aaaaaaaa", name="Decide").with_side(Side.PEOPLE, SideState(today="x"))
        assert cap.side(Side.PEOPLE).today == "x"
        assert cap.with_side(Side.PEOPLE, SideState()).sides == {}

    def test_sides_and_stages_are_kept_in_their_order(self) -> None:
        cap = Capability(id="aaaaaaaa", name="D", serves=(THIRD, FIRST, THIRD))
        for side in reversed(Side):
            cap = cap.with_side(side, SideState(today="x"))
        assert cap.serves == (FIRST, THIRD)
        assert list(cap.sides) == list(Side)

    def test_capabilities_move_up_and_down(self) -> None:
        plan = a_plan()
        for name in "abc":
            plan = plan.with_capability(Capability(id=name * 8, name=name))
        assert [c.name for c in plan.moved_capability("cccccccc", -1).capabilities] == [
            "a",
            "c",
            "b",
        ]
        assert [c.name for c in plan.moved_capability("aaaaaaaa", 9).capabilities] == [
            "b",
            "c",
            "a",
        ]
        assert plan.moved_capability("aaaaaaaa", -1) is plan
        with pytest.raises(Refused):
            plan.moved_capability("zzzzzzzz", 1)

    def test_a_point_is_a_capability_to_begin_with(self) -> None:
        point = BreakthroughPoint(id="leadership.point.1", strands=("direction",), text="Agree.")
        capability = capability_of("aaaaaaaa", point)
        assert (capability.name, capability.point) == ("Agree.", "leadership.point.1")

    def test_actions_and_people(self) -> None:
        plan = a_plan().with_capability(Capability(id="aaaaaaaa", name="Decide"))
        plan = plan.with_side("aaaaaaaa", Side.PROCESS, SideState(today="x", owner="Bo"))
        assert list(plan.actions()) == []
        plan = plan.with_side("aaaaaaaa", Side.PEOPLE, SideState(action="do", owner="Ann"))
        [action] = plan.actions()
        assert (action.capability.name, action.side, action.state.owner) == (
            "Decide", Side.PEOPLE, "Ann",
        )  # fmt: skip
        assert plan.people() == ("Ann", "Bo")


class TestHistory:
    """What a plan remembers."""

    def dates(self, plan: Plan) -> list[tuple[str, str]]:
        return [(e.before, e.after) for e in plan.history if e.kind is EventKind.STAGE_DATE]

    def at(self, plan: Plan, by: date | None, today: date) -> Plan:
        return plan.with_stage(StagedObjective(kind=FIRST, by=by), today)

    def test_the_first_day_is_for_drafting(self) -> None:
        plan = self.at(self.at(a_plan(), LATER, TODAY), TODAY, TODAY)
        assert self.dates(plan) == []

    def test_a_date_that_is_moved_is_told_of_once_a_day(self) -> None:
        plan = self.at(a_plan(), date(2026, 6, 1), TODAY)
        plan = self.at(plan, date(2026, 7, 1), LATER)
        plan = self.at(plan, date(2026, 8, 1), LATER)
        assert self.dates(plan) == [("2026-06-01", "2026-08-01")]
        assert self.dates(self.at(plan, date(2026, 6, 1), LATER)) == []
        again = self.at(plan, None, LATER + timedelta(days=1))
        assert self.dates(again) == [("2026-06-01", "2026-08-01"), ("2026-08-01", "")]

    def test_filling_in_moves_nothing(self) -> None:
        assert self.dates(self.at(a_plan(), LATER, LATER)) == []

    def measures(self, plan: Plan, today: date, *measures: str) -> list[tuple[str, str]]:
        for measure in measures:
            plan = plan.with_stage(StagedObjective(kind=FIRST, measure=measure), today)
        return [(e.before, e.after) for e in plan.history if e.kind is EventKind.STAGE_MEASURE]

    def test_what_was_typed_letter_by_letter_is_told_as_it_is_in_the_end(self) -> None:
        plan = a_plan().with_stage(StagedObjective(kind=FIRST, measure="94 days"), TODAY)
        assert self.measures(plan, LATER, "94 day", "9", "", "6", "60 days") == [
            ("94 days", "60 days")
        ]
        assert self.measures(plan, LATER, "9", "", "94", "94 days") == []
        assert self.measures(plan, LATER, "9", "") == [("94 days", "")]

    def test_a_long_measure_that_ends_otherwise_has_been_moved(self) -> None:
        long = "A measure of many words. " * 12
        plan = a_plan().with_stage(StagedObjective(kind=FIRST, measure=f"{long}94"), TODAY)
        [(before, after)] = self.measures(plan, LATER, f"{long}9", f"{long}90")
        assert before == after
        assert before.startswith("A measure of many words.")

    def test_the_destinations_date_and_aims(self) -> None:
        plan = a_plan(1.5, 2.0).with_destination(Destination(by=TODAY), TODAY)
        plan = plan.with_destination(Destination(by=LATER), LATER)
        plan = plan.with_stage(StagedObjective(kind=FIRST, positions={"leadership": 1.8}), LATER)
        told = [(e.kind, e.before, e.after) for e in plan.history][2:]
        assert told == [
            (EventKind.DESTINATION_DATE, str(TODAY), str(LATER)),
            (EventKind.STAGE_AIMS, "leadership 2", "leadership 1.8"),
        ]

    def test_done_and_not_done_on_one_day_is_nothing(self) -> None:
        plan = a_plan().stage_done(FIRST, LATER, LATER)
        assert plan.history[-1].kind is EventKind.STAGE_DONE
        assert plan.stage(FIRST).done == LATER
        undone = plan.stage_done(FIRST, None, LATER)
        assert undone.history == a_plan().history
        next_day = plan.stage_done(FIRST, None, LATER + timedelta(days=1))
        assert next_day.history[-1].kind is EventKind.STAGE_REOPENED

    def test_a_long_history_forgets_moved_dates_before_measurements(self) -> None:
        plan = a_plan()
        seen = PlanEvent(
            on=TODAY, kind=EventKind.MEASURED, ref=Ref(kind=Kind.SESSION, id="bbbbbbbb"),
            positions={"leadership": 2.0},
        )  # fmt: skip
        moves = [
            PlanEvent(on=LATER, kind=EventKind.STAGE_DATE, stage=FIRST, before=str(n))
            for n in range(MOST_EVENTS - 2)
        ]
        full = Plan.model_validate({**dict(plan), "history": (plan.history[0], seen, *moves)})
        more = full.stage_done(FIRST, LATER, LATER)
        assert len(more.history) == MOST_EVENTS
        assert more.history[:2] == full.history[:2]
        assert more.history[2].before == "1"
        assert more.history[-1].kind is EventKind.STAGE_DONE

    @given(st.integers(1, 12))
    def test_full_of_measurements_it_still_takes_more(self, more: int) -> None:
        full = tuple(
            PlanEvent(on=TODAY, kind=EventKind.MEASURED, ref=Ref(kind=Kind.SESSION, id=f"a{n:09}"))
            for n in range(MOST_EVENTS)
        )
        plan = Plan.model_validate({**dict(a_plan()), "history": full})
        for n in range(more):
            plan = plan.with_measurement(
                Ref(kind=Kind.SESSION, id=f"b{n:09}"), {"leadership": 2.0}, LATER
            )
        assert len(plan.history) == MOST_EVENTS
        assert len([e for e in plan.history if e.on == LATER]) == more


class TestGap:
    """From where it was, to where it is, to where it should be."""

    def test_base_now_and_the_way(self) -> None:
        plan = a_plan(1.5, 2.0, 2.5)
        plan = measured(plan, [compared("aaaaaaaa", TODAY, {"leadership": 1.5}),
                               compared("bbbbbbbb", LATER, {"leadership": 1.75})])  # fmt: skip
        [theme] = gap(plan)
        assert (theme.base, theme.now, theme.when) == (1.5, 1.75, LATER)
        assert theme.moved == pytest.approx(0.25)
        assert theme.ref == Ref(kind=Kind.SESSION, id="bbbbbbbb")
        one, two, three = theme.stages
        assert (one.progress, one.left) == pytest.approx((0.5, 0.25))
        assert one.reached is False
        assert two.progress == pytest.approx(0.25)
        assert (three.progress, three.why_not) == (None, WhyNone.NO_AIM)

    @given(plans())
    def test_progress_is_in_bounds_or_says_why_not(self, plan: Plan) -> None:
        for theme in gap(plan):
            for stage in theme.stages:
                assert (stage.progress is None) == (stage.why_not is not None)
                assert stage.progress is None or 0 <= stage.progress <= 1
                assert (stage.reached is None) == (stage.aim is None or theme.now is None)
        for view in stage_views(plan, TODAY):
            assert (view.progress is None) == (view.why_not is not None)
            assert view.progress is None or 0 <= view.progress <= 1
            assert 0 <= view.reached <= view.aims
            assert 0 <= view.actions_done <= view.actions

    @pytest.mark.parametrize(
        ("base", "aim", "now", "why"),
        [
            (1.5, 2.0, None, WhyNone.NOTHING_NEW),
            (None, 2.0, 1.8, WhyNone.NO_BASE),
            (2.0, 2.0, 2.5, WhyNone.NO_WAY),
            (2.0, 1.5, 2.5, WhyNone.NO_WAY),
            (2.0, None, 2.5, WhyNone.NO_AIM),
        ],
    )
    def test_without_a_way_there_is_no_progress(
        self, base: float | None, aim: float | None, now: float | None, why: WhyNone
    ) -> None:
        plan = a_plan(base, aim)
        if now:
            plan = plan.with_measurement(
                Ref(kind=Kind.SESSION, id="bbbbbbbb"), {"leadership": now}, LATER
            )
        stage = leadership(plan)
        assert (stage.progress, stage.why_not) == (None, why)

    @pytest.mark.parametrize(("now", "share"), [(1.0, 0.0), (1.5, 0.0), (2.0, 1.0), (2.8, 1.0)])
    def test_further_back_is_none_and_beyond_is_all(self, now: float, share: float) -> None:
        plan = a_plan(1.5, 2.0).with_measurement(
            Ref(kind=Kind.SESSION, id="bbbbbbbb"), {"leadership": now}, LATER
        )
        assert leadership(plan).progress == share

    def test_the_newest_counts_and_what_it_does_not_place_is_where_it_was(self) -> None:
        plan = a_plan(1.5, 2.5)
        plan = plan.with_measurement(Ref(kind=Kind.SESSION, id="cccccccc"), {"leadership": 2.5},
                                     LATER)  # fmt: skip
        plan = plan.with_measurement(Ref(kind=Kind.SESSION, id="bbbbbbbb"), {"leadership": 2.0},
                                     LATER - timedelta(days=5))  # fmt: skip
        assert [(theme.now, theme.was) for theme in gap(plan)] == [(2.5, None)]
        plan = plan.with_measurement(Ref(kind=Kind.SESSION, id="dddddddd"), {"learning": 2.0},
                                     LATER + timedelta(days=5))  # fmt: skip
        [theme] = gap(plan)
        assert (theme.now, theme.was, theme.when, theme.moved) == (None, 2.5, LATER, None)
        assert theme.ref == Ref(kind=Kind.SESSION, id="cccccccc")
        assert (theme.stages[0].left, theme.stages[0].reached) == (None, None)
        aimed = plan.with_stage(StagedObjective(kind=SECOND, positions={"learning": 2.4}), LATER)
        assert {theme.theme_id: (theme.now, theme.was) for theme in gap(aimed)} == {
            "leadership": (None, 2.5), "learning": (2.0, None),
        }  # fmt: skip

    def test_what_is_older_than_the_base_does_not_count(self) -> None:
        plan = a_plan(1.5, 2.0).with_measurement(
            Ref(kind=Kind.SESSION, id="bbbbbbbb"), {"leadership": 2.0}, TODAY - timedelta(days=1)
        )
        assert leadership(plan).why_not is WhyNone.NOTHING_NEW

    def test_themes_are_in_the_rubrics_order(self) -> None:
        plan = a_plan(1.5, 2.0)
        assert [theme.theme_id for theme in gap(plan, ["learning", "leadership"])] == [
            "learning", "leadership",
        ]  # fmt: skip

    def test_the_newest_evidence_is_the_base(self) -> None:
        plan = based_on(new_plan("planplan", "P", TODAY), [
            compared("bbbbbbbb", LATER, {"leadership": 2.0, "people": None}),
            compared("aaaaaaaa", TODAY, {"leadership": 1.0, "people": 1.2}),
        ], LATER)  # fmt: skip
        assert plan.reality.positions == {"leadership": 2.0, "people": 1.2}
        assert plan.reality.measured == LATER
        assert [ref.id for ref in plan.reality.evidence] == ["bbbbbbbb", "aaaaaaaa"]
        assert plan.history[-1].kind is EventKind.BASED


class TestMeasured:
    """New sessions and rounds of the same people."""

    def test_of_the_same_person_and_team_only(self) -> None:
        items = [
            compared("aaaaaaaa", TODAY, {"leadership": 1.5}),
            compared("bbbbbbbb", LATER, {"leadership": 2.0}, name="ADA"),
            compared("cccccccc", LATER, {"leadership": 2.1}, name="Bo"),
            compared("dddddddd", LATER, {"leadership": 2.2}, team="South"),
            compared("eeeeeeee", LATER, {"leadership": 2.3}, name=""),
            compared("ffffffff", TODAY - timedelta(days=9), {"leadership": 2.4}),
            team_round("gggggggg", LATER, 2.5, team="N"),
        ]
        assert [item.id for item in same_people(a_plan(), items)] == ["bbbbbbbb"]

    def test_nobody_is_taken_for_somebody(self) -> None:
        nameless = compared("aaaaaaaa", TODAY, {"leadership": 1.5}, name="")
        other = compared("bbbbbbbb", LATER, {"leadership": 1.5}, name="")
        plan = based_on(a_plan(), [nameless], TODAY)
        assert same_people(plan, [nameless, other]) == ()

    def test_a_round_that_follows_another(self) -> None:
        first = team_round("aaaaaaaa", TODAY, 1.5, team="")
        second = team_round("bbbbbbbb", LATER, 1.8, team="", after="aaaaaaaa")
        third = team_round("cccccccc", LATER + timedelta(days=90), 2.0, team="", after="bbbbbbbb")
        other = team_round("dddddddd", LATER, 2.0, team="")
        plan = based_on(new_plan("planplan", "P", TODAY), [first], TODAY)
        found = same_people(plan, [third, other, first, second])
        assert [item.id for item in found] == ["bbbbbbbb", "cccccccc"]

    def test_a_team_is_known_by_its_name(self) -> None:
        first = team_round("aaaaaaaa", TODAY, 1.5, team="North")
        plan = based_on(new_plan("planplan", "P", TODAY), [first], TODAY)
        later = team_round("bbbbbbbb", LATER, 1.5, team="NORTH")
        other = team_round("cccccccc", LATER, 1.5, team="South")
        assert [item.id for item in same_people(plan, [first, later, other])] == ["bbbbbbbb"]

    def test_nothing_new_is_the_same_plan(self) -> None:
        plan, items = a_plan(1.5, 2.0), [
            compared("aaaaaaaa", TODAY, {"leadership": 1.5}),
            compared("bbbbbbbb", LATER, {"leadership": 2.0}),
        ]  # fmt: skip
        after = measured(plan, items)
        assert after.revision == plan.revision + 1
        assert measured(after, items) is after
        assert measured(plan, items[:1]) is plan

    def test_what_is_not_finished_or_shows_nothing_at_all_waits(self) -> None:
        plan = a_plan(1.5, 2.0)
        items = [
            compared("aaaaaaaa", TODAY, {"leadership": 1.5}),
            compared("bbbbbbbb", LATER, {"leadership": 2.0}, finished=False),
            compared("cccccccc", LATER, {}),
        ]
        assert measured(plan, items) is plan

    def test_figures_that_have_changed_replace_the_old_ones(self) -> None:
        ref = Ref(kind=Kind.ROUND, id="bbbbbbbb")
        plan = a_plan(1.5, 2.0).with_measurement(ref, {"leadership": 1.7}, LATER)
        after = plan.with_measurement(ref, {"leadership": 1.9}, LATER)
        assert [e.positions for e in after.measurements] == [{"leadership": 1.9}]


class TestStages:
    """How far each stage is."""

    def states(self, plan: Plan, today: date = TODAY) -> list[StageState]:
        return [view.state for view in stage_views(plan, today)]

    def test_an_empty_plan(self) -> None:
        plan = new_plan("planplan", "P", TODAY)
        assert self.states(plan) == [StageState.EMPTY] * 3
        assert [v.why_not for v in stage_views(plan, TODAY)] == [WhyNone.NO_AIM] * 3

    def test_the_first_that_is_not_there_is_under_way(self) -> None:
        plan = a_plan(1.5, 2.0, 2.5, 3.0)
        assert self.states(plan) == [StageState.UNDER_WAY, StageState.AHEAD, StageState.AHEAD]
        done = plan.stage_done(FIRST, TODAY, TODAY)
        assert self.states(done) == [StageState.DONE, StageState.UNDER_WAY, StageState.AHEAD]

    def test_a_new_session_moves_it_by_itself(self) -> None:
        plan = measured(a_plan(1.5, 2.0, 2.5, 3.0), [
            compared("aaaaaaaa", TODAY, {"leadership": 1.5}),
            compared("bbbbbbbb", LATER, {"leadership": 2.1}),
        ])  # fmt: skip
        assert self.states(plan) == [StageState.REACHED, StageState.UNDER_WAY, StageState.AHEAD]

    def test_late(self) -> None:
        plan = a_plan(1.5, 2.0, 2.5)
        plan = plan.with_stage(StagedObjective(kind=FIRST, by=TODAY, results="r"), TODAY)
        assert self.states(plan)[0] is StageState.UNDER_WAY
        assert self.states(plan, LATER)[:2] == [StageState.LATE, StageState.AHEAD]

    def test_aims_that_are_where_one_stood_already_are_not_reached(self) -> None:
        assert self.states(a_plan(2.0, 2.0))[0] is StageState.UNDER_WAY

    def test_progress_is_the_mean_of_what_has_one(self) -> None:
        plan = based_on(
            new_plan("planplan", "P", TODAY),
            [compared("aaaaaaaa", TODAY, {"leadership": 1.0, "learning": 1.0})], TODAY,
        )  # fmt: skip
        aims = {"leadership": 2.0, "learning": 2.0, "people": 2.0}
        plan = plan.with_stage(StagedObjective(kind=FIRST, positions=aims), TODAY)
        plan = plan.with_measurement(
            Ref(kind=Kind.SESSION, id="bbbbbbbb"), {"leadership": 2.0, "learning": 1.5}, LATER
        )
        view = stage_views(plan, LATER)[0]
        assert view.progress == pytest.approx(0.75)
        assert (view.counted, view.aims) == (2, 3)
        assert (view.reached, view.aims) == (1, 3)

    def test_actions_of_its_capabilities(self) -> None:
        plan = a_plan().with_capability(Capability(id="aaaaaaaa", name="D", serves=(FIRST,)))
        for side, state in zip(Side, [*ActionState, ActionState.OPEN], strict=False):
            plan = plan.with_side("aaaaaaaa", side, SideState(action="do", state=state))
        one, two, _ = stage_views(plan, TODAY)
        assert (one.actions_done, one.actions) == (1, 3)
        assert (two.actions_done, two.actions) == (0, 0)


def test_reality_names_evidence_once() -> None:
    ref = Ref(kind=Kind.SESSION, id="aaaaaaaa")
    with pytest.raises(ValidationError, match="evidence once"):
        Reality(evidence=(ref, ref))
