"""What stands out of a result: strengths that are strengths, and areas to improve that lag behind."""

import pytest

from bt_assess.core.rubric import RubricTheme, Stage
from bt_assess.core.scoring import score
from bt_assess.report.standouts import MOST, ends, standouts, team_standouts
from tests.core import builders
from tests.report import pages

S, D, C = Stage
GRID = pages.rubric()


def placed(*stages: Stage) -> list[tuple[RubricTheme, Stage | None, float]]:
    """The grid's themes at these stages, in its order, each a little behind the one before."""
    return [
        (theme, stage, stage.number - number / 100)
        for number, (theme, stage) in enumerate(zip(GRID.themes, stages, strict=False))
    ]


def tags(themes: list[RubricTheme]) -> str:
    return " ".join(str(GRID.themes.index(theme)) for theme in themes)


@pytest.mark.parametrize(
    ("stages", "strong", "weak"),
    [
        ((), "", ""),
        ((S, S, S), "", "2 1 0"),
        ((D, S), "0", "1"),
        ((S, D), "1", "0"),
        ((D, D, D, D), "0 1", "3 2"),
        ((C, C, C, C, C, C), "0 1 2", ""),
        ((C, C, C, C, S, D), "0 1 2", "4 5"),
        ((S, S, S, S, S, C), "5", "4 3 2"),
        ((D,), "0", ""),
    ],
)
def test_the_two_ends(stages: tuple[Stage, ...], strong: str, weak: str) -> None:
    found = ends(placed(*stages))
    assert (tags(found[0]), tags(found[1])) == (strong, weak)
    assert max(map(len, found)) <= MOST


def test_a_strength_is_no_good_thing_half_done() -> None:
    """Of what carried a middle stage only what lasts is told, and what is true of the last stage."""
    grid = builders.rubric(builders.theme_data("1111 1111 1111", lasting=".... .L.. ...."))
    given = builders.answers("0000 3333 0002")
    found = standouts(grid, score(grid, given), given)
    assert [s.id for s in found.strengths[0].statements] == [
        "leadership.consolidating.4", "leadership.developing.2",
    ]  # fmt: skip


def test_mixed_and_thin_themes_are_neither() -> None:
    grid = builders.rubric(
        builders.theme_data("1111 1111 1111"),
        builders.theme_data("1111 1111 1111", theme_id="learning"),
    )
    given = builders.answers("3333 0000 3333") | builders.answers("3--- ---- ----", "learning")
    found = standouts(grid, score(grid, given), given)
    assert found.strengths == found.improve == ()
    assert [theme.id for theme in found.talk] == ["leadership"]
    assert [theme.id for theme in found.find_out] == ["learning"]


def test_a_team_tells_nothing_that_is_not_shown() -> None:
    _, shown = pages.round_of(3)
    found = team_standouts(GRID, shown)
    assert not found.strengths + found.improve
    assert not found.talk
    assert len(found.find_out) == len(GRID.themes)


def test_a_team_talks_first_where_it_is_divided() -> None:
    _, shown = pages.round_of(9)
    found = team_standouts(GRID, shown)
    assert [theme.id for theme in found.talk] == ["leadership", "priorities"]
    told = {each.theme.id for each in found.strengths + found.improve}
    assert not told & {"leadership", "priorities"}
    assert found.improve[0].theme.id == "frameworks"
    disputed = {s.id for s in shown.statements if s.disputed}
    for each in found.strengths + found.improve:
        assert not {s.id for s in each.statements} & disputed
