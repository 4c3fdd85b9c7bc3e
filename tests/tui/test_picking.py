"""Choosing one of several: what is offered first, what of it is to be read, how much room it takes."""

from datetime import timedelta
from pathlib import Path

from textual.widgets import Static

from bt_assess.core.plan import Capability, SideState
from bt_assess.store.kept import new_id
from bt_assess.store.plans import PlansFolder
from bt_assess.tui.screens.pick import Pick
from bt_assess.tui.screens.plans.capabilities import Capabilities
from bt_assess.tui.screens.plans.listed import Plans
from bt_assess.tui.screens.plans.page import PlanPage
from bt_assess.tui.screens.plans.words import side_line
from bt_assess.tui.screens.report_to import ReportTo
from bt_assess.tui.screens.results import Results
from tests.core.builders import NOON
from tests.e2e.folders import RUBRIC
from tests.tui.kept import given, grid, keep
from tests.tui.person import Person, at_the_app, choose

GRID = grid("33 33 33")


def marked(person: Person) -> list[str]:
    return [line for line in person.text.splitlines() if "▸" in line]


async def test_a_new_plan_begins_with_the_newest_assessment_unless_something_else_is_chosen(
    tmp_path: Path,
) -> None:
    keep(tmp_path, GRID, given("33 33 33"), respondent="Ada")
    keep(tmp_path, GRID, given("33 33 32"), respondent="Bea", started=NOON + timedelta(days=9))
    async with at_the_app(tmp_path, GRID) as person:
        await choose(person, "Plan")
        await person.on(Plans)
        await person.press("n")
        await person.on(Pick)
        await person.sees("Bea", "Ada", "Nothing yet: an empty plan")
        assert "Bea" in marked(person)[-1]


async def test_the_dialog_is_as_tall_as_what_there_is_to_choose(tmp_path: Path) -> None:
    keep(tmp_path, GRID, given("33 33 33"), respondent="Ada")
    async with at_the_app(tmp_path, GRID) as person:
        await choose(person, "Plan")
        await person.on(Plans)
        await person.press("n")
        pick = await person.on(Pick)
        dialog = pick.query_one(".dialog")
        await person.until(lambda: 0 < dialog.size.height < 12, "few lines for two choices")
        await person.sees("What shows where you are today?", "Ada", "an empty plan", "esc back")


async def test_all_of_a_breakthrough_point_can_be_read_before_it_is_taken(tmp_path: Path) -> None:
    stored = PlansFolder(tmp_path).new("Homes", NOON.date())
    there = Capability(id=new_id(), name="answer")
    PlansFolder(tmp_path).save(stored, stored.thing.with_capability(there))
    point = max((p for theme in RUBRIC.themes for p in theme.points), key=lambda p: len(p.text))
    async with at_the_app(tmp_path, RUBRIC) as person:
        await choose(person, "Plan")
        await person.on(Plans)
        await person.press("home", "enter")
        await person.on(PlanPage)
        await person.press("end", "up", "enter")
        await person.on(Capabilities)
        await person.press("f")
        pick = await person.on(Pick)
        assert point.text not in person.words, "else there would be nothing to show"
        for _ in range(100):
            if point.text[:40] in marked(person)[-1]:
                break
            await person.press("down")
        await person.reads(point.text, "esc back")
        lines = pick.query_one("#whole", Static)
        assert lines.virtual_size.height <= lines.size.height, "none of it is cut"


async def test_a_report_marks_a_folder_only_while_the_keys_go_there(tmp_path: Path) -> None:
    keep(tmp_path, GRID, given("33 33 33"), respondent="Ada")
    async with at_the_app(tmp_path, GRID) as person:
        await choose(person, "Results")
        await person.on(Results)
        await person.press("r")
        await person.on(ReportTo)
        await person.sees("one up")
        assert not [line for line in marked(person) if "one up" in line]
        await person.press("tab", "tab")
        await person.until(
            lambda: [line for line in marked(person) if "one up" in line], "a mark at the folder"
        )


def test_of_a_side_in_little_room_who_and_by_when_stay() -> None:
    side = SideState(action="Practise with the coach, two by two", owner="Head of repairs",
                     due=NOON.date())  # fmt: skip
    whole = side_line(side, 80).plain
    assert whole == "○ Practise with the coach, two by two  Head of repairs, 2 Mar 2026"
    short = side_line(side, 50).plain
    assert short.endswith("…  Head of repairs, 2 Mar 2026")
    assert len(short) == 50
    without = SideState(needed="Somebody who knows how to ask, and time to listen")
    assert side_line(without, 30).plain.endswith("…  no action")
