"""Review: what is answered, what is open, and finishing."""

from pathlib import Path

import pytest

from bt_assess.core.rubric import Rubric
from bt_assess.core.session import Answer
from bt_assess.tui.screens.assess import Assess
from bt_assess.tui.screens.confirm import Confirm
from bt_assess.tui.screens.home import Home
from bt_assess.tui.screens.results import Results
from bt_assess.tui.screens.review import Review
from tests.tui.kept import given, grid, keep, kept
from tests.tui.person import Person, at_the_app, begin, choose, go_on

ROWS = ("33k 2-1 0nn", "333 333 333")


@pytest.fixture
def rubric() -> Rubric:
    return grid(*ROWS)


async def review(person: Person) -> None:
    await person.press("r")
    await person.on(Review)


async def mark(person: Person, words: str) -> None:
    """Move the mark ▸ to the row with these words."""
    for _ in range(60):
        if words in next(line for line in person.text.splitlines() if "▸" in line):
            return
        await person.press("down")
    raise AssertionError(f"no row {words!r}:\n{person.text}")


async def test_each_theme_has_its_counts_and_what_is_open_is_listed(
    tmp_path: Path, rubric: Rubric
) -> None:
    keep(tmp_path, rubric, given(*ROWS), finished=False)
    async with at_the_app(tmp_path, rubric, size=(80, 40)) as person:
        await go_on(person)
        await review(person)
        await person.reads("17 of 18 answered")
        assert person.line("Theme A").split() == ["Theme", "A", "8", "of", "9", "1", "2"]
        assert person.line("Theme B").split() == ["Theme", "B", "9", "of", "9", "–", "–"]
        for group in ("Not answered yet (1)", "Don't know (1)", "Doesn't apply to us (2)"):
            assert group in person.text
        assert "5  We do theme-a.developing.2." in person.text
        assert "3  We do theme-a.starting.3." in person.text


@pytest.mark.parametrize(("row", "place"), [("theme-a.developing.2", 5), ("theme-a.starting.3", 3)])
async def test_enter_goes_back_to_an_open_or_unknown_statement(
    tmp_path: Path, rubric: Rubric, row: str, place: int
) -> None:
    keep(tmp_path, rubric, given(*ROWS), finished=False)
    async with at_the_app(tmp_path, rubric, size=(80, 40)) as person:
        await go_on(person)
        await review(person)
        await mark(person, row)
        await person.press("enter")
        await person.on(Assess)
        await person.sees(f"{place} of 18", f"We do {row}.")


async def test_a_statement_can_be_chosen_before_anything_is_answered(
    tmp_path: Path, rubric: Rubric
) -> None:
    async with at_the_app(tmp_path, rubric, size=(80, 40)) as person:
        await begin(person)
        await review(person)
        await person.sees("Nothing is answered yet.", "saved as you go")
        await mark(person, "theme-a.developing.2")
        await person.press("enter")
        await person.on(Assess)
        await person.sees("5 of 18", "We do theme-a.developing.2.")


async def test_a_statement_of_a_finished_session_can_be_chosen_to_read(
    tmp_path: Path, rubric: Rubric
) -> None:
    keep(tmp_path, rubric, given(*ROWS))
    async with at_the_app(tmp_path, rubric, size=(80, 40)) as person:
        await choose(person, "Results")
        await person.press("a")
        await person.on(Assess)
        await review(person)
        await mark(person, "theme-a.starting.3")
        await person.press("enter")
        await person.on(Assess)
        await person.sees("3 of 18", "We do theme-a.starting.3.")


async def test_nothing_open_is_said_and_finishing_leads_to_the_results(
    tmp_path: Path, rubric: Rubric
) -> None:
    rows = ("333 000 000", "000 000 333")
    keep(tmp_path, rubric, given(*rows), finished=False)
    async with at_the_app(tmp_path, rubric) as person:
        # Nothing is left to answer, so Home leads straight to where one finishes.
        await choose(person, "Finish")
        await person.on(Review)
        await person.reads("All 18 statements have an answer. Finish when you are ready.")
        await person.press("enter")
        await person.on(Confirm)
        await person.reads("The answers are fixed from then on")
        assert "still open" not in person.words
        await person.press("escape")
        await person.on(Review)
        assert kept(tmp_path).session.finished is None
        await person.press("f")
        await person.on(Confirm)
        await person.press("enter")
        await person.on(Results)
        await person.sees("18 of 18 answered", "starting", "consolidating")
        await person.until(lambda: kept(tmp_path).session.finished is not None, "the file")
        assert kept(tmp_path).session.answers == given(*rows)
        await person.press("escape")
        await person.on(Home)
        await person.sees("Results")
        assert "Continue" not in person.text


async def test_finishing_with_open_statements_says_how_many(tmp_path: Path, rubric: Rubric) -> None:
    keep(tmp_path, rubric, given("333 000 000"), finished=False)
    async with at_the_app(tmp_path, rubric) as person:
        await go_on(person)
        await review(person)
        await person.reads("9 of 18 answered. You can finish with some open")
        assert "9 statements still open" in person.line("Finish")
        await person.press("f")
        await person.on(Confirm)
        await person.reads("9 statements still open.")
        await person.press("enter")
        await person.on(Results)
        await person.sees("9 of 18 answered", "not enough answers yet")


async def test_notes_alone_are_nothing_to_finish(tmp_path: Path, rubric: Rubric) -> None:
    keep(tmp_path, rubric, finished=False, notes={"theme-a.starting.1": "So far."})
    async with at_the_app(tmp_path, rubric) as person:
        await go_on(person)
        await review(person)
        await person.sees("Nothing is answered yet.")
        await person.press("f")
        await person.reads("Answer a few statements first; there is nothing to score yet.")
        assert kept(tmp_path).session.finished is None


async def test_the_last_answer_leads_here_by_itself(tmp_path: Path, rubric: Rubric) -> None:
    answers = given(*ROWS) | {"theme-a.developing.2": Answer.NOT}
    del answers["theme-b.consolidating.3"]
    keep(tmp_path, rubric, answers, finished=False, at="theme-b.consolidating.3")
    async with at_the_app(tmp_path, rubric) as person:
        await go_on(person)
        await person.sees("18 of 18")
        await person.answers("4")
        await person.on(Review)
        await person.reads("All 18 statements have an answer.", "✓ saved")
