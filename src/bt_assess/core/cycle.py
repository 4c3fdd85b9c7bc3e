"""Where an organisation is in the cycle, and the one next step: worked out from what there is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bt_assess.core.again import COLLECTING as _COLLECTING
from bt_assess.core.again import End, again, arrived, is_first_after, reported, times_of_rounds
from bt_assess.core.compared import Compared, Kind, local_date
from bt_assess.core.courses import identity
from bt_assess.core.due import Due, DueKind, Of, due
from bt_assess.core.plan import Plan
from bt_assess.core.plan_gap import StageState, StageView, stage_views
from bt_assess.core.project import Project
from bt_assess.core.project_parts import Phase
from bt_assess.core.round import ActionState, Round
from bt_assess.core.round import Step as RoundStep
from bt_assess.core.saved_comparison import Ref
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

    `leads` is what to open, `id` which one; of a comparison `beside` is before and after, and
    of a new assessment the sessions of who is to be asked again. `part` is where in
    it to be: a `Due.part`; of a comparison its theme.
    """

    step: Step
    what: str
    leads: Leads
    id: str = ""
    about: str = ""
    beside: tuple[Ref, ...] = ()
    part: str = ""


@dataclass(frozen=True)
class Here:
    """Where an organisation is: the step it is at, what it has behind it, and what comes next."""

    step: Step
    next: NextStep
    done: frozenset[Step]


@dataclass(frozen=True)
class Known:
    """What there is. Of sessions the newest finished one and the newest unfinished one.

    `others` are finished ones as well, without their answers: of whoever began the unfinished one,
    and, where something has come to its end, of whoever it began with and of the last ones.
    """

    unfinished: Session | None = None
    newest: Session | None = None
    rounds: Sequence[Round] = ()
    plans: Sequence[Plan] = ()
    projects: Sequence[Project] = ()
    others: Sequence[Compared] = ()

    @property
    def sessions(self) -> tuple[Compared, ...]:
        """The finished sessions that are known, each once."""
        found = {item.id: item for item in self.others}
        if self.newest is not None and self.newest.finished:
            found.setdefault(self.newest.id, _whose(self.newest, local_date(self.newest.finished)))
        return tuple(found.values())

    @property
    def times(self) -> tuple[Compared, ...]:
        """When somebody was assessed, or a team."""
        return (*self.sessions, *times_of_rounds(self.rounds))

    @property
    def last_assessed(self) -> date | None:
        """The day on which somebody last finished an assessment, or a team its round."""
        days = [r.created for r in self.rounds if r.step not in _COLLECTING]
        if self.newest is not None and self.newest.finished:
            days.append(local_date(self.newest.finished))
        return max(days, default=None)


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
        _report_to_follow(known, today),
        _project_goes_on(known, today),
        _what_moved(known, today),
        _plan_goes_on(known, today),
        _arrived(known, today),
        _agreed(known, today),
        _long_ago(known, today),
        _choose(known),
    )
    first = NextStep(Step.ASSESS, "Find out where you stand: about 15 minutes", Leads.NEW)
    found = _in_hand(known, today) or next((step for step in ways if step is not None), first)
    return Here(found.step, found, _done(known))


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
    """What somebody is in the middle of: an assessment, or a round that collects answers.

    What was left too long ago waits in the menu; it comes first only where there is nothing else.
    """
    more = bool(known.newest or known.plans or known.projects)
    begun = known.unfinished
    if (
        begun is not None
        and (_is_fresh(local_date(begun.started), today) or not (more or known.rounds))
        and not _has_finished_since(known, begun)
    ):
        what = "Go on with your answers"
        return NextStep(Step.ASSESS, what, Leads.SESSION, begun.id, begun.respondent)
    for round_ in _newest(known.rounds)[:1]:
        if round_.step in _COLLECTING and (_is_fresh(round_.created, today) or not more):
            what = "Go on with setting it up"
            if round_.begun:
                what = f"Go on collecting answers, {round_.given_in} of {round_.expected} are in"
            return NextStep(Step.ASSESS, what, Leads.ROUND, round_.id, round_.title)
    return None


def _has_finished_since(known: Known, begun: Session) -> bool:
    """Whether whoever began has finished another one since."""
    day = local_date(begun.started)
    who = identity(_whose(begun, day))
    return any(item.when > day and identity(item) == who for item in known.sessions) or (
        known.newest is not None
        and known.newest.finished is not None
        and known.newest.finished >= begun.started
        and identity(_whose(known.newest, day)) == who
    )


def _late(known: Known, today: date) -> NextStep | None:
    """What is late or due today, what presses most first.

    What a team agreed on in its round comes first too, unless it was left for long or a project was
    begun since. The rest, and what is open in a plan that is done, is told of under what is due.
    """
    begun = max((p.created for p in known.projects if not p.stopped), default=date.min)
    lead = {r.id for r in known.rounds if r.created > begun}
    # Near the report back nobody looks at things half-way any more.
    near_end = {p.id for p in known.projects if p.phase(today) is Phase.REPORT_BACK}
    arrived_at = {p.id for p in known.plans if p.arrived}
    pressing = [
        each for each in due(known.plans, known.projects, known.rounds, today)
        if (each.late or each.when <= today)
        and (each.where.of is not Of.ROUND or (each.where.id in lead and _is_fresh(each.when, today)))
        and not (each.kind is DueKind.MID_POINT and each.where.id in near_end)
        and each.where.id not in arrived_at
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


def _report_to_follow(known: Known, today: date) -> NextStep | None:
    """A project has reported back: has the organisation moved with it?"""
    if (end := reported(known.projects)) is None:
        return None
    return _to_assess_again(known, end, today, "Assess again: has the theme moved?")


def _to_assess_again(known: Known, end: End, today: date, what: str) -> NextStep | None:
    """Whoever it began with is asked again, for some months: perhaps they are there no more."""
    times = known.times
    if (
        (today - end.on).days >= LONG_AGO
        or again(end, times) is not None
        or is_first_after(end, times)
    ):
        return None
    # Whose session showed the need is who is asked.
    return NextStep(Step.AGAIN, what, Leads.NEW, end.id, end.title, end.evidence)


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
    end = reported(known.projects)
    return None if end is None else _to_compare(known, end, today)


def _to_compare(known: Known, end: End, today: date) -> NextStep | None:
    found = again(end, known.times)
    if found is None or (today - found.after.when).days > SOON_SEEN:
        return None
    what = "See what has moved since last time"
    refs = tuple(Ref(kind=item.kind, id=item.id) for item in (found.before, found.after))
    return NextStep(Step.AGAIN, what, Leads.COMPARE, end.id, end.title, refs, end.theme_id)


def _arrived(known: Known, today: date) -> NextStep | None:
    """All stages of the plans are done: the cycle begins again with where one stands now."""
    if (end := arrived(known.plans)) is None:
        return None
    what = "Assess again: where do you stand now?"
    return _to_assess_again(known, end, today, what) or _to_compare(known, end, today)


def _plan_goes_on(known: Known, today: date) -> NextStep | None:
    """What is missing in the newest plan that is not at its end, or the project that it wants."""
    for plan in sorted(known.plans, key=lambda p: (p.created, p.id), reverse=True):
        views = stage_views(plan, today)
        view = next((v for v in views if v.state is not StageState.DONE), None)
        if view is not None:
            return _stage_goes_on(plan, view)
    return None


def _stage_goes_on(plan: Plan, view: StageView) -> NextStep:
    about, stage = (plan.id, plan.title), view.kind.value
    if view.state is StageState.REACHED:
        what = "What this stage aims at is measured: is it done?"
        return NextStep(Step.PLAN, what, Leads.PLAN, *about, part=stage)
    if not (plan.destination.marketplace or plan.destination.organisation):
        return NextStep(Step.PLAN, "Say where you want to be, and by when", Leads.PLAN, *about)
    if view.state is StageState.EMPTY:
        what = f"Say what the {stage} stage is to bring"
        return NextStep(Step.PLAN, what, Leads.PLAN, *about, part=stage)
    if not plan.capabilities:
        what = "Say what you must be able to do"
        return NextStep(Step.PLAN, what, Leads.PLAN, *about, part="capabilities")
    what = f"Begin with one result for the {stage} stage"
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
        DueKind.OBSTACLE: f"Answer the obstacle waiting since {day}",
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
    to = (_OPENS[each.where.of], each.where.id, about)
    return NextStep(step, words[each.kind], *to, part=each.part)


def _newest(rounds: Iterable[Round]) -> list[Round]:
    return sorted(rounds, key=lambda r: (r.created, r.revision), reverse=True)


def _whose(session: Session, when: date) -> Compared:
    """A session without its answers: whose it is, and of when."""
    return Compared(
        kind=Kind.SESSION, id=session.id, name=session.respondent, team=session.team, when=when,
        rubric=session.rubric, standings=(),
    )  # fmt: skip


def _is_fresh(day: date, today: date) -> bool:
    return (today - day).days <= FORGOTTEN


def _day(day: date | None) -> str:
    return f"{day.day} {day:%b}" if day else ""
