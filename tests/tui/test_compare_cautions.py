"""What the page of a comparison says first, where its verdicts may be taken for too much."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from bt_assess.core.rubric import Rubric
from bt_assess.tui.screens.compare import Compare
from bt_assess.tui.screens.comparing.theme_trend import ThemeTrend
from bt_assess.tui.screens.pick import Pick
from tests.core.builders import NOON, with_since
from tests.tui.kept import keep
from tests.tui.person import Person, at_the_app
from tests.tui.test_compare import (
    RUBRIC,
    YEAR,
    all_answers,
    choosing,
    comparing,
    finds,
    row_of,
)
from tests.tui.test_compare_kept import aims

NAMELESS = "No name was given: if these are different people, nothing here is a change."
NARROW = "No name given: perhaps different people."
FIRST = RUBRIC.themes[0]


def below(text: str, first: str, second: str) -> bool:
    """Whether one stands above the other, where lines may break anywhere."""
    joined = " ".join(text.split())
    return joined.index(first) < joined.index(second)


@pytest.mark.parametrize("size", [(80, 24), (44, 12), (120, 36)])
async def test_times_without_a_name_have_it_above_the_first_verdict(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    for n in range(2):
        keep(tmp_path, RUBRIC, all_answers(1 + n), respondent="", started=NOON + n * YEAR)
    async with at_the_app(tmp_path, size=size) as person:
        await comparing(person)
        said = NAMELESS if size[0] >= 80 else NARROW
        await person.reads(said)
        assert below(person.text, said, f"{FIRST.short} ")
        # The rows are all there still, and their verdicts.
        assert person.text.count("+1.0") >= len(RUBRIC.themes)
        for key in ("2", "4"):
            await person.press(key)
            await person.reads(said)
        # What stands side by side has no verdict.
        await person.press("3")
        await person.until(lambda: said not in " ".join(person.text.split()), "nothing first")


async def test_with_a_name_nothing_is_said(tmp_path: Path) -> None:
    for n in range(2):
        keep(tmp_path, RUBRIC, all_answers(1 + n), respondent="Ada", started=NOON + n * YEAR)
    async with at_the_app(tmp_path) as person:
        page = await comparing(person)
        await person.sees("+1.0  clear change")
        assert "No name was given" not in person.text
        assert not page.query_one("#caution").display


async def test_how_much_of_the_way_is_done_is_not_said_of_other_times(tmp_path: Path) -> None:
    """A row of two times that were chosen, and the way from the first to the last."""
    for n, stage in enumerate((1, 2, 3)):
        keep(tmp_path, RUBRIC, all_answers(stage), respondent="Ada", started=NOON + n * YEAR)
    async with at_the_app(tmp_path, size=(120, 36)) as person:
        await choosing(person)
        await finds(person, "20")
        await person.press("m", "enter")
        await person.on(Compare)
        await person.press("1")
        await aims(person, *["left"] * 5)
        await person.sees("◇ 2.5 reached", "target: reached")
        await person.press("b")
        await person.on(Pick)
        await person.press("home", "down", "enter")
        await person.on(Compare)
        await person.sees("2 Mar 2027 → 1 Mar 2028", "target: reached, 2 Mar 2026 → 1 Mar 2028")
        assert row_of(person.text, FIRST.short).endswith("◇ 2.5")
        assert "reached" not in row_of(person.text, FIRST.short)


def asks_more(rubric: Rubric) -> tuple[Rubric, Rubric]:
    """A version with one statement of each stage and strand in the first theme, and one with all."""
    first = {(s.stage, s.strand): s.id for s in reversed(rubric.themes[0].statements)}.values()
    later = [s.id for s in rubric.themes[0].statements if s.id not in first]
    in_use = with_since(rubric, dict.fromkeys(later, "1.1"), "1.1")
    data = rubric.model_dump(mode="json", exclude_none=True)
    kept = [s for s in data["themes"][0]["statements"] if s["id"] not in later]
    data["themes"][0]["statements"] = kept
    return Rubric.model_validate(data), in_use


async def test_the_trend_says_why_its_places_and_the_change_differ(tmp_path: Path) -> None:
    old, new = asks_more(RUBRIC)
    for n, grid in enumerate((old, new, new)):
        # What is new is answered as by somebody who is a stage further along.
        given = {i: a for i, a in all_answers(2, grid).items() if grid.statements[i].since}
        given |= all_answers(1, old)
        keep(tmp_path, grid, given, respondent="Ada", started=NOON + n * YEAR)
    said = f"{FIRST.short}: places count all asked then, changes what was asked both times."
    async with at_the_app(tmp_path, new) as person:
        await choosing(person)
        await finds(person, "20")
        await person.press("m", "enter")
        await person.on(Compare)
        await person.press("2")
        await person.reads(said)
        # Nothing is pushed out of the page by it.
        await person.sees("● where it stood")
        await person.press("enter")
        await person.on(ThemeTrend)
        await person.reads("the statements asked were not the same each time.")
        await person.press("right")
        await person.until(lambda: "the statements asked" not in person.text, "the next theme")


async def test_a_report_is_named_by_the_later_day_also_when_turned_round(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(2):
        keep(tmp_path, RUBRIC, all_answers(1 + n), respondent="Ada", started=NOON + n * YEAR)
    days: list[date] = []

    def ask(page: object, rubric: object, of: object, what: str, day: date, today: date) -> None:
        days.append(day)

    monkeypatch.setattr("bt_assess.tui.reporting.ask_and_report", ask)
    async with at_the_app(tmp_path) as person:
        await comparing(person)
        await person.press("r", "x", "r")
        await swapped(person)
    later = (NOON + YEAR).astimezone().date()
    assert days == [later, later]


async def swapped(person: Person) -> None:
    await person.reads("x swaps them back.")


async def test_where_no_theme_has_a_verdict_luck_is_not_warned_of(tmp_path: Path) -> None:
    for n in range(2):
        given = {i: a for i, a in all_answers(1).items() if i.startswith(FIRST.id)} if n else {}
        keep(tmp_path, RUBRIC, given, respondent="Ada", started=NOON + n * YEAR + timedelta(n))
    async with at_the_app(tmp_path) as person:
        await comparing(person)
        await person.reads("No theme can be compared as a whole")
        assert "luck shows" not in person.text
