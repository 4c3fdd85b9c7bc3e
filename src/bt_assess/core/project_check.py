"""The check of a project: what makes a breakthrough less likely. Advice, and never a gate."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from textwrap import shorten

from bt_assess.core.forecast import WhyNone, forecast, so_far
from bt_assess.core.goal_moves import is_other_measure, is_renamed
from bt_assess.core.plan_check import Finding, FindingKind
from bt_assess.core.project import LEAST_WEEKS, MOST_WEEKS, Project
from bt_assess.core.project_parts import GoalAnswer, GoalQuestion, Phase, Wanted
from bt_assess.core.round import ActionState

FIRST_FEW = 2
"""How many projects an organisation does with help from somebody who has done it before."""
PATIENCE = 7
"""How many days an obstacle waits for an answer before it is told of."""

_MISSING, _CONTRADICTION, _DOUBT = FindingKind
_SHORT = (
    "Eight to ten weeks are long enough for a result that counts, and short enough that nobody loses"
    " sight of it."
)
_GOAL = "The art is in the choice of the goal: the rest is far easier once it is right."
_ASKS: dict[GoalQuestion, str] = {
    GoalQuestion.IMPORTANT: "whether it is important",
    GoalQuestion.STRETCH: "whether it is a stretch that can be measured",
    GoalQuestion.SHORT: "whether it is short enough",
    GoalQuestion.ACCOUNTABLE: "whether one person answers for it",
    GoalQuestion.ROOM: "whether there is room to experiment",
    GoalQuestion.PLANNED: "whether it is planned like any other work",
    GoalQuestion.LEARNING: "whether learning is meant to come of it",
}


def check_project(project: Project, today: date, *, before: int = 0) -> tuple[Finding, ...]:
    """What to look at again. `before` is how many projects this organisation has brought to an end."""
    if project.stopped:
        return ()
    return (
        *_choice(project, before),
        *_goal(project, today),
        *_ahead(project, today),
        *_weeks(project),
        *_launch(project, today),
        *_actions(project),
        *(_run(project, today) if project.running else ()),
        *_report(project, today),
    )


def _choice(project: Project, before: int) -> Iterator[Finding]:
    place = "Choose"
    if not project.function:
        yield Finding("project.function", place, _MISSING, "no function of the organisation is named",
                      "A breakthrough is for a part of the work that counts.")  # fmt: skip
    if not project.shown_by:
        yield Finding("project.shown_by", place, _MISSING,
                      "it does not say what shows that results are missing",
                      "Let your figures tell where results are not showing up, rather than the"
                      " loudest voice.")  # fmt: skip
    if not project.why_now:
        yield Finding("project.why_now", place, _MISSING,
                      "it does not say why business as usual will not mend it",
                      "Where the usual way will do, it is the cheaper one.")  # fmt: skip
    if not project.leader:
        yield Finding("project.leader", place, _MISSING, "no leader answers for it",
                      "It takes one leader who gives it attention in person.")  # fmt: skip
    if not project.leader_gives:
        yield Finding("project.leader_gives", place, _MISSING,
                      "it does not say what the leader gives: attention, time, money, people",
                      "Teams succeed when leaders make clear what counts and give them the means.")  # fmt: skip
    doers = [name for name in project.team if name.casefold() != project.leader.casefold()]
    if not doers:
        yield Finding("project.team", place, _MISSING, "there is no team of those who do the job",
                      "A better way is found on the job itself, by those whose daily job it is;"
                      " often they have ideas that nobody has asked for.")  # fmt: skip
    if before < FIRST_FEW and not project.helper:
        yield Finding("project.helper", place, _DOUBT,
                      "nobody who has done this before stands by",
                      "A good facilitator can lead most of it; for the first one or two, choosing the"
                      " goal is easier with somebody who has done it.")  # fmt: skip


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"


def _ahead(project: Project, today: date) -> Iterator[Finding]:
    """What is said to have been, and is still to come: in a file that was changed by hand."""
    days = [
        *(("readings", "Run", "a reading is of", r.on) for r in project.readings),
        *(("check_ins", "Run", "a check-in is of", c.on) for c in project.check_ins),
    ]
    if project.launch.held:
        place = "Prepare and launch"
        days.append(("launch.held", place, "the launch was held on", project.launch.held))
    if project.mid_point:
        days.append(("mid_point.on", "Mid-point", "the mid-point was on", project.mid_point.on))
    if project.report.on:
        days.append(("report.on", "Report back", "it was given on", project.report.on))
    for part, place, what, day in days:
        if day > today:
            yield Finding(f"project.{part}", place, _CONTRADICTION,
                          f"{what} {_day(day)}, which is still to come",
                          "What has not been yet tells nothing of how it goes.")  # fmt: skip


def _goal(project: Project, today: date) -> Iterator[Finding]:
    goal, place = project.wanted, "Goal"
    if not goal.measure:
        yield Finding("project.wanted.measure", place, _MISSING, "the result has no measure", _GOAL)
    if goal.from_ is None or goal.to is None:
        lacks = "from" if goal.from_ is None else "to"
        yield Finding(f"project.wanted.{lacks}", place, _MISSING,
                      f"the measure has no figure to go {lacks}",
                      "A result that is wanted is a figure: from here to there.")  # fmt: skip
    elif goal.from_ == goal.to:
        yield Finding("project.wanted.to", place, _CONTRADICTION, "it ends where it begins",
                      "A breakthrough is great progress in a short time.")  # fmt: skip
    starts, due = project.starts, project.report_due
    launch = project.launch.held or project.launch.day
    if goal.by and goal.by < today and not project.launch.held:
        yield Finding("project.wanted.by", place, _CONTRADICTION,
                      "its day has passed, and the project is still to begin", _SHORT)  # fmt: skip
    elif goal.by and launch and goal.by <= launch:
        yield Finding("project.wanted.by", place, _CONTRADICTION,
                      "its day is not after the launch", _SHORT)  # fmt: skip
    elif goal.by and starts and goal.by <= starts:
        yield Finding("project.wanted.by", place, _CONTRADICTION,
                      "its day is not after the first week begins", _SHORT)  # fmt: skip
    elif goal.by and due and goal.by > due:
        yield Finding("project.wanted.by", place, _CONTRADICTION,
                      "its day is after the report back",
                      "The team reports what it has reached, so the goal's day comes first.")  # fmt: skip
    yield from _moved(project)
    for question in GoalQuestion:
        found = project.goal_check.get(question)
        if found is None or found.answer is None:
            yield Finding(f"project.goal_check.{question.value}", "Goal check", _MISSING,
                          f"nobody has asked {_ASKS[question]}", _GOAL)  # fmt: skip
        elif found.answer is GoalAnswer.NO or (
            found.answer is GoalAnswer.PARTLY and not found.remark
        ):
            word = "no" if found.answer is GoalAnswer.NO else "partly, without a word why"
            yield Finding(f"project.goal_check.{question.value}", "Goal check", _DOUBT,
                          f"asked {_ASKS[question]}: {word}", _GOAL)  # fmt: skip


def _moved(project: Project) -> Iterator[Finding]:
    """Changes of the goal on the way that nobody gives a reason for, or that leave a question open."""
    known = {each.id for each in project.obstacles}
    goals = [*(change.before for change in project.refocused), project.wanted]
    for change, (was, now) in zip(project.refocused, pairwise(goals), strict=True):
        renamed = is_renamed(was, now)
        only_words = renamed and _figures(was) == _figures(now)
        reason = "nobody says why" if not change.why and change.obstacle is None else ""
        if change.obstacle is not None and change.obstacle not in known:
            reason = "the obstacle that it answered was taken away"
        if reason and not (only_words and change.obstacle is None):
            yield Finding("project.wanted.to", "Goal", _DOUBT,
                          f"it was moved on {_day(change.on)}, and {reason}",
                          "A leader may refocus a goal, in answer to an obstacle: then the reason"
                          " stands beside it.")  # fmt: skip
        if renamed and not is_other_measure(change, now):
            yield Finding("project.wanted.measure", "Goal", _DOUBT,
                          f"its measure is in other words since {_day(change.on)}, and the readings"
                          " from before still count",
                          "If it is another measure, name it in answer to an obstacle: then readings"
                          " begin afresh.")  # fmt: skip


def _weeks_moved(project: Project) -> Iterator[Finding]:
    """Moves of the weeks on the way: the line to the goal and the report back go with them."""
    for was in project.moved:
        weeks = "1 week" if was.weeks == 1 else f"{was.weeks} weeks"
        yield Finding("project.starts", "Weeks", _DOUBT,
                      f"they were moved on {_day(was.on)}; before: {weeks} from {_day(was.starts)}",
                      "The line to the goal and the day of the report back have moved with them: all"
                      " should know, and know why.")  # fmt: skip


def _figures(goal: Wanted) -> tuple[object, ...]:
    return goal.from_, goal.to, goal.by


def _weeks(project: Project) -> Iterator[Finding]:
    if not LEAST_WEEKS <= project.weeks <= MOST_WEEKS:
        size = "short" if project.weeks < LEAST_WEEKS else "long"
        weeks = "1 week is" if project.weeks == 1 else f"{project.weeks} weeks are"
        yield Finding("project.weeks", "Weeks", _DOUBT, f"{weeks} {size}", _SHORT)
    yield from _weeks_moved(project)


def _launch(project: Project, today: date) -> Iterator[Finding]:
    place = "Prepare and launch"
    if project.launch.held:
        if project.starts and project.starts < project.launch.held:
            yield Finding("project.starts", place, _CONTRADICTION,
                          "the first week begins before the launch", _SHORT)  # fmt: skip
        elif project.starts is None:
            yield Finding("project.starts", place, _MISSING, "it runs and has no first week",
                          "From the first week on there are a line to the goal, a reading a week and"
                          " a day for the report back.")  # fmt: skip
        return
    if not project.core_group:
        yield Finding("project.core_group", place, _MISSING, "no core group prepares it",
                      "A few people gather the figures beforehand, so that the launch is spent on what"
                      " to do.")  # fmt: skip
    if not project.data_needed:
        yield Finding("project.data_needed", place, _MISSING,
                      "no data is named for the launch",
                      "With the facts on the table, the talk is about the work.")  # fmt: skip
    late = [n.what for n in project.data_needed if not n.ready]
    if late and project.launch.day and (project.launch.day - today).days <= PATIENCE:
        yield Finding("project.data_needed", place, _DOUBT,
                      f"the launch is near, and not all is ready: {late[0]}",
                      "With the facts on the table, the talk is about the work.")  # fmt: skip
    if project.launch.minutes > project.launch.length.minutes:
        over = project.launch.minutes - project.launch.length.minutes
        yield Finding("project.launch.blocks", place, _CONTRADICTION,
                      f"the blocks are {over} minutes longer than the session",
                      "What runs over is the end, and at the end is the action plan.")  # fmt: skip


def _actions(project: Project) -> Iterator[Finding]:
    due = project.report_due
    if due is None or project.report.on:
        return
    for each in project.launch.actions:
        if each.state is ActionState.OPEN and each.due and each.due > due:
            yield Finding("project.launch.actions", "Action plan", _CONTRADICTION,
                          f"an action ends on {_day(each.due)}, after the report back:"
                          f" {_brief(each.what)}",
                          "What is to move the measure comes before the day on which it is"
                          " told.")  # fmt: skip


def _brief(words: str) -> str:
    return shorten(words, 80, placeholder="…")


def _run(project: Project, today: date) -> Iterator[Finding]:
    place = "Run"
    for each in project.unanswered():
        days = (today - each.raised).days
        if days > PATIENCE:
            yield Finding(f"project.obstacle.{each.id}", place, _CONTRADICTION,
                          f"an obstacle has waited {days} days for the leader: {_brief(each.what)}",
                          "A leader clears an obstacle away or changes the focus; waiting is"
                          " neither.")  # fmt: skip
    for each in project.obstacles:
        if each.answer and not each.decision:
            yield Finding(f"project.obstacle.{each.id}", place, _DOUBT,
                          f"it is answered without a word of what was decided: {_brief(each.what)}",
                          "The team has to know what it can count on.")  # fmt: skip
    if missed := project.missed_weeks(today):
        count = "1 week has" if len(missed) == 1 else f"{len(missed)} weeks have"
        yield Finding("project.readings", place, _MISSING, f"{count} no reading",
                      "Whoever sees the measure move each week can change course in time.")  # fmt: skip
    if all(action.state is not ActionState.OPEN for action in project.launch.actions) and (
        project.phase(today) is Phase.RUN
    ):
        yield Finding("project.launch.actions", place, _DOUBT,
                      "no action is open, and the weeks are not over",
                      "What is the next thing to try?")  # fmt: skip
    found = forecast(so_far(project, today))
    if not isinstance(found, WhyNone) and found.hardly:
        yield Finding("project.readings", place, _DOUBT,
                      "if all goes on like this, the goal is not reached",
                      "Better to see it now than at the report back: what would you do"
                      " differently?")  # fmt: skip


def _report(project: Project, today: date) -> Iterator[Finding]:
    place = "Report back"
    if project.running and project.report_due and project.report_due < today:
        yield Finding("project.report.on", place, _CONTRADICTION,
                      "its day has passed", "The team tells the leaders in person what it has"
                      " reached, and both see what they have learned.")  # fmt: skip
    if not project.report.on:
        return
    asked = (
        ("was_new", "it does not say what was done in a new way"),
        ("team_learned", "it does not say what the team has learned"),
        ("leader_learned", "it does not say what the leader has learned"),
        ("morale", "it does not say how the team feels now"),
        ("make_it_last", "it does not say what will make it last"),
        ("what_next", "it does not say what comes next"),
    )
    for name, what in asked:
        if not getattr(project.report, name):
            yield Finding(f"project.report.{name}", place, _MISSING, what,
                          "The result is half of it. The other half is new ways of working, and"
                          " people who know how to make things happen.")  # fmt: skip
