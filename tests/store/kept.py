"""What the tests of plans and projects share: both kinds of file, small, real and largest."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from bt_assess.core.compared import Kind
from bt_assess.core.plan import (
    MOST_CAPABILITIES,
    MOST_EVIDENCE,
    Capability,
    Destination,
    Plan,
    Reality,
    Side,
    SideState,
    StagedObjective,
    new_plan,
)
from bt_assess.core.plan_history import (
    MOST_EVENTS,
    MOST_THEMES,
    EventKind,
    NoPlace,
    PlanEvent,
    StageKind,
)
from bt_assess.core.project import (
    MOST_CHECK_INS,
    MOST_NEEDED,
    MOST_OBSTACLES,
    MOST_PEOPLE,
    MOST_READINGS,
    Project,
    new_project,
)
from bt_assess.core.project_parts import (
    MOST_BLOCKS,
    MOST_REFOCUSED,
    Block,
    CheckIn,
    Goal,
    GoalAnswer,
    GoalQuestion,
    Launch,
    MidPoint,
    Needed,
    Obstacle,
    ObstacleAnswer,
    Origin,
    Reading,
    Refocus,
    Report,
    Wanted,
)
from bt_assess.core.round import MOST_ACTIONS, Action
from bt_assess.core.saved_comparison import Ref
from bt_assess.store.kept import KeptFolder
from bt_assess.store.plans import PlansFolder
from bt_assess.store.projects import ProjectsFolder

TODAY = date(2026, 3, 2)
HARD = 'He said "no" \\ \'\'\' """ [seal]\nsha256 = 1 é 山田 👩\u200d👧 =1+1 \\'


def day(number: int) -> date:
    return TODAY + timedelta(days=number)


@dataclass(frozen=True)
class Case:
    """A folder, something to keep in it, and the word for it."""

    folder: KeptFolder[Any]
    thing: Any
    word: str


def a_plan() -> Plan:
    plan = new_plan("planplan", HARD, TODAY, "North")
    plan = plan.with_destination(Destination(by=day(900), marketplace=HARD), TODAY)
    plan = plan.with_reality(Reality(where=HARD))
    plan = plan.based_on([Ref(kind=Kind.ROUND, id="q7w8e9r2")], {"leadership": 1.5}, TODAY, TODAY)
    for kind in StageKind:
        aims = {"leadership": 1.5 + kind.number / 2}
        stage = StagedObjective(kind=kind, by=day(300 * kind.number), positions=aims)
        plan = plan.with_stage(stage, TODAY)
    state = SideState(today="Two", needed="Ten", action=HARD, owner="Bo", due=day(30))
    capability = Capability(id="aaaaaaaa", name="Decide", serves=tuple(StageKind))
    return plan.with_capability(capability.with_side(Side.PEOPLE, state))


def a_project() -> Project:
    wanted = Wanted(measure=HARD, unit="a week", from_=40.0, to=10.5, by=day(60))
    project = new_project("projproj", HARD, TODAY, leader="Ann", team=("Bo", "Cy"), wanted=wanted)
    project = project.goal_answered(GoalQuestion.SHORT, GoalAnswer.YES, HARD)
    project = project.with_action(Action(id="aaaaaaaa", what=HARD, owner="Bo", due=day(9)))
    project = project.launched(TODAY).with_reading(Reading(on=day(7), value=38.25, note=HARD))
    project = project.with_obstacle(Obstacle(id="bbbbbbbb", what=HARD, raised=day(8)))
    return project.answered("bbbbbbbb", ObstacleAnswer.REMOVED, day(9), HARD, day(12))


def cases(folder: Path) -> list[Case]:
    return [
        Case(PlansFolder(folder), a_plan(), "plan"),
        Case(ProjectsFolder(folder), a_project(), "project"),
    ]


def case_of(folder: Path, word: str) -> Case:
    return next(case for case in cases(folder) if case.word == word)


def an_id(number: int) -> str:
    return f"{number:08}"


def largest_plan(sign: str) -> Plan:
    """Every field as full as it can be, of one character."""
    line, brief, passage, name = sign * 240, sign * 400, sign * 1200, sign * 80
    themes = {f"{'t' * 37}{n:03}": 1.0001 + n / 1000 for n in range(MOST_THEMES)}
    side = SideState(today=brief, needed=brief, action=brief, owner=name, due=TODAY, remark=brief)
    ref = Ref(kind=Kind.SESSION, id="a" * 32)
    event = PlanEvent(
        on=TODAY, kind=EventKind.MEASURED, stage=StageKind.TRANSFORMATIONAL, ref=ref,
        positions=themes, unplaced=dict.fromkeys(themes, NoPlace.NOT_ENOUGH), before=line,
        after=line,
    )  # fmt: skip
    return Plan(
        id="a" * 32, title=name, organisation=name, created=TODAY,
        destination=Destination(
            by=TODAY, marketplace=passage, organisation=passage, why_it_matters=passage,
            how_to_contribute=passage,
        ),
        reality=Reality(
            where=passage, why=passage, why_change=passage, inside=passage, outside=passage,
            evidence=tuple(Ref(kind=Kind.ROUND, id=an_id(n)) for n in range(MOST_EVIDENCE)),
            positions=themes, measured=TODAY,
        ),
        stages=tuple(
            StagedObjective(
                kind=kind, results=passage, measure=passage, by=TODAY, positions=themes, done=TODAY
            )
            for kind in StageKind
        ),
        capabilities=tuple(
            Capability(
                id=an_id(n), name=line, point="leadership.point.1", serves=tuple(StageKind),
                sides=dict.fromkeys(Side, side),
            )
            for n in range(MOST_CAPABILITIES)
        ),
        history=(event,) * MOST_EVENTS,
    )  # fmt: skip


def largest_project(sign: str) -> Project:
    """Every field as full as it can be, of one character."""
    line, brief, passage, name = sign * 240, sign * 400, sign * 1200, sign * 80
    wanted = Wanted(measure=line, unit=line, from_=-0.1, to=1e12 / 3, by=TODAY)
    text = sign * 600
    return Project(
        id="a" * 32, title=name, organisation=name, created=TODAY,
        origin=Origin(point="leadership.point.1", plan="a" * 32, capability="b" * 32),
        function=line, shown_by=passage, why_now=passage, wanted=wanted, leader=name,
        leader_gives=passage, team=tuple(f"{sign * 78}{n:02}" for n in range(MOST_PEOPLE)),
        facilitator=name, helper=name,
        goal_check={q: Goal(answer=GoalAnswer.PARTLY, remark=brief) for q in GoalQuestion},
        core_group=tuple(f"{sign * 78}{n:02}" for n in range(MOST_PEOPLE)),
        data_needed=tuple(
            Needed(id=an_id(n), what=line, who=name, ready=True) for n in range(MOST_NEEDED)
        ),
        launch=Launch(
            day=TODAY, notes=passage, held=TODAY,
            blocks=tuple(
                Block(id=f"{'b' * 38}{n:02}", minutes=480, title=line, notes=passage)
                for n in range(MOST_BLOCKS)
            ),
            actions=tuple(
                Action(id=an_id(n), what=text, owner=name, due=TODAY, remark=text)
                for n in range(MOST_ACTIONS)
            ),
        ),
        starts=TODAY,
        readings=tuple(
            Reading(on=day(n), value=1e12 / 7 + n, note=line) for n in range(MOST_READINGS)
        ),
        check_ins=tuple(
            CheckIn(on=day(n), done=brief, next=brief, in_the_way=brief)
            for n in range(MOST_CHECK_INS)
        ),
        obstacles=tuple(
            Obstacle(
                id=an_id(n), what=brief, raised=TODAY, raised_by=name, decision=brief, due=TODAY,
                answer=ObstacleAnswer.REFOCUSED, answered=TODAY,
            )
            for n in range(MOST_OBSTACLES)
        ),
        refocused=(Refocus(on=TODAY, before=wanted, why=brief, obstacle="a" * 32),) * MOST_REFOCUSED,
        mid_point=MidPoint(on=TODAY, goal=brief, plan=brief, obstacles=brief, decision=brief),
        report=Report(
            on=TODAY, result=passage, was_new=passage, team_learned=passage, morale=passage,
            leader_learned=passage, make_it_last=passage, what_next=passage,
        ),
        stopped=TODAY, stopped_why=brief,
    )  # fmt: skip
