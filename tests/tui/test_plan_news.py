"""What was measured since a plan was saved: told by Home, the list and the page alike."""

import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bt_assess.core.compared import Compared, Kind, of_session
from bt_assess.core.plan import Capability, Destination, Plan, StagedObjective
from bt_assess.core.plan_gap import positions_of, ref_of
from bt_assess.core.plan_history import NoPlace, StageKind
from bt_assess.core.saved_comparison import Ref
from bt_assess.report.words import date_words
from bt_assess.store.folder import ARCHIVE
from bt_assess.store.plans import PlansFolder
from bt_assess.store.session_file import read_session
from bt_assess.tui.screens.home import Home
from bt_assess.tui.screens.plans.gaps import GapPage
from bt_assess.tui.screens.plans.history import HistoryPage
from bt_assess.tui.screens.plans.listed import Plans
from bt_assess.tui.screens.plans.page import PlanPage
from tests.core.builders import NOON
from tests.tui.kept import given, grid, keep
from tests.tui.person import at_the_app, choose
from tests.tui.test_plans import HIGH, LOW, saved, the_plan, written

GRID = grid("...... ...... ......", "...... ...... ......")
LATER = NOON + timedelta(days=90)
MIXED = "333333 000000 333333"


def based(folder: Path, item: Compared, aim: float) -> Plan:
    """A plan that begins with a session, on disk."""
    plans = PlansFolder(folder)
    stored = plans.new("Homes", item.when, evidence=[item])
    stage = StagedObjective(kind=StageKind.INCREMENTAL, results="r", positions={"theme-a": aim})
    plan = stored.thing.with_stage(stage, item.when)
    plan = plan.with_destination(Destination(marketplace="All at once"), item.when)
    plan = plan.with_capability(Capability(id="aaaaaaaa", name="Decide"))
    plans.save(stored, plan)
    return plan


def compared(path: Path) -> Compared:
    return of_session(GRID, read_session(path).session)


def put_aside(path: Path) -> None:
    (path.parent / ARCHIVE).mkdir(exist_ok=True)
    path.rename(path.parent / ARCHIVE / path.name)


@pytest.mark.parametrize("spelt", ["Me", "ME"])
async def test_home_and_the_list_know_of_a_new_assessment_before_the_plan_is_opened(
    tmp_path: Path, spelt: str
) -> None:
    based(tmp_path, compared(keep(tmp_path, GRID, given(*LOW))), 1.4)
    keep(tmp_path, GRID, given(*HIGH), respondent=spelt, started=LATER)
    before = written(tmp_path)
    async with at_the_app(tmp_path, GRID) as person:
        await person.sees("What this stage aims at is measured: is it done?")
        await person.sees("Homes: stage 1 of 3 reached, 100 %")
        assert written(tmp_path) == before
        await choose(person, "Plan")
        await person.on(Plans)
        await person.sees("stage 1 of 3 reached, 100 %")
        assert written(tmp_path) == before
        await person.press("enter")
        await person.on(PlanPage)
        await person.sees("100 %, 1 of 1 aim reached")
        await person.press("escape")
        await person.on(Plans)
        await person.sees("stage 1 of 3 reached, 100 %")


async def test_what_was_put_aside_measures_nothing_anywhere(tmp_path: Path) -> None:
    based(tmp_path, compared(keep(tmp_path, GRID, given(*LOW))), 1.4)
    put_aside(keep(tmp_path, GRID, given(*HIGH), started=LATER))
    async with at_the_app(tmp_path, GRID) as person:
        await person.sees("Homes: stage 1 of 3 under way")
        await the_plan(person)
        await person.sees("nothing measured since")
    assert not written(tmp_path).measurements


async def test_what_it_is_based_on_counts_though_it_was_put_aside(tmp_path: Path) -> None:
    first = keep(tmp_path, GRID, given(*LOW))
    based(tmp_path, compared(first), 1.4)
    put_aside(first)
    keep(tmp_path, GRID, given(*HIGH), started=LATER)
    async with at_the_app(tmp_path, GRID) as person:
        await person.sees("Homes: stage 1 of 3 reached, 100 %")


async def test_the_history_names_who_was_measured_from_another_base(tmp_path: Path) -> None:
    first = compared(keep(tmp_path, GRID, given(*LOW), respondent="Ada"))
    later = compared(keep(tmp_path, GRID, given(*HIGH), respondent="Ada", started=LATER))
    plan = based(tmp_path, first, 1.4)
    places = {"theme-a": 1.4}
    plan = plan.with_measurement(Ref(kind=Kind.SESSION, id=later.id), places, later.when)
    other = compared(keep(tmp_path, GRID, given(*LOW), respondent="Bo", started=LATER))
    plan = plan.based_on([Ref(kind=Kind.SESSION, id=other.id)], places, later.when, later.when)
    [stored] = PlansFolder(tmp_path).all()[0]
    PlansFolder(tmp_path).save(stored, plan)
    async with at_the_app(tmp_path, GRID) as person:
        await the_plan(person)
        await person.sees("was there from the beginning")
        await person.press("h")
        await person.on(HistoryPage)
        await person.reads("measured again, by Ada", "where it begins, by Bo")
        assert "not here any more" not in person.words


async def test_a_last_stage_that_is_done_alone_is_not_arriving(tmp_path: Path) -> None:
    plan = based(tmp_path, compared(keep(tmp_path, GRID, given(*LOW))), 1.4)
    [stored] = PlansFolder(tmp_path).all()[0]
    done = plan.stage_done(StageKind.TRANSFORMATIONAL, plan.created, plan.created)
    PlansFolder(tmp_path).save(stored, done)
    async with at_the_app(tmp_path, GRID) as person:
        await person.on(Home)
        await person.sees("Homes: stage 1 of 3 under way")


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Sets the time zone of the machine, for a while."""

    def at(zone: str) -> None:
        monkeypatch.setenv("TZ", zone)
        time.tzset()

    yield at
    monkeypatch.undo()
    time.tzset()


async def test_in_another_time_zone_nothing_is_written_or_announced(
    tmp_path: Path, clock: Callable[[str], None]
) -> None:
    clock("UTC")
    based(tmp_path, compared(keep(tmp_path, GRID, given(*LOW))), 1.4)
    later = keep(tmp_path, GRID, given(*HIGH), started=LATER)
    async with at_the_app(tmp_path, GRID) as person:
        await the_plan(person)
        await person.reads("A newer assessment is taken up")
        await saved(person)
        await person.press("escape")
        await person.on(Plans)
    [stored] = PlansFolder(tmp_path).all()[0]
    before, day = stored.path.read_bytes(), compared(later).when
    for zone in ("XST+13", "XST-14"):
        clock(zone)
        assert compared(later).when != day
        async with at_the_app(tmp_path, GRID) as person:
            await the_plan(person)
            await person.sees("100 %, 1 of 1 aim reached")
            assert "taken up" not in person.words
            await person.press("h")
            await person.on(HistoryPage)
            await person.reads(f"{date_words(day)} measured again")
            await person.press("escape")
            await saved(person)
            await person.press("escape")
            await person.on(Plans)
        assert stored.path.read_bytes() == before


async def test_why_a_theme_had_no_place_is_filled_in_without_a_word(tmp_path: Path) -> None:
    first = compared(keep(tmp_path, GRID, given(*LOW)))
    later = compared(keep(tmp_path, GRID, given(HIGH[0], MIXED), started=LATER))
    plan = based(tmp_path, first, 1.4)
    plan = plan.with_measurement(ref_of(later), positions_of(later), later.when)
    [stored] = PlansFolder(tmp_path).all()[0]
    PlansFolder(tmp_path).save(stored, plan)
    async with at_the_app(tmp_path, GRID) as person:
        await the_plan(person)
        await person.sees("100 %, 1 of 1 aim reached")
        await saved(person)
        assert "taken up" not in person.words
    [event] = written(tmp_path).measurements
    assert event.unplaced == {"theme-b": NoPlace.MIXED}


@pytest.mark.parametrize(
    ("row", "why", "short"),
    [
        (MIXED, "mixed picture since", "mixed"),
        ("nnnnnn nnnnnn nnnnnn", "not enough answers since", "not enough answers"),
    ],
)
async def test_a_mixed_picture_is_told_apart_from_too_few_answers(
    tmp_path: Path, row: str, why: str, short: str
) -> None:
    first = compared(keep(tmp_path, GRID, given(*LOW)))
    based(tmp_path, first, 1.4)
    keep(tmp_path, GRID, given(row, HIGH[1]), started=LATER)
    async with at_the_app(tmp_path, GRID) as person:
        await the_plan(person)
        await person.reads("A newer assessment is taken up", why)
        await person.press("g")
        await person.on(GapPage)
        await person.sees(f"was {first.standing('theme-a').position:.1f}", why)
        await person.press("escape", "h")
        await person.on(HistoryPage)
        await person.reads(f"Theme A {short})")
