"""Where Home's next step, what is due and a project's end lead to, and where Esc leads back to."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bt_assess.core.compared import Kind
from bt_assess.core.plan import Capability, Plan, Side, SideState, StagedObjective, new_plan
from bt_assess.core.plan_history import StageKind
from bt_assess.core.project import new_project
from bt_assess.core.project_parts import Obstacle, Origin, Report
from bt_assess.core.round import Action, ActionState, Round
from bt_assess.core.round import Step as RoundStep
from bt_assess.core.saved_comparison import Ref
from bt_assess.store.plans import PlansFolder
from bt_assess.store.projects import ProjectsFolder
from bt_assess.store.session_file import read_session
from bt_assess.tui import desk
from bt_assess.tui.app import AssessApp
from bt_assess.tui.screens.compare import Compare
from bt_assess.tui.screens.due import DuePage
from bt_assess.tui.screens.home import Home
from bt_assess.tui.screens.plans.listed import Plans
from bt_assess.tui.screens.plans.page import PlanPage
from bt_assess.tui.screens.plans.sides import EditSide
from bt_assess.tui.screens.projects.again import Again
from bt_assess.tui.screens.projects.board import Board
from bt_assess.tui.screens.projects.page import ProjectPage
from bt_assess.tui.screens.rounds.opening import OpenRound
from bt_assess.tui.visits import Place, Visit
from tests.store.keys import made as made_round
from tests.tui.kept import DAY, given, grid, keep
from tests.tui.person import Person, at_the_app, choose

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
TODAY = NOW.date()
TEACH = "Pair the newcomers"


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk, "_now", lambda: NOW)


def day(number: int) -> date:
    return TODAY + timedelta(days=number)


def a_plan(folder: Path, *, action_due: int = -2, stage_by: int = 90) -> None:
    """A plan with an action on the people's side of its second capability, and a first stage."""
    plan = new_plan("planplan", "North star", TODAY)
    for name in ("aaaaaaaa", "bbbbbbbb"):
        needed = Capability(id=name, name=f"Answer {name[0]}", serves=tuple(StageKind))
        plan = plan.with_capability(needed)
    side = SideState(action=TEACH, owner="Ann", due=day(action_due))
    plan = plan.with_side("bbbbbbbb", Side.PEOPLE, side)
    stage = StagedObjective(kind=StageKind.SUBSTANTIAL, results="Half the calls", by=day(stage_by))
    PlansFolder(folder).create(plan.with_stage(stage, TODAY))


def the_plan(folder: Path) -> Plan:
    return PlansFolder(folder).resolve("latest").thing


def a_project(folder: Path) -> None:
    """A project of three weeks with a late action, and an obstacle that nobody has answered."""
    action = Action(id="aaaaaaaa", what="Ring back", owner="Bo", due=day(-2))
    project = new_project("projproj", "Fewer calls", day(-20), leader="Ann")
    project = project.with_action(action).launched(day(-20))
    raised = Obstacle(id="cccccccc", what="No keys", raised=day(-8))
    ProjectsFolder(folder).create(project.with_obstacle(raised))


def a_round(folder: Path) -> None:
    """A round that is over, with an action that is late."""
    rounds, stored = made_round(folder, created=day(-30))
    action = Action(id="dddddddd", what="Walk the sites", owner="Cy", due=day(-3))
    done = {**dict(stored.round), "step": RoundStep.DONE, "actions": (action,)}
    rounds.save(stored, Round.model_validate(done))


def pages(app: AssessApp) -> list[type]:
    return [type(screen) for screen in app.screen_stack[1:]]


async def at_due(person: Person) -> DuePage:
    await choose(person, "Due")
    return await person.on(DuePage)


class TestDue:
    async def test_a_plan_leads_back_to_what_is_due_now(self, tmp_path: Path) -> None:
        a_plan(tmp_path)
        a_project(tmp_path)
        async with at_the_app(tmp_path) as person:
            due = await at_due(person)
            await person.marks(TEACH)
            await person.press("enter")
            # At the action itself, and there at what has become of it.
            await person.on(EditSide)
            await person.sees(TEACH, "◉ open")
            await person.press("right")
            await person.press("escape")
            await person.on(PlanPage)
            await person.press("escape")
            assert await person.on(DuePage) is due
            await person.until(lambda: TEACH not in person.text, "the list read anew")
            assert "Ring back" in person.text
            # And again: nothing of the plan is held any more.
            await person.marks("Ring back")
            await person.press("escape")
            await person.on(Home)
        side = the_plan(tmp_path).capabilities[1].side(Side.PEOPLE)
        assert side.state is ActionState.DONE

    @pytest.mark.parametrize(("words", "part"), [("Ring back", "Launch"), ("No keys", "Obstacles")])
    async def test_a_project_opens_with_the_mark_on_the_part_and_leads_back(
        self, tmp_path: Path, words: str, part: str
    ) -> None:
        a_project(tmp_path)
        async with at_the_app(tmp_path) as person:
            due = await at_due(person)
            await person.marks(words)
            await person.press("enter")
            await person.on(ProjectPage)
            await person.until(lambda: "▸" in person.text, "the mark")
            assert part in marked(person)
            await person.press("escape")
            assert await person.on(DuePage) is due
            assert pages(person.app) == [DuePage]

    async def test_a_round_leads_back_too(self, tmp_path: Path) -> None:
        a_round(tmp_path)
        async with at_the_app(tmp_path) as person:
            due = await at_due(person)
            await person.marks("Walk the sites")
            await person.press("enter")
            await person.on(OpenRound)
            assert pages(person.app) == [DuePage, OpenRound]
            await person.press("escape")
            assert await person.on(DuePage) is due
            await person.press("escape")
            await person.on(Home)

    async def test_with_room_each_line_says_whose_it_is(self, tmp_path: Path) -> None:
        a_plan(tmp_path)
        a_project(tmp_path)
        async with at_the_app(tmp_path, size=(120, 36)) as person:
            await at_due(person)
            await person.until(lambda: "Ring back" in person.text, "the list")
            assert person.line("! 19 Nov 2026  Action: Ring back").endswith("Fewer calls")
            assert any(TEACH in x and x.endswith("North star") for x in person.text.splitlines())

    async def test_nothing_is_due_and_it_says_what_would_be_here(self, tmp_path: Path) -> None:
        async with at_the_app(tmp_path) as person:
            person.app.post_message(Visit(Place.DUE))
            await person.on(DuePage)
            await person.sees("Nothing is late", "What plans, projects and rounds ask for")

    async def test_opened_over_another_page_it_is_all_there_is_behind(self, tmp_path: Path) -> None:
        """A plan that is open below would be open twice, and the older one closed unseen."""
        a_plan(tmp_path)
        async with at_the_app(tmp_path) as person:
            await choose(person, "Plan")
            await person.on(Plans)
            await person.press("enter")
            await person.on(PlanPage)
            person.app.post_message(Visit(Place.DUE))
            await person.on(DuePage)
            await person.marks(TEACH)
            await person.press("enter")
            page = await person.on(EditSide)
            assert not page.work.read_only
            assert pages(person.app) == [DuePage, PlanPage, EditSide]

    async def test_enter_twice_opens_it_once(self, tmp_path: Path) -> None:
        a_plan(tmp_path, stage_by=3)
        async with at_the_app(tmp_path) as person:
            await at_due(person)
            await person.marks("Half the calls")
            person.burst("\r\r")
            page = await person.on(PlanPage)
            await person.settles()
            assert pages(person.app) == [DuePage, PlanPage]
            assert not page.work.read_only

    async def test_what_is_gone_is_told_and_its_lines_go(self, tmp_path: Path) -> None:
        a_plan(tmp_path)
        a_project(tmp_path)
        async with at_the_app(tmp_path) as person:
            await at_due(person)
            await person.marks(TEACH)
            [path] = (tmp_path / "plans").glob("*.toml")
            path.unlink()
            await person.press("enter")
            await person.reads("It is not there any more")
            await person.until(lambda: TEACH not in person.text, "the list read anew")


class TestTheNextStep:
    async def test_of_an_action_it_opens_the_action(self, tmp_path: Path) -> None:
        a_plan(tmp_path)
        async with at_the_app(tmp_path) as person:
            await person.sees("▸ Next          Do what was due on 19 Nov")
            await person.press("enter")
            await person.on(EditSide)
            await person.sees(TEACH, "◉ open")
            # The plan's own list lies behind it, as nobody came from what is due.
            assert pages(person.app) == [Plans, PlanPage, EditSide]
            await person.press("escape")
            await person.on(PlanPage)
            assert "What we must be able to do" in marked(person)

    async def test_of_a_stage_the_plan_opens_at_the_stage(self, tmp_path: Path) -> None:
        a_plan(tmp_path, action_due=60, stage_by=-1)
        async with at_the_app(tmp_path) as person:
            await person.sees("▸ Next          See whether this stage, due on 20 Nov, is done")
            await person.press("enter")
            await person.on(PlanPage)
            await person.until(lambda: "▸" in person.text, "the mark")
            assert "2 Substantial" in marked(person)


def marked(person: Person) -> str:
    return next(line for line in person.text.splitlines() if "▸" in line)


async def test_on_home_a_long_name_gives_way_to_how_far_it_is(tmp_path: Path) -> None:
    rounds, stored = made_round(tmp_path, title="Our review of the whole year " * 2)
    rounds.save(stored, stored.round.closed())
    async with at_the_app(tmp_path) as person:
        await person.sees("…: 0 of 6 answered; the passphrase opens it")


async def test_an_empty_board_offers_only_what_can_be_done_there(tmp_path: Path) -> None:
    async with at_the_app(tmp_path) as person:
        await choose(person, "Projects")
        await person.on(Board)
        await person.sees("Press n to choose the first one.", "n new")
        assert "s stop" not in person.text
        assert "0 projects" not in person.text
        await person.press("escape")
        await person.on(Home)
        a_project(tmp_path)
        await choose(person, "Projects")
        await person.sees("s stop", "a archive", "1 project")


RUBRIC = grid("33 33 33", "33 33 33", "33 33 33")


def reported(folder: Path, point: str | None, times: Sequence[int] = (-120, -1)) -> None:
    """A project that has reported, of this point; whose session showed the need, assessed again."""
    first, *_ = [
        keep(folder, RUBRIC, given("33 00 00", "33 00 00", row), started=NOW + number * DAY)
        for number, row in zip(times, ("33 00 00", "00 33 00", "00 00 33"), strict=False)
    ]
    evidence = Ref(kind=Kind.SESSION, id=read_session(first).session.id)
    on = day(-5)
    action = Action(id="aaaaaaaa", what="Ring back", owner="Bo", due=on)
    project = new_project(
        "projproj", "Fewer", on - timedelta(days=63), origin=Origin(point=point, evidence=evidence)
    ).with_action(action).launched(on - timedelta(days=63))  # fmt: skip
    ProjectsFolder(folder).create(project.with_report(Report(on=on, result="84 reached")))


class TestAgain:
    @pytest.mark.parametrize(
        ("point", "theme"), [("theme-c.point.1", "Theme C"), (None, "Theme A")]
    )
    async def test_before_and_after_begins_with_the_theme_of_the_project(
        self, tmp_path: Path, point: str | None, theme: str
    ) -> None:
        reported(tmp_path, point)
        async with at_the_app(tmp_path, RUBRIC) as person:
            await choose(person, "Projects")
            await person.press("enter")
            await person.on(ProjectPage)
            await person.press("a")
            await person.on(Again)
            await person.press("down", "enter")
            await person.on(Compare)
            await person.until(lambda: "▸" in person.text, "the mark")
            assert theme in marked(person)
            # It is where one begins, and no more.
            await person.press("up" if point else "down")
            await person.until(lambda: "Theme B" in marked(person), "the mark on another theme")
            await person.pilot.resize_terminal(120, 36)
            await person.press("x")
            await person.reads("x swaps them back")
            assert "Theme B" in marked(person)

    async def test_so_does_the_next_step_of_home(self, tmp_path: Path) -> None:
        reported(tmp_path, "theme-c.point.1")
        async with at_the_app(tmp_path, RUBRIC) as person:
            await person.sees("▸ Next          See what has moved since last time")
            await person.press("enter")
            await person.on(Compare)
            await person.until(lambda: "▸" in person.text, "the mark")
            assert "Theme C" in marked(person)

    async def test_and_so_does_the_trend(self, tmp_path: Path) -> None:
        reported(tmp_path, "theme-c.point.1")
        async with at_the_app(tmp_path, RUBRIC) as person:
            await person.sees("▸ Next          See what has moved since last time")
            await person.press("enter")
            await person.on(Compare)
            await person.press("2")
            await person.sees("● where it stood")
            assert "Theme C" in marked(person)

    @pytest.mark.parametrize("way", ["home", "project"])
    async def test_before_is_the_last_time_before_it_began(self, tmp_path: Path, way: str) -> None:
        """What had moved by then is not what the project has moved."""
        reported(tmp_path, "theme-c.point.1", (-400, -100, -1))
        async with at_the_app(tmp_path, RUBRIC) as person:
            if way == "home":
                await person.sees("▸ Next          See what has moved since last time")
                await person.press("enter")
            else:
                await choose(person, "Projects")
                await person.press("enter")
                await person.on(ProjectPage)
                await person.press("a")
                await person.on(Again)
                await person.press("down", "enter")
            page = await person.on(Compare)
            assert [item.when for item in page.subject.items] == [day(-100), day(-1)]
