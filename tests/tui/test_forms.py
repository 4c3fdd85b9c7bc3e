"""The forms of plans and of projects keep, take back and tell alike."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.widgets import Input, TextArea

from bt_assess.core.plan import Destination
from bt_assess.core.plan_history import StageKind
from bt_assess.store.plans import PlansFolder
from bt_assess.store.projects import ProjectsFolder
from bt_assess.tui.screens.form import Form
from bt_assess.tui.screens.plans.parts import EditDestination, EditStage
from bt_assess.tui.screens.projects.form import FormPage
from bt_assess.tui.screens.projects.launch import LaunchPage
from tests.tui.person import Person, at_the_app, choose
from tests.tui.test_plans import GRID, TODAY, a_plan, the_plan
from tests.tui.test_projects import a_project, at_project, open_part, saved

DAY = date(2027, 3, 31)
PLAN, PROJECT = "plan", "project"


@asynccontextmanager
async def at_work(folder: Path, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Person]:
    """At the app until all is on disk."""
    async with at_the_app(folder, GRID, size=size) as person:
        yield person
        await saved(person)


async def at_a_day(person: Person, folder: Path, of: str) -> tuple[Any, str]:
    """In the line of a day that nobody has said yet: the form, and the key of the day."""
    if of == PLAN:
        a_plan(folder)
        await the_plan(person)
        await person.press("enter")
        return await person.on(EditDestination), "by"
    a_project(folder)
    await at_project(person)
    await open_part(person, "c", FormPage)
    await person.press("shift+tab")
    return await person.on(FormPage), "starts"


def kept(form: Any, key: str) -> Any:
    thing = form.thing
    return getattr(thing.destination if key == "by" else thing, key)


@pytest.mark.parametrize("of", [PLAN, PROJECT])
class TestADay:
    """What is half of one day is another day, so it counts once its line is left."""

    async def test_is_kept_as_its_line_is_left_and_the_page_says_so(
        self, tmp_path: Path, of: str
    ) -> None:
        async with at_work(tmp_path) as person:
            form, key = await at_a_day(person, tmp_path, of)
            await person.types("31 Mar 2027")
            await person.sees("… kept by Enter")
            assert kept(form, key) is None
            await person.press("tab")
            await person.sees("✓ saved")
            assert kept(form, key) == DAY
            assert form.query_one(f"#ask-{key}", Input).value == "2027-03-31"

    async def test_is_kept_by_esc(self, tmp_path: Path, of: str) -> None:
        async with at_work(tmp_path) as person:
            form, key = await at_a_day(person, tmp_path, of)
            await person.types("31 Mar 2027")
            await person.press("escape")
            await person.until(lambda: person.app.screen is not form, "leaving")
            assert kept(form, key) == DAY

    async def test_that_is_none_is_told_until_it_is_one(self, tmp_path: Path, of: str) -> None:
        async with at_work(tmp_path) as person:
            form, key = await at_a_day(person, tmp_path, of)
            await person.types("soon")
            # All the way round, through lines that can be kept.
            for _ in range(len(form.query("Input, TextArea, Choice"))):
                await person.press("tab")
                await person.sees("! A day as in")
                assert "kept by Enter" not in person.text or form.focused.id == f"ask-{key}"
            await person.press("ctrl+z")
            await person.sees("Undone: what was typed here")
            await person.until(lambda: "! A day as in" not in person.text, "the fault to go")
            assert form.focused.value == ""


@pytest.mark.parametrize("of", [PLAN, PROJECT])
async def test_the_last_change_is_taken_back_where_it_was_made(tmp_path: Path, of: str) -> None:
    async with at_work(tmp_path) as person:
        form, key = await at_a_day(person, tmp_path, of)
        await person.types("31 Mar 2027")
        await person.press("tab", "tab")
        area = next(iter(form.query(TextArea)))
        area.focus()
        await person.types("Words")
        await person.until(lambda: area.text == "Words", "the words")
        await person.settles()
        # Step by step what was typed, then what was changed before it.
        for _ in range(10):
            if not area.text:
                break
            await person.press("ctrl+z")
        assert not area.text
        assert kept(form, key) == DAY
        for _ in range(3):
            await person.press("ctrl+z")
        await person.reads("There is nothing to undo")
        assert kept(form, key) is None
        assert form.query_one(f"#ask-{key}", Input).value == ""


async def test_an_aim_is_taken_back_too(tmp_path: Path) -> None:
    a_plan(tmp_path)
    async with at_work(tmp_path) as person:
        await the_plan(person)
        await person.press("down", "down", "down", "enter")
        form = await person.on(EditStage)
        await person.press("shift+tab", "right")
        await person.sees("◇ 2.1")
        await person.press("ctrl+z")
        await person.until(lambda: "◇ 2.1" not in person.text, "the aim to go")
        assert form.thing.stage(StageKind.INCREMENTAL).positions == {}


async def test_an_answer_that_came_too_early_is_kept_once_it_can_be(tmp_path: Path) -> None:
    a_project(tmp_path)
    async with at_work(tmp_path) as person:
        page = await at_project(person)
        await open_part(person, "l", LaunchPage)
        await person.press("n")
        form = await person.on(FormPage)
        await person.press("tab")
        await person.types("Bo\r")
        await person.sees("! Say first what it is.")
        await person.press("shift+tab", "shift+tab")
        await person.types("Call them back")
        assert page.work.project.launch.actions[0].owner == "Bo"
        await person.press("escape")
        await person.until(lambda: person.app.screen is not form, "leaving")
    [action] = page.work.project.launch.actions
    assert (action.what, action.owner) == ("Call them back", "Bo")


@pytest.mark.parametrize("of", [PLAN, PROJECT])
async def test_who_may_only_read_can_read_all_of_it(tmp_path: Path, of: str) -> None:
    folder: Any = PlansFolder(tmp_path) if of == PLAN else ProjectsFolder(tmp_path)
    if of == PLAN:
        stored = folder.new("Homes", TODAY)
        text = "\n".join(f"Line {number}" for number in range(30))
        here = Destination(marketplace="Rings once", how_to_contribute=text)
        stored = folder.save(stored, stored.thing.with_destination(here, TODAY))
    else:
        stored = a_project(tmp_path)
    held = folder.hold(stored)
    last = "What can each of them do" if of == PLAN else "When does the first week begin?"
    try:
        async with at_work(tmp_path, size=(80, 16)) as person:
            await (the_plan(person) if of == PLAN else at_project(person))
            await person.press("enter" if of == PLAN else "c")
            await person.until(lambda: isinstance(person.app.screen, Form), "the form")
            await person.reads("open in another window", "read only")
            person.app.clear_notifications()
            assert last not in person.text
            await person.press("ctrl+z")
            assert "open in another window" in person.words
            await person.press("end")
            await person.sees(last)
            if of == PLAN:
                # A long answer is read to its end.
                await person.press(*["tab"] * 4, *["down"] * 30)
                await person.sees("Line 29")
                await person.types("x")
                assert "x" not in person.app.screen.query(TextArea).last().text
    finally:
        folder.release(held)


@pytest.mark.parametrize(
    ("pasted", "line"),
    [("Right\r\nfirst time\n", "Right first time"), ("\n\nOurs\n", "Ours"), (" a  b", "a  b")],
)
async def test_no_word_of_a_paste_into_one_line_is_lost(
    tmp_path: Path, pasted: str, line: str
) -> None:
    async with at_the_app(tmp_path, GRID) as person:
        await choose(person, "Plan")
        await person.sees("Begin the first plan")
        await person.press("enter")
        await person.sees("What is it called?")
        person.app.screen.post_message(events.Paste(pasted))
        field = person.app.screen.query(Input).first()
        await person.until(lambda: field.value.strip() == line, "what was pasted")
