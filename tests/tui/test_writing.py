"""Every word of an answer is on the screen at first sight, whatever the terminal's width."""

from pathlib import Path

import pytest
from textual.widgets import TextArea

from bt_assess.core.plan import Destination
from bt_assess.store.plans import PlansFolder
from bt_assess.store.projects import ProjectsFolder
from bt_assess.tui.screens.plans.parts import EditDestination
from bt_assess.tui.screens.projects.form import FormPage
from tests.tui.person import Person, at_the_app
from tests.tui.test_plans import GRID, TODAY, the_plan
from tests.tui.test_projects import a_project, at_project

WIDTHS = [80, 105, 110, 115, 120, 130, 150]


def answer(sign: str) -> str:
    """Three lines or so, of words of many lengths, which another width breaks elsewhere."""
    return " ".join(f"{sign}{'x' * (number * len(sign) % 8)}{number}" for number in range(19))


def missing(person: Person, *answers: str) -> list[str]:
    shown = person.words.split()
    return [word for text in answers for word in text.split() if word not in shown]


@pytest.mark.parametrize("width", WIDTHS)
async def test_in_a_plan(tmp_path: Path, width: int) -> None:
    here = Destination(
        marketplace=answer("those"), organisation=answer("we"),
        why_it_matters=answer("why"), how_to_contribute=answer("a"),
    )  # fmt: skip
    stored = PlansFolder(tmp_path).new("Homes", TODAY)
    PlansFolder(tmp_path).save(stored, stored.thing.with_destination(here, TODAY))
    async with at_the_app(tmp_path, GRID, size=(width, 48)) as person:
        await the_plan(person)
        await person.press("enter")
        await person.on(EditDestination)
        await person.settles()
        texts = [here.marketplace, here.organisation, here.why_it_matters, here.how_to_contribute]
        assert missing(person, *texts) == []


@pytest.mark.parametrize("width", WIDTHS)
async def test_in_a_project(tmp_path: Path, width: int) -> None:
    stored = a_project(tmp_path)
    texts = {"shown_by": answer("shown"), "why_now": answer("now")}
    ProjectsFolder(tmp_path).save(stored, stored.thing.changed(**texts))
    async with at_the_app(tmp_path, GRID, size=(width, 60)) as person:
        await at_project(person)
        await person.press("c")
        page = await person.on(FormPage)
        await person.settles()
        assert len(page.query(TextArea)) >= len(texts)
        assert missing(person, *texts.values()) == []
