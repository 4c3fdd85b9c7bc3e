"""Which assessments measure a plan: from its base on, of the same people, in order of time."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from bt_assess.core.compared import Compared, Gap, Kind, Standing, WhyNot
from bt_assess.core.disclosure import Why
from bt_assess.core.plan import Plan, StagedObjective, new_plan
from bt_assess.core.plan_gap import (
    StageGap,
    StageState,
    WhyNone,
    based_on,
    gap,
    last_measured,
    measured,
    ref_of,
    same_people,
    stage_now,
    stage_views,
)
from bt_assess.core.plan_history import MOST_EVENTS, EventKind, PlanEvent, StageKind
from bt_assess.core.saved_comparison import Ref
from bt_assess.core.scoring import Status
from bt_assess.core.session import RubricRef
from tests.core import builders
from tests.core.plan_edits import TODAY
from tests.core.rounds import round_of

FIRST, SECOND, THIRD = StageKind
REF = RubricRef(id="grid", version="1.0")
THEME = "leadership"
LATER = TODAY + timedelta(days=30)


def finished(
    id: str, place: float | None, *, hour: int = 9, day: int = 0, name: str = "Ada"
) -> Compared:
    """A session that somebody finished at an hour of a day."""
    moment = datetime.combine(TODAY, datetime.min.time()).astimezone()
    moment += timedelta(days=day, hours=hour)
    session = builders.session({}, id=id * 8, started=moment, respondent=name).finish(moment)
    standings = () if place is None else (Standing(theme_id=THEME, position=place),)
    return Compared(
        kind=Kind.SESSION, id=id * 8, name=name, team="N", when=moment.date(), rubric=REF,
        session=session, standings=standings,
    )  # fmt: skip


def a_round(id: str, place: float | None, *, day: int = 0, **more: Any) -> Compared:
    when = TODAY + timedelta(days=day)
    round_ = round_of(id=id * 8, created=when, **more)
    standings = () if place is None else (Standing(theme_id=THEME, position=place, n=6),)
    return Compared(
        kind=Kind.ROUND, id=id * 8, name=round_.title, team=round_.team, when=when, rubric=REF,
        round=round_, standings=standings,
    )  # fmt: skip


def plan_from(*items: Compared, aim: float = 2.5, today: date = TODAY) -> Plan:
    plan = based_on(new_plan("planplan", "Ours", TODAY), items, today)
    return plan.with_stage(StagedObjective(kind=FIRST, positions={THEME: aim}), TODAY)


def first(plan: Plan) -> StageGap:
    [theme] = gap(plan)
    return theme.stages[0]


def now(plan: Plan) -> float | None:
    [theme] = gap(plan)
    return theme.now


class TestAnotherBase:
    """Who was measured from the base before is not who is measured from this one."""

    def test_another_persons_base_begins_anew(self) -> None:
        ada, later, bo = (
            finished("a", 1.5),
            finished("b", 2.1, day=30),
            finished("c", 1.9, name="Bo"),
        )
        plan = measured(plan_from(ada), [ada, later])
        assert first(plan).progress == pytest.approx(0.6)
        plan = measured(based_on(plan, [bo], LATER), [ada, later, bo])
        assert (first(plan).progress, first(plan).why_not) == (None, WhyNone.NOTHING_NEW)
        assert now(plan) == 1.9
        # What was measured is still told of in the history.
        assert [e.ref and e.ref.id for e in plan.history if e.kind is EventKind.MEASURED] == [
            "bbbbbbbb"
        ]

    def test_another_base_of_the_same_person_goes_on(self) -> None:
        one, two, three = (
            finished(i, p, day=d) for i, p, d in (("a", 1.5, 0), ("b", 2.0, 10), ("c", 2.25, 20))
        )
        plan = measured(plan_from(one), [one, two, three])
        plan = measured(based_on(plan, [two], LATER), [one, two, three])
        assert first(plan).progress == pytest.approx(0.5)
        assert len([e for e in plan.history if e.kind is EventKind.MEASURED]) == 2
        assert measured(plan, [one, two, three]) is plan

    def test_a_round_that_was_opened_once_counts_from_a_new_base_too(self) -> None:
        first_, second, third = (
            a_round(i, p, day=d, team="North")
            for i, p, d in (("a", 1.5, 0), ("b", 2.0, 10), ("c", 2.25, 20))
        )
        sealed = [
            a_round(i, None, day=d, team="North") for i, d in (("a", 0), ("b", 10), ("c", 20))
        ]
        plan = measured(plan_from(first_), [first_, second, third])
        plan = measured(based_on(plan, [second], LATER), sealed)
        assert now(plan) == 2.25
        assert first(plan).progress == pytest.approx(0.5)

    def test_a_full_history_keeps_where_it_begins(self) -> None:
        ada, bo = finished("a", 1.5), finished("c", 1.9, name="Bo")
        seen = tuple(
            PlanEvent(on=LATER, kind=EventKind.MEASURED, ref=Ref(kind=Kind.SESSION, id=f"x{n:08}"),
                      positions={THEME: 2.5})
            for n in range(MOST_EVENTS - 2)
        )  # fmt: skip
        plan = plan_from(ada)
        plan = Plan.model_validate({**dict(plan), "history": (*plan.history[:1], *seen)})
        plan = based_on(plan, [bo], LATER).stage_done(SECOND, LATER, LATER)
        plan = plan.stage_done(THIRD, LATER, LATER)
        assert len(plan.history) == MOST_EVENTS
        assert first(plan).why_not is WhyNone.NOTHING_NEW


class TestOneDay:
    """Several sessions of one day count in the order in which they ended."""

    def test_what_ended_before_the_base_is_not_newer(self) -> None:
        early, base = finished("z", 1.0, hour=8), finished("a", 2.0, hour=10)
        assert same_people(plan_from(base), [early, base]) == ()
        assert first(measured(plan_from(base), [early, base])).why_not is WhyNone.NOTHING_NEW

    def test_the_later_one_counts(self) -> None:
        base, early, late = (
            finished("a", 1.5),
            finished("z", 2.4, hour=11),
            finished("b", 2.0, hour=15),
        )
        assert now(measured(plan_from(base), [base, early, late])) == 2.0

    def test_it_counts_though_the_earlier_one_comes_to_be_known_last(self) -> None:
        base, early, late = (
            finished("a", 1.5),
            finished("z", 2.4, hour=11),
            finished("b", 2.0, hour=15),
        )
        plan = measured(plan_from(base), [base, late])
        plan = measured(plan, [base, early, late])
        assert now(plan) == 2.0
        assert measured(plan, [base, late, early]) is plan

    def test_a_copy_of_the_base_is_no_new_measurement(self) -> None:
        base, copy = finished("a", 1.5), finished("z", 1.5)
        plan = plan_from(base)
        assert measured(plan, [base, copy]) is plan
        assert first(plan).why_not is WhyNone.NOTHING_NEW

    def test_the_round_that_the_base_followed_is_not_newer(self) -> None:
        before = a_round("z", 1.0, team="North")
        base = a_round("a", 1.5, team="North", after="zzzzzzzz")
        assert same_people(plan_from(base), [before, base]) == ()
        after = a_round("b", 2.0, team="North", after="aaaaaaaa")
        assert [i.id for i in same_people(plan_from(base), [after, before, base])] == ["bbbbbbbb"]


class TestWhyNot:
    @pytest.mark.parametrize(("base", "aim", "now"), [(1.78, 1.8, 1.7), (1.96, 2.0, 1.5)])
    def test_an_aim_that_was_not_quite_reached_was_not_there_from_the_beginning(
        self, base: float, aim: float, now: float
    ) -> None:
        one, two = finished("a", base), finished("b", now, day=30)
        found = first(measured(plan_from(one, aim=aim), [one, two]))
        assert (found.reached, found.progress, found.why_not) == (False, None, WhyNone.TOO_NEAR)

    def test_a_stage_whose_near_aim_is_reached_is_measured_as_reached(self) -> None:
        one, two = finished("a", 1.96), finished("b", 2.1, day=30)
        plan = measured(plan_from(one, aim=2.0), [one, two])
        assert stage_views(plan, TODAY)[0].state is StageState.REACHED

    def test_measured_with_no_one_place_is_not_nothing_measured(self) -> None:
        plan = plan_from(finished("a", 1.5))
        plan = plan.with_measurement(
            Ref(kind=Kind.SESSION, id="bbbbbbbb"), {"learning": 2.0}, LATER
        )
        [theme] = gap(plan)
        assert (theme.now, theme.was, theme.when) == (None, 1.5, TODAY)
        assert theme.why_not is WhyNone.NO_PLACE
        assert theme.stages[0].why_not is WhyNone.NO_PLACE
        assert stage_views(plan, TODAY)[0].why_not is WhyNone.NO_PLACE
        # Before the base it says nothing of what came since.
        old = plan_from(finished("a", 1.5)).with_measurement(
            Ref(kind=Kind.SESSION, id="bbbbbbbb"), {"learning": 2.0}, TODAY - timedelta(days=9)
        )
        assert first(old).why_not is WhyNone.NOTHING_NEW


def shows(
    id: str, standing: Standing | None, *, day: int = 30, other: float | None = None
) -> Compared:
    """A later session of Ada's in which a theme stands so, and perhaps another has a place."""
    item = finished(id, None, day=day)
    more = () if other is None else (Standing(theme_id="learning", position=other),)
    return replace(item, standings=(*((standing,) if standing else ()), *more))


def gapped(gap: WhyNot) -> Standing:
    return Standing(theme_id=THEME, gap=gap)


HARDLY = (Status.NOT_ENOUGH, Gap.NOT_APPLICABLE)


class TestNotPlacedNow:
    """What the newest assessment shows no place of is never told as where it is now."""

    @pytest.mark.parametrize(
        ("gap_", "why"),
        [
            (Status.MIXED, WhyNone.MIXED),
            (Gap.TWO_CAMPS, WhyNone.MIXED),
            (Status.NOT_ENOUGH, WhyNone.NOT_ENOUGH),
            (Gap.NOT_APPLICABLE, WhyNone.NOT_ENOUGH),
            (Why.TOO_FEW, WhyNone.NOT_ENOUGH),
            (Status.NOT_RECOGNISED, WhyNone.NO_PLACE),
            (Why.A_REST, WhyNone.NO_PLACE),
        ],
    )
    @pytest.mark.parametrize("between", [False, True])
    def test_it_is_where_it_was_and_says_why(
        self, gap_: WhyNot, why: WhyNone, *, between: bool
    ) -> None:
        base = finished("a", 1.5)
        items = [base, shows("c", gapped(gap_), day=60, other=2.0)]
        if between:
            items.insert(1, finished("b", 2.75, day=30))
        theme = gap(measured(plan_from(base), items))[0]
        where = (2.75, LATER) if between else (1.5, TODAY)
        assert (theme.now, theme.was, theme.when) == (None, *where)
        assert (theme.why_not, theme.moved) == (why, None)
        found = theme.stages[0]
        assert (found.progress, found.left, found.reached, found.why_not) == (None, None, None, why)
        [view, *_] = stage_views(measured(plan_from(base), items), TODAY)
        assert (view.progress, view.counted, view.aims, view.reached) == (None, 0, 1, 0)
        assert view.why_not is why

    def test_a_place_again_ends_it(self) -> None:
        base, mixed = finished("a", 1.5), shows("b", gapped(Status.MIXED))
        [theme] = gap(measured(plan_from(base), [base, mixed, finished("c", 2.0, day=60)]))
        assert (theme.now, theme.was, theme.why_not) == (2.0, None, None)
        assert theme.stages[0].progress == pytest.approx(0.5)

    def test_a_share_is_of_the_aims_that_were_measured(self) -> None:
        base = replace(
            finished("a", 1.5),
            standings=(
                Standing(theme_id=THEME, position=1.5),
                Standing(theme_id="learning", position=1.5),
            ),
        )
        plan = plan_from(base)
        plan = plan.with_stage(
            StagedObjective(kind=FIRST, positions={THEME: 2.5, "learning": 2.5}), TODAY
        )
        later = shows("b", gapped(Status.NOT_ENOUGH), other=2.0)
        [view, *_] = stage_views(measured(plan, [base, later]), TODAY)
        assert view.progress == pytest.approx(0.5)
        assert (view.counted, view.aims) == (1, 2)

    def test_mixed_throughout_is_a_measurement(self) -> None:
        base, mixed = finished("a", 1.5), shows("b", gapped(Status.MIXED))
        plan = measured(plan_from(base), [base, mixed])
        assert (now(plan), last_measured(plan)) == (None, LATER)

    @pytest.mark.parametrize("gap_", [*HARDLY, Why.TOO_FEW, Why.NOT_OPEN])
    def test_hardly_answered_or_hidden_throughout_is_none(self, gap_: WhyNot) -> None:
        base, later = finished("a", 1.5), shows("b", gapped(gap_))
        plan = plan_from(base)
        assert measured(plan, [base, later]) is plan
        assert (now(plan), last_measured(plan)) == (1.5, TODAY)

    def test_an_aim_that_was_near_or_there_at_first_still_says_so(self) -> None:
        mixed = shows("b", gapped(Status.MIXED))
        for aim, why in ((1.5, WhyNone.NO_WAY), (1.52, WhyNone.TOO_NEAR)):
            base = finished("a", 1.5)
            assert first(measured(plan_from(base, aim=aim), [base, mixed])).why_not is why

    def test_a_file_from_before_is_told_why_and_keeps_its_day(self) -> None:
        base = finished("a", 1.5)
        later = shows("b", gapped(Status.MIXED), other=2.0)
        old = plan_from(base).with_measurement(ref_of(later), {"learning": 2.0}, LATER)
        assert gap(old)[0].why_not is WhyNone.NO_PLACE
        plan = measured(old, [base, later])
        assert gap(plan)[0].why_not is WhyNone.MIXED
        assert measured(plan, [base, later]) is plan

    def test_a_sealed_round_keeps_its_reasons(self) -> None:
        one, two = a_round("a", 1.5, team="North"), a_round("b", None, day=10, team="North")
        seen = replace(
            two, standings=(gapped(Gap.TWO_CAMPS), Standing(theme_id="learning", position=2.0))
        )
        plan = measured(plan_from(one), [one, seen])
        assert measured(plan, [one, two]) is plan
        again = measured(based_on(plan, [replace(one, standings=(Standing(
            theme_id=THEME, position=1.6),))], TODAY), [one, two])  # fmt: skip
        assert gap(again)[0].why_not is WhyNone.MIXED


class TestAnotherClock:
    """One moment has two dates in two parts of the world."""

    def elsewhere(self, item: Compared, days: int) -> Compared:
        return replace(item, when=item.when + timedelta(days=days))

    @pytest.mark.parametrize("days", [-1, 1, 2])
    def test_the_same_figures_on_another_day_are_not_taken_up_again(self, days: int) -> None:
        base, later = finished("a", 1.5), finished("b", 2.0, day=30)
        plan = measured(plan_from(base), [base, later])
        there = [self.elsewhere(item, days) for item in (base, later)]
        assert measured(plan, there) is plan
        assert last_measured(plan) == LATER

    def test_another_base_keeps_the_day_too(self) -> None:
        base, two, three = (finished(i, p, day=d) for i, p, d in
                            (("a", 1.5, 0), ("b", 2.0, 10), ("c", 2.25, 20)))  # fmt: skip
        plan = based_on(measured(plan_from(base), [base, two, three]), [two], LATER)
        there = [self.elsewhere(item, 1) for item in (base, two, three)]
        assert [e.on for e in measured(plan, there).measurements] == [three.when]

    def test_a_later_one_of_the_same_day_counts_where_it_is_still_the_day_before(self) -> None:
        base, later = finished("a", 1.5, hour=9), finished("b", 2.0, hour=15)
        plan = plan_from(base)
        there = [self.elsewhere(item, -1) for item in (base, later)]
        assert now(measured(plan, there)) == 2.0

    def test_a_later_one_is_newest_though_its_day_came_out_as_an_earlier_one(self) -> None:
        base, two, three = (
            finished("a", 1.5),
            finished("b", 2.0, day=30),
            finished("c", 2.25, day=30, hour=11),
        )
        plan = measured(plan_from(base), [base, two])
        there = [self.elsewhere(item, -1) for item in (base, two, three)]
        plan = measured(plan, there)
        assert now(plan) == 2.25
        assert measured(plan, [base, two, three]) is plan

    def test_what_came_days_before_the_base_stays_before_it(self) -> None:
        plan = plan_from(finished("a", 1.5, day=10))
        early = finished("b", 2.0, day=6)
        base = self.elsewhere(finished("a", 1.5, day=10), -9)
        assert measured(plan, [base, early]) is plan


class TestWhereItIs:
    """One answer for lists, pages and commands."""

    def at(self, plan: Plan) -> StageKind | None:
        view = stage_now(stage_views(plan, TODAY))
        return view.kind if view else None

    def test_the_first_that_is_not_done(self) -> None:
        plan = plan_from(finished("a", 1.5))
        for kind in StageKind:
            plan = plan.with_stage(StagedObjective(kind=kind, results="r"), TODAY)
        assert self.at(plan) is FIRST
        assert self.at(plan.stage_done(FIRST, TODAY, TODAY)) is SECOND
        leapt = plan.stage_done(THIRD, TODAY, TODAY)
        assert (self.at(leapt), leapt.arrived) == (FIRST, False)
        for kind in StageKind:
            plan = plan.stage_done(kind, TODAY, TODAY)
        assert (self.at(plan), plan.arrived) == (None, True)

    def test_what_is_written_comes_before_what_is_empty(self) -> None:
        plan = new_plan("planplan", "Ours", TODAY)
        assert self.at(plan) is FIRST
        plan = plan.with_stage(StagedObjective(kind=SECOND, results="r"), TODAY)
        assert self.at(plan) is SECOND
