"""Plans by keyboard alone: begun, filled in, checked, taken back, and still there afterwards."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from bt_assess.cli import main
from bt_assess.core.compared import Kind, of_session
from bt_assess.core.fields import Refused
from bt_assess.core.plan import (
    Capability,
    Destination,
    Plan,
    Reality,
    Side,
    SideState,
    StagedObjective,
    new_plan,
)
from bt_assess.core.plan_history import StageKind
from bt_assess.core.saved_comparison import Ref
from bt_assess.store.kept import new_id
from bt_assess.store.plans import PlansFolder
from bt_assess.store.session_file import read_session
from bt_assess.tui.screens.plans.capabilities import Capabilities, EditCapability, name_ask
from bt_assess.tui.screens.plans.checking import CheckPage
from bt_assess.tui.screens.plans.gaps import GapPage
from bt_assess.tui.screens.plans.listed import Plans
from bt_assess.tui.screens.plans.page import PlanPage
from bt_assess.tui.screens.plans.parts import EditDestination, EditReality, EditStage
from bt_assess.tui.screens.plans.sides import EditSide
from bt_assess.tui.screens.results import Results
from bt_assess.tui.widgets.date_field import parse_day
from tests.core.builders import NOON
from tests.tui.kept import given, grid, keep
from tests.tui.person import Person, at_the_app, choose

GRID = grid("...... ...... ......", "...... ...... ......")
LOW = ("333322 111000 000000", "333222 110000 000000")
HIGH = ("333333 332222 111000", "333333 222111 000000")
TODAY = date(2026, 11, 21)


def written(folder: Path) -> Plan:
    """The one plan of a folder, as it is on disk now."""
    plans, damaged = PlansFolder(folder).all()
    assert not damaged
    [stored] = plans
    return stored.thing


def a_plan(folder: Path, title: str = "Homes") -> Plan:
    """A plan that has only its name."""
    return PlansFolder(folder).new(title, TODAY).thing


async def the_plan(person: Person) -> PlanPage:
    """From Home to the page of the newest plan."""
    await choose(person, "Plan")
    await person.on(Plans)
    await person.until(lambda: "▸" in person.text, "the list")
    await person.press("enter")
    return await person.on(PlanPage)


def marked(person: Person) -> str:
    """The line that the mark points at."""
    return next(line for line in person.text.splitlines() if "▸" in line)


async def saved(person: Person) -> None:
    await person.until(lambda: "✓ saved" in person.text, "saving")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("", None), ("2027-02-03", date(2027, 2, 3)), ("3.2.2027", date(2027, 2, 3)),
        ("3 Feb 2027", date(2027, 2, 3)), ("6 weeks", TODAY + timedelta(weeks=6)),
        ("in 2 months", date(2027, 1, 21)), ("1y", date(2027, 11, 21)),
        ("31 Dec", date(2026, 12, 31)), ("5 december", date(2026, 12, 5)),
        ("Dec 5", date(2026, 12, 5)), ("20 Nov", date(2027, 11, 20)), ("21 Nov", TODAY),
        ("29 Feb", date(2028, 2, 29)), ("5 D", TODAY + timedelta(days=5)),
        ("Today", TODAY), ("tomorrow", TODAY + timedelta(days=1)),
        ("yesterday", TODAY - timedelta(days=1)),
    ],
)  # fmt: skip
def test_days_are_read_as_people_write_them(text: str, day: date | None) -> None:
    assert parse_day(text, TODAY) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("20 Nov", date(2026, 11, 20)), ("21 Nov", TODAY), ("31 Dec", date(2025, 12, 31)),
        ("29 Feb", date(2024, 2, 29)), ("31 Dec 2026", date(2026, 12, 31)),
    ],
)  # fmt: skip
def test_of_a_day_that_has_been_the_last_one_is_meant(text: str, day: date) -> None:
    assert parse_day(text, TODAY, is_past=True) == day


@pytest.mark.parametrize("text", ["12/31/2026", "5/12", "31/12/2026"])
def test_a_day_that_may_be_two_is_refused_with_how_to_write_it(text: str) -> None:
    with pytest.raises(ValueError, match=r"A day as in 2026-12-31 .* nobody knows which"):
        parse_day(text, TODAY)


@pytest.mark.parametrize(
    ("today", "text", "day"),
    [
        (date(2026, 12, 31), "1 month", date(2027, 1, 31)),
        (date(2026, 12, 31), "2 months", date(2027, 2, 28)),
        (date(2026, 11, 30), "18 months", date(2028, 5, 30)),
        (date(2028, 2, 29), "1 year", date(2029, 2, 28)),
        (date(2027, 10, 31), "4 months", date(2028, 2, 29)),
    ],
)
def test_months_end_on_their_last_day(today: date, text: str, day: date) -> None:
    assert parse_day(text, today) == day


@pytest.mark.parametrize(
    "text", ["soon", "2027-02-30", "1.1.2500", "9999 years", "0001-01-01", "30 Feb"]
)
def test_what_is_no_day_is_said_in_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match="A day as in"):
        parse_day(text, TODAY)


async def test_a_plan_begins_from_a_result_with_its_places_and_chosen_points(
    tmp_path: Path,
) -> None:
    keep(tmp_path, GRID, given(*LOW), respondent="Me", team="Housing")
    async with at_the_app(tmp_path, GRID) as person:
        await choose(person, "Results")
        await person.on(Results)
        await person.press("p")
        await person.sees("A new plan")
        assert "Housing" in person.text
        await person.types("A home for all\r")
        await person.press("enter")
        await person.sees("What must we be able to do first?")
        await person.press("space", "enter")
        await person.on(PlanPage)
        await person.sees("A home for all", "Destination", "Current reality", "1 Incremental")
    plan = written(tmp_path)
    assert plan.title == "A home for all"
    assert plan.organisation == "Housing"
    assert set(plan.reality.positions) == {"theme-a", "theme-b"}
    assert len(plan.reality.evidence) == 1
    [capability] = plan.capabilities
    assert capability.point is not None


async def test_a_plan_begins_from_nothing(tmp_path: Path) -> None:
    async with at_the_app(tmp_path, GRID) as person:
        await choose(person, "Plan")
        await person.on(Plans)
        await person.sees("Begin the first plan")
        await person.press("enter")
        await person.sees("What is it called?")
        await person.types("\r")
        await person.sees("It needs a name")
        await person.types("Ours\r")
        await person.press("enter")
        await person.on(PlanPage)
    assert written(tmp_path).title == "Ours"


async def test_the_list_has_its_lines_from_the_first_moment_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def never(page: Plans) -> None:
        pass

    monkeypatch.setattr(Plans, "show", never)
    a_plan(tmp_path)
    async with at_the_app(tmp_path, GRID) as person:
        await choose(person, "Plan")
        await person.on(Plans)
        await person.press("enter")
        await person.on(PlanPage)


async def test_every_answer_of_the_destination_is_kept_as_its_field_is_left(tmp_path: Path) -> None:
    a_plan(tmp_path)
    async with at_the_app(tmp_path, GRID) as person:
        await the_plan(person)
        await person.press("enter")
        await person.on(EditDestination)
        await person.types("30 Jun 2028\r")
        await person.until(
            lambda: written(tmp_path).destination.by == date(2028, 6, 30), "the date"
        )
        await person.types("Homes within a month")
        await person.press("tab")
        await person.until(
            lambda: written(tmp_path).destination.marketplace == "Homes within a month", "the text"
        )
        await person.types("Typed and left by Esc")
        await person.press("escape")
        await person.on(PlanPage)
        await person.sees("Homes within a month", "by 30 Jun 2028")
        await saved(person)
    assert written(tmp_path).destination.organisation == "Typed and left by Esc"


async def test_what_is_typed_is_on_disk_before_the_field_is_left(tmp_path: Path) -> None:
    a_plan(tmp_path)
    async with at_the_app(tmp_path, GRID) as person:
        page = await the_plan(person)
        await person.press("enter")
        await person.on(EditDestination)
        await person.press("tab")
        await person.types("Homes within a month")
        await person.until(
            lambda: written(tmp_path).destination.marketplace == "Homes within a month", "the text"
        )
        await saved(person)
        assert person.app.focused is not None
        assert person.app.focused.id == "ask-marketplace"
        await person.press("escape")
        # What was typed in one go is taken back in one, and again what came to nothing is none.
        await person.on(PlanPage)
        await person.press("enter")
        await person.on(EditDestination)
        await person.press("tab")
        await person.types("s\x7f")
        await person.types(", whoever asks")
        await person.press("escape")
        await person.on(PlanPage)
        assert page.work.plan.destination.marketplace == "Homes within a month, whoever asks"
        await person.press("u")
        assert page.work.plan.destination.marketplace == "Homes within a month"
        await person.press("u")
        assert page.work.plan.destination.marketplace == ""
        await person.press("u")
        await person.reads("There is nothing to undo")


async def test_half_a_day_is_not_kept_and_not_said_to_be(tmp_path: Path) -> None:
    plan = a_plan(tmp_path)
    stored = PlansFolder(tmp_path).all()[0][0]
    before = Destination(by=date(2027, 11, 30))
    PlansFolder(tmp_path).save(stored, plan.with_destination(before, TODAY))
    async with at_the_app(tmp_path, GRID) as person:
        page = await the_plan(person)
        await person.press("enter")
        await person.on(EditDestination)
        await person.sees("✓ saved")
        await person.press("end", "backspace")
        await person.sees("… kept by Enter")
        assert "2027-11-30" not in person.text
        assert page.work.plan.destination == before
        await person.types("x")
        await person.press("escape")
        await person.sees("! A day as in")
        await person.press("escape")
        await person.on(PlanPage)
        assert page.work.plan.destination == before
        await person.press("enter")
        await person.on(EditDestination)
        await person.press("end", "backspace")
        await person.types("1\r")
        await person.sees("! A day as in")
        await person.press("shift+tab", "end", "backspace", "backspace")
        await person.types("29\r")
        await saved(person)
    assert written(tmp_path).destination.by == date(2027, 11, 29)


async def test_arrows_that_look_around_do_not_move_a_day(tmp_path: Path) -> None:
    plan = a_plan(tmp_path)
    stored = PlansFolder(tmp_path).all()[0][0]
    before = Destination(by=date(2027, 11, 30))
    PlansFolder(tmp_path).save(stored, plan.with_destination(before, TODAY))
    async with at_the_app(tmp_path, GRID) as person:
        page = await the_plan(person)
        await person.press("enter")
        await person.on(EditDestination)
        await person.press("down", "down", "up", "pagedown", "pageup")
        await person.sees("2027-11-30", "shift+↑ ↓ a week")
        await person.press("shift+down", "shift+down", "shift+up")
        await person.sees("2027-12-07", "… kept by Enter")
        await person.press("escape")
        await person.on(PlanPage)
    assert page.work.plan.destination.by == date(2027, 12, 7)


async def test_what_stands_in_a_field_at_quitting_is_kept(tmp_path: Path) -> None:
    a_plan(tmp_path)
    async with at_the_app(tmp_path, GRID) as person:
        await the_plan(person)
        await person.press("end", "up", "up")
        await person.press("enter")
        await person.on(EditReality)
        await person.types("We wait.")
        await person.press("ctrl+q")
        await person.until(lambda: person.app.return_code is not None, "the end")
    assert written(tmp_path).reality.where == "We wait."


async def test_a_day_that_is_none_is_said_and_a_second_esc_leaves_without(tmp_path: Path) -> None:
    a_plan(tmp_path)
    async with at_the_app(tmp_path, GRID) as person:
        await the_plan(person)
        await person.press("enter")
        await person.on(EditDestination)
        await person.types("soon")
        await person.press("escape")
        await person.sees("! A day as in 2026-12-31")
        await person.on(EditDestination)
        await person.press("escape")
        await person.on(PlanPage)
    assert written(tmp_path).destination.by is None


async def test_undo_takes_back_edit_by_edit_and_redo_makes_them_again(tmp_path: Path) -> None:
    a_plan(tmp_path)
    async with at_the_app(tmp_path, GRID) as person:
        page = await the_plan(person)
        await person.press("enter")
        await person.on(EditDestination)
        await person.press("tab")
        await person.types("First")
        await person.press("tab")
        await person.types("Second")
        await person.press("escape")
        await person.on(PlanPage)
        await person.press("u")
        await person.reads("Undone: Destination: what results will we see as an organisation")
        assert page.work.plan.destination.organisation == ""
        assert page.work.plan.destination.marketplace == "First"
        await person.press("u")
        assert page.work.plan.destination.marketplace == ""
        await person.press("u")
        await person.reads("There is nothing to undo")
        await person.press("U", "U")
        assert page.work.plan.destination.organisation == "Second"
        await saved(person)
    assert written(tmp_path).destination.organisation == "Second"


async def test_a_stage_has_its_words_its_date_its_aims_and_can_be_done(tmp_path: Path) -> None:
    a_plan(tmp_path)
    async with at_the_app(tmp_path, GRID) as person:
        await the_plan(person)
        await person.press("down", "down", "down", "enter")
        await person.on(EditStage)
        await person.sees("1 of 3  Incremental objective")
        await person.types("Ten questions")
        await person.press("tab")
        await person.types("Share of visits")
        await person.press("tab")
        await person.types("2027-03-01\r")
        await person.press("right", "tab")
        # From the middle where nothing is known: three tenths up for A, one for B, none for B.
        await person.press("right", "right", "right", "down", "left", "delete")
        await person.press("escape")
        await person.on(PlanPage)
        await person.sees("✓ done", "Ten questions", "by 1 Mar 2027")
        await saved(person)
    stage = written(tmp_path).stage(StageKind.INCREMENTAL)
    assert (stage.results, stage.measure) == ("Ten questions", "Share of visits")
    assert stage.by == date(2027, 3, 1)
    assert stage.done is not None
    assert stage.positions == {"theme-a": 2.3}


async def test_a_capability_its_stages_and_a_side_with_an_owner_used_before(tmp_path: Path) -> None:
    other = PlansFolder(tmp_path).new("Older", TODAY - timedelta(days=9))
    owned = SideState(action="Count", owner="Mary Hall")
    with_owner = Capability(id=new_id(), name="count", sides={Side.PEOPLE: owned})
    PlansFolder(tmp_path).save(other, other.thing.with_capability(with_owner))
    new = a_plan(tmp_path)
    async with at_the_app(tmp_path, GRID) as person:
        await the_plan(person)
        await person.press("end", "up", "enter")
        await person.on(Capabilities)
        await person.press("enter")
        await person.sees("Say it so that one could watch it happen.")
        await person.types("answer in two days\r")
        await person.on(EditCapability)
        await person.press("space", "down", "down", "space")
        await person.sees("☑ 1  Incremental", "☐ 2  Substantial", "☑ 3  Transformational")
        await person.press("tab", "down", "enter")
        await person.on(EditSide)
        await person.sees("Process")
        await person.press("tab")
        await person.types("One form")
        await person.press("tab")
        await person.types("Draw the way of a case")
        await person.press("tab", "down")
        await person.sees("Who?", "Mary Hall")
        await person.press("enter")
        await person.on(EditSide)
        await person.press("enter")
        await person.types("4 weeks")
        await person.press("escape")
        await person.on(EditCapability)
        await person.sees("○ Draw the way of a case", "Mary Hall")
        await person.press("escape", "escape")
        await person.on(PlanPage)
        await person.sees("1 action, 1 with an owner")
        await saved(person)
    plan = PlansFolder(tmp_path).resolve(new.id).thing
    [capability] = plan.capabilities
    assert capability.serves == (StageKind.INCREMENTAL, StageKind.TRANSFORMATIONAL)
    side = capability.side(Side.PROCESS)
    assert (side.needed, side.owner) == ("One form", "Mary Hall")
    assert side.due is not None


async def test_a_capability_that_was_deleted_comes_back_by_undo(tmp_path: Path) -> None:
    stored = PlansFolder(tmp_path).new("Homes", TODAY)
    there = Capability(id=new_id(), name="answer")
    PlansFolder(tmp_path).save(stored, stored.thing.with_capability(there))
    async with at_the_app(tmp_path, GRID) as person:
        page = await the_plan(person)
        await person.press("end", "up", "enter")
        await person.on(Capabilities)
        await person.sees("answer")
        await person.press("d")
        await person.sees("Name the first one")
        assert page.work.plan.capabilities == ()
        await person.press("u")
        await person.until(lambda: page.work.plan.capabilities == (there,), "coming back")


@pytest.mark.parametrize("on_a_side", [False, True])
async def test_a_capability_that_was_taken_back_is_left_for_the_list(
    tmp_path: Path, on_a_side: bool
) -> None:
    a_plan(tmp_path)
    async with at_the_app(tmp_path, GRID) as person:
        page = await the_plan(person)
        await person.press("end", "up", "enter")
        listed = await person.on(Capabilities)
        await person.press("n")
        await person.sees("Say it so that one could watch it happen.")
        await person.types("Answer the phone\r")
        form = await person.on(EditCapability)
        if on_a_side:
            await person.press("tab", "enter")
            await person.on(EditSide)
        await person.press("ctrl+z")
        assert await person.on(Capabilities) is listed
        await person.sees("Name the first one", "Undone: new capability: Answer the phone")
        assert form not in person.app.screen_stack
        assert page.work.plan.capabilities == ()
        await person.press("space")
        await person.press("u")
        assert page.work.plan.capabilities == ()


def test_no_capability_comes_from_words_to_one_that_is_gone() -> None:
    gone = Capability(id=new_id(), name="Answer the phone")
    plan = new_plan("planplan", "Homes", TODAY)
    ask = name_ask(gone.id)
    assert ask.write(plan.with_capability(gone), "Answer").capabilities[0].name == "Answer"
    with pytest.raises(Refused, match="taken out of the plan"):
        ask.write(plan, "taken out of the plan well")


async def test_the_check_leads_to_the_field_and_what_was_mended_is_gone(tmp_path: Path) -> None:
    a_plan(tmp_path)
    async with at_the_app(tmp_path, GRID) as person:
        await the_plan(person)
        await person.press("k")
        await person.on(CheckPage)
        await person.sees("it has no date", "A destination is where you will be")
        await person.press("down", "down", "down")
        await person.reads("does not say why it matters to the people")
        await person.press("enter")
        form = await person.on(EditDestination)
        assert form.focused is not None
        assert form.focused.id == "ask-why_it_matters"
        await person.types("They say no forty times a week")
        await person.press("escape")
        await person.on(CheckPage)
        await person.until(lambda: "why it matters" not in person.words, "the finding to go")


NAMED = (
    "it does not say why it matters to the people who are asked to get there",
    "it has no measure",
    "its date is not after that of the incremental objective",
    "no capability serves it",
    "no objective needs it",
    "it aims at 2.0, and you are at 2.3 today",
    "it is described without why it is so",
)
"""What the check has to find, each of these in any plan that has it."""


async def test_what_does_not_go_together_is_named_on_the_screen_and_by_the_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stored = PlansFolder(tmp_path).new("Homes", TODAY)
    plan = stored.thing.with_reality(Reality(where="Ninety days", positions={"theme-a": 2.3}))
    for kind, day in ((StageKind.INCREMENTAL, 90), (StageKind.SUBSTANTIAL, 60)):
        stage = StagedObjective(
            kind=kind, results="Fewer", by=TODAY + timedelta(days=day), positions={"theme-a": 2.0}
        )
        plan = plan.with_stage(stage, TODAY)
    plan = plan.with_capability(Capability(id=new_id(), name="answer"))
    PlansFolder(tmp_path).save(stored, plan)
    async with at_the_app(tmp_path, GRID, size=(100, 70)) as person:
        await the_plan(person)
        await person.press("k")
        await person.on(CheckPage)
        await person.sees(*NAMED)
    assert main(["plan", "check", "latest", "--sessions", str(tmp_path)]) == 0
    printed = " ".join(capsys.readouterr().out.split())
    for words in NAMED:
        assert words in printed


async def test_an_aim_that_the_check_names_is_where_one_lands(tmp_path: Path) -> None:
    stored = PlansFolder(tmp_path).new("Homes", TODAY)
    plan = stored.thing
    for kind, aim in ((StageKind.INCREMENTAL, 2.5), (StageKind.SUBSTANTIAL, 2.0)):
        stage = StagedObjective(kind=kind, positions={"theme-b": aim})
        plan = plan.with_stage(stage, TODAY)
    PlansFolder(tmp_path).save(stored, plan)
    async with at_the_app(tmp_path, GRID, size=(80, 40)) as person:
        await the_plan(person)
        await person.press("k")
        await person.on(CheckPage)
        for _ in range(40):
            if "Theme B: it aims at 2.0" in marked(person):
                break
            await person.press("down")
        await person.press("enter")
        await person.on(EditStage)
        await person.sees("2 of 3  Substantial objective")
        await person.until(lambda: "▸ Theme B" in person.text, "the theme")


async def test_a_newer_assessment_of_the_same_person_is_taken_up_when_the_plan_opens(
    tmp_path: Path,
) -> None:
    first = keep(tmp_path, GRID, given(*LOW), started=NOON)
    item = of_session(GRID, read_session(first).session)
    stored = PlansFolder(tmp_path).new("Homes", item.when, evidence=[item])
    aims = {"theme-a": 2.9, "theme-b": 2.9}
    stage = StagedObjective(kind=StageKind.INCREMENTAL, positions=aims)
    PlansFolder(tmp_path).save(stored, stored.thing.with_stage(stage, item.when))
    keep(tmp_path, GRID, given(*HIGH), started=NOON + timedelta(days=90))
    async with at_the_app(tmp_path, GRID) as person:
        await the_plan(person)
        await person.reads("A newer assessment is taken up")
        await person.sees("0 of 2 aims reached")
        await person.press("g")
        await person.on(GapPage)
        await person.sees("Theme A", "◇ 2.9", "%")
        await person.press("escape")
        await saved(person)
    assert len(written(tmp_path).measurements) == 1


async def test_a_share_that_is_not_of_all_aims_says_so_beside(tmp_path: Path) -> None:
    source, again = (Ref(kind=Kind.SESSION, id=each) for each in ("ssssssss", "tttttttt"))
    stored = PlansFolder(tmp_path).new("Homes", TODAY)
    plan = stored.thing.based_on([source], {"theme-a": 1.0, "theme-b": 2.5}, TODAY, TODAY)
    aims = {"theme-a": 2.0, "theme-b": 2.0}
    plan = plan.with_stage(StagedObjective(kind=StageKind.INCREMENTAL, positions=aims), TODAY)
    plan = plan.with_measurement(again, {"theme-a": 1.996}, TODAY)
    PlansFolder(tmp_path).save(stored, plan)
    async with at_the_app(tmp_path, GRID, size=(120, 36)) as person:
        await the_plan(person)
        for _ in range(8):
            if "1 Incremental" in marked(person):
                break
            await person.press("down")
        await person.sees(" 99 %", "The share is of 1 of 2 aims; g says why.")
        await person.press("g")
        await person.on(GapPage)
        await person.sees("was there from the beginning")


async def test_the_check_leads_to_the_assessment_and_enter_chooses_it(tmp_path: Path) -> None:
    keep(tmp_path, GRID, given(*LOW), respondent="Ada", team="Housing")
    a_plan(tmp_path)
    async with at_the_app(tmp_path, GRID, size=(100, 40)) as person:
        page = await the_plan(person)
        await person.press("k")
        await person.on(CheckPage)
        for _ in range(40):
            if "no assessment shows it" in marked(person):
                break
            await person.press("down")
        await person.press("enter")
        await person.on(EditReality)
        await person.sees("▸ no assessment yet: Enter chooses one")
        await person.press("enter")
        await person.sees("Which assessment shows where you are?", "Ada · Housing")
        await person.press("enter")
        await person.on(EditReality)
        await person.sees("▸ Ada · Housing, 2 Mar 2026")
        await person.press("escape")
        await person.on(CheckPage)
        await person.until(lambda: "no assessment shows it" not in person.text, "the finding to go")
        assert set(page.work.plan.reality.positions) == {"theme-a", "theme-b"}
        # What is chosen by a key is taken back by one.
        await person.press("u")
        await person.sees("no assessment shows it")


async def test_only_the_list_that_has_the_keys_has_a_mark(tmp_path: Path) -> None:
    stored = PlansFolder(tmp_path).new("Homes", TODAY)
    there = Capability(id=new_id(), name="answer")
    PlansFolder(tmp_path).save(stored, stored.thing.with_capability(there))
    async with at_the_app(tmp_path, GRID) as person:
        await the_plan(person)
        await person.press("end", "up", "enter")
        await person.on(Capabilities)
        await person.press("home", "enter")
        await person.on(EditCapability)
        await person.until(lambda: person.text.count("▸") == 0, "no mark while a name is typed")
        for line in ("1  Incremental", "People"):
            await person.press("tab")
            await person.until(lambda: person.text.count("▸") == 1, "one mark")
            assert line in marked(person)


async def test_without_anything_new_the_gap_says_why_there_is_no_progress(tmp_path: Path) -> None:
    first = keep(tmp_path, GRID, given(*LOW))
    item = of_session(GRID, read_session(first).session)
    stored = PlansFolder(tmp_path).new("Homes", item.when, evidence=[item])
    stage = StagedObjective(kind=StageKind.INCREMENTAL, positions={"theme-a": 2.9})
    PlansFolder(tmp_path).save(stored, stored.thing.with_stage(stage, item.when))
    async with at_the_app(tmp_path, GRID) as person:
        await the_plan(person)
        await person.sees("nothing measured since")
        await person.press("g")
        await person.on(GapPage)
        await person.sees("nothing measured since", "no stage aims anywhere here")


async def test_another_window_may_look_and_change_nothing(tmp_path: Path) -> None:
    a_plan(tmp_path)
    others = PlansFolder(tmp_path)
    held = others.hold(others.all()[0][0])
    try:
        async with at_the_app(tmp_path, GRID) as person:
            await the_plan(person)
            await person.reads("open in another window", "read only")
            await person.press("enter")
            await person.on(EditDestination)
            await person.types("Not to be kept")
            await person.press("escape")
            await person.on(PlanPage)
    finally:
        others.release(held)
    assert written(tmp_path).revision == 0


async def test_a_plan_is_put_aside_and_taken_back(tmp_path: Path) -> None:
    a_plan(tmp_path)
    async with at_the_app(tmp_path, GRID) as person:
        await choose(person, "Plan")
        await person.on(Plans)
        await person.sees("Homes")
        await person.press("a")
        await person.sees("Begin the first plan")
        assert PlansFolder(tmp_path).all() == ([], [])
        await person.press("v")
        await person.sees("Plans put aside", "Homes")
        await person.press("a")
        await person.sees("Nothing is put aside")
    assert written(tmp_path).title == "Homes"


async def test_damaged_files_are_told_of_and_one_changed_by_hand_can_be_taken(
    tmp_path: Path,
) -> None:
    a_plan(tmp_path, "Whole")
    [path] = (tmp_path / "plans").glob("*.toml")
    path.write_text(path.read_text().replace("Whole", "Changed"))
    (tmp_path / "plans" / "2026-01-01-cutshort0.toml").write_text("format = 1\n[plan]\n")
    async with at_the_app(tmp_path, GRID) as person:
        await choose(person, "Plan")
        await person.on(Plans)
        await person.sees("Cannot be read as they are", "cutshort0", path.name)
        for _ in range(4):
            if path.name in marked(person):
                break
            await person.press("down")
        await person.press("enter")
        await person.sees("Changed by hand, or damaged", "Changed")
        await person.press("enter")
        await person.until(lambda: PlansFolder(tmp_path).all()[0], "accepting")
    [stored] = PlansFolder(tmp_path).all()[0]
    assert stored.thing.title == "Changed"


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (44, 12)])
async def test_hostile_words_are_shown_and_do_nothing(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    stored = PlansFolder(tmp_path).new("[/] [@click=app.quit]x[/]", TODAY, organisation="[b")
    plan = stored.thing
    hostile = "[@click=app.quit]go[/] [/] \x1b]52;c;AAAA\x07"
    stage = StagedObjective(kind=StageKind.INCREMENTAL, results=hostile, measure=hostile)
    capability = Capability(
        id=new_id(), name=hostile, sides={Side.PEOPLE: SideState(action=hostile, owner="[/]")}
    )
    plan = plan.with_stage(stage, TODAY).with_capability(capability)
    PlansFolder(tmp_path).save(stored, plan)
    async with at_the_app(tmp_path, GRID, size=size) as person:
        await the_plan(person)
        for _ in range(7):
            await person.press("down")
            assert "\x1b" not in person.text
        await person.press("k")
        await person.on(CheckPage)
        await person.press("escape")
        await person.press("end", "up", "enter")
        await person.on(Capabilities)
        await person.press("home", "enter")
        await person.on(EditCapability)
        await person.press("escape", "escape", "g")
        await person.on(GapPage)
        assert "\x1b" not in person.text


async def test_home_tells_how_far_the_newest_plan_is(tmp_path: Path) -> None:
    stored = PlansFolder(tmp_path).new("Homes", TODAY)
    stage = StagedObjective(kind=StageKind.INCREMENTAL, results="Ten questions")
    PlansFolder(tmp_path).save(stored, stored.thing.with_stage(stage, TODAY))
    async with at_the_app(tmp_path, GRID) as person:
        await person.sees("Homes: stage 1 of 3 under way")
