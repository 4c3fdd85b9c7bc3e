"""A plan and its file: changed elsewhere, no room left, two windows, keys that come in a burst."""

import errno
import os
from collections.abc import Callable
from datetime import timedelta
from itertools import cycle
from pathlib import Path

import pytest

from bt_assess.core.plan import Capability, Destination, Plan, Side, SideState
from bt_assess.core.plan_history import StageKind
from bt_assess.store.files import write_atomic
from bt_assess.store.kept import new_id
from bt_assess.store.plans import PlansFolder
from bt_assess.tui import saving
from bt_assess.tui.screens.home import Home
from bt_assess.tui.screens.plans.ask import NamePlan
from bt_assess.tui.screens.plans.capabilities import Capabilities
from bt_assess.tui.screens.plans.history import HistoryPage
from bt_assess.tui.screens.plans.listed import Plans
from bt_assess.tui.screens.plans.page import PlanPage
from bt_assess.tui.screens.plans.parts import EditDestination
from bt_assess.tui.screens.plans.settle import Settle
from bt_assess.tui.screens.report_to import ReportTo
from bt_assess.tui.screens.results import Results
from tests.tui.kept import given, grid, keep
from tests.tui.person import Person, at_the_app, choose
from tests.tui.test_plans import TODAY, a_plan, saved, the_plan, written

GRID = grid("...... ...... ......")


@pytest.fixture(autouse=True)
def _soon_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saving, "RETRY_SECONDS", 0.05)


def test_a_window_that_starts_leaves_a_plan_alone_that_is_being_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sync = os.fsync

    def started_meanwhile(file: int) -> None:
        PlansFolder(tmp_path).sweep()
        sync(file)

    monkeypatch.setattr(os, "fsync", started_meanwhile)
    PlansFolder(tmp_path).new("Homes", TODAY)
    assert written(tmp_path).title == "Homes"
    assert [path.suffix for path in (tmp_path / "plans").iterdir()] == [".toml"]


def changed_elsewhere(folder: Path, change: Callable[[str], str]) -> str:
    """What an editor makes of the one file while the app has it open."""
    [path] = (folder / "plans").glob("*.toml")
    text = change(path.read_text(encoding="utf-8"))
    path.write_text(text, encoding="utf-8")
    return text


async def typed_against_a_change(person: Person, folder: Path, change: Callable[[str], str]) -> str:
    """A plan is opened, its file is changed elsewhere, and somebody goes on typing."""
    await the_plan(person)
    theirs = changed_elsewhere(folder, change)
    await person.press("enter")
    await person.on(EditDestination)
    await person.press("tab")
    await person.types("Homes for all")
    await person.press("tab")
    await person.sees("! not saved: changed elsewhere")
    # Nobody is torn out of a field.
    await person.on(EditDestination)
    await person.press("escape")
    await person.on(Settle)
    await person.reads("Changed elsewhere meanwhile", "What you typed is still here")
    return theirs


def by_hand(text: str) -> str:
    return text.replace("Homes", "Theirs")


def cut_short(text: str) -> str:
    return text[: len(text) // 2]


@pytest.mark.parametrize("change", [by_hand, cut_short])
async def test_what_is_here_can_be_kept_and_a_copy_of_the_file_too(
    tmp_path: Path, change: Callable[[str], str]
) -> None:
    a_plan(tmp_path)
    async with at_the_app(tmp_path, GRID) as person:
        theirs = await typed_against_a_change(person, tmp_path, change)
        await person.press("k")
        await person.on(PlanPage)
        await person.reads("Saved as it is here", "in the archive")
        await saved(person)
        assert written(tmp_path).destination.marketplace == "Homes for all"
        # And it goes on as if nothing had been.
        await person.press("enter")
        await person.on(EditDestination)
        await person.press("tab", "tab")
        await person.types("More")
        await person.press("escape")
        await saved(person)
    assert written(tmp_path).destination.organisation == "More"
    [copy] = (tmp_path / "plans" / "archive").iterdir()
    assert copy.read_text(encoding="utf-8") == theirs
    assert PlansFolder(tmp_path).all(archived=True) == ([], [])


async def test_the_file_can_be_taken_and_undo_brings_back_what_was_typed(tmp_path: Path) -> None:
    a_plan(tmp_path)
    async with at_the_app(tmp_path, GRID) as person:
        await typed_against_a_change(person, tmp_path, by_hand)
        await person.reads('in the file title = "Theirs"', 'here marketplace = "Homes for all"')
        await person.press("t")
        await person.on(PlanPage)
        await person.sees("Theirs", "✓ saved")
        assert written(tmp_path).title == "Theirs"
        assert written(tmp_path).destination.marketplace == ""
        await person.press("u")
        await person.sees("Homes for all")
        await saved(person)
    assert written(tmp_path).title == "Homes"
    assert written(tmp_path).destination.marketplace == "Homes for all"


async def test_a_file_that_cannot_be_read_cannot_be_taken(tmp_path: Path) -> None:
    a_plan(tmp_path)
    async with at_the_app(tmp_path, GRID) as person:
        await typed_against_a_change(person, tmp_path, cut_short)
        await person.reads("Nothing that can be taken")
        await person.press("t")
        await person.reads("It cannot be taken: it")
        await person.press("k")
        await person.on(PlanPage)
        await saved(person)


async def test_who_settles_it_later_finds_everything_as_it_was(tmp_path: Path) -> None:
    a_plan(tmp_path)
    async with at_the_app(tmp_path, GRID) as person:
        theirs = await typed_against_a_change(person, tmp_path, by_hand)
        await person.press("escape")
        await person.on(PlanPage)
        await person.sees("Homes for all", "! not saved: changed elsewhere")
        # Later is not never: whoever comes back from another page is asked again.
        await person.press("g", "escape")
        await person.on(Settle)
        await person.press("escape")
        await person.on(PlanPage)
        await person.press("escape")
        await person.on(Plans)
        # Another plan in between; the one that waits is not forgotten.
        PlansFolder(tmp_path).new("Second", TODAY + timedelta(days=1))
        await person.press("escape")
        await person.on(Home)
        await the_plan(person)
        await person.sees("Second")
        await person.press("escape")
        await person.on(Plans)
        await person.press("end")
        await person.press("enter")
        await person.sees("Changed by hand, or damaged")
        await person.press("escape")
        [path] = [p for p in (tmp_path / "plans").glob("*.toml") if "Theirs" in p.read_text()]
        assert path.read_text(encoding="utf-8") == theirs
        await person.press("ctrl+q")
        await person.reads("Your last answers are not saved: its file was changed elsewhere")


async def test_a_full_disk_is_told_of_and_made_good(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    really, is_full = write_atomic, True

    def write(path: Path, data: bytes) -> None:
        if is_full:
            raise OSError(errno.ENOSPC, "No space left on device")
        really(path, data)

    a_plan(tmp_path)
    monkeypatch.setattr("bt_assess.store.kept.write_atomic", write)
    async with at_the_app(tmp_path, GRID) as person:
        await the_plan(person)
        await person.press("enter")
        await person.on(EditDestination)
        await person.press("tab")
        await person.types("Homes for all")
        await person.press("escape")
        await person.on(PlanPage)
        await person.sees("! not saved: no space left on device", "Homes for all")
        await person.press("ctrl+q")
        await person.reads("Your last answers are not saved")
        await person.press("escape")
        assert written(tmp_path).destination == Destination()
        is_full = False
        await saved(person)
    assert written(tmp_path).destination.marketplace == "Homes for all"


async def test_a_new_plan_on_a_full_disk_says_so_and_the_list_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("bt_assess.store.kept.write_atomic", full)
    async with at_the_app(tmp_path, GRID) as person:
        await choose(person, "Plan")
        await person.on(Plans)
        await person.press("n")
        await person.on(NamePlan)
        await person.types("Ours\r")
        await person.press("enter")
        await person.reads("Not saved: no space left on device")
        await person.on(Plans)


def of_sort(person: Person, page: type) -> int:
    return sum(isinstance(screen, page) for screen in person.app.screen_stack)


async def test_keys_in_a_burst_open_each_page_once(tmp_path: Path) -> None:
    a_plan(tmp_path)
    async with at_the_app(tmp_path, GRID) as person:
        await choose(person, "Plan")
        await person.on(Plans)
        await person.sees("Homes")
        person.burst("nnn")
        await person.on(NamePlan)
        await person.settles()
        assert of_sort(person, NamePlan) == 1
        await person.press("escape")
        await person.on(Plans)
        await person.press("home")
        person.burst("\r\r\r")
        await person.until(lambda: of_sort(person, PlanPage), "the plan")
        await person.settles()
        assert of_sort(person, PlanPage) == 1
        await person.goes_back_to(PlanPage)
        person.burst("\r\r")
        await person.on(EditDestination)
        await person.settles()
        assert of_sort(person, EditDestination) == 1
        await person.press("escape")
        await person.on(PlanPage)
        person.burst("kk")
        await person.settles()
        await person.press("escape")
        await person.on(PlanPage)
        person.burst("rr")
        await person.on(ReportTo)
        await person.settles()
        assert of_sort(person, ReportTo) == 1
        await person.press("escape")
        # Out by the last key: nothing is left that holds the plan.
        person.burst("\x1b\x1b\x1b")
        await person.on(Home)
    others = PlansFolder(tmp_path)
    others.release(others.hold(others.all()[0][0]))


async def test_a_burst_on_the_way_in_opens_one_list(tmp_path: Path) -> None:
    a_plan(tmp_path)
    keep(tmp_path, GRID, given("333322 111000 000000"))
    async with at_the_app(tmp_path, GRID) as person:
        for _ in range(30):
            if person.text.partition("▸")[2].lstrip().startswith("Plan "):
                break
            await person.press("down")
        person.burst("\r\r\r")
        await person.until(lambda: of_sort(person, Plans), "the list")
        await person.settles()
        assert of_sort(person, Plans) == 1
        await person.goes_back_to(Home)
        await choose(person, "Results")
        await person.on(Results)
        person.burst("ppp")
        await person.on(NamePlan)
        await person.settles()
        assert (of_sort(person, Plans), of_sort(person, NamePlan)) == (1, 1)
        person.burst("Ours\r\r")
        await person.settles()
        person.burst("\r\r\r")
        await person.sees("What must we be able to do first?")
        await person.settles()
        person.burst("\r\r")
        await person.until(lambda: of_sort(person, PlanPage), "the plan")
        await person.settles()
        assert of_sort(person, PlanPage) == 1
    assert len(PlansFolder(tmp_path).all()[0]) == 2


async def test_a_report_of_what_is_on_the_page(tmp_path: Path) -> None:
    a_plan(tmp_path, "Homes & [b]more[/b]")
    async with at_the_app(tmp_path, GRID) as person:
        await the_plan(person)
        await person.press("enter")
        await person.on(EditDestination)
        await person.press("tab")
        await person.types("A home within 30 days")
        await person.press("escape")
        await person.on(PlanPage)
        await person.press("r")
        await person.on(ReportTo)
        await person.reads("A report of Homes & [b]more[/b]")
        await person.press("enter", "enter")
        await person.reads("Written to")
        await person.on(PlanPage)
    [found] = Path.home().glob("bt-assess-report-*.html")
    page = found.read_text(encoding="utf-8")
    assert "A home within 30 days" in page
    assert "Homes &amp; [b]more[/b]" in page


async def test_the_history_tells_what_was_moved(tmp_path: Path) -> None:
    stored = PlansFolder(tmp_path).new("Homes", TODAY)
    plan, later = stored.thing, TODAY + timedelta(days=30)
    for day, on in ((TODAY, TODAY), (TODAY + timedelta(days=90), later)):
        plan = plan.with_destination(Destination(by=day), on)
    plan = plan.stage_done(StageKind.INCREMENTAL, later, later)
    PlansFolder(tmp_path).save(stored, plan)
    async with at_the_app(tmp_path, GRID) as person:
        await the_plan(person)
        await person.press("h")
        await person.on(HistoryPage)
        await person.reads(
            "the destination's date was moved from 21 Nov 2026 to 19 Feb 2027",
            "1 Incremental: done",
            "21 Nov 2026 the plan was begun",
        )
        lines = person.text.splitlines()
        first = next(i for i, line in enumerate(lines) if "21 Dec 2026" in line)
        last = next(i for i, line in enumerate(lines) if "was begun" in line)
        assert first < last


async def test_a_history_that_was_changed_by_hand_can_be_shown(tmp_path: Path) -> None:
    """Text stands there that no program would write; it was accepted, so it is shown."""
    stored = PlansFolder(tmp_path).new("Homes", TODAY)
    plan = stored.thing.with_destination(Destination(by=TODAY), TODAY)
    plan = plan.with_destination(Destination(), TODAY + timedelta(days=9))
    values = plan.model_dump()
    values["history"][-1]["before"] = "soon"
    PlansFolder(tmp_path).save(stored, Plan.model_validate(values))
    async with at_the_app(tmp_path, GRID, size=(120, 36)) as person:
        await the_plan(person)
        await person.sees("date: soon → nothing")
        await person.press("h")
        await person.on(HistoryPage)
        await person.reads("from soon to nothing")


STRANGE = ["\u202eesrever", "[@click=app.quit]x[/]", "[/]", "a\x1b]52;c;AAAA\x07b", "\u200b\u2067x"]


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (44, 12)])
async def test_strange_words_do_nothing_on_any_page(tmp_path: Path, size: tuple[int, int]) -> None:
    stored = PlansFolder(tmp_path).new(f"x{STRANGE[0]}", TODAY, organisation=STRANGE[1])
    PlansFolder(tmp_path).save(stored, strange(stored.thing))
    async with at_the_app(tmp_path, GRID, size=size) as person:
        page = await the_plan(person)
        clean(person)
        for key in ("k", "g", "h", "t", "r"):
            await person.press(key)
            await person.until(lambda: person.app.screen is not page, key)
            await person.settles()
            clean(person)
            await person.press("escape")
            await person.on(PlanPage)
        for place in range(6):
            await person.press("home", *["down"] * place, "enter")
            await person.until(lambda: person.app.screen is not page, f"part {place}")
            await person.settles()
            clean(person)
            if isinstance(person.app.screen, Capabilities):
                await person.press("enter", "tab", "tab", "enter")
                await person.sees("People")
                clean(person)
                await person.press("escape", "escape")
            await person.press("escape")
            await person.on(PlanPage)
        assert person.app.return_code is None


def strange(plan: Plan) -> Plan:
    """The plan with strange words wherever there is room for words, other ones in each place."""
    words = (f"x{each}" for each in cycle(STRANGE))
    plan = plan.with_destination(
        Destination(
            marketplace=next(words), organisation=next(words), why_it_matters=next(words),
            how_to_contribute=next(words),
        ),
        TODAY,
    )  # fmt: skip
    for stage in plan.stages:
        changes = {"results": next(words), "measure": next(words)}
        plan = plan.with_stage(type(stage).model_validate({**dict(stage), **changes}), TODAY)
    sides = {
        side: SideState(
            today=next(words), needed=next(words), action=next(words), owner=next(words),
            remark=next(words),
        )
        for side in Side
    }  # fmt: skip
    for _ in STRANGE:
        plan = plan.with_capability(Capability(id=new_id(), name=next(words), sides=sides))
    return plan


def clean(person: Person) -> None:
    for bad in ("\x1b", "\x07", "\u202e", "\u2067", "\u200b"):
        assert bad not in person.text
