"""The grid that ships: complete, worded for the people who answer it, and nothing twice."""

import re
import tomllib
from pathlib import Path

import pytest

from bt_assess.core.rubric import Rubric, Stage

MOST_WORDS = 30
# 'People here …' is said by one of them, as 'our people' is.
FROM_WITHIN = re.compile(r"\b(we|us|our|ours|ourselves|here)\b", re.IGNORECASE)


@pytest.fixture(scope="module")
def grid() -> Rubric:
    path = Path(__file__).parents[2] / "rubric" / "performance-breakthrough.toml"
    return Rubric.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))


def test_it_is_all_there(grid: Rubric) -> None:
    assert [theme.id for theme in grid.themes] == [
        "leadership",
        "people",
        "frameworks",
        "priorities",
        "change",
        "learning",
    ]
    assert sum(len(theme.strands) for theme in grid.themes) == 31
    assert len(grid.statements) == len(grid.asked) == 117
    assert sum(len(theme.points) for theme in grid.themes) == 45
    assert sum(s.lasting for s in grid.asked) == 20


def test_every_theme_can_be_placed(grid: Rubric) -> None:
    """Three statements at each stage are needed for a position that is more than provisional."""
    for theme in grid.themes:
        stages = [s.stage for s in theme.statements]
        assert all(stages.count(stage) >= 3 for stage in Stage), theme.id


def test_statements_are_short_and_speak_from_within(grid: Rubric) -> None:
    assert [s.id for s in grid.asked if len(s.text.split()) > MOST_WORDS] == []
    assert [s.id for s in grid.asked if not FROM_WITHIN.search(s.text)] == []


def test_every_statement_has_help(grid: Rubric) -> None:
    assert [s.id for s in grid.asked if not s.help] == []


def test_statements_are_numbered_without_gaps(grid: Rubric) -> None:
    for theme in grid.themes:
        for stage in Stage:
            ids = [s.id for s in theme.statements if s.stage is stage]
            assert ids == [f"{theme.id}.{stage.value}.{n}" for n in range(1, len(ids) + 1)]
        points = [p.id for p in theme.points]
        assert points == [f"{theme.id}.point.{n}" for n in range(1, len(points) + 1)]


def test_no_text_is_there_twice(grid: Rubric) -> None:
    texts = [
        text.casefold()
        for theme in grid.themes
        for text in (
            *(s.text for s in theme.statements),
            *(s.help or "" for s in theme.statements),
            *(p.text for p in theme.points),
            *(theme.summaries.of(stage) for stage in Stage),
            *(strand.name for strand in theme.strands),
        )
    ]
    assert sorted(text for text in set(texts) if texts.count(text) > 1) == []


def test_themes_can_be_told_apart_where_room_is_short(grid: Rubric) -> None:
    for names in ([t.short for t in grid.themes], [t.tag for t in grid.themes]):
        assert len({name.casefold() for name in names}) == len(grid.themes)
