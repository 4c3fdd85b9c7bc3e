"""Who is compared with whom, and how two versions of a grid are compared."""

from collections.abc import Sequence
from datetime import date, timedelta
from math import sqrt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bt_assess.core.compared import Compared, Gap, Kind, changes, of_round, of_session
from bt_assess.core.comparison import Verdict
from bt_assess.core.courses import (
    are_one,
    courses,
    first_view,
    identity,
    is_same_session,
    laid,
    same_days,
    why_unfinished,
)
from bt_assess.core.disclosure import disclose, publication
from bt_assess.core.rubric import Stage
from bt_assess.core.saved_comparison import View
from bt_assess.core.scoring import Confidence, Status
from bt_assess.core.upgrade import upgrade
from tests.core import builders
from tests.core.rounds import SMALL, compared, people_of, round_of

NAMES = ("Ada", "Bo", "Zoë", "")
TEAMS = ("North", "South", "")


def taken(name: str, team: str = "", days: int = 0, number: int = 0) -> Compared:
    session = builders.session(
        builders.answers("333 000 000"), id=f"session{number:04}", respondent=name, team=team
    )
    return of_session(SMALL, session.finish(builders.NOON + timedelta(days=days)))


def round_by(team: str, days: int = 0, number: int = 0, title: str = "Spring") -> Compared:
    day = date(2026, 3, 2) + timedelta(days=days)
    return compared(
        ["333 000 000"] * 5, id=f"round{number:04}", team=team, title=title, created=day
    )


@st.composite
def many(draw: st.DrawFn) -> list[Compared]:
    """Sessions and rounds of a few people and teams, in any order."""
    one = st.tuples(
        st.sampled_from(Kind), st.sampled_from(NAMES), st.sampled_from(TEAMS), st.integers(0, 6)
    )
    found = draw(st.lists(one, min_size=2, max_size=9))
    return [
        taken(name, team, days, n)
        if kind is Kind.SESSION
        else round_by(team, days, n, title=name or "Round")
        for n, (kind, name, team, days) in enumerate(found)
    ]


SPELT = [str.upper, str.lower, lambda name: f"  {name} ", lambda name: name]


class TestIdentity:
    @given(st.sampled_from(NAMES), st.sampled_from(TEAMS), st.sampled_from(SPELT))
    def test_however_a_name_is_spelt(self, name: str, team: str, spelt: object) -> None:
        assert callable(spelt)
        assert identity(taken(name, team)) == identity(taken(spelt(name), spelt(team)))

    @given(st.tuples(st.sampled_from(NAMES), st.sampled_from(TEAMS)),
           st.tuples(st.sampled_from(NAMES), st.sampled_from(TEAMS)))  # fmt: skip
    def test_one_person_has_one_name_and_one_team(
        self, one: tuple[str, str], other: tuple[str, str]
    ) -> None:
        assert (identity(taken(*one)) == identity(taken(*other))) is (one == other)

    def test_a_team_goes_by_its_name_and_not_by_its_rounds_titles(self) -> None:
        assert are_one([round_by("North", title="Spring"), round_by("NORTH", 9, title="Autumn")])
        assert not are_one([round_by("North"), round_by("South")])

    def test_a_person_called_like_a_team_is_none(self) -> None:
        assert not are_one([round_by("North"), taken("North")])
        assert not are_one([round_by("North"), taken("", "North")])


class TestCourses:
    @given(many())
    def test_everything_is_in_one_course_and_every_course_is_of_one(
        self, items: list[Compared]
    ) -> None:
        found = courses(items)
        assert sorted(i.id for course in found for i in course) == sorted(i.id for i in items)
        assert len({identity(i) for i in items}) == len(found)
        for course in found:
            assert are_one(course)
            assert [i.when for i in course] == sorted(i.when for i in course)

    @given(many())
    def test_laid_tells_change_only_of_those_who_are_there_twice(
        self, items: list[Compared]
    ) -> None:
        found = laid(items)
        assert {i.id for i in (*found.items, *found.copies)} == {i.id for i in items}
        for n, one in enumerate(found.items):
            copies = [other for other in found.items[:n] if is_same_session(one, other)]
            assert not copies or len(found.items) == 2
        everybody = {identity(i) for i in items}
        times = [sum(identity(i) == who for i in found.items) for who in everybody]
        assert sorted(map(len, found.courses)) == sorted(n for n in times if n > 1)
        assert [len(c) for c in found.courses] == sorted(map(len, found.courses), reverse=True)
        assert found.is_one is (len(everybody) == 1)

    @given(many())
    def test_side_by_side_is_everybody_once_as_they_are_now(self, items: list[Compared]) -> None:
        beside = laid(items).beside
        everybody = {identity(i) for i in items}
        if len(everybody) == 1:
            assert beside == ()
            return
        assert [identity(i) for i in beside].count(identity(beside[0])) == 1
        assert {identity(i) for i in beside} == everybody
        assert len(beside) == len(everybody)
        for each in beside:
            assert all(i.when <= each.when for i in items if identity(i) == identity(each))

    @given(many())
    def test_the_order_in_which_they_are_named_makes_no_difference(
        self, items: list[Compared]
    ) -> None:
        once = [*{(i.kind, i.when): i for i in items}.values()]
        assert laid(once[::-1]) == laid(once)

    def test_of_rounds_of_one_day_it_is_told_that_their_order_is_not_known(self) -> None:
        rounds = [round_by("North", number=n, title=f"Round {n}") for n in range(3)]
        day = rounds[0].when
        later = round_by("North", 9, 9)
        assert same_days((rounds[0], later)) == ()
        assert same_days((rounds[0], rounds[1], later)) == (day,)
        follower = compared(["333 000 000"] * 5, id="followed", created=day, after=rounds[0].id)
        assert same_days((rounds[0], follower)) == ()
        assert same_days((rounds[0], follower, rounds[1])) == (day,)
        assert same_days((taken("Ada"), taken("Ada", number=1))) == ()

    @pytest.mark.parametrize(
        ("items", "view"),
        [
            ([taken("Ada"), taken("ada ", days=1)], View.CHANGE),
            ([taken("Ada"), taken("Ada", days=1), taken("Ada", days=2)], View.TREND),
            ([taken("Ada"), taken("Bo")], View.BESIDE),
            ([taken("Ada"), taken("Bo"), taken("Cy")], View.BESIDE),
            ([round_by("North"), round_by("South", 9)], View.BESIDE),
            ([round_by("North"), taken("Ada", "North")], View.BESIDE),
            ([taken("Ada"), taken("Bo"), taken("Ada", days=3)], View.TREND),
        ],
    )
    def test_how_they_are_looked_at_first(self, items: Sequence[Compared], view: View) -> None:
        assert first_view(items) is view


def test_only_what_is_finished_can_be_compared() -> None:
    begun = builders.session(builders.answers("333 00- ---"))
    assert why_unfinished(SMALL, begun).startswith("it is not finished (5 of 9 answered)")
    assert why_unfinished(SMALL, begun.finish(builders.NOON)) == ""


# Two versions of a grid: ten statements a stage, of which an older version had three.

OLD, NEW = builders.theme_data("111 111 111"), builders.theme_data(" ".join(["1" * 10] * 3))
OLDER = builders.rubric(OLD)
ADDED = tuple(s.id for s in builders.rubric(NEW).asked if s.id not in OLDER.statements)
IN_USE = builders.with_since(builders.rubric(NEW), dict.fromkeys(ADDED, "2.0"), "2.0")
IS_NEW = {"rubric": {"id": "small-grid", "version": "2.0"}}


def old(row: str, **more: object) -> Compared:
    session = builders.session(builders.answers(row), **more)
    return of_session(IN_USE, session.finish(session.started))


def new(row: str, **more: object) -> Compared:
    return of_session(IN_USE, builders.session(builders.answers(row), **{**IS_NEW, **more}))


def by_stage(*signs: str) -> str:
    """All ten of each stage."""
    return " ".join(sign * 10 for sign in signs)


class TestVersions:
    def test_there_are_21_more(self) -> None:
        assert (len(ADDED), len(IN_USE.statements)) == (21, 30)

    def test_what_was_not_asked_then_is_not_missing(self) -> None:
        """All nine of nine: coverage 1, three of each stage, so the place is firm."""
        [standing] = old("333 000 000").standings
        assert (standing.position, standing.stage) == (1.0, Stage.STARTING)
        assert standing.confidence is Confidence.FIRM

    def test_what_was_asked_and_not_answered_is(self) -> None:
        """Nine of thirty in the version in use: coverage 0.3, which is not enough."""
        [standing] = new("333------- 000------- 000-------").standings
        assert standing.gap is Status.NOT_ENOUGH

    def test_dont_know_was_asked(self) -> None:
        """Six of nine: coverage 2/3 is below 3/4, so the place is a first impression."""
        [standing] = old("33k 00k 00k").standings
        assert standing.confidence is Confidence.PROVISIONAL
        [standing] = old("3kk 0kk 0kk").standings
        assert standing.gap is Status.NOT_ENOUGH

    def test_change_is_told_on_what_both_versions_have(self) -> None:
        # Of all ten, half of the first stage is true later; of the three that were there, none.
        after = "000" + "3" * 5 + "00"
        before, after_ = old("333 000 000"), new(f"{after} {by_stage('3', '0')}")
        [change] = changes(IN_USE, before, after_)
        assert (change.before.position, change.after.position) == (1.0, 2.0)
        assert change.delta == pytest.approx(1.0)
        assert change.se == pytest.approx(sqrt(0.05**2 + 0.05**2))
        assert change.verdict is Verdict.CLEAR_CHANGE
        assert change.left_out.one_version == ADDED
        assert change.left_out.not_rated == ()

    @pytest.mark.parametrize("turned", [False, True])
    def test_what_is_left_out_is_told_apart(self, turned: bool) -> None:
        pair = old("33k 000 000"), new(f"{by_stage('0', '3')} k000000000")
        [change] = changes(IN_USE, *(pair[::-1] if turned else pair))
        assert change.left_out.one_version == ADDED
        assert change.left_out.not_rated == ("leadership.starting.3", "leadership.consolidating.1")
        assert len(change.left_out.ids) == 23

    def test_one_skipped_in_the_old_version_was_asked(self) -> None:
        [change] = changes(IN_USE, old("33- 000 000"), new(by_stage("0", "3", "0")))
        assert change.left_out.one_version == ADDED
        assert change.left_out.not_rated == ("leadership.starting.3",)

    def test_of_few_answers_a_newer_rubric_makes_no_place(self) -> None:
        """Four of nine: not enough then, and not enough because others were added since."""
        [standing] = old("33- 0-- 0--").standings
        assert standing.gap is Status.NOT_ENOUGH
        [change] = changes(IN_USE, old("33- 0-- 0--"), new(by_stage("0", "3", "0")))
        assert (change.delta, change.why_not) == (None, Status.NOT_ENOUGH)
        # The later time is told as it is: all of it was answered.
        assert (change.before.gap, change.after.position) == (Status.NOT_ENOUGH, 2.0)

    def test_carried_to_the_newer_version_it_keeps_its_place(self) -> None:
        session = builders.session(builders.answers("333 000 000"))
        done = of_session(IN_USE, upgrade(session.finish(builders.NOON), IN_USE).session)
        assert done.standings == old("333 000 000").standings
        assert done.standings[0].position == 1.0
        # Whoever is not done is still to be asked the 21 that are new.
        going_on = of_session(IN_USE, upgrade(session, IN_USE).session)
        assert going_on.standings[0].gap is Status.NOT_ENOUGH

    def test_a_place_both_times_and_nothing_in_common(self) -> None:
        """Five of ten each time, and not the same five."""
        one = new("33333----- 00000----- 00000-----")
        other = new("-----00000 -----33333 -----00000")
        [change] = changes(IN_USE, one, other)
        assert (one.standings[0].position, other.standings[0].position) == (1.0, 2.0)
        # Of the two together neither is told: they are of other statements.
        assert (change.before.position, change.after.position) == (None, None)
        assert (change.delta, change.why_not) == (None, Gap.LITTLE_IN_COMMON)

    def test_what_is_gone_is_named_too(self) -> None:
        """An older version's own statement, beside the newer one's."""
        answers = builders.answers("333 000 000")
        answers["leadership.starting.99"] = builders.answers("3 - -")["leadership.starting.1"]
        item = of_session(IN_USE, builders.session(answers).finish(builders.NOON))
        [change] = changes(IN_USE, item, new(by_stage("0", "3", "0")))
        assert change.left_out.one_version[-1] == "leadership.starting.99"
        assert len(change.left_out.one_version) == 22

    def test_two_of_the_old_version_leave_out_what_neither_was_asked(self) -> None:
        [change] = changes(IN_USE, old("333 000 000"), old("000 333 000"))
        assert change.delta == pytest.approx(1.0)
        assert change.left_out.one_version == ADDED

    def test_of_rounds_what_one_team_was_not_asked_is_named(self) -> None:
        """Nobody of the earlier round could answer the 21; the later one's nine people did."""
        before = of_old_version(["333 000 000"] * 9)
        after = compared(
            [by_stage("0", "3", "0")] * 9, rubric=IN_USE, id="round2222", created=date(2026, 9, 1)
        )
        [change] = changes(IN_USE, before, after)
        assert change.left_out.one_version == ADDED
        assert change.left_out.not_rated == ()

    def test_a_team_has_its_place_from_what_it_was_asked(self) -> None:
        """All of them firmly at starting: what the version in use has more is not missing."""
        [standing] = of_old_version(["333 000 000"] * 9).standings
        assert (standing.position, standing.stage, standing.n) == (1.0, Stage.STARTING, 9)


def of_old_version(rows: Sequence[str]) -> Compared:
    """A round that was opened on the older version, read with the one in use."""
    people = people_of(rows)
    round_ = publication(round_of(OLDER), [person.sealed_name for person in people])
    return of_round(IN_USE, round_, disclose(IN_USE, round_, people))


class TestOneSession:
    def test_carried_to_a_newer_version_it_is_the_same(self) -> None:
        session = builders.session(builders.answers("333 000 000")).finish(builders.NOON)
        carried = upgrade(session, IN_USE).session
        one, other = of_session(IN_USE, session), of_session(IN_USE, carried)
        assert is_same_session(one, other)
        assert is_same_session(other, one)

    @pytest.mark.parametrize(
        "more", [{"respondent": "Bo"}, {"team": "South"}, {"answers": builders.answers("233 000 000")},
                 {"started": builders.NOON - timedelta(seconds=1)}, {"answers": {}}]
    )  # fmt: skip
    def test_another_ones_or_another_days_is_not(self, more: dict[str, Any]) -> None:
        rows = builders.answers("333 000 000")
        one = builders.session(rows, respondent="Ada", team="North").finish(builders.NOON)
        head: dict[str, Any] = {"respondent": "Ada", "team": "North", "answers": rows, **more}
        other = builders.session(**head).finish(builders.NOON)
        assert not is_same_session(of_session(SMALL, one), of_session(SMALL, other))

    def test_a_round_is_no_session(self) -> None:
        assert not is_same_session(round_by("North"), round_by("North"))
        assert not is_same_session(taken("Ada"), round_by("North"))

    @pytest.mark.parametrize("beside", [(), (taken("Bo"),)])
    def test_copies_are_counted_once(self, beside: tuple[Compared, ...]) -> None:
        """Three copies are no trend; beside somebody else, one session is one time."""
        one = taken("Ada")
        found = laid([one, one, one, *beside])
        if beside:
            assert (found.courses, len(found.beside), len(found.copies)) == ((), 2, 2)
        else:
            assert (found.items, len(found.copies)) == ((one, one), 1)
