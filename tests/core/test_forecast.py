"""The line to the goal, and where the readings lead."""

from collections.abc import Mapping
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bt_assess.core.forecast import (
    LEAST_READINGS,
    SHARE,
    Forecast,
    Line,
    WhyAside,
    WhyNone,
    against_line,
    extrapolated,
    forecast,
    goal_on,
    how_far,
    line,
    line_asks,
    live_readings,
    rounded,
    so_far,
    step_of,
    t_quantile,
    why_aside,
)
from bt_assess.core.project import Project, new_project
from bt_assess.core.project_parts import Moved, Reading, Refocus, Wanted
from tests.core.plan_edits import TODAY, projects


def day(number: int) -> date:
    return TODAY + timedelta(days=number)


def project(values: Mapping[int, float], *, first: float | None = 40.0, to: float | None = 10.0,
            by: date | None = None, starts: date | None = TODAY) -> Project:  # fmt: skip
    wanted = Wanted(measure="Open", unit="a week", from_=first, to=to, by=by)
    made = new_project("projproj", "P", TODAY, wanted=wanted, starts=starts)
    for number, value in values.items():
        made = made.with_reading(Reading(on=day(number), value=value))
    return made


def read(made: Project, values: Mapping[int, float]) -> Project:
    for number, value in values.items():
        made = made.with_reading(Reading(on=day(number), value=value))
    return made


class TestLine:
    """From the first week to the goal."""

    def test_of_another_measure_it_begins_on_the_day_of_the_change(self) -> None:
        made = project({0: 40, 7: 39, 14: 38})
        wanted = made.wanted.changed(measure="Minutes", from_=30, to=20)
        other = made.refocus(wanted, day(14), "", "aaaaaaaa")
        assert line(other) == line(other, day(14)) == Line(day(14), 30, day(63), 20)
        assert line(other, day(13)) == line(made)
        after = read(other, {14: 30, 21: 29})
        assert against_line(after, after.readings[2]) == 0
        assert line_asks(after, day(14)) == 30
        # Nearer from then on, it is still that line.
        nearer = other.refocus(wanted.changed(to=25, by=day(50)), day(21), "", "bbbbbbbb")
        assert line(nearer) == Line(day(14), 30, day(50), 25)
        # A day that is over by then is no end, and without a day ahead there is no line.
        late = made.refocus(wanted.changed(by=day(10)), day(14), "", "aaaaaaaa")
        assert line(late) == Line(day(14), 30, day(63), 20)
        for on in (63, 70):
            assert line(made.refocus(wanted, day(on), "", "aaaaaaaa")) is None

    def test_of_the_same_measure_it_begins_with_the_first_week(self) -> None:
        made = project({0: 40, 7: 39, 14: 38})
        nearer = made.refocus(made.wanted.changed(to=20), day(14), "", "aaaaaaaa")
        assert line(nearer) == Line(TODAY, 40, day(63), 20)
        renamed = made.refocus(made.wanted.changed(measure="Waiting", to=20), day(14))
        assert line(renamed) == Line(TODAY, 40, day(63), 20)

    def test_before_the_first_week_another_measure_has_all_the_weeks(self) -> None:
        made = project({}, starts=day(14))
        wanted = made.wanted.changed(measure="Minutes", from_=30, to=20)
        other = made.refocus(wanted, day(7), "", "aaaaaaaa")
        assert line(other) == Line(day(14), 30, day(77), 20)

    def test_a_reading_is_held_against_the_weeks_of_its_day(self) -> None:
        made = project({21: 30})
        moved = made.changed(
            starts=day(7), weeks=4, moved=(Moved(on=day(22), starts=TODAY, weeks=9),)
        )
        assert line(moved) == line(moved, day(22)) == Line(day(7), 40, day(35), 10)
        assert line(moved, day(21)) == line(made)
        assert against_line(moved, moved.readings[0]) == 0

    def test_it_is_straight_and_ends_with_the_report_back(self) -> None:
        found = line(project({}))
        assert found == Line(TODAY, 40.0, day(63), 10.0)
        assert [found.at(day(n)) for n in (-5, 0, 21, 63, 99)] == [
            40,
            40,
            pytest.approx(30),
            10,
            10,
        ]

    def test_it_ends_on_the_goals_own_day(self) -> None:
        assert line(project({}, by=day(50))) == Line(TODAY, 40.0, day(50), 10.0)
        before = line(project({}, by=TODAY))
        assert before is not None
        assert before.ends == day(63)

    def test_without_a_figure_or_a_first_day_there_is_none(self) -> None:
        assert line(project({}, first=None)) is None
        assert line(project({}, to=None)) is None
        assert line(project({}, starts=None)) is None

    @pytest.mark.parametrize(("value", "share"), [(30, 0.0), (25, 5 / 30), (40, -1 / 3)])
    def test_ahead_of_it_or_behind(self, value: float, share: float) -> None:
        reading = Reading(on=day(21), value=value)
        assert against_line(project({}), reading) == pytest.approx(share)

    def test_ahead_is_ahead_upwards_too(self) -> None:
        up = project({}, first=10.0, to=40.0)
        assert against_line(up, Reading(on=day(21), value=25)) == pytest.approx(5 / 30)

    def test_no_way_has_no_ahead(self) -> None:
        reading = Reading(on=day(21), value=25)
        assert against_line(project({}, to=40.0), reading) is None
        assert against_line(project({}, to=None), reading) is None


class TestHowFar:
    """How much of the way is done."""

    @pytest.mark.parametrize(
        ("value", "progress", "way"), [(40, 0, 0), (25, 0.5, 0.5), (55, 0, -0.5), (4, 1, 1.2)]
    )
    def test_cut_off_and_not(self, value: float, progress: float, way: float) -> None:
        found = how_far(project({0: 40, 7: value}))
        assert (found.progress, found.way) == pytest.approx((progress, way))

    def test_why_not(self) -> None:
        assert how_far(project({7: 30}, to=None)).why_not is WhyNone.NO_GOAL
        assert how_far(project({})).why_not is WhyNone.NO_READING
        assert how_far(project({7: 30}, to=40.0)).why_not is WhyNone.NO_WAY

    @given(projects())
    def test_in_bounds_or_says_why_not(self, made: Project) -> None:
        found = how_far(made)
        assert (found.progress is None) == (found.why_not is not None) == (found.way is None)
        assert found.progress is None or 0 <= found.progress <= 1

    def test_a_measure_of_small_figures_has_a_way_too(self) -> None:
        made = project({0: 0.06, 7: 0.05, 14: 0.03}, first=0.06, to=0.02)
        assert how_far(made).progress == pytest.approx(0.75)
        assert against_line(made, made.readings[0]) == 0
        reached = made.with_reading(Reading(on=day(21), value=0.02))
        assert how_far(reached).progress == 1


class TestLiveReadings:
    """The readings that speak of the goal as it is."""

    def test_not_from_before_the_first_week(self) -> None:
        made = project({-7: 50, 0: 40, 7: 39})
        assert [reading.value for reading in live_readings(made)] == [40, 39]

    def test_not_of_a_measure_that_was_given_up(self) -> None:
        made = project({0: 40, 7: 39, 14: 38})
        nearer = made.refocus(made.wanted.changed(to=20), day(10))
        assert len(live_readings(nearer)) == 3
        wanted = made.wanted.changed(measure="Answered")
        other = nearer.refocus(wanted, day(14), "", "aaaaaaaa")
        assert live_readings(other) == ()
        assert why_aside(other, made.readings[0]) is WhyAside.OTHER_MEASURE
        after = read(other, {21: 6})
        assert [reading.value for reading in live_readings(after)] == [6]

    def test_one_that_is_taken_after_the_change_of_its_day_is_of_the_new_measure(self) -> None:
        made = project({0: 40, 7: 39, 14: 38})
        wanted = made.wanted.changed(measure="Answered", from_=30, to=20)
        other = made.refocus(wanted, day(14), "", "aaaaaaaa")
        assert other.refocused[0].read == 38
        assert against_line(other, other.readings[2]) == against_line(made, made.readings[2])
        for after in (
            # Put right, or taken away and taken again, were it the same figure.
            read(other, {14: 30}),
            read(other.without_reading(day(14)), {14: 38}),
            read(made.without_reading(day(14)).refocus(wanted, day(14), "", "aaaaaaaa"), {14: 38}),
        ):
            assert [reading.on for reading in live_readings(after)] == [day(14)]
            assert why_aside(after, after.readings[2]) is None
        # The same figure, typed anew; letter by letter there was another one in between.
        typed = read(read(other, {14: 3}), {14: 38})
        assert [reading.value for reading in live_readings(typed)] == [38]
        # A note to it does not make it another one.
        noted = other.with_reading(Reading(on=day(14), value=38, note="Before noon"))
        assert live_readings(noted) == ()

    def test_a_file_from_before_has_no_such_mark(self) -> None:
        made = project({7: 39, 14: 38})
        wanted = made.wanted.changed(measure="Answered")
        note = Refocus(on=day(14), before=made.wanted, obstacle="aaaaaaaa")
        old = made.changed(wanted=wanted).with_refocused((note,))
        assert [reading.value for reading in live_readings(old)] == [38]

    def test_of_two_measures_given_up_on_a_day_a_reading_is_of_the_one_it_was_taken_in(
        self,
    ) -> None:
        made = project({14: 38}, first=40.0, to=10.0)
        goals = [made.wanted.changed(measure=m, from_=f, to=0) for m, f in (("B", 9), ("C", 5))]
        one = made.refocus(goals[0], day(14), "", "aaaaaaaa")
        both = one.refocus(goals[1], day(14), "", "bbbbbbbb")
        assert [each.read for each in both.refocused] == [38, 38]
        assert against_line(both, both.readings[0]) == against_line(made, made.readings[0])
        between = read(one, {14: 9}).refocus(goals[1], day(14), "", "bbbbbbbb")
        assert against_line(between, between.readings[0]) == 0
        assert live_readings(between) == ()
        after = read(between, {14: 5})
        assert [reading.value for reading in live_readings(after)] == [5]
        assert against_line(after, after.readings[0]) == 0

    def test_a_reading_is_held_against_the_goal_of_its_day(self) -> None:
        made = project({0: 40, 21: 30, 42: 32})
        was = [against_line(made, reading) for reading in made.readings[:2]]
        softer = made.refocus(made.wanted.changed(to=25), day(21), "No staff")
        new = softer.refocus(softer.wanted.changed(to=31), day(42))
        # The old line asked for 30 on the 21st day, the second one for 35, the third for 34 on the 42nd.
        assert [goal_on(new, day(n)).to for n in (0, 20, 21, 41, 42, 99)] == [
            10,
            10,
            25,
            25,
            31,
            31,
        ]
        assert [line_asks(new, day(n)) for n in (0, 20, 21, 42)] == [40, 40 - 20 * 30 / 63, 35, 34]
        assert against_line(new, new.readings[0]) == was[0] == 0
        assert was[1] == 0
        assert against_line(new, new.readings[1]) == pytest.approx(5 / 15)
        assert against_line(new, new.readings[2]) == pytest.approx(2 / 9)
        assert line_asks(made.changed(starts=None), day(3)) is None

    def test_other_words_alone_make_no_other_measure(self) -> None:
        made = project({0: 40, 7: 39, 14: 38})
        wanted = made.wanted.changed(measure="Open complaints", unit="per week")
        assert len(live_readings(made.refocus(wanted, day(10)))) == 3
        # Who answers an obstacle with another measure means another one.
        assert len(live_readings(made.refocus(wanted, day(10), "", "aaaaaaaa"))) == 1

    def test_not_of_a_day_to_come(self) -> None:
        made = project({0: 40, 7: 39, 14: 10})
        assert [reading.value for reading in so_far(made, day(13)).readings] == [40, 39]
        assert so_far(made, day(14)) is made

    def test_back_at_the_first_measure_the_newest_change_counts(self) -> None:
        made = project({0: 40, 7: 39})
        wanted = made.wanted.changed(measure="Answered", from_=6, to=2)
        other = read(made.refocus(wanted, day(14), "", "aaaaaaaa"), {14: 5})
        back = read(other.refocus(made.wanted, day(21), "", "bbbbbbbb"), {21: 38, 28: 37})
        assert [reading.value for reading in live_readings(back)] == [38, 37]


class TestForecast:
    """A plain line, with its range, from four readings on."""

    def test_from_four_readings_on(self) -> None:
        readings = {0: 40.0, 7: 36.0, 14: 34.0}
        assert forecast(project(readings)) is WhyNone.TOO_FEW
        assert isinstance(forecast(project({**readings, 21: 30.0})), Forecast)

    def test_a_worked_example(self) -> None:
        # By hand: mean 10.5 days and 18.75; Sxx 245; slope -0.12857; s^2 = 0.7 / 2; t(2, 0.9) = 1.8856.
        found = forecast(project({0: 20, 7: 19, 14: 19, 21: 17}, first=20.0, to=12.0))
        assert isinstance(found, Forecast)
        assert found.value == pytest.approx(12.0)
        half = 1.8856 * 0.35**0.5 * (1 + 1 / 4 + 52.5**2 / 245) ** 0.5
        assert (found.low, found.high) == pytest.approx((12 - half, 12 + half), abs=1e-3)
        assert (found.day, found.readings) == (day(63), 4)
        assert (found.reaches, found.surely, found.hardly) == (True, False, False)

    @pytest.mark.parametrize(
        ("to", "verdict"),
        [(20.0, (True, True, False)), (-60.0, (False, False, True)), (8.2, (False, False, False))],
    )
    def test_surely_and_hardly(self, to: float, verdict: tuple[bool, bool, bool]) -> None:
        found = forecast(project({0: 40, 7: 36, 14: 34, 21: 30, 28: 26, 35: 23}, to=to))
        assert isinstance(found, Forecast)
        assert (found.reaches, found.surely, found.hardly) == verdict

    @pytest.mark.parametrize(
        ("to", "verdict"),
        [(60.0, (True, True, False)), (150.0, (False, False, True)), (71.8, (False, False, False))],
    )
    def test_upwards_too(self, to: float, verdict: tuple[bool, bool, bool]) -> None:
        found = forecast(project({0: 40, 7: 44, 14: 46, 21: 50, 28: 54, 35: 57}, to=to))
        assert isinstance(found, Forecast)
        assert (found.reaches, found.surely, found.hardly) == verdict

    def test_why_not(self) -> None:
        readings = {0: 40.0, 7: 36.0, 14: 34.0, 63: 30.0}
        assert forecast(project(readings)) is WhyNone.TOO_LATE
        assert isinstance(forecast(project(readings), day(64)), Forecast)
        assert forecast(project(readings, starts=None)) is WhyNone.NO_GOAL

    def test_of_one_that_was_stopped_nothing_is_foretold(self) -> None:
        made = project({0: 40, 7: 36, 14: 34, 21: 30})
        assert forecast(made.stop(day(22), "No staff")) is WhyNone.STOPPED
        assert isinstance(forecast(made.stop(None)), Forecast)

    def test_without_a_goal_there_is_a_forecast_and_no_verdict(self) -> None:
        found = forecast(project({0: 40, 7: 36, 14: 34, 21: 30}, to=None))
        assert isinstance(found, Forecast)
        assert (found.day, found.reaches, found.surely, found.hardly) == (day(63), None, None, None)

    @given(projects())
    def test_any_project_has_one_or_a_reason(self, made: Project) -> None:
        found = forecast(made)
        if isinstance(found, Forecast):
            assert found.low <= found.value <= found.high
            assert found.readings >= LEAST_READINGS
            assert not (found.surely and not found.reaches)
            assert not (found.hardly and found.reaches)

    def test_a_project_in_order_has_one(self) -> None:
        # Random edits rarely get there: without this the law above might hold for want of cases.
        chance = Random(7)
        for _ in range(50):
            made = project({n * 7: chance.uniform(-1e12, 1e12) for n in range(6)})
            found = forecast(made)
            assert isinstance(found, Forecast)
            assert found.low < found.value < found.high

    def test_readings_that_do_not_move(self) -> None:
        found = forecast(project({0: 40, 7: 40, 14: 40, 21: 40}))
        assert isinstance(found, Forecast)
        # Each may be rounded by half a unit: s = 1 / sqrt(12), and the rest as in the worked example.
        half = 1.8856 / 12**0.5 * (1 + 1 / 4 + 52.5**2 / 245) ** 0.5
        assert (found.low, found.value, found.high) == pytest.approx(
            (40 - half, 40, 40 + half), abs=1e-3
        )
        assert (found.reaches, found.hardly) == (False, True)

    def test_readings_on_one_line_are_no_certainty(self) -> None:
        readings = {0: 90, 7: 80, 14: 70, 21: 60}
        found = forecast(project(readings, first=90.0, to=0.0, by=day(28)))
        assert isinstance(found, Forecast)
        assert found.value == pytest.approx(50)
        assert 0.8 < found.value - found.low < 1.0
        # The goal is just where the line leads: nobody can be sure of that.
        at = forecast(project(readings, first=90.0, to=50.0, by=day(28)))
        assert isinstance(at, Forecast)
        assert (at.surely, at.hardly) == (False, False)

    def test_finer_readings_tell_more(self) -> None:
        whole = {n * 7: 40 - n for n in range(6)}
        wide = forecast(project(whole))
        fine = forecast(project({**whole, 35: 35.1}))
        assert isinstance(wide, Forecast)
        assert isinstance(fine, Forecast)
        assert 0 < fine.high - fine.low < wide.high - wide.low
        assert [step_of(v) for v in ([9, 8], [9, 8.5], [9.25, 8.5], [1200, 1e12])] == [
            1,
            0.1,
            0.01,
            1,
        ]

    @pytest.mark.parametrize(
        ("first", "to", "below"), [(40.0, 10.0, False), (40.0, -10.0, True), (40.0, 0.0, False)]
    )
    def test_what_is_never_below_0_is_not_foretold_there(
        self, first: float, to: float, below: bool
    ) -> None:
        found = forecast(project({0: 40, 7: 30, 14: 22, 21: 9}, first=first, to=to))
        assert isinstance(found, Forecast)
        assert (found.value < 0, found.low < 0) == (below, below)
        assert found.reaches is True
        # One that has been below 0 can be there again.
        under = forecast(project({0: 4, 7: 3, 14: -1, 21: -2}, first=first, to=to))
        assert isinstance(under, Forecast)
        assert under.low < 0

    @pytest.mark.parametrize(
        ("unit", "to", "last", "most"),
        [("%", 95.0, 97, 100), ("per cent", 100.0, 97, 100), ("% of calls", 95.0, 97, 100),
         ("Per cent of calls", 95.0, 97, 100), ("percentage", 95.0, 97, 100), ("in %", 95.0, 97, 100),
         ("percentage points", 95.0, 97, None), ("percents", 95.0, 97, None), ("a week", 95.0, 97, None),
         ("%", 105.0, 97, None), ("%", 95.0, 101, None)],
    )  # fmt: skip
    def test_per_cents_end_at_100(
        self, unit: str, to: float, last: float, most: float | None
    ) -> None:
        made = project({0: 60, 7: 75, 14: 88, 21: last}, first=60.0, to=to)
        found = forecast(made.changed(wanted=made.wanted.changed(unit=unit)))
        assert isinstance(found, Forecast)
        assert found.reaches is True
        if most is None:
            assert found.low > 100
        else:
            assert (found.low, found.value, found.high) == (100, 100, 100)

    @pytest.mark.parametrize(
        ("value", "low", "high", "told"),
        [
            (826_603, 716_703, 936_504, [830_000, 720_000, 940_000]),
            (162.4, 149.5, 175.2, [162, 150, 175]),
            (638.2, 410.4, 866.1, [640, 410, 870]),
            (23.44, 16.94, 29.94, [23, 17, 30]),
            (4.444, 3.333, 5.555, [4.4, 3.3, 5.6]),
            (0.0273, 0.0208, 0.0338, [0.027, 0.021, 0.034]),
            (7, 0, 734, [7, 0, 730]),
            (42, 42, 42, [42, 42, 42]),
        ],
    )
    def test_no_more_digits_than_the_range_bears(
        self, value: float, low: float, high: float, told: list[float]
    ) -> None:
        found = Forecast(TODAY, value, low, high, 4)
        assert [rounded(each, found) for each in (value, low, high)] == told

    def test_the_range_holds_what_comes_as_often_as_it_says(self) -> None:
        chance = Random(2026)
        tries, held = 4000, 0
        for _ in range(tries):
            points = [(7.0 * n, 40 - n + chance.gauss(0, 3)) for n in range(6)]
            found = extrapolated(points, 63)
            assert found is not None
            _, low, high = found
            held += low <= 40 - 9 + chance.gauss(0, 3) <= high
        # Three standard errors of a share of 0.8 in 4000 tries are 0.019.
        assert held / tries == pytest.approx(SHARE, abs=0.02)


class TestQuantile:
    """Student's t, as in the tables."""

    @pytest.mark.parametrize(
        ("freedom", "share", "value"),
        [(1, 0.975, 12.706), (2, 0.9, 1.886), (3, 0.9, 1.638), (4, 0.9, 1.533), (5, 0.975, 2.571),
         (6, 0.95, 1.943), (7, 0.9, 1.415), (30, 0.975, 2.042), (60, 0.9, 1.296),
         (120, 0.975, 1.980)],
    )  # fmt: skip
    def test_as_in_the_tables(self, freedom: int, share: float, value: float) -> None:
        assert t_quantile(freedom, share) == pytest.approx(value, abs=6e-4)


@given(st.lists(st.tuples(st.integers(0, 400), st.floats(-1e12, 1e12)), max_size=8))
def test_a_line_through_anything(points: list[tuple[int, float]]) -> None:
    found = extrapolated(points, 500)
    few = len(points) < LEAST_READINGS or len({x for x, _ in points}) == 1
    assert (found is None) == few
    if found:
        assert found[1] <= found[0] <= found[2]
