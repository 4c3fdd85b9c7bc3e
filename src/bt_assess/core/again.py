"""Who was assessed again after a project's report or a plan's last stage: their before and after."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bt_assess.core.compared import Compared, Kind, by_date
from bt_assess.core.courses import Course, courses, identity, led_on
from bt_assess.core.plan import Plan
from bt_assess.core.project import Project
from bt_assess.core.project_parts import Origin
from bt_assess.core.round import Round
from bt_assess.core.round import Step as RoundStep
from bt_assess.core.saved_comparison import Ref

COLLECTING = (RoundStep.BRIEF, RoundStep.ACTIONS, RoundStep.COLLECTING)
MEASURED = 14
"""So many days before a plan's last stage is called done it may have been measured."""
SET_UP = timedelta(days=14)
"""So long before an end a round may be set up that is answered after it."""


@dataclass(frozen=True)
class End:
    """What has come to its end: when, its id and title, and what had shown the need for it.

    `began` is the last day of before: what moved earlier is not its doing. Who is assessed from
    `after` on is assessed again. `theme_id` is the one theme that it was about, empty where that is
    not known.
    """

    on: date
    began: date
    after: date
    id: str
    title: str
    evidence: tuple[Ref, ...] = ()
    theme_id: str = ""

    @property
    def rounds_after(self) -> date:
        """The first day on which a round after the end may have been set up: two weeks before it.

        A round has no other date, and is set up some days before it is answered. One from earlier on
        was on the way, and none that was there when it began can be after.
        """
        return min(self.after, max(self.on - SET_UP, self.began + timedelta(days=1)))


@dataclass(frozen=True)
class Again:
    """One person's or one team's last time before something began, and the newest after its end."""

    before: Compared
    after: Compared


def reported(projects: Iterable[Project]) -> End | None:
    """The project that has reported last."""
    done = [(p.report.on, p.id, p) for p in projects if p.report.on and not p.stopped]
    if not done:
        return None
    on, _, last = max(done, key=lambda each: each[:2])
    origin = last.origin or Origin()
    evidence = (origin.evidence,) if origin.evidence else ()
    began = last.launch.held or last.created
    return End(on, began, on, last.id, last.title, evidence, origin.theme_id or "")


def arrived(plans: Sequence[Plan]) -> End | None:
    """The plan that was done last, where the stages of all plans are done."""
    ends = []
    for plan in plans:
        days = [stage.done for stage in plan.stages if stage.done]
        if len(days) < len(plan.stages):
            return None
        ends.append(_end_of(plan, max(days)))
    return max(ends, key=lambda end: (end.on, end.id), default=None)


def _end_of(plan: Plan, on: date) -> End:
    after = on + timedelta(days=1)
    if plan.reality.measured:
        # That a stage is done is often said because it was measured just then.
        after = max(plan.reality.measured + timedelta(days=1), on - timedelta(days=MEASURED))
    began = plan.reality.measured or plan.created
    return End(on, began, after, plan.id, plan.title, plan.reality.evidence)


def ends(plans: Sequence[Plan], projects: Iterable[Project]) -> tuple[End, ...]:
    """All ends after which somebody is to assess again."""
    return tuple(end for end in (reported(projects), arrived(plans)) if end)


def times_of_rounds(rounds: Iterable[Round]) -> tuple[Compared, ...]:
    """The rounds that are answered, without figures: whose they are takes no passphrase."""
    return tuple(
        Compared(
            kind=Kind.ROUND, id=r.id, name=r.title, team=r.team, when=r.created, rubric=r.rubric,
            round=r, standings=(),
        )
        for r in rounds if r.step not in COLLECTING
    )  # fmt: skip


def again(end: End, times: Iterable[Compared]) -> Again | None:
    """Who has a time before it began and one after the end; None where nobody has.

    Where sessions showed the need it is asked of the people they are of: when somebody else
    answers, these have not moved. After a round's it may be one of its people as well as the team.
    """
    known = by_date(times)
    shown = [item for item in known if _is_evidence(end, item)]
    people = {identity(item) for item in shown}
    found = []
    for course in courses(known):
        theirs = with_following(course, known)
        before = [item for item in theirs if _is_before(end, item)]
        after = [item for item in theirs if _is_after(end, item)]
        its_own = identity(course[0]) in people
        if before and after and (its_own or not all_sessions(shown)):
            # Of one day, what showed the need.
            begin = max(reversed(before), key=lambda item: (item.when, item in shown))
            found.append((its_own, after[-1].when, after[-1].id, Again(begin, after[-1])))
    return max(found, key=lambda each: each[:3])[-1] if found else None


def with_following(course: Course, ordered: Iterable[Compared]) -> Course:
    """One team's rounds with those of `ordered` that followed them, whatever the team is called now.

    A person's times stay as they are. Give all in order of time.
    """
    if any(item.kind is not Kind.ROUND for item in course):
        return course
    known = tuple(ordered)
    chain = led_on({item.id for item in course}, known)
    return tuple(item for item in known if item.kind is Kind.ROUND and item.id in chain)


def last_of(times: Iterable[Compared]) -> Compared | None:
    """Whoever was assessed last, a person or a team; of one day the team."""
    newest_first = reversed(by_date(times))
    return max(newest_first, key=lambda i: (i.when, i.kind is Kind.ROUND), default=None)


def to_ask(end: End, times: Iterable[Compared]) -> Compared | None:
    """Who is to be asked again where nothing says whose need it was: who was assessed last before it
    began, so that there is a before; where nobody was, who was assessed last of all."""
    known = tuple(times)
    return last_of([item for item in known if _is_before(end, item)] or known)


def all_sessions(items: Sequence[Compared]) -> bool:
    """Whether these are sessions, and there are any."""
    return bool(items) and all(item.kind is Kind.SESSION for item in items)


def is_first_after(end: End, times: Iterable[Compared]) -> bool:
    """Whether somebody was assessed after the end, and nobody before it began: there is nothing
    that could be put beside."""
    known = tuple(times)
    return any(_is_after(end, item) for item in known) and not any(
        _is_before(end, item) for item in known
    )


def _is_evidence(end: End, item: Compared) -> bool:
    return any(ref.id == item.id and ref.kind is item.kind for ref in end.evidence)


def _is_after(end: End, item: Compared) -> bool:
    # What it came from, finished on the day of the end itself, is not the time after.
    since = end.rounds_after if item.kind is Kind.ROUND else end.after
    return item.when >= since and not _is_evidence(end, item)


def _is_before(end: End, item: Compared) -> bool:
    return not _is_after(end, item) and (item.when <= end.began or _is_evidence(end, item))
