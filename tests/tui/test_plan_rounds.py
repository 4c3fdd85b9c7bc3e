"""Plans and rounds: a plan begun from an open round, and one that takes up a newer round."""

from datetime import date
from pathlib import Path

import pytest

from bt_assess.core.compared import Kind
from bt_assess.core.plan import StagedObjective
from bt_assess.core.plan_history import StageKind
from bt_assess.core.round import Action, Step
from bt_assess.core.saved_comparison import Ref
from bt_assess.store.plans import PlansFolder
from bt_assess.store.projects import ProjectsFolder
from bt_assess.store.sealing import Keys, PrivateKey, WrongPassphrase
from bt_assess.tui import comparing_flow, round_talk
from bt_assess.tui.page import Page
from bt_assess.tui.screens.comparing.dialogs import AskPassphrase
from bt_assess.tui.screens.home import Home
from bt_assess.tui.screens.pick import Pick
from bt_assess.tui.screens.plans.gaps import GapPage
from bt_assess.tui.screens.plans.listed import Plans
from bt_assess.tui.screens.plans.page import PlanPage
from bt_assess.tui.screens.projects.page import ProjectPage
from bt_assess.tui.screens.rounds.act import Act
from bt_assess.tui.screens.rounds.listed import Rounds
from bt_assess.tui.screens.rounds.opening import OpenRound
from bt_assess.tui.screens.rounds.reveal import Reveal
from tests.store.keys import unwrapped
from tests.tui.person import Person, at_the_app, choose
from tests.tui.test_compare_rounds import WORD, put
from tests.tui.test_plans import saved, the_plan, written


@pytest.fixture(autouse=True)
def _one_word_opens(monkeypatch: pytest.MonkeyPatch) -> None:
    """The real lock takes seconds on purpose; it has its own tests."""

    def unlock(keys: Keys, words: str) -> PrivateKey:
        if words != WORD:
            raise WrongPassphrase("that is not the passphrase of this round, nor its recovery code")
        return unwrapped()[1]

    for module in (comparing_flow, round_talk):
        monkeypatch.setattr(module, "unlock", unlock)


async def to_the_round(person: Person, page: type[Page] = Reveal) -> None:
    """From Home to the one round, open at its step."""
    await choose(person, "Round")
    await person.on(Rounds)
    await person.press("enter")
    await person.on(OpenRound)
    await person.types(f"{WORD}\r")
    await person.on(page)


async def names_it(person: Person, name: str) -> None:
    await person.sees("A new plan")
    await person.types(f"{name}\r")
    await person.press("enter")


async def test_a_plan_begins_from_what_a_round_shows(tmp_path: Path) -> None:
    put(tmp_path, 1, [2] * 9, team="Housing")
    async with at_the_app(tmp_path) as person:
        await to_the_round(person)
        await person.press("b")
        await names_it(person, "Ours")
        await person.sees("What must we be able to do first?")
        await person.press("enter")
        await person.on(PlanPage)
        await person.sees("Ours", "measured 1 Jan 2026")
        # The way back leads to the round, which is still open.
        await person.press("escape")
        await person.on(Plans)
        await person.press("escape")
        await person.on(Reveal)
    plan = written(tmp_path)
    assert plan.organisation == "Housing"
    assert plan.reality.evidence == (Ref(kind=Kind.ROUND, id="roundnumber1"),)
    assert len(plan.reality.positions) == 6
    assert plan.capabilities == ()


async def test_the_points_that_a_team_has_chosen_come_along(tmp_path: Path) -> None:
    theme = put_with_action(tmp_path)
    async with at_the_app(tmp_path) as person:
        await to_the_round(person, Act)
        await person.press("b")
        await names_it(person, "Ours")
        await person.sees("What must we be able to do first?")
        assert person.text.count("☑") == 1
        await person.press("enter")
        await person.on(PlanPage)
    [capability] = written(tmp_path).capabilities
    assert capability.point == theme


async def test_a_project_begins_from_what_a_team_has_chosen(tmp_path: Path) -> None:
    point = put_with_action(tmp_path)
    async with at_the_app(tmp_path) as person:
        await to_the_round(person, Act)
        await person.press("p")
        await person.sees("A new breakthrough project", "Walk the sites")
        await person.types("On the sites\r")
        await person.on(ProjectPage)
        await person.press("c")
        await person.reads("From the breakthrough point:")
    [project] = [stored.thing for stored in ProjectsFolder(tmp_path).all()[0]]
    assert project.origin is not None
    assert project.origin.point == point
    assert project.origin.evidence == Ref(kind=Kind.ROUND, id="roundnumber1")


def put_with_action(folder: Path) -> str:
    """A round whose team has chosen one breakthrough point; which."""
    from tests.tui.test_compare import RUBRIC

    point = RUBRIC.themes[0].points[0]
    action = Action(id="actionnumber1", what="Walk the sites", point=point.id, owner="Ada")
    put(folder, 1, [1] * 9, step=Step.ACTING, actions=(action,))
    return point.id


async def test_of_too_few_people_a_plan_begins_without_places(tmp_path: Path) -> None:
    put(tmp_path, 1, [2] * 4)
    async with at_the_app(tmp_path) as person:
        await to_the_round(person)
        await person.press("b")
        await person.reads("shows no places yet")
        await names_it(person, "Ours")
        await person.on(PlanPage)
    plan = written(tmp_path)
    assert plan.reality.positions == {}
    assert plan.reality.evidence == (Ref(kind=Kind.ROUND, id="roundnumber1"),)


async def test_a_plan_from_the_list_of_plans_asks_for_the_passphrase(tmp_path: Path) -> None:
    put(tmp_path, 1, [2] * 9, team="Housing")
    async with at_the_app(tmp_path) as person:
        await choose(person, "Plan")
        await person.on(Plans)
        await person.press("n")
        await person.on(Pick)
        await person.press("enter")
        await person.on(AskPassphrase)
        await person.types(f"{WORD}\r")
        await names_it(person, "Ours")
        await person.sees("What must we be able to do first?")
        await person.press("enter")
        await person.on(PlanPage)
    assert len(written(tmp_path).reality.positions) == 6


async def begun_from_a_round(folder: Path) -> None:
    """A plan on disk that a round of Housing shows, with aims."""
    put(folder, 1, [1] * 9, team="Housing")
    async with at_the_app(folder) as person:
        await to_the_round(person)
        await person.press("b")
        await names_it(person, "Ours")
        await person.sees("What must we be able to do first?")
        await person.press("enter")
        await person.on(PlanPage)
        await saved(person)
        await person.press("escape")
        await person.on(Plans)
        await person.press("escape")
        await person.on(Reveal)
        await person.press("escape")
        await person.on(Home)
        flow, planning = person.app._flow, person.app._plans  # noqa: SLF001
        assert flow is not None
        assert planning is not None
        await person.until(lambda: flow._stored is None, "leaving the round")  # noqa: SLF001
        await person.until(lambda: planning._open is None, "leaving the plan")  # noqa: SLF001
    plans = PlansFolder(folder)
    [stored] = plans.all()[0]
    aims = dict.fromkeys(stored.thing.reality.positions, 1.5)
    stage = StagedObjective(kind=StageKind.INCREMENTAL, results="Better", positions=aims)
    plans.save(stored, stored.thing.with_stage(stage, date(2026, 1, 1)))


async def test_a_newer_round_of_the_team_is_told_of_and_measures_once_it_is_open(
    tmp_path: Path,
) -> None:
    await begun_from_a_round(tmp_path)
    put(tmp_path, 2, [2] * 9, team="Somebody else")
    put(tmp_path, 6, [2] * 9, team="housing")
    async with at_the_app(tmp_path) as person:
        page = await the_plan(person)
        await person.reads("newer round of this team")
        assert [each.round.id for each in page.work.unread] == ["roundnumber6"]
        assert written(tmp_path).measurements == ()
        await person.press("m")
        await person.on(AskPassphrase)
        await person.types(f"{WORD}\r")
        await person.on(PlanPage)
        await person.sees("6 of 6 aims reached", "measured 1 Jun 2026")
        assert page.work.unread == ()
        await person.press("g")
        await person.on(GapPage)
        await person.sees("✓ reached", "last measured 1 Jun 2026")
        await person.press("escape")
        await saved(person)
    [event] = written(tmp_path).measurements
    assert event.ref == Ref(kind=Kind.ROUND, id="roundnumber6")


async def test_a_newer_round_that_nobody_opens_changes_nothing(tmp_path: Path) -> None:
    await begun_from_a_round(tmp_path)
    put(tmp_path, 6, [2] * 9, team="Housing")
    before = written(tmp_path)
    async with at_the_app(tmp_path) as person:
        page = await the_plan(person)
        await person.press("m")
        await person.on(AskPassphrase)
        await person.types("nonsense\r")
        await person.reads("not the passphrase")
        await person.press("escape")
        await person.on(PlanPage)
        assert page.work.unread
    assert written(tmp_path) == before
