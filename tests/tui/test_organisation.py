"""The organisation by quarter: everybody, then team by team."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bt_assess.tui.screens.organisation import Organisation
from bt_assess.tui.screens.sessions import Sessions
from tests.tui.kept import given, grid, keep
from tests.tui.person import at_the_app, choose

GRID = grid("33 33 33", "33 33 33")
LOW, HIGH, MIXED = "33 00 00", "00 00 33", "33 33 33"


def at(month: int) -> datetime:
    return datetime(2026, month, 10, 9, tzinfo=UTC)


@pytest.fixture
def sessions(tmp_path: Path) -> Path:
    for number, (month, team, rows) in enumerate(
        [(1, "North", LOW), (2, "North", LOW), (5, "North", MIXED), (8, "North", HIGH),
         (8, "South", LOW)]
    ):  # fmt: skip
        keep(
            tmp_path, GRID, given(rows, LOW), respondent=f"P{number}", team=team, started=at(month)
        )
    keep(tmp_path, GRID, given(LOW, LOW), respondent="Not yet", team="East", finished=False)
    return tmp_path


async def test_quarters_of_everybody_and_of_each_team(sessions: Path) -> None:
    async with at_the_app(sessions, GRID, size=(100, 30)) as person:
        await choose(person, "Sessions")
        await person.on(Sessions)
        await person.press("o")
        await person.on(Organisation)
        # One of each at the end: halfway between the stages, of two.
        await person.sees("The organisation  by quarter", "everybody", "2 sessions in Q3 2026")
        await person.sees("2.0  ▄ developing", "+1.0 since Q1 2026 (2)")
        await person.reads(
            "Other people may have answered at first (how many, in brackets): no verdict"
        )
        assert "~" in person.line("Theme A") or any("~" in x for x in person.text.splitlines()[:8])
        await person.press("t")
        await person.sees("East  by quarter", "No finished session yet")
        await person.press("t")
        await person.sees("North  by quarter", "3.0  ▇ consolidating", "+2.0 since Q1 2026")
        await person.press("right")
        await person.sees("South  by quarter", "1 session in Q3 2026")
        # One quarter has nothing before it.
        assert "Other people" not in person.text
        assert "Q3 2026" in [line.strip() for line in person.text.splitlines()]
        assert "15 Aug" not in person.text
        await person.press("left", "left", "left")
        await person.sees("The organisation  by quarter")
        await person.press("escape")
        await person.on(Sessions)


@pytest.mark.parametrize("size", [(20, 5), (44, 12), (80, 24), (200, 50)])
async def test_it_bears_any_size(sessions: Path, size: tuple[int, int]) -> None:
    async with at_the_app(sessions, GRID, size=(100, 30)) as person:
        await choose(person, "Sessions")
        await person.on(Sessions)
        await person.press("o")
        await person.on(Organisation)
        await person.pilot.resize_terminal(*size)
        await person.press("down", "up", "t")
        assert isinstance(person.app.screen, Organisation)


@pytest.mark.parametrize(("width", "is_drawn"), [(44, True), (32, False), (100, True)])
async def test_what_a_figure_means_can_be_read_at_any_width(
    sessions: Path, width: int, is_drawn: bool
) -> None:
    async with at_the_app(sessions, GRID, size=(width, 16)) as person:
        await choose(person, "Sessions")
        await person.on(Sessions)
        await person.press("o")
        await person.on(Organisation)
        await person.sees(
            "Theme A", "2.0  ▄ developing", "2 sessions in Q3 2026", "+1.0 since Q1 2026 (2)"
        )
        assert ("●" in person.text) is is_drawn
        await person.press("end")
        await person.sees("▸ Theme B", "1.0  ▁ starting")


async def test_a_team_is_one_however_it_is_spelt(tmp_path: Path) -> None:
    for name, team in (("A", "North"), ("B", "north"), ("C", "North")):
        keep(tmp_path, GRID, given(LOW, LOW), respondent=name, team=team, started=at(2))
    async with at_the_app(tmp_path, GRID, size=(100, 30)) as person:
        await choose(person, "Sessions")
        await person.on(Sessions)
        await person.press("o")
        await person.on(Organisation)
        await person.press("t")
        await person.sees("North  by quarter", "1 of 1 team", "3 sessions in Q1 2026")


async def test_an_organisation_without_a_result_is_told_what_would_make_one(tmp_path: Path) -> None:
    keep(tmp_path, GRID, given(LOW, LOW), finished=False)
    async with at_the_app(tmp_path, GRID) as person:
        await choose(person, "Sessions")
        await person.on(Sessions)
        await person.press("o")
        await person.on(Organisation)
        await person.reads("the trend begins with the first one")
