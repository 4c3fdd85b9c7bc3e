"""Where an organisation is in the cycle, and the one next step: worked out from what there is."""

from collections.abc import Iterable, Sequence
from datetime import date

from bt_assess.core.again import (
    COLLECTING,
    End,
    again,
    arrived,
    is_first_after,
    reported,
    times_of_rounds,
    to_ask,
    with_following,
)
from bt_assess.core.compared import Compared, Kind, by_date, local_date
from bt_assess.core.courses import identity
from bt_assess.core.cycle_parts import (
    FORGOTTEN,
    LONG_AGO,
    SOON_SEEN,
    Here,
    Known,
    Leads,
    NextStep,
    Step,
    whose,
)
from bt_assess.core.due import Due, DueKind, Of, due
from bt_assess.core.plan import Capability, Plan
from bt_assess.core.plan_gap import StageState, StageView, ref_of, stage_now, stage_views
from bt_assess.core.project import Project
from bt_assess.core.project_parts import Phase
from bt_assess.core.round import ActionState, Round
from bt_assess.core.round import Step as RoundStep
from bt_assess.core.saved_comparison import Ref
from bt_assess.core.session import Session

_TALKED = (RoundStep.DISCUSSING, RoundStep.ACTING, RoundStep.DONE)
# What presses most, first.
_PRESSING = (
    DueKind.OBSTACLE, DueKind.REPORT_BACK, DueKind.LAUNCH, DueKind.MID_POINT, DueKind.READING,
    DueKind.DECISION, DueKind.ACTION, DueKind.STAGE, DueKind.DESTINATION,
)  # fmt: skip
_READING = _PRESSING.index(DueKind.READING)
_FIRST = NextStep(Step.ASSESS, "Find out where you stand: about 15 minutes", Leads.NEW)
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
    found = _in_hand(known, today) or next((step for step in ways if step is not None), _FIRST)
    return Here(found.step, found, _done(known))


def _done(known: Known) -> frozenset[Step]:
    """The steps of which there is something to show."""
    points = any(c.point for plan in known.plans for c in plan.capabilities)
    shown = {
        Step.ASSESS: known.last is not None,
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
        if round_.step in COLLECTING and (_is_fresh(round_.created, today) or not more):
            what = "Go on with setting it up"
            if round_.begun:
                what = f"Go on collecting answers, {round_.given_in} of {round_.expected} are in"
            return NextStep(Step.ASSESS, what, Leads.ROUND, round_.id, round_.title)
    return None


def _has_finished_since(known: Known, begun: Session) -> bool:
    """Whether whoever began has finished another one since."""
    day = local_date(begun.started)
    who = identity(whose(begun, day))
    return any(item.when > day and identity(item) == who for item in known.sessions) or (
        known.newest is not None
        and known.newest.finished is not None
        and known.newest.finished >= begun.started
        and identity(whose(known.newest, day)) == who
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
    pressing.sort(key=lambda each: (_PRESSING.index(each.kind), each.when))
    aimless = _without_goal(known.projects)
    if aimless and not (pressing and _PRESSING.index(pressing[0].kind) < _READING):
        what = "Choose the goal: the weeks run without one"
        about = (aimless.id, aimless.title)
        return NextStep(Step.CHOOSE, what, Leads.PROJECT, *about, part=Phase.CHOOSE.value)
    return _of_due(pressing[0], today) if pressing else None


def _without_goal(projects: Iterable[Project]) -> Project | None:
    """The project that has run longest without a goal: what is read in it is held against nothing."""
    found = [
        (p.launch.held, p.id, p) for p in projects
        if p.running and p.launch.held
        and (not p.wanted.measure or p.wanted.from_ is None or p.wanted.to is None)
    ]  # fmt: skip
    return min(found, key=lambda each: each[:2])[-1] if found else None


def _opened_next(known: Known, today: date) -> NextStep | None:
    """A round that is closed, and not talked through to its end."""
    for round_ in _newest(known.rounds)[:1]:
        if not (_is_fresh(round_.created, today) or not (known.plans or known.projects)):
            return None
        match round_.step:
            case RoundStep.CLOSED:
                return _to_open(round_)
            case RoundStep.DISCUSSING:
                what = "Talk it through, theme by theme"
                return NextStep(Step.SEE, what, Leads.ROUND, round_.id, round_.title)
            case RoundStep.ACTING:
                what = "Agree on who does what by when"
                return NextStep(Step.CHOOSE, what, Leads.ROUND, round_.id, round_.title)
    return None


def _to_open(round_: Round) -> NextStep:
    what = f"Open the answers of {round_.given_in} people together"
    return NextStep(Step.SEE, what, Leads.ROUND, round_.id, round_.title)


def _report_to_follow(known: Known, today: date) -> NextStep | None:
    """A project has reported back: has the organisation moved with it?"""
    if (end := reported(known.projects)) is None:
        return None
    asks = "what has moved?" if end.evidence else ""
    return _to_assess_again(known, end, today, "has the theme moved?" if end.theme_id else asks)


def _to_assess_again(known: Known, end: End, today: date, asks: str) -> NextStep | None:
    """Whoever it began with is asked again, for some months: perhaps they are there no more.

    A team whose round it began with answers in its next round. Where it began with nobody's, who was
    assessed last is asked; where nobody ever was, there is no again.
    """
    times = known.times
    if (
        (today - end.on).days >= LONG_AGO
        or again(end, times) is not None
        or is_first_after(end, times)
    ):
        return None
    if not times and not end.evidence:
        return _FIRST
    asks = f": {asks}" if asks else ""
    last = to_ask(end, times)
    refs = end.evidence or ((ref_of(last),) if last else ())
    # Whose session showed the need is who is asked.
    sessions = tuple(ref for ref in refs if ref.kind is Kind.SESSION)
    if not sessions:
        return _next_round(known, refs, asks)
    return NextStep(Step.AGAIN, f"Assess again{asks}", Leads.NEW, end.id, end.title, sessions)


def _next_round(known: Known, evidence: Sequence[Ref], asks: str) -> NextStep:
    last = _newest_of_team(known, evidence)
    about = (last.id, last.team or last.name) if last else ()
    return NextStep(Step.AGAIN, f"Let the team answer again{asks}", Leads.NEXT_ROUND, *about)


def _newest_of_team(known: Known, evidence: Sequence[Ref]) -> Compared | None:
    """The newest round of the team that one of these is of; of all teams where there are none."""
    done = times_of_rounds(_newest(known.rounds))
    ids = {ref.id for ref in evidence}
    first = next((each for each in done if not ids or each.id in ids), None)
    if first is None:
        return None
    # Of rounds without a team nothing but that they follow each other says whose they are.
    theirs = [each for each in done if first.team and identity(each) == identity(first)]
    return with_following(tuple(theirs) or (first,), by_date(reversed(done)))[-1]


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
                    return _of_due(soonest, today)
    return None


def _what_moved(known: Known, today: date) -> NextStep | None:
    """Somebody has assessed again after a project: before stands beside after."""
    end = reported(known.projects)
    return None if end is None else _to_compare(known, end, today)


def _to_compare(known: Known, end: End, today: date) -> NextStep | None:
    found = again(end, known.times)
    # A round's day may be one before the end, and it was answered since.
    if found is None or (today - max(found.after.when, end.on)).days > SOON_SEEN:
        return None
    for item in (found.before, found.after):
        if item.round and item.round.step is RoundStep.CLOSED:
            # Its team sees it first, and till then it cannot be compared.
            return _to_open(item.round)
    what = "See what has moved since last time"
    refs = tuple(Ref(kind=item.kind, id=item.id) for item in (found.before, found.after))
    return NextStep(Step.AGAIN, what, Leads.COMPARE, end.id, end.title, refs, end.theme_id)


def _arrived(known: Known, today: date) -> NextStep | None:
    """All stages of the plans are done: the cycle begins again with where one stands now."""
    if (end := arrived(known.plans)) is None:
        return None
    asks = "where do you stand now?"
    return _to_assess_again(known, end, today, asks) or _to_compare(known, end, today)


def _plan_goes_on(known: Known, today: date) -> NextStep | None:
    """What is missing in the newest plan that is not at its end, or the project that it wants."""
    for plan in sorted(known.plans, key=lambda p: (p.created, p.id), reverse=True):
        if (view := stage_now(stage_views(plan, today))) is not None:
            return _stage_goes_on(plan, view, known.projects)
    return None


def _stage_goes_on(plan: Plan, view: StageView, projects: Iterable[Project]) -> NextStep:
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
    fitting = _fitting(plan, view, projects)
    only = fitting[0].id if len(fitting) == 1 else ""
    return NextStep(Step.DO, what, Leads.BEGIN, *about, part=only)


def _fitting(plan: Plan, view: StageView, projects: Iterable[Project]) -> tuple[Capability, ...]:
    """The capabilities that a stage needs, of all where none is said to be, and no project builds."""
    built = {
        p.origin.capability for p in projects
        if p.origin and p.origin.plan == plan.id and not p.stopped
    }  # fmt: skip
    wanted = plan.serving(view.kind) or plan.capabilities
    return tuple(each for each in wanted if each.id not in built)


def _agreed(known: Known, today: date) -> NextStep | None:
    """What a team agreed on in its newest round, where it has neither plan nor project."""
    for round_ in _newest(known.rounds)[:1]:
        open_ = [a for a in round_.actions if a.state is ActionState.OPEN and a.due]
        if round_.step is RoundStep.DONE and open_ and _is_fresh(round_.created, today):
            first = min(open_, key=lambda action: action.due or date.max)
            by = f", by {_day(first.due, today)}" if first.due else ""
            return NextStep(Step.DO, f"Do what was agreed{by}", Leads.ROUND, round_.id, first.what)
    return None


def _long_ago(known: Known, today: date) -> NextStep | None:
    last = known.last
    if last is None or (today - last.when).days < LONG_AGO:
        return None
    months = (today - last.when).days // 30
    asks = f"the last time was {months} months ago"
    if last.kind is Kind.ROUND:
        return _next_round(known, (), f": {asks}")
    return NextStep(Step.AGAIN, f"Assess again: {asks}", Leads.NEW)


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


def _of_due(each: Due, today: date) -> NextStep:
    """What is due, as something to do."""
    day = _day(each.when, today)
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


def _is_fresh(day: date, today: date) -> bool:
    return (today - day).days <= FORGOTTEN


def _day(day: date, today: date) -> str:
    """'21 Nov', with the year where it is another one."""
    return f"{day.day} {day:%b}" if day.year == today.year else f"{day.day} {day:%b} {day.year}"
