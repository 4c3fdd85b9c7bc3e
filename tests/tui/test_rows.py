"""A list that changes under the mark: it stays with what it marked, gone for a while or not."""

import os
from pathlib import Path

from textual.app import App, ComposeResult
from textual.content import Content

from bt_assess.store import catalogue_file
from bt_assess.tui.screens.home import Home
from bt_assess.tui.screens.sessions import Sessions
from bt_assess.tui.widgets.rows import Row, RowList
from tests.tui.kept import given, grid, keep
from tests.tui.person import at_the_app, choose

GRID = grid("33 33 33")


def rows(words: str) -> list[Row]:
    return [Row(lambda width, word=word: Content(word), word) for word in words.split()]  # type: ignore[misc]


class Lists(App[None]):
    def get_css_variables(self) -> dict[str, str]:
        return {**super().get_css_variables(), "picked": "#223344"}

    def compose(self) -> ComposeResult:
        yield RowList()


async def test_a_mark_comes_back_with_its_row() -> None:
    app = Lists()
    async with app.run_test() as pilot:
        found = app.query_one(RowList)
        found.focus()
        found.show(rows("a b c d"))
        await pilot.press("down", "down")
        assert found.value == "c"
        found.show(rows("a b d"))
        assert found.value == "d"
        found.show(rows("x a b"))
        found.show(rows("x a b c d"))
        assert found.value == "c"


async def test_what_is_marked_instead_is_followed_while_the_other_is_gone() -> None:
    """As after a row was deleted: what is done to the next one is done to that one only."""
    app = Lists()
    async with app.run_test():
        found = app.query_one(RowList)
        found.show(rows("a b c d"), pick="b")
        found.show(rows("a c d"))
        assert found.value == "c"
        found.show(rows("a d c"))
        assert found.value == "c"


async def test_a_mark_that_was_moved_meanwhile_stays_where_it_is() -> None:
    app = Lists()
    async with app.run_test() as pilot:
        found = app.query_one(RowList)
        found.focus()
        for keys, stays in ((["up"], "b"), (["enter"], "d")):
            found.show(rows("a b c d"), pick="c")
            found.show(rows("a b d"))
            await pilot.press(*keys)
            found.show(rows("a b c d"))
            assert found.value == stays


async def test_home_keeps_its_mark_while_a_damaged_catalogue_is_made_anew(tmp_path: Path) -> None:
    for day in range(4):
        keep(tmp_path, GRID, given("33 33 33"), respondent=f"Person {day}")
    async with at_the_app(tmp_path, GRID) as person:
        await choose(person, "Sessions")
        await person.on(Sessions)
        await person.sees("Person 3")
        (tmp_path / catalogue_file.NAME).write_bytes(os.urandom(30_000))
        await person.press("escape")
        home = await person.on(Home)
        await person.sees("4 sessions kept")
        await person.until(lambda: "▸ Sessions" in person.text, "the mark where it was")
        assert home.query_one(RowList).value is not None
