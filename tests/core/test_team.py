"""A team together: the worked examples of the rule, and what holds for any team."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bt_assess.core.rubric import Stage
from bt_assess.core.scoring import Confidence, Status, nearest_stage, score_theme
from bt_assess.core.session import Answer
from bt_assess.core.team import (
    Closeness,
    _figures,
    agreement_a,
    closeness,
    interval_rank,
    median,
    most_divided,
    team_profile,
    team_statement,
    team_theme,
)
from tests.core import builders

RUBRIC = builders.rubric(builders.theme_data("111 111 111"))
THEME = RUBRIC.themes[0]
STATEMENT = THEME.statements[0]
RATINGS = list(Answer)[:4]


def rated(*codes: int) -> list[dict[str, Answer]]:
    return [{STATEMENT.id: RATINGS[code]} for code in codes]


def test_the_worked_team() -> None:
    places = [1.21, 1.34, 1.45, 1.52, 1.60, 1.66, 1.71, 2.05]
    counts = {stage: sum(nearest_stage(p) is stage for p in places) for stage in Stage}
    found = _figures(places, counts)
    assert (found["low"], found["high"], found["interval"]) == (1.34, 1.71, True)
    assert found["centre"] == pytest.approx(1.56)
    assert found["ad"] == pytest.approx(0.1875)
    assert found["a"] == pytest.approx(0.625)
    assert found["agreement"] is Closeness.CLOSE
    assert (found["stage"], found["confidence"]) == (Stage.DEVELOPING, Confidence.TENTATIVE)


def test_the_worked_statement() -> None:
    found = team_statement(STATEMENT, rated(0, 0, 3, 3, 3))
    assert (found.median, found.rated, found.disputed) == (3.0, 5, True)
    assert found.ad == pytest.approx(1.2)
    assert found.a == pytest.approx(-0.6)


@pytest.mark.parametrize(
    ("counts", "a"),
    [
        ([5, 0, 0], 1.0), ([2, 2, 2], 0.0), ([4, 0, 4], -1.0), ([5, 0, 0, 5], -1.0),
        ([1, 1, 1, 1], 0.0), ([0, 0, 7, 0], 1.0), ([3, 3, 0], 0.5),
        ([30, 40, 210, 130, 530, 50, 10], 0.6113333),
    ],
)  # fmt: skip
def test_agreement_has_its_published_values(counts: list[int], a: float) -> None:
    """The last one is the example of the R package agrmt."""
    assert agreement_a(counts) == pytest.approx(a, abs=1e-6)


def test_two_camps_have_no_stage() -> None:
    counts = {Stage.STARTING: 4, Stage.DEVELOPING: 0, Stage.CONSOLIDATING: 3}
    found = _figures([1.1, 1.1, 1.2, 1.2, 2.8, 2.9, 2.9], counts)
    assert found["two_camps"]
    assert (found["stage"], found["confidence"]) == (None, None)
    assert found["agreement"] is Closeness.APART


def test_four_people_at_both_ends_are_too_few_for_camps() -> None:
    counts = {Stage.STARTING: 2, Stage.DEVELOPING: 0, Stage.CONSOLIDATING: 2}
    found = _figures([1.1, 1.2, 2.8, 2.9], counts)
    assert not found["two_camps"]
    assert (found["low"], found["high"], found["interval"]) == (1.1, 2.9, False)


def test_a_team_spread_over_all_stages_is_no_two_camps() -> None:
    counts = dict.fromkeys(Stage, 2)
    found = _figures([1.1, 1.2, 1.9, 2.1, 2.8, 2.9], counts)
    assert found["a"] == pytest.approx(0)
    assert (found["two_camps"], found["stage"]) == (False, Stage.DEVELOPING)


def test_interval_ranks_are_those_of_the_table() -> None:
    ranks = {n: interval_rank(n) for n in (1, 4, 5, 7, 8, 10, 11, 12)}
    assert ranks == {1: 1, 4: 1, 5: 1, 7: 1, 8: 2, 10: 2, 11: 3, 12: 3}


@pytest.mark.parametrize(
    ("ad", "word"),
    [(0.2, Closeness.CLOSE), (0.2001, Closeness.SOME_SPREAD), (0.4, Closeness.SOME_SPREAD),
     (0.41, Closeness.APART)],
)  # fmt: skip
def test_closeness_cuts(ad: float, word: Closeness) -> None:
    assert closeness(ad) is word


def test_a_statement_at_the_cut_is_not_disputed() -> None:
    assert not team_statement(STATEMENT, rated(0, 1, 2)).disputed
    assert team_statement(STATEMENT, rated(0, 0, 3, 3)).disputed


def test_who_has_no_place_is_counted_beside_the_others() -> None:
    mixed = builders.answers("333 000 333")
    nothing = builders.answers("--- --- ---")
    strange = builders.answers("000 000 000")
    placed = builders.answers("333 000 000")
    assert score_theme(THEME, mixed).status is Status.MIXED
    found = team_theme(THEME, [mixed, nothing, strange, strange, placed])
    assert (found.people, found.n, found.mixed) == (5, 1, 1)
    assert (found.not_enough, found.not_recognised) == (1, 2)
    assert found.counts == {Stage.STARTING: 1, Stage.DEVELOPING: 0, Stage.CONSOLIDATING: 0}
    assert found.positions == (1.0,)


def test_the_most_divided_statement_comes_first() -> None:
    people = [
        {s.id: RATINGS[code] for s, code in zip(THEME.statements, codes, strict=True)}
        for codes in [(0, 1, 3, 0, 0, 0, 0, 0, 0), (0, 1, 0, 0, 0, 0, 0, 0, 3),
                      (0, 2, 3, 0, 0, 0, 0, 0, 3), (0, 2, 0, 0, 0, 0, 0, 0, 3)]
    ]  # fmt: skip
    order = [s.statement.id for s in most_divided(team_profile(RUBRIC, people).statements)]
    assert order[:3] == [THEME.statements[i].id for i in (2, 8, 1)]
    assert order[3:] == [THEME.statements[i].id for i in (0, 3, 4, 5, 6, 7)]


PEOPLE = st.lists(
    st.lists(st.sampled_from([*Answer, None]), min_size=9, max_size=9), min_size=1, max_size=12
)


@given(PEOPLE, st.randoms(use_true_random=False))
def test_any_team(people: list[list[Answer | None]], chance: random.Random) -> None:
    team = [
        {s.id: a for s, a in zip(THEME.statements, row, strict=True) if a is not None}
        for row in people
    ]
    found = team_profile(RUBRIC, team)
    shuffled = list(team)
    chance.shuffle(shuffled)
    assert team_profile(RUBRIC, shuffled) == found
    theme = found.themes[0]
    assert theme.n + theme.mixed + theme.not_recognised + theme.not_enough == len(team)
    assert sum(theme.counts.values()) == theme.n
    if theme.n:
        assert theme.a is not None
        assert -1 - 1e-9 <= theme.a <= 1 + 1e-9
        assert theme.low is not None
        assert theme.centre is not None
        assert theme.high is not None
        assert 1 <= theme.low <= theme.centre <= theme.high <= 3
    for statement in found.statements:
        assert sum(statement.counts.values()) <= len(team)
        if statement.rated:
            assert statement.median == median(
                sorted(
                    RATINGS.index(a)
                    for p in team
                    if (a := p.get(statement.statement.id)) in RATINGS
                )
            )


PLACES = st.lists(st.floats(1, 3), min_size=1, max_size=15)


def by_stage(places: list[float]) -> dict[Stage, int]:
    return {stage: sum(nearest_stage(p) is stage for p in places) for stage in Stage}


@given(PLACES)
def test_one_more_in_the_centre_moves_nothing_and_brings_a_team_closer(
    places: list[float],
) -> None:
    before = _figures(sorted(places), by_stage(places))
    more = sorted([*places, before["centre"]])
    after = _figures(more, by_stage(more))
    assert after["centre"] == pytest.approx(before["centre"])
    assert after["ad"] <= before["ad"] + 1e-9


@given(PLACES)
def test_a_team_twice_over_is_the_same_team(places: list[float]) -> None:
    one = _figures(sorted(places), by_stage(places))
    twice = _figures(sorted(places * 2), by_stage(places * 2))
    for figure in ("centre", "ad", "a"):
        assert twice[figure] == pytest.approx(one[figure], abs=1e-9)


@given(PLACES)
def test_a_team_seen_from_the_other_end_agrees_as_much(places: list[float]) -> None:
    one = _figures(sorted(places), by_stage(places))
    back = _figures(
        sorted(4 - p for p in places),
        dict(zip(Stage, [*by_stage(places).values()][::-1], strict=True)),
    )
    assert back["ad"] == pytest.approx(one["ad"])
    assert back["a"] == pytest.approx(one["a"])
    assert back["centre"] == pytest.approx(4 - one["centre"])


def test_a_centre_on_a_cut_is_in_the_lower_stage() -> None:
    """1.4 and 1.6 have 1.5 between them, but for the last digit of a float."""
    found = _figures([1.4, 1.4, 1.6, 1.6], by_stage([1.4, 1.4, 1.6, 1.6]))
    assert (found["stage"], found["confidence"]) == (Stage.STARTING, Confidence.TENTATIVE)


def test_an_interval_that_ends_on_a_cut_is_firm_below_it_and_open_above() -> None:
    below, above = [1.2, 1.3, 1.4, 1.45, 1.5], [1.5, 1.6, 1.7, 1.8, 1.9]
    assert _figures(below, by_stage(below))["confidence"] is Confidence.FIRM
    assert _figures(above, by_stage(above))["confidence"] is Confidence.TENTATIVE


def test_the_profile_of_a_strand_is_the_mean_of_its_people() -> None:
    people = [builders.answers("30- --- ---"), builders.answers("3k- --- ---")]
    strand = team_theme(THEME, people).strands["a"]
    assert strand[Stage.STARTING] is not None
    assert strand[Stage.STARTING] == pytest.approx((0.75, 2))
    assert strand[Stage.DEVELOPING] is None


def test_nobody_has_no_agreement() -> None:
    with pytest.raises(ValueError, match="nobody"):
        agreement_a([0, 0, 0])
