"""A plan and a project to look at in tests, and the same with hostile text in every field."""

from datetime import date, timedelta

from bt_assess.core.compared import Kind
from bt_assess.core.launch import Length
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
from bt_assess.core.project import Project, new_project
from bt_assess.core.project_parts import (
    Block,
    CheckIn,
    GoalAnswer,
    GoalQuestion,
    MidPoint,
    Needed,
    Obstacle,
    ObstacleAnswer,
    Reading,
    Report,
    Wanted,
)
from bt_assess.core.round import Action, ActionState
from bt_assess.core.rubric import Rubric
from bt_assess.core.saved_comparison import Ref
from bt_assess.report.html_plan import html_of_plan
from bt_assess.report.html_project import html_of_project
from tests.report.pages import hostile_rubric, rubric

BEGAN = date(2026, 9, 7)
MADE = date(2026, 11, 21)
RUNNING = date(2026, 10, 20)


def a_plan(grid: Rubric, words: str = "") -> Plan:
    """A plan that is well on its way; `words`, where given, stand in every field of text."""

    def said(text: str) -> str:
        return words or text

    themes = [theme.id for theme in grid.themes]
    plan = new_plan("planplan", said("Repairs done once"), BEGAN, said("Northside Homes"))
    plan = plan.with_destination(
        Destination(
            by=date(2029, 12, 31),
            marketplace=said(
                "A tenant reports a fault once, is told a day, and it is mended that day."
            ),
            organisation=said(
                "Teams set their own targets and keep them; nobody waits for a signature."
            ),
            why_it_matters=said(
                "Every second visit is a day of somebody’s life spent on our mistake."
            ),
            how_to_contribute=said(
                "Who takes the call can book; who mends can order what is missing."
            ),
        ),
        BEGAN,
    )
    plan = plan.with_reality(
        Reality(
            where=said("Four repairs in ten need a second visit."),
            why=said("We measure visits, so we get visits."),
            why_change=said("The backlog grows by a week every month."),
            inside=said("Stores, office and trades have targets that pull apart."),
            outside=said("The regulator publishes the figures from next year."),
        )
    )
    plan = plan.based_on(
        [Ref(kind=Kind.SESSION, id="abcdefgh")],
        {theme: 1.2 + 0.1 * at for at, theme in enumerate(themes)}, BEGAN, BEGAN,
    )  # fmt: skip
    for number, kind in enumerate(StageKind, start=1):
        plan = plan.with_stage(
            StagedObjective(
                kind=kind,
                results=said(f"Second visits fall to {(30, 20, 5)[number - 1]} in a hundred"),
                measure=said("Repairs mended on the first visit, of all repairs"),
                by=date(2026 + number, 12, 31),
                positions={theme: min(3.0, 1.3 + 0.5 * number) for theme in themes[:4]},
            ),
            BEGAN,
        )
    plan = plan.with_measurement(
        Ref(kind=Kind.SESSION, id="secondone"), {themes[0]: 1.6, themes[1]: 1.4}, date(2026, 11, 2)
    )
    plan = plan.with_stage(
        StagedObjective.model_validate(
            {**dict(plan.stages[1]), "by": date(2028, 6, 30), "measure": said("Another measure")}
        ),
        date(2026, 11, 3),
    )
    able = Capability(
        id="capaone2", name=said("We can order a part within the hour"),
        serves=(StageKind.INCREMENTAL, StageKind.SUBSTANTIAL),
    )  # fmt: skip
    plan = plan.with_capability(able).with_capability(
        Capability(id="capatwo2", name=said("We can see tomorrow’s work tonight"))
    )
    for at, side in enumerate(list(Side)[:4]):
        plan = plan.with_side(
            "capaone2", side,
            SideState(
                today=said("One person knows how."), needed=said("Everybody on the van can."),
                action=said("Ride along for a week each"), owner=said("Ruth"),
                due=date(2026, 11, 1) + timedelta(days=30 * at), remark=said("Two are done."),
                state=ActionState.DONE if at == 1 else ActionState.OPEN,
            ),
        )  # fmt: skip
    return plan


def a_project(words: str = "", weeks: int = 6) -> Project:
    """A project in its later weeks, with as many readings as `weeks`."""

    def said(text: str) -> str:
        return words or text

    project = new_project(
        "projproj", said("No second visit in Ward 4"), BEGAN, organisation=said("Northside Homes"),
        function=said("Repairs"), shown_by=said("Complaints in Ward 4 doubled in a year."),
        why_now=said("Overtime has not helped in two years."), leader=said("Amina Osei"),
        leader_gives=said("Every Friday morning, and the van budget."),
        team=(said("Ruth"), said("Tomás") + "2", said("Li") + "3"), facilitator=said("Jo"),
        helper=said("Kim"), core_group=(said("Ruth"),),
        wanted=Wanted(measure=said("Repairs that need a second visit"), unit=said("in a hundred"),
                      from_=40.0, to=15.0, by=BEGAN + timedelta(weeks=9)),
    )  # fmt: skip
    for at, question in enumerate(GoalQuestion):
        project = project.goal_answered(
            question, list(GoalAnswer)[at % 3], said("As far as we know.")
        )
    project = project.with_needed(
        Needed(id="needed22", what=said("Visits by week"), who=said("Li"))
    )
    project = project.launch_of(Length.DAY).launch_set(notes=said("The room was full."))
    noted = Block(id="goal", minutes=30, notes=said("We drew the way of a repair on the wall."))
    own = Block(id="own", minutes=15, title=said("A walk"), notes=said("It helped."))
    blocks = [noted if block.id == "goal" else block for block in project.launch.blocks]
    project = project.with_blocks([*blocks, own])
    for an_id, state in (("actionone", ActionState.OPEN), ("actiontwo", ActionState.DONE)):
        project = project.with_action(
            Action(id=an_id, what=said("Put the ten commonest parts on every van"), owner=said("Ruth"),
                   due=date(2026, 10, 2), state=state, remark=said("Three vans so far."))
        )  # fmt: skip
    project = project.launched(BEGAN)
    for week, value in enumerate((40.0, 37.5, 38.0, 33.0, 30.5, 29.0, 26.0, 24.0)[:weeks]):
        project = project.with_reading(
            Reading(
                on=BEGAN + timedelta(days=7 * week + 4), value=value, note=said("From the log.")
            )
        )
    project = project.with_check_in(
        CheckIn(on=date(2026, 9, 18), done=said("Vans stocked."), next=said("Ask the tenants."),
                in_the_way=said("Stores close at four."))
    )  # fmt: skip
    for an_id in ("obstacle1", "obstacle2"):
        project = project.with_obstacle(
            Obstacle(id=an_id, what=said("Stores close at four, and the vans are back at five."),
                     raised=date(2026, 9, 18), raised_by=said("Ruth"))
        )  # fmt: skip
    project = project.answered(
        "obstacle1", ObstacleAnswer.REFOCUSED, date(2026, 9, 21), said("Stores open until six."),
        date(2026, 9, 28), project.wanted.changed(to=14.0),
    )  # fmt: skip
    project = project.with_mid_point(
        MidPoint(on=date(2026, 10, 8), goal=said("It stands."), plan=said("One action more."),
                 obstacles=said("One is open."), decision=said("Go on."))
    )  # fmt: skip
    return project.with_report(
        Report(result=said("Down to 24 in a hundred."), was_new=said("Those who drive stock the van."),
               team_learned=said("We can order."), leader_learned=said("To ask first."), morale=said("High."),
               make_it_last=said("The list hangs in stores."), what_next=said("Ward 5."))
    )  # fmt: skip


def of_plan(words: str = "") -> str:
    """The page of a plan; with `words` in every field, and in the rubric."""
    grid = hostile_rubric(words) if words else rubric()
    return html_of_plan(grid, a_plan(grid, words), made=MADE)


def of_project(words: str = "", weeks: int = 6) -> str:
    """The page of a project that is running."""
    grid = hostile_rubric(words) if words else rubric()
    return html_of_project(grid, a_project(words, weeks), made=RUNNING)
