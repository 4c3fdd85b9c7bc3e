"""What people do to a plan or a project, in any order, for the tests of core and store."""

from collections.abc import Callable
from datetime import date
from typing import TypeAlias, TypeVar

from hypothesis import strategies as st
from pydantic import ValidationError

from bt_assess.core.compared import Kind
from bt_assess.core.fields import Refused
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
from bt_assess.core.plan_history import NoPlace, StageKind
from bt_assess.core.project import Project, new_project
from bt_assess.core.project_edit import edited
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
from bt_assess.core.saved_comparison import Ref

TODAY = date(2026, 3, 2)
T = TypeVar("T")
PlanEdit: TypeAlias = Callable[[Plan], Plan]
ProjectEdit: TypeAlias = Callable[[Project], Project]

HARD = [
    "", " ", "[/]", "\x1b]0;title\x07", "a\nb\r\nc\td", 'He said "no" \\', '"""\n\'\'\'', "[seal]\nsha256 = 1",
    "=1+1", "é e\u0301 山田 👩\u200d👧", "\u202eabc", "\ud800", "\x00\x7f\x9f", "x" * 5000, "#", "\\u0041\\",
]  # fmt: skip
texts = st.one_of(st.sampled_from(HARD), st.text(max_size=30))
days = st.one_of(
    st.dates(), st.dates(min_value=date(2026, 1, 1), max_value=date(2027, 12, 31)),
    st.just(TODAY),
)  # fmt: skip
maybe_days = st.one_of(st.none(), days)
ids = st.sampled_from(["aaaaaaaa", "bbbbbbbb", "cccccccc"])
refs = st.builds(Ref, kind=st.sampled_from(list(Kind)), id=ids)
themes = st.sampled_from(["leadership", "learning", "people"])
places = st.floats(min_value=0.9, max_value=3.1)
positions = st.dictionaries(themes, places, max_size=3)
stages = st.sampled_from(list(StageKind))
sides = st.sampled_from(list(Side))
states = st.sampled_from(list(ActionState))
figures = st.one_of(
    st.integers(-5, 5).map(float), st.floats(), st.sampled_from([1e12, -1e12, 1e13, 5e-324, -0.0])
)


def tried(edit: Callable[[T], T]) -> Callable[[T], T]:
    """The edit; where it is refused in one of the two ways that are announced, nothing happens."""

    def do(thing: T) -> T:
        try:
            return edit(thing)
        except (Refused, ValidationError):
            return thing

    return do


@st.composite
def plan_edits(draw: st.DrawFn) -> PlanEdit:
    """One edit of a plan, with anything typed into its fields."""
    text = [draw(texts) for _ in range(5)]
    day, today = draw(maybe_days), draw(days)
    kind, side, an_id, found = draw(stages), draw(sides), draw(ids), draw(positions)
    unplaced = dict.fromkeys(draw(positions), draw(st.sampled_from(list(NoPlace))))
    owner, state, kinds = draw(texts), draw(states), draw(st.lists(stages, max_size=4))
    evidence, places_by = draw(st.lists(refs, max_size=3)), draw(st.integers(-3, 3))

    def with_stage(plan: Plan) -> Plan:
        stage = StagedObjective(
            kind=kind, results=text[0], measure=text[1], by=day, positions=found, done=None
        )
        return plan.with_stage(stage, today)

    def with_destination(plan: Plan) -> Plan:
        return plan.with_destination(
            Destination(
                by=day, marketplace=text[0], organisation=text[1], why_it_matters=text[2],
                how_to_contribute=text[3],
            ),
            today,
        )  # fmt: skip

    def with_reality(plan: Plan) -> Plan:
        words = {"where": text[0], "why": text[1], "why_change": text[2], "inside": text[3]}
        return plan.with_reality(Reality.model_validate({**dict(plan.reality), **words}))

    def with_side(plan: Plan) -> Plan:
        state_of = SideState(
            today=text[0], needed=text[1], action=text[2], owner=owner, due=day, state=state,
            remark=text[3],
        )  # fmt: skip
        return plan.with_side(an_id, side, state_of)

    edits: list[PlanEdit] = [
        with_stage,
        with_destination,
        with_reality,
        with_side,
        lambda plan: plan.renamed(text[0], text[1]),
        lambda plan: plan.stage_done(kind, day, today),
        lambda plan: plan.with_capability(Capability(id=an_id, name=text[0], serves=tuple(kinds))),
        lambda plan: plan.serving_stages(an_id, kinds),
        lambda plan: plan.without_capability(an_id),
        lambda plan: plan.moved_capability(an_id, places_by),
        lambda plan: plan.based_on(evidence, found, today, today),
        lambda plan: plan.with_measurement(
            Ref(kind=Kind.SESSION, id=an_id), found, today, unplaced
        ),
    ]
    return tried(draw(st.sampled_from(edits)))


@st.composite
def project_edits(draw: st.DrawFn) -> ProjectEdit:
    """One edit of a project, with anything typed into its fields."""
    text = [draw(texts) for _ in range(7)]
    day, today, an_id = draw(maybe_days), draw(days), draw(ids)
    first, second = draw(figures), draw(figures)
    names = tuple(draw(st.lists(texts, max_size=4)))
    question, said = (
        draw(st.sampled_from(list(GoalQuestion))),
        draw(st.sampled_from([None, *GoalAnswer])),
    )
    length, state = draw(st.sampled_from(list(Length))), draw(states)
    answer, number = draw(st.sampled_from([None, *ObstacleAnswer])), draw(st.integers(-1, 60))

    def wanted() -> Wanted:
        return Wanted(measure=text[0], unit=text[1], from_=first, to=second, by=day)

    def answered(project: Project) -> Project:
        goal = wanted() if answer is ObstacleAnswer.REFOCUSED else None
        return project.answered(an_id, answer, today, text[0], day, goal)

    def moved(project: Project) -> Project:
        new = project.changed(weeks=number, starts=day)
        return edited(new, today, last=project, first=project)

    edits: list[ProjectEdit] = [
        answered,
        moved,
        lambda p: p.changed(title=text[0], function=text[1], why_now=text[2], leader=text[3]),
        lambda p: p.changed(team=names, core_group=names[::-1], weeks=number, starts=day),
        lambda p: p.changed(wanted=wanted()),
        lambda p: p.goal_answered(
            question, said, text[0],
        ),
        lambda p: p.with_needed(Needed(id=an_id, what=text[0], who=text[1], ready=bool(day))),
        lambda p: p.without_needed(an_id),
        lambda p: p.launch_set(day=day, begins=number * 30, notes=text[0]),
        lambda p: p.launch_of(length),
        lambda p: p.with_blocks([*p.launch.blocks[1:], Block(id="own", minutes=number, title=text[0])]),
        lambda p: p.with_action(
            Action(id=an_id, what=text[0], owner=text[1], due=day, state=state)
        ),
        lambda p: p.without_action(an_id),
        lambda p: p.launched(today),
        lambda p: p.not_launched(),
        lambda p: p.with_reading(Reading(on=today, value=first, note=text[0])),
        lambda p: p.without_reading(today),
        lambda p: p.with_check_in(CheckIn(on=today, done=text[0], next=text[1])),
        lambda p: p.without_check_in(today),
        lambda p: p.with_obstacle(Obstacle(id=an_id, what=text[0], raised=today, raised_by=text[1])),
        lambda p: p.without_obstacle(an_id),
        lambda p: p.answer_kept(an_id, bool(day)),
        lambda p: p.refocus(wanted(), today, text[2]),
        lambda p: p.with_mid_point(MidPoint(on=today, goal=text[0], decision=text[1])),
        lambda p: p.with_report(Report(on=day, result=text[0], was_new=text[1], morale=text[2])),
        lambda p: p.stop(day, text[0]),
    ]  # fmt: skip
    return tried(draw(st.sampled_from(edits)))


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """A plan after some edits, in whatever order."""
    plan = new_plan("planplan", "Our plan", TODAY)
    for edit in draw(st.lists(plan_edits(), max_size=12)):
        plan = edit(plan)
    return plan


@st.composite
def projects(draw: st.DrawFn) -> Project:
    """A project after some edits, in whatever order."""
    project = new_project("projproj", "Our project", TODAY)
    for edit in draw(st.lists(project_edits(), max_size=14)):
        project = edit(project)
    return project
