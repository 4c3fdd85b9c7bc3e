"""One respondent, one theme: the worked examples and the limits of docs/scoring.md."""

import pytest

from bt_assess.core.rubric import Stage
from bt_assess.core.scoring import (
    Confidence,
    Pattern,
    Status,
    ThemeScore,
    nearest_stage,
    score,
    score_theme,
    strand_endorsement,
)
from tests.core import builders


def scored(row: str, lasting: str = "") -> ThemeScore:
    return score_theme(builders.theme(row, lasting=lasting), builders.answers(row))


def digits(*values: float | None) -> str:
    """Figures as docs/scoring.md prints them."""
    return " ".join("none" if value is None else f"{value:.4f}" for value in values)


class TestWorkedExamples:
    """The table of docs/scoring.md, to the printed digits."""

    def test_at_the_start(self) -> None:
        found = scored("323232 101010 000100")
        assert digits(*found.effective.values()) == "0.8333 0.1667 0.0556"
        assert digits(found.position, found.se) == "1.0468 0.0500"
        assert digits(found.low, found.high, found.coherence) == "1.0000 1.1468 0.7695"
        assert found.status is Status.PLACED
        assert (found.stage, found.confidence) == (Stage.STARTING, Confidence.FIRM)

    def test_in_the_middle(self) -> None:
        found = scored("1111 2223 1010")
        assert digits(*found.effective.values()) == "0.3333 0.7500 0.1667"
        assert digits(found.position, found.se) == "1.8812 0.0916"
        assert digits(found.low, found.high, found.coherence) == "1.6979 2.0644 0.5712"
        assert found.status is Status.PLACED
        assert (found.stage, found.confidence) == (Stage.DEVELOPING, Confidence.FIRM)

    def test_a_tie_between_two_stages_goes_to_the_lower(self) -> None:
        found = scored("22222 22222 00000")
        assert digits(*found.effective.values()) == "0.6667 0.6667 0.0000"
        assert digits(found.position, found.se) == "1.5000 0.0685"
        assert digits(found.low, found.high, found.coherence) == "1.3631 1.6369 0.5000"
        assert found.status is Status.PLACED
        assert (found.stage, found.confidence) == (Stage.STARTING, Confidence.TENTATIVE)

    def test_both_ends_and_not_the_middle(self) -> None:
        found = scored("32322 010010 232232")
        assert digits(*found.effective.values()) == "0.8000 0.1111 0.7778"
        assert digits(found.position, found.se, found.coherence) == "1.9721 0.1539 0.0053"
        assert (found.status, found.pattern) == (Status.MIXED, Pattern.SPLIT)
        assert found.stage is None
        assert found.confidence is None

    def test_lasting_statements_do_not_hold_back(self) -> None:
        found = scored("010100 333333 233323", lasting="...... LLL... ......")
        assert digits(*found.raw.values()) == "0.1111 1.0000 0.8889"
        assert digits(*found.effective.values()) == "0.1111 0.5556 0.8889"
        assert digits(found.position, found.se) == "2.7000 0.1324"
        assert digits(found.low, found.high, found.coherence) == "2.4352 2.9648 0.5181"
        assert found.status is Status.PLACED
        assert (found.stage, found.confidence) == (Stage.CONSOLIDATING, Confidence.TENTATIVE)

    def test_nothing_in_the_grid_describes_them(self) -> None:
        found = scored("01010 00100 00001")
        assert found.status is Status.NOT_RECOGNISED
        assert (found.position, found.stage, found.confidence) == (None, None, None)

    def test_too_many_unknown(self) -> None:
        found = scored("1kkkkk 22kkkk 1kkkkk")
        assert found.status is Status.NOT_ENOUGH
        assert digits(found.coverage) == "0.2222"
        assert (found.position, found.stage, found.confidence) == (None, None, None)


class TestWhatCounts:
    """Don't know, doesn't apply and not answered yet are three different things."""

    def test_unknown_and_unanswered_lower_the_coverage(self) -> None:
        unknown, unanswered = scored("33k3 1111 0000"), scored("33-3 1111 0000")
        assert unknown.coverage == unanswered.coverage == 11 / 12
        assert (unknown.rated, unknown.applicable) == (11, 12)
        assert unknown.position == unanswered.position

    def test_what_does_not_apply_lowers_no_coverage(self) -> None:
        found = scored("33n3 1111 0000")
        assert found.coverage == 1
        assert (found.rated, found.applicable) == (11, 11)

    def test_none_of_the_three_is_a_rating(self) -> None:
        without = scored("333 1111 0000")
        for row in ("333k 1111 0000", "333n 1111 0000", "333- 1111 0000"):
            found = scored(row)
            assert (found.position, found.se) == (without.position, without.se)
            assert found.raw == without.raw

    def test_not_true_is_a_rating(self) -> None:
        assert scored("3330 1111 0000").raw[Stage.STARTING] == 0.75

    def test_a_theme_without_answers_has_no_position(self) -> None:
        found = scored("--- --- ---")
        assert (found.status, found.coverage) == (Status.NOT_ENOUGH, 0)
        assert set(found.raw.values()) == set(found.effective.values()) == {None}

    def test_a_theme_that_does_not_apply_has_no_position(self) -> None:
        found = scored("nnn nnn nnn")
        assert (found.status, found.coverage) == (Status.NOT_ENOUGH, 0)
        assert found.applicable == 0

    def test_answers_to_other_statements_change_nothing(self) -> None:
        row = "1111 2223 1010"
        grid = builders.rubric(builders.theme_data(row))
        own = builders.answers(row)
        other = builders.answers("333 333 333", theme_id="elsewhere")
        assert score(grid, own) == score(grid, {**own, **other})


class TestLimits:
    """Where one outcome ends and the next begins."""

    @pytest.mark.parametrize(
        ("row", "status"),
        [
            ("33k 1kk 00k", Status.NOT_ENOUGH),  # one rated at a stage
            ("33k 11k 00k", Status.PLACED),
            ("33kk 11kk 00kk", Status.PLACED),  # coverage of exactly a half
            ("33kk 11kk 00kkk", Status.NOT_ENOUGH),
        ],
    )
    def test_enough_is_half_of_all_and_two_at_each_stage(self, row: str, status: Status) -> None:
        assert scored(row).status is status

    @pytest.mark.parametrize(
        ("row", "confidence"),
        [
            ("333 000 000", Confidence.FIRM),
            ("33n 000 000", Confidence.PROVISIONAL),  # two rated at a stage
            ("333k 000k 000k", Confidence.FIRM),  # coverage of exactly three quarters
            ("333k 000k 000kk", Confidence.PROVISIONAL),
        ],
    )
    def test_firm_needs_three_quarters_and_three_at_each_stage(
        self, row: str, confidence: Confidence
    ) -> None:
        assert scored(row).confidence is confidence

    @pytest.mark.parametrize(
        ("row", "status"),
        [
            ("111 000 000", Status.PLACED),  # a mean of exactly a third
            ("1110 0000 0000", Status.NOT_RECOGNISED),
            ("000 000 000", Status.NOT_RECOGNISED),
        ],
    )
    def test_a_third_is_recognised(self, row: str, status: Status) -> None:
        assert scored(row).status is status

    @pytest.mark.parametrize(
        ("row", "pattern"),
        [
            ("333 333 333", Pattern.FLAT),  # C = 1 - sqrt(2 / 3) = 0.18
            ("222 111 222", Pattern.SPLIT),
            ("222 222 222", Pattern.FLAT),  # the middle is not below the ends
            ("333 000 333", Pattern.SPLIT),
            ("333 222 111", None),
        ],
    )
    def test_mixed_pictures(self, row: str, pattern: Pattern | None) -> None:
        found = scored(row)
        assert found.pattern is pattern
        assert found.status is (Status.PLACED if pattern is None else Status.MIXED)

    def test_a_dip_with_a_weak_end_is_not_split(self) -> None:
        # E = 1, 0, 1/4: below a third at one end, so this is no organisation of two halves.
        assert scored("3333 0000 0003").pattern is None

    @pytest.mark.parametrize(
        ("position", "stage"),
        [
            (1.0, Stage.STARTING),
            (1.5, Stage.STARTING),
            (1.5 + 1e-12, Stage.STARTING),  # a float's last digits are no difference
            (1.500001, Stage.DEVELOPING),
            (2.5, Stage.DEVELOPING),
            (2.500001, Stage.CONSOLIDATING),
            (3.0, Stage.CONSOLIDATING),
        ],
    )
    def test_cuts(self, position: float, stage: Stage) -> None:
        assert nearest_stage(position) is stage

    def test_a_lasting_statement_counts_fully_while_nothing_later_is_true(self) -> None:
        row = "000 333 000"
        assert scored(row, lasting="... LLL ...").position == scored(row).position == 2

    def test_a_lasting_statement_gives_way_to_the_truest_later_stage(self) -> None:
        # raw = 1, 1/3, 2/3, so a lasting statement of the first stage keeps 1 - 2/3.
        found = scored("333 111 222", lasting="L.. ... ...")
        assert found.effective[Stage.STARTING] == pytest.approx((1 / 3 + 1 + 1) / 3)

    def test_an_organisation_that_keeps_what_it_built_is_at_the_last_stage(self) -> None:
        found = scored("000 333 333", lasting="... LLL ...")
        assert (found.position, found.stage) == (3, Stage.CONSOLIDATING)


class TestStrands:
    def test_endorsement_is_the_mean_of_what_was_rated(self) -> None:
        row = "30n 12k 3-"
        found = builders.theme(row, strands="aab aab ab")
        given = builders.answers(row)
        first = strand_endorsement(found, "a", given)
        assert first == {
            Stage.STARTING: 0.5,
            Stage.DEVELOPING: pytest.approx(0.5),
            Stage.CONSOLIDATING: 1,
        }
        assert set(strand_endorsement(found, "b", given).values()) == {None}


class TestProfile:
    def test_has_every_theme_in_the_rubrics_order(self) -> None:
        row = "333 000 000"
        grid = builders.rubric(
            builders.theme_data(row, theme_id="people"), builders.theme_data(row, theme_id="change")
        )
        profile = score(grid, builders.answers(row, "change"))
        assert [found.theme_id for found in profile.themes] == ["people", "change"]
        assert profile.theme("people").status is Status.NOT_ENOUGH
        assert profile.theme("change").position == 1
