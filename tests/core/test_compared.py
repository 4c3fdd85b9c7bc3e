"""What is laid side by side: standings, changes, trends, progress."""

from datetime import timedelta
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bt_assess.core.compared import (
    Compared,
    Gap,
    Kind,
    beside,
    by_date,
    changes,
    false_alarms,
    gone,
    of_round,
    of_session,
    progress,
    trends,
)
from bt_assess.core.comparison import NotComparable, Verdict, compare
from bt_assess.core.disclosure import Person, Shown, Why
from bt_assess.core.rubric import Stage
from bt_assess.core.scoring import Status, score
from tests.core import builders
from tests.core.rounds import SMALL, compared, round_of

STARTING, MIDDLE, LATER = "323 101 000", "111 332 110", "000 232 233"
SPLIT = "333 000 333"


def taken(row: str, days: int = 0, **more: Any) -> Compared:
    """A session of these answers, finished so many days after noon."""
    session = builders.session(builders.answers(row), **more)
    return of_session(SMALL, session.finish(builders.NOON + timedelta(days=days)))


class TestStandings:
    def test_of_a_session_it_is_the_score(self) -> None:
        item = taken(MIDDLE, respondent="Ada", team="North", tags=("first",))
        [found] = score(SMALL, builders.answers(MIDDLE)).themes
        [standing] = item.standings
        assert (item.kind, item.name, item.team, item.tags) == (
            Kind.SESSION, "Ada", "North", ("first",)
        )  # fmt: skip
        assert (standing.position, standing.se, standing.low, standing.high) == (
            found.position, found.se, found.low, found.high
        )  # fmt: skip
        assert (standing.stage, standing.n, standing.gap) == (Stage.DEVELOPING, 1, None)

    @pytest.mark.parametrize(
        ("row", "gap"),
        [(SPLIT, Status.MIXED), ("000 000 000", Status.NOT_RECOGNISED),
         ("3-- --- ---", Status.NOT_ENOUGH)],
    )  # fmt: skip
    def test_what_has_no_place_is_a_gap(self, row: str, gap: Status) -> None:
        [standing] = taken(row).standings
        assert standing.gap is gap
        assert {standing.position, standing.low, standing.high, standing.stage} == {None}

    @given(st.text("0123kn-", min_size=9, max_size=9))
    def test_there_is_a_place_or_a_gap_and_never_both(self, row: str) -> None:
        [standing] = taken(f"{row[:3]} {row[3:6]} {row[6:]}").standings
        assert (standing.position is None) is (standing.gap is not None)

    def test_five_people_have_a_middle_and_no_interval(self) -> None:
        [standing] = compared([STARTING] * 2 + [MIDDLE] * 3).standings
        assert standing.position is not None
        assert (standing.n, standing.low, standing.se) == (5, None, None)

    def test_eight_people_have_an_interval(self) -> None:
        [standing] = compared([STARTING] * 3 + [MIDDLE] * 5).standings
        assert standing.low is not None
        assert standing.high is not None
        assert standing.low <= (standing.position or 0) <= standing.high

    def test_two_camps_are_a_gap(self) -> None:
        [standing] = compared([STARTING] * 5 + [LATER] * 5).standings
        assert (standing.position, standing.gap, standing.n) == (None, Gap.TWO_CAMPS, 10)

    def test_four_people_are_too_few(self) -> None:
        [standing] = compared([STARTING] * 4).standings
        assert (standing.position, standing.gap) == (None, Why.TOO_FEW)

    def test_a_range_of_three_named_people_is_not_drawn_as_an_interval(self) -> None:
        item = compared([STARTING, MIDDLE, MIDDLE], ["Ada", "Ben", "Cy"],
                        figures_from=1, pictures_from=1)  # fmt: skip
        [standing] = item.standings
        assert standing.position is not None
        assert (standing.low, standing.high) == (None, None)

    def test_another_rubric_is_refused(self) -> None:
        other = builders.session({}, rubric={"id": "other-grid", "version": "1"})
        with pytest.raises(NotComparable, match="other-grid"):
            of_session(SMALL, other)

    def test_people_of_a_round_without_names_never_get_in(self) -> None:
        ready = compared([STARTING] * 5)
        assert ready.shown is not None
        assert ready.shown.people == ()
        leaking = Shown(respondents=1, shown=True, why_not=None, themes=ready.shown.themes,
                        statements=(), people=(Person("0" * 16, {}, {}),))  # fmt: skip
        with pytest.raises(ValueError, match="shows nobody"):
            of_round(SMALL, round_of(), leaking)


class TestChanges:
    def test_of_two_sessions_it_is_what_comparison_says(self) -> None:
        before, after = taken(STARTING), taken("-00 2k2 233")
        [change] = changes(SMALL, before, after)
        assert before.session is not None
        assert after.session is not None
        [old] = compare(SMALL, before.session, after.session).themes
        assert (change.delta, change.se, change.verdict) == (old.delta, old.se, old.verdict)
        assert change.verdict is Verdict.CLEAR_CHANGE
        assert change.stands_out
        assert len(change.left_out.ids) == old.left_out == 2
        assert change.left_out.not_rated == (
            "leadership.starting.1", "leadership.developing.2"
        )  # fmt: skip

    def test_a_mixed_picture_has_no_change(self) -> None:
        [change] = changes(SMALL, taken(STARTING), taken(SPLIT))
        assert (change.delta, change.verdict, change.why_not) == (None, None, Status.MIXED)
        assert not change.stands_out

    def test_a_person_does_not_change_into_a_team(self) -> None:
        [change] = changes(SMALL, taken(STARTING), compared([MIDDLE] * 5))
        assert (change.delta, change.why_not) == (None, Gap.NOT_ALIKE)

    def test_what_only_one_version_has_is_named(self) -> None:
        old = builders.session(
            {**builders.answers("32- 101 000"), "leadership.starting.9": builders.answers("3 - -")[
                "leadership.starting.1"]},
            rubric={"id": SMALL.id, "version": "0.9"},
        )  # fmt: skip
        small = builders.with_since(SMALL, {"leadership.starting.3": "1.0"})
        before, after = of_session(small, old.finish(old.started)), taken("323 101 00k")
        [change] = changes(small, before, after)
        assert change.left_out.one_version == ("leadership.starting.3", "leadership.starting.9")
        assert change.left_out.not_rated == ("leadership.consolidating.3",)
        # Its theme is there: it is told with that.
        assert gone(SMALL, [before, after]) == ()

    def test_statements_that_are_gone_come_as_people_count(self) -> None:
        given = builders.answers("333 000 000")
        given |= {
            f"leadership.starting.{n}": given["leadership.starting.1"] for n in (10, 6, 12, 9)
        }
        before = of_session(SMALL, builders.session(given))
        [change] = changes(SMALL, before, taken("333 000 000"))
        counted = tuple(f"leadership.starting.{n}" for n in (6, 9, 10, 12))
        assert change.left_out.one_version == counted
        elsewhere = {i.replace("leadership", "learning"): answer for i, answer in given.items()}
        both = of_session(SMALL, builders.session({**given, **elsewhere}))
        learning = tuple(i for i in gone(SMALL, [before, both]) if ".starting." in i)
        assert learning == tuple(f"learning.starting.{n}" for n in (1, 2, 3, 6, 9, 10, 12))

    def test_statements_that_both_versions_have_still_count(self) -> None:
        old = builders.session(
            builders.answers(STARTING), rubric={"id": SMALL.id, "version": "0.9"}
        )
        [change] = changes(SMALL, of_session(SMALL, old), taken(LATER))
        assert change.verdict is Verdict.CLEAR_CHANGE
        assert change.left_out.ids == ()


class TestTrends:
    def test_gaps_stay_and_change_is_between_places(self) -> None:
        items = [taken(LATER, 300), taken(SPLIT, 400), taken(STARTING), taken(MIDDLE, 100)]
        [trend] = trends(SMALL, items)
        assert [item.when for item, _ in trend.points] == sorted(item.when for item in items)
        assert [s.gap for _, s in trend.points] == [None, None, None, Status.MIXED]
        assert trend.ends == (items[2], items[0])
        assert trend.steps == (items[3], items[0])
        assert trend.whole == changes(SMALL, items[2], items[0])[0]
        assert trend.latest == changes(SMALL, items[3], items[0])[0]

    def test_of_one_place_there_is_no_change(self) -> None:
        [trend] = trends(SMALL, [taken(STARTING), taken(SPLIT, 3)])
        assert (trend.whole, trend.latest, trend.ends) == (None, None, None)

    def test_two_of_a_day_are_in_the_order_of_their_times(self) -> None:
        first = of_session(SMALL, builders.session().finish(builders.NOON))
        second = of_session(SMALL, builders.session().finish(builders.NOON + timedelta(minutes=9)))
        assert by_date([second, first]) == (first, second)

    def test_rounds_of_a_day_are_in_the_order_in_which_they_followed(self) -> None:
        """Whatever their ids are; one that followed none of them stays where it is."""
        rows = [STARTING] * 5
        first, second, third = (
            compared(rows, id=id_, after=after)
            for id_, after in (("zzzz1111", "earlier1"), ("mmmm1111", "zzzz1111"), ("aaaa1111", "mmmm1111"))
        )  # fmt: skip
        other = compared(rows, id="bbbb1111")
        for items in permutations([first, second, third]):
            assert by_date(items) == (first, second, third)
        for items in permutations([first, second, third, other]):
            found = [each for each in by_date(items) if each is not other]
            assert found == [first, second, third]
        assert by_date([other, first]) == (other, first)
        assert by_date([first, other]) == (first, other)

    def test_rounds_that_say_they_followed_each_other_stop_nothing(self) -> None:
        one = compared([STARTING] * 5, id="zzzz1111", after="aaaa1111")
        other = compared([STARTING] * 5, id="aaaa1111", after="zzzz1111")
        assert {each.id for each in by_date([one, other])} == {one.id, other.id}


def test_a_person_beside_a_team() -> None:
    person, team = taken(LATER), compared([STARTING] * 8)
    [found] = beside(SMALL, person, team)
    assert found.difference is not None
    assert found.difference > 1
    [apart] = beside(SMALL, taken(SPLIT), team)
    assert apart.difference is None


@pytest.mark.parametrize(
    ("base", "now", "target", "share"),
    [(1.0, 1.5, 2.0, 0.5), (2.0, 1.5, 1.0, 0.5), (1.0, 2.5, 2.0, 1.5), (1.5, 1.0, 2.0, -1.0),
     (2.0, 2.5, 2.0, None), (None, 2.0, 3.0, None), (1.0, None, 3.0, None), (1.0, 2.0, None, None)],
)  # fmt: skip
def test_progress(
    base: float | None, now: float | None, target: float | None, share: float | None
) -> None:
    assert progress(base, now, target) == share


def test_false_alarms() -> None:
    assert [false_alarms(n) for n in (0, 1, 6)] == [0, 5, 24]
