"""Writes the plan and the project of the demonstration organisation, the same files at every run.

    .venv/bin/python -m docs.make_cycle

In May Northfield Homes saw that its performance frameworks are what holds it back, and made a plan
from it. The first stage is done; for the second one a team has gone after the calls that tenants
make twice. On EXAMPLE_DAY it is in its sixth week, and something is in the way.
"""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from bt_assess.core.compared import Kind, of_session
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
from bt_assess.core.plan_gap import based_on, measured
from bt_assess.core.plan_history import StageKind
from bt_assess.core.project import Project, new_project
from bt_assess.core.project_parts import (
    CheckIn,
    GoalAnswer,
    GoalQuestion,
    MidPoint,
    Needed,
    Obstacle,
    ObstacleAnswer,
    Origin,
    Reading,
    Wanted,
)
from bt_assess.core.round import Action, ActionState
from bt_assess.core.rubric import Rubric
from bt_assess.core.saved_comparison import Ref
from bt_assess.core.session import Session
from bt_assess.store.plans import PlansFolder
from bt_assess.store.projects import ProjectsFolder
from bt_assess.store.rubric_file import load_rubric
from docs.make_examples import EXAMPLES, SESSIONS, TEAM, session

EXAMPLE_DAY = date(2026, 11, 21)
"""The day on which the committed files are in week six."""
SEEN, SEEN_AGAIN = "areamanagermay2026", "areamanager2026"
PLAN, PROJECT, ABILITY = "northfield2027", "ringingtwice", "askingwhy"
POINT = "frameworks.point.5"
DONE, OPEN = ActionState.DONE, ActionState.OPEN


def plan(rubric: Rubric, known: dict[str, Session], moved: timedelta) -> Plan:
    """The plan, all its days `moved`; `known` are the sessions by id, moved already."""

    def day(year: int, month: int, day_: int) -> date:
        return date(year, month, day_) + moved

    begun, reached = day(2026, 5, 27), day(2026, 9, 25)
    made = new_plan(PLAN, "Right the first time", begun, TEAM)
    made = made.with_reality(
        Reality(
            where=(
                "We count a great deal and ask little. Fifty-two pages of figures a month, read by"
                " nobody to the end; eleven things that come first; the same repair reported twice."
            ),
            why=(
                "Each figure was asked for once by somebody, and none was ever dropped. Asking why"
                " was taken for blame, so people stopped."
            ),
            why_change=(
                "Tenants have begun to post their second calls online, and the next inspection will"
                " ask for causes, not counts."
            ),
            inside="Good fitters, tired planners, and managers who own up to mistakes since spring.",
            outside="A regulator who looks at damp first; costs that rise faster than rents.",
        )
    )
    made = based_on(made, [of_session(rubric, known[SEEN])], begun)
    made = made.with_destination(
        Destination(
            by=day(2027, 11, 30),
            marketplace=(
                "A tenant rings once. Nine repairs in ten are right the first time, and whoever waits"
                " knows for what and until when."
            ),
            organisation=(
                "Four figures on one page that everybody can explain, and a team that acts on them"
                " the same week. What does not help is stopped."
            ),
            why_it_matters=(
                "Nobody here came to apologise on the phone. Fewer second calls mean work that one can"
                " be proud of, and evenings that end on time."
            ),
            how_to_contribute=(
                "Ask why once a day. Tell what you see at the door. Name one thing that we should stop."
            ),
        ),
        begun,
    )
    stages = (
        StagedObjective(
            kind=StageKind.INCREMENTAL,
            results="What went wrong is talked through within a week, by those who were there.",
            measure="Six talks held by the end of September, each with one change made",
            by=day(2026, 9, 30),
            positions={"leadership": 1.8, "learning": 1.8},
        ),
        StagedObjective(
            kind=StageKind.SUBSTANTIAL,
            results=(
                "We know why tenants ring twice, and they do so half as often. Each area has four aims,"
                " and has stopped something for each of them."
            ),
            measure="Second calls about the same repair: 84 a week instead of 168",
            by=day(2027, 3, 31),
            positions={"people": 1.8, "frameworks": 1.6, "priorities": 1.8, "learning": 2.3},
        ),
        StagedObjective(
            kind=StageKind.TRANSFORMATIONAL,
            results=(
                "Repairs are planned around the tenant's day. Teams set their own measures, and money"
                " follows what they find."
            ),
            measure="Nine repairs in ten right the first time, by the tenant's word",
            by=day(2027, 11, 30),
            positions={
                "leadership": 2.6, "people": 2.3, "frameworks": 2.4, "priorities": 2.4,
                "change": 2.3, "learning": 2.6,
            },
        ),
    )  # fmt: skip
    for stage in stages:
        made = made.with_stage(stage, begun)
    for capability in capabilities(day):
        made = made.with_capability(capability)
    made = made.stage_done(StageKind.INCREMENTAL, reached, reached)
    return measured(made, [of_session(rubric, known[name]) for name in (SEEN, SEEN_AGAIN)])


def capabilities(day: Callable[[int, int, int], date]) -> tuple[Capability, ...]:
    """What Northfield must be able to do; `day` makes a moved date."""
    return (
        Capability(
            id="talkingopenly",
            name="Talk through what went wrong, without looking for a culprit",
            point="learning.point.3",
            serves=(StageKind.INCREMENTAL,),
            sides={
                Side.PEOPLE: SideState(
                    today="Two people can lead such a talk", needed="One in each area",
                    action="Practise with the coach, two by two", owner="Head of repairs",
                    due=day(2026, 7, 17), state=DONE,
                ),
                Side.PROCESS: SideState(
                    today="After a year, or never", needed="Within a week, one page",
                    action="A fixed half-hour on Wednesdays", owner="Area manager",
                    due=day(2026, 6, 30), state=DONE,
                ),
                Side.KNOWLEDGE: SideState(
                    today="What we learn stays where it happened", needed="The others hear of it",
                    action="Read one page out at the team meetings", owner="Area manager",
                    due=day(2026, 8, 28), state=DONE,
                ),
                Side.MEASUREMENT: SideState(
                    today="None", needed="Talks held, changes made",
                    action="A line on the kitchen wall", owner="Repairs planner",
                    due=day(2026, 6, 30), state=DONE,
                ),
                Side.ENVIRONMENT: SideState(
                    today="A mistake is a matter for HR", needed="A mistake is news",
                    action="The director tells of one of her own", owner="Director",
                    due=day(2026, 7, 3), state=DONE,
                ),
            },
        ),
        Capability(
            id=ABILITY,
            name="Ask why behind each figure, and act on it in the same week",
            point=POINT,
            serves=(StageKind.SUBSTANTIAL, StageKind.TRANSFORMATIONAL),
            sides={
                Side.PEOPLE: SideState(
                    today="Those who count are not those who could ask", needed="Both at one table",
                    action="One team from call centre, planning and van", owner="Area manager",
                    due=day(2026, 10, 8), state=DONE,
                ),
                Side.PROCESS: SideState(
                    today="A report a month, to be filed", needed="A look a week, one cause chosen",
                    action="Friday, twenty minutes, standing", owner="Call centre lead",
                    due=day(2026, 10, 16), state=DONE,
                ),
                Side.KNOWLEDGE: SideState(
                    today="We guess at reasons", needed="Reasons in tenants' own words",
                    action="Ring back twenty tenants a week", owner="Tenants' panel chair",
                    due=day(2026, 12, 11),
                ),
                Side.MEASUREMENT: SideState(
                    today="A second call counts as a new one", needed="Each call tied to its repair",
                    action="Put the repair's number on every call", owner="Finance lead",
                    due=day(2026, 11, 13),
                ),
                Side.ENVIRONMENT: SideState(
                    today="Figures are shown upwards", needed="Figures are used where they arise",
                    action="Drop the tables that nobody has asked for in a year",
                    owner="Director", due=day(2027, 1, 29),
                ),
            },
        ),
        Capability(
            id="sayingno",
            name="Say what we stop, and stand by it when it rains",
            point="priorities.point.7",
            serves=(StageKind.SUBSTANTIAL,),
            sides={
                Side.PROCESS: SideState(
                    today="New aims come on top", needed="One in, one out",
                    action="A stop list beside the four aims", owner="Area manager",
                    due=day(2027, 1, 15),
                ),
                Side.ENVIRONMENT: SideState(
                    today="Who drops something is asked for it on Friday",
                    needed="The director answers those calls",
                    action="Agree on who says no, and to whom", owner="Director",
                    due=day(2026, 12, 4),
                ),
            },
        ),
    )  # fmt: skip


def project(moved: timedelta) -> Project:
    """The project, all its days `moved`: launched, six weeks on its way, an obstacle unanswered."""

    def day(year: int, month: int, day_: int) -> date:
        return date(year, month, day_) + moved

    ref = Ref(kind=Kind.SESSION, id=SEEN)
    made = new_project(
        PROJECT,
        "Why they ring twice",
        day(2026, 9, 28),
        Origin(point=POINT, plan=PLAN, capability=ABILITY, evidence=ref),
        organisation=TEAM,
        function="Repairs, from a tenant's first call to the last visit",
        shown_by="168 calls a week are about a repair that was reported before. Two years ago: 150.",
        why_now=(
            "Two campaigns for 'right the first time' changed posters. Winter doubles the calls, and"
            " nobody can say why people ring again."
        ),
        wanted=Wanted(
            measure="Second calls about the same repair", unit="calls a week",
            from_=168.0, to=84.0, by=day(2026, 12, 11),
        ),
        leader="Area manager",
        leader_gives="Every Friday at nine in person; £6,000; the planner two days a week.",
        team=(
            "Call centre lead", "Repairs planner", "Senior fitter", "Stores clerk",
            "Tenants' panel chair",
        ),
        facilitator="Finance lead",
        helper="Coach from Eastvale Homes",
        core_group=("Area manager", "Call centre lead", "Finance lead"),
        starts=day(2026, 10, 12),
    )  # fmt: skip
    remarks = {
        GoalQuestion.STRETCH: (GoalAnswer.YES, "Half. Nobody knew how, that was the point."),
        GoalQuestion.ROOM: (GoalAnswer.PARTLY, "In planning, yes. The phone system is not ours."),
    }
    for question in GoalQuestion:
        made = made.goal_answered(question, *remarks.get(question, (GoalAnswer.YES, "")))
    for name, what, who in (
        ("secondcalls", "Second calls of September, with what they were about", "Call centre lead"),
        ("tentenants", "Ten tenants asked why they rang again", "Tenants' panel chair"),
        ("vanstock", "What was not on the van, a week of job sheets", "Stores clerk"),
    ):
        made = made.with_needed(Needed(id=name, what=what, who=who, ready=True))
    made = made.launch_of(Length.HALF_DAY).launch_set(day=day(2026, 10, 8))
    for action in (
        Action(
            id="textbefore", what="Text tenants the evening before, with a two-hour window",
            owner="Repairs planner", due=day(2026, 10, 23), state=DONE,
        ),
        Action(
            id="twentyparts", what="Twenty parts that are never missing on a van",
            owner="Stores clerk", due=day(2026, 10, 30), state=DONE,
        ),
        Action(
            id="fittersays", what="The fitter says at the door what happens next, and when",
            owner="Senior fitter", due=day(2026, 10, 23), state=DONE,
        ),
        Action(
            id="onenumber", what="One number on each case, from first call to last visit",
            owner="Call centre lead", due=day(2026, 11, 18),
        ),
        Action(
            id="twentyback", what="Ring back twenty tenants a week and ask why",
            owner="Tenants' panel chair", due=day(2026, 12, 4),
        ),
    ):  # fmt: skip
        made = made.with_action(action)
    made = made.launched(day(2026, 10, 8))
    for on, value, note in (
        (day(2026, 10, 16), 166.0, ""),
        (day(2026, 10, 23), 155.0, "First week of texts the evening before"),
        (day(2026, 10, 30), 149.0, ""),
        (day(2026, 11, 6), 131.0, "Vans with the twenty parts"),
        (day(2026, 11, 13), 134.0, "Storm on Tuesday; cases without a number counted by hand"),
    ):
        made = made.with_reading(Reading(on=on, value=value, note=note))
    for check_in in (
        CheckIn(
            on=day(2026, 10, 16), done="Texts written and read out to three tenants",
            next="Send them from Monday", in_the_way="",
        ),
        CheckIn(
            on=day(2026, 10, 30), done="Vans packed with the twenty parts",
            next="See what is still missing", in_the_way="Stores close at four",
        ),
        CheckIn(
            on=day(2026, 11, 13), done="Rang back 22 tenants: half did not know who would come",
            next="A name in the text, not only a time",
            in_the_way="A case is closed by itself when the van leaves",
        ),
    ):  # fmt: skip
        made = made.with_check_in(check_in)
    made = made.with_obstacle(
        Obstacle(
            id="storesclose", what="Stores close at four, and vans come back at five.",
            raised=day(2026, 10, 23), raised_by="Senior fitter",
        )
    ).with_obstacle(
        Obstacle(
            id="caseclosed",
            what=(
                "The phone system closes a case when the van leaves, so that a second call looks like"
                " a new one. Only the supplier can change it, and asks for £4,000."
            ),
            raised=day(2026, 11, 10), raised_by="Call centre lead",
        )
    )  # fmt: skip
    made = made.answered(
        "storesclose", ObstacleAnswer.REMOVED, day(2026, 10, 28),
        "Stores stay open until six on three days.", due=day(2026, 11, 2),
    ).answer_kept("storesclose", True)  # fmt: skip
    return made.with_mid_point(
        MidPoint(
            on=day(2026, 11, 12),
            goal="Stays: half is still half.",
            plan="The texts did most of it. The number on each case is late.",
            obstacles="One is new, and it is not ours to clear away.",
            decision="A name in each text; the fitters choose the next five parts.",
        )
    )


def write(place: Path, moved: timedelta = timedelta()) -> None:
    """Write both into `place`, `moved` by as much as its sessions are."""
    rubric = load_rubric()
    known = {told[1]: session(rubric, told, moved) for told in SESSIONS}
    PlansFolder(place).create(plan(rubric, known, moved))
    ProjectsFolder(place).create(project(moved))


if __name__ == "__main__":
    for folder in (PlansFolder(EXAMPLES).path, ProjectsFolder(EXAMPLES).path):
        for old in folder.glob("*.toml"):
            old.unlink()
    write(EXAMPLES)
