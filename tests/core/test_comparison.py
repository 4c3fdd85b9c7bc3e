"""Change between two sessions, worked out by hand."""

from math import sqrt

import pytest

from bt_assess.core.comparison import Comparison, NotComparable, Verdict, compare, verdict
from bt_assess.core.rubric import Stage
from bt_assess.core.session import Answer
from tests.core import builders


def compared(before: str, after: str) -> Comparison:
    """Two sessions of a grid with one theme."""
    return compare(
        builders.rubric(builders.theme_data(before)),
        builders.session(builders.answers(before)),
        builders.session(builders.answers(after)),
    )


class TestPositions:
    def test_a_move_of_one_stage_is_a_clear_change(self) -> None:
        # One stage fully true and no other: positions 1 and 2, both with the smallest se, 0.05.
        (change,) = compared("3333 0000 0000", "0000 3333 0000").themes
        assert change.delta == pytest.approx(1)
        assert change.se == pytest.approx(sqrt(0.05**2 + 0.05**2))
        assert change.verdict is Verdict.CLEAR_CHANGE
        assert change.left_out == 0

    def test_a_move_back_is_negative(self) -> None:
        (change,) = compared("0000 3333 0000", "3333 0000 0000").themes
        assert change.delta == pytest.approx(-1)
        assert change.verdict is Verdict.CLEAR_CHANGE

    def test_a_small_move_is_noise(self) -> None:
        # E = 1, 1/3, 0: p = (1 + 2/9) / (1 + 1/9) = 1.1.
        (change,) = compared("3333 0000 0000", "3333 1111 0000").themes
        assert change.delta == pytest.approx(0.1)
        assert change.verdict is Verdict.WITHIN_NOISE

    def test_errors_of_both_sessions_count(self) -> None:
        # After: E = 2/3, 1, 0, so p = (4/9 + 2) / (13/9) = 22/13 and T = 13/9.
        # g = 2 E (s - p) / T = -108/169, 72/169, 0; all answers of a stage are equal, so that
        # v = 1/8 / (4 + 1) = 1/40, and se^2 = (g1^2 + g2^2) v / 4.
        (change,) = compared("3333 0000 0000", "2222 3333 0000").themes
        after = ((108 / 169) ** 2 + (72 / 169) ** 2) / 40 / 4
        assert change.delta == pytest.approx(22 / 13 - 1)
        assert change.se == pytest.approx(sqrt(0.05**2 + after))

    def test_no_position_no_verdict(self) -> None:
        (change,) = compared("3333 0000 0000", "0000 0000 0000").themes
        assert (change.delta, change.se, change.verdict) == (None, None, None)


class TestWhatIsCompared:
    def test_only_what_was_rated_both_times(self) -> None:
        comparison = compared("333k 0000 0002", "1333 0-00 000n")
        (change,) = comparison.themes
        assert change.left_out == 3
        assert change.before.rated == change.after.rated == 9
        assert change.before.raw[Stage.CONSOLIDATING] == 0  # without the answer that has no partner
        assert change.before.raw[Stage.STARTING] == 1
        assert change.after.raw[Stage.STARTING] == pytest.approx(7 / 9)

    def test_too_little_in_common_has_no_verdict(self) -> None:
        (change,) = compared("33kk 00kk 00kk", "kk33 00kk 00kk").themes
        assert change.before.rated == 4
        assert change.verdict is None

    def test_what_never_applied_hides_no_change(self) -> None:
        (change,) = compared("33nnn 00nnn 00nnn", "00nnn 33nnn 00nnn").themes
        assert change.left_out == 9
        assert change.verdict is Verdict.CLEAR_CHANGE

    def test_what_applied_only_once_hides_no_change(self) -> None:
        (change,) = compared("33333 00000 00000", "00nnn 33nnn 00nnn").themes
        assert change.left_out == 9
        assert change.verdict is Verdict.CLEAR_CHANGE

    def test_every_theme_in_the_rubrics_order(self) -> None:
        row = "333 000 000"
        grid = builders.rubric(
            builders.theme_data(row, theme_id="people"), builders.theme_data(row, theme_id="change")
        )
        found = compare(grid, builders.session(), builders.session())
        assert [change.theme_id for change in found.themes] == ["people", "change"]

    def test_sessions_of_another_rubric_are_refused(self) -> None:
        grid = builders.rubric(builders.theme_data("333 000 000"))
        other = builders.session(rubric={"id": "other-grid", "version": "1.0"})
        with pytest.raises(NotComparable, match="other-grid"):
            compare(grid, builders.session(), other)
        with pytest.raises(NotComparable, match="other-grid"):
            compare(grid, other, builders.session())


class TestMoves:
    def test_the_largest_first_then_in_the_order_of_asking(self) -> None:
        moves = compared("3210 0000 0000", "2213 0003 0000").moves
        assert [(move.statement.id, round(move.change, 4)) for move in moves] == [
            ("leadership.starting.4", 1),
            ("leadership.developing.4", 1),
            ("leadership.starting.1", -0.3333),
        ]
        assert (moves[0].before, moves[0].after) == (Answer.NOT, Answer.FULLY)

    def test_moves_of_one_step_are_equal(self) -> None:
        moves = compared("0120 000 000", "1230 000 000").moves
        assert [move.statement.id[-1] for move in moves] == ["1", "2", "3"]

    def test_only_ratings_move(self) -> None:
        assert compared("333k 000- 000n", "33k3 0003 0003").moves == ()


@pytest.mark.parametrize(
    ("delta", "se", "expected"),
    [
        (0.249, 0.05, Verdict.WITHIN_NOISE),  # below the least difference, however sure
        (0.25, 0.1, Verdict.CHANGE),
        (0.25, 0.125, Verdict.CHANGE),  # 2 se exactly
        (0.25, 0.126, Verdict.WITHIN_NOISE),
        (0.299, 0.1, Verdict.CHANGE),
        (0.3, 0.1, Verdict.CLEAR_CHANGE),  # 3 se exactly, though 3 x 0.1 is more in floats
        (-0.3, 0.1, Verdict.CLEAR_CHANGE),
        (-0.25, 0.1, Verdict.CHANGE),
        (0.0, 0.05, Verdict.WITHIN_NOISE),
    ],
)
def test_verdicts(delta: float, se: float, expected: Verdict) -> None:
    assert verdict(delta, se) is expected
