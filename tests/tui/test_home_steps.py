"""Home's next step, pressed: a team's next round, a project that a plan wants, a goal left out."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from textual.widgets import Input

from bt_assess.core.compared import Kind
from bt_assess.core.plan import Capability, Destination, StagedObjective, new_plan
from bt_assess.core.plan_history import StageKind
from bt_assess.core.project import Project, new_project
from bt_assess.core.project_parts import Origin, Report
from bt_assess.core.round import Action, Round
from bt_assess.core.round import Step as RoundStep
from bt_assess.core.saved_comparison import Ref
from bt_assess.store import rounds
from bt_assess.store.plans import PlansFolder
from bt_assess.store.projects import ProjectsFolder
from bt_assess.store.rounds import RoundsFolder
from bt_assess.tui import desk
from bt_assess.tui.screens.home import Home
from bt_assess.tui.screens.plans.capabilities import Capabilities
from bt_assess.tui.screens.plans.page import PlanPage
from bt_assess.tui.screens.projects.dialogs import NameProject
from bt_assess.tui.screens.projects.launch import LaunchPage
from bt_assess.tui.screens.projects.page import ProjectPage
from bt_assess.tui.screens.rounds.before import RecoverySheet
from bt_assess.tui.screens.rounds.listed import Rounds
from bt_assess.tui.screens.rounds.set_up import SetUpRound
from tests.store.keys import made as made_round
from tests.store.keys import unwrapped
from tests.tui.kept import DAY, given, grid, keep
from tests.tui.person import Person, at_the_app, choose

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
TODAY = NOW.date()
WORD = "walk the long corridor"
CALL = Action(id="aaaaaaaa", what="Ring back", owner="Bo", due=TODAY + timedelta(days=30))


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk, "_now", lambda: NOW)


def marked(person: Person) -> str:
    return next(line for line in person.text.splitlines() if "▸" in line)


def a_round(folder: Path, id: str, team: str, age: int) -> None:
    """A round that is over, in which something was promised."""
    kept, stored = made_round(
        folder, id=id, title="Autumn review", team=team, created=TODAY - timedelta(days=age)
    )
    promise = Action(id=f"x{id}"[:8], what="Walk the sites", owner="Cy")
    over = {**dict(stored.round), "step": RoundStep.DONE, "actions": (promise,)}
    kept.save(stored, Round.model_validate(over))


def reported(folder: Path, evidence: Ref | None) -> None:
    began = TODAY - timedelta(days=70)
    project = new_project("projproj", "Fewer", began, origin=Origin(evidence=evidence))
    done = project.with_action(CALL).launched(began)
    day = TODAY - timedelta(days=3)
    ProjectsFolder(folder).create(done.with_report(Report(on=day, result="84 reached")))


class TestTheNextRound:
    @pytest.mark.parametrize("team", ["Repairs", ""])
    @pytest.mark.parametrize("with_a_session", [True, False])
    async def test_home_opens_its_set_up_with_team_and_link(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, team: str, with_a_session: bool
    ) -> None:
        keys = unwrapped()[0]
        monkeypatch.setattr(rounds, "new_keys", lambda passphrase: (keys, "mist-2222-2222-2222"))
        a_round(tmp_path, "firstfirst", team, 90)
        # Another team's is newer, and is what a new round is proposed for otherwise.
        a_round(tmp_path, "salessales", "Sales", 80)
        if with_a_session:
            keep(
                tmp_path,
                grid("33 33 33"),
                given("33 00 00"),
                respondent="Me",
                started=NOW - 80 * DAY,
            )
        reported(tmp_path, Ref(kind=Kind.ROUND, id="firstfirst"))
        async with at_the_app(tmp_path, grid("33 33 33"), size=(100, 40)) as person:
            about = team or "Autumn review"
            await person.sees(
                f"▸ Next          Let the team answer again: what has moved? · {about}"
            )
            await person.sees("● Again")
            await person.press("enter")
            page = await person.on(SetUpRound)
            await person.sees("A new round  after Autumn review, 23 Aug 2026")
            assert page.query_one("#team", Input).value == team
            form = {"title": "Next", "expected": "6", "passphrase": WORD, "again": WORD}
            for name, value in form.items():
                page.query_one(f"#{name}", Input).value = value
            await person.press("ctrl+s")
            await person.on(RecoverySheet)
        newest = RoundsFolder(tmp_path).resolve("latest").round
        assert (newest.title, newest.team, newest.after) == ("Next", team, "firstfirst")
        assert [action.what for action in newest.last_actions] == ["Walk the sites"]

    async def test_of_another_team_it_begins_with_nothing_of_this_one(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        keys = unwrapped()[0]
        monkeypatch.setattr(rounds, "new_keys", lambda passphrase: (keys, "mist-2222-2222-2222"))
        a_round(tmp_path, "firstfirst", "", 90)
        reported(tmp_path, Ref(kind=Kind.ROUND, id="firstfirst"))
        async with at_the_app(tmp_path, size=(100, 40)) as person:
            await person.sees("▸ Next          Let the team answer again")
            await person.press("enter")
            page = await person.on(SetUpRound)
            form = {"title": "Next", "team": "Board", "expected": "6", "passphrase": WORD}
            for name, value in {**form, "again": WORD}.items():
                page.query_one(f"#{name}", Input).value = value
            await person.press("ctrl+s")
            await person.on(RecoverySheet)
        assert RoundsFolder(tmp_path).resolve("latest").round.after is None

    async def test_escape_leads_home_and_a_round_that_is_gone_to_all_of_them(
        self, tmp_path: Path
    ) -> None:
        a_round(tmp_path, "firstfirst", "Repairs", 90)
        reported(tmp_path, Ref(kind=Kind.ROUND, id="gonegone"))
        async with at_the_app(tmp_path) as person:
            await person.sees("▸ Next          Let the team answer again")
            await person.press("enter")
            await person.on(Rounds)
            await person.press("escape")
            await person.on(Home)


class TestWithoutAnAssessment:
    async def test_a_reported_project_of_nothing_leads_to_the_first_one(
        self, tmp_path: Path
    ) -> None:
        reported(tmp_path, None)
        async with at_the_app(tmp_path) as person:
            await person.sees("● Assess")
            # The row right under it would say the same.
            await person.sees("▸ Assess        your own view")
            assert "Next" not in person.text

    async def test_what_was_left_long_ago_does_not_take_the_place_of_it(
        self, tmp_path: Path
    ) -> None:
        rubric = grid("33 33 33")
        keep(tmp_path, rubric, {}, respondent="Ann", finished=False, started=NOW - 200 * DAY)
        reported(tmp_path, None)
        async with at_the_app(tmp_path, rubric) as person:
            await person.sees("▸ Next          Find out where you stand", "Continue")

    async def test_whose_assessment_is_gone_assesses_again_all_the_same(
        self, tmp_path: Path
    ) -> None:
        reported(tmp_path, Ref(kind=Kind.SESSION, id="gonegone"))
        async with at_the_app(tmp_path) as person:
            await person.sees("▸ Next          Assess again: what has moved? · Fewer", "● Again")

    async def test_with_one_they_assess_again(self, tmp_path: Path) -> None:
        rubric = grid("33 33 33")
        keep(tmp_path, rubric, given("33 00 00"), started=NOW - 80 * DAY)
        reported(tmp_path, None)
        async with at_the_app(tmp_path, rubric) as person:
            await person.sees("▸ Next          Assess again · Fewer", "● Again")


def a_plan(folder: Path, *names: str) -> None:
    plan = new_plan("planplan", "North star", TODAY, "Housing")
    plan = plan.with_destination(Destination(marketplace="One call"), TODAY)
    last = StagedObjective(kind=StageKind.TRANSFORMATIONAL, results="Half the calls")
    plan = plan.with_stage(last, TODAY)
    for number, name in enumerate(names, start=1):
        plan = plan.with_capability(Capability(id=f"capable{number}", name=name))
    PlansFolder(folder).create(plan)


def the_project(folder: Path) -> Project:
    return ProjectsFolder(folder).resolve("latest").thing


class TestWhatAPlanWants:
    async def test_of_several_capabilities_one_is_chosen_with_b(self, tmp_path: Path) -> None:
        a_plan(tmp_path, "Answer", "Decide")
        async with at_the_app(tmp_path) as person:
            await person.sees(
                "▸ Next          Begin with one result for the transformational stage"
            )
            # The line of the plan speaks of the same stage.
            assert "stage 3 of 3" in person.line("Plan  ")
            await person.press("enter")
            await person.on(Capabilities)
            await person.reads("Which of these is the project to build?", "and press b.")
            await person.marks("Decide")
            await person.press("b")
            await person.on(NameProject)
            await person.types("Once\r")
            await person.on(ProjectPage)
        project = the_project(tmp_path)
        assert project.origin == Origin(plan="planplan", capability="capable2")
        assert project.organisation == "Housing"

    async def test_a_single_one_is_asked_for(self, tmp_path: Path) -> None:
        a_plan(tmp_path, "Answer")
        async with at_the_app(tmp_path) as person:
            await person.sees("▸ Next          Begin with one result")
            await person.press("enter")
            await person.on(NameProject)
            await person.sees("A new breakthrough project", "Answer")
            await person.press("escape")
            await person.on(Capabilities)
            await person.sees("b begins a project that builds the marked one.")
            await person.press("b")
            await person.on(NameProject)
            await person.types("Once\r")
            await person.on(ProjectPage)
        assert the_project(tmp_path).origin == Origin(plan="planplan", capability="capable1")

    async def test_of_the_plan_itself_they_are_listed_as_ever(self, tmp_path: Path) -> None:
        a_plan(tmp_path, "Answer")
        async with at_the_app(tmp_path) as person:
            await choose(person, "Plan")
            await person.press("enter")
            await person.on(PlanPage)
            await person.marks("What we must be able to do")
            await person.press("enter")
            await person.on(Capabilities)
            await person.reads("What must we be able to do, together")
            assert "press b." not in person.words

    @pytest.mark.parametrize("shown", [{}, {"theme-a": 1.5}])
    async def test_before_is_what_was_measured_last(
        self, tmp_path: Path, shown: dict[str, float]
    ) -> None:
        base, newer = (Ref(kind=Kind.SESSION, id=name) for name in ("basebase", "newernew"))
        a_plan(tmp_path, "Answer")
        kept = PlansFolder(tmp_path)
        stored = kept.resolve("latest")
        began = TODAY - timedelta(days=90)
        plan = stored.thing.based_on([base], {"theme-a": 1.2}, began, began)
        kept.save(stored, plan.with_measurement(newer, shown, TODAY - timedelta(days=9)))
        async with at_the_app(tmp_path) as person:
            await person.sees("▸ Next          Begin with one result")
            await person.press("enter")
            await person.on(NameProject)
            await person.types("Once\r")
            await person.on(ProjectPage)
        origin = the_project(tmp_path).origin
        assert origin is not None
        # Where it showed nothing, there is nothing to put beside.
        assert origin.evidence == (newer if shown else base)


class TestAGoalThatWasLeftOut:
    async def test_ending_the_launch_says_so_and_home_asks_for_it(self, tmp_path: Path) -> None:
        project = new_project("projproj", "Fewer", TODAY).with_action(CALL)
        ProjectsFolder(tmp_path).create(project)
        async with at_the_app(tmp_path) as person:
            await choose(person, "Projects")
            await person.press("enter")
            await person.on(ProjectPage)
            await person.press("l")
            await person.on(LaunchPage)
            await person.press("e")
            await person.reads("The weeks begin", "There is no goal yet: c on the project's page")
            await person.goes_back_to(Home)
            await person.sees("Next          Choose the goal: the weeks run without one")
            await choose(person, "Next")
            await person.on(ProjectPage)
            await person.until(lambda: "▸" in person.text, "the mark")
            assert "Choose" in marked(person)

    async def test_with_a_goal_the_launch_ends_without_advice(self, tmp_path: Path) -> None:
        wanted = {"measure": "Cases", "from": 9.0, "to": 1.0}
        project = new_project("projproj", "Fewer", TODAY, wanted=wanted).with_action(CALL)
        ProjectsFolder(tmp_path).create(project)
        async with at_the_app(tmp_path) as person:
            await choose(person, "Projects")
            await person.press("enter")
            await person.on(ProjectPage)
            await person.press("l")
            await person.on(LaunchPage)
            await person.press("e")
            await person.reads("The weeks begin")
            assert "no goal" not in person.words


@pytest.mark.parametrize("what", ["plan", "archived plan", "project", "round", "damaged plan"])
async def test_only_a_folder_with_nothing_at_all_is_introduced(tmp_path: Path, what: str) -> None:
    match what:
        case "plan":
            PlansFolder(tmp_path).new("North star", TODAY)
        case "archived plan":
            kept = PlansFolder(tmp_path)
            kept.move(kept.new("North star", TODAY), to_archive=True)
        case "project":
            ProjectsFolder(tmp_path).new("Fewer", TODAY)
        case "round":
            made_round(tmp_path)
        case "damaged plan":
            (tmp_path / "plans").mkdir()
            (tmp_path / "plans" / "2026-01-01-aaaaaaaa.toml").write_text("format = 1")
    async with at_the_app(tmp_path) as person:
        home = await person.on(Home)
        # Until it has looked around it would greet nobody anyway.
        await person.until(lambda: home._around is not None, "a look around")  # noqa: SLF001
        await person.sees("● ")
        assert "117 short statements" not in person.words
