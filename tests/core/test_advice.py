"""What next: breakthrough points by need, worked out by hand."""

import pytest

from bt_assess.core.advice import Suggestion, first_steps, suggestions
from bt_assess.core.scoring import score, score_theme
from tests.core import builders


def suggested(row: str, **more: object) -> tuple[Suggestion, ...]:
    theme = builders.theme(row, **more)
    given = builders.answers(row)
    return suggestions(theme, score_theme(theme, given), given)


def needs(found: tuple[Suggestion, ...]) -> list[tuple[str, float]]:
    return [(s.point.id.removeprefix("leadership."), round(s.need, 4)) for s in found]


class TestNeed:
    def test_towards_the_middle(self) -> None:
        # E = 2/3, 1/3, 0, so p = (4/9 + 2/9) / (5/9) = 1.2: starting, and the aim is developing.
        # a: 1, 1 (still true), 1 - 1/3, 1 - 0 (not true yet): 11/12.
        # b: 2/3 (still true), 1 - 0 (lasting, and not there), 1 - 0, 1 - 1: 2/3.
        found = suggested(
            "3320 1003 0000",
            lasting="...L .... ....",
            strands="aabb aabb aabb",
            points=("b", "ab", "a"),
        )
        assert needs(found) == [
            ("point.3", round(11 / 12, 4)),
            ("point.2", round(19 / 24, 4)),
            ("point.1", round(2 / 3, 4)),
        ]

    def test_names_the_statements_that_raised_it_most_first(self) -> None:
        (found,) = suggested("3320 1003 0000", lasting="...L .... ....")
        assert [s.id.removeprefix("leadership.") for s in found.statements] == [
            "starting.1",
            "starting.2",
            "starting.4",
            "developing.2",
            "developing.3",
            "starting.3",
            "developing.1",
        ]

    def test_towards_the_last_stage(self) -> None:
        # p = 2, so the aim is consolidating: 0, 0, 1/3 and 1, 1, 1 are still true, but of the
        # middle's one is lasting and in place (1 - 1); 1 - 0, 1 - 0, 1 - 1/3 are to come.
        (found,) = suggested("001 333 001", lasting="... L.. ...")
        wants = [0, 0, 1 / 3, 0, 1, 1, 1, 1, 2 / 3]
        assert found.need == pytest.approx(sum(wants) / 9)

    def test_at_the_last_stage_the_aim_is_to_complete_it(self) -> None:
        # Consolidating: what is not fully true there, and what is still true of the others.
        (found,) = suggested("010 000 323")
        wants = [0, 1 / 3, 0, 0, 0, 0, 0, 1 / 3, 0]
        assert found.need == pytest.approx(sum(wants) / 9)

    def test_what_was_not_rated_has_no_say(self) -> None:
        (found,) = suggested("333k 000n 000-")
        assert found.need == 1  # three still true, three not true yet
        assert len(found.statements) == 6

    def test_a_point_whose_strands_tell_nothing_takes_the_themes_mean(self) -> None:
        # Strand b lies beyond the aim, and c was not rated: both take the mean of 1, 1, 0, 1, 1, 1.
        found = suggested(
            "330k 000k 0000", strands="aaac aaac bbbb", points=("b", "c", "a"), lasting=""
        )
        assert needs(found) == [
            ("point.1", round(5 / 6, 4)),
            ("point.2", round(5 / 6, 4)),
            ("point.3", round(5 / 6, 4)),
        ]

    def test_equal_needs_keep_the_rubrics_order(self) -> None:
        found = suggested("333 000 000", points=("a", "a", "a"))
        assert [s.point.id[-1] for s in found] == ["1", "2", "3"]

    def test_a_mixed_picture_has_suggestions_from_its_nearest_stage(self) -> None:
        # E = 1, 0, 1: p = 2, so the aim is consolidating: 1, 1, 1 still true, 0, 0, 0, 0, 0, 0.
        (found,) = suggested("333 000 333")
        assert found.need == pytest.approx(3 / 9)

    @pytest.mark.parametrize("row", ["kkk kkk kkk", "000 000 000"])
    def test_no_position_no_suggestion(self, row: str) -> None:
        assert suggested(row) == ()


class TestFirstSteps:
    def test_what_lies_further_back_comes_first(self) -> None:
        # People, p = 1: need 1 x (3 - 1) / 2 = 1 for strand b, (0 + 1) / 2 x 1 = 1/2 for a.
        # Change, p = 2: need (0 + 0 + 0 + 1 + 1 + 1 + 1 + 1 + 1) / 9 x (3 - 2) / 2 = 1/3.
        people, change = "3330 0000 0000", "000 333 000"
        grid = builders.rubric(
            builders.theme_data(change, theme_id="change"),
            builders.theme_data(
                people, strands="bbba bbba bbbb", points=("a", "b"), theme_id="people"
            ),
        )
        given = builders.answers(people, "people") | builders.answers(change, "change")
        steps = first_steps(grid, score(grid, given), given)
        assert [s.point.id for s in steps] == ["people.point.2", "people.point.1", "change.point.1"]

    def test_at_most_two_a_theme_and_five_in_all(self) -> None:
        row = "333 000 000"
        names = ("leadership", "people", "change")
        grid = builders.rubric(
            *(builders.theme_data(row, points=("a", "a", "a"), theme_id=name) for name in names)
        )
        given = {k: v for name in names for k, v in builders.answers(row, name).items()}
        steps = first_steps(grid, score(grid, given), given)
        assert [s.point.id for s in steps] == [
            "leadership.point.1",
            "leadership.point.2",
            "people.point.1",
            "people.point.2",
            "change.point.1",
        ]

    def test_every_suggestion_names_the_statements_that_raised_it(self) -> None:
        # Leadership has arrived: nothing there asks for anything.
        rows = {"leadership": "000 000 333", "people": "333 000 000"}
        grid = builders.rubric(
            *(builders.theme_data(row, theme_id=name) for name, row in rows.items())
        )
        given = {k: v for name, row in rows.items() for k, v in builders.answers(row, name).items()}
        steps = first_steps(grid, score(grid, given), given)
        assert [s.theme_id for s in steps] == ["people"]
        assert all(step.statements for step in steps)

    def test_nothing_to_suggest_without_answers(self) -> None:
        grid = builders.rubric(builders.theme_data("333 000 000"))
        assert first_steps(grid, score(grid, {}), {}) == ()
