"""What may be shown of a group. What all of it together gives away: test_disclosure_attack.py."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from bt_assess.core.disclosure import (
    Person,
    Shown,
    Why,
    disclose,
    disclose_revote,
    publication,
)
from bt_assess.core.round import Round, Step
from bt_assess.core.rubric import Stage
from bt_assess.core.scoring import mean_rating, score_theme
from bt_assess.core.session import Answer
from tests.core import builders

RUBRIC = builders.rubric(builders.theme_data("111 111 111"))
STATEMENTS = list(RUBRIC.statements)
RATINGS = list(Answer)[:4]
ROWS = (
    "333 000 000", "233 100 000", "333 111 000", "111 333 000", "011 323 100", "000 333 111",
    "000 233 211", "000 111 333", "000 010 333", "322 110 000", "121 332 011", "000 122 333",
)  # fmt: skip


def name(number: int) -> str:
    return f"{'abcdefghijklmnop'[number]}{'0' * 15}"


def team(count: int, **more: Any) -> list[Person]:
    return [
        Person(name(n), builders.answers(ROWS[n % len(ROWS)]), more.get("notes", {}))
        for n in range(count)
    ]


def opened(**more: Any) -> Round:
    values: dict[str, Any] = {
        "id": "q7w8e9r2", "title": "Spring", "expected": 12, "created": date(2026, 3, 2),
        "rubric": {"id": RUBRIC.id, "version": RUBRIC.version}, "begun": True,
        "step": Step.DISCUSSING, **more,
    }  # fmt: skip
    return Round.model_validate(values)


def look(round_: Round, people: Sequence[Person]) -> tuple[Round, Shown]:
    """The facilitator opens the round: who is shown is written down, then it shows."""
    round_ = publication(round_, [person.sealed_name for person in people])
    return round_, disclose(RUBRIC, round_, people)


def figures(shown: Shown) -> list[object]:
    """Everything in a table that came from somebody's answers."""
    found: list[object] = []
    for theme in shown.themes:
        found += [theme.centre, theme.ad, theme.a, theme.counts, theme.low, theme.positions]
        found += [theme.mixed, theme.not_enough, theme.not_recognised, theme.strands, theme.n]
    for statement in shown.statements:
        found += [statement.counts, statement.median, statement.ad, *statement.notes]
    return [each for each in found if each not in (None, ())]


@pytest.mark.parametrize("step", [Step.BRIEF, Step.ACTIONS, Step.COLLECTING, Step.CLOSED])
def test_nothing_shows_before_the_round_is_opened(step: Step) -> None:
    _, shown = look(opened(step=step), team(9, notes={STATEMENTS[0]: "secret"}))
    assert (shown.shown, shown.why_not) == (False, Why.NOT_OPEN)
    assert figures(shown) == []


@pytest.mark.parametrize("count", range(5))
def test_nothing_shows_under_five_people(count: int) -> None:
    _, shown = look(opened(), team(count, notes={STATEMENTS[0]: "secret"}))
    assert (shown.shown, shown.why_not) == (False, Why.TOO_FEW)
    assert figures(shown) == []


def test_five_people_have_figures_and_no_single_places() -> None:
    _, shown = look(opened(), team(5))
    [theme] = shown.themes
    assert theme.n == 5
    assert theme.centre is not None
    assert theme.counts is not None
    assert (theme.low, theme.high, theme.positions) == (None, None, None)
    assert theme.withheld is Why.TOO_FEW_FOR_PLACES


def test_eight_people_have_places_and_the_grain_hides_their_digits() -> None:
    [theme] = look(opened(), team(8))[1].themes
    assert theme.positions is not None
    assert len(theme.positions) == theme.n == 8
    for value in (*theme.positions, theme.centre, theme.low, theme.high):
        assert value is not None
        assert round(value * 20, 6) % 1 == 0


def test_a_facilitator_can_ask_for_more_people() -> None:
    _, shown = look(opened(figures_from=7, pictures_from=10), team(6))
    assert not shown.shown
    [theme] = look(opened(figures_from=7, pictures_from=10), team(9))[1].themes
    assert theme.centre is not None
    assert theme.positions is None


def test_a_theme_in_which_few_have_a_place_says_how_many_and_nothing_of_them() -> None:
    people = [*team(4), *(Person(name(n), {}, {}) for n in range(4, 9))]
    [theme] = look(opened(), people)[1].themes
    assert (theme.people, theme.n, theme.not_enough, theme.mixed) == (9, 4, 5, 0)
    assert (theme.centre, theme.ad, theme.a, theme.counts) == (None, None, None, None)
    assert (theme.stage, theme.agreement, theme.two_camps) == (None, None, None)
    assert theme.withheld is Why.TOO_FEW


def test_a_statement_that_few_rated_says_how_many_and_nothing_of_them() -> None:
    people = [
        Person(name(n), {STATEMENTS[0]: Answer.FULLY if n < 4 else Answer.UNKNOWN}, {})
        for n in range(9)
    ]
    _, shown = look(opened(), people)
    statement = shown.statement(STATEMENTS[0])
    assert (statement.counts, statement.median, statement.withheld) == (None, None, Why.TOO_FEW)
    assert (statement.people, statement.rated, statement.unknown) == (9, 4, 5)
    assert shown.statement(STATEMENTS[1]).withheld is Why.NOBODY


def test_five_who_rated_a_statement_are_enough_whoever_did_not() -> None:
    people = [
        Person(name(n), {STATEMENTS[0]: Answer.FULLY if n < 5 else Answer.UNKNOWN}, {})
        for n in range(6)
    ]
    statement = look(opened(), people)[1].statement(STATEMENTS[0])
    assert statement.counts is not None
    assert (statement.counts[Answer.FULLY], statement.unknown, statement.median) == (5, 1, 3.0)
    assert (statement.disputed, statement.withheld) == (False, None)


def test_a_strand_says_no_more_than_the_counts_do() -> None:
    """The mean over people would say what the one answered elsewhere who left a statement out."""
    first, second = STATEMENTS[:2]

    def strands(leaver: Answer) -> object:
        rest = [a for a in RATINGS if a is not leaver]
        people = [
            Person(name(0), {first: leaver, second: Answer.UNKNOWN}, {}),
            *(
                Person(name(n), {first: a, second: Answer.PARTLY}, {})
                for n, a in enumerate([*rest, Answer.NOT, Answer.NOT], start=1)
            ),
        ]
        return look(opened(), people)[1].themes[0].strands

    assert strands(Answer.PARTLY) == strands(Answer.MOSTLY) == strands(Answer.FULLY)


def test_a_strand_is_the_mean_of_its_statements_and_shows_when_all_of_them_do() -> None:
    def endorsement(*rows: str) -> float | None:
        people = [Person(name(n), builders.answers(row), {}) for n, row in enumerate(rows)]
        strands = look(opened(), people)[1].themes[0].strands
        assert strands is not None
        return strands["a"][Stage.STARTING]

    assert endorsement(*["300 000 000"] * 3, *["030 000 000"] * 3) == pytest.approx(1 / 3)
    assert endorsement(*["3k0 000 000"] * 6) == pytest.approx(0.5)
    assert endorsement(*["3k0 000 000"] * 5, "330 000 000") is None


def test_notes_come_in_another_order_at_each_statement() -> None:
    people = [Person(name(n), {}, dict.fromkeys(STATEMENTS, f"note of {n}")) for n in range(9)]
    _, shown = look(opened(), people)
    orders = {tuple(note.split()[2] for note in shown.statement(each).notes) for each in STATEMENTS}
    assert len(orders) > 5
    assert tuple(map(str, range(9))) not in orders
    assert look(opened(), people[::-1])[1].statements == shown.statements


def test_with_names_everything_shows() -> None:
    people = [Person(name(0), builders.answers(ROWS[0]), {STATEMENTS[0]: "Mine."}, "Ada")]
    shown = disclose(RUBRIC, opened(named=True, figures_from=1, pictures_from=1), people)
    assert shown.people == tuple(people)
    assert shown.themes[0].positions == (1.0,)
    assert shown.statement(STATEMENTS[0]).notes == ("Ada: Mine.",)


def test_who_is_not_written_down_is_not_shown() -> None:
    """Whoever shows first and writes down later, or never, shows nothing."""
    shown = disclose(RUBRIC, opened(), team(9))
    assert (shown.shown, shown.why_not, figures(shown)) == (False, Why.NOT_OPEN, [])
    round_, before = look(opened(), team(9))
    later = disclose(RUBRIC, round_, team(15))
    assert (later.respondents, later.late, later.themes) == (9, 6, before.themes)


def test_nobody_is_written_down_before_the_round_is_opened() -> None:
    for step in (Step.COLLECTING, Step.CLOSED):
        round_ = opened(step=step)
        assert publication(round_, [name(n) for n in range(9)]) is round_


def test_looking_again_writes_nothing_down() -> None:
    round_, shown = look(opened(), team(9))
    assert look(round_, team(9)) == (round_, shown)
    assert publication(round_, shown.counted) is round_


def test_too_small_a_batch_written_into_the_file_by_hand_shows_nothing() -> None:
    published = (tuple(name(n) for n in range(8)), (name(8),))
    shown = disclose(RUBRIC, opened(published=published), team(9))
    assert (shown.shown, shown.why_not, figures(shown)) == (False, Why.A_REST, [])


def test_a_round_that_is_closed_again_shows_nothing_until_it_is_opened() -> None:
    round_, _ = look(opened(), team(9))
    for step in (Step.CLOSED, Step.COLLECTING):
        shown = disclose(RUBRIC, round_.at_step(step), team(9))
        assert (shown.shown, shown.why_not, figures(shown)) == (False, Why.NOT_OPEN, [])


def test_with_names_two_people_are_enough_and_places_keep_their_digits() -> None:
    people = [Person(name(n), builders.answers(ROWS[1]), {}, who) for n, who in enumerate("AB")]
    [theme] = look(opened(named=True), people)[1].themes
    place = score_theme(RUBRIC.themes[0], people[0].answers).position
    assert place is not None
    assert round(place * 20, 6) % 1
    assert theme.positions == pytest.approx((place, place))
    assert (theme.centre, theme.low, theme.interval) == (*[pytest.approx(place)] * 2, False)
    assert theme.strands is not None
    assert theme.strands["a"][Stage.STARTING] == pytest.approx(8 / 9)


class TestLate:
    """People who come after the first figures have been shown."""

    @pytest.mark.parametrize(("least", "late"), [(5, 4), (5, 5), (7, 5), (7, 6), (7, 7)])
    def test_they_count_as_soon_as_they_are_as_many_as_figures_need(
        self, least: int, late: int
    ) -> None:
        round_, _ = look(opened(figures_from=least), team(8))
        _, shown = look(round_, team(8 + late))
        counted = late if late >= least else 0
        assert (shown.respondents, shown.late) == (8 + counted, late - counted)

    def test_a_statement_that_few_of_them_rated_stays_as_it_was(self) -> None:
        sure = [Person(name(n), {STATEMENTS[0]: Answer.PARTLY}, {}) for n in range(6)]
        late = [
            Person(name(6 + n), {STATEMENTS[0]: Answer.FULLY if n < 3 else Answer.UNKNOWN}, {})
            for n in range(5)
        ]
        round_, before = look(opened(), sure)
        round_, after = look(round_, [*sure, *late])
        [one, other] = (shown.statement(STATEMENTS[0]) for shown in (before, after))
        assert (after.respondents, other.people, other.withheld) == (11, 6, Why.A_REST)
        assert (other.counts, other.unknown) == (one.counts, one.unknown)
        # With five more who rated it, all of them count together.
        more = [Person(name(11 + n), {STATEMENTS[0]: Answer.NOT}, {}) for n in range(5)]
        last = look(round_, [*sure, *late, *more])[1].statement(STATEMENTS[0])
        assert (last.people, last.rated, last.withheld) == (16, 14, None)

    def test_a_statement_that_had_too_few_before_shows_as_soon_as_all_are_enough(self) -> None:
        """Nothing was shown of the four, so that nothing can be taken away from the seven."""
        rates = {STATEMENTS[0]: Answer.PARTLY}
        round_, before = look(
            opened(), [Person(name(n), rates if n < 4 else {}, {}) for n in range(6)]
        )
        crowd = [Person(name(n), rates if n < 4 or n > 7 else {}, {}) for n in range(11)]
        one, other = (s.statement(STATEMENTS[0]) for s in (before, look(round_, crowd)[1]))
        assert (one.counts, one.withheld) == (None, Why.TOO_FEW)
        assert (other.rated, other.people, other.withheld) == (7, 11, None)

    def test_a_theme_in_which_few_of_them_have_a_place_stays_as_it_was(self) -> None:
        late = [*team(9)[6:], *(Person(name(n), {}, {}) for n in (9, 10))]
        round_, before = look(opened(), team(6))
        _, after = look(round_, [*team(6), *late])
        [one], [other] = before.themes, after.themes
        assert (other.people, other.withheld) == (6, Why.A_REST)
        assert (other.counts, other.centre, other.n) == (one.counts, one.centre, one.n)

    def test_places_of_a_theme_that_stays_as_it_was_are_not_drawn(self) -> None:
        """Ten have a place now, and the figure is still of the seven who had one before."""
        late = [*team(10)[7:], *(Person(name(n), {}, {}) for n in (10, 11))]
        round_, _ = look(opened(), team(7))
        [theme] = look(round_, [*team(7), *late])[1].themes
        assert (theme.n, theme.positions, theme.low) == (7, None, None)

    def test_five_who_did_not_know_are_told_beside_the_figures(self) -> None:
        rated = [Person(name(n), {STATEMENTS[0]: Answer.PARTLY}, {}) for n in range(6)]
        late = [Person(name(n), {STATEMENTS[0]: Answer.UNKNOWN}, {}) for n in range(6, 11)]
        round_, _ = look(opened(), rated)
        found = look(round_, [*rated, *late])[1].statement(STATEMENTS[0])
        assert (found.people, found.rated, found.unknown, found.withheld) == (11, 6, 5, None)

    @pytest.mark.parametrize(("late", "drawn"), [(5, False), (7, False), (8, True)])
    def test_places_are_drawn_again_when_the_late_ones_have_enough_of_their_own(
        self, late: int, drawn: bool
    ) -> None:
        round_, before = look(opened(), team(8))
        _, after = look(round_, team(8 + late))
        [one], [other] = before.themes, after.themes
        assert one.positions is not None
        assert other.n == 8 + late
        assert (other.positions is not None, other.low is not None) == (drawn, drawn)
        assert other.withheld is (None if drawn else Why.A_REST)

    def test_places_never_drawn_before_are_drawn_of_all_together(self) -> None:
        round_, before = look(opened(), team(6))
        [after] = look(round_, team(11))[1].themes
        assert before.themes[0].positions is None
        assert after.positions is not None


class TestSecondVote:
    THEME = RUBRIC.themes[0].id

    def look(self, voted: int, *, first: int = 9, given: int | None = None, **more: Any) -> Shown:
        """The second vote of so many, beside a first one; `given` is how many gave in."""
        round_, before = look(opened(**more), team(first))
        round_ = round_.voting_again(self.THEME)
        for number in range(voted if given is None else given):
            round_ = round_.given(name(number), "7K4Q-M2XD", self.THEME)
        return disclose_revote(RUBRIC, round_, self.THEME, team(voted), before)

    def test_it_shows_when_everybody_has_voted_again(self) -> None:
        second = self.look(9)
        assert second.shown
        assert [theme.theme_id for theme in second.themes] == [self.THEME]
        assert second.themes[0].n == 9
        assert [s.id for s in second.statements] == STATEMENTS

    @pytest.mark.parametrize("voted", [n for n in range(1, 17) if n != 14])
    def test_it_shows_at_no_other_number(self, voted: int) -> None:
        """Of fourteen, nine may look like enough; but then ten would give the tenth one away."""
        second = self.look(voted, first=14)
        why = Why.TOO_FEW if voted < 5 else Why.A_REST
        assert (second.shown, second.why_not, figures(second)) == (False, why, [])

    def test_a_file_taken_away_cannot_be_made_up_for_by_another_vote(self) -> None:
        second = self.look(9, given=10)
        assert (second.shown, second.why_not) == (False, Why.A_REST)

    def test_it_waits_for_the_discussion(self) -> None:
        round_, before = look(opened(), team(9))
        closed = round_.at_step(Step.CLOSED)
        second = disclose_revote(RUBRIC, closed, self.THEME, team(9), before)
        assert (second.shown, second.why_not) == (False, Why.NOT_OPEN)

    def test_with_names_it_shows_at_any_number(self) -> None:
        second = self.look(2, named=True, figures_from=1, pictures_from=1)
        assert second.shown
        assert second.themes[0].positions is not None

    def test_after_a_late_batch_a_figure_needs_everybody(self) -> None:
        """It may have been shown before they came, and then whoever left it out was not in it."""
        round_, before = look(opened(), team(6))
        round_, before = look(round_, team(11))
        round_ = round_.voting_again(self.THEME)
        people = team(11)
        gap = {**people[3].answers, STATEMENTS[0]: Answer.UNKNOWN}
        people[3] = Person(name(3), gap, {})
        for person in people:
            round_ = round_.given(person.sealed_name, "7K4Q-M2XD", self.THEME)
        second = disclose_revote(RUBRIC, round_, self.THEME, people, before)
        assert second.statement(STATEMENTS[0]).withheld is Why.A_REST
        assert second.statement(STATEMENTS[0]).counts is None
        assert second.statement(STATEMENTS[1]).counts is not None
        assert second.themes[0].counts is not None


def test_a_mean_rating_is_of_those_who_rated() -> None:
    counts = {Answer.NOT: 1, Answer.FULLY: 2, Answer.UNKNOWN: 5}
    assert mean_rating(counts) == pytest.approx(2 / 3)
    assert mean_rating({Answer.UNKNOWN: 5}) is None
