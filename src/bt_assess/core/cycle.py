"""Where an organisation is in the cycle, and the one next step: worked out from what there is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bt_assess.core.due import Due, DueKind, Of, due
from bt_assess.core.plan import Plan
from bt_assess.core.plan_gap import StageState, StageView, stage_views
from bt_assess.core.project import Project
from bt_assess.core.project_parts import Phase
from bt_assess.core.round import ActionState, Round
from bt_assess.core.round import Step as RoundStep
from bt_assess.core.session import Session

FORGOTTEN = 60
"""Days after which what was begun and left no longer comes first."""
SOON_SEEN = 14
"""Days for which a new assessment is a reason to look at what has moved."""
LONG_AGO = 183
"""Days after which an assessment no longer says where things stand."""


class Step(StrEnum):
    """The steps of the cycle, in order."""

    ASSESS = "assess"
    SEE = "see"
    CHOOSE = "choose"
    PLAN = "plan"
    DO = "do"
    AGAIN = "again"


class Leads(StrEnum):
    """What a next step opens."""

    SESSION = "session"
    """An assessment that is begun."""
    NEW = "new"
    RESULT = "result"
    COMPARE = "compare"
    ROUND = "round"
    PLAN = "plan"
    PROJECT = "project"
    """A project; all of them where the step names none."""


@dataclass(frozen=True)
class NextStep:
    """The one thing to do next: `what`, then `about` which of theirs it is (a title; may be empty).

    `leads` is what to open, `id` which one.
    """

    step: Step
    what: str
    leads: Leads
    id: str = ""
    about: str = ""


@dataclass(frozen=True)
class Here:
    """Where an organisation is: the step it is at, what it has behind it, and what comes next."""

    step: Step
    next: NextStep
    done: frozenset[Step]


@dataclass(frozen=True)
class Known:
    """What there is. Of sessions the newest finished one and the newest unfinished one."""

    unfinished: Session | None = None
    newest: Session | None = None
    rounds: Sequence[Round] = ()
    plans: Sequence[Plan] = ()
    projects: Sequence[Project] = ()

    @property
    def last_assessed(self) -> date | None:
        """The day on which somebody last finished an assessment, or a team its round."""
        days = [r.created for r in self.rounds if r.step not in _COLLECTING]
        if self.newest is not None and self.newest.finished:
            days.append(self.newest.finished.date())
        return max(days, default=None)


_COLLECTING = (RoundStep.BRIEF, RoundStep.ACTIONS, RoundStep.COLLECTING)
_TALKED = (RoundStep.DISCUSSING, RoundStep.ACTING, RoundStep.DONE)
# What presses most, first.
_PRESSING = (
    DueKind.OBSTACLE, DueKind.REPORT_BACK, DueKind.LAUNCH, DueKind.MID_POINT, DueKind.READING,
    DueKind.DECISION, DueKind.ACTION, DueKind.STAGE, DueKind.DESTINATION,
)  # fmt: skip
_OPENS = {Of.PLAN: Leads.PLAN, Of.PROJECT: Leads.PROJECT, Of.ROUND: Leads.ROUND}


def here(known: Known, today: date) -> Here:
    """Where they are today. What is in hand comes first, then what is late, then what comes next."""
    ways = (
        _late(known, today),
        _opened_next(known, today),
        _report_to_follow(known),
        _project_goes_on(known, today),
        _what_moved(known, today),
        _plan_goes_on(known, today),
        _agreed(known, today),
        _long_ago(known, today),
        _choose(known),
    )
    first = NextStep(Step.ASSESS, "Find out where you stand: about 15 minutes", Leads.NEW)
    found = next((step for step in ways if step is not None), first)
    in_hand = _in_hand(known, today)
    # Whoever answers beside a plan or a project is where these are.
    step = found.step if known.plans or known.projects or in_hand is None else in_hand.step
    return Here(step, in_hand or found, _done(known))


def _done(known: Known) -> frozenset[Step]:
    """The steps of which there is something to show."""
    points = any(c.point for plan in known.plans for c in plan.capabilities)
    shown = {
        Step.ASSESS: known.last_assessed is not None,
        Step.SEE: known.newest is not None or any(r.step in _TALKED for r in known.rounds),
        Step.CHOOSE: points or bool(known.projects) or any(r.actions for r in known.rounds),
        Step.PLAN: bool(known.plans),
        Step.DO: any(p.launch.held or p.report.on for p in known.projects),
    }
    return frozenset(step for step, is_there in shown.items() if is_there)


def _in_hand(known: Known, today: date) -> NextStep | None:
    """What somebody is in the middle of: an assessment, or a round that collects answers."""
    anything = known.plans or known.projects
    begun = known.unfinished
    if begun is not None and (not anything or _is_fresh(begun.started.date(), today)):
        what = "Go on with your answers"
        return NextStep(Step.ASSESS, what, Leads.SESSION, begun.id, begun.respondent)
    for round_ in _newest(known.rounds)[:1]:
        if round_.step in _COLLECTING and (not anything or _is_fresh(round_.created, today)):
            what = "Go on with setting it up"
            if round_.begun:
                what = f"Go on collecting answers, {round_.given_in} of {round_.expected} are in"
            return NextStep(Step.ASSESS, what, Leads.ROUND, round_.id, round_.title)
    return None


def _late(known: Known, today: date) -> NextStep | None:
    """What is late in plans and projects or due today, what presses most first."""
    # Near the report back nobody looks at things half-way any more.
    near_end = {p.id for p in known.projects if p.phase(today) is Phase.REPORT_BACK}
    pressing = [
        each for each in due(known.plans, known.projects, (), today)
        if (each.late or each.when <= today)
        and not (each.kind is DueKind.MID_POINT and each.where.id in near_end)
    ]  # fmt: skip
    if not pressing:
        return None
    return _of_due(min(pressing, key=lambda each: (_PRESSING.index(each.kind), each.when)))


def _opened_next(known: Known, today: date) -> NextStep | None:
    """A round that is closed, and not talked through to its end."""
    for round_ in _newest(known.rounds)[:1]:
        if not (_is_fresh(round_.created, today) or not (known.plans or known.projects)):
            return None
        match round_.step:
            case RoundStep.CLOSED:
                what = f"Open the answers of {round_.given_in} people together"
                return NextStep(Step.SEE, what, Leads.ROUND, round_.id, round_.title)
            case RoundStep.DISCUSSING:
                what = "Talk it through, theme by theme"
                return NextStep(Step.SEE, what, Leads.ROUND, round_.id, round_.title)
            case RoundStep.ACTING:
                what = "Agree on who does what by when"
                return NextStep(Step.CHOOSE, what, Leads.ROUND, round_.id, round_.title)
    return None


def _report_to_follow(known: Known) -> NextStep | None:
    """A project has reported back: has the organisation moved with it?"""
    project = _reported(known.projects)
    if project is None or project.report.on is None or _assessed_after(known, project):
        return None
    return NextStep(
        Step.AGAIN, "Assess again: has the theme moved?", Leads.NEW, project.id, project.title
    )


def _project_goes_on(known: Known, today: date) -> NextStep | None:
    """What comes next in the project that is furthest on."""
    live = [p for p in known.projects if not p.report.on and not p.stopped]
    order = list(Phase)
    for project in sorted(live, key=lambda p: (-order.index(p.phase(today)), p.created)):
        about = (Leads.PROJECT, project.id, project.title)
        match project.phase(today):
            case Phase.CHOOSE:
                return NextStep(Step.CHOOSE, "Choose the goal, the leader and the team", *about)
            case Phase.PREPARE | Phase.LAUNCH if project.launch.day is None:
                what = "Set a day for the launch session"
                if not project.prepared:
                    what = "Get ready what the launch needs"
                return NextStep(Step.DO, what, *about)
            case _:
                coming = due((), [project], (), today, ahead=None)
                if coming:
                    soonest = min(coming, key=lambda d: (d.when, _PRESSING.index(d.kind)))
                    return _of_due(soonest)
    return None


def _what_moved(known: Known, today: date) -> NextStep | None:
    """Somebody has assessed again after a project: before stands beside after."""
    project, last = _reported(known.projects), known.last_assessed
    if project is None or last is None or (today - last).days > SOON_SEEN:
        return None
    return NextStep(
        Step.AGAIN, "See what has moved since last time", Leads.COMPARE, project.id, project.title
    )


def _plan_goes_on(known: Known, today: date) -> NextStep | None:
    """What is missing in the newest plan that is not at its end, or the project that it wants."""
    for plan in sorted(known.plans, key=lambda p: (p.created, p.id), reverse=True):
        views = stage_views(plan, today)
        view = next((v for v in views if v.state is not StageState.DONE), None)
        if view is not None:
            return _stage_goes_on(plan, view)
    return None


def _stage_goes_on(plan: Plan, view: StageView) -> NextStep:
    about = (plan.id, plan.title)
    if view.state is StageState.REACHED:
        what = "What this stage aims at is measured: is it done?"
        return NextStep(Step.PLAN, what, Leads.PLAN, *about)
    here_to = plan.destination
    if not (here_to.marketplace or here_to.organisation):
        return NextStep(Step.PLAN, "Say where you want to be, and by when", Leads.PLAN, *about)
    if view.state is StageState.EMPTY:
        what = f"Say what the {view.kind.value} stage is to bring"
        return NextStep(Step.PLAN, what, Leads.PLAN, *about)
    if not plan.capabilities:
        return NextStep(Step.PLAN, "Say what you must be able to do", Leads.PLAN, *about)
    what = f"Begin with one result for the {view.kind.value} stage"
    return NextStep(Step.DO, what, Leads.PROJECT, "", plan.title)


def _agreed(known: Known, today: date) -> NextStep | None:
    """What a team agreed on in its newest round, where it has neither plan nor project."""
    for round_ in _newest(known.rounds)[:1]:
        open_ = [a for a in round_.actions if a.state is ActionState.OPEN and a.due]
        if round_.step is RoundStep.DONE and open_ and _is_fresh(round_.created, today):
            first = min(open_, key=lambda action: action.due or date.max)
            by = f", by {_day(first.due)}" if first.due else ""
            return NextStep(Step.DO, f"Do what was agreed{by}", Leads.ROUND, round_.id, first.what)
    return None


def _long_ago(known: Known, today: date) -> NextStep | None:
    last = known.last_assessed
    if last is None or (today - last).days < LONG_AGO:
        return None
    months = (today - last).days // 30
    return NextStep(Step.AGAIN, f"Assess again: the last time was {months} months ago", Leads.NEW)


def _choose(known: Known) -> NextStep | None:
    """There is a result, and nothing has come of it yet."""
    what = "Choose where to begin: the points that fit you"
    if known.newest is not None:
        return NextStep(Step.CHOOSE, what, Leads.RESULT, known.newest.id)
    for round_ in _newest(known.rounds)[:1]:
        if round_.step is RoundStep.DONE:
            return NextStep(
                Step.PLAN, "Make a plan of what you saw together", Leads.PLAN, "", round_.title
            )
    return None


def _of_due(each: Due) -> NextStep:
    """What is due, as something to do."""
    day = _day(each.when)
    over = "was" if each.late else "is"
    words = {
        DueKind.OBSTACLE: f"Answer the obstacle that waits since {day}",
        DueKind.REPORT_BACK: f"Report back to the leaders: it {over} due on {day}",
        DueKind.LAUNCH: f"Hold the launch session of {day}",
        DueKind.MID_POINT: f"Look at the goal half-way: it {over} due on {day}",
        DueKind.READING: f"Take the reading that {over} due by {day}",
        DueKind.DECISION: f"Do what was promised by {day}",
        DueKind.ACTION: f"Do what {over} due on {day}",
        DueKind.STAGE: f"See whether this stage, due on {day}, is done",
        DueKind.DESTINATION: f"See whether you have arrived: it {over} due on {day}",
    }
    in_plan = each.kind in (DueKind.STAGE, DueKind.DESTINATION)
    step = Step.PLAN if in_plan else Step.DO
    # An action is known by its own words, the rest by what it belongs to.
    about = each.what if each.kind is DueKind.ACTION else each.where.title
    return NextStep(step, words[each.kind], _OPENS[each.where.of], each.where.id, about)


def _newest(rounds: Iterable[Round]) -> list[Round]:
    return sorted(rounds, key=lambda r: (r.created, r.revision), reverse=True)


def _reported(projects: Iterable[Project]) -> Project | None:
    """The project that has reported last."""
    done = [p for p in projects if p.report.on]
    return max(done, key=lambda p: (p.report.on or date.min, p.id), default=None)


def _assessed_after(known: Known, project: Project) -> bool:
    last, reported = known.last_assessed, project.report.on
    if last is None or reported is None or last < reported:
        return False
    # What it came from, finished on the day of the report itself, is not the time after.
    evidence = project.origin.evidence if project.origin else None
    ids = {r.id for r in known.rounds if r.step not in _COLLECTING and r.created >= reported}
    if known.newest is not None and known.newest.finished:
        ids |= {known.newest.id} if known.newest.finished.date() >= reported else set()
    return bool(ids - ({evidence.id} if evidence else set()))


def _is_fresh(day: date, today: date) -> bool:
    return (today - day).days <= FORGOTTEN


def _day(day: date | None) -> str:
    return f"{day.day} {day:%b}" if day else ""
